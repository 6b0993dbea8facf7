"""All lines of a page in one walk: what text stands where, how much of it is links, and in which region.

A line is what a reader sees as one paragraph: the text between two borders of blocks. A region is a block of the
page; it knows its range of lines, so the text of any region is a slice, and a sum over it is two look-ups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from pipeline.read.marks import MOST_REMEMBERED
from pipeline.read.page import Page
from pipeline.read.region_marks import (
    AROUND_TAGS,
    AROUND_TEXT,
    ARTICLE_TEXT,
    ARTICLE_TEXT_TAGS,
    COMMENTS,
    NEVER_TEXT,
    POST,
)

PARAGRAPHS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dl",
        "summary",
        "caption",
    ]
)
_CONTAINERS = (
    "html body div section article main td th center form header footer aside details dialog fieldset table tbody "
    "thead tr figure hgroup address menu"
)
_MARKED_TAGS = AROUND_TAGS | ARTICLE_TEXT_TAGS
_BLOCKS = PARAGRAPHS | frozenset(_CONTAINERS.split())
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({"a", "img", "br", "hr"})
_ITEMS = frozenset({"li", "dt", "dd"})
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "svg",
        "template",
        "iframe",
        "button",
        "select",
        "textarea",
        "video",
        "audio",
        "object",
        "canvas",
        "nav",
        "figcaption",
        "input",
        "label",
        "map",
        "math",
        "amp-ad",
        "amp-embed",
        "amp-sticky-ad",
        "amp-sidebar",
    ]
)
_AROUND_BLOCKS = frozenset({"aside", "footer", "form", "figure", "dialog", "menu"})
_NEVER_BLOCKS = frozenset({"aside", "footer"})
_SENTENCE_END = (".", "!", "?", ":", "…", '"', "”", "»", "。", "！", "？", "」")
# How firmly a region is none of the text, by its tag and marks.
NOT_AROUND, AROUND, NEVER, COMMENT = range(4)
_ARTICLE_TEXT = 4  # a flag in the walk: marked as the text itself


@dataclass(slots=True)
class Line:
    """One line: the region it stands in, its parts as they stand, its length and how much of it is in links."""

    region: int
    kind: str  # text, heading or item
    parts: Sequence[str]
    characters: int
    linked: int
    row: int  # the region of the table row it stands in, -1 for none


@dataclass(slots=True)
class Region:
    """A block of the page, with its lines from `first` up to `last`."""

    tag: str
    parent: int  # -1 for the outermost
    container: int  # itself, or the nearest region around it that is no paragraph, list or heading
    first: int
    images: int  # before it while it is open, in it when it is closed
    around: int = NOT_AROUND
    is_article_text: bool = False
    last: int = 0


@dataclass(frozen=True, slots=True)
class PageLines:
    """The regions of a page in document order, the outermost first, and its lines."""

    regions: list[Region]
    lines: list[Line]


def page_lines(page: Page) -> PageLines:
    """The lines of a page's body; scripts, menus, captions and what is hidden are passed over."""
    body = page.tree.find("body")
    walk = _Walk(_flags(page))
    walk.run(page.tree if body is None else body)
    return PageLines(walk.regions, walk.lines)


def _flags(page: Page) -> dict[etree._Element, int]:
    """The elements whose marks say what they are."""
    flags: dict[etree._Element, int] = {}
    for _, element, tag, marks in page.marked:
        if tag in _MARKED_TAGS:
            as_text, as_around = _told_by(marks)
            if as_text and tag in ARTICLE_TEXT_TAGS:
                flags[element] = _ARTICLE_TEXT  # also in a "sidebar-grid__content article__content"
            elif as_around and tag in AROUND_TAGS:
                flags[element] = as_around
            elif tag in ARTICLE_TEXT_TAGS and "articleBody" in (element.get("itemprop") or ""):
                flags[element] = _ARTICLE_TEXT
    return flags


