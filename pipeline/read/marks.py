"""Marks: what class names and ids say of an element, asked once for each spelling.

A site writes the same class names on thousands of elements. A pattern is therefore matched once for each distinct
spelling and remembered, which makes a search through all marked elements of a page cost little more than walking it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

MOST_REMEMBERED = 50_000  # spellings; generated class names would fill the memory otherwise


class Marked(NamedTuple):
    """An element with a class, an id or an itemprop."""

    position: int  # among the page's elements, in document order
    element: etree._Element
    tag: str
    marks: str  # class and id, divided by a space


class MarkPattern:
    """A pattern over marks, in lower case, that remembers its answers. Case does not count."""

    def __init__(self, pattern: str) -> None:
        self._search = re.compile(pattern).search  # of marks in lower case: half the time of re.IGNORECASE
        self._known: dict[str, bool] = {}

    def matches(self, marks: str) -> bool:
        """Whether the pattern is found in `marks`."""
        known = self._known.get(marks)
        if known is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            known = self._known[marks] = self._search(marks.lower()) is not None
        return known


def marks_of(element: etree._Element) -> str:
    """Class and id of an element, divided by a space; a single space where it has neither."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"
