"""Runs a coder over the shared sets with known events, dates and places, and scores it with the shared script."""

from __future__ import annotations

import functools
import importlib
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared"
EVENT_DATA = SHARED / "data" / "events"
_SCORES = SHARED / "score"
# Task of the scorer: its file, and the verb of `dateline` that answers it.
TASKS = {
    "roots": ("roots.jsonl", "code"),
    "actors": ("actors.jsonl", "code"),
    "relevance": ("relevance.jsonl", "code"),
    "dates": ("dates/aquaint.jsonl", "annotate"),
    "places": ("places.jsonl", "annotate"),
    "fivew": ("fivew.jsonl", "code"),
}


def missing_data() -> list[Path]:
    """What of the evaluation data does not lie beside the project; empty where all of it does."""
    wanted = [_SCORES / "score_events.py", *(EVENT_DATA / file for file, _ in TASKS.values())]
    return [path for path in wanted if not path.is_file()]


@dataclass(frozen=True)
class TaskScore:
    """What one command reaches in one task.

    Args:
        figures: as the shared scorer gives them.
        rows: how many lines were asked.
        cost: `cpu_seconds` and `items_per_cpu_second`, start-up included.
        type_pairs: task roots alone: how often a known type (first) was answered with a type (second, or NONE).
    """

    figures: dict[str, Any]
    rows: int
    cost: dict[str, float]
    type_pairs: Counter[tuple[str, str]]


def score_task(task: str, command: str) -> TaskScore:
    """Ask the command all lines of a task and score its answers.

    Raises:
        RuntimeError: it did not answer every line exactly once.
    """
    rows = _protocol().read(EVENT_DATA / TASKS[task][0])
    answers, protocol, cost = _protocol().ask(command, rows)
    if not protocol["ok"]:
        raise RuntimeError(f"{command} on {task}: {protocol}")
    return TaskScore(
        figures=_scorer().TASKS[task](rows, answers),
        rows=len(rows),
        cost=cost,
        type_pairs=_type_pairs(rows, answers) if task == "roots" else Counter(),
    )


def _type_pairs(rows: list[dict[str, Any]], answers: dict[str, Any]) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows:
        found = _protocol().events(answers.get(row["id"]))
        pairs[row["gold"]["event_type"], found[0]["event_type"] if found else "NONE"] += 1
    return pairs


@functools.cache
def _scorer() -> ModuleType:
    return _shared_module("score_events")


@functools.cache
def _protocol() -> ModuleType:
    return _shared_module("_jsonl")


def _shared_module(name: str) -> ModuleType:
    # The scorer imports its neighbour by name.
    sys.path.insert(0, str(_SCORES))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(_SCORES))
