"""When the article was first published and last changed, and where the page says so.

Order: JSON-LD, the meta elements made for it, microdata, other meta elements, what JSON-LD says of the web page
around the article, a dateline that a reader sees, the URL, the feed. A better one of the same day wins over a vaguer
one: a value without a time or a zone gives way to a later source that has it and does not contradict. An instant that
is stated in UTC is written in the page's own offset where the page states that as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from typing import cast

from pipeline.read.date_meta import DATA_ATTRIBUTES, MODIFIED_META, OTHER_PUBLISHED_META, PUBLISHED_META
from pipeline.read.moments import Moment, parse_moment
from pipeline.read.page import Page
from pipeline.read.structured_article import StructuredArticle
from pipeline.read.visible_dates import UPDATED, Dateline, says_updated, visible_datelines

__all__ = ["Dates", "Found", "day_first_of", "read_dates", "says_updated"]

_ITEM_PROPERTIES = frozenset({"datepublished", "datemodified"})
_ENGLISH_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_URL_DAY = re.compile(
    r"[/_-](?P<year>20\d\d|199\d)(?:(?P<mark>[/-])(?P<month>0?[1-9]|1[0-2]|[a-z]{3})(?P=mark)"
    r"(?P<day>0?[1-9]|[12]\d|3[01])|(?P<month8>0[1-9]|1[0-2])(?P<day8>0[1-9]|[12]\d|3[01]))(?:[/_.-]|$)"
)
# An article's number that begins with its day and goes on with a time or a counter, as in East Asia and Turkey.
_NUMBER_DAY = re.compile(
    r"[/_-][a-z]{0,3}(?P<year>20\d\d|199\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])\d{4,12}(?:[/_.?-]|$)"
)
_HAS_OFFSET = re.compile(r"T?\d\d:\d\d.*[+-]\d\d:?\d\d$")
_MOST_TIME_ELEMENTS = 100
_MOST_ATTRIBUTES = 50
_SAME_INSTANT = timedelta(seconds=60)
_OFFSET_STEP = timedelta(minutes=15)
_OFFSETS = (timedelta(hours=-12), timedelta(hours=14))
# Countries that write 3/4 for the fourth of March.
_MONTH_FIRST = frozenset({"USA", "PHL"})
_MONTH_FIRST_LANGUAGES = frozenset({"en", "en-us", "en-ph", "fil", "es-us"})
_DAY_FIRST_DOMAINS = re.compile(r"\.(?:uk|au|nz|ie|in|za|ng|ke|gh|pk|bd|lk|sg|my|hk|mt|jm|tt|ug|tz|zw|eu)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A moment and the word for where it was found."""

    moment: Moment
    source: str  # json_ld, meta, microdata, page, url


@dataclass(frozen=True, slots=True)
class Dates:
    """First published and last changed; None where the page does not say. The last is never before the first."""

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
    published = search.published()
    return Dates(published=published, modified=search.modified(published))


def day_first_of(language: str | None, country_code: str | None, url: str | None = None) -> bool:
    """Whether 3/4/2024 is the third of April: everywhere but in the United States and the Philippines.

    Where the country is not known, a page that declares American English (`en-US`) or nothing but English is
    read the American way, as most such pages are, unless its domain is that of another country.
    """
    if country_code is not None:
        return country_code not in _MONTH_FIRST
    declared = (language or "").lower().replace("_", "-")
    if declared == "en" and url and _DAY_FIRST_DOMAINS.search(url.split("://", 1)[-1].split("/", 1)[0].split(":")[0]):
        return True
    return declared not in _MONTH_FIRST_LANGUAGES


