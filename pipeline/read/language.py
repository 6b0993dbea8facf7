"""The language of an article: what its words are in, against what the page declares.

Declarations are often wrong (a template's `lang="en"` on every site built with it) but seldom by accident the
language of the text. So the letters and the function words of the text are asked first, which takes a tenth of a
millisecond; the classifier, whose model takes a third of a second to load, only where they decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from pipeline.read.function_words import LANGUAGES, language_of_letters, shares_of_function_words
from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle

_SAMPLE_CHARACTERS = 1_000
_ENOUGH_CHARACTERS = 60  # below this the words decide nothing
_ENOUGH_LETTERS = 12  # below this not even a script does
_SURE = 0.9
# Shares of function words among the words. Text in none of the table's languages reaches a few hundredths.
_CONFIRMED_SHARE = 0.06  # enough where the page declares the language
_LOW_CONFIRMED_SHARE = 0.03  # enough as well, where no other language comes near
_CLEAR_SHARE = 0.1  # enough where the page declares another or none
_CLEAR_LEAD = 1.6  # over the next language
# One code where there are several for one language, and the present one for a withdrawn one.
_ONE_CODE = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "fil": "tl", "cmn": "zh", "yue": "zh", "cn": "zh",
    "jp": "ja", "kr": "ko", "ua": "uk", "cz": "cs", "gr": "el", "dk": "da", "se": "sv",
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it",
    "nld": "nl", "dut": "nl", "rus": "ru", "pol": "pl", "jpn": "ja", "zho": "zh", "chi": "zh", "kor": "ko",
    "ara": "ar", "tur": "tr", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "ukr": "uk", "ces": "cs",
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
    "russian": "ru", "chinese": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar", "turkish": "tr",
    "polish": "pl", "swedish": "sv", "hindi": "hi",
}  # fmt: skip
# Too near to each other to be told apart by some hundred characters: the page's own word stands.
_SAME = {"bs": "hr", "sr": "hr", "sh": "hr", "ms": "id", "jv": "id", "ckb": "ku", "prs": "fa"}
_CODE = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_,;]|\s*$)|\s*([^\W\d_]{4,12})\s*$")


def find_language(
    page: Page, structured: Sequence[StructuredArticle], body: str | None, assumed: str | None
) -> tuple[str | None, str | None]:
    """The ISO 639-1 code of the article's language and where it came from; None and None where nothing tells.

    The first declaration that the text's letters or function words confirm stands; where they are clearly another
    language's, that is the one; what they do not decide, the classifier does where it is sure of it; else the
    declaration, else the source's own language.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        body: the article's text.
        assumed: the language of the source, where it is known.

    Returns:
        The code, and one of page, json_ld, microdata, meta, words, source.
    """
    declared = dict(_declared(page, structured))
    sample = (body or "")[:_SAMPLE_CHARACTERS]
    if len(sample) >= _ENOUGH_LETTERS and (told := language_of_letters(sample)):
        return _as_declared(told, declared) or (told, "words")
    if len(sample) < _ENOUGH_CHARACTERS:
        return _first(declared, assumed)
    shares = shares_of_function_words(sample)
    stated = {**declared, assumed: "source"} if assumed and assumed not in declared else declared
    return _by_words(shares, stated) or _by_classifier(sample, declared, assumed)


def _by_words(shares: dict[str, float], declared: dict[str, str]) -> tuple[str, str] | None:
    ranked = sorted(shares, key=lambda code: shares[code], reverse=True)
    if not ranked:
        return None
    best, lead = ranked[0], shares[ranked[0]]
    following = next((shares[code] for code in ranked[1:] if _SAME.get(code, code) != _SAME.get(best, best)), 0.0)
    leads = lead >= _CLEAR_LEAD * following
    confirmed = _as_declared(best, declared)
    if confirmed and (lead >= _CONFIRMED_SHARE or (lead >= _LOW_CONFIRMED_SHARE and leads)):
        return confirmed[0], "words" if confirmed[1] == "source" else confirmed[1]
    # A declaration in a language that has no table is neither confirmed nor refuted by another's words.
    unknown = any(_SAME.get(code, code) not in LANGUAGES for code in declared)
    return (best, "words") if lead >= _CLEAR_SHARE and leads and not unknown else None


def _by_classifier(sample: str, declared: dict[str, str], assumed: str | None) -> tuple[str | None, str | None]:
    label, probability = _identifier().classify(sample)
    detected = _ONE_CODE.get(label, label)
    if declared and ((confirmed := _as_declared(detected, declared)) or probability < _SURE):
        return confirmed or _first(declared, assumed)
    return (detected, "words") if probability >= _SURE or not assumed else (assumed, "source")


def _as_declared(code: str, declared: dict[str, str]) -> tuple[str, str] | None:
    """The declaration that says the same as `code`, or what cannot be told from it."""
    near = _SAME.get(code, code)
    return next(((stated, source) for stated, source in declared.items() if _SAME.get(stated, stated) == near), None)


def _first(declared: dict[str, str], assumed: str | None) -> tuple[str | None, str | None]:
    return next(iter(declared.items()), (assumed, "source") if assumed else (None, None))


def _declared(page: Page, structured: Sequence[StructuredArticle]) -> Iterator[tuple[str, str]]:
    """The languages that the page declares, each with where; a later declaration of the same does not count."""
    seen: set[str] = set()
    metas = [page.first_meta(name) for name in ("og:locale", "content-language", "language", "dc.language")]
    stated = [(item.language, item.origin) for item in structured]
    of_page = (page.tree.get("lang"), "page"), (page.tree.get("xml:lang"), "page")
    for value, source in (*of_page, *stated, *((meta, "meta") for meta in metas)):
        code = language_code(value)
        if code and code not in seen:
            seen.add(code)
            yield code, source


def language_code(value: str | None) -> str | None:
    """The ISO 639-1 code that a declaration means ("zh-Hans", "nb_NO", "German"), None where it means none."""
    found = _CODE.match(value or "")
    if not found:
        return None
    code = (found[1] or found[2]).lower()
    code = _ONE_CODE.get(code, code)
    return code if len(code) == 2 else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The language identifier with probabilities; its model takes a third of a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  see above

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
