"""Dates and times as pages write them, from ISO 8601 to a whole dateline in the page's own words.

A page that says a day says no time, and a page that says a time without a zone says no instant: `Moment` keeps
the difference, so that nothing is invented. A zone is only filled in where the source's own is known. Relative
times ("3 hours ago") are no moments: a page may be read long after it was saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from pipeline.read.calendars import BUDDHIST_AHEAD_YEARS
from pipeline.read.clock import find_time, find_zone
from pipeline.read.datelines import find_day, prepared, speaks_persian

_EARLIEST_YEAR = 1990  # the web is not older
_AHEAD = timedelta(days=1)  # a page may be dated ahead by its zone and its clock, not by more
_LONGEST_CHARACTERS = 300
_AFTER_CHARACTERS = 60
_BEFORE_CHARACTERS = 40
_MIDNIGHT = datetime.min.time()

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:(?:[Tt]|\s+)(?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*"
    r"(?P<zone>[Zz]|[+-]\d\d:?\d\d|[+-]\d\d)?(?P<name>\[[\w/]+\])?)?\Z"
)
_BUDDHIST_ISO = re.compile(r"(25[3-9]\d|26\d\d)(?=-\d\d-\d\d)")
_COMPACT_CLOCK = re.compile(
    r"(?<!\d)20\d{6}T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<rest>.{0,10})"
)
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?P<thousandths>\d{3})?(?:\.\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a time of day, as a page says it.

    `local` has midnight where the page says a day only (`has_time` is False), and no tzinfo where it says no zone.
    """

    local: datetime
    has_time: bool

    @property
    def has_zone(self) -> bool:
        """Whether it is an instant."""
        return self.local.tzinfo is not None

    def in_zone(self, zone: tzinfo | None) -> Moment:
        """The same with `zone` filled in where the page says none."""
        if self.has_zone or zone is None:
            return self
        return Moment(self.local.replace(tzinfo=zone), self.has_time)

    def instant(self) -> datetime:
        """The instant in UTC. A zone must be known, see `in_zone`; a day counts from its midnight there."""
        if not self.has_zone:
            raise ValueError("a time without a zone is no instant")
        return self.local.astimezone(UTC)

    def as_text(self) -> str:
        """ISO 8601: a day alone, or a time with the offset that is known."""
        return self.local.isoformat() if self.has_time else self.local.date().isoformat()


def parse_moment(
    text: str | None, *, latest: datetime, day_first: bool = True, language: str | None = None
) -> Moment | None:
    """The first date in `text`, with the time and zone beside it; None where there is none that can be.

    Args:
        text: what a page says, from a machine-readable value to a whole dateline.
        latest: the instant the page was fetched; later dates (by more than a day) are no dates of publication.
        day_first: how 3/4/2024 is read; a number over 12 decides for itself, and a dot means day first.
        language: ISO 639-1, where it is known, for names and calendars that depend on it.
    """
    if not text:
        return None
    text = text.strip()[:_LONGEST_CHARACTERS]
    moment = _iso(text) or _epoch(text) or _words(text, latest, day_first, language)
    if moment is None or not _EARLIEST_YEAR <= moment.local.year <= latest.year + 1:
        return None
    compared = moment.local if moment.has_zone else moment.local.replace(tzinfo=UTC)
    return moment if compared <= latest + _AHEAD else None


def _iso(text: str) -> Moment | None:
    """A value that is ISO 8601 or nearly so; a midnight without a zone is a day."""
    if text[:2] in ("25", "26"):
        text = _BUDDHIST_ISO.sub(lambda m: str(int(m[1]) - BUDDHIST_AHEAD_YEARS), text, count=1)
    m = _ISO.match(text)
    if m is None:
        return None
    zone = m["zone"] or ""
    try:
        value = datetime.fromisoformat(f"{m['day']}T{m['clock'] or '00:00'}{'+00:00' if zone in ('Z', 'z') else zone}")
    except ValueError:
        return None
    if m["name"] and not zone:
        value = value.replace(tzinfo=find_zone(m["name"]))
    return Moment(value, bool(m["clock"]) and (value.tzinfo is not None or value.time() != _MIDNIGHT))


def _epoch(text: str) -> Moment | None:
    """Seconds or thousandths of a second since 1970, where the text is nothing else."""
    m = _EPOCH.match(text)
    if m is None:
        return None
    return Moment(datetime.fromtimestamp(int(m["seconds"]), UTC), has_time=True)


def _words(text: str, latest: datetime, day_first: bool, language: str | None) -> Moment | None:
    is_persian = speaks_persian(text, language)
    text = prepared(text)
    found = find_day(
        text, latest=(latest + _AHEAD).date(), day_first=day_first, language=language, is_persian=is_persian
    )
    if found is None:
        return None
    day = datetime(found.day.year, found.day.month, found.day.day)  # noqa: DTZ001  the zone is looked for next
    if m := _COMPACT_CLOCK.match(text, found.start):
        clock = day.replace(hour=int(m["hour"]), minute=int(m["minute"]), second=int(m["second"] or 0))
        return Moment(clock.replace(tzinfo=find_zone(m["rest"])), has_time=True)
    time = (
        find_time(text[found.end : found.end + _AFTER_CHARACTERS], follows_date=True)
        or find_time(text[found.start : found.end])  # Wed Mar 07 16:15:09 +0000 2018
        or find_time(text[max(0, found.start - _BEFORE_CHARACTERS) : found.start])
    )
    if time is None:
        return Moment(day, has_time=False)
    local = day.replace(hour=time.hour, minute=time.minute, second=time.second)
    return Moment(local.replace(tzinfo=time.zone) if time.zone else local, has_time=True)
