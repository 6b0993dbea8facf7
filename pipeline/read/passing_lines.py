"""Lines that change by themselves: how often a page was seen, how long ago it came out, when it was last touched.

They are known by their form: a short line, or a part of one between bars, that says nothing but such things. A figure
or a time within anything else is news, and stays: "The blast two hours ago killed 12" is a sentence, "Two comments
killed the plan" too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.read.month_names import month_of
from pipeline.read.typography import plain_type

_LONGEST_CHARACTERS = 120
_PART = re.compile(r"\s+[·•|/]\s+")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_MARK = re.compile(r"[?!؟。！？।]|\.\W*$")
_NUMBER = r"\d[\d.,' ]*+(?:(?:k|m|mn|mio|mln|tsd|mil|rb|tys|тыс|млн)\b\.? ?|[万萬億亿천만千] ?)?(?:\+ ?)?"

# What is counted beside a text. No word that news counts as well, such as votes, people or visitors.
_COUNTED = (
    r"(?:page ?)?views?|up ?votes?|(?:page )?hits"
    r"|reads|comments?|replies|reply|responses?|shares?|likes?|reactions?|retweets?"
    r"|reposts?|claps?|plays"
    r"|(?:leser)?kommentare?|(?:seiten)?aufrufe?|(?:mal |x )?(?:gelesen|geteilt|aufgerufen|angesehen)|reaktionen"
    r"|commentaires?|vues?|lectures?|partages?|réactions?|fois (?:lu|partagé)|j'aime"
    r"|comentarios?|visualizaciones|visualización|vistas|lecturas?|compartidos?|me gusta|veces (?:leíd|compartid)[oa]"
    r"|comentários?|visualizaç(?:ão|ões)|leituras?|compartilhamentos?|partilhas?|curtidas?"
    r"|comment[io]|visualizzazion[ei]|letture|condivision[ei]|mi piace"
    r"|reacties?|weergaven|(?:keer|x) (?:gelezen|bekeken|gedeeld|weergegeven)"
    r"|kommentar(?:er)?|visning(?:ar|er)|delning(?:ar)?|deling(?:er)?|kommenttia?|katselukertaa?|jakoa?"
    r"|komentarz[ye]?|odsłon[ya]?|wyświetle(?:nia|nie|ń)|udostępnie(?:nia|nie|ń)"
    r"|komentář[eůi]?|komentár(?:ov|e)?|zobrazení|zhlédnutí|sdílení|hozzászólás|megtekintés|megosztás"
    r"|comentarii|comentariu|vizualizări|afișări|distribuiri|σχόλι[αο]|προβολέσ|коментар\w{0,3}|перегляд\w{0,3}"
    r"|комментари\w{1,2}|просмотр\w{0,2}|прочтени\w{1,2}|yorum|görüntüle(?:n)?me|okunma|paylaşım|beğeni"
    r"|تعليق(?:ات)?|مشاهد(?:ة|ات)|قراء(?:ة|ات)|תגובות|צפיות|komentar|kali (?:dilihat|dibaca)|bình luận|lượt xem"
    r"|(?:件の)?コメント|回閲覧|(?:次|人)?阅读|(?:次|人)?浏览|次观看|条?评论|則留言|次觀看|点赞|人气|댓글|조회(?:수)?|공유"
)
# What names a count in front of it only: behind a figure these words may be news.
_NAMED = (
    r"visitas|tweets?|facebook|twitter|whatsapp|linkedin|telegram|pinterest|reddit|поделились|阅读量|浏览量|转发|分享"
    r"|المشاهدات|التعليقات|عدد (?:التعليقات|المشاهدات|القراءات)"
)
_READERS = (
    r"(?:people|readers?|users?|times|personen|leser(?:n|innen)?|personnes|personas|pessoas|persone|mensen|veces|vezes"
    r"|volte|fois|mal|keer|gånger|ganger|gange|razy|раз)"
)
_READING = (
    r"read(?:ing time)?|lesezeit|lesedauer|(?:temps |tiempo |tempo )?(?:de (?:lectura|lecture|leitura)|di lettura)"
    r"|lectura|leestijd|läsning|lästid|lesetid|読了時間|阅读时间|czas czytania|время чтения"
    r"|lukuaika|czytania|čtení|чтения|okuma(?: süresi)?"
)
_COUNTER = re.compile(
    rf"(?<!\w)(?:(?:{_NUMBER}|no |keine |aucun |sin |nessun |ingen |geen )(?:{_COUNTED})(?!\w)"
    rf"|(?:view|see|show|read|load)(?: all)? (?:the )?{_NUMBER}comments?(?!\w)"
    r"|be the first to (?:comment|reply|react|share|like)(?: on)?(?: this)?(?!\w)"
    rf"|(?:{_COUNTED}|{_NAMED}) ?[:(\[]? ?{_NUMBER}[)\]]?(?!\w)"
    r"|(?:read|seen|viewed|shared|gelesen|geteilt|gefällt|lu|partagé|leído|compartido|lido|letto|gelezen|gedeeld)"
    rf"(?: (?:by|von|par|por|da|door))? "
    rf"{_NUMBER}{_READERS}(?:\.$)?(?!\w)"
    rf"|{_NUMBER}{_READERS} (?:(?:have |are |haben |ont |han )?(?:read|reading|seen|viewed|watching|gelesen|lu|leído)"
    r"(?: (?:this|now|so far|today|it))*)(?!\w)"
    rf"|\d{{1,3}}[ -]?(?:minutes?|minuten|minut[ieo]s?|минут[аы]?|mins?|мин|dk|dakika)\.?[ -]?(?:{_READING})(?!\w)"
    rf"|(?:{_READING})(?: time)? ?[:(]? ?(?:ca\. ?)?\d{{1,3}} ?"
    rf"(?:min\w{{0,5}}|分|分钟|dk|dakika|мин\w{{0,3}})?\.?\)?(?!\w))"
)
_AGO = re.compile(
    r"(?<!\w)(?:"
    r"(?:\d+|an?|one|a few) ?(?:s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)"
    r"\.? ?ago"
    r"|just now|moments ago|gerade eben|à l'instant|ahora mismo|agora mesmo|proprio ora|zojuist|just nu|właśnie teraz"
    r"|vor (?:\d+|eine[mr]?|einigen|wenigen) (?:sekunden?|minuten?|min|stunden?|std|tag(?:en)?|wochen?|monat(?:en)?)\.?"
    r"|il y a (?:\d+|une?|quelques) ?(?:s|secondes?|min|minutes?|h|heures?|j|jours?|semaines?|mois)"
    r"|hace (?:\d+|una?|unos|unas) ?(?:segundos?|min|minutos?|h|horas?|días?|semanas?|mes(?:es)?)"
    r"|há (?:\d+|uma?|alguns) ?(?:segundos?|min|minutos?|h|horas?|dias?|semanas?|m[eê]s(?:es)?)(?: atrás)?"
    r"|(?:\d+|una?|un') ?(?:second[io]|min|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]) fa"
    r"|(?:\d+|een) (?:seconden?|min|minuten|minuut|uur|uren|dag(?:en)?|weken|week|maand(?:en)?) geleden"
    r"|för (?:\d+|en|ett) (?:sek\w*|min\w*|tim\w*|dag(?:ar)?|veck(?:a|or)) sedan"
    r"|for (?:\d+|en|et|ett) (?:sek\w*|min\w*|tim\w*|dag\w*|uk\w+|uge\w*|måned\w*) siden"
    r"|\d+ (?:sekun|minuu|tun|päiv|viik)\w+ sitten"
    r"|\d+ (?:sek|min|godz|dn|dzie|tygod)\w* temu|p[rř]ed \d+ (?:sekund|minut|minút|hodin|dn|týdn)\w*"
    r"|\d+ (?:másodperce|perce|órája|napja|hete)|acum \d+ (?:de )?(?:secunde|minute?|ore?|oră|zile)"
    r"|\d+ (?:секунд|мин|час|ден|дн|недел|хвилин|годин|тиж)\w* (?:назад|тому)|преди \d+ (?:минут|час|дни|ден)\w*"
    r"|\d+ (?:saniye|dakika|dk|saat|gün|hafta) önce|πριν (?:από )?\d+ (?:λεπτ|ώρ|ημέρ)\w+"
    r"|(?:منذ|قبل) (?:\d+ )?(?:ثاني|دقي|دقائق|ساع|يوم|أيام)\w*|לפני (?:\d+ )?(?:דקות|דקה|שעות|שעה|ימים)"
    r"|\d+ (?:ثانیه|دقیقه|ساعت|روز) (?:پیش|قبل)|\d+ (?:मिनट|घंटे|घंटा|दिन) पहले"
    r"|\d+ (?:giây|phút|giờ|ngày|tuần) trước|\d+ (?:detik|menit|minit|jam|hari|minggu) (?:yang )?lalu"
    r"|(?:today|yesterday|heute|gestern|aujourd'hui|hier|hoy|ayer|hoje|ontem|oggi|ieri|vandaag|gisteren|i ?dag|i ?går"
    r"|dziś|wczoraj|сегодня|вчера|сьогодні|вчора|bugün|dün),? ?(?:at |um |à |a las |às |alle |om |kl\.? ?|o |в |saat )?"
    r"\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?(?: uhr)?"
    r")(?!\w)"
    # Scripts that set no spaces between words.
    r"|(?<!\d)\d+ ?(?:秒|分|分钟|分鐘|小时|小時|時間|日|天|周|週間)前|(?<!\d)\d+ ?(?:초|분|시간|일|주) ?전(?!\w)"
    r"|(?:今天|昨天|今日|昨日|오늘|어제) ?\d{1,2}[:時时点]\d{2}分?"
)
# The first word of a stamp, and what may stand in it beside dates and times.
_STAMP = re.compile(
    r"\W*(?:(?:last|laatst|ostatnia|poslední|senast|sist|letzte|dernière|última|ultimo|zuletzt|date"
    r"|news|article|article was) )?"
    r"(?:updated?|modified|published|posted|edited|refreshed|revised"
    r"|aktualisi\w+|stand|veröffentlicht|publiziert|geändert|bearbeitet|publiée?|mise? à jour|modifiée?|publicad[oa]"
    r"|actualizad[oa]|actualización|modificad[oa]|atualizad[oa]|atualização|pubblicat[oa]|aggiornat[oa]|aggiornamento"
    r"|modificat[oa]|gepubliceerd|bijgewerkt|gewijzigd|publicerad|uppdaterad|publisert|oppdatert|udgivet|opdateret"
    r"|julkaistu|päivitetty|opublikowano|zaktualizowano|aktualizacja|aktualizováno|publikováno|aktualizované"
    r"|frissítve|módosítva|megjelent|publicat|actualizat|ажурирано|обновлено|обновлён|опубликовано|оновлено|обновена"
    r"|ενημέρωση|ενημερώθηκε|güncelle(?:me|ndi)|diperbarui|cập nhật"
    r"|更新(?:日時?|时间|時間|于|於)?|(?:发布|發布|发表|發表)(?:时间|時間|于|於)?|公開(?:日時?)?|配信|수정|업데이트|입력"
    r"|(?:تم |آخر )?(?:ال)?تحديث|نشر|עודכן)(?!\w)"
)
_STAMP_BEHIND = re.compile(r"(?:更新|发布|發布|公開|配信|掲載|수정|입력)\W*$")
_TIME_WORDS = (
    "am pm a p m h hr hrs uhr"
    " at on of the um vom der den à le la les las los el il alle ore os às de del em op om te kl klo"
    " o clock today yesterday heute gestern hier aujourd hui hoy ayer oggi ieri vandaag gisteren i idag dag dnes"
    " dziś сегодня вчера в г st nd rd th er time local date gmt utc bst cet cest edt est et ct cdt cst pdt pst pt mez"
    " mesz ist jst kst aest aedt wib msk 年 月 日 時 时 分 点 點 년 월 일"
    " mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
    " segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_BESIDE_A_TIME = frozenset(_TIME_WORDS.split())


def without_passing(line: str) -> str:
    """`line` without what changes by itself; empty where it says nothing else.

    A long line comes back as it is. Of a short one, the parts between bars ("By A. B. | 3 min read | 12 comments") are
    looked at one by one.
    """
    if len(line) > _LONGEST_CHARACTERS or not line or line.isspace():
        return line
    if _passes(line):
        return ""
    parts = _PART.split(line)
    if len(parts) == 1:
        return line
    kept = [part for part in parts if not _passes(part)]
    return line if len(kept) == len(parts) else " | ".join(kept)


@lru_cache(maxsize=4096)  # the same stand in every article of a source
def _passes(line: str) -> bool:
    """Whether a line or a part of one is a counter, a stamp, the time since, or several of these, and nothing else."""
    text = plain_type(line).casefold()
    rest = _AGO.sub(" ", _COUNTER.sub(" ", text))
    if rest != text and not _is_said(rest):
        return _SENTENCE_MARK.search(rest) is None
    if stamp := _STAMP.match(rest):
        beside = _WORD.findall(rest[stamp.end() :])
    elif stamp := _STAMP_BEHIND.search(rest):
        beside = _WORD.findall(rest[: stamp.start()])
    else:
        return False
    has_time = rest != text or any(character.isdigit() for character in rest)
    return has_time and all(word in _BESIDE_A_TIME or month_of(word) or _STAMP.match(word) for word in beside)


def _is_said(rest: str) -> bool:
    return any(character.isalnum() for character in rest)
