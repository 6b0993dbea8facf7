"""Forms that say how long or how often: durations and sets."""

from __future__ import annotations

import re

from pipeline.events.dates.forms import PART_OF_DAY, UNIT, UNITS, WEEKDAY, Context, Meaning, form, weekday_number
from pipeline.events.dates.numbers import NUMBER, VAGUE_NUMBER, number_of
from pipeline.events.dates.relative_forms import singular
from pipeline.events.dates.values import duration_value

_ABOUT = (
    r"(?:(?:about|around|almost|nearly|more[ ]than|less[ ]than|at[ ]least|at[ ]most|up[ ]to|over|roughly|another"
    r"|just|only)[ ])?"
)
_OFTEN = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W", "monthly": "P1M",
    "quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y", "hourly": "PT1H",
}  # fmt: skip


@form(
    rf"{_ABOUT}({NUMBER}|{VAGUE_NUMBER})[ ](?:(?:more|full|straight|consecutive|long)[ ])?({UNITS}|{UNIT})", near="unit"
)
def length(match: re.Match[str], context: Context) -> Meaning | None:
    """Two weeks, several days, a month."""
    unit = singular(match[2])
    if match[2].istitle() and not match[0].islower():
        return None  # a title: "60 Minutes"
    if unit in {"second", "quarter", "night", "weekend"} and match[1].lower() in {"a", "an"}:
        return None  # "a second man", "a quarter of them"
    if match[1].lower() in {"a", "an"} and _is_rate(match, context):
        return Meaning(duration_value(1, unit), is_set=True)
    return Meaning(duration_value(number_of(match[1]), unit))


@form(rf"({NUMBER}|several|multi|half|decade|day|week|month|year)[- ]?-({UNIT})(?:s)?(?:-long)?", near="unit")
def hyphenated_length(match: re.Match[str], context: Context) -> Meaning | None:
    """Four-day, three-year-long; the age of a "62-year-old" is no date."""
    if re.match(r"s?-olds?\b", match.string[match.end() : match.end() + 6]):
        return None
    if match[1].lower() in {"decade", "day", "week", "month", "year"}:
        return None
    count = 0.5 if match[1].lower() == "half" else number_of(match[1])
    return Meaning(duration_value(count, match[2].lower()))


@form(rf"({UNITS}|{UNIT})-long", near="unit")
def unit_long(match: re.Match[str], context: Context) -> Meaning | None:
    """Day-long: P1D; decades-long: PXY."""
    unit = match[1].lower()
    return Meaning(
        duration_value(1 if re.fullmatch(UNIT, unit) else None, "year" if unit == "decades" else singular(unit))
    )


@form(
    r"(?:the[ ]|these[ ]|those[ ])?(?:last|past|next|coming|previous|following|first|final|recent)[ ]"
    rf"(?:({NUMBER}|{VAGUE_NUMBER})[ ])?({UNITS})",
    near="unit",
)
def bounded_length(match: re.Match[str], context: Context) -> Meaning | None:
    """The past three years, coming months, recent days."""
    unit = singular(match[2])
    if unit in {"second", "minute"}:
        return None
    return Meaning(duration_value(number_of(match[1]) if match[1] else None, unit))


@form(rf"half[ ](?:a|an)[ ]({UNIT})|(?:a[ ])?half[ -](hour|century|decade)", near="half")
def half(match: re.Match[str], context: Context) -> Meaning | None:
    """Half a century: P50Y; half an hour: PT30M."""
    unit = (match[1] or match[2]).lower()
    smaller = {"hour": (30.0, "minute"), "year": (6.0, "month"), "day": (12.0, "hour"), "decade": (5.0, "year")}
    return Meaning(duration_value(*smaller.get(unit, (0.5, unit))))


@form(r"(weeks|months|years|days|decades|centuries|hours)", near="unit")
def vague_length(match: re.Match[str], context: Context) -> Meaning | None:
    """For years, within days."""
    if context.word_before() not in {"for", "within", "after", "over", "in", "of", "took", "take", "lasted"}:
        return None
    unit = match[1].lower()
    return Meaning(duration_value(None, {"decades": "year", "centuries": "year"}.get(unit, singular(unit))))


@form(
    r"(?:the[ ])?(hours|days|weeks|months|years|decades)"
    r"(?=[ ](?:before|after|since|following|preceding|leading[ ]up[ ]to|ahead[ ]of|prior[ ]to)[ ])",
    near="unit",
)
def length_beside_event(match: re.Match[str], context: Context) -> Meaning | None:
    """ "In the weeks before the vote": how long is not said, and when only by the event."""
    if context.word_before() in {"in", "within", "over", "during", "for", "throughout", "the"}:
        unit = match[1].lower()
        return Meaning(duration_value(None, "year" if unit == "decades" else singular(unit)))
    return None


@form(rf"(?:every|each)[ ](?:(other|{NUMBER})[ ])?({UNITS}|{UNIT}|{PART_OF_DAY})", near="unit part")
def every(match: re.Match[str], context: Context) -> Meaning | None:
    """Every day, each year, every two weeks."""
    count = 1.0 if match[1] is None else 2.0 if match[1].lower() == "other" else number_of(match[1])
    unit = match[2].lower()
    unit = "day" if unit in {"morning", "afternoon", "evening"} else singular(unit)
    return Meaning(duration_value(count, unit), is_set=True)


@form(rf"(?:(?:every|each)[ ]({WEEKDAY})|({WEEKDAY[:-9]})s(?:[ ]{PART_OF_DAY}s)?)", near="weekday")
def every_weekday(match: re.Match[str], context: Context) -> Meaning | None:
    """Every Tuesday, Sundays: XXXX-WXX-2."""
    if match[2] and not match[2][0].isupper():
        return None
    return Meaning(f"XXXX-WXX-{weekday_number(match[1] or match[2]) + 1}", is_set=True)


@form(rf"({'|'.join(_OFTEN)})", near="often")
def often(match: re.Match[str], context: Context) -> Meaning | None:
    """Daily, annually; a newspaper (a daily, the Daily News) is none."""
    token = context.token
    if token is not None and (token.pos_ == "NOUN" or (match[1][0].isupper() and token.pos_ == "PROPN")):
        return None
    return Meaning(_OFTEN[match[1].lower()], is_set=True)


def _is_rate(match: re.Match[str], context: Context) -> bool:
    """ "$5 million a year", "twice a week": a unit that follows a number or a noun without a preposition."""
    token = context.tokens_by_start.get(match.start(1))
    return token is not None and token.head.dep_ == "npadvmod" and context.word_before() not in {"for", "in", "after"}
