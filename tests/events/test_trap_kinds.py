"""The traps of traps.yml, kind by kind: how many of their sentences are coded wrongly stays below a stated bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from pipeline.events.coder import code_text
from pipeline.events.plover import EVENT_TYPES

KINDS: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "traps.yml").read_text(encoding="utf-8"))
MOST_WRONG_IN_ALL = 0.15
PUBLISHED_AT = datetime(2013, 11, 15, 1, 13, tzinfo=UTC)


class Trap(NamedTuple):
    kind: str
    text: str
    event: str | None


def traps() -> Iterator[Trap]:
    for kind, part in KINDS.items():
        for one in part["sentences"]:
            yield Trap(kind, one, None) if isinstance(one, str) else Trap(kind, one["text"], one["event"])


@pytest.fixture(scope="module")
def mistakes() -> dict[str, list[str]]:
    """By kind what was coded wrongly, in words."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for trap in traps():
        told = set(KINDS[trap.kind].get("told_as", ()))
        events = [event for event in code_text(trap.text, published_at=PUBLISHED_AT) if event.modality not in told]
        wanted = [trap.event] if trap.event else []
        if [event.event_type for event in events] != wanted:
            shown = ", ".join(f"{event.event_type} ({event.trigger.text!r})" for event in events) or "nothing"
            found[trap.kind].append(f"{trap.text!r}: {shown} instead of {trap.event or 'nothing'}")
    return dict(found)


@pytest.mark.parametrize("kind", KINDS)
def test_of_each_kind_few_are_coded_wrongly(kind: str, mistakes: dict[str, list[str]]) -> None:
    wrong, most = mistakes.get(kind, []), KINDS[kind]["most_wrong"]
    assert len(wrong) <= most, f"{kind}: {len(wrong)} of {len(KINDS[kind]['sentences'])}\n" + "\n".join(wrong)


def test_of_all_kinds_few_are_coded_wrongly(mistakes: dict[str, list[str]]) -> None:
    wrong = [line for lines in mistakes.values() for line in lines]
    assert len(wrong) <= MOST_WRONG_IN_ALL * len(list(traps())), "\n".join(wrong)


def test_the_bounds_together_hold_what_is_demanded() -> None:
    assert sum(part["most_wrong"] for part in KINDS.values()) <= MOST_WRONG_IN_ALL * len(list(traps()))


def test_the_set_is_large_and_says_what_is_wanted() -> None:
    texts = [trap.text for trap in traps()]
    assert len(texts) == len(set(texts)) >= 200
    assert {trap.event for trap in traps()} - {None} <= set(EVENT_TYPES)
