"""How much a decoded text looks like a language: which of several encodings its bytes were written in.

The right encoding makes the letters outside ASCII letters of *one* language, the frequent ones most often; a wrong one
makes symbols, capitals within words, or letters that no language has together. So each language is its letters, the
frequent ones first, and a text is measured by the share of its letters that are the language's. After the method of
composite detection by Li and Momoi (https://www-archive.mozilla.org/projects/intl/universalcharsetdetection), with
single letters instead of pairs, which is enough where a declaration need only be confirmed or refuted.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple


class _Letters(NamedTuple):
    """The letters outside ASCII that a language's text is made of."""

    frequent: str
    others: str = ""
    expected_share: float = 1.0  # of a text's letters that are `frequent` or others: less than all for Chinese


_LATIN_WEST = (
    _Letters("äöüßé", "ÄÖÜàè"),
    _Letters("éèàêçô", "îâûëïùœÉÈÀÊÇÔæÿÎ"),
    _Letters("óáíéñú¿", "ü¡ÁÉÍÓÚÑºª"),
    _Letters("ãáéçõíóê", "úâôàÁÉÍÓÚÇÃÕÂÊüºª"),
    _Letters("èàùòéì", "ÈÀÙÒÉÌ°"),
    _Letters("äöåé", "ÄÖÅüàøæ"),
    _Letters("åøæé", "ÅØÆöäóüè"),
    _Letters("ëïéèöüó", "áíêçÉË"),
    _Letters("íáðöéóúæþý", "ÁÐÉÍÓÚÝÞÆÖ"),
    _Letters("óéíàèçúïü·", "ÀÉÈÍÒÓÚÇòá"),
    _Letters("éáíóú", "ÉÁÍÓÚ"),
)
_LATIN_CENTRAL = (
    _Letters("ąęółśżćńź", "ĄĆĘŁŃÓŚŹŻé"),
    _Letters("íáéěřýžčšů", "úťňďóÁČĎÉĚÍŇÓŘŠŤÚŮÝŽöü"),
    _Letters("áíčšéýžľú", "ťňôďäóĺŕÁČĎÉÍĽŇÓŠŤÚÝŽÔ"),
    _Letters("áéöóőíüúű", "ÁÉÖÓŐÍÜÚŰ"),
    _Letters("ăîşţâ", "ĂÎŞŢÂșțȘȚé"),
    _Letters("čšžćđ", "ČŠŽĆĐéü"),
    _Letters("äöüß", "ÄÖÜé"),
    _Letters("ëç", "ËÇ"),
)
_LATIN_TURKISH = (_Letters("ıüğşöç", "İÜĞŞÖÇâîûÂ"),)
_LATIN_BALTIC = (
    _Letters("ėįšųžčūęą", "ĖĮŠŲŽČŪĘĄ"),
    _Letters("āīēšņļžū", "ģķčĀĪĒŠŅĻŽŪĢĶČō"),
    _Letters("äõüö", "ÄÕÜÖšžŠŽ"),
)
# windows-1258 writes most tones as marks after the letter.
_LATIN_VIETNAMESE = (_Letters("đươăâêô\u0300\u0301\u0309\u0323", "\u0303àáãèéìíòóõùúýĐƯƠĂÂÊÔÀÁÉÍÓÚ"),)
_CYRILLIC = (
    _Letters("оеаинтсрвлкмд", "пуяыьгзбчйхжшюцщэфъёП"),
    _Letters("оанитверісклд", "мпуяьзбгчйхжїєюцшщґф"),
    _Letters("аеоитнрсвлдкп", "мзъубгящчцжйхшюфь"),
    _Letters("аоиенрстјувкд", "млпгзбшчцћжђљњхџф"),
    _Letters("анеіоыртслкду", "ўпмзгяьцбчйхжшюэфё"),
)
_GREEK = (_Letters("αοιετσνηυρπκμ", "λςωόίάήέύώδχθφγβζξψϊϋΐΰ"),)
_HEBREW = (_Letters("יוהלארתבשמנ", "םדחקעפטןגכזסךצףץ"),)
_ARABIC = (
    _Letters("اليمنرتبوعده", "فسكقحةأجشصىخطإذزضغظثئءآؤ،ً"),
    _Letters("اینردهموتبشس", "یکلگزخفقعپحجچغطصآضذثئژظ،"),
)
_THAI = (_Letters("านรอกเงมยลวดทสต", "ะัปบคหแจพชขใไโถซฟผธณฯๆศษญภฎฏฐฉฌิีึืุู่้๊๋็์ำ"),)
# The characters that make up half of a text, or a good third of it.
_SIMPLIFIED = (
    _Letters(
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家"
        "种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十"
        "民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利等产或新制身果加西月话合回"
        "特代内信表化老给世位次度门任常先海通教原东提立及比员解水名真论处走各入口认条平系气题活更别市区，。、",
        expected_share=0.55,
    ),
)
_TRADITIONAL = (
    _Letters(
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家"
        "種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日軍者意無力它與長把機十"
        "民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利等產或新制身果加西月話合回"
        "特代內信表化老給世位次度門任常先海通教原東提立及比員解水名真論處走各入口認條平系氣題活更別市區，。、",
        expected_share=0.5,
    ),
)
_JAPANESE = (
    _Letters(
        "のにはをたがでてとしれさいあるなすもかこらまうりよくけそっだえつおきめせみど、。",
        "ンスルトラリアイクタドシレロジフマッーカ日年月人大会国",
        expected_share=0.6,
    ),
)
_KOREAN = (
    _Letters(
        "이다는에의가을고하은지로한도를리사기어자나인서그대시있아일정니들수라해여만부보스게원과장제상전주성며했",
        "으것까면적없년월동구공국회연신비우안경현반중유조학관오소교민방요",
        expected_share=0.6,
    ),
)

