"""The small fields: section, keywords, publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.page import Page, element_text
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import clean_line, folded

_MAX_SECTION_CHARACTERS = 60
_MAX_KICKER_CHARACTERS = 30
_MAX_KEYWORDS = 40
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|rubric|rubrik|(?:section|category|channel)-?(?:name|label))(?:$|\s)", re.IGNORECASE
)
_TITLE_PARTS = re.compile(r"\s*[|｜]\s*|\s+[–—-]\s+")


def read_section(page: Page, structured: Sequence[StructuredArticle], headline: str | None) -> str | None:
    """The section the page files the article under, None where it does not say."""
    stated = [item.section for item in structured]
    for text in (
        *stated,
        page.first_meta("article:section", "og:article:section", "parsely-section", "dcsext.section"),
    ):
        if text and len(text) <= _MAX_SECTION_CHARACTERS and "://" not in text:
            return text
    if kicker := _kicker(page):
        return kicker
    # "Headline|Section|site": the part between, where the title is made of three.
    parts = [part for part in _TITLE_PARTS.split(page.title) if part]
    if len(parts) == 3 and folded(parts[0]) == folded(headline) and len(parts[1].split()) <= 3:
        return parts[1]
    return None


def _kicker(page: Page) -> str | None:
    """The short marked line over the headline."""
    found = None
    for element in page.tree.iter("h1", "div", "span", "p", "a", "strong"):
        if element.tag == "h1":
            return found
        if _KICKER.search(element.get("class") or ""):
            text = element_text(element)
            if 2 < len(text) <= _MAX_KICKER_CHARACTERS:
                found = text
    return None


def read_keywords(page: Page, structured: Sequence[StructuredArticle]) -> tuple[str, ...]:
    """The publisher's own keywords, each once, in order."""
    found: dict[str, str] = {}
    for item in structured:
        for word in item.keywords:
            found.setdefault(word.casefold(), word)
    lists = [page.meta.get("article:tag", []), page.meta.get("news_keywords", []), page.meta.get("keywords", [])]
    for values in lists if not found else []:
        for value in values:
            for word in re.split(r"[,;，；]", value):
                if clean := clean_line(word):
                    found.setdefault(clean.casefold(), clean)
        if found:
            break
    return tuple(found.values())[:_MAX_KEYWORDS]


def read_publisher(page: Page, structured: Sequence[StructuredArticle], source_name: str | None) -> str | None:
    """The publisher's name: the source's where we know it, else what the page says."""
    stated = next((item.publisher for item in structured if item.publisher), None)
    return source_name or stated or page.first_meta("og:site_name", "publisher", "application-name", "dc.publisher")
