"""The words with which newspapers own up to a correction, in many languages.

All patterns are for casefolded text: "ss" for a sharp s, and no final sigma.

A label says so by itself where a colon or a date follows ("Correction:"); a note ("Editor's note:") says so where its
text does; a sentence on the article itself says so at the beginning of a line ("An earlier version of this article
misstated ..."). What an article says of corrections elsewhere is none of these.
"""

from __future__ import annotations

import re

LABEL = re.compile(
    r"(?:corrections?(?: and clarifications?| notice| appended)?|clarifications?(?: and corrections?)?|errata corrige"
    r"|errat(?:um|a)"
    r"|corrigend(?:um|a)|retraction|korrektur(?:hinweis|en)?|berichtigung|richtigstellung|klarstellung|rectificatif"
    r"|rectifications?|correctif|corrección|correcciones|fe de err(?:at|or)[ae]s|rectificación|aclaración"
    r"|correção|correções|erramos|retificação|correzione|rettifica|precisazione|correctie|rectificatie"
    r"|rechtzetting|rättelse|korrigering|rettelse|retting|presisering|præcisering|oikaisu|korjaus|sprostowanie|korekta"
    r"|oprava|helyesbítés|helyreigazítás|исправление|поправка|уточнение|виправлення|уточнення|düzeltme|διόρθωση"
    r"|rectificare|erată|correcció|rectificació|ispravak|ispravka|исправка|popravek|patikslinimas|labojums|parandus"
    r"|διευκρίνιση|ralat|koreksi|đính chính|تصحيح|تصويب|توضيح|اصلاحیه|تصحیح|भूल सुधार|शुद्धिपत्र"
    r"|تיקון|הבהרה|訂正(?:と(?:おわび|お詫び))?|お(?:わび|詫び)(?:と訂正)?|更正|勘误|勘誤|정정"
    r"|바로잡습니다)(?!\w)"
)
# What may stand between a label and its text, beside dates: "Correction, 12 May:", "【訂正】".
LABEL_END = re.compile(r"\s*[:：】\]—–]+\s*|\s+-\s+")
EDITORS_NOTE = re.compile(
    r"(?:editor(?:'s|s'|ial|s)? note|note from the editors?|note to (?:our )?readers|author's note"
    r"|anm(?:erkung|\.) d(?:er|\.) red(?:aktion|\.)|(?:redaktionelle[rs]? )?(?:hinweis|anmerkung)(?: der redaktion)?"
    r"|in eigener sache|transparenzhinweis|note de la rédaction|n\.?d\.?l\.?r\.?|nota (?:de la redacción|del editor)"
    r"|nota (?:da redação|do editor)|nota della redazione|n\.?d\.?r\.?|(?:noot|naschrift) van de redactie"
    r"|redaktionens? (?:kommentar|anmärkning|bemærkning)|red\. ?anm\.?|toimituksen huomautus|od redakcji"
    r"|przypis redakcji|pozn(?:ámka|\.) red(?:akce|\.)|a szerk(?:esztő megjegyzése|\.)|от редакции"
    r"|примечание редакции|від редакції|editör(?:ün)? notu|編集部注|编者[按注]|編者按|편집자 주|ملاحظة المحرر)(?!\w)"
)
UPDATE_NOTE = re.compile(
    r"(?:note|update[ds]?|nota|opmerking|aktualisier(?:ung|t)|mise à jour|actualización|atualização|aggiornamento"
    r"|oppdatering|opdatering|uppdatering|päivitys|aktualizacja|aktualizace|frissítés|обновление|güncelleme)(?!\w)"
)
_TEXT = (
    r"(?:article|story|report|piece|post|column|item|headline|obituary|review|interview|analysis|caption|graphic|chart"
    r"|newsletter|page|feature|dispatch|blog|transcript|podcast|episode|video|text|recipe|list|profile|essay|op-ed"
    r"|sub-?head(?:line|ing|ing)?|quiz|timeline|map|photo)"
)
_DE_TEXT = r"(?:artikels?|texte?s?|beitrag(?:e?s)?|berichte?s?|meldung|überschrift|nachricht|interviews?|grafik)"
_DE_OLDER = r"(?:frühere|vorherige|vorige|erste|ursprüngliche|ältere)"
_FR_TEXT = r"(?:article|dépêche|texte|information|papier|reportage|titre)"
# A sentence of the page on itself that says what was wrong, from the beginning of the line or of the note.
OF_ITSELF = re.compile(
    # "An earlier version of this article misstated ..."; not "... appeared in print".
    rf"(?:(?:an?|the) {_TEXT} (?:on|in|for|with|to|of|accompanying) )?"
    r"(?:in )?(?:an?|the|our) (?:earlier|previous|prior|original|initial|first|older)(?:,? [\w-]+){0,2}? "
    rf"(?:version|edition)s? of (?:this|our) {_TEXT}(?:'s \w+)?\b[^.]{{0,120}}?\b"
    r"(?:mis(?:stat|spel|identif|charact|attribut|quot|report|nam|led|label|represent|gender)\w*|incorrect(?:ly)?"
    r"|inaccura\w+|erroneous(?:ly)?|wrong(?:ly)?|mistake\w*|errors?|said|stated|referred|described|gave|suggested"
    r"|implied|listed|contained|named|omitted|quoted|attributed|overstated|understated|identified|claimed|conflated)\b"
    # "This article was amended on 12 May to ..."
    rf"|(?:(?:this|our) (?:\w+ \d{{1,2}} )?{_TEXT}|(?:this|the) {_TEXT} (?:of|on|above|to|for|in) this {_TEXT}),?"
    r"(?: originally published [^.,]{1,40},)? (?:was|were|is|has been|has now been|has since been|have been)"
    r"(?: \w+ly| since| now)? (?:amended|corrected|clarified)\b(?! by)"
    rf"|(?:(?:this|our) {_TEXT}|(?:this|the) {_TEXT} (?:of|on|above|to) this {_TEXT}) (?:was|has been|has since been)"
    r"(?: \w+ly| since| now)? (?:updated|revised|edited|changed|modified)\b[^.]{0,100}?\b"
    r"(?:correct(?:s|ed|ly|ing|ion)?|clarif(?:y|ies|ied|ication)|fix|inaccura\w+|incorrect\w*|errors?|mistakes?"
    r"|misstat\w+|misspel\w+|to remove|to amend)\b"
    rf"|we(?: have|'ve)? (?:since )?(?:corrected|amended|clarified) (?:this|our) {_TEXT}"
    r"|(?:due to|because of|owing to) an? (?:\w+ ){0,2}error,? [^.]{0,60}?"
    rf"\b(?:version|this {_TEXT}|we (?:said|reported|stated))\b"
    # "In a story May 12 about the ferry, we wrongly said ..."; not "..., the minister wrongly said".
    r"|in an? (?:story|report|article|obituary|dispatch)\b[^.]{0,200}?"
    r"\b(?:we|the associated press|reuters|agence france-presse|afp) (?:\w+ )?"
    r"(?:erroneously|incorrectly|mistakenly|wrongly|misstated|misidentified|misspelled|misreported|misquoted) "
    r"|^corrects\b|\(corrects\b"
    rf"|in (?:einer|der) {_DE_OLDER}n (?:version|fassung) (?:dieses|dieser|des|der|unseres|unserer) {_DE_TEXT}\b"
    rf"|in einer {_DE_OLDER}n version (?:hiess es|stand|haben wir|hatten wir|war (?:zu lesen|die rede|von))\b"
    rf"|(?:eine|die) {_DE_OLDER} (?:version|fassung) (?:dieses|dieser|des|der) {_DE_TEXT}"
    r"|(?:zunächst|ursprünglich|zuvor) (?:hiess es|stand|war)\b[^.]{0,40}?\b"
    r"(?:an dieser stelle|im (?:text|artikel|beitrag)"
    rf"|(?:hier )?in (?:diesem|dieser|unserem|unserer) {_DE_TEXT})\b"
    r"|(?:zunächst|ursprünglich|zuvor) hatten wir\b[^.]{0,80}?\b(?:geschrieben|berichtet|gemeldet)\b"
    rf"|wir haben (?:das|dies|es|(?:den|die|das) (?:{_DE_TEXT}|fehler|namen?|stelle|passage|angaben?|zahl(?:en)?))"
    r"(?: \w+){0,6} (?:korrigiert|berichtigt|richtiggestellt)\b"
    rf"|(?:diese[rs]? {_DE_TEXT}|(?:der|die) (?:artikel|überschrift)) wurde\b(?! (?:vom|von|durch))"
    r"(?:[^.]|(?<=\d)\.){0,60}?\b(?:korrigiert|berichtigt)\b"
    r"|(?:dans )?(?:une|la) (?:version (?:précédente|antérieure|initiale|originale)|(?:première|précédente) version) "
    rf"d(?:e |')(?:(?:cet|cette|ce|notre) {_FR_TEXT}|l'article(?! (?:\d|premier)))"
    r"|c(?:et|ette|e) (?:article|dépêche|texte) a été\b(?! par)[^.]{0,30}?\b(?:corrigée?|rectifiée?)\b(?! par)"
    r"|contrairement à ce que nous (?:av(?:i)?ons) (?:écrit|indiqué|publié)"
    r"|(?:en )?(?:una|la) (?:versión (?:anterior|previa|inicial|original)|primera versión) de "
    r"(?:est[ea]|nuestr[oa]) (?:artículo|nota|noticia|información|texto|reportaje|pieza|crónica)\b"
    r"|(?:este artículo|est[ae] (?:nota|noticia|información|texto)) (?:ha sido|fue)\b(?! por)[^.]{0,30}?"
    r"\b(?:corregid|rectificad)[oa]s?\b(?! por)"
    r"|(?:em |n)?(?:uma|a) (?:versão (?:anterior|inicial|original)|primeira versão) "
    r"d(?:(?:est[ea]|ess[ea]) (?:artigo|texto|matéria|reportagem|notícia)|a (?:matéria|reportagem)|o artigo(?! \d))\b"
    r"|(?:est[ea]|[oa]) (?:artigo|texto|matéria|reportagem|notícia) foi\b(?! p(?:or|el))[^.]{0,30}?"
    r"\b(?:corrigid|retificad)[oa]s?\b(?! p(?:or|el))"
    r"|diferentemente do que (?:foi )?(?:inform|public|afirm)"
    r"|(?:in )?(?:una|la) (?:versione precedente|precedente versione|prima versione) "
    r"(?:di quest(?:o |a |')(?:articolo|notizia|pezzo|testo)|dell'articolo(?! \d))\b"
    r"|quest(?:o |a |')(?:articolo|notizia|pezzo|testo) è stat[oa] (?:corrett|rettificat)"
    r"|(?:in )?een (?:eerdere|vorige|eerste|oorspronkelijke) versie van "
    r"(?:dit (?:artikel|bericht|stuk|verhaal|nieuwsbericht)|deze (?:column|recensie|analyse|reportage))\b"
    r"|dit (?:artikel|bericht|stuk) is\b(?! door)[^.]{0,30}?\b(?:gecorrigeerd|gerectificeerd)\b(?! door)"
    r"|(?:i )?en (?:tidigare|tidligere) (?:version|versjon|utgave) a[vf] "
    r"(?:(?:den här|denne|denna) )?(?:artik\w+|saken?|text\w*|tekst\w*|nyhet\w*|historien?|notis\w*)\b"
    r"|(?:artikeln|artiklen|artikkelen|saken|texten) (?:har|er) (?:rättats|korrigerats|rettet|korrigeret|korrigert)"
    r"|(?:jutun|artikkelin|uutisen|jutussa) (?:aiemmassa|aikaisemmassa|alkuperäisessä|ensimmäisessä) versiossa"
    r"|w (?:poprzedniej|pierwotnej|pierwszej|wcześniejszej) wersji (?:tego |tej |)(?:artykułu|tekstu|informacji)"
    r"(?! (?:\d|ustawy|umowy|projektu))"
    r"|v (?:předchozí|původní|první|dřívější) verzi (?:tohoto |této |)(?:článku|textu|zprávy)(?! (?:\d|zákona|smlouvy))"
    r"|cikkünk (?:korábbi|eredeti|első) (?:változatá|verziójá)"
    r"|в (?:предыдущей|первоначальной|первой|ранней|более ранней) версии "
    r"(?:(?:эт|данн|наш)\w+ )?(?:стать|материал|новост|заметк|публикац|текст)\w*+(?! (?:\d|закон|договор|соглашен))"
    r"|[ву] (?:попередній|першій|початковій) версії "
    r"(?:(?:ц|наш)\w+ )?(?:стат|матеріал|новин|публікац|текст)\w*+(?! (?:\d|закон|угод|договор))"
    r"|(?:bu )?haberin (?:önceki|ilk) (?:versiyonunda|halinde|sürümünde)"
    r"|(?:ذكر|ورد|جاء)?(?:ت)? ?في (?:نسخة|صيغة) سابقة من (?:هذا|هذه) (?:الخبر|المقال|التقرير|النص|المادة|القصة)"
    r"|تم تصحيح (?:هذا|هذه) (?:الخبر|المقال|التقرير|النص|المادة|القصة)"
    r"|versi (?:sebelumnya|awal) (?:dari )?(?:artikel|berita|tulisan) ini"
    r"|(?:この|本)?記事(?:の以前の|の当初の|は当初)|当初の記事|(?:本文|此文|本报道)(?:的)?(?:较早前|較早前|较早|較早|早前|之前|先前)(?:的)?版本"
    r"|(?:本文|此文|本报道)(?:已|已经)?(?:作出?)?更正|기사의? (?:이전|최초) (?:버전|판)"
)
# What an editor's note says where it owns up, and what stands under a label of its own.
OWNS_UP = re.compile(
    r"\b(?:to correct|corrects|corrected|(?<!of )corrections?(?! (?:officer|department|facilit|system|cent))"
    r"|clarif(?:y|ies|ied)|(?:earlier|previous|prior|original) version"
    r"|incorrect(?:ly)?|inaccura\w+|erroneous(?:ly)?|(?:an|the|our|this|factual|editing) errors?|in error|mistakenly"
    r"|(?:a|our|this) mistake|wrongly|mis(?:stat|spel|identif|attribut|quot|report)\w+|retract(?:ed|s|ing|ion)"
    r"|amended"
    r"|korrigiert|berichtigt|richtiggestellt|richtigzustellen"
    r"|(?:früheren|vorherigen|ursprünglichen) (?:version|fassung)"
    r"|fälschlich(?:erweise)?|irrtümlich(?:erweise)?|(?:den|ein|unser|diesen) fehler|fehlerhaft\w*"
    r"|corrigée?s?|rectifiée?s?|une erreur|par erreur|erronée?s?|version précédente|(?:première|précédente) version"
    r"|corregid[oa]s?|rectificad[oa]s?|un error|por error|erróne[oa]s?|versión anterior|corrigid[oa]s?|retificad[oa]s?"
    r"|um erro|erroneamente|incorretamente|versão anterior|corrett[oa]|rettificat[oa]|un errore|per errore"
    r"|erroneamente|versione precedente|gecorrigeerd|gerectificeerd|aangepast|een fout|ten onrechte|abusievelijk"
    r"|eerdere versie|rättat\w*|korrigerat\w*|felaktigt?|tidigare version|rettet|korrigert|korrigeret|feilaktig"
    r"|fejlagtigt|ved en fe(?:il|jl)|tidligere (?:versjon|version)|korjattu|virheellisesti|aiemmassa versiossa"
    r"|poprawi(?:ono|liśmy)|błędnie|omyłkowo|opraven\w*|chybně|omylem|javított\w*|tévesen|hibásan|исправлен\w*"
    r"|ошибочно|виправлен\w*|помилково|düzeltildi|düzeltilmiştir|yanlışlıkla)\b"
    r"|訂正|誤り|正しくは|更正|有误|错误|정정|잘못|خطأ|تصحيح"
)
# What an editor's note owns up for: its own text. "The author was wrongly convicted" is about another matter.
OF_OURS = re.compile(
    rf"\b(?:we|our|us|{_TEXT}s?|versions?|wir|unser\w*|uns|{_DE_TEXT}|version|fassung|nous|notre|{_FR_TEXT}"
    r"|nuestr\w+|hemos|artículo|nota|noticia|información|texto|titular|versión|reportaje|noss[oa]|artigo|matéria"
    r"|reportagem|notícia|versão|nostr[oa]|articolo|notizia|testo|pezzo|versione|wij|we|onze|artikel|bericht|stuk"
    r"|versie|tekst|vi|vår\w*|vores|artikeln|artiklen|artikkelen|saken|versjon|jutun|jutussa|artikkelin|uutisen"
    r"|artyku\w+|tekst\w*|informacj\w+|wersj\w+|člán\w+|verz\w+|cikkünk\w*|стать\w+|материал\w*|текст\w*"
    r"|новост\w+|верси\w+|статт\w+|матеріал\w*|верс\w+|haber\w*|metin\w*)\b"
    r"|記事|本文|此文|报道|報道|기사|المقال|الخبر|التقرير|النص|نسخة"
)
# Standing lines that ask readers to report mistakes, and headings of the page where corrections are printed.
POLICY = re.compile(
    r"\bif you (?:see|spot|find|notice|believe|think|have|would|know|wish|want)"
    r"|\bto (?:report|request|submit|suggest) (?:(?:an?|any|the) )?(?:errors?|corrections?|mistakes?|typos?)\b"
    r"|\blet us know|\be-?mail (?:us|to|the)|\bcontact (?:us|the|our)|\bwrite to"
    r"|\bour (?:corrections? )?(?:policy|page)"
    r"|\bcorrections? (?:policy|page|column|request|form)|\bsee (?:an|any|a) (?:error|mistake)|\breaders (?:can|may)"
    r"|haben sie einen fehler|fehler (?:gefunden|melden|entdeckt)|signaler une|une erreur ?\?|has visto un error"
    r"|reportar un|encontrou (?:algum|um) erro|hai trovato un errore|fout gezien|tip ons|hittat fel|fundet en fejl"
    r"|zauważyłeś|našli jste|нашли (?:ошибку|опечатку)|hata bildir"
)
# The first word of a line that may be a notice; after a common one the second has to be one of these as well.
_OPENERS = (
    "correction corrections corrected corrects clarification clarifications erratum errata corrigendum corrigenda"
    " retraction editor's editors editors' editor editorial author's note notes update updated updates due because"
    " owing korrektur korrekturen korrekturhinweis berichtigung richtigstellung klarstellung anmerkung anm hinweis"
    " redaktioneller redaktionelle transparenzhinweis aktualisierung aktualisiert zunächst ursprünglich zuvor"
    " rectificatif rectification rectifications correctif ndlr n.d.l.r mise contrairement corrección correcciones"
    " fe rectificación aclaración nota actualización correção correções erramos retificação atualização"
    " diferentemente correzione rettifica precisazione ndr n.d.r aggiornamento correctie rectificatie rechtzetting"
    " noot naschrift opmerking rättelse korrigering rettelse retting presisering præcisering redaktionens"
    " redaktionen red artikeln artiklen artikkelen saken texten oppdatering opdatering uppdatering oikaisu korjaus"
    " jutun artikkelin uutisen jutussa toimituksen päivitys sprostowanie korekta od przypis aktualizacja oprava"
    " poznámka pozn aktualizace helyesbítés helyreigazítás cikkünk szerk frissítés исправление поправка уточнение"
    " примечание виправлення уточнення від düzeltme haberin editör editörün güncelleme διόρθωση rectificare erată"
    " correcció rectificació ispravak ispravka исправка popravek patikslinimas labojums parandus διευκρίνιση ralat"
    " koreksi versi đính اصلاحیه تصحیح भूल शुद्धिपत्र توضيح ورد وردت جاء جاءت ذكر ذكرت"
    " تصحيح تصويب ملاحظة תיקון הבהרה 정정 바로잡습니다 편집자"
)
_COMMON = (
    "this the our a an in we der die das dieser diese eine einer wir une la dans cet cette una en este esta el"
    " uma em numa o i een dit w v в у от bu questo questa quest'articolo ce في تم"
)
_SECONDS = (
    "earlier previous prior original initial first older article story report piece post column item headline"
    " obituary review interview analysis caption graphic chart newsletter page feature dispatch blog transcript"
    " podcast episode video text recipe list profile essay op-ed have we've corrected amended clarified an a the"
    " einer der eigener früheren vorherigen vorigen ersten ursprünglichen frühere vorherige erste ursprüngliche"
    " haben artikel beitrag bericht meldung überschrift version première précédente une la dépêche texte versión"
    " primera una artículo nota noticia información texto versão primeira uma artigo matéria reportagem notícia"
    " versione precedente prima eerdere vorige eerste oorspronkelijke stuk een tidigare tidligere en poprzedniej"
    " pierwotnej pierwszej wcześniejszej předchozí původní první dřívější предыдущей первоначальной первой ранней"
    " более попередній першій початковій редакции haberin szerk march may june july april january february august"
    " september october november december articolo notizia pezzo testo نسخة صيغة تصحيح این"
)
_SIGNS = "訂正 おわ お詫 更正 勘误 勘誤 編集 编者 編者 この 本記 記事 当初 本文 此文 本报 기사"
OPENERS = frozenset(_OPENERS.split())
COMMON = frozenset(_COMMON.split())
SECONDS = frozenset(_SECONDS.split())
OPENING_SIGNS = frozenset(_SIGNS.split())