# Encodings by the languages they were used for, the more usual first among those that can write the same letters.
LANGUAGES_OF_ENCODING: dict[str, tuple[_Letters, ...]] = {
    "cp1252": _LATIN_WEST,
    "cp1250": _LATIN_CENTRAL,
    "iso8859-2": _LATIN_CENTRAL,
    "cp1251": _CYRILLIC,
    "koi8-u": _CYRILLIC,
    "iso8859-5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1253": _GREEK,
    "iso8859-7": _GREEK,
    "cp1254": _LATIN_TURKISH,
    "cp1255": _HEBREW,
    "cp1256": _ARABIC,
    "iso8859-6": _ARABIC[:1],
    "cp1257": _LATIN_BALTIC,
    "cp1258": _LATIN_VIETNAMESE,
    "cp874": _THAI,
    "gb18030": _SIMPLIFIED,
    "big5hkscs": _TRADITIONAL,
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
    "cp949": _KOREAN,
}
# The same letters at the same places, but for a few: judged as the encoding that stands for it.
_JUDGED_AS = {
    "iso8859-15": "cp1252",
    "mac-roman": "cp1252",
    "iso8859-13": "cp1257",
    "iso8859-8": "cp1255",
    "iso8859-16": "iso8859-2",
    "mac-cyrillic": "cp1251",
}
# Punctuation that any text may have, and that says nothing of its letters.
_NEUTRAL = frozenset("\u00a0“”‘’„‚«»‹›–—…•·©®™€£§°¿¡№´`\u200b\u200e\u200f\u00ad・「」『』（）：；？！《》")
_OTHER_LETTER_WEIGHT = 0.5
_OTHER_CASE_WEIGHT = 0.45
_CASELESS = frozenset({"cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "cp1258"})  # capitals are listed
_BAD_WEIGHT = -2.0  # of a character that no text has
_LATIN_BESIDE_OTHER = re.compile(r"[A-Za-z](?=[\u0370-\uffef])")  # within a word no text changes its script
_FEWEST_LETTERS = 4  # fewer tell nothing


def likeness(text: str, encoding: str) -> float | None:
    """How much `text`, decoded with `encoding`, looks like a language that was written with it.

    Args:
        text: decoded text of up to some thousand characters, without markup.
        encoding: the name that `codecs.lookup` gives.

    Returns:
        About 1 where it does, below 0.6 where it does not; None where it has too few letters outside ASCII to
        tell, or where nothing is known of the encoding.
    """
    languages = LANGUAGES_OF_ENCODING.get(_JUDGED_AS.get(encoding, encoding))
    if languages is None:
        return None
    counts = {c: n for c, n in Counter(text).items() if c > "\x7f" and c not in _NEUTRAL}
    total = sum(counts.values())
    bad = sum(n for c, n in counts.items() if c == "\ufffd" or c < "\xa0" or "\ue000" <= c <= "\uf8ff")
    if total < _FEWEST_LETTERS:
        return None if not bad else -1.0
    best = max(_share(counts, letters, cased=encoding not in _CASELESS) for letters in languages)
    mixed = 0 if encoding in _CASELESS else len(_LATIN_BESIDE_OTHER.findall(text))
    return (best + _BAD_WEIGHT * bad - mixed) / total


def _share(counts: dict[str, int], letters: _Letters, *, cased: bool) -> float:
    """The number of letters that are the language's, the less usual ones counted less."""
    found = 0.0
    for character, count in counts.items():
        if character in letters.frequent:
            found += count
        elif character in letters.others:
            found += count * (_OTHER_LETTER_WEIGHT if cased else 0.9)
        elif cased and (lowered := character.lower()) != character and lowered in letters.frequent + letters.others:
            found += count * _OTHER_CASE_WEIGHT
    return min(found / letters.expected_share, float(sum(counts.values())))
