"""The language of an article: what its words are in, against what the page declares."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle

_SAMPLE_CHARACTERS = 400
_ENOUGH_CHARACTERS = 60  # below this the words decide nothing
_SURE = 0.9
# One code where there are several for one language, and the present one for a withdrawn one.
_MACRO = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi"}
# Too near to each other to be told apart by 400 characters: the page's own word stands.
_SAME = {"bs": "sr", "hr": "sr", "ms": "id"}


def read_language(page: Page, structured: list[StructuredArticle], body: str | None, assumed: str | None) -> str | None:
    """The ISO 639-1 code of the article's language, None where nothing tells.

    The words decide where they are sure of it; a declaration that they do not contradict stands; without words
    and declaration the source's own language is assumed.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        body: the article's text.
        assumed: the language of the source, where it is known.
    """
    declared = _declared(page, structured)
    sample = (body or "")[:_SAMPLE_CHARACTERS]
    if len(sample) < _ENOUGH_CHARACTERS:
        return declared or assumed
    label, probability = _identifier().classify(sample)
    detected = _MACRO.get(label, label)
    if declared and (_SAME.get(declared, declared) == _SAME.get(detected, detected) or probability < _SURE):
        return declared
    return detected if probability >= _SURE or not assumed else assumed


def _declared(page: Page, structured: list[StructuredArticle]) -> str | None:
    stated = [item.language for item in structured]
    for value in (page.tree.get("lang"), *stated, page.first_meta("og:locale", "content-language", "language")):
        if value and (m := re.match(r"\s*([a-zA-Z]{2})(?:[-_]|\s*$)", value)):
            return _MACRO.get(m[1].lower(), m[1].lower())
    return None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The language identifier with probabilities; its model takes a third of a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  see above

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
