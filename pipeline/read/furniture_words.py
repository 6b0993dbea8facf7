"""The words of furniture, in many languages: what share widgets, pitches, credits and links to others say.

A line of news may hold any of these words. A pattern therefore fits a whole line, or the beginning of a sentence
that speaks to the reader, or needs a mark (a colon, a bar) that running text does not set there.
"""

from __future__ import annotations

import re


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


# A line that is nothing but this.
LABEL = re.compile(
    r"^\W*"
    + _any(
        r"advertisements?|sponsored(?: content)?|anzeigen?|werbung|annonce|publicidad|publicité|pubblicità|reklama?"
        r"|mainos|reklame|iklan|реклама|إعلان|広告|广告",
        r"(?:\d+ )?comments?|leave a (?:comment|reply)|(?:post|add|write) a comment|kommentar(?:e|er|ar|abgeben)?"
        r"|kommentar (?:abgeben|schreiben|verfassen)|commentaires?|comentarios|comentários|commenti|reacties"
        r"|комментарии|yorumlar|コメント|评论",
        r"share(?: (?:this )?(?:article|story|post|page))?|share (?:on|via) \w+|teilen|artikel teilen|partager"
        r"|compartir|compartilhar|condividi|delen|dela|del|udostępnij|sdílet|поделиться|paylaş|シェア|分享",
        r"print(?: (?:article|this))?|drucken|imprimer|imprimir|stampa|печать|e-?mail|copy link|link kopieren"
        r"|order reprints|save(?: article)?|merken|отправить(?: другу)?|bookmark",
        r"read (?:more|next|also)|more (?:stories|news)|weiterlesen|lire la suite|seguir leyendo"
        r"|leggi (?:tutto|anche)|leer más|lees (?:meer|verder)|läs mer|les mer|читать (?:далее|полностью)|続きを読む",
        r"related(?: (?:stories|articles?|topics|news|posts|content|reading|links|videos?))?"
        r"|(?:recommended|suggested)(?: (?:for you|stories|articles|videos?|reading))?|you (?:may|might) (?:also )?like"
        r"|most (?:read|popular|viewed)|trending(?: now)?|don.t miss|(?:people are|what others are) (?:also )?reading"
        r"|mehr zum thema|(?:mehr|weitere) (?:artikel|nachrichten|themen)|das könnte sie auch interessieren"
        r"|ähnliche(?: artikel)?|auch interessant|zum thema|verwandte (?:artikel|themen)|noticias? relacionadas?"
        r"|artículos? relacionados?|sur le même sujet|à lire aussi|articles? (?:liés|similaires)"
        r"|articoli correlati|lees ook|les også|läs också|læs også|lue myös|czytaj (?:też|także|również)"
        r"|zobacz (?:też|także|również)|mohlo by vás zajímat|čtěte také|читайте также|по теме|ilgili haberler"
        r"|関連記事|関連ニュース|おすすめ(?:記事|情報)|記事一覧|相关(?:阅读|新闻|文章)|推荐阅读|관련 ?기사",
        r"newsletters?|sign up|sign in|log in|subscribe(?: now)?|abonnieren|jetzt abonnieren|anmelden|s.abonner"
        r"|suscr[ií]bete|iscriviti|abonneer|подписаться|登録する",
        r"topics|tags|schlagw(?:o|ö)rter|themen|étiquettes|etiquetas|теги|table of contents?|inhaltsverzeichnis"
        r"|on this page|in this article|article contents?|artikelinhalt|tartalom|toggle",
        r"(?:less than )?\d{1,3}.?(?:min(?:ute)?s?\.?|minuten|minut[eio]s?|минут[аы]?)"
        r" (?:read(?:ing time)?|lesezeit|de (?:lectura|lecture|leitura)|di lettura|leestijd|läsning|чтения)"
        r"|(?:estimated )?(?:reading time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo de leitura"
        r"|tempo di lettura|leestijd|lästid|время чтения)\W*\d{1,3} ?\w{0,8}\.?",
        r"(?:about|über|zu) (?:the|den|der|die) (?:authors?|autor(?:in|en)?)|sobre (?:el|la|o) autora?"
        r"|à propos de l.auteur",
        r"filed under|posted in|loading|close|menu|back to top|nach oben|skip to (?:main )?content|no items found"
        r"|article|článek|artikel|live|embed|contact us|kontaktieren sie uns|no categories",
        r"(?:play|watch)(?: (?:now|video|the video))?|video (?:abspielen|ansehen)|listen(?: to (?:this )?article)?"
        r"|artikel anhören|écouter(?: l.article)?|escuchar|ascolta(?: l.articolo)?|слушать|video player is loading"
        r"|(?:recommended|related|top) videos?|externer inhalt(?: nicht verfügbar)?",
    )
    + r"\W*(?:\d+\W*)?$",
    re.IGNORECASE,
)
# The same, where it is no item of a list: a list in the news may name them.
SHARE_TARGET = re.compile(
    r"^\W*(?:facebook|twitter|x|whatsapp|linkedin|pinterest|telegram|reddit|messenger|flipboard|xing|vk|line)\W*$",
    re.IGNORECASE,
)
LABELS_IN_A_ROW = re.compile(r"\s+[·•|/]\s+")
# The element's own first text, nothing else: a sentence of the news may begin with the word.
SAYS_ADVERTISEMENT = re.compile(
    r"\W*(?:advertisements?|sponsored(?: content)?|paid content|publicity|anzeige|werbung|publicidad|publicité"
    r"|pubblicità|publicidade|advertentie|annonce|annons|reklam[ae]?|mainos|hirdetés|inzerce|реклама|διαφήμιση"
    r"|iklan|quảng cáo|إعلان|광고|広告|广告|廣告)"
    r"(?:\W+(?:scroll|continue|story continues|article continues)\b.{0,60})?\W*$",
    re.IGNORECASE,
)
_READ_MORE_WORDS = _any(
    r"(?:also )?read(?: (?:more|also|next|on|our full \w+))?|see (?:also|more)|more(?: on this)?",
    r"related(?: (?:article|story|reading|post|news|coverage|content))?|you (?:may|might) also like|recommended",
    r"mehr(?: dazu| zum thema)?|lesen sie(?: auch| hier| dazu| mehr)?|lies auch|auch interessant|zum artikel|zum thema",
    r"lire aussi|à lire(?: aussi| également)?|voir aussi|leggi anche|leggi pure|approfondisci",
    r"lee también|lea también|le puede interesar|te puede interesar|ver también|leia (?:também|mais)|veja também",
    r"lees ook|lees verder|les også|läs (?:också|mer|även)|læs også|lue myös|lesa meira",
    r"czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|čtěte (?:také|též|více)|čítajte aj|olvassa el",
    r"citiți și|citește și|pročitajte|прочитај|прочетете|читайте (?:также|ещё|еще)|читать также|читайте також",
    r"ayrıca okuyun|baca juga|xem thêm|اقرأ أيضا|اقرأ أيضًا|קראו עוד|यह भी पढ़ें|相关阅读|関連記事|관련 ?기사",
)
# In front of a link.
READ_MORE = re.compile(
    r"\W*(?:" + _READ_MORE_WORDS + r"|don.t miss|also on|watch(?: now)?|in pictures|click here|ähnliche)\b",
    re.IGNORECASE,
)
# In a line whose links are not known: the words and then a colon, a bar or an arrow.
READ_MORE_LINE = re.compile(
    r"\W*(?!(?:more|mehr|recommended)\s?:)" + _READ_MORE_WORDS + r"\s?(?:[:：|»›→]|>{1,2})", re.IGNORECASE
)
CREDIT = re.compile(
    r"^\W*(?:photos?|images?|pictures?|photographs?|foto(?:s|grafie|grafía|graf)?|bild(?:er)?|image credit|photo credit"
    r"|credits?|photo by|photograph by|imagen|imagem|immagine|kuva|zdjęcie|fotó|ảnh|фото|写真|图片(?:来源)?|사진"
    r"|archivbild|symbolbild|copyright|crédito|crédit photo)\s?(?:\([^)]*\)\s?)?[:：/©]\s?\S.{0,110}$"
    r"|^\(?(?:image|photo|foto|bild)(?: credit)?: ?[^)]{2,80}\)?$",
    re.IGNORECASE,
)
# A caption that ends with its credit in brackets: "The bridge in May. (Photo: A. B.)"
_PICTURE = (
    r"(?:file )?(?:photo(?:graph)?s?|images?|pictures?|illustrations?|graphics?|fotos?|bild|grafik|archivfoto"
    r"|archivbild|symbolbild|фото|kuva|zdjęcie)"
)
CAPTION_WITH_CREDIT = re.compile(
    rf"[(\[]{_PICTURE}(?: (?:by|credit|courtesy)\b|\s?[:：/]) ?[^()\[\]]{{2,80}}[)\]]\W*$"
    rf"|(?:^|[.!?…]['\"”»]?\s){_PICTURE}\s?[:：] ?(?-i:[A-ZÀ-ÞА-Я])[^.!?:]{{1,60}}$",
    re.IGNORECASE,
)
_MONTH_OR_DAY = (
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|mon|tue|wed|thu|fri|sat|sun|today|yesterday)\w*"
)
# Near the top, and never a sentence.
DATE_LINE = re.compile(
    r"^\W*(?:(?:first |last |date )?(?:published|updated|posted|modified|stand|aktualisiert|veröffentlicht|publié"
    r"|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|обновлено|опубликовано)"
    r"(?: (?:on|at|le|el|il|am|op|date))?\W{0,4}(?:\d|" + _MONTH_OR_DAY + r").{0,60}"
    r"|\d{1,2}[./ ]\s?(?:\d{1,2}|\w{3,10})[./ ,]\s?\d{4}\b.{0,40}"
    r"|\w{3,10}\.? \d{1,2}, \d{4}\b.{0,70}|\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}\b.{0,30})$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<!\b[apAP])(?<!\.[mM])[.!?。！？]\W*$")
# At the end of the text.
SOURCE_LINE = re.compile(
    r"^\W*(?:(?:sources?|quellen?|fonte|fuente|bron|kilde|källa|źródło|zdroj|источник|kaynak|sumber|nguồn|来源)\s?[:：].{1,60}"
    r"|(?:reporting|writing) by (?-i:[A-ZÀ-Þ]).{2,200}\b(?:editing|writing) by .{3,100}"
    r"|additional reporting by (?-i:[A-ZÀ-Þ]).{3,200}|(?<=\()(?:reporting|writing|editing) by .{3,200})$",
    re.IGNORECASE,
)
# What blog software sets under a text: the group is the headline.
FIRST_ON = re.compile(r"^\W*the post (.{3,300}) (?:appeared first|first appeared) on\b", re.IGNORECASE)
# After the name of one of its authors, at the end of the text.
ABOUT_AUTHOR = re.compile(
    r"\s*(?:\([^)]{1,60}\)\s*)?,?\s*"
    r"(?:is|was|has|writes|covers|ist|war|schreibt|arbeitet|est|écrit|es|è|é|is een|jest|är|er)\b",
    re.IGNORECASE,
)
