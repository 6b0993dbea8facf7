"""Where a byline stands on a page: marked places, links to an author's page, and lines that begin with "By".

Asked only where the page's own data does not name a person. A place counts by what says that it is a byline (a
relation or property is surer than a class name) and by where it stands: around the headline first, and never in
comments, teasers, captions or navigation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from pipeline.read.agencies import agency_named
from pipeline.read.byline_marks import is_by_line, is_outside, is_related_as_author, sureness_of, sureness_of_marks
from pipeline.read.byline_names import clean_names, is_person, people_among
from pipeline.read.byline_texts import names_at
from pipeline.read.marks import marks_of
from pipeline.read.page import Page, texts_in
from pipeline.read.text import folded

_SEARCHED = frozenset(
    {"a", "span", "div", "p", "address", "li", "ul", "h2", "h3", "h4", "h5", "h6", "strong", "em", "i", "b", "cite"}
    | {"small", "td", "section", "font", "dd", "button"}
)
_NO_POSITION = 10_000_000
_LINE_TAGS = ("a", "p", "span", "div", "em", "strong", "i", "h3", "h4", "h5", "h6", "font", "td", "small")
_MAX_LINES = 1_500
_MAX_PLACES = 40
_NEAR_ELEMENTS = 80  # how many elements after the headline are its surroundings,
_NEAR_CHARACTERS = 300  # and how much text of paragraphs
_ABOVE_ELEMENTS = 40
_HEADLINE_MIN_CHARACTERS = 12
_MAX_HEADINGS = 60
_MAX_HEADLINES = 2
_GROUP_ELEMENTS = 25  # how far apart the parts of one byline stand


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the page that may hold the byline, with the names in it."""

    position: int
    names: tuple[str, ...]
    tag: str
    marks: str
    sureness: int  # 4 relation or property, 3 byline mark or "By", 2 author's address, 1 author mark


def places_near_headline(page: Page) -> list[Place]:
    """The places around the headline, down to the first paragraphs; the surest first, then in the order of the page."""
    body = page.tree.find("body")
    headings = _headlines(page, page.tree if body is None else body)
    # What holds the headline is a part of the page that is the article's, whatever its class says.
    outside = {around: False for heading in headings for around in heading.iterancestors()}
    places: list[Place] = []
    for heading in headings:
        elements = [*reversed(list(islice(_before(heading), _ABOVE_ELEMENTS)))]
        text_left = _NEAR_CHARACTERS
        for element in islice(_from(heading), _NEAR_ELEMENTS):
            if element.tag == "p":
                text_left -= len(element.text or "")
                if text_left < 0:
                    break
            elements.append(element)
        places += _places(enumerate(elements), outside)
        if places:
            break
    return _ranked(places)


def places_elsewhere(page: Page) -> list[Place]:
    """The surest places on the whole page: marked ones, else lines with "By"; none where they name different people."""
    body = page.tree.find("body")
    root = page.tree if body is None else body
    outside = {
        around: False for heading in islice(root.iter("h1"), _MAX_HEADLINES) for around in heading.iterancestors()
    }
    related = {link for link in root.iter("a") if "author" in (link.get("rel") or "")}
    marked = [
        (item.position, item.element)
        for item in page.marked
        if sureness_of_marks(item.marks)
        or item.element in related
        or (item.marks == " " and is_related_as_author(item.element))
    ]
    # Links without marks have no position of their own; they stand behind all others.
    marked += [(_NO_POSITION, link) for link in root.iter("a") if link in related and not marks_of(link).strip()]
    places = _ranked(_places(marked, outside))
    if not places:
        lines = (line for line in islice(root.iter(*_LINE_TAGS), _MAX_LINES) if is_by_line(line))
        places = _ranked(_places(enumerate(lines), outside))
    surest = [place for place in places if place.sureness == places[0].sureness]
    return surest if len({place.names for place in surest}) == 1 else []


def _places(elements: Iterable[tuple[int, etree._Element]], outside: dict[etree._Element, bool]) -> list[Place]:
    places: list[Place] = []
    for position, element in elements:
        if element.tag not in _SEARCHED:
            continue
        marks = marks_of(element)
        sureness = sureness_of(element, marks)
        if not sureness or is_outside(element, outside):
            continue
        if names := names_at(element):
            places.append(Place(position, names, element.tag, marks, sureness))
            if len(places) >= _MAX_PLACES:
                break
    return places


def _headlines(page: Page, root: etree._Element) -> list[etree._Element]:
    """The headings that may be the headline, those first that the page's title repeats."""
    title = folded(page.title)
    found: list[tuple[bool, etree._Element]] = []
    for tag in ("h1", "h2"):
        for heading in islice(root.iter(tag), _MAX_HEADINGS):
            text = folded("".join(texts_in(heading)))
            is_titled = text in title
            if len(text) >= _HEADLINE_MIN_CHARACTERS and (is_titled or tag == "h1"):
                found.append((not is_titled, heading))
        if any(not is_untitled for is_untitled, _ in found):
            break
    return [heading for _, heading in sorted(found, key=lambda item: item[0])][:_MAX_HEADLINES]


def _from(start: etree._Element) -> Iterator[etree._Element]:
    """`start` and the elements after it, in document order."""
    yield from start.iter("*")
    at: etree._Element | None = start
    while at is not None and at.tag != "body":
        for sibling in at.itersiblings():
            yield from sibling.iter("*")
        at = at.getparent()


def _before(start: etree._Element) -> Iterator[etree._Element]:
    """The elements before `start`, the nearest first."""
    at: etree._Element | None = start
    while at is not None and at.tag != "body":
        before = at.getprevious()
        if before is None:
            at = at.getparent()
        else:
            while len(before):
                before = before[-1]
            at = before
        if at is not None:
            yield at


def _ranked(places: list[Place]) -> list[Place]:
    return sorted((_with_neighbours(place, places) for place in places), key=lambda p: (-p.sureness, p.position))


def _with_neighbours(place: Place, places: list[Place]) -> Place:
    """The place with the names of equally sure places right behind it: one element for each author."""
    names = list(place.names)
    last = place.position
    for other in places if people_among(names) else ():
        same = (other.tag, other.marks, other.sureness) == (place.tag, place.marks, place.sureness)
        if same and last < other.position <= last + _GROUP_ELEMENTS:
            names += [name for name in other.names if is_person(name) or agency_named(name)]
            last = other.position
    return Place(place.position, clean_names(names), place.tag, place.marks, place.sureness)
