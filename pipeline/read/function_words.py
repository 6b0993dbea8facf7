"""Words and letters that tell a language: the most frequent function words, and what only one alphabet has.

In running text every second to fourth word is one of the first, in every language of the table; no other language has
as many of them by chance. Written from general knowledge of the languages, and short on purpose: the words are there
to confirm or refute a declaration, not to know three hundred languages.
"""

from __future__ import annotations

import re
from collections import Counter

_WORDS_OF = {
    "en": "the of and to in that is was for on with as at by be this are from have has it he his but not they said who",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat",
    "fr": "le la les de des et en un une du que est pour qui dans par sur au pas plus ce avec sont il elle aux ne son",
    "es": "el la los las de que y en un una del por con para se no es al lo como su más sus fue ha pero ya este según",
    "pt": "o os as de que e em um uma do da para com não por no na dos se ao mais das foi como são pela ele também",
    "it": "il la i di che e un una per in del della non è con si da sono al le dei anche ha nel gli alla più ma come",
    "nl": "de het een van en in is dat op te voor met zijn die aan niet er om ook door bij als naar uit heeft worden",
    "sv": "och att det i en som på är av för med den till har de inte om ett från var men kan vi efter också ska",
    "da": "og at det i en som på er af for med den til har de ikke om et fra var men kan vi efter også skal blev sig",
    "no": "og at det i en som på er av for med den til har de ikke om et fra var men kan vi etter også skal ble seg",
    "fi": "ja on ei että se oli hän mutta kun myös ovat mukaan joka kuin sekä tai jo olla sen nyt hänen vain ole",
    "is": "og að í á sem er til það við um af var ekki hann með en fyrir frá því þess hefur eru þá hún þar segir",
    "et": "ja on ei et see oli ka kui mis aga oma ning või ta selle kes nii kuid seda mida tema veel ole pärast",
    "lv": "un ir ar par no ka uz kas arī bet tika pēc lai tas nav gan kā vai gada tā bija šo līdz to pie",
    "lt": "ir kad yra su iš į tai buvo bet kaip jau dėl apie po ar už nuo pat jo per būti taip iki savo metų kurie",
    "pl": "i w na z do się nie że to jest o od za po jak dla jego są był przez ale przy oraz tym czy roku być już",
    "cs": "a v na se že je to do z o pro s jsou by jako ale byl ve za které od podle také který až už při jeho však",
    "sk": "a v na sa že je to do z o pre s sú by ako ale bol vo za ktoré od podľa aj ktorý až už pri jeho však",
    "sl": "in v na je za se da so z ki pa bi tudi po ni kot bo ob bil kar še ter pri od le vendar svoje med letu",
    "hr": "i u na je se da su za od s koji a što će nije kako bi iz ne to te o sa koja kao ili biti nakon prema",
    "hu": "a az és hogy nem is egy volt meg ez de csak már még ki ha mint azt vagy el lesz szerint majd kell után",
    "ro": "de și şi în la a cu din că pe nu o pentru este au care mai fost sa prin fi un între după sunt acest ce ar",
    "sq": "dhe në e të i për me që nga një është se si ka nuk më do të kanë tha ishte u por janë edhe duke",
    "tr": "ve bir bu da de için ile olarak çok olan daha gibi kadar sonra en ne ise değil ama var oldu göre dedi etti"
    " ki her diye ancak tarafından üzere ilk iki yeni",
    "zu": "ukuthi futhi kodwa uma ngoba kanti kusho lokhu ukuze ngesikhathi abantu kanye ngemuva uthe bathi yena"
    " njengoba kakhulu manje lapho kwakhe yakhe ngokusho kusukela eminyaka",
    "xh": "ukuba kwaye kodwa kunye xa kuba oku ukuze abantu emva uthe le ngokuba ngexesha njengoko phambi kakhulu"
    " ngoku apho okokuba yakhe kwakhona malunga kananjalo nangona",
    "az": "və bir bu da ki üçün ilə də olan daha kimi sonra görə isə deyil edib olub bildirib var onun olaraq hər",
    "id": "yang dan di ini itu untuk dengan dari pada tidak dalam akan juga ke karena oleh ada bisa sudah saat mereka",
    "vi": "và của là có các được cho trong với không những một người này đã tại đến để khi về từ theo cũng năm ra",
    "tl": "ang ng sa na mga ay at ni hindi kay para si ito nang siya kung rin naman may niya din ayon pa noong",
    "sw": "ya na wa kwa ni katika za la kuwa cha hiyo huo hii alisema pia baada hayo yake wake vya huyo kama lakini",
    "ca": "el la els les de que i en un una del per amb no es al com més ha seva va aquest són però dels també ser",
    "gl": "o a os as de que e en un unha do da para con non por no na dos se ao máis das foi como polo pola tamén",
    "eu": "eta da ez du bat ere izan dute zuen dira baina egin den dela hori zen ditu beste baino gabe arte",
    "af": "die van en in het is dat op te vir met sy nie aan ook by as na uit word hy was om deur haar maar sal",
    "ga": "an na agus ar is go le a do atá bhí sé mar nach ag sin i leis ó chun siad seo faoi",
    "cy": "y yr yn a i o ar mae ac wedi am gan ei bod eu ond hefyd roedd nad sydd fel gyda dros",
    "ru": "и в не на что с по он это как из но за для к от его у был о было также все после которые или года до",
    "uk": "і в не на що з та у до за це як від про для його він але був після які також або року було ще й має",
    "be": "і ў не на што з у да за гэта як ад пра для яго ён але быў пасля якія таксама або года было яшчэ",
    "bg": "и на в не да за се от с е че това са по ще като до след при си но или беше които е който от през",
    "sr": "и у на је се да су за од који а што ће није како би из не то о са као или после према због",
    "mk": "и на во не да за се од со е дека ова ќе како до по но или беше кои што сè ги го при",
    "kk": "және бір бұл үшін мен да де туралы деп еді бар болып осы сол екен бойынша дейін кейін ол",
    "hi": "के है में की का से को और ने हैं पर यह कि भी एक नहीं हो इस लिए था कर तो जो",
    "mr": "आणि आहे या च्या ला होते ते नाही हा ही हे मध्ये आहेत त्यांनी केली यांनी की तर असे",
    "ne": "छ र को का मा ले लाई गरेको भएको छन् पनि हो यो गर्ने थियो उनले भने तथा",
    "ar": "في من على إلى أن التي عن مع هذا ما كان الذي لا هذه بعد بين كما أو قال ذلك",
    "fa": "و در به از که این را با است برای آن یک خود تا شد بر های هم شده می کرد",
    "ur": "کے میں کی ہے اور سے کا کو نے ہیں پر یہ کہ بھی ایک نہیں اس کر تھا جو",
    "ps": "د په او چې کې له دی ته هغه یې کړي سره دا هم نه پر کړ",
}

