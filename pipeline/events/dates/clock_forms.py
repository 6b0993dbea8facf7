"""Forms that give a time of the day, with the day where it stands beside it."""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.events.dates.forms import (
    DAY_OF_MONTH,
    MONTH,
    WEEKDAY,
    YEAR,
    Context,
    Meaning,
    form,
    weekday_number,
)
from pipeline.events.dates.tense import Direction
from pipeline.events.dates.values import days_of_value

_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?:[ ]?(?P<half>[ap])\.?m\.?(?![a-z]))"
_CLOCK_24 = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:[ ]?hours)?"
_HOURS = r"(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_NAMED_ZONE = (
    r"(?:[ ]\(?(?:GMT|UTC|BST|CES?T|E[SD]?T|C[SD]T|P[SD]T|M[SD]T|(?:local|Moscow)[ ]time)"
    r"(?:[ ]?\([^)]{1,20}\))?\)?)"
)
_ZONE = rf"{_NAMED_ZONE}?"
_BEFORE_CLOCK = frozenset({"at", "by", "around", "about", "from", "until", "before", "after", "to"})
_DAY_AFTER = rf"(?:,?[ ](?:on[ ])?(?P<day>yesterday|today|tomorrow|{WEEKDAY}))?(?![ ]{MONTH}[ ]{DAY_OF_MONTH}[ ]{YEAR})"
_DAY_BEFORE = (
    rf"(?:(?P<daybefore>yesterday|today|tomorrow|{WEEKDAY})[ ](?:at|around|about|by)[ ](?:about[ ]|around[ ])?)?"
)
_NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}


@form(rf"{_DAY_BEFORE}{_CLOCK}{_ZONE}{_DAY_AFTER}", near="figure")
def clock(match: re.Match[str], context: Context) -> Meaning | None:
    """9 a.m. Tuesday."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 12:
        return None
    hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return _at(context, match["day"] or match["daybefore"], f"{hour:02}:{minute:02}")


@form(rf"{_DAY_BEFORE}{_CLOCK_24}(?={_ZONE}(?:[ ]|[.,;)]|$)){_ZONE}{_DAY_AFTER}", near="figure")
def clock_of_24_hours(match: re.Match[str], context: Context) -> Meaning | None:
    """Tuesday at 10:35 GMT; at 14:30; a score such as 3:1 has no such word before it."""
    if match["daybefore"] is None and context.word_before() not in _BEFORE_CLOCK:
        return None
    return _at(context, match["day"] or match["daybefore"], f"{int(match['hour']):02}:{match['minute']}")


@form(
    rf"{_DAY_BEFORE}(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:{_NAMED_ZONE}|[ ]?(?:hours|hrs)){_DAY_AFTER}",
    near="figure",
)
def clock_without_colon(match: re.Match[str], context: Context) -> Meaning | None:
    """0630 GMT."""
    return _at(context, match["day"] or match["daybefore"], f"{match['hour']}:{match['minute']}")


@form(rf"{_DAY_BEFORE}(?P<hour>{_HOURS})[ ]o['’]clock{_DAY_AFTER}", near="clock")
def hour_of_the_clock(match: re.Match[str], context: Context) -> Meaning | None:
    """Eight o'clock: of the morning or the evening, which a TIMEX3 value cannot leave open, so of none."""
    return Meaning(None)


@form(rf"{_DAY_BEFORE}(?P<name>noon|midday|midnight){_ZONE}{_DAY_AFTER}", near="clock")
def named_time(match: re.Match[str], context: Context) -> Meaning | None:
    """Noon, Tuesday at midnight."""
    token = context.tokens_by_start.get(match.start("name"))
    if match["name"][0].isupper() and token is not None and not token.is_sent_start:
        return None  # "High Noon"
    return _at(context, match["day"] or match["daybefore"], _NAMED[match["name"].lower()])


def _at(context: Context, day_words: str | None, clock_value: str) -> Meaning:
    today = context.today
    if day_words is None:
        days = days_of_value(context.anchor)
        day = days[0] if days and days[0] == days[1] else today
        return Meaning(f"{day.isoformat()}T{clock_value}" if day else None)
    if today is None:
        return Meaning(None)
    named = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(day_words.lower())
    if named is None:
        back = (today.weekday() - weekday_number(day_words)) % 7
        named = (7 - back) % 7 if context.direction is Direction.AHEAD else -back
    return Meaning(f"{(today + timedelta(days=named)).isoformat()}T{clock_value}")
