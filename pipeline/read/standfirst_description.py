"""The description that a page states of its article, where it may stand for a standfirst.

Descriptions are written by an editor, or filled by a machine. A machine fills in the caption of the picture, the
site's motto, or the first words of the text up to a limit; these are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.read.blocks import Block
from pipeline.read.page import Page, element_text
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import folded

_CUT = re.compile(r"(?:\.\.\.|…|\[…\])\s*$")
_PLACE = re.compile(r"^[^.·:–—()-]{2,40}(?:\([^()]{1,25}\))?\s*(?:[.·:–—-])\s+")
_MIN_CHARACTERS, _MAX_CHARACTERS = 25, 600
_FIRST_BLOCKS = 3
_FEW_WORDS_KNOWN = 0.35
_MIN_WORD_CHARACTERS = 4
_MOST_CAPTIONS = 12
_MAX_MOTTO_CHARACTERS = 75
_MAX_BLOCK_CHARACTERS = 1_000  # no description is as long


@dataclass(frozen=True, slots=True)
class Description:
    """A description and where it was stated."""

    text: str
    source: str  # json_ld, microdata, meta; page where it is shown set apart from the text


def described(
    page: Page, structured: Sequence[StructuredArticle], headline: str | None, blocks: Sequence[Block]
) -> Description | None:
    """The first stated description that an editor seems to have written, None where there is none.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say.
        headline: the chosen one.
        blocks: the body as it was extracted, to know its beginning.
    """
    stated = [(item.description or item.alternative_headline, item.origin) for item in structured]
    stated += [(page.first_meta(name), "meta") for name in ("og:description", "description", "twitter:description")]
    titles = (headline, page.first_meta("og:title"), page.title, *page.headings[:3])
    seen = {folded(title) for title in titles if title}
    first = [folded(block.text[:_MAX_BLOCK_CHARACTERS]) for block in blocks[:_FIRST_BLOCKS]]
    after_place = {folded(_PLACE.sub("", block.text[:_MAX_BLOCK_CHARACTERS])) for block in blocks[:_FIRST_BLOCKS]}
    beginning = "".join(first).replace(" ", "")
    captions: list[str] | None = None
    for text, source in stated:
        if not text or not _MIN_CHARACTERS <= len(text) <= _MAX_CHARACTERS:
            continue
        own = folded(text)
        if not own or own in seen:
            continue
        seen.add(own)
        if own in folded(headline) or _CUT.search(text):
            continue
        if own in first or own in after_place:
            return _shown(page, blocks, own)
        if any(own in block for block in first) or own.replace(" ", "") in beginning:
            return None  # the beginning of the text: what else is stated says it once more
        if captions is None:
            captions = _captions(page)
        if any(own in caption for caption in captions):
            continue
        if _is_foreign(own, headline, blocks):
            continue
        return Description(text, source)
    return None


def _shown(page: Page, blocks: Sequence[Block], own: str) -> Description | None:
    """The description as one of the first blocks shows it, if it is set apart there from the paragraphs of the text."""
    block = next(b for b in blocks if folded(b.text) == own or folded(_PLACE.sub("", b.text)) == own)
    later = {b.text[:40] for b in blocks if b is not block}
    start = block.text[:12]
    for element in page.tree.iter("p", "h2", "h3", "strong", "div", "span"):
        if not (element.text or "").lstrip().startswith(start) or element_text(element) != block.text:
            continue
        parent = element.getparent()
        if parent is None:
            return None
        # Some sites put each paragraph into a box of its own: then its neighbours are the boxes.
        around = parent.getparent() if len(parent) == 1 else parent
        siblings = parent if around is None else around
        beside = {
            element_text(sibling)[:40]
            for sibling in islice(siblings.iterchildren("p", "div"), 8)
            if siblings is parent or len(sibling) == 1
        }
        return Description(block.text, "page") if len(later) > 1 and not beside & later else None
    return None


def _captions(page: Page) -> list[str]:
    """The folded captions of the first pictures, and what is said in their place."""
    texts = [element_text(caption) for caption in islice(page.tree.iter("figcaption"), _MOST_CAPTIONS)]
    texts += [image.get("alt") or "" for image in islice(page.tree.iter("img"), _MOST_CAPTIONS)]
    texts += page.meta.get("og:image:alt", []) + page.meta.get("twitter:image:alt", [])
    return [folded(text) for text in texts if len(text) >= _MIN_CHARACTERS]


def _is_foreign(own: str, headline: str | None, blocks: Sequence[Block]) -> bool:
    """Whether few of a short description's words occur in the article: then it is the site's motto, not a summary."""
    words = {word for word in own.split() if len(word) >= _MIN_WORD_CHARACTERS}
    if not blocks or not words or len(own) > _MAX_MOTTO_CHARACTERS or not own.isascii():
        return False
    text = f"{headline or ''} {' '.join(block.text for block in blocks)}".casefold()
    return sum(word in text for word in words) < _FEW_WORDS_KNOWN * len(words)
