"""The seed article: one article whose every event is known, each with actor, recipient, type, date and place.

    python seed_events.py        says for each known event which of its parts are right, and what was coded besides

A known event and a coded one belong together where their sentences overlap and most parts agree; each is used once.
A party is right where the country is, and where the sector, if both give one, is the same; parties that act together
may be told in either order. `accept_types`, `accept_dates` and `accept_places` of the known answer count as right. An
event of `optional_events` is neither asked for nor too many.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from read_scores import SEED

PARTS = ("actor", "recipient", "type", "date", "place")
DATELINE_CODE = (str(Path(sys.executable).parent / "dateline"), "code")
# Fewer parts than this agree by chance: the coded event is then another one.
LEAST_PARTS_OF_A_PAIR = 3

Event = Mapping[str, Any]


@dataclass(frozen=True)
class SeedResult:
    """What came of the seed article.

    Args:
        wrong: by known event the parts that are wrong; () where all are right, None where it was not coded at all.
        extra: coded events that are none, each in words.
    """

    wrong: dict[str, tuple[str, ...] | None]
    extra: list[str] = field(default_factory=list)

    @property
    def right(self) -> int:
        """Known events with all their parts right."""
        return sum(parts == () for parts in self.wrong.values())

    def in_words(self) -> list[str]:
        """A line for each known event that is missing or wrong, and for each that is none."""
        lines = []
        for name, parts in self.wrong.items():
            if parts is None:
                lines.append(f"not coded: {name}")
            elif parts:
                lines.append(f"coded with another {', '.join(parts)}: {name}")
        return [*lines, *(f"coded and none: {words}" for words in self.extra)]


def seed_result() -> SeedResult:
    """Code the seed article and compare.

    Raises:
        FileNotFoundError: the evaluation data is not beside the project.
    """
    truth = json.loads((SEED / "truth.json").read_text(encoding="utf-8"))
    article = truth["article"]
    question = json.dumps({"id": "seed", "text": article["body"], "published_at": article["published_at"]})
    command = subprocess.run(DATELINE_CODE, input=question, capture_output=True, text=True, check=True)
    coded: list[Event] = json.loads(command.stdout)["events"]
    return compared(article["body"], truth["events"], truth["optional_events"], coded)


def compared(text: str, known: Sequence[Event], optional: Sequence[Event], coded: Sequence[Event]) -> SeedResult:
    """Known events against coded ones, see the module's docstring."""
    asked = [*known, *optional]
    possible = []
    for i, event in enumerate(asked):
        start = text.index(event["evidence"])
        for j, found in enumerate(coded):
            if _overlap(found["evidence"], start, start + len(event["evidence"])):
                wrong = wrong_parts(event, found)
                if len(PARTS) - len(wrong) >= LEAST_PARTS_OF_A_PAIR:
                    possible.append((len(wrong), i, j, wrong))
    verdicts: dict[int, tuple[str, ...]] = {}
    used: set[int] = set()
    for _, i, j, wrong in sorted(possible):
        if i not in verdicts and j not in used:
            verdicts[i] = wrong
            used.add(j)
    return SeedResult(
        wrong={event["id"]: verdicts.get(i) for i, event in enumerate(known)},
        extra=[_in_words(text, found) for j, found in enumerate(coded) if j not in used],
    )


def wrong_parts(known: Event, found: Event) -> tuple[str, ...]:
    """Which of PARTS differ."""
    one, other = found["actor"], found["recipient"]
    if known.get("mutual") and not _same_party(known["actor"], one):
        one, other = other, one
    place, accepted = found["place"], set(known.get("accept_places", ()))
    if known["place"]:
        accepted |= {known["place"]["text"], known["place"]["name"]}
    right = {
        "actor": _same_party(known["actor"], one),
        "recipient": _same_party(known["recipient"], other),
        "type": found["event_type"] in {known["event_type"], *known.get("accept_types", ())},
        "date": found["event_date"] in {known["event_date"], *known.get("accept_dates", ())},
        "place": known["place"] is None if place is None else bool({place["text"], place["name"]} & accepted),
    }
    return tuple(part for part in PARTS if not right[part])


def _same_party(known: Event | None, found: Event | None) -> bool:
    if known is None or found is None:
        return known is found
    sectors = {party["sector"] for party in (known, found)} - {None}
    return bool(known["country_code"] == found["country_code"] and len(sectors) <= 1)


def _overlap(span: Event, start: int, end: int) -> bool:
    return bool(span["start"] < end and start < span["end"])


def _in_words(text: str, found: Event) -> str:
    parties = [(found[role] or {}).get("text", "nobody") for role in ("actor", "recipient")]
    trigger = text[found["trigger"]["start"] : found["trigger"]["end"]]
    return f"{parties[0]} {found['event_type']} {parties[1]} ({trigger!r})"


def main() -> int:
    """Say what came of it; 1 where an event is missing or wrong, 2 where the data is absent."""
    if not SEED.is_dir():
        print(f"the evaluation data is not beside the project: no {SEED}", file=sys.stderr)
        return 2
    result = seed_result()
    print(
        f"{result.right} of {len(result.wrong)} known events with every part right, {len(result.extra)} that are none"
    )
    print("\n".join(result.in_words()))
    return 0 if result.right == len(result.wrong) else 1


if __name__ == "__main__":
    sys.exit(main())
