"""When the article was first published and last changed, and where the page says so.

Order: JSON-LD, the meta elements made for it, microdata, other meta elements, a dateline that a reader sees, the
URL, the feed. A better one of the same day wins over a vaguer one: a value without a time or a zone gives way to
a later source that has it and does not contradict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lxml import etree

from pipeline.read.moments import Moment, parse_moment
from pipeline.read.page import Page, element_text, texts_in
from pipeline.read.structured import StructuredArticle

_PUBLISHED_META = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "article:published:time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "published_time",
)
_OTHER_PUBLISHED_META = (
    "datepublished",
    "date",
    "dc.date",
    "dc.date.created",
    "date.created",
    "date.available",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "pdate",
    "article.published",
    "displaydate",
    "timestamp",
    "citation_publication_date",
    "article_date_original",
    "cxenseparse:publishtime",
    "og:pubdate",
)
_MODIFIED_META = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "article:modified:time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "date.modified",
    "last-modified",
    "lastmod",
    "revised",
)
_DATE_MARK = re.compile(
    r"(?:^|[\s_-])(?:date(?:line|time|-?published)?|pub(?:lished|date|lish(?:-?(?:date|time))?)?"
    r"|time(?:stamp)?|posted(?:-?on)?"
    r"|created|entry-date|post-?date|article-?date|story-?date|meta-?date|datum|fecha|data)(?:$|[\s_-])"
    r"|date|Date",
)
_SAYS_UPDATED = re.compile(r"updat|modif|aktualisi|mis à jour|actualiza|aggiorna|oppdatert|更新|обновл", re.IGNORECASE)
_SAYS_PUBLISHED = re.compile(r"publi|posted|veröffentlicht|erstellt|created|发布|опублик", re.IGNORECASE)
_OUTSIDE = frozenset({"nav", "footer", "aside", "form"})
_OUTSIDE_MARK = re.compile(r"comment|related|sidebar|footer|recommend|teaser|latest|popular|copyright", re.IGNORECASE)
_URL_DAY = re.compile(r"/(20\d\d|19\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/_-]|$)")
_DATELINE_MAX_CHARACTERS = 130
_MAX_DATELINES = 200
_NEAREST_DATELINES = 6
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./]\d{1,2}[./]\d\d(?!\d)")
_NO_DATELINE = frozenset(
    {"script", "style", "meta", "link", "title", "option", "html", "body", "head", "a", "h1", "h2", "h3"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A moment and the word for where it was found."""

    moment: Moment
    source: str  # json_ld, meta, microdata, page, url


@dataclass(frozen=True, slots=True)
class Dates:
    """First published and last changed; None where the page does not say."""

    published: Found | None
    modified: Found | None


def read_dates(page: Page, structured: Sequence[StructuredArticle], *, latest: datetime, day_first: bool) -> Dates:
    """The dates of the page's article.

    Args:
        page: the parsed page.
        structured: what JSON-LD and microdata say, as far as they are there.
        latest: when the page was fetched.
        day_first: how 3/4/2024 is read on this site.
    """
    search = _Search(page, structured, latest=latest, day_first=day_first)
    return Dates(published=_most_exact(search.published()), modified=_most_exact(search.modified()))


def day_first_of(language: str | None, country_code: str | None) -> bool:
    """Whether 3/4/2024 is the third of April: everywhere but in the United States and the Philippines.

    Where the country is not known, a page that declares American English (`en-US`) or nothing but English is
    read the American way, as most such pages are.
    """
    if country_code is not None:
        return country_code not in {"USA", "PHL"}
    return (language or "").lower().replace("_", "-") not in {"en", "en-us"}


def says_updated(words: str | None) -> bool:
    """Whether the words of a dateline say that it tells when the article was changed."""
    return bool(words and _SAYS_UPDATED.search(words))


