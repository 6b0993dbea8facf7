"""Microdata and RDFa Lite: what the marked-up item that is this page's article says.

Both hang properties on elements, and a property belongs to the nearest item around it: a comment's author, or the
date of a teaser inside the article, is not the article's. https://html.spec.whatwg.org/multipage/microdata.html and
https://www.w3.org/TR/rdfa-lite/
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from pipeline.read.page import Page, element_text
from pipeline.read.page_identity import PageIdentity
from pipeline.read.structured_article import StatedImage, StructuredArticle
from pipeline.read.text import clean_line

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|FactCheck)$")
_MOST_ELEMENTS = 20_000
_MOST_ARTICLES = 200
_MOST_KINDS = 20
_ATTRIBUTES = ("content", "datetime")
# No person and no organisation has these: where they stand in one, they are meant for the item around it.
_OF_ARTICLES = frozenset({"datePublished", "dateModified", "headline", "articleBody", "articleSection"})
_NO_ARTICLES = re.compile(r"^(?:Person|.*Organization|ListItem|)$")


@dataclass(frozen=True, slots=True)
class _Syntax:
    """The attributes in which a syntax says what is an item, of which type, and what is a property of it."""

    scope: str
    kind: str
    name: str


_MICRODATA = _Syntax("itemscope", "itemtype", "itemprop")
_RDFA = _Syntax("typeof", "typeof", "property")
# Terms of older vocabularies that say the same.
_SAME_AS = {"dc:date": "datePublished", "dc:created": "datePublished", "dcterms:created": "datePublished"}


@dataclass(slots=True, eq=False)
class _Item:
    """One item: its type, the property of another that it is, and its own properties in order."""

    element: etree._Element
    kind: str
    is_property: bool
    properties: dict[str, list[etree._Element]] = field(default_factory=dict)


def read_microdata(page: Page) -> StructuredArticle | None:
    """What the item of an article type says; where there is none, the dates that stand on the page outside any item.

    RDFa Lite is read the same way where there is no microdata article. None where neither says anything.
    """
    elements: list[etree._Element] = []
    has_rdfa = False
    for marked in page.marked:
        get = marked.element.get
        if get("itemprop"):
            elements.append(marked.element)
        elif not has_rdfa and get("typeof"):
            has_rdfa = True
    head = page.tree.find("head")
    if head is not None:
        elements[:0] = [element for element in head if element.get("itemprop")]
    found = _read(page, _MICRODATA, elements) if elements else None
    if has_rdfa and (found is None or found.kind is None):
        found = _read(page, _RDFA, [e for e in page.tree.iter("*") if e.get("property")]) or found
    return found


def _read(page: Page, syntax: _Syntax, elements: Iterable[etree._Element]) -> StructuredArticle | None:
    items, loose = _items(elements, syntax)
    article = _article(items, page)
    if article is None:
        published, modified = (_only(loose.get(name)) for name in ("datePublished", "dateModified"))
        if syntax is _RDFA or not (published or modified):
            return None
        return StructuredArticle(origin="microdata", page_published=published, page_modified=modified)
    own = article.properties
    publisher = next(iter(own.get("publisher", [])), None)
    authors = (_name(element, items, syntax) for name in ("author", "creator") for element in own.get(name, []))
    return StructuredArticle(
        origin="microdata",
        headline=_first(own.get("headline")),
        alternative_headline=_first(own.get("alternativeHeadline")),
        description=_first(own.get("description")),
        authors=tuple(dict.fromkeys(name for name in authors if name)),
        published=_first(own.get("datePublished")),
        modified=_first(own.get("dateModified")),
        section=_first(own.get("articleSection")),
        language=_first(own.get("inLanguage")),
        publisher=_name(publisher, items, syntax, only_stated=True) if publisher is not None else None,
        images=_images(own.get("image", []), items),
        kind=article.kind,
        page_kinds=tuple(dict.fromkeys(item.kind for item in items.values() if item.kind and not item.is_property))[
            :_MOST_KINDS
        ],
    )


def _items(
    elements: Iterable[etree._Element], syntax: _Syntax
) -> tuple[dict[etree._Element, _Item], dict[str, list[etree._Element]]]:
    """Every item that has a property, by its element, and the properties that belong to none.

    Args:
        elements: those that are properties, in the page's order.
        syntax: how they say so.
    """
    items: dict[etree._Element, _Item] = {}
    loose: dict[str, list[etree._Element]] = {}
    owners: dict[etree._Element, _Item | None] = {}
    for element in islice(elements, _MOST_ELEMENTS):
        owner = _owner(element.getparent(), syntax, items, owners)
        for name in (element.get(syntax.name) or "").split():
            term = _SAME_AS.get(name) or re.split(r"[/#:]", name)[-1]
            meant = owner
            while meant is not None and term in _OF_ARTICLES and _NO_ARTICLES.match(meant.kind):
                meant = _owner(meant.element.getparent(), syntax, items, owners)
            (loose if meant is None else meant.properties).setdefault(term, []).append(element)
    return items, loose


def _owner(
    element: etree._Element | None,
    syntax: _Syntax,
    items: dict[etree._Element, _Item],
    owners: dict[etree._Element, _Item | None],
) -> _Item | None:
    """The nearest item at or above `element`; what is found is kept for all elements on the way."""
    way: list[etree._Element] = []
    owner: _Item | None = None
    while element is not None:
        if element in owners:
            owner = owners[element]
            break
        way.append(element)
        kind = element.get(syntax.kind)
        if kind or element.get(syntax.scope) is not None:
            name = re.split(r"[/#:]", (kind or "").split(" ")[0].rstrip("/"))[-1]
            owner = items[element] = _Item(element, name, bool(element.get(syntax.name)))
            break
        element = element.getparent()
    owners.update(dict.fromkeys(way, owner))
    return owner


def _article(items: dict[etree._Element, _Item], page: Page) -> _Item | None:
    """The item that is this page's article: the one with its headline or address, else the only one."""
    candidates = [item for item in items.values() if _ARTICLE_TYPE.search(item.kind)][:_MOST_ARTICLES]
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    identity = PageIdentity(page)

    def likeness(item: _Item) -> tuple[int, int]:
        own = item.properties
        places = [e for name in ("mainEntityOfPage", "url") for e in own.get(name, [])]
        addresses = [e.get(name) for e in places for name in ("itemid", "content", "href", "resource")]
        headline = _first(own.get("headline") or own.get("name"))
        signs = int(identity.has_address(addresses)) + int(identity.has_headline(headline))
        return signs, int("datePublished" in own) + int("author" in own)

    best = max(candidates, key=likeness)  # max keeps the first among equals
    if likeness(best)[0]:
        return best
    outermost = [item for item in candidates if not item.is_property]
    # Several that stand side by side, none of them with a sign of this page, are teasers; but a heading in the
    # first of them makes that one the page's own.
    first = outermost[0] if outermost else candidates[0]
    return first if len(outermost) <= 1 or next(first.element.iter("h1"), None) is not None else None


