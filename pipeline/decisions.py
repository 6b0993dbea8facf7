"""What people decided about stories and duplicates: one file beside the warehouse, which every night honours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pipeline.records import DUPLICATE_SCOPE, STORY_SCOPE, SplitDecision, stable_id
from pipeline.split_book import SplitBook


def new_split(
    *,
    decided_at: datetime,
    scope: str,
    story_id: str,
    moved: Iterable[str],
    apart_from: Iterable[str],
    reason: str | None,
) -> SplitDecision:
    """A decision with its id; the articles are sorted, so that their order does not count."""
    decided_at = decided_at.astimezone(UTC)
    moved, apart_from = sorted(set(moved)), sorted(set(apart_from))
    return SplitDecision(
        split_id=stable_id(decided_at.isoformat(), scope, ",".join(moved), ",".join(apart_from)),
        decided_at=decided_at,
        scope=scope,
        story_id=story_id,
        moved=tuple(moved),
        apart_from=tuple(apart_from),
        reason=reason,
    )


def _content(decision: SplitDecision) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return decision.scope, decision.moved, decision.apart_from


def _proved(said: SplitDecision) -> SplitDecision:
    if said.scope not in {STORY_SCOPE, DUPLICATE_SCOPE}:
        raise ValueError(f"its scope is not {STORY_SCOPE} or {DUPLICATE_SCOPE}")
    return new_split(
        decided_at=said.decided_at,
        scope=said.scope,
        story_id=said.story_id,
        moved=said.moved,
        apart_from=said.apart_from,
        reason=said.reason,
    )


STORY_SPLITS = SplitBook(
    file_name="splits.jsonl",
    record_type=SplitDecision,
    proved=_proved,
    content=_content,
    listed_by="dateline stories splits",
    waiting="builds stories",
)
