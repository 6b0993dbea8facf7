"""Dates in the newsroom's articles: `{weekday:-1}` becomes Tuesday, by the newsroom's date.

The number is a day relative to that date: 0 is the date itself, -1 the day before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

PLACEHOLDER = re.compile(r"\{(\w+):([+-]?\d+)\}")
# English names whatever the locale of the process is.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


KINDS: dict[str, Callable[[date], str]] = {
    "weekday": lambda day: WEEKDAYS[day.weekday()],
    "day_month": lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    "month": lambda day: MONTHS[day.month - 1],
    "iso": lambda day: day.isoformat(),
    "iso_week": _iso_week,
    "iso_month": lambda day: f"{day.year}-{day.month:02d}",
    "iso_year": lambda day: str(day.year),
}


def resolve_placeholders(text: str, newsroom_date: date) -> str:
    """`text` with every placeholder made concrete.

    Raises:
        ValueError: a placeholder of an unknown kind, or a brace that belongs to none.
    """

    def concrete(match: re.Match[str]) -> str:
        kind, days = match.groups()
        if kind not in KINDS:
            raise ValueError(f"a placeholder of a known kind ({', '.join(KINDS)}), not {match[0]}")
        return KINDS[kind](newsroom_date + timedelta(days=int(days)))

    resolved = PLACEHOLDER.sub(concrete, text)
    if "{" in resolved or "}" in resolved:
        raise ValueError("no brace outside a placeholder such as {weekday:-1}")
    return resolved
