"""Forms that name a day by its place in a period, by a holiday, or by a day named before it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.events.dates.forms import (
    DAY_OF_MONTH,
    MONTH,
    PART_OF_DAY,
    WEEKDAY,
    YEAR,
    Context,
    Meaning,
    form,
    month_number,
    weekday_number,
)
from pipeline.events.dates.holidays import HOLIDAYS, holiday_on
from pipeline.events.dates.near_days import LONG_AGO_DAYS, day_near, real_day, year_of_month
from pipeline.events.dates.numbers import ORDINAL, ordinal_of
from pipeline.events.dates.tense import Direction
from pipeline.events.dates.values import days_of_value, month_shifted, month_value, week_value

_DAY = rf"{DAY_OF_MONTH}(?:st|nd|rd|th)?"
_BEFORE_FURTHER_DAY = re.compile(
    rf"({MONTH})[ \u00a0\n]{DAY_OF_MONTH}(?:st|nd|rd|th)?,?[ \n](?:and|or|&)[ \n](?:the[ ])?$"
)


@form(rf"(?:the[ ])?week[ ](?:of|beginning|starting|ending)[ ]({MONTH})[ ]({_DAY})(?:,?[ ]({YEAR}))?", near="month")
def week_of(match: re.Match[str], context: Context) -> Meaning | None:
    """The week of March 6."""
    day = day_near(context, match[3], match[1], match[2])
    return Meaning(week_value(day) if day else None)


@form(
    r"the[ ](\d{1,2})(?:st|nd|rd|th)(?:[ ]of[ ](this|last|next|the)[ ]month|(?=[.,;:)]|[ ](?:and|to|at|in|by|for)[ ]))",
    near="figure",
)
def day_of_this_month(match: re.Match[str], context: Context) -> Meaning | None:
    """On the 25th (of this month): the nearest past one, or the coming one where the verb points ahead."""
    number, today = int(match[1]), context.today
    if context.word_before() not in {"on", "until", "by", "since", "before", "after"}:
        return None
    if today is None:
        return Meaning(None)
    asked = (match[2] or "").lower()
    shift = {"last": -1, "next": 1}.get(asked, 0)
    if not asked:
        ahead = context.direction is Direction.AHEAD
        shift = 1 if ahead and number < today.day else -1 if not ahead and number > today.day else 0
    day = real_day(*month_shifted(today.year, today.month, shift), number)
    return Meaning(day.isoformat() if day else None)


@form(
    rf"(?:the[ ])?({ORDINAL}|last|final)[ ](week|weekend|day|{WEEKDAY})[ ](?:of|in)[ ]"
    rf"(?:({MONTH})(?:,?[ ](?:of[ ])?({YEAR}))?|(this|last|next|the)[ ](month|year))",
    near="unit weekday",
)
def ordinal_in_month(match: re.Match[str], context: Context) -> Meaning | None:
    """The first Monday of October, the last week of March 2012, the last day of the year."""
    rank = -1 if match[1].lower() in {"last", "final"} else ordinal_of(match[1])
    if rank is None or (match[3] and not match[3][0].isupper()):
        return None
    period = _period_of(match, context)
    days = days_of_value(period)
    if days is None:
        return Meaning(None)
    unit = match[2].lower()
    day = _ranked_day(unit, rank, *days)
    if day is None:
        return None
    if unit in {"week", "weekend"}:
        return Meaning(week_value(day) + ("-WE" if unit == "weekend" else ""))
    return Meaning(day.isoformat())


def _period_of(match: re.Match[str], context: Context) -> str | None:
    """The value of "October", "October 2012", "the month", "last year" at the end of an ordinal form."""
    today = context.today
    if match[3] and (match[4] or today):
        number = month_number(match[3])
        return month_value(int(match[4]) if match[4] else year_of_month(context, number), number)
    if today is None:
        return None
    shift = {"last": -1, "next": 1}.get(match[5].lower(), 0)
    if match[6].lower() == "month":
        return month_value(*month_shifted(today.year, today.month, shift))
    return f"{today.year + shift:04}"


def _ranked_day(unit: str, rank: int, first: date, last: date) -> date | None:
    """The day, or a day of the week, that has `rank` among the units from `first` to `last`; -1 is the last one."""
    if unit == "day":
        day = last if rank < 0 else first + timedelta(days=rank - 1)
    elif unit == "week":  # the first week is the one with the first day
        day = last if rank < 0 else first + timedelta(weeks=rank - 1)
    else:
        weekday = 5 if unit == "weekend" else weekday_number(unit)
        from_first = first + timedelta(days=(weekday - first.weekday()) % 7)
        to_last = last - timedelta(days=(last.weekday() - weekday) % 7)
        day = to_last if rank < 0 else from_first + timedelta(weeks=rank - 1)
    return day if first <= day <= last else None


@form(rf"({DAY_OF_MONTH})(?:st|nd|rd|th)?(?:,?[ ]({YEAR}))?(?![ ]?(?:%|p\.?m|a\.?m|per[ ]?cent))", near="figure")
def further_day(match: re.Match[str], context: Context) -> Meaning | None:
    """The 6 of "Nov. 5 and 6"."""
    before = _BEFORE_FURTHER_DAY.search(match.string, max(0, match.start() - 40), match.start())
    if before is None or (context.token is not None and context.token.head.i > context.token.i):
        return None
    if match[2] is None and context.today is None:
        return Meaning(None)
    day = day_near(context, match[2], before[1], match[1])
    return Meaning(day.isoformat()) if day else None


@form(r"9/11|Sept(?:ember|\.)?[ ]11(?=[ ](?:terror|attack|hijack))", near="figure")
def eleventh_of_september(match: re.Match[str], context: Context) -> Meaning | None:
    """The day that is known by its date."""
    return Meaning("2001-09-11")


@form(rf"(?:(last|next|this)[ ])?({HOLIDAYS})(?:(?:,)?[ ]({YEAR}))?(?:[ ](?:{PART_OF_DAY}))?", near="holiday")
def holiday(match: re.Match[str], context: Context) -> Meaning | None:
    """Christmas Eve; last Thanksgiving."""
    if not match[2][0].isupper():
        return None
    if match[3]:
        return Meaning(holiday_on(match[2], int(match[3])).isoformat())
    today = context.today
    if today is None:
        return Meaning(None)
    found = holiday_on(match[2], today.year)
    asked = (match[1] or "").lower()
    ahead = asked == "next" or (not asked and context.direction is Direction.AHEAD)
    if found > today and not ahead and asked != "this":
        earlier = holiday_on(match[2], today.year - 1)
        looks_back = asked == "last" or context.direction is Direction.BACK
        if looks_back or (today - earlier).days < LONG_AGO_DAYS:
            found = earlier
    elif found < today and ahead:
        found = holiday_on(match[2], today.year + 1)
    return Meaning(found.isoformat())
