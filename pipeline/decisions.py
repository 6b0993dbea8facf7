"""What people decided about stories and duplicates: one file beside the warehouse, which every night honours.

`splits.jsonl` in the decisions folder has one JSON object a line and only grows: a split, or a line that takes one
back. A decision is there as soon as `record_split` returns (`pipeline.growing_file`). A whole line that is no decision
stops whoever reads the file: a night that passed over it would undo what people decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from pipeline.errors import ConfigurationError
from pipeline.growing_file import open_growing, read_lines
from pipeline.records import DUPLICATE_SCOPE, STORY_SCOPE, SplitDecision, stable_id
from pipeline.row_json import row_fields
from pipeline.settings import Settings

_SPLIT, _TAKE_BACK = "split", "take_back"
_FIELDS = {
    _SPLIT: {field.name for field in fields(SplitDecision)},
    _TAKE_BACK: {"split_id", "decided_at"},
}


@dataclass(frozen=True, slots=True)
class RecordedSplit:
    """A split, and whether it still holds."""

    decision: SplitDecision
    taken_back_at: datetime | None  # None: it is in force


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


def splits_file(settings: Settings) -> Path:
    """Where the decisions of an installation lie."""
    return settings.decisions_folder / "splits.jsonl"


def read_splits(settings: Settings) -> list[SplitDecision]:
    """The splits in force, in the order in which they were decided.

    Raises:
        ConfigurationError: a line of the file is no decision, or the file cannot be read.
    """
    return [split.decision for split in read_history(settings) if split.taken_back_at is None]


def read_history(settings: Settings) -> list[RecordedSplit]:
    """Every split that was ever decided, also those that were taken back; raises as `read_splits`."""
    path = splits_file(settings)
    return list(_history(path, read_lines(path)).values())


def record_split(settings: Settings, decision: SplitDecision) -> SplitDecision:
    """Write a decision down and return it; where the same articles are kept apart already, that earlier decision.

    Raises:
        ConfigurationError: a line of the file is no decision; nothing was written.
        TransientError: the decision could not be written (disk full, no permission); it is not in force.
    """
    path = splits_file(settings)
    with open_growing(path) as file:
        for split in _history(path, file.lines).values():
            if split.taken_back_at is None and _content(split.decision) == _content(decision):
                return split.decision
        file.append({"decision": _SPLIT, **row_fields(decision)})
    return decision


def take_back(settings: Settings, split_id: str) -> RecordedSplit:
    """Take a split back, and return it as it was before: one that had been taken back already stays so.

    Raises:
        ConfigurationError: nobody decided a split of that id, or a line of the file is no decision.
        TransientError: it could not be written; the split is still in force.
    """
    path = splits_file(settings)
    with open_growing(path) as file:
        split = _one(_history(path, file.lines), split_id)
        if split.taken_back_at is None:
            now = datetime.now(UTC).isoformat()
            file.append({"decision": _TAKE_BACK, "split_id": split_id, "decided_at": now})
    return split


def find_split(settings: Settings, split_id: str) -> RecordedSplit:
    """The split of that id; raises ConfigurationError where nobody decided one, or a line is no decision."""
    path = splits_file(settings)
    return _one(_history(path, read_lines(path)), split_id)


def _one(history: dict[str, RecordedSplit], split_id: str) -> RecordedSplit:
    if split_id not in history:
        raise ConfigurationError(f"there is no split {split_id!r}; `dateline stories splits` lists them")
    return history[split_id]


def _content(decision: SplitDecision) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return decision.scope, decision.moved, decision.apart_from


def _history(path: Path, lines: Sequence[bytes]) -> dict[str, RecordedSplit]:
    """Every split by its id, in the order of the file."""
    splits: dict[str, RecordedSplit] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _apply(line, splits)
        except (ValueError, TypeError, RecursionError) as error:
            raise ConfigurationError(
                f"{path}, line {number} is no decision ({_in_short(error)}): mend that line, or remove it to let go of "
                "the decision; no run builds stories until then"
            ) from error
    return splits


def _apply(line: bytes, splits: dict[str, RecordedSplit]) -> None:
    """One line's word on the splits before it; raises ValueError, TypeError or RecursionError where it has none."""
    given = json.loads(line.decode("utf-8"))
    if not isinstance(given, dict):
        raise TypeError("it is no JSON object")
    kind = str(given.pop("decision", None))
    if kind not in _FIELDS:
        raise ValueError(f"its 'decision' is not {_SPLIT} or {_TAKE_BACK}")
    if given.keys() != _FIELDS[kind]:
        raise ValueError(f"its fields are not {', '.join(sorted(_FIELDS[kind]))}")
    decided_at = _instant().validate_python(given["decided_at"]).astimezone(UTC)
    split_id = given["split_id"]
    if kind == _SPLIT:
        splits[split_id] = RecordedSplit(_split_of(given, decided_at), None)
    elif split_id in splits:
        splits[split_id] = RecordedSplit(splits[split_id].decision, decided_at)
    else:
        raise ValueError(f"it takes back {split_id!r}, which no line before it decided")


def _split_of(given: dict[str, Any], decided_at: datetime) -> SplitDecision:
    said = _decision().validate_python(given)
    if said.scope not in {STORY_SCOPE, DUPLICATE_SCOPE}:
        raise ValueError(f"its scope is not {STORY_SCOPE} or {DUPLICATE_SCOPE}")
    if not said.moved or not said.apart_from or set(said.moved) & set(said.apart_from):
        raise ValueError("it keeps nothing apart")
    decision = new_split(
        decided_at=decided_at,
        scope=said.scope,
        story_id=said.story_id,
        moved=said.moved,
        apart_from=said.apart_from,
        reason=said.reason,
    )
    if decision.split_id != said.split_id:
        raise ValueError("its split_id is not that of its scope, articles and time")
    return decision


def _in_short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return ": ".join((*(str(part) for part in first["loc"]), first["msg"]))
    return str(error).splitlines()[0] if str(error) else type(error).__name__


@cache
def _decision() -> TypeAdapter[SplitDecision]:
    return TypeAdapter(SplitDecision)


@cache
def _instant() -> TypeAdapter[datetime]:
    return TypeAdapter(AwareDatetime)
