"""The figures of the benchmark of events: what was found beside what is demanded, and how it is told."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from dedupe_figures import Measure, Spread, spread
from event_demands import (
    AIMED_SPEED_RATIO,
    DEMANDS,
    KNOWN_SPEED,
    LEAST_SPEED,
    LEAST_SPEED_RATIO,
    MOST_EXTRA_OF_SEED,
    MOST_MEMORY_BYTES,
    Demand,
)
from event_scores import TaskScore
from seed_events import SeedResult

from pipeline.events.plover import EVENT_TYPES

OURS, PEER, PEER_NORP = "dateline", "spaCy alone", "spaCy alone, with NORP"
_HEADING = f"  {'':32}{'found':>9}{'must':>8}{'aim':>8}{'peer':>9}   best known"


@dataclass
class EventReport:
    """What the benchmark found; parts that were not asked for are empty or None.

    Args:
        scores: by task and coder.
        speed: by coder a list of rounds, each as `event_speed.py` prints it.
        seed: the seed article's events.
    """

    scores: dict[str, dict[str, TaskScore]] = field(default_factory=dict)
    speed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    seed: SeedResult | None = None
    took_seconds: dict[str, float] = field(default_factory=dict)

    @cached_property
    def measures(self) -> list[Measure]:
        """Everything that is demanded of the parts that were asked for."""
        return [*self._of_scores(), *self._of_seed(), *self._of_speed()]

    @property
    def missed(self) -> list[str]:
        """The measures that were not met."""
        return [measure.what for measure in self.measures if not measure.met]

    def of_speed(self, name: str, coder: str) -> Spread:
        """Articles per CPU second of a set over the rounds."""
        return spread([one["sets"][name]["articles"] / one["sets"][name]["cpu_seconds"] for one in self.speed[coder]])

    def ratio_of_speed(self, name: str) -> Spread:
        """Our speed on a set over the peer's, round by round."""
        rounds = zip(self.speed[OURS], self.speed[PEER], strict=True)
        return spread([p["sets"][name]["cpu_seconds"] / o["sets"][name]["cpu_seconds"] for o, p in rounds])

    @property
    def peak_bytes(self) -> int:
        """The most memory that a process of ours held in a round of speed."""
        return max(one["peak_bytes"] for one in self.speed[OURS])

    def _of_scores(self) -> list[Measure]:
        found = []
        for demand in DEMANDS:
            if demand.task in self.scores and demand.floor is not None:
                value = demand.value(self.scores[demand.task][OURS].figures)
                wanted = f"at {'most' if demand.most else 'least'} {demand.floor}, aim {demand.aim}"
                met = demand.meets(value, demand.floor)
                found.append(Measure(f"{demand.task}: {demand.what}", _shown(value), wanted, met))
        return found

    def _of_seed(self) -> list[Measure]:
        if self.seed is None:
            return []
        right, known, extra = self.seed.right, len(self.seed.wrong), len(self.seed.extra)
        return [
            Measure("seed article: events with every part right", f"{right} of {known}", "all", right == known),
            Measure(
                "seed article: events that are none",
                str(extra),
                f"at most {MOST_EXTRA_OF_SEED}",
                extra <= MOST_EXTRA_OF_SEED,
            ),
        ]

    def _of_speed(self) -> list[Measure]:
        if not self.speed:
            return []
        found = []
        for name in self.speed[OURS][0]["sets"]:
            speed, ratio = self.of_speed(name, OURS), self.ratio_of_speed(name)
            what = f"articles per CPU second, {name}"
            found.append(Measure(what, str(speed), f"at least {LEAST_SPEED:g}", speed.median >= LEAST_SPEED))
            wanted = f"at least {LEAST_SPEED_RATIO}, aim {AIMED_SPEED_RATIO:g}"
            what = f"speed over that of {PEER}, {name}"
            found.append(Measure(what, str(ratio), wanted, ratio.median >= LEAST_SPEED_RATIO))
        peak, most = self.peak_bytes / 1e6, MOST_MEMORY_BYTES / 1e6
        found.append(Measure("peak memory, MB", f"{peak:.0f}", f"under {most:.0f}", peak < most))
        return found

    def in_words(self) -> str:
        """Tables of what was found, then what is demanded, one line each."""
        lines: list[str] = []
        for task in self.scores:
            lines += self._task_table(task)
        lines += [*self._seed_lines(), *self._speed_lines()]
        if self.took_seconds:
            took = ", ".join(f"{part} {seconds:.0f} s" for part, seconds in self.took_seconds.items())
            lines += [f"took {took} on {os.cpu_count()} processors", ""]
        for measure in self.measures:
            word = "met    " if measure.met else "NOT MET"
            lines.append(f"{word}  {measure.what}: {measure.found}; {measure.wanted}")
        return "\n".join(lines)

    def _task_table(self, task: str) -> list[str]:
        coders = self.scores[task]
        ours = coders[OURS]
        speed = ours.cost["items_per_cpu_second"]
        lines = [f"{task}: {ours.rows:,} lines, {speed:.1f} a CPU second, start-up included", _HEADING]
        for demand in (one for one in DEMANDS if one.task == task):
            peer = coders.get(PEER) if demand.peer else None
            cells = [demand.value(ours.figures), demand.floor, demand.aim, demand.value(peer.figures) if peer else None]
            shown = "".join(f"{_shown(cell):>{width}}" for cell, width in zip(cells, (9, 8, 8, 9), strict=True))
            lines.append(f"  {demand.what:32}{shown}   {demand.known}{self._with_norp(demand)}")
        if ours.type_pairs:
            lines += ["", *type_table(ours.type_pairs)]
        return [*lines, ""]

    def _with_norp(self, demand: Demand) -> str:
        other = self.scores[demand.task].get(PEER_NORP) if demand.peer else None
        return f"; here with NORP {_shown(demand.value(other.figures))}" if other else ""

    def _seed_lines(self) -> list[str]:
        if self.seed is None:
            return []
        title = f"seed article: {self.seed.right} of {len(self.seed.wrong)} events with every part right"
        return [title, *(f"  {line}" for line in self.seed.in_words()), ""]

    def _speed_lines(self) -> list[str]:
        if not self.speed:
            return []
        rounds = len(self.speed[OURS])
        lines = [f"whole articles per CPU second, start-up excluded, {rounds} rounds; known: {KNOWN_SPEED}"]
        for name, first in self.speed[OURS][0]["sets"].items():
            coders = ", ".join(f"{coder} {self.of_speed(name, coder)}" for coder in (OURS, PEER))
            lines.append(f"  {name:10}{first['articles']:4} articles: {coders}; ratio {self.ratio_of_speed(name)}")
            proof = f"{first['events']} events, {first['dated']} with a date, {first['placed']} with a place"
            lines.append(f"  {'':10}of ours {proof}")
        return [*lines, f"  peak memory {self.peak_bytes / 1e6:.0f} MB", ""]

    def as_json(self) -> str:
        """All figures as one JSON object on one line."""
        sets = self.speed[OURS][0]["sets"] if self.speed else ()
        speed = {
            name: {coder: self.of_speed(name, coder).rounded() for coder in (OURS, PEER)}
            | {"ratio": self.ratio_of_speed(name).rounded()}
            for name in sets
        }
        return json.dumps(
            {
                "bench": "events",
                "processors": os.cpu_count(),
                "scores": {
                    task: {coder: score.figures | {"cost": score.cost} for coder, score in coders.items()}
                    for task, coders in self.scores.items()
                },
                "type_confusions": _confusions(self.scores["roots"][OURS].type_pairs) if "roots" in self.scores else [],
                "seed": asdict(self.seed) if self.seed else None,
                "speed": speed,
                "peak_bytes": self.peak_bytes if self.speed else None,
                "demands": [asdict(demand) for demand in DEMANDS],
                "took_seconds": {part: round(seconds, 1) for part, seconds in self.took_seconds.items()},
                "measures": [measure._asdict() for measure in self.measures],
                "missed": self.missed,
            }
        )