@lru_cache(maxsize=MOST_REMEMBERED)
def _told_by(marks: str) -> tuple[bool, int]:
    """Whether marks say that the element is the article's text, and how firmly that it is none."""
    as_text, is_around = ARTICLE_TEXT.matches(marks), AROUND_TEXT.matches(marks)
    if not (as_text or is_around):
        return False, NOT_AROUND
    is_comment = COMMENTS.matches(marks)
    as_text = as_text and not is_comment
    if not is_around or POST.matches(marks):
        return as_text, NOT_AROUND
    return as_text, COMMENT if is_comment else NEVER if NEVER_TEXT.matches(marks) else AROUND


class _Walk:
    def __init__(self, flags: dict[etree._Element, int]) -> None:
        self.regions: list[Region] = []
        self.lines: list[Line] = []
        self._flags = flags
        self._open = [-1]
        self._kinds = ["text"]
        self._rows = [-1]
        self._parts: list[str] = []
        self._characters = self._linked = 0  # of the line that is being read
        self._links = self._images = self._breaks = 0

    def run(self, root: etree._Element) -> None:
        """One pass without recursion; elements that hold no text of the page are not entered."""
        flags = self._flags
        silent = False
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            is_block = tag in _BLOCKS or element in flags
            if event == "start":
                if tag in _SILENT or (is_block and element.get("hidden") is not None):
                    silent = True
                    walker.skip_subtree()
                    continue
                if is_block:
                    self._enter(element, tag)
                elif tag in _INLINE:
                    self._enter_inline(tag)
                text = element.text
            else:
                if silent:
                    silent = False
                elif is_block:
                    self._leave()
                elif tag == "a":
                    self._links -= 1
                text = element.tail if element is not root else None
            if text:
                self._add(text)

    def _add(self, text: str) -> None:
        if size := len(text.strip()):
            self._breaks = 0
            self._characters += size
            if self._links:
                self._linked += size
        elif not self._parts:
            return  # white space between two blocks
        self._parts.append(text)

    def _enter_inline(self, tag: str) -> None:
        if tag == "a":
            self._links += 1
        elif tag == "img":
            self._images += 1
        else:
            self._break()

    def _break(self) -> None:
        """Two line breaks divide paragraphs, and one does after a sentence; within a sentence it is a space."""
        self._breaks += 1
        if self._breaks > 1 or "".join(self._parts[-3:]).rstrip().endswith(_SENTENCE_END):
            self._flush()
        else:
            self._parts.append(" ")

    def _enter(self, element: etree._Element, tag: str) -> None:
        if self._parts:
            self._flush()
        self._breaks = 0
        parent, index = self._open[-1], len(self.regions)
        container = index if tag not in PARAGRAPHS or parent < 0 else self.regions[parent].container
        region = Region(tag, parent, container, len(self.lines), self._images)
        flag = self._flags.get(element, NOT_AROUND)
        if flag == _ARTICLE_TEXT:
            region.is_article_text = True
        elif flag:
            region.around = flag
        elif tag in _AROUND_BLOCKS and not (tag == "figure" and _holds_text(element)):
            region.around = NEVER if tag in _NEVER_BLOCKS else AROUND
        self.regions.append(region)
        self._open.append(index)
        self._rows.append(index if tag == "tr" else self._rows[-1])
        self._kinds.append("heading" if tag in _HEADS else "item" if tag in _ITEMS else self._kinds[-1])

    def _leave(self) -> None:
        if self._parts:
            self._flush()
        region = self.regions[self._open.pop()]
        region.last = len(self.lines)
        region.images = self._images - region.images
        self._kinds.pop()
        self._rows.pop()

    def _flush(self) -> None:
        if self._characters:
            line = Line(
                self._open[-1], self._kinds[-1], self._parts.copy(), self._characters, self._linked, self._rows[-1]
            )
            self.lines.append(line)
            self._characters = self._linked = 0
        self._parts.clear()


def _holds_text(figure: etree._Element) -> bool:
    """Whether a figure is a table or a quotation rather than a picture."""
    return figure.find(".//table") is not None or figure.find(".//blockquote") is not None
