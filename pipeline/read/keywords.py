"""Keywords: the publisher's own words for what an article is about, for people, each once and in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import clean_line

_MAX_KEYWORDS = 40
_MAX_CHARACTERS = 80
_META_NAMES = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags", "cxenseparse:keywords")
_BREAK = re.compile(r"[,;，；、|]")
_LABEL = re.compile(r"^(?:\w+ )?(?:category|categories|tag|tags|topic|keyword|section)\s*:\s*", re.IGNORECASE)
# Addresses, hosts, numbers and keys: what a content system adds for itself.
_FOR_MACHINES = re.compile(
    r"://|^www\.|^[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|de|co\.\w\w)$|^[\d\W_]+$|^[0-9a-f]{8}-[0-9a-f-]{20,}$"
    r"|^[0-9a-f]{24,}$|^[a-z]+[=:]\S+$",
    re.IGNORECASE,
)
_RUN_ON_WORDS = 6  # so many words without a comma are several keywords whose commas are lost


def read_keywords(page: Page, structured: Sequence[StructuredArticle]) -> tuple[str, ...]:
    """The publisher's own keywords, each once, in order, 40 at most.

    The first list of structured data and meta elements counts (the further ones are padded for search machines); a
    later one only where the first has lost its commas.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
    """
    # Structured data is divided already: a comma in one of several is a part of the name.
    lists = [_clean(word for item in structured for word in item.keywords)]
    lists += [
        _clean(part for text in page.meta[name] for part in _BREAK.split(text))
        for name in _META_NAMES
        if name in page.meta
    ]
    best: dict[str, str] = {}
    for found in lists:
        if not best or (_is_run_on(best) and len(found) > 1):
            best = found
    return tuple(best.values())[:_MAX_KEYWORDS]


def _clean(texts: Iterable[str]) -> dict[str, str]:
    """Keywords by their folded form."""
    found: dict[str, str] = {}
    for text in texts:
        word = _LABEL.sub("", clean_line(text).strip(" #\"'[]"))
        if word and len(word) <= _MAX_CHARACTERS and not _FOR_MACHINES.search(word):
            found.setdefault(word.casefold(), word)
    return found


def _is_run_on(found: dict[str, str]) -> bool:
    return len(found) == 1 and len(next(iter(found)).split()) >= _RUN_ON_WORDS
