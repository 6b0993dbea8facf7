"""The byline: who is credited with an article, one by one, without "By" and without roles.

Which of several answers is taken, and why:

1. People whom JSON-LD or a meta element names are believed, and nothing else is looked at. (That the visible byline
   disagrees is mostly a reviewer or a teaser: preferring it was measured, and lost.)
2. Else people whom the page shows near its headline, or on whose name all of its surest marks elsewhere agree.
   Microdata counts here and no earlier: its author marks also stand on comments and teasers.
3. Else the signature under the last paragraph, where the stated credit is the publisher or a mere "News".
4. Else what is stated and no publisher: an agency, a desk, an account's name. A person on the page goes before an
   account's name or a desk only where the mark is a byline's, and never before an agency: a page of agency copy names
   people in its teasers only.
5. Else the publisher, where the page itself states it as the author; else whatever stands in a marked byline.

An agency beside people stays where the page puts it ("Jane Doe, dpa" are two credits), the publisher beside people
does not. The byline is empty where the page names nobody: no name is guessed from the text, from comment or teaser
authors, from photo credits or from the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.read.agencies import agency_named
from pipeline.read.byline_names import (
    clean_names,
    is_handle,
    is_unspecific,
    name_of_address,
    people_among,
)
from pipeline.read.byline_places import Place, places_elsewhere, places_near_headline
from pipeline.read.byline_signature import byline_signatures, names_of_signature
from pipeline.read.credits import without_credits
from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle
from pipeline.read.text import folded

__all__ = ["Byline", "clean_names", "find_byline", "without_credits"]

_META_NAMES = (
    "author article:author article:author_name article:byline og:article:author parsely-author sailthru.author "
    "dc.creator dcterms.creator dc.creator.name byl byline articleauthor article_author article-author "
    "cxenseparse:author citation_author shareaholic:article_author_name"
)
_META = tuple(_META_NAMES.split())
_BYLINE_MARK = 3  # how sure a place must be before it replaces a stated desk or account


@dataclass(frozen=True, slots=True)
class Byline:
    """Who is credited: `names` in order, as they are shown; `agencies` those of them, by their usual names.

    `source` is json_ld, microdata, meta, page or body; None where nobody is credited.
    """

    names: tuple[str, ...]
    agencies: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class _Stated:
    source: str
    names: tuple[str, ...]


def find_byline(page: Page, structured: Sequence[StructuredArticle], *, source_name: str | None = None) -> Byline:
    """The byline of a page; the module's docstring says which answer is taken.

    Args:
        page: the parsed page.
        structured: what its structured data says, JSON-LD first.
        source_name: the publisher's name where it is known; it is no author beside others.
    """
    is_own = _own_names(page, structured, source_name)
    stated = list(_stated(page, structured))
    for item in stated:
        names = _without_own(item.names, is_own)
        if item.source != "microdata" and people_among(names):
            return _byline(names, item.source)
    other = next((_Stated(i.source, n) for i in stated if (n := _without_own(i.names, is_own))), None)
    near = places_near_headline(page)
    shown_people = any(people_among(place.names) for place in near)
    far = [] if shown_people else places_elsewhere(page)
    if found := _people_shown((*near, *far), _needed_sureness(other), is_own):
        return _byline(found, "page")
    if other is None or all(is_unspecific(name) for name in other.names):
        for text, is_set_apart in byline_signatures(page):
            names = names_of_signature(text, is_own=is_own, is_set_apart=is_set_apart)
            if names := _without_own(names, is_own):
                return _byline(names, "body")
    if name := _name_in_address(page, structured):
        return _byline((name,), "meta")
    if other or stated:
        chosen = other or stated[0]
        return _byline(chosen.names, chosen.source)
    shown = next((place.names for place in near or far if all(map(_reads_as_name, place.names))), ())
    return _byline(shown, "page")


def _byline(names: tuple[str, ...], source: str) -> Byline:
    agencies = dict.fromkeys(agency for name in names if (agency := agency_named(name)))
    return Byline(names, tuple(agencies), source if names else None)


def _stated(page: Page, structured: Sequence[StructuredArticle]) -> Iterator[_Stated]:
    for item in structured:
        if item.authors and (names := clean_names(item.authors)):
            yield _Stated(item.origin, names)
    for key in _META:
        if (values := page.meta.get(key)) and (names := clean_names(values)):
            yield _Stated("meta", names)


def _people_shown(places: Sequence[Place], needed: int, is_own: Callable[[str], bool]) -> tuple[str, ...]:
    for place in places:
        names = tuple(name for name in place.names if agency_named(name) or not is_own(name))
        if place.sureness >= needed and people_among(names):
            return names
    return ()


def _needed_sureness(other: _Stated | None) -> int:
    """How sure a place on the page must be, given what is stated beside the publisher."""
    if other is None:
        return 0
    if all(agency_named(name) and not is_handle(name) for name in other.names):
        return _BYLINE_MARK + 2  # no place is
    return _BYLINE_MARK


def _name_in_address(page: Page, structured: Sequence[StructuredArticle]) -> str | None:
    """The name in the address of an author's page, where structured data or meta give nothing but that."""
    addresses = [author for item in structured for author in item.authors]
    addresses += [value for key in _META for value in page.meta.get(key, ())]
    return next((name for address in addresses[:20] if (name := name_of_address(address))), None)


def _own_names(page: Page, structured: Sequence[StructuredArticle], source_name: str | None) -> Callable[[str], bool]:
    """Whether a name is the publisher's: as structured data, meta and the address of the page have it."""
    stated = [item.publisher for item in structured] + [page.first_meta("og:site_name"), source_name]
    publishers = {folded(name) for name in stated if name} - {""}
    host = _host_name(page.url)

    def is_own(name: str) -> bool:
        own = folded(name)
        if own.replace(" ", "") == host:
            return True
        return any(own == p or (len(own) > 3 and (own in p.split() or p in own)) for p in publishers)

    return is_own


def _host_name(url: str) -> str:
    """The telling part of a host: "example" of www.example.com, of example.co.uk and of news.example.org."""
    try:
        labels = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    except ValueError:
        return ""
    if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else labels[0]


_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "or", "ne", "gob", "edu"})


def _without_own(names: Sequence[str], is_own: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(name for name in names if not is_own(name))


def _reads_as_name(name: str) -> bool:
    """Whether a text in a marked byline may be a name: not "Personal finance", the section beside it."""
    words = name.split()
    return len(words) == 1 or name.islower() or not words[-1].islower() or bool(re.search(r"\W", words[-1]))