def _value(element: etree._Element) -> str | None:
    for attribute in _ATTRIBUTES:
        if stated := element.get(attribute):
            return clean_line(stated) or None
    if element.tag != "time":
        inner = next(element.iter("time"), None)
        if inner is not None and (stated := inner.get("datetime")):
            return clean_line(stated) or None
    return element_text(element) or None


def _first(elements: list[etree._Element] | None) -> str | None:
    return next((value for element in elements or () if (value := _value(element))), None)


def _only(elements: list[etree._Element] | None) -> str | None:
    """The value that all elements share; None where they differ, as the dates of several teasers do."""
    values = {value[:10] for element in elements or () if (value := _value(element))}
    return _first(elements) if len(values) == 1 else None


def _name(
    element: etree._Element, items: dict[etree._Element, _Item], syntax: _Syntax, *, only_stated: bool = False
) -> str | None:
    """The name of a person or an organisation; its whole text where none is marked, unless `only_stated`."""
    item = items.get(element)
    if item is not None and "name" in item.properties:
        return _first(item.properties["name"])
    for inner in element.iterdescendants():
        if "name" in (inner.get(syntax.name) or "").split():
            return _value(inner)
    return None if only_stated else _value(element)


def _images(elements: list[etree._Element], items: dict[etree._Element, _Item]) -> tuple[StatedImage, ...]:
    found: dict[str, StatedImage] = {}
    for element in elements[:50]:
        item = items.get(element)
        own = item.properties if item else {}
        inner = next(iter(own.get("url") or own.get("contentUrl") or [element]))
        address = next((a for name in ("content", "src", "href") if (a := inner.get(name))), "").strip()
        if address:
            credit = _first(own.get("creditText") or own.get("creator") or own.get("author"))
            found.setdefault(address, StatedImage(address, _first(own.get("caption")), credit))
    return tuple(found.values())
