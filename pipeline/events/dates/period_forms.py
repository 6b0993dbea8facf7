"""Forms that name a longer period of the calendar: years, fiscal years, decades, centuries, quarters, seasons."""

from __future__ import annotations

import re

from pipeline.events.dates.forms import MONTHS, YEAR, YEAR_FIGURES, Context, Meaning, form
from pipeline.events.dates.numbers import ORDINAL, ordinal_of
from pipeline.events.dates.tense import Direction
from pipeline.events.dates.values import quarter_value

_DECADES = re.findall(r"\w+", "twenties thirties forties fifties sixties seventies eighties nineties")


@form(
    rf"(?:(?:the[ ])?(early|mid|late|post|pre)[ -]|(?:the[ ])?(?:beginning|start|middle|end|close)[ ]of[ ])?({YEAR})",
    near="figure",
)
def year(match: re.Match[str], context: Context) -> Meaning | None:
    """1998, unless it counts things."""
    token = context.tokens_by_start.get(match.start(2))
    if token is not None and token.dep_ == "nummod" and token.head.tag_ in {"NNS", "NNPS"} and token.head.i > token.i:
        return None
    following = match.string[match.end() : match.end() + 2]
    if token is None and not match[1]:
        return None
    if following[:1] in {"%", "°"} or (int(match[2]) < 1500 and context.word_before() not in {"in", "since", "of"}):
        return None
    return Meaning(match[2])


@form(rf"({YEAR_FIGURES})(?:-|–|/)(\d{{4}}|\d\d)(?![\d-])", near="figure")
def years(match: re.Match[str], context: Context) -> Meaning | None:
    """2010-2013; 1998-99."""
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
    return Meaning(f"{first:04}/{last:04}") if first < last < first + 300 else None


@form(r"(?:the[ ])?(?:(?:early|mid|late)[ -])?(?:(1\d|20)?'?’?‘?([1-9]0|00(?<=[12]\d00))['’]?s)", near="figure")
def decade(match: re.Match[str], context: Context) -> Meaning | None:
    """The 1990s; the early '80s; the 2000s."""
    if match[1] is None and not re.search(r"['’‘]\d0s", match[0]):
        return None
    century_years = match[1] or (19 if match[2] >= "30" else 20)
    return Meaning(f"{century_years}{match[2][0]}")


@form(rf"the[ ](?:(?:early|mid|late)[ -])?({'|'.join(_DECADES)})", near="decade")
def decade_in_words(match: re.Match[str], context: Context) -> Meaning | None:
    """The nineties, the late sixties: of the 20th century."""
    return Meaning(f"19{_DECADES.index(match[1].lower()) + 2}")


@form(r"['’‘](\d\d)(?=[.,;:)]|[ ]|$)", near="figure")
def short_year(match: re.Match[str], context: Context) -> Meaning | None:
    """The summer of '69: the nearest year past."""
    if context.word_before() not in {"in", "of", "since", "early", "late", "until", *MONTHS}:
        return None
    today = context.today
    if today is None:
        return Meaning(None)
    year = today.year - today.year % 100 + int(match[1])
    return Meaning(f"{year - 100 * (year > today.year):04}")


@form(rf"(?:the[ ])?(?:(?:early|mid|late)[ -])?({ORDINAL})[ -]century", near="unit")
def century(match: re.Match[str], context: Context) -> Meaning | None:
    """The 19th century: 18."""
    number = ordinal_of(match[1])
    return Meaning(f"{number - 1:02}") if number and number > 1 else None


@form(
    rf"(?:(?:(?:fiscal|financial)(?:[ ]year)?[ ])?({YEAR_FIGURES})['’]s[ ])?"
    r"(?:the[ ])?(?:(first|second|third|fourth|last)[ -](?:fiscal[ -])?(quarter|half)|Q([1-4])|H([12]))"
    rf"(?:(?:,)?(?:[ ]of)?[ ](?:(?:fiscal|financial)(?:[ ]year)?[ ])?({YEAR})|[ ]of[ ](this|last|next|the)[ ]year)?",
    near="unit half figure",
)
def quarter(match: re.Match[str], context: Context) -> Meaning | None:
    """The third quarter (of 2013); third-quarter; 2013's first quarter; Q3 2013; the first half of this year."""
    if match[2] and match[2].lower() == "last":
        return None
    is_half = bool(match[5]) or (match[3] or "").lower() == "half"
    today = context.today
    year_words = match[1] or match[6]
    year = int(year_words) if year_words else None
    if year is None and match[7]:
        if today is None:
            return Meaning(None)
        year = today.year + {"last": -1, "next": 1}.get(match[7].lower(), 0)
    if is_half and year is None:
        return None  # "in the second half" is football as often as not
    number = ordinal_of(match[2]) if match[2] else int(match[4] or match[5])
    if number is None:
        return None
    if is_half:
        return Meaning(f"{year}-H{number}") if number <= 2 else None
    if year is not None:
        return Meaning(quarter_value(year, number))
    if today is None:
        return Meaning(None)
    now = (today.month - 1) // 3 + 1
    if context.direction is Direction.AHEAD:
        return Meaning(quarter_value(today.year + (number < now), number))
    return Meaning(quarter_value(today.year - (number > now), number))


@form(
    rf"(?:(?:fiscal|financial)(?:[ ]year)?[ ]({YEAR})(?:[/-]\d\d)?|FY[ ]?({YEAR})"
    rf"|({YEAR})[ ](?:fiscal|financial)[ ]year)",
    near="figure",
)
def fiscal_year(match: re.Match[str], context: Context) -> Meaning | None:
    """Fiscal 2013: FY2013. It has no first day: fiscal years begin where a country or company lets them."""
    return Meaning(f"FY{match[1] or match[2] or match[3]}")


@form(
    r"(?:(last|this|next|past|coming)[ ]|(?:the[ ])?(?:(?:early|mid|late)[ -])?)(spring|summer|fall|autumn|winter)"
    rf"(?:(?:[ ]of)?[ ]({YEAR}))?",
    near="season",
)
def season(match: re.Match[str], context: Context) -> Meaning | None:
    """Last fall; the summer of 2012. A bare "spring" or "fall" is a verb as often as not."""
    code = {"spring": "SP", "summer": "SU", "winter": "WI"}.get(match[2].lower(), "FA")
    if match[3]:
        return Meaning(f"{match[3]}-{code}")
    if not match[1]:
        return None
    today = context.today
    if today is None:
        return Meaning(None)
    started = today.month >= {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    over = today.month > {"SP": 5, "SU": 8, "FA": 11, "WI": 14}[code]
    shift = {"last": 0 if over else -1, "past": 0 if over else -1, "this": 0}.get(match[1].lower(), int(started))
    return Meaning(f"{today.year + shift:04}-{code}")
