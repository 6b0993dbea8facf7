"""Years and days of other calendars that news pages write, as Gregorian ones.

The lunar Islamic calendar is left out: its months begin with the sighting of the moon, and a table is a day off too
often. Pages that write it nearly always write the Gregorian date beside it.
"""

from __future__ import annotations

from datetime import date, timedelta

BUDDHIST_AHEAD_YEARS = 543
_BUDDHIST_YEARS = range(2533, 2700)
_ERA_BEGINS = {"令和": 2019, "平成": 1989, "昭和": 1926, "民國": 1912, "民国": 1912}
_PERSIAN_NEW_YEAR_1300 = date(1921, 3, 21)
# The leap years of the 33-year cycle, which agrees with the astronomical calendar from 1178 to 1633.
_PERSIAN_YEARS = range(1300, 1500)
_PERSIAN_LEAP_REMAINDERS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_PERSIAN_LONG_MONTHS = 6  # of 31 days; the next five have 30, the last 29 or 30


def gregorian_year(year: int) -> int:
    """A year of the Thai solar calendar as a Gregorian one; any other as it is."""
    return year - BUDDHIST_AHEAD_YEARS if year in _BUDDHIST_YEARS else year


def year_of_era(era: str, year: str) -> int:
    """The Gregorian year of a Japanese era or of the Republic of China; 元 is the first."""
    return _ERA_BEGINS[era] + (1 if year == "元" else int(year)) - 1


def from_persian(year: int, month: int, day: int) -> date:
    """The day of the Solar Hijri calendar of Iran and Afghanistan as a Gregorian one.

    Raises:
        ValueError: there is no such day, or it is outside 1300-1499.
    """
    if year not in _PERSIAN_YEARS or not 1 <= month <= 12:
        raise ValueError(f"no Persian month {year}-{month}")
    if not 1 <= day <= _persian_month_days(year, month):
        raise ValueError(f"no Persian day {year}-{month}-{day}")
    days = sum(366 if _is_persian_leap(earlier) else 365 for earlier in range(_PERSIAN_YEARS.start, year))
    days += sum(_persian_month_days(year, earlier) for earlier in range(1, month))
    return _PERSIAN_NEW_YEAR_1300 + timedelta(days=days + day - 1)


def _is_persian_leap(year: int) -> bool:
    return year % 33 in _PERSIAN_LEAP_REMAINDERS


def _persian_month_days(year: int, month: int) -> int:
    if month <= _PERSIAN_LONG_MONTHS:
        return 31
    return 30 if month < 12 or _is_persian_leap(year) else 29
