"""Running text: the element of a page that is densest in it, and which blocks of an element belong to it.

The element is found as Readability does: every paragraph gives its characters outside of links to the elements
around it, the nearest in full, those further out less.
"""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from pipeline.read.blocks import Block, placed_blocks_of
from pipeline.read.page import texts_in

_APART = frozenset(
    {"a", "nav", "aside", "footer", "figure", "figcaption", "header", "video", "audio", "object", "dialog", "label"}
)
_IN_FIGURES = frozenset({"blockquote", "table"})  # what the standard lets a figure hold besides pictures
_LINK_TESTED = frozenset({"p", "li", "td", "tr", "dd"})
_MOST_LINKED = 0.8  # of a block's characters
_PARAGRAPHS = ("p", "li", "blockquote", "pre", "dd")
_MIN_PARAGRAPH_CHARACTERS = 25
_GIVEN = (1.0, 0.5, 0.25)  # to the parent, its parent, and the next


def running_text_of(container: etree._Element) -> list[Block]:
    """The blocks of an element without those that stand apart or are links."""
    return [
        block
        for block, element in placed_blocks_of(container)
        if not is_apart(element, container) and not is_linked(element, block.text)
    ]


def densest_element(tree: etree._Element) -> etree._Element | None:
    """The element that holds most running text close to itself; None on a page without a paragraph."""
    given: defaultdict[etree._Element, float] = defaultdict(float)
    for paragraph in tree.iter(*_PARAGRAPHS):
        length = len("".join(texts_in(paragraph)).strip())
        if length < _MIN_PARAGRAPH_CHARACTERS:
            continue
        length -= _linked_characters(paragraph)
        around = paragraph.getparent()
        for share in _GIVEN:
            if around is None:
                break
            given[around] += share * length
            around = around.getparent()
    return max(given, key=given.__getitem__, default=None)


def is_apart(element: etree._Element, container: etree._Element) -> bool:
    """Whether an element stands in a part of the container that is none of the running text."""
    around: etree._Element | None = element
    is_text_of_figure = False
    while around is not None and around is not container:
        tag = around.tag
        if tag in _APART and not (tag == "figure" and is_text_of_figure):
            return True
        is_text_of_figure = is_text_of_figure or tag in _IN_FIGURES
        around = around.getparent()
    return False


def is_linked(element: etree._Element, text: str) -> bool:
    """Whether a paragraph or an item is hardly more than links; a heading may be one, and a quoted post ends in one."""
    return element.tag in _LINK_TESTED and _linked_characters(element) >= _MOST_LINKED * len(text)


def _linked_characters(element: etree._Element) -> int:
    return sum(len("".join(texts_in(link)).strip()) for link in element.iter("a"))
