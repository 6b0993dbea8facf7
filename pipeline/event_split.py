"""Splitting an event: what a person says of some of its mentions, checked against the edition and put into words.

The decision itself is written by `pipeline.event_decisions`; the edition is only read. The next run carries it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.errors import ConfigurationError, PermanentError
from pipeline.event_decisions import EVENT_SPLITS, EventSplit, new_event_split
from pipeline.settings import Settings
from pipeline.warehouse.event_shown import mention_in_line
from pipeline.warehouse.events_found import FoundEvent, find_event, open_events
from pipeline.warehouse.story_found import rows
from pipeline.warehouse.story_shown import WIDTH_CELLS, counted
from pipeline.warehouse.terminal_text import shortened

_MOST_SHOWN = 10
_SHOWN_CELLS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEventSplit:
    """A split that could be decided."""

    decision: EventSplit
    decided_before: EventSplit | None  # a split in force that says as much already
    lines: tuple[str, ...]  # in words: what leaves, what stays


def plan_event_split(
    settings: Settings, event_id: str, named: Sequence[str], *, reason: str | None = None
) -> PlannedEventSplit:
    """What it would mean to part mentions from the rest of an event; nothing is written.

    Args:
        settings: the installation.
        event_id: the event.
        named: ids of mentions in it, or of articles: then all mentions of the event in that article.
        reason: in the person's words.

    Raises:
        NoEditionError: nothing has been published yet.
        ConfigurationError: there is no such event, a name is none of its mentions or articles, or nothing would stay;
            a line of the decisions is none.
    """
    in_force = EVENT_SPLITS.in_force(settings)
    before = next((s for s in in_force if s.event_id == event_id and set(named) <= set(s.moved)), None)
    found = find_event(settings, event_id)
    if found.merged_from:
        raise ConfigurationError(f"event {event_id} is no more: it went into {found.event.event_id}; split that one")
    there = {mention.mention_id for mention in found.mentions}
    if before is not None and not there & set(before.moved):
        done = f"The current edition has carried it out: these mentions left event {event_id}."
        return PlannedEventSplit(decision=before, decided_before=before, lines=(done,))
    moved = {mention_id for name in named for mention_id in _mentions_called(found, name)}
    stays = there - moved
    if not stays:
        raise ConfigurationError(
            f"all {counted(len(moved), 'mention')} of event {event_id} would leave it: name those that tell of another "
            "happening, so that at least one stays"
        )
    decision = new_event_split(
        decided_at=datetime.now(UTC), event_id=event_id, moved=moved, apart_from=stays, reason=reason
    )
    said = next((s for s in in_force if moved <= set(s.moved) and stays <= set(s.apart_from)), None)
    return PlannedEventSplit(decision=decision, decided_before=said, lines=tuple(_in_words(found, decision)))


def event_splits_in_lines(settings: Settings) -> Iterator[str]:
    """Every split that was decided, newest last: its words, and whether it holds and the edition has heard of it."""
    history = EVENT_SPLITS.history(settings)
    if not history:
        yield "Nobody has decided a split."
        return
    honoured = _honoured(settings)
    for split in history:
        decision = split.decision
        yield f"{decision.split_id}  {decision.decided_at:%Y-%m-%d %H:%M}  {split.state(honoured)}"
        leave = "leaves" if len(decision.moved) == 1 else "leave"
        more = f" and {len(decision.moved) - _MOST_SHOWN:,} more" if len(decision.moved) > _MOST_SHOWN else ""
        yield (
            f"    {counted(len(decision.moved), 'mention')} {leave} event {decision.event_id}, apart from "
            f"{len(decision.apart_from):,}: {', '.join(decision.moved[:_MOST_SHOWN])}{more}"
        )
        if decision.reason:
            yield f"    reason: {shortened(decision.reason, WIDTH_CELLS - 12)}"


def _mentions_called(found: FoundEvent, name: str) -> set[str]:
    called = {m.mention_id for m in found.mentions if name in {m.mention_id, m.article_id}}
    if not called:
        raise ConfigurationError(
            f"event {found.event.event_id} has no mention and no article {shortened(name, _SHOWN_CELLS)!r}; "
            "`dateline events show` lists them"
        )
    return called


def _in_words(found: FoundEvent, decision: EventSplit) -> Iterator[str]:
    leaving = [m for m in found.mentions if m.mention_id in decision.moved]
    staying = [m for m in found.mentions if m.mention_id not in decision.moved]
    yield f"Another happening than what stays in event {decision.event_id}:"
    for mention in leaving:
        yield f"  {mention_in_line(mention)}"
    yield "Apart from them:"
    for mention in staying[:_MOST_SHOWN]:
        yield f"  {mention_in_line(mention)}"
    if len(staying) > _MOST_SHOWN:
        yield f"  and {len(staying) - _MOST_SHOWN:,} more"


def _honoured(settings: Settings) -> set[str]:
    try:
        with open_events(settings) as connection:
            return {row["split_id"] for row in rows(connection, "SELECT split_id FROM event_splits", {})}
    except PermanentError:  # there is no edition yet, or one that knows of no splits
        return set()
