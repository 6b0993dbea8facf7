"""The day in a dateline: numbers in national order, month names in many languages, other calendars and eras."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from pipeline.read.calendars import from_persian, gregorian_year, year_of_era
from pipeline.read.month_names import ONE_WORD, PERSIAN_MONTHS, month_of

_YEAR = r"(?:19|20)\d\d|25[3-9]\d"
# A year of two digits after a month name is one where nothing else can follow: "3 May 24", but not "3 May 24 views".
_SHORT_YEAR = r"['’]\d\d(?!\d)|\d\d(?=\s*(?:\Z|[,|•·–—(-]|(?:at|um)\b|\d{1,2}[:h.]\d\d))"
_NAME = r"(?P<name>[^\s\d.,;:|/()\[\]'’\"–—-]{2,24})"
_PERSIAN_YEAR = r"1[34]\d\d"

_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR}|{_PERSIAN_YEAR})\s?[-/.年년]\s?(?P<month>\d{{1,2}})\s?[-/.月월]\s?(?P<day>\d{{1,2}})(?!\d)"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?:T?(?:\d{6}|\d{4}))?(?!\d)"
)
_YEAR_LAST = re.compile(
    rf"(?<![\d.])(?P<first>\d{{1,2}})\s?(?P<mark>[./-])\s?(?P<second>\d{{1,2}})\s?[./-]\s?(?P<year>{_YEAR}|\d\d)(?![\d%]|\.\d)"
)
_DAY_NAME_YEAR = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|º|ª|o|-?го)?[\s./,-]*(?:(?:de|of|di|den)\s+|d['’])?"
    rf"{_NAME}\.?,?['’]?[\s./,-]*(?:(?:de|del|de l['’]|\w{{1,3}}\.)\s*)?"
    rf"(?P<year>{_YEAR}|{_PERSIAN_YEAR}|{_SHORT_YEAR})(?!\d)",
    re.IGNORECASE,
)
_NAME_DAY_YEAR = re.compile(
    rf"{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s?[,.]?\s*(?:\d\d?:\d\d(?::\d\d)?\s+(?:[A-Z]{{3,4}}\s+|[+-]\d{{4}}\s+)?)?"
    rf"(?P<year>{_YEAR})(?!\d)"
)
_YEAR_NAME_DAY = re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?:\.|,|\s?m\.|ko|ლის)?\s+{_NAME}\s+(?P<day>\d{{1,2}})(?![\d:])")
_YEAR_DAY_NAME = re.compile(rf"(?<!\d)(?P<year>{_YEAR})\.?\s?gada\s(?P<day>\d{{1,2}})\.?\s?{_NAME}", re.IGNORECASE)
_VIETNAMESE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}}),?(?:\s+năm)?\s+(?P<year>{_YEAR})(?!\d)", re.IGNORECASE
)
_ERA = re.compile(
    r"(?P<era>令和|平成|昭和|民國|民国)\s?(?P<year>元|\d{1,3})年\s?(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})日"
)
_NAMED = (_DAY_NAME_YEAR, _NAME_DAY_YEAR, _YEAR_NAME_DAY, _YEAR_DAY_NAME)
_NATIONAL_DIGIT = re.compile(r"(?![0-9])\d")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e]")
_SEVERAL_WORDS = re.compile("|".join(map(re.escape, sorted(ONE_WORD, key=len, reverse=True))))
_PERSIAN_DIGIT = re.compile("[۰-۹]")
_PERSIAN_LANGUAGES = ("fa", "ps")
_THAI = re.compile("[\u0e01-\u0e5b]")


class FoundDay(NamedTuple):
    """A day, and where in the prepared text it stands."""

    day: date
    start: int
    end: int


def prepared(text: str) -> str:
    """`text` with ASCII digits, without marks of direction, and with every month name as one word."""
    if text.isascii():
        return text
    text = _DIRECTION_MARKS.sub("", text)
    text = _NATIONAL_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)
    return _SEVERAL_WORDS.sub(lambda match: ONE_WORD[match[0]], text)


def find_day(text: str, *, latest: date, day_first: bool, language: str | None, is_persian: bool) -> FoundDay | None:
    """The first date in a prepared text that is a day of the calendar; None where there is none.

    Args:
        text: see `prepared`.
        latest: the last day that is believed; it decides between two readings of numbers and of short years.
        day_first: how 3/4/2024 is read; a number over 12 decides for itself, and a dot means day first.
        language: ISO 639-1, for names that mean different months.
        is_persian: whether years like 1403 are of the Solar Hijri calendar, see `speaks_persian`.
    """
    found: list[FoundDay] = []
    for pattern in (_YEAR_FIRST, _COMPACT, _VIETNAMESE):
        if m := pattern.search(text):
            year, month, number = int(m["year"]), int(m["month"]), int(m["day"])
            found += _found(year, month, number, m, is_persian=is_persian)
    if m := _YEAR_LAST.search(text):
        found += _numbers(m, latest, day_first)
    if not text.isascii() and (m := _ERA.search(text)):
        found += _found(year_of_era(m["era"], m["year"]), int(m["month"]), int(m["day"]), m)
    for pattern in _NAMED:
        for m in pattern.finditer(text):
            if day := _named(m, latest, language):
                found.append(day)
                break
    return min(found, key=lambda item: item.start) if found else None


def speaks_persian(text: str, language: str | None) -> bool:
    """Whether a text that is not yet prepared counts years in the Solar Hijri calendar."""
    return language in _PERSIAN_LANGUAGES or (not text.isascii() and _PERSIAN_DIGIT.search(text) is not None)


def _found(year: int, month: int, number: int, m: re.Match[str], *, is_persian: bool = False) -> list[FoundDay]:
    """The day in a list of its own, empty where the calendar has none."""
    try:
        if year < 1900:
            return [FoundDay(from_persian(year, month, number), m.start(), m.end())] if is_persian else []
        return [FoundDay(date(gregorian_year(year), month, number), m.start(), m.end())]
    except ValueError:
        return []


def _numbers(m: re.Match[str], latest: date, day_first: bool) -> list[FoundDay]:
    first, second = int(m["first"]), int(m["second"])
    year = _whole_year(m["year"], latest)
    orders = [(first, second), (second, first)]
    if not day_first and m["mark"] != ".":
        orders.reverse()
    days = [day for number, month in orders for day in _found(year, month, number, m)]
    # The other order is taken where the usual one is no day, or one that is still to come.
    return next(([day] for day in days if day.day <= latest), days[:1])


def _named(m: re.Match[str], latest: date, language: str | None) -> FoundDay | None:
    name, said, number = m["name"], m["year"].lstrip("'’"), int(m["day"])
    if (month := month_of(name, language)) and not (len(said) == 4 and said < "1900"):
        year = _whole_year(said, latest, thai=_THAI.match(name) is not None)
        return next(iter(_found(year, month, number, m)), None)
    if (month := PERSIAN_MONTHS.get(name)) and len(said) == 4:
        return next(iter(_found(int(said), month, number, m, is_persian=True)), None)
    return None


def _whole_year(said: str, latest: date, *, thai: bool = False) -> int:
    year = int(said)
    if len(said) > 2:
        return year
    if thai:
        return 2500 + year
    return 2000 + year if 2000 + year <= latest.year + 1 else 1900 + year