class _Search:
    """Candidates for one page, in order of trust, found only as far as they are asked for."""

    def __init__(
        self, page: Page, structured: Sequence[StructuredArticle], *, latest: datetime, day_first: bool
    ) -> None:
        self._page = page
        self._structured = structured
        self._latest = latest
        self._day_first = day_first

    def published(self) -> Iterator[Found]:
        for item in self._structured:
            if item.origin == "json_ld":
                yield from self._found(item.published, "json_ld")
        yield from self._meta(_PUBLISHED_META)
        for item in self._structured:
            if item.origin == "microdata":
                yield from self._found(item.published, "microdata")
        yield from self._meta(_OTHER_PUBLISHED_META)
        only_updates = []
        for found, words in self._visible:
            if _SAYS_UPDATED.search(words) and not _SAYS_PUBLISHED.search(words):
                only_updates.append(found)
            else:
                yield found
        yield from only_updates  # a page that shows nothing but when it was updated gives that one moment
        if day := _URL_DAY.search(self._page.url):
            yield from self._found("-".join(day.groups()), "url")

    def modified(self) -> Iterator[Found]:
        for item in self._structured:
            yield from self._found(item.modified, item.origin)
        yield from self._meta(_MODIFIED_META)
        for found, words in self._visible:
            if _SAYS_UPDATED.search(words):
                yield found

    def _found(self, text: str | None, source: str) -> Iterator[Found]:
        moment = parse_moment(text, latest=self._latest, day_first=self._day_first)
        if moment is not None:
            yield Found(moment, source)

    def _meta(self, names: Sequence[str]) -> Iterator[Found]:
        for name in names:
            for value in self._page.meta.get(name, ()):
                yield from self._found(value, "meta")

    @cached_property
    def _visible(self) -> list[tuple[Found, str]]:
        """Datelines that a reader sees, each with its words, the nearest to the headline first."""
        heading_at = 0
        around_heading: frozenset[etree._Element] = frozenset()
        places: list[tuple[int, etree._Element]] = []
        for position, element in enumerate(self._page.tree.iter("*")):
            if element.tag == "h1" and not heading_at:
                heading_at = position
                around_heading = frozenset(element.iterancestors())
            if _may_be_dateline(element):
                places.append((position, element))
            if len(places) >= _MAX_DATELINES:
                break
        places = [(position, element) for position, element in places if not _is_outside(element, around_heading)]
        # After the headline counts as nearer than before it: the masthead's date is today's.
        places.sort(key=lambda place: place[0] - heading_at if place[0] >= heading_at else 3 * (heading_at - place[0]))
        dates = []
        for _, element in places[:_NEAREST_DATELINES]:
            words = element_text(element)
            stated = element.get("datetime") or element.get("content")
            dates += [(found, words) for text in (stated, words) for found in self._found(text, "page")]
        return dates


def _may_be_dateline(element: etree._Element) -> bool:
    """A time element, one marked as a date, or a short one whose own text has a year in it."""
    if element.tag == "time":
        return True
    if element.tag in _NO_DATELINE:
        return False
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(marks) > 1 and _DATE_MARK.search(marks):
        length = sum(len(text.strip()) for text in texts_in(element))
        return 6 <= length <= _DATELINE_MAX_CHARACTERS
    own = element.text or ""
    if len(element):
        own += "".join(child.tail or "" for child in element)
    own = own.strip()
    return 8 <= len(own) <= _DATELINE_MAX_CHARACTERS and bool(_YEAR.search(own))


def _is_outside(element: etree._Element, around_heading: frozenset[etree._Element]) -> bool:
    """Whether an element belongs to something else on the page: comments, teasers, the footer.

    What the headline stands in too says nothing: a whole article may lie in a box that is called a sidebar.
    """
    for around in (element, *element.iterancestors()):
        if around in around_heading:
            return False
        if around.tag in _OUTSIDE:
            return True
        marks = f"{around.get('class') or ''} {around.get('id') or ''}"
        if around.tag not in ("body", "html") and _OUTSIDE_MARK.search(marks):
            return True
    return False


def _most_exact(candidates: Iterator[Found]) -> Found | None:
    """The first candidate, or a later one of the same day that says more and does not contradict it."""
    best: Found | None = None
    for found in candidates:
        if best is None or (_agrees(best.moment, found.moment) and _says_more(found.moment, best.moment)):
            best = found
        if best.moment.has_time and best.moment.has_zone:
            return best
    return best


def _says_more(moment: Moment, than: Moment) -> bool:
    return moment.has_time and (not than.has_time or (moment.has_zone and not than.has_zone))


def _agrees(vague: Moment, exact: Moment) -> bool:
    if vague.local.date() != exact.local.date():
        return False
    return not vague.has_time or (vague.local.hour, vague.local.minute) == (exact.local.hour, exact.local.minute)
