"""Soft 404s: pages that say "not found" or "no longer available" with status 200, in many languages.

Told by the whole of a heading ("Page not found", not "Page not found: how a team lost its website"), or by a first
sentence that speaks to the reader ("the page you are looking for"), on a page with little other text.
"""

from __future__ import annotations

import re
from itertools import islice

from pipeline.read.page import element_text
from pipeline.read.page_facts import PageFacts

_THING = r"(?:page|article|story|file|content|url|document|post|item|link|resource|site|video)"
_LABEL = re.compile(
    r"(?:(?:sorry|oops|ooops|whoops|uh[- ]oh|hoppla|ups|ups!|oh no|error|http|fehler|erreur|errore|fel|feil|fejl"
    r"|hiba|chyba|błąd"
    r"|ошибка|помилка|hata|σφάλμα|错误|エラー|오류|خطأ|שגיאה)[\s,.!:-]*)*"
    r"(?P<number>404|410)?[\s,.!:-]*(?:(?:error|fehler|erreur)[\s,.!:-]*)?"
    rf"(?P<said>we (?:can[’']?t|could(?:n[’']t| not)) find (?:that|this|the|your) {_THING}"
    rf"|(?:that |this |the |your )?{_THING}(?: you[\w ’']{{5,40}})? (?:was |is |has |could |can)?(?:been )?(?:not "
    r"|n[o’']t )?(?:be )?"
    r"(?:not found|found|missing|removed|deleted|expired|(?:no longer |un)available|no longer exists?|does(?:n[’']t"
    r"| not) exist)"
    r"|not found|nothing found|nothing here|no results(?: found)?|this page doesn[’']t exist"
    r"|(?:diese |die )?(?:seite|artikel|beitrag|inhalt|dokument)(?: wurde| konnte| ist"
    r"| existiert)?(?: leider)?(?: nicht| nicht mehr)"
    r"(?: gefunden| verfügbar| vorhanden| gefunden werden)?|nicht gefunden"
    r"|(?:cette |la )?(?:page|article|contenu)(?: est)?(?: introuvable| non trouvée?| inexistante?"
    r"| n[’']existe (?:pas|plus))"
    r"|p[áa]gina (?:no encontrada|no existe|não encontrada|no disponible|não existe|no trobada)"
    r"|no se (?:ha encontrado|encontró) la página"
    r"|pagina (?:non trovata|inesistente|niet gevonden|nu (?:a fost găsită|există))|la pagina non esiste"
    r"|deze pagina bestaat niet(?: meer)?"
    r"|sidan (?:kunde inte hittas|hittades inte|finns inte(?: längre)?)|siden (?:ble )?(?:ikke funnet|finnes ikke"
    r"|blev ikke fundet|findes ikke)"
    r"|sivua ei (?:löydy|löytynyt)|strona nie (?:została znaleziona|istnieje)|nie znaleziono(?: strony)?"
    r"|stránka (?:nenalezena|neexistuje|nebyla nalezena)"
    r"|(?:az )?oldal nem található|страница не (?:найдена|существует)|сторінк[ау] не (?:знайдено|існує)"
    r"|страницата не е намерена|stranica nije pronađena"
    r"|sayfa bulunamadı|η σελίδα δεν (?:βρέθηκε|υπάρχει)|halaman tidak ditemukan|không tìm thấy trang"
    r"|trang không tồn tại"
    r"|页面不存在|找不到页面|页面未找到|找不到網頁|頁面不存在|您访问的页面不存在|ページが見つかりません(?:でした)?|お探しのページは見つかりません(?:でした)?"
    r"|페이지를 찾을 수 없습니다|الصفحة غير موجودة|الصفحة غير متوفرة|הדף לא נמצא|העמוד לא נמצא|ไม่พบหน้า\w*"
    r"|पेज नहीं मिला)?",
    re.IGNORECASE,
)
_TO_THE_READER = re.compile(
    rf"\b{_THING} (?:that )?you(?:[’']re| are| were|[’']ve| have)? (?:looking|look|trying|try|requested|request"
    r"|followed|tried|entered|searching|seeking|want)"
    r"|we (?:can[’']?t|cannot|could(?:n[’']t| not)|were unable to) (?:seem to )?(?:find|locate) (?:the|that|this"
    r"|what|your)"
    r"|die (?:von ihnen |von dir )?(?:gewünschte|angeforderte|aufgerufene|gesuchte|angegebene"
    r"|eingegebene)\w* (?:seite|adresse|url|datei|inhalt)"
    r"|(?:seite|artikel|inhalt),? (?:die|den|der) sie (?:suchen|aufrufen|gesucht|aufgerufen)"
    r"|(?:page|article|contenu) que vous (?:demandez|recherchez|cherchez|avez demandée?|souhaitez|essayez)"
    r"|(?:página|contenido|artículo|noticia|conteúdo) que (?:busca|buscas|está[s]? buscando|intenta|has solicitado"
    r"|ha solicitado|solicitó|você|procura)"
    r"|pagina (?:che (?:stai cercando|cerchi|hai (?:cercato|richiesto))|richiesta)|pagina die (?:u|je) (?:zoekt"
    r"|zocht|probeert)"
    r"|sidan du (?:söker|letar|sökte|försök)|siden du (?:leter|leder|prøv|søk|søg|etter)|etsimääsi sivua"
    r"|hakemaasi sivua"
    r"|strona,? której szukasz|stránk[au],? kter(?:ou|á) (?:hledáte|jste)|keresett oldal|aradığınız sayfa"
    r"|ulaşmaya çalıştığınız"
    r"|запрашиваем\w+ (?:вами )?(?:страниц|материал)|страниц\w+, котор\w+ вы|сторінк\w+, яку ви|запитуван\w+ сторінк"
    r"|お探しのページ|您(?:访问|要查找|请求|所?访问)的(?:页面|网页|内容)"
    r"|您(?:要|所)?(?:訪問|瀏覽|尋找)的(?:頁面|網頁)|요청하신 페이지|찾으시는 페이지"
    r"|الصفحة التي (?:تبحث|طلبت|تحاول)|הדף שחיפשת|העמוד שחיפשת|halaman yang anda (?:cari|minta)|trang bạn (?:tìm"
    r"|yêu cầu)",
    re.IGNORECASE,
)
_GONE = re.compile(
    rf"(?:we[’']re |we are )?(?:sorry|unfortunately|oops)?[\s,.:!]*(?:but )?(?:this|the|that) (?:{_THING}|news item"
    r"|report|gallery|listing)"
    r"(?: you [\w ]{3,40})? (?:is|has been|was|has|may have been|does|could)(?:n[’']t| not)? (?:currently |been )?"
    r"(?:no longer|not available|unavailable|removed|deleted|expired|archived|withdrawn|taken down|moved|exist"
    r"|be found)"
    r"|(?:leider |entschuldigung[,.!]? )?(?:ist |wurde )?(?:dieser|diese|der|die) (?:artikel|beitrag|inhalt|seite"
    r"|meldung|text)"
    r" (?:ist|wurde|steht)?\s?(?:leider )?(?:nicht mehr|gelöscht|entfernt|abgelaufen|aus rechtlichen|archiviert)"
    r"|(?:désolé[,.!]? )?(?:cet|cette|l[’']|ce) ?(?:article|page|contenu) (?:n[’']est (?:plus|pas)|a (?:été|expiré)"
    r"|n[’']existe plus)"
    r"|(?:lo sentimos[,.!]? )?(?:este|esta|el|la) (?:artículo|noticia|página|contenido) (?:ya no (?:está|existe)"
    r"|ha (?:sido|caducado)|no está disponible)"
    r"|est[ea] (?:artigo|notícia|página|conteúdo) (?:já não|não) (?:está|existe)|quest[oa]? ?[’']?(?:articolo|pagina"
    r"|contenuto) non è più"
    r"|dit artikel is (?:niet (?:meer|langer)|verwijderd)|(?:artikeln|artikkelen|artiklen) (?:är|er|finns|findes"
    r"|finnes) (?:inte|ikke)"
    r"|(?:эта |этот |данн\w+ )?(?:страница|материал|статья|новость) (?:больше не|была? удал|удал[её]н)"
    r"|ten artykuł (?:nie jest|został usunięty)"
    r"|(?:该|此|本)(?:文章|页面|内容|新闻)(?:已|不)|この記事は(?:削除|掲載|公開を?終了)|삭제된 기사",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 900
_MOST_CHARACTERS_IN_SENTENCE = 600
_FIRST_BLOCKS = 3
_FIRST_PARAGRAPHS = 6
_SHORT_BLOCK_CHARACTERS = 240


def says_not_found(facts: PageFacts) -> str | None:
    """What shows that the page stands for one that was not found or is gone; None where nothing does."""
    if facts.characters > _MOST_CHARACTERS:
        return None
    labelled = any(_is_label(label) for label in facts.labels)
    whole = facts.headline is not None and _is_label(facts.headline.strip(" .!").lower())
    if labelled and (whole or not facts.claims_article):
        return "says that the page was not found"
    if facts.claims_article or facts.characters > _MOST_CHARACTERS_IN_SENTENCE:
        return None
    # The blocks may be the whole page in one: the paragraphs as they stand are asked as well.
    first = [block.text for block in facts.blocks[:_FIRST_BLOCKS]]
    first += [element_text(p) for p in islice(facts.page.tree.iter("p"), _FIRST_PARAGRAPHS)]
    headings = [text for text in (facts.headline, *facts.page.headings[:1]) if text]
    if any(_TO_THE_READER.search(text) for text in (*first, *headings)):
        return "tells its reader that the page was not found"
    if any(_GONE.match(text) and len(text) <= _SHORT_BLOCK_CHARACTERS for text in (*first, *headings)):
        return "says that the article is no longer there"
    return None


def _is_label(label: str) -> bool:
    found = _LABEL.fullmatch(label)
    return found is not None and bool(found["said"] or found["number"])
