"""TIMEX3 values of calendar dates: written, read, and turned into a first and a last day.

TIMEX3 (TimeML 1.2.1) writes dates as ISO 8601 does and adds quarters (2013-Q4), half years (2013-H1), seasons
(2013-SU), weekends (2013-W46-WE), decades (201), centuries (20) and parts of the day (2013-11-12TNI). A span of
days that is one expression is written as an ISO 8601 interval: 2013-11-12/2013-11-14.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

# Meteorological seasons of the northern hemisphere: first month and last month; winter runs into the next year.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
UNIT_LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y",
}  # fmt: skip

Days = tuple[date, date]

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[0-9A-Z:+.-]*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE|-\d)?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI|\d\d)")
_YEARS = re.compile(r"\d{2,4}")
_DURATION = re.compile(r"P(?=.)(?:[\dX.]+[YMWD])*(?:T(?:[\dX.]+[HMS])+)?")


def week_value(day: date) -> str:
    """The ISO week of `day`: 2013-W46."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def month_value(year: int, month: int) -> str:
    """A month: 2013-11."""
    return f"{year:04}-{month:02}"


def quarter_value(year: int, quarter: int) -> str:
    """A calendar quarter: 2013-Q4."""
    return f"{year:04}-Q{quarter}"


def month_shifted(year: int, month: int, months: int) -> tuple[int, int]:
    """The (year, month) that lies `months` after the given one."""
    years, month_index = divmod(year * 12 + month - 1 + months, 12)
    return years, month_index + 1


def day_shifted(day: date, *, months: int) -> date:
    """`day` moved by whole months; the 31st becomes the last day of a shorter month."""
    year, month = month_shifted(day.year, day.month, months)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), last_day_of_month(year, month))


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError outside the years 1 to 9999."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def duration_value(count: float | None, unit: str) -> str:
    """A length of time: P4D, PT5H, P10Y (a decade is ten years), PXD where the count is vague."""
    if unit in {"decade", "century", "quarter", "weekend", "fortnight", "night"}:
        factor, unit = {
            "decade": (10, "year"),
            "century": (100, "year"),
            "quarter": (3, "month"),
            "weekend": (2, "day"),
            "fortnight": (2, "week"),
            "night": (1, "day"),
        }[unit]
        count = None if count is None else count * factor
    if count is not None and count % 1 == 0.5 and unit in {"hour", "year"}:  # P3Y6M, PT5H30M
        halves = {"hour": "H30M", "year": "Y6M"}[unit]
        return f"P{'T' if unit == 'hour' else ''}{int(count) or ''}{halves if count > 1 else halves[1:]}"
    number = "X" if count is None else f"{count:.10g}"
    clock = "T" if unit in {"hour", "minute", "second"} else ""
    return f"P{clock}{number}{UNIT_LETTERS[unit]}"


def days_of_value(value: str | None) -> Days | None:
    """First and last day that a calendar value covers, None for durations, sets, PRESENT_REF and the like."""
    if value is None:
        return None
    first, slash, last = value.partition("/")
    try:
        if slash:
            begin, end = _days(first), _days(last)
            return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None
        return _days(value)
    except (ValueError, OverflowError):  # a week 53 or a 31st that the year does not have
        return None


def _days(value: str) -> Days | None:
    if day := _DAY.fullmatch(value):
        found = date(int(day[1]), int(day[2]), int(day[3]))
        return found, found
    if week := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        if week[3] == "-WE":
            return monday + timedelta(days=5), monday + timedelta(days=6)
        if week[3]:
            weekday = monday + timedelta(days=int(week[3][1:]) - 1)
            return weekday, weekday
        return monday, monday + timedelta(days=6)
    if part := _PART.fullmatch(value):
        return _days_of_part(int(part[1]), part[2])
    if _YEARS.fullmatch(value):
        scale = 10 ** (4 - len(value))
        first_year = int(value) * scale
        return date(max(first_year, 1), 1, 1), date(first_year + scale - 1, 12, 31)
    return None


def _days_of_part(year: int, part: str) -> Days:
    if part in SEASON_MONTHS:
        first, last = SEASON_MONTHS[part]
        return date(year, first, 1), last_day_of_month(year + (last < first), last)
    if part[0] in "QH":
        months = 3 if part[0] == "Q" else 6
        last = months * int(part[1])
        return date(year, last - months + 1, 1), last_day_of_month(year, last)
    return date(year, int(part), 1), last_day_of_month(year, int(part))


def precision_of_value(value: str | None) -> str | None:
    """How exact a value is: day, week, month, quarter, year, decade, duration, time or None.

    A season counts as quarter, a half year as year, a weekend as day, an interval as its ends do.
    """
    if value is None:
        return None
    value = value.partition("/")[0]
    if _DAY.fullmatch(value):
        return "time" if "T" in value else "day"
    if week := _WEEK.fullmatch(value):
        return "day" if week[3] else "week"
    if part := _PART.fullmatch(value):
        return {"H": "year", "Q": "quarter", "S": "quarter", "F": "quarter", "W": "quarter"}.get(part[2][0], "month")
    if _YEARS.fullmatch(value) or value.startswith("FY"):
        return {2: None, 3: "decade"}.get(len(value), "year")
    if _DURATION.fullmatch(value):
        return "duration"
    return None
