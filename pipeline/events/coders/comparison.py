"""Coders side by side on the same texts: what each finds, how far they agree, what is right, what it costs.

A row of the data is a JSON object: `text`; where known `published_at`, `headline`, `language`, `country_hint`; and
where somebody has coded it by hand `gold`, with any of

- `event_type`: the type of the row's main event, null where it has none;
- `quad_class` or `class`: its quad class, 0 where it has none;
- `events`: all its events, each {"event_type", "actor": {"country_code"}, "recipient": {"country_code"}}.

Where `actor_span` and `recipient_span` are given, a coder that answers pairs is asked for that pair alone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import Any

from pipeline.events.coders.proof import proved_events
from pipeline.events.coders.protocol import Coder, PairCoder, Publication
from pipeline.events.spans import Actor, CodedEvent

# Asked first and not counted: what a coder loads once is no part of what a text costs.
_WARM_UP = "The two ministers met on Tuesday."


@dataclass(frozen=True, slots=True)
class Row:
    """One text to be coded, with the answers of hand coders where there are some."""

    text: str
    published_at: datetime | None = None
    headline: str | None = None
    language: str | None = None
    country_hint: str | None = None
    actor_span: tuple[int, int] | None = None
    recipient_span: tuple[int, int] | None = None
    gold: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What one coder did. `tops` has the type of each row's main event, None where it found none."""

    coder: str
    version: str
    rows: int = 0
    other_language: int = 0  # rows in a language that it does not know: not given to it
    failed: int = 0  # rows on which it raised, or whose events break the rules
    first_failure: str | None = None
    events: int = 0
    types: Counter[str] = field(default_factory=Counter)
    tops: list[str | None] = field(default_factory=list)
    cpu_seconds: float = 0.0
    type_asked: int = 0
    type_right: int = 0
    quad_asked: int = 0
    quad_right: int = 0
    gold_events: int = 0
    found_events: int = 0  # in rows whose gold lists all events
    matched_events: int = 0  # the same type, actor's country and recipient's country


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two coders give a row the same main type, none included; kappa takes off what chance would give."""

    first: str
    second: str
    share: float
    kappa: float | None  # None where both always give one and the same answer


def compare_coders(coders: Sequence[Coder], rows: Sequence[Row]) -> tuple[list[Tally], list[Agreement]]:
    """Give every row to every coder."""
    tallies = [_tally(coder, rows) for coder in coders]
    return tallies, [_agreement(first, second) for first, second in combinations(tallies, 2)]


def _tally(coder: Coder, rows: Iterable[Row]) -> Tally:
    tally = Tally(coder.name, coder.version)
    coder.code(_WARM_UP, Publication(language=min(coder.languages, default=None)))
    for row in rows:
        tally.rows += 1
        events: list[CodedEvent] = []
        if row.language is not None and row.language not in coder.languages:
            tally.other_language += 1
        else:
            started = time.process_time()
            try:
                events = proved_events(_coded(coder, row), row.text)
            except Exception as error:  # noqa: BLE001  a coder's failure is a result of the comparison
                tally.failed += 1
                tally.first_failure = tally.first_failure or f"{type(error).__name__}: {error}"
            tally.cpu_seconds += time.process_time() - started
        _count(tally, row, events)
    return tally


def _coded(coder: Coder, row: Row) -> list[CodedEvent]:
    publication = Publication(
        published_at=row.published_at,
        headline=row.headline,
        country_hint=row.country_hint,
        language=row.language,
    )
    if (row.actor_span or row.recipient_span) and isinstance(coder, PairCoder):
        return [coder.code_pair(row.text, publication, actor_span=row.actor_span, recipient_span=row.recipient_span)]
    return coder.code(row.text, publication)


def _count(tally: Tally, row: Row, events: Sequence[CodedEvent]) -> None:
    top = max(events, key=lambda event: event.confidence, default=None)  # of equals the first in the text
    tally.events += len(events)
    tally.types.update(event.event_type for event in events)
    tally.tops.append(top.event_type if top else None)
    gold = row.gold
    if "event_type" in gold:
        tally.type_asked += 1
        tally.type_right += gold["event_type"] == (top.event_type if top else None)
    quad = gold.get("quad_class", gold.get("class"))
    if quad is not None:
        tally.quad_asked += 1
        tally.quad_right += quad == (top.quad_class if top else 0)
    if "events" in gold:
        wanted = Counter(_gold_key(event) for event in gold["events"])
        found = Counter((e.event_type, _country(e.actor), _country(e.recipient)) for e in events)
        tally.gold_events += wanted.total()
        tally.found_events += found.total()
        tally.matched_events += (wanted & found).total()


def _gold_key(event: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    countries = [(event.get(role) or {}).get("country_code") for role in ("actor", "recipient")]
    return event["event_type"], countries[0], countries[1]


def _country(actor: Actor | None) -> str | None:
    return actor.country_code if actor is not None else None


def _agreement(first: Tally, second: Tally) -> Agreement:
    """Share and Cohen's kappa (Cohen 1960) over the rows' main types."""
    pairs = list(zip(first.tops, second.tops, strict=True))
    if not pairs:
        return Agreement(first.coder, second.coder, 1.0, None)
    share = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = Counter(first.tops), Counter(second.tops)
    by_chance = sum(ones[answer] * others[answer] for answer in ones) / len(pairs) ** 2
    kappa = (share - by_chance) / (1 - by_chance) if by_chance < 1 else None
    return Agreement(first.coder, second.coder, share, kappa)
