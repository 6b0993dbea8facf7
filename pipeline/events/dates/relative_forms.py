"""Forms that count from the day of publication, or from the date that was mentioned last."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.events.dates.forms import (
    EARLY,
    PART_OF_DAY,
    UNIT,
    UNITS,
    Context,
    Meaning,
    form,
    part_code,
)
from pipeline.events.dates.numbers import NUMBER, VAGUE_NUMBER, number_of
from pipeline.events.dates.tense import Direction
from pipeline.events.dates.values import (
    day_shifted,
    duration_value,
    month_shifted,
    month_value,
    quarter_value,
    week_value,
)

_PERIOD = r"(?:weekend|week|month|quarter|year|decade|century)"
_AROUND_TODAY = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


@form(rf"(?:(?:early|late|later|earlier)[ ])?(yesterday|today|tomorrow|tonight)(?:[ ]({PART_OF_DAY}))?", near="today")
def around_today(match: re.Match[str], context: Context) -> Meaning | None:
    """Today, tonight, tomorrow morning."""
    word = match[1].lower()
    part = "TNI" if word == "tonight" else part_code(match[2]) if match[2] else ""
    return _day(context, _AROUND_TODAY[word], part)


@form(r"(?:the[ ])?day[ ](before[ ]yesterday|after[ ]tomorrow)", near="today")
def two_days_off(match: re.Match[str], context: Context) -> Meaning | None:
    """The day before yesterday."""
    return _day(context, -2 if match[1].lower().startswith("before") else 2)


@form(rf"(?:(?:early|late|earlier|later)[ ])?(this|last)[ ]({PART_OF_DAY})", near="part")
def this_part_of_day(match: re.Match[str], context: Context) -> Meaning | None:
    """This morning, last night."""
    return _day(context, -1 if match[1].lower() == "last" else 0, part_code(match[2]))


@form(
    rf"{EARLY}?(?:the[ ])?(?:(this|last|next|past|previous|coming|following|current)[ ]"
    rf"(?:(?:fiscal|financial|calendar)[ ])?({_PERIOD}))",
    near="unit",
)
def period_off(match: re.Match[str], context: Context) -> Meaning | None:
    """This week, earlier this month, last year, next quarter."""
    word, unit = match[1].lower(), match[2].lower()
    bounded = re.search(rf"\bthe[ ]{word}\b", match[0].lower())
    is_fiscal = re.search(r"(?:fiscal|financial)", match[0], re.IGNORECASE) is not None
    if word in {"past", "coming"} or (bounded and word in {"last", "next"} and unit != "weekend" and not is_fiscal):
        return Meaning(duration_value(1, unit))
    shift = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(word, 0)
    day = context.anchor_day if word in {"previous", "following"} else context.today
    if day is not None and unit == "year" and is_fiscal:
        return Meaning(f"FY{day.year + shift:04}")  # it begins where a country or company lets it
    return Meaning(_period(day, unit, shift) if day else None)


@form(r"the[ ]weekend", near="unit")
def the_weekend(match: re.Match[str], context: Context) -> Meaning | None:
    """Over the weekend: the last one that has begun, or the coming one where the verb points ahead."""
    day = context.today
    if day is None:
        return Meaning(None)
    begun = day.weekday() >= 5
    ahead = context.direction is Direction.AHEAD
    return Meaning(_period(day, "weekend", 0 if begun or ahead else -1))


@form(
    r"(?:(?:the[ ])?(?:very[ ])?(?:beginning|start|middle|end|close)[ ]of|(?:earlier|later|early|late)[ ]in)"
    r"[ ](?:the|this)[ ](week|month|quarter|year|decade|century)",
    near="unit",
)
def edge_of_period(match: re.Match[str], context: Context) -> Meaning | None:
    """The end of the year, earlier in the week."""
    day = context.today
    return Meaning(_period(day, match[1].lower(), 0) if day else None)


@form(
    rf"(?:(?:earlier|later|early|late)[ ])?(?:that|the[ ]same|that[ ]same)[ ](day|week|month|year|{PART_OF_DAY})",
    near="unit part",
)
def same_period(match: re.Match[str], context: Context) -> Meaning | None:
    """That day, later that year: of the date that was mentioned last."""
    day = context.anchor_day
    if day is None:
        return Meaning(None)
    unit = match[1].lower()
    if unit in {"day", "morning", "afternoon", "evening", "night"}:
        return Meaning(day.isoformat() + ("" if unit == "day" else part_code(unit)))
    return Meaning(_period(day, unit, 0))


@form(rf"the[ ](next|following|previous)[ ](day|{PART_OF_DAY})", near="unit part")
def neighbour_day(match: re.Match[str], context: Context) -> Meaning | None:
    """The next day, the following morning: of the date that was mentioned last."""
    day = context.anchor_day
    if day is None:
        return Meaning(None)
    day += timedelta(days=-1 if match[1].lower() == "previous" else 1)
    return Meaning(day.isoformat() + ("" if match[2].lower() == "day" else part_code(match[2])))


@form(
    r"(?:(?:about|around|almost|nearly|more[ ]than|less[ ]than|some|over|just|only|roughly)[ ])?"
    rf"({NUMBER}|{VAGUE_NUMBER})[ ]({UNITS}|{UNIT})[ ](ago|earlier|before|later|afterwards?|from[ ]now|hence)",
    near="unit",
)
def counted_off(match: re.Match[str], context: Context) -> Meaning | None:
    """Three years ago, two days later, six weeks from now."""
    word, unit = match[3].lower(), singular(match[2])
    if word == "before" and unit in {"second", "minute", "hour"}:
        return None
    count = number_of(match[1])
    if count is None:
        return Meaning("PAST_REF" if word == "ago" else None)
    back = word in {"ago", "earlier", "before"}
    start = context.today if word in {"ago", "from now", "hence"} else context.anchor_day
    if start is None:
        return Meaning(None)
    return Meaning(_counted(context, start, unit, -count if back else count))


@form(
    rf"({NUMBER})[ ](weeks?|months?|years?|decades?)[ ]ago[ ](?:(today|yesterday|tomorrow)|(this|last|next)[ ]"
    r"(week|month))",
    near="unit",
)
def to_the_day(match: re.Match[str], context: Context) -> Meaning | None:
    """A year ago today, thirty years ago this month."""
    day, count, unit = context.today, number_of(match[1]), singular(match[2])
    if day is None or count is None:
        return Meaning(None)
    months = {"week": 0, "month": 1, "year": 12, "decade": 120}[unit]
    day = day_shifted(day - timedelta(weeks=count if unit == "week" else 0), months=-round(count * months))
    if match[3]:
        return Meaning((day + timedelta(days=_AROUND_TODAY[match[3].lower()])).isoformat())
    return Meaning(_period(day, match[5].lower(), {"last": -1, "this": 0, "next": 1}[match[4].lower()]))


@form(r"(?:a[ ])?year[ -](?:ago|earlier)(?=[ ](?:quarter|period|level|profit|loss|sales|figure|results))", near="unit")
def year_before(match: re.Match[str], context: Context) -> Meaning | None:
    """The year-ago quarter."""
    return Meaning(f"{context.today.year - 1:04}" if context.today else None)


@form(rf"in[ ](?:about[ ]|around[ ])?({NUMBER})[ ]({UNITS}|{UNIT})(?:['’]s?[ ]time)?", near="unit")
def in_counted(match: re.Match[str], context: Context) -> Meaning | None:
    """In two weeks, where the verb points ahead; else it is a length of time."""
    count, unit = number_of(match[1]), singular(match[2])
    if count is None:
        return None
    if context.direction is not Direction.AHEAD or context.today is None or unit in {"decade", "century"}:
        return Meaning(duration_value(count, unit))
    return Meaning(_counted(context, context.today, unit, count))


@form(
    r"(?:right[ ])?now|nowadays|at[ ]present|at[ ]the[ ]moment|currently|at[ ]this[ ]time(?![ ](?:last|next|of)\b)",
    near="vague",
)
def present(match: re.Match[str], context: Context) -> Meaning | None:
    """Now."""
    return Meaning("PRESENT_REF")


@form(
    rf"({NUMBER})[ ](years?|months?|hours?)[ ]and[ ]a[ ]half[ ](ago|earlier|before|later|from[ ]now)"
    rf"|half[ ]an?[ ](year|hour|decade)[ ](ago|earlier|before|later|from[ ]now)",
    near="half",
)
def counted_off_and_a_half(match: re.Match[str], context: Context) -> Meaning | None:
    """A year and a half ago, half a year later."""
    word, unit = (match[3] or match[5]).lower(), singular(match[2] or match[4])
    count = number_of(match[1]) if match[1] else 0.0
    start = context.today if word in {"ago", "from now"} else context.anchor_day
    if start is None or count is None:
        return Meaning(None)
    count = (count + 0.5) * (1 if word in {"later", "from now"} else -1)
    if unit in {"year", "decade"}:
        unit, count = ("month", count * 12) if unit == "year" else ("year", count * 10)
    elif unit == "month":
        return Meaning(week_value(start + timedelta(days=round(count * 30.4))))
    return Meaning(_counted(context, start, unit, count))


@form(r"recently|in[ ]the[ ]past|in[ ]recent[ ](?:days|weeks|months|years)", near="vague")
def past(match: re.Match[str], context: Context) -> Meaning | None:
    """Recently; "in recent weeks" is read by the durations."""
    return None if "recent " in match[0].lower() else Meaning("PAST_REF")


@form(r"(?:the[ ])?(?:near[ ]|foreseeable[ ]|not[ -]too[ -]distant[ ])?future", near="vague")
def future(match: re.Match[str], context: Context) -> Meaning | None:
    """The near future; a plain "future" only after "in" or "the": the rest are adjectives."""
    if match[0].lower() == "future" and context.word_before() != "in":
        return None
    return Meaning("FUTURE_REF")


def singular(unit: str) -> str:
    """The singular of a unit of time."""
    unit = unit.lower()
    return "century" if unit == "centuries" else unit.removesuffix("s")


def _day(context: Context, shift: int, part: str = "") -> Meaning:
    today = context.today
    return Meaning((today + timedelta(days=shift)).isoformat() + part if today else None)


def _period(day: date, unit: str, shift: int) -> str:
    """The value of the period of `day`, or of one `shift` periods away."""
    if unit == "week":
        return week_value(day + timedelta(weeks=shift))
    if unit == "weekend":
        return week_value(day + timedelta(weeks=shift)) + "-WE"
    if unit == "month":
        return month_value(*month_shifted(day.year, day.month, shift))
    if unit == "quarter":
        year, month = month_shifted(day.year, day.month, 3 * shift)
        return quarter_value(year, (month - 1) // 3 + 1)
    if unit == "year":
        return f"{day.year + shift:04}"
    if unit == "decade":
        return f"{day.year // 10 + shift:03}"
    return f"{day.year // 100 + shift:02}"


def _counted(context: Context, start: date, unit: str, count: float) -> str | None:
    """The value `count` units after `start`, as exact as the unit is; None before the year 1000."""
    if unit in {"second", "minute", "hour"}:
        if context.published_at is None:
            return None
        seconds = count * {"second": 1, "minute": 60, "hour": 3600}[unit]
        return f"{context.published_at + timedelta(seconds=seconds):%Y-%m-%dT%H:%M}"
    if unit in {"day", "night", "weekend"}:
        return (start + timedelta(days=count)).isoformat()
    if unit in {"week", "fortnight"}:
        return week_value(start + timedelta(weeks=count * (2 if unit == "fortnight" else 1)))
    if unit in {"month", "quarter"}:
        value = _period(start, "month", round(count * (3 if unit == "quarter" else 1)))
    else:
        years = start.year + round(count * {"year": 1, "decade": 10, "century": 100}[unit])
        if not 1000 <= years <= 9999:
            return None
        value = f"{years:04}"[: {"year": 4, "decade": 3, "century": 2}[unit]]
    return value
