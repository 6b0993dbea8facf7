"""Which year a month or a day means where the text gives none."""

from __future__ import annotations

import re
from datetime import date

from pipeline.events.dates.forms import Context, month_number
from pipeline.events.dates.tense import Direction

_MAX_MONTHS_AHEAD = 8  # what lies further ahead is called "next October"
LONG_AGO_DAYS = 300  # "Jan. 14" in December is the one to come: so old a day would have its year


def year_of_month(context: Context, number: int) -> int:
    """The year of a month that stands without one: the nearest past, or the coming where the verb points ahead."""
    today = context.today
    if today is None:
        return 0
    if (number - today.month) % 12 <= _MAX_MONTHS_AHEAD and context.direction is Direction.AHEAD:
        return today.year + (number < today.month)
    return today.year - (number > today.month)


def day_near(context: Context, year_words: str | None, month_words: str, day_words: str) -> date | None:
    """The day a text of `context.published_at` means by "Nov. 12"."""
    number, day = month_number(month_words), day_number(day_words)
    if year_words:
        return real_day(int(year_words), number, day)
    today = context.today
    if today is None:
        return None
    candidates = [real_day(today.year + shift, number, day) for shift in (-1, 0, 1)]
    past = [c for c in candidates if c and c <= today]
    coming = [c for c in candidates if c and c > today]
    if not past or not coming:
        return next(iter(past or coming), None)
    far_back = (today - past[-1]).days > LONG_AGO_DAYS
    near_ahead = (coming[0] - today).days < LONG_AGO_DAYS
    if far_back or (near_ahead and context.direction is Direction.AHEAD):
        return coming[0]
    return past[-1]


def day_number(day_words: str) -> int:
    """The number that "12th" begins with."""
    return int(re.match(r"\d+", day_words)[0])  # type: ignore[index]  # the pattern begins with a digit


def real_day(year: int, month: int, day: int) -> date | None:
    """The day of these numbers, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
