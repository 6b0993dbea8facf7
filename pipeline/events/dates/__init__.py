"""Dates in words become ISO 8601 / TIMEX3 values.

In: a parsed text and the instant of publication. Out: `DateExpression`s. Each form of expression is one regular
expression with one function that says what it means; the verb around it tells past from future. What may not
enter: anything about places, actors or events, and the clock of the machine.
"""

from __future__ import annotations

from pipeline.events.dates.resolution import resolve_dates
from pipeline.events.dates.values import days_of_value

__all__ = ["days_of_value", "resolve_dates"]
