"""Forms that name a place in the calendar: days, months, weekdays."""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.events.dates.forms import (
    DAY_OF_MONTH,
    EARLY,
    LONG_MONTH,
    MONTH,
    PART_OF_DAY,
    SHORT_WEEKDAY,
    WEEKDAY,
    YEAR,
    Context,
    Meaning,
    form,
    month_number,
    part_code,
    weekday_number,
)
from pipeline.events.dates.near_days import day_near, day_number, real_day, year_of_month
from pipeline.events.dates.tense import Direction
from pipeline.events.dates.values import month_value

_DAY = rf"{DAY_OF_MONTH}(?:st|nd|rd|th)?"
_WEEKDAY_COMMA = rf"(?:(?:{WEEKDAY}|{SHORT_WEEKDAY}),?[ ])?"
_TO = r"[ ]?(?:-|–|—|to|through)[ ]?"
_WORDS_BEFORE_MAY = frozenset(
    re.findall(
        r"\w+",
        "in since until till by during last next this early late mid of from to through and between before after",
    )
)


@form(r"(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?", near="figure")
def iso_day(match: re.Match[str], context: Context) -> Meaning | None:
    """2013-11-12, 2013-11-12T09:30Z."""
    day = real_day(int(match[1]), int(match[2]), int(match[3]))
    return Meaning(day.isoformat() + (match[4] or "")[:6]) if day else None


@form(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", near="figure")
def numeric_day(match: re.Match[str], context: Context) -> Meaning | None:
    """12.11.2013 is day first. 11/12/2013 may be either: it has a value only where one reading is possible."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    readings = {real_day(year, second, first)}
    if match[2] != ".":
        readings.add(real_day(year, first, second))
    readings.discard(None)
    if not readings:
        return None
    only = readings.pop()
    return Meaning(only.isoformat() if only and not readings else None)


@form(r"(\d{4})/(\d{1,2})/(\d{1,2})", near="figure")
def numeric_day_year_first(match: re.Match[str], context: Context) -> Meaning | None:
    """2013/11/12."""
    day = real_day(int(match[1]), int(match[2]), int(match[3]))
    return Meaning(day.isoformat()) if day else None


@form(
    rf"{_WEEKDAY_COMMA}({MONTH})[ ]?({_DAY})(?:{_TO}({_DAY}))?(?:,?[ ]({YEAR})|(?!:?\d))"
    r"(?![ ]?(?:p\.?m|a\.?m|percent|%))",
    near="month",
)
def month_day(match: re.Match[str], context: Context) -> Meaning | None:
    """Nov. 12, 2013; Tuesday, November 12th; Nov. 12-14."""
    if not match[1][0].isupper():
        return None
    return _day_or_days(context, match[4], match[1], match[2], match[3])


@form(
    rf"{_WEEKDAY_COMMA}(?:the[ ])?({_DAY})(?:{_TO}({_DAY}))?[ ](?:of[ ])?(?:day[ ]of[ ])?({MONTH})(?:,?[ ]({YEAR}))?",
    near="month",
)
def day_month(match: re.Match[str], context: Context) -> Meaning | None:
    """12 November 2013; the 12th of November; 12-14 Nov."""
    if not match[3][0].isupper():
        return None
    return _day_or_days(context, match[4], match[3], match[1], match[2])


@form(rf"{EARLY}?({MONTH}),?[ ](?:of[ ])?({YEAR})", near="month")
def month_year(match: re.Match[str], context: Context) -> Meaning | None:
    """November 2013; late Nov. 2013."""
    return Meaning(month_value(int(match[2]), month_number(match[1])))


@form(
    rf"{EARLY}?(?:(last|past|next|this|coming)[ ])?({LONG_MONTH}|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)(?![ ]\d)"
    r"(?:,?[ ](?:of[ ])?(last|this|next)[ ]year)?",
    near="month",
)
def month(match: re.Match[str], context: Context) -> Meaning | None:
    """March; last November; early December: the nearest past one, or the coming one where the verb points ahead."""
    if not match[2][0].isupper() or not _is_month(match, context):
        return None
    number, today = month_number(match[2]), context.today
    if today is None:
        return Meaning(None)
    year = year_of_month(context, number)
    asked = (match[1] or "").lower()
    if match[3]:
        year = today.year + {"last": -1, "this": 0, "next": 1}[match[3].lower()]
    elif asked in {"last", "past"}:
        year = today.year - (number >= today.month)
    elif asked in {"next", "coming"}:
        year = today.year + (number <= today.month)
    elif asked == "this":
        year = today.year
    return Meaning(month_value(year, number))


@form(
    rf"(?:(?:early|late|later|earlier)[ ](?:on[ ])?)?(?:(?:the[ ])?(following|previous)[ ]"
    rf"|(last|next|this|past|coming)[ ])?({WEEKDAY})(?:[ ]({PART_OF_DAY}))?"
    rf"(?!,?[ ]{MONTH}[ ]\d)",
    near="weekday",
)
def weekday(match: re.Match[str], context: Context) -> Meaning | None:
    """Tuesday; next Tuesday; Tuesday night: the nearest past one, or the coming one where the verb points ahead."""
    today = context.today if match[1] is None else context.anchor_day
    if today is None:
        return Meaning(None)
    back = (today.weekday() - weekday_number(match[3])) % 7
    asked = (match[2] or match[1] or "").lower()
    if asked in {"next", "coming", "following"}:
        shift = 7 - back
    elif asked in {"last", "past", "previous"}:
        shift = -back or -7
    elif asked == "this":
        shift = -back if context.direction is Direction.BACK else (7 - back) % 7
    elif context.direction is Direction.AHEAD:
        shift = (7 - back) % 7
    else:
        shift = -back
    part = part_code(match[4]) if match[4] else ""
    return Meaning((today + timedelta(days=shift)).isoformat() + part)


def _is_month(match: re.Match[str], context: Context) -> bool:
    """April, May and June are people too, and to march and may are verbs."""
    token = context.tokens_by_start.get(match.start(2))
    if token is not None and token.ent_type_ in {"PERSON", "GPE", "FAC"}:
        return False
    if match[2] == "March" and match.string.startswith(" for ", match.end()):
        return False  # a demonstration's name
    if match[2].lower() in {"may", "march"} and match.start() == match.start(2):
        dated = token is not None and token.tag_ == "NNP" and token.ent_type_ == "DATE"
        return context.word_before() in _WORDS_BEFORE_MAY or dated
    return True


def _day_or_days(
    context: Context, year_words: str | None, month_words: str, first_words: str, last_words: str | None
) -> Meaning | None:
    if last_words is None:
        if year_words is None and context.today is None:
            return Meaning(None)
        day = day_near(context, year_words, month_words, first_words)
        return Meaning(day.isoformat()) if day else None
    if year_words is None and context.today is None:
        return Meaning(None)
    first = day_near(context, year_words, month_words, first_words)
    last = real_day(first.year, first.month, day_number(last_words)) if first else None
    if first is None or last is None or first >= last:
        return None
    return Meaning(f"{first.isoformat()}/{last.isoformat()}")