class _Search:
    """Candidates for one page, in order of trust, found only as far as they are asked for."""

    def __init__(
        self, page: Page, structured: Sequence[StructuredArticle], *, latest: datetime, day_first: bool
    ) -> None:
        self._page = page
        self._structured = structured
        self._latest = latest
        self._day_first = day_first
        self._language = (page.tree.get("lang") or "")[:3].lower().rstrip("-_") or None

    def published(self) -> Found | None:
        stated = list(self._stated_published())
        best = _most_exact(stated)
        if best is None or not (best.moment.has_time and best.moment.has_zone):
            best = _most_exact([*([best] if best else ()), *self._shown_published()])
        if best is None:
            return self._in_attributes() or next(self._in_number(), None)
        return self._in_own_offset(best, stated)

    def modified(self, published: Found | None) -> Found | None:
        stated = [found for found in self._stated_modified() if _is_not_before(found, published)]
        best = _most_exact(stated)
        if best is None:
            shown = (Found(shown.moment, "page") for shown in self._shown if shown.says == UPDATED)
            return _most_exact(found for found in shown if _is_not_before(found, published))
        return self._in_own_offset(best, stated)

    def _stated_published(self) -> Iterator[Found]:
        for item in self._structured:
            if item.origin == "json_ld":
                yield from self._found(item.published, "json_ld")
        yield from self._meta(PUBLISHED_META)
        for item in self._structured:
            if item.origin != "json_ld":
                yield from self._found(item.published, item.origin)
        yield from self._meta(OTHER_PUBLISHED_META)
        for item in self._structured:
            yield from self._found(item.page_published, item.origin)

    def _stated_modified(self) -> Iterator[Found]:
        for item in self._structured:
            yield from self._found(item.modified, item.origin)
        yield from self._meta(MODIFIED_META)
        for item in self._structured:
            yield from self._found(item.page_modified, item.origin)

    def _shown_published(self) -> Iterator[Found]:
        """What is not said to be an update goes first; then the updates, for want of anything else; then the URL."""
        yield from (Found(shown.moment, "page") for shown in self._shown if shown.says != UPDATED)
        yield from self._in_url()
        yield from (Found(shown.moment, "page") for shown in self._shown if shown.says == UPDATED)

    def _in_url(self) -> Iterator[Found]:
        m = _URL_DAY.search(self._page.url.lower())
        if m is not None:
            month = m["month"] or m["month8"]
            month = _ENGLISH_MONTHS.get(month, month).zfill(2)
            yield from self._found(f"{m['year']}-{month}-{(m['day'] or m['day8']).zfill(2)}", "url")

    def _in_number(self) -> Iterator[Found]:
        if m := _NUMBER_DAY.search(self._page.url.lower()):
            yield from self._found(f"{m['year']}-{m['month']}-{m['day']}", "url")

    def _in_attributes(self) -> Found | None:
        """The moment that the page's data attributes for scripts agree on; teasers would give several days."""
        values = cast("list[str]", self._page.tree.xpath(DATA_ATTRIBUTES))
        found = [
            one for value in dict.fromkeys(map(str, values[:_MOST_ATTRIBUTES])) for one in self._found(value, "page")
        ]
        return _most_exact(found) if len({one.moment.local.date() for one in found}) == 1 else None

    def _parse(self, text: str | None) -> Moment | None:
        return parse_moment(text, latest=self._latest, day_first=self._day_first, language=self._language)

    def _found(self, text: str | None, source: str) -> Iterator[Found]:
        moment = self._parse(text)
        if moment is not None:
            yield Found(moment, source)

    def _meta(self, names: Sequence[str]) -> Iterator[Found]:
        for name in names:
            values = self._page.meta.get(name)
            if values and (name not in _ITEM_PROPERTIES or self._is_named_meta(name)):
                for value in values:
                    yield from self._found(value, "meta")

    def _is_named_meta(self, name: str) -> bool:
        """Whether a meta element bears the name as its own: as an itemprop it may be any item's, see microdata."""
        return any(name == (e.get("name") or e.get("property") or "").lower() for e in self._page.tree.iter("meta"))

    @cached_property
    def _shown(self) -> list[Dateline]:
        return visible_datelines(self._page, self._parse)

    def _in_own_offset(self, best: Found, stated: Iterable[Found]) -> Found:
        """`best`, in the offset of the page's own where it is in UTC and the page states both.

        The same instant with an offset tells it, and so does the same time by the clock without a zone. The same time
        by the clock with an offset means that the "Z" was put to a local time, a common fault: the offset is right.
        """
        moment = best.moment
        if not (moment.has_time and moment.has_zone) or moment.local.utcoffset():
            return best
        for found in stated:
            other = found.moment
            if not other.has_time:
                continue
            if other.local.utcoffset():
                if abs(other.local - moment.local) < _SAME_INSTANT:
                    return Found(Moment(moment.local.astimezone(other.local.tzinfo), has_time=True), best.source)
                if _wall(other) == _wall(moment):
                    return found
            elif not other.has_zone and (offset := _offset_between(other, moment)):
                return Found(Moment(moment.local.astimezone(timezone(offset)), has_time=True), best.source)
        for position, element in enumerate(self._page.tree.iter("time")):
            text = (element.get("datetime") or "").strip()
            shown = self._parse(text) if _HAS_OFFSET.search(text) else None
            if shown and shown.local.utcoffset() and abs(shown.local - moment.local) < _SAME_INSTANT:
                return Found(Moment(moment.local.astimezone(shown.local.tzinfo), has_time=True), best.source)
            if position >= _MOST_TIME_ELEMENTS:
                break
        return best


