"""What people decided about events: that some mentions of one tell of another happening. Every load honours it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.records import stable_id
from pipeline.split_book import SplitBook


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSplit:
    """A person's word that some mentions of an event tell of another happening. It holds until it is taken back."""

    split_id: str  # stable_id(decided_at, "event", moved, kept apart from)
    decided_at: datetime
    event_id: str  # the event they were in
    moved: tuple[str, ...]  # mention_ids that leave it
    apart_from: tuple[str, ...]  # mention_ids that stay
    reason: str | None


def new_event_split(
    *, decided_at: datetime, event_id: str, moved: Iterable[str], apart_from: Iterable[str], reason: str | None
) -> EventSplit:
    """A decision with its id; the mentions are sorted, so that their order does not count."""
    decided_at = decided_at.astimezone(UTC)
    moved, apart_from = sorted(set(moved)), sorted(set(apart_from))
    return EventSplit(
        split_id=stable_id(decided_at.isoformat(), "event", ",".join(moved), ",".join(apart_from)),
        decided_at=decided_at,
        event_id=event_id,
        moved=tuple(moved),
        apart_from=tuple(apart_from),
        reason=reason,
    )


def _proved(said: EventSplit) -> EventSplit:
    return new_event_split(
        decided_at=said.decided_at,
        event_id=said.event_id,
        moved=said.moved,
        apart_from=said.apart_from,
        reason=said.reason,
    )


def _content(decision: EventSplit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return decision.moved, decision.apart_from


EVENT_SPLITS = SplitBook(
    file_name="event_splits.jsonl",
    record_type=EventSplit,
    proved=_proved,
    content=_content,
    listed_by="dateline events splits",
    waiting="is loaded",
)
