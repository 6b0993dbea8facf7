"""Dates and times as pages write them: ISO forms, numbers in national order, month names in ten languages.

A page that says a day says no time, and a page that says a time without a zone says no instant: `Moment` keeps
the difference, so that nothing is invented. A zone is only filled in where the source's own is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from pipeline.read.month_names import MONTHS

_EARLIEST_YEAR = 1990  # the web is not older
_AHEAD = timedelta(days=2)  # a page may be dated ahead by its zone and its clock, not by more

# Abbreviations that mean one zone only in news; offsets in minutes. IST and the like are ambiguous and left out.
_ZONE_MINUTES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120,
    "eest": 180, "msk": 180, "sast": 120, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "pht": 480, "wib": 420,
    "aest": 600, "aedt": 660, "awst": 480, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360,
    "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "brt": -180, "art": -180,
}  # fmt: skip
_ZONE_NAMES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])(?:[:h时時](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?|(?=\s?[ap]\.?m\b))"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?P<rest>.{0,24})",
    re.IGNORECASE | re.DOTALL,
)
_DOTTED_TIME = re.compile(
    r"(?<![\d.])(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?P<second>)\s?(?:(?P<half>[ap])\.?m\b|uhr\b)(?P<rest>.{0,24})",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"^\s*[\(,]?\s*(?:(?:gmt|utc)\s?)?(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?(?!\d)", re.IGNORECASE
)
_CLOCK_WORD = re.compile(r"^\s*(?:uhr|hrs?|heures|horas?|h)\b", re.IGNORECASE)
_ZONE_WORD = re.compile(r"^\s*[\(,]?\s*(?P<name>[A-Za-z]{1,4})\b")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?:T?(?P<clock>\d{6}|\d{4}))?(?!\d)"
)
_YEAR_LAST = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})\s?(?P<mark>[./-])\s?(?P<second>\d{1,2})\s?[./-]\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
)
_DAY_NAME_YEAR = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:de |of )?(?P<name>[^\W\d_]{3,12})"
    r"\.?,?[\s-]*(?:de |del )?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_NAME_DAY_YEAR = re.compile(
    r"(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)"
)


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


def parse_moment(text: str | None, *, latest: datetime, day_first: bool = True) -> Moment | None:
    """The first date in `text`, with the time and zone beside it; None where there is none that can be.

    Args:
        text: what a page says, from a machine-readable value to a whole dateline.
        latest: the instant the page was fetched; later dates (by more than two days) are no dates of publication.
        day_first: how 3/4/2024 is read; a number over 12 decides for itself, and a dot means day first.
    """
    if not text:
        return None
    text = text.strip()[:300]
    moment = _iso(text) or _words(text, day_first)
    if moment is None or moment.local.year < _EARLIEST_YEAR:
        return None
    compared = moment.local if moment.has_zone else moment.local.replace(tzinfo=UTC)
    return moment if compared <= latest + _AHEAD else None


def _iso(text: str) -> Moment | None:
    """A value that is ISO 8601 or nearly so; a midnight without a zone is a day."""
    if not re.match(r"^\d{4}-\d\d-\d\d(?:[T ]|$)", text):
        return None
    tidy = re.sub(r"(\.\d+)(?=\s?(?:Z|[+-]|$))", "", text.replace("Z", "+00:00"), count=1)
    tidy = re.sub(r"\s+(?=[+-]\d\d)", "", tidy)
    try:
        value = datetime.fromisoformat(tidy)
    except ValueError:
        return None
    has_time = len(tidy) > 10 and (value.tzinfo is not None or value.time() != datetime.min.time())
    return Moment(value, has_time)


def _words(text: str, day_first: bool) -> Moment | None:
    found = _find_day(text, day_first)
    if found is None:
        return None
    year, month, day, start, end = found
    try:
        date = datetime(year, month, day)  # noqa: DTZ001  the zone is looked for next
    except ValueError:
        return None
    clock = _find_time(text[end : end + 60]) or _find_time(text[max(0, start - 40) : start])
    if clock is None:
        compact = _COMPACT.search(text)
        if compact and compact["clock"]:
            digits = compact["clock"].ljust(6, "0")
            try:
                return Moment(
                    date.replace(hour=int(digits[:2]), minute=int(digits[2:4]), second=int(digits[4:6])), True
                )
            except ValueError:
                return None
        return Moment(date, False)
    hour, minute, second, zone = clock
    try:
        local = date.replace(hour=hour, minute=minute, second=second)
    except ValueError:
        return Moment(date, False)
    return Moment(local.replace(tzinfo=zone) if zone else local, True)


def _find_day(text: str, day_first: bool) -> tuple[int, int, int, int, int] | None:
    """(year, month, day, start, end) of the first date in `text`."""
    found = [
        (int(m["year"]), int(m["month"]), int(m["day"]), m.start(), m.end())
        for pattern in (_YEAR_FIRST, _COMPACT)
        if (m := pattern.search(text))
    ]
    for pattern in (_DAY_NAME_YEAR, _NAME_DAY_YEAR):
        for m in pattern.finditer(text):
            if month := MONTHS.get(m["name"].casefold()):
                found.append((int(m["year"]), month, int(m["day"]), m.start(), m.end()))
                break
    if m := _YEAR_LAST.search(text):
        first, second = int(m["first"]), int(m["second"])
        day, month = (first, second) if day_first or m["mark"] == "." else (second, first)
        if month > 12:
            day, month = month, day
        year = int(m["year"]) + (2000 if len(m["year"]) == 2 else 0)
        found.append((year, month, day, m.start(), m.end()))
    return min(found, key=lambda item: item[3]) if found else None


def _find_time(text: str) -> tuple[int, int, int, tzinfo | None] | None:
    m = _DOTTED_TIME.search(text) or _TIME.search(text)
    if m is None:
        return None
    hour = int(m["hour"])
    if m["half"]:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if m["half"].lower() == "p" else 0)
    return hour, int(m["minute"] or 0), int(m["second"] or 0), _find_zone(m["rest"])


def _find_zone(text: str) -> tzinfo | None:
    text = _CLOCK_WORD.sub("", text)
    if m := _OFFSET.match(text):
        minutes = int(m["hours"]) * 60 + int(m["minutes"] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if m["sign"] == "+" else -minutes))
    if m := _ZONE_WORD.match(text):
        name = m["name"].lower()
        if name in _ZONE_MINUTES:
            after = _OFFSET.match(text[m.end() :])
            if after and name in ("gmt", "utc"):
                return _find_zone(text[m.end() :])
            return timezone(timedelta(minutes=_ZONE_MINUTES[name]))
        if name in _ZONE_NAMES:
            return ZoneInfo(_ZONE_NAMES[name])
    return None