def _most_exact(candidates: Iterable[Found]) -> Found | None:
    """The first candidate, or a later one of the same day that says more and does not contradict it."""
    best: Found | None = None
    for found in candidates:
        best = found if best is None else _more_exact(best, found)
        if best.moment.has_zone and _has_clock(best.moment):
            break
    return best


def _more_exact(best: Found, found: Found) -> Found:
    """`found`, or `best` with what `found` adds, where it says more; else `best`."""
    vague, exact = best.moment, found.moment
    if not _has_clock(exact) or (_has_clock(vague) and (vague.has_zone or not exact.has_zone)):
        return best
    if not _has_clock(vague):
        return found if vague.local.date() == exact.local.date() else best
    if _same_minute(_wall(vague), _wall(exact)) or _same_minute(_wall(vague), _utc_wall(exact)):
        return found
    if not exact.local.utcoffset() and (offset := _offset_between(vague, exact)):
        return Found(Moment(vague.local.replace(tzinfo=timezone(offset)), has_time=True), best.source)
    return best


def _has_clock(moment: Moment) -> bool:
    """Whether it says a time of day. A sharp midnight seldom is one, even with a zone."""
    return moment.has_time and (moment.local.hour, moment.local.minute, moment.local.second) != (0, 0, 0)


def _offset_between(local: Moment, instant: Moment) -> timedelta | None:
    """The offset at which a time by the clock without a zone is the instant; None where none can be that exactly."""
    offset = _wall(local) - _utc_wall(instant)
    if offset % _OFFSET_STEP or not _OFFSETS[0] <= offset <= _OFFSETS[1]:
        return None
    # On the full minute a difference of whole quarters may be chance; of whole hours it seldom is.
    return offset if local.local.second or not offset % timedelta(hours=1) else None


def _wall(moment: Moment) -> datetime:
    return moment.local.replace(tzinfo=None, microsecond=0)


def _utc_wall(moment: Moment) -> datetime:
    return moment.local.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _same_minute(one: datetime, other: datetime) -> bool:
    return one.replace(second=0) == other.replace(second=0)


def _is_not_before(modified: Found, published: Found | None) -> bool:
    """Whether a last change can belong to a first publication, as exactly as both are known."""
    if published is None:
        return True
    last, first = modified.moment, published.moment
    if not (last.has_time and first.has_time):
        return last.local.date() >= first.local.date()
    if last.has_zone and first.has_zone:
        return last.local >= first.local - _SAME_INSTANT
    if last.has_zone or first.has_zone:
        return last.local.date() >= first.local.date()
    return last.local >= first.local - _SAME_INSTANT
