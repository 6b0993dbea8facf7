"""The text of the article: trafilatura on our tree, its quick mode first, with rescues where that comes back thin.

The order was chosen by measurement: the quick mode is as good as the full one where it finds the text at all,
and twice as fast; JSON-LD's own `articleBody` in first place lowers accuracy (it is often cut, or carries
markup), so it is a rescue only.
"""

from __future__ import annotations

import html as html_text
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.read import furniture
from pipeline.read.blocks import Block, blocks_of
from pipeline.read.gaps import without_gaps
from pipeline.read.page import Page, texts_in
from pipeline.read.text import clean_line

# Its warnings ("discarding data") are answers that we read from the result.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_THIN_CHARACTERS = 500  # a shorter text is doubted
_THIN_SHARE = 0.5  # so is one with less than this share of the page's paragraph text
_RESCUE_RATIO = 1.3  # a rescue must bring this much more text
_BODY_RESCUE_RATIO = 1.5


@dataclass(frozen=True, slots=True)
class BodyText:
    """The text as blocks, and what found it: trafilatura, json_ld or site_rule."""

    blocks: tuple[Block, ...]
    extractor: str

    @property
    def text(self) -> str:
        """The body as it is stored: paragraphs divided by one empty line."""
        return "\n\n".join(block.text for block in self.blocks)


def read_body(page: Page, *, labels: Sequence[str], names: Iterable[str], stated_body: str | None) -> BodyText | None:
    """The text of the page's article, None where none is found.

    Args:
        page: the parsed page; its tree is left as it is.
        labels: the forms of the headline, and the section: lines above the text that repeat one go.
        names: the people of the byline, for the same reason.
        stated_body: JSON-LD's articleBody.
    """
    names = list(names)
    tree = page.fresh_tree()
    furniture.prune(tree)
    expected = paragraph_characters(tree)
    found = _cleaned(_extract(tree, page.url, fast=True), labels, names)
    extractor = "trafilatura"
    if _length(found) < max(_THIN_CHARACTERS, _THIN_SHARE * expected):
        fuller = _cleaned(_extract(tree, page.url, fast=False), labels, names)
        if _length(fuller) > _RESCUE_RATIO * _length(found):
            found = fuller
    stated = _cleaned(_stated_blocks(stated_body), labels, names)
    if _length(stated) > max(_THIN_CHARACTERS, _BODY_RESCUE_RATIO * _length(found)):
        found, extractor = stated, "json_ld"
    return BodyText(tuple(found), extractor) if found else None


def paragraph_characters(tree: html.HtmlElement) -> int:
    """Characters in the paragraphs of a tree: a rough measure of how much text there is to find."""
    return sum(len(clean) for p in tree.iter("p") if (clean := "".join(texts_in(p)).strip()))


def _extract(tree: html.HtmlElement, url: str, *, fast: bool) -> list[Block]:
    document = bare_extraction(tree, url=url or None, fast=fast, include_comments=False, with_metadata=False)
    return without_gaps(tree, blocks_of(document.body)) if isinstance(document, Document) else []


def _cleaned(blocks: Sequence[Block], labels: Sequence[str], names: Sequence[str]) -> list[Block]:
    return furniture.without_furniture(blocks, labels=labels, names=names)


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _stated_blocks(stated: str | None) -> list[Block]:
    """JSON-LD's articleBody as paragraphs; it comes as plain text, escaped text or HTML."""
    if not stated:
        return []
    text = html_text.unescape(stated)
    if re.search(r"<(?:p|br|div|h\d)\b", text, re.IGNORECASE):
        fragment = html.fragment_fromstring(text, create_parent="div")
        return blocks_of(fragment)
    return [Block(line) for part in re.split(r"\n\s*\n|\r?\n", text) if (line := clean_line(part))]