LANGUAGES = frozenset(_WORDS_OF)


def _by_word() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each word with the languages it is one of, and its weight: less where several languages have it."""
    owners: dict[str, list[str]] = {}
    for language, words in _WORDS_OF.items():
        for word in dict.fromkeys(words.split()):
            owners.setdefault(word, []).append(language)
    return {word: tuple((language, 1 / len(listed) ** 0.5) for language in listed) for word, listed in owners.items()}


_LANGUAGES_OF_WORD = _by_word()

# What one language alone writes, among those of the same script; the first that is found twice decides.
_TELLING_LETTERS = {
    language: re.compile(f"[{letters}]")
    for language, letters in (
        ("ja", "\u3041-\u30fa"), ("ko", "\uac00-\ud7a3"), ("zh", "\u3400-\u9fff"),
        ("el", "\u0370-\u03ff\u1f00-\u1fff"), ("he", "\u05d0-\u05ea"), ("hy", "\u0531-\u0587"), ("ka", "\u10a0-\u10ff"),
        ("th", "\u0e01-\u0e4e"), ("lo", "\u0e80-\u0edf"), ("my", "\u1000-\u109f"), ("km", "\u1780-\u17dd"),
        ("bo", "\u0f40-\u0fbc"), ("am", "\u1200-\u137f"), ("as", "\u09f0\u09f1"), ("bn", "\u0985-\u09ef"),
        ("pa", "\u0a05-\u0a74"), ("gu", "\u0a85-\u0af1"), ("or", "\u0b05-\u0b71"), ("ta", "\u0b85-\u0bcd"),
        ("te", "\u0c05-\u0c63"), ("kn", "\u0c85-\u0cef"), ("ml", "\u0d05-\u0d7f"), ("si", "\u0d85-\u0df4"),
        ("be", "ўЎ"), ("uk", "їєґЇЄҐ"), ("mk", "ѓќѕЃЌЅ"), ("kk", "әұғӘҰҒ"), ("sr", "ђћЂЋ"),
        ("ps", "ټډړښ"), ("ur", "ٹڈڑںے"),
    )
}  # fmt: skip
_SCRIPT_SHARE = 0.3  # of the letters; a name in another script is less
_KANA_SHARE = 0.08  # of Japanese in its most official prose
_ONE_LANGUAGE_LETTERS = {
    "be": 0.004,
    "uk": 0.004,
    "mk": 0.002,
    "kk": 0.01,
    "sr": 0.004,
    "ps": 0.01,
    "ur": 0.02,
    "as": 0.005,
}
_FEWEST_TURKISH, _TURKISH_SHARE = 3, 0.01
_OTHER_LETTER = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ud7ff]")  # than Latin ones
_LATIN_OR_CYRILLIC = re.compile("[A-Za-zÀ-ɏ\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0900-\u0963\u200c]+[^\W\d_]*)*")


def language_of_letters(sample: str) -> str | None:
    """The language that the letters of `sample` alone tell; None where its script serves several languages."""
    if sample.isascii():
        return None
    turkish = sample.count("ı") + sample.count("ğ")
    if turkish < _FEWEST_TURKISH and not _OTHER_LETTER.search(sample):
        return None
    letters = max(1, sum(map(str.isalpha, sample)))
    if turkish >= max(_FEWEST_TURKISH, _TURKISH_SHARE * letters):
        return None if "ə" in sample else "tr"  # Azerbaijani has them too
    plain = len(_LATIN_OR_CYRILLIC.findall(sample)) / letters
    for language, pattern in _TELLING_LETTERS.items():
        needed = _ONE_LANGUAGE_LETTERS.get(language)
        if needed is None:
            if plain > 1 - _SCRIPT_SHARE:
                continue  # an alphabet of its own, of which there is not enough
            needed = _KANA_SHARE if language == "ja" else _SCRIPT_SHARE
        if len(pattern.findall(sample)) >= max(2, needed * letters):
            return language
    return None


def shares_of_function_words(sample: str) -> dict[str, float]:
    """For each language of the table the share of the sample's words that are its function words, weighted."""
    words = _WORD.findall(sample.lower())
    shares: dict[str, float] = {}
    for word, count in Counter(words).items():
        for language, weight in _LANGUAGES_OF_WORD.get(word, ()):
            shares[language] = shares.get(language, 0.0) + weight * count
    return {language: share / len(words) for language, share in shares.items()}
