"""The standfirst: the sentence or two under the headline, which leave the text where they stand in it too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.blocks import Block
from pipeline.read.page import Page, element_text
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import folded

_MARK = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?title|sub-?head(?:line|ing)?|dek|deck|sub-?deck|lead|lede?|leadin"
    r"|lead-?text|intro(?:duction)?"
    r"|article-?(?:summary|lead|intro|description|dek)|summary|abstract|vorspann|chapo|excerpt|entradilla"
    r"|bajada|ingress|sottotitolo"
    r"|perex|preamble|anons)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHER_MARK = re.compile(r"pic|image|img|photo|foto|media|video|gallery|caption|author|byline|date|time", re.IGNORECASE)
_TAGS = ("p", "h2", "h3", "h4", "div", "span", "section", "strong")
_MIN_CHARACTERS, _MAX_CHARACTERS = 25, 600
_MIN_MARKED_CHARACTERS = 8
_FIRST_BLOCKS = 3
_CUT = re.compile(r"(?:\.\.\.|…|\[…\])\s*$")


def read_standfirst(
    page: Page, structured: Sequence[StructuredArticle], headline: str | None, blocks: Sequence[Block]
) -> tuple[str | None, tuple[Block, ...]]:
    """The standfirst, and the blocks of the body without it.

    What the page marks as one near its headline, or sets apart under it; else the description in its structured
    data, unless that only repeats the headline, is cut off, or is the beginning of the text itself.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        headline: the chosen one.
        blocks: the body as it was extracted.
    """
    if shown := _marked(page, headline) or _under_heading(page, headline, blocks):
        return shown, _without(blocks, shown)
    stated = [item.description or item.alternative_headline for item in structured]
    for text in (*stated, page.first_meta("og:description", "description", "twitter:description")):
        if not text or not _MIN_CHARACTERS <= len(text) <= _MAX_CHARACTERS:
            continue
        own = folded(text)
        if own == folded(headline) or _CUT.search(text) or any(own in folded(b.text) for b in blocks[:_FIRST_BLOCKS]):
            continue
        return text, tuple(blocks)
    return None, tuple(blocks)


def _marked(page: Page, headline: str | None) -> str | None:
    """The first marked element after the h1 that reads like a standfirst; before it, or without one, none."""
    after_heading = False
    for element in page.tree.iter("h1", *_TAGS):
        if element.tag == "h1":
            after_heading = True
            continue
        if not after_heading:
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if len(marks) < 3 or not (_MARK.search(marks) or "description" in (element.get("itemprop") or "")):
            continue
        if _OTHER_MARK.search(marks) or len(element) > 6 or any(True for _ in element.iter("a", "li")):
            continue
        text = element_text(element)
        if _MIN_MARKED_CHARACTERS <= len(text) <= _MAX_CHARACTERS and folded(text) != folded(headline):
            return text
    return None


def _under_heading(page: Page, headline: str | None, blocks: Sequence[Block]) -> str | None:
    """The paragraph right under the h1, where the text itself stands in a box of its own.

    It is in no box with the text's paragraphs, and it is no byline: it is among the first blocks that the
    extractor took for text.
    """
    first = {folded(block.text) for block in blocks[:_FIRST_BLOCKS]}
    later = {folded(block.text) for block in blocks[_FIRST_BLOCKS:]}
    for heading in page.tree.iter("h1"):
        under = heading.getnext()
        parent = heading.getparent()
        if under is None or parent is None or under.tag not in ("p", "h2"):
            continue
        if folded(element_text(heading)) != folded(headline):
            continue
        text = element_text(under)
        if not _MIN_CHARACTERS <= len(text) <= _MAX_CHARACTERS or folded(text) not in first:
            continue
        beside = {folded(element_text(sibling)) for sibling in parent.iterchildren("p")}
        if later and not beside & later:
            return text
    return None


def _without(blocks: Sequence[Block], standfirst: str) -> tuple[Block, ...]:
    """The blocks without the one near the top that is the standfirst."""
    own = folded(standfirst)
    for index, block in enumerate(blocks[:_FIRST_BLOCKS]):
        if folded(block.text) == own:
            return (*blocks[:index], *blocks[index + 1 :])
    return tuple(blocks)
