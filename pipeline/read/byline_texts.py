"""The names in one element of a page: its texts in order, of which the first that are names count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from lxml import etree

from pipeline.read.agencies import agency_named
from pipeline.read.byline_leads import is_other_credit, without_lead
from pipeline.read.byline_names import clean_names, is_person
from pipeline.read.text import clean_line

_BYLINE_MAX_CHARACTERS = 240
_ROLE_MAX_CHARACTERS = 50
_MAX_NODES = 200
_BETWEEN_NAMES = frozenset(
    {",", ";", "&", "/", "、", "and", "und", "et", "y", "e", "og", "och", "en", "и", ", and", "with"}
)
_ENDS = frozenset("|•·–—-")
_NO_TEXT = frozenset({"script", "style", "svg", "time"})


def names_at(element: etree._Element) -> tuple[str, ...]:
    """The names in an element that is marked as a byline; none where it holds more than a byline would."""
    pieces = _pieces(element)
    if not pieces or sum(len(piece.text) for piece in pieces) > _BYLINE_MAX_CHARACTERS:
        return ()
    return clean_names(_first_names(pieces))


class _Piece(NamedTuple):
    text: str
    is_linked: bool


def _pieces(element: etree._Element) -> list[_Piece]:
    """The texts in an element; a "By" that stands alone in it takes what follows the element along."""
    pieces: list[_Piece] = []
    room = _BYLINE_MAX_CHARACTERS
    link: etree._Element | None = None
    for node in islice(element.iter("*"), _MAX_NODES):
        if node.tag == "a":
            link = node
        is_linked = link is not None and (node is link or link in node.iterancestors("a"))
        texts = [(node.text, is_linked)] if node.tag not in _NO_TEXT else []
        if node is not element:
            texts.append((node.tail, is_linked and node is not link))
        for text, linked in texts:
            if text and (piece := clean_line(text)):
                pieces.append(_Piece(piece, linked))
                room -= len(piece)
        if room < 0:
            return pieces
    if len(pieces) == 1 and not without_lead(pieces[0].text):
        after = element.getnext()
        if element.tail and element.tail.strip():
            pieces.append(_Piece(clean_line(element.tail), is_linked=False))
        elif after is not None:
            pieces += _pieces(after)
    return pieces


def _first_names(pieces: Sequence[_Piece]) -> list[str]:
    """The pieces that name authors: after a "By" that stands alone, or from the first name on, up to what is none.

    A role between two names is passed over where the names are links; a date, a bar or another credit ends it.
    """
    found: list[str] = []
    only_links = False
    for text, is_linked in pieces:
        if not without_lead(text):
            found.clear()
            continue
        if is_other_credit(text):
            break
        names = clean_names([text])
        may_follow = (is_linked or not only_links) and all(is_person(n) or agency_named(n) for n in names)
        if names and (not found or may_follow):
            found.append(text)
        elif found and text not in _BETWEEN_NAMES:
            if text in _ENDS or len(text) > _ROLE_MAX_CHARACTERS or any(c.isdigit() for c in text):
                break
            only_links = True
    return found
