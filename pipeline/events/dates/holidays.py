"""Holidays that news uses as dates: fixed days of the year, the movable ones of the United States, Easter."""

from __future__ import annotations

import re
from datetime import date, timedelta

# (month, day), or (month, weekday counted from Monday = 0, which one; -1 is the last), or days after Easter Sunday.
_FIXED = {
    "new year's day": (1, 1),
    "new year’s day": (1, 1),
    "new year's eve": (12, 31),
    "new year’s eve": (12, 31),
    "valentine's day": (2, 14),
    "valentine’s day": (2, 14),
    "st. patrick's day": (3, 17),
    "st. patrick’s day": (3, 17),
    "may day": (5, 1),
    "epiphany": (1, 6),
    "australia day": (1, 26),
    "groundhog day": (2, 2),
    "international women's day": (3, 8),
    "international women’s day": (3, 8),
    "april fools' day": (4, 1),
    "april fools’ day": (4, 1),
    "earth day": (4, 22),
    "anzac day": (4, 25),
    "cinco de mayo": (5, 5),
    "juneteenth": (6, 19),
    "canada day": (7, 1),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "all saints’ day": (11, 1),
    "guy fawkes night": (11, 5),
    "bonfire night": (11, 5),
    "armistice day": (11, 11),
    "remembrance day": (11, 11),
    "veterans day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
}
_NTH_WEEKDAY = {
    "martin luther king day": (1, 0, 3),
    "presidents day": (2, 0, 3),
    "father's day": (6, 6, 3),
    "father’s day": (6, 6, 3),
    "remembrance sunday": (11, 6, 2),
    "memorial day": (5, 0, -1),
    "labor day": (9, 0, 1),
    "columbus day": (10, 0, 2),
    "thanksgiving day": (11, 3, 4),
    "thanksgiving": (11, 3, 4),
}
_AFTER_EASTER = {
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "ascension day": 39,
    "whit monday": 50,
    "good friday": -2,
    "easter sunday": 0,
    "easter monday": 1,
    "easter": 0,
    "pentecost": 49,
}

# (holiday, days after it): the day after Thanksgiving; the Tuesday after the first Monday of November.
_AFTER_HOLIDAY = {"black friday": ("thanksgiving", 1), "cyber monday": ("thanksgiving", 4)}
_ELECTION_DAY = "election day"  # of the United States

_NAMES = sorted([*_FIXED, *_NTH_WEEKDAY, *_AFTER_EASTER, *_AFTER_HOLIDAY, _ELECTION_DAY], key=len, reverse=True)
HOLIDAYS = "|".join(name.replace(" ", "[ ]").replace(".", r"\.") for name in _NAMES)
"""A regular expression for the names of holidays."""

_EVERYDAY_WORDS = frozenset({"day", "night", "s", "of", "all", "de", "new", "year", "st", "may"})
HOLIDAY_WORDS = sorted(
    {next((w for w in re.findall(r"\w+", name) if w not in _EVERYDAY_WORDS), "day") for name in _NAMES}
)
"""Of each holiday one word of its name."""


def holiday_on(name: str, year: int) -> date:
    """The day of holiday `name` in `year`. Raises KeyError for a name that `HOLIDAYS` does not match."""
    name = " ".join(name.lower().split())
    if name in _FIXED:
        month, day = _FIXED[name]
        return date(year, month, day)
    if name in _AFTER_EASTER:
        return easter_sunday(year) + timedelta(days=_AFTER_EASTER[name])
    if name in _AFTER_HOLIDAY:
        holiday, days = _AFTER_HOLIDAY[name]
        return holiday_on(holiday, year) + timedelta(days=days)
    if name == _ELECTION_DAY:
        return _nth_weekday(year, 11, 0, 1) + timedelta(days=1)
    return _nth_weekday(year, *_NTH_WEEKDAY[name])


def _nth_weekday(year: int, month: int, weekday: int, rank: int) -> date:
    if rank < 0:
        last = date(year, month, 31)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (rank - 1))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876, as in Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * shift) // 451
    month, day = divmod(h + shift - 7 * m + 114, 31)
    return date(year, month, day + 1)
