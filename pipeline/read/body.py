"""The text of the article: trafilatura on a tree of ours, its quick mode first, with rescues where that is thin.

The order was chosen by measurement. The quick mode that favours recall finds as much as the full one on nearly
every page, in half the time; the full one, with its comparison of extractors, is asked where the page holds much
more paragraph text than was found. JSON-LD's own `articleBody` in first place lowers accuracy (it is often cut,
or carries markup), so it is a rescue only, and so are the plain paragraphs of the page's densest element.
"""

from __future__ import annotations

import html as html_text
import logging
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree, html

from pipeline.read.blocks import Block, blocks_of
from pipeline.read.furniture import without_furniture
from pipeline.read.furniture_elements import prune
from pipeline.read.gaps import without_gaps
from pipeline.read.page import Page
from pipeline.read.running_text import densest_element, running_text_of
from pipeline.read.text import clean_line

_THIN_CHARACTERS = 500  # a shorter text is doubted
_THIN_SHARE = 0.5  # so is one with less than this share of the page's paragraph text
_RESCUE_RATIO = 1.3  # a rescue must bring this much more text
_STATED_RATIO = 1.5
_PROSE_LINE_CHARACTERS = 60  # lines of menus and forms are shorter
_NO_PROSE_CHARACTERS = 200  # less of it than this is none


@dataclass(frozen=True, slots=True)
class BodyText:
    """The text as blocks, and what found it: trafilatura, json_ld, page (its densest element) or site_rule."""

    blocks: tuple[Block, ...]
    extractor: str

    @property
    def text(self) -> str:
        """The body as it is stored: paragraphs divided by one empty line."""
        return "\n\n".join(block.text for block in self.blocks)


def read_body(
    page: Page,
    *,
    labels: Sequence[str],
    names: Iterable[str],
    stated_body: str | None,
    has_running_text: bool = True,
) -> BodyText | None:
    """The text of the page's article, None where none is found.

    Args:
        page: the parsed page; its tree is left as it is.
        labels: the forms of the headline, and the section: lines above the text that repeat one go.
        names: the people of the byline, for the same reason.
        stated_body: JSON-LD's articleBody.
        has_running_text: False where the page is known to have none: then the full mode, which costs several times
            the quick one, is not asked.
    """
    names = list(names)
    tree = deepcopy(page.tree)
    expected = prune(tree)
    found = _cleaned(_extracted(tree, page.url, quick=True), labels, names)
    extractor = "trafilatura"
    if has_running_text and _length(found) < max(_THIN_CHARACTERS, _THIN_SHARE * expected):
        fuller = _cleaned(_extracted(tree, page.url, quick=False), labels, names)
        if _length(fuller) > _RESCUE_RATIO * _length(found):
            found = fuller
    if stated_body and len(stated_body) > max(_THIN_CHARACTERS, _STATED_RATIO * _length(found)):
        stated = _cleaned(_stated_blocks(stated_body), labels, names)
        if _length(stated) > max(_THIN_CHARACTERS, _STATED_RATIO * _length(found)):
            found, extractor = stated, "json_ld"
    if _prose_length(found) < _NO_PROSE_CHARACTERS and (densest := densest_element(tree)) is not None:
        plain = _cleaned(running_text_of(densest), labels, names)
        if _prose_length(plain) > max(_THIN_CHARACTERS, _length(found)):
            found, extractor = plain, "page"
    return BodyText(tuple(found), extractor) if found else None


@cache
def _trafilatura() -> Callable[..., Any]:
    """trafilatura's documented call on a tree. Imported when it is first needed: that costs a tenth of a second.

    With the language filter that we do not ask it for, and which it leaves out where py3langid is missing, it would be
    twice as much: py3langid brings numpy.
    """
    name = "py3langid"
    loaded = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]  # how Python marks a module that cannot be imported
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415  see above
    finally:
        del sys.modules[name]
        if loaded is not None:
            sys.modules[name] = loaded
    # Its warnings ("discarding data") are answers that we read from the result.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return bare_extraction


def _extracted(tree: etree._Element, url: str, *, quick: bool) -> list[Block]:
    document = _trafilatura()(
        _as_html(tree), url=url or None, fast=quick, favor_recall=quick, include_comments=False, with_metadata=False
    )
    return without_gaps(tree, blocks_of(document.body)) if document is not None else []


def _as_html(tree: etree._Element) -> html.HtmlElement:
    """A copy of a tree as lxml.html, which trafilatura asks for: its own elements cost a lookup each, so only here.

    Elements belong to the class of their document: moved to a document of lxml.html they become its elements.
    """
    root = html.html_parser.makeelement("html")
    root.extend(list(deepcopy(tree)))
    return root


def _cleaned(blocks: Sequence[Block], labels: Sequence[str], names: Sequence[str]) -> list[Block]:
    return without_furniture(blocks, labels=labels, names=names)


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _prose_length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) >= _PROSE_LINE_CHARACTERS)


def _stated_blocks(stated: str) -> list[Block]:
    """JSON-LD's articleBody as paragraphs; it comes as plain text, escaped text or HTML."""
    text = html_text.unescape(stated)
    if re.search(r"<(?:p|br|div|h\d)\b", text, re.IGNORECASE):
        fragment = html.fragment_fromstring(text, create_parent="div")
        return blocks_of(fragment)
    return [Block(line) for part in re.split(r"\n\s*\n|\r?\n", text) if (line := clean_line(part))]
