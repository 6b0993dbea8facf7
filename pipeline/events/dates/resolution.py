"""Find the date expressions of a text and resolve each against the publication and the dates before it."""

from __future__ import annotations

import re
from datetime import datetime

from spacy.tokens import Doc

# Each module registers its forms when it is imported.
from pipeline.events.dates import (  # noqa: F401  they register themselves
    clock_forms,
    day_forms,
    duration_forms,
    period_forms,
    ranked_forms,
    relative_forms,
)
from pipeline.events.dates.forms import FORMS, Context, Form, Meaning
from pipeline.events.dates.landmarks import Stretches
from pipeline.events.dates.values import days_of_value, precision_of_value
from pipeline.events.document import text_of
from pipeline.events.spans import DateExpression

Candidate = tuple[re.Match[str], Form]


def resolve_dates(doc: Doc, published_at: datetime | None) -> list[DateExpression]:
    """The date expressions of `doc`, by their place in the text, none overlapping another.

    `published_at` is the publication instant; its own offset decides what "today" is. Without it every relative
    expression has the value None. "That day" and "a week later" count from the date mentioned before them.
    """
    text = text_of(doc)
    context = Context(doc=doc, published_at=published_at, tokens_by_start={token.idx: token for token in doc})
    found: list[DateExpression] = []
    taken = bytearray(len(text))
    accepted: list[Candidate] = []
    # The longest expression wins: "Tuesday, Nov. 12, 2013" over "Nov. 12" and "2013".
    for match, form in sorted(_candidates(text), key=lambda pair: pair[0].start() - pair[0].end()):
        if not any(taken[match.start() : match.end()]) and _accepts(form, match, context):
            accepted.append((match, form))
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    for match, form in sorted(accepted, key=lambda pair: pair[0].start()):
        meaning = _meaning(form, match, context)
        if meaning is None:
            continue
        expression = _expression(match, meaning)
        found.append(expression)
        if expression.first_day is not None and expression.precision in {"day", "time", "week", "month", "year"}:
            context.anchor = expression.value
    return found


def _candidates(text: str) -> list[Candidate]:
    stretches = Stretches(text)
    return [
        (match, form)
        for form in FORMS
        for start, end in stretches.around(form.near)
        for match in form.pattern.finditer(text, start, end)
    ]


def _accepts(form: Form, match: re.Match[str], context: Context) -> bool:
    return _meaning(form, match, context) is not None


def _meaning(form: Form, match: re.Match[str], context: Context) -> Meaning | None:
    context.start, context.end = match.span()
    try:
        return form.resolve(match, context)
    except (OverflowError, ValueError):
        return Meaning(None)  # an expression outside the years 1 to 9999 has no value


def _expression(match: re.Match[str], meaning: Meaning) -> DateExpression:
    days = days_of_value(meaning.value)
    precision = "set" if meaning.is_set else precision_of_value(meaning.value)
    if precision in {"set", "duration"}:
        days = None
    first_day, last_day = days or (None, None)
    return DateExpression(match.start(), match.end(), match[0], meaning.value, precision, first_day, last_day)