def type_table(pairs: Counter[tuple[str, str]]) -> list[str]:
    """Known types down, answered types across; then the confusions, most frequent first."""
    types = sorted(EVENT_TYPES)
    answered = [*types, *sorted({found for _, found in pairs} - set(types))]
    lines = ["  known \\ answered" + "".join(f"{name[:4]:>6}" for name in answered) + "   prec. recall     F1"]
    for name in types:
        row = [pairs[name, found] for found in answered]
        shown = "".join(f"{count or '.':>6}" for count in row)
        lines.append(f"  {name:16}{shown}" + "".join(f"{figure:7.3f}" for figure in _of_type(pairs, name)))
    listed = [f"{known} as {found} {count}" for known, found, count in _confusions(pairs)]
    lines += ["", "  confusions, most frequent first:"]
    return [*lines, *(f"    {'; '.join(listed[i : i + 5])}" for i in range(0, len(listed), 5))]


def _of_type(pairs: Counter[tuple[str, str]], name: str) -> Sequence[float]:
    right = pairs[name, name]
    found = sum(count for (_, answered), count in pairs.items() if answered == name)
    known = sum(count for (gold, _), count in pairs.items() if gold == name)
    precision, recall = right / found if found else 0.0, right / known if known else 0.0
    return precision, recall, 2 * right / (found + known) if right else 0.0


def _confusions(pairs: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    wrong = [(known, found, count) for (known, found), count in pairs.items() if known != found]
    return sorted(wrong, key=lambda one: (-one[2], one[:2]))


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if value <= 1 else f"{value:.1f}"
