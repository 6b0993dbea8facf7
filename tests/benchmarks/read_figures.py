"""The figures of the reading benchmark: what is demanded, and how it is told."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from read_floors import DEMANDED, figures_of

OURS = "dateline"
LEAST_SPEED_RATIO = 2.0

# Column, field and measure of the shared scorer.
_COLUMNS = (
    ("body F1", "body", "f1"),
    ("prec.", "body", "precision"),
    ("recall", "body", "recall"),
    ("exact", "body", "exact"),
    ("headline", "headline", "exact"),
    ("byline", "byline", "exact"),
    ("day", "published", "day"),
    ("instant", "published", "instant"),
    ("failed", "answers", "failed"),
    ("pages/CPU s", "speed", "pages_per_cpu_second"),
)


class Measure(NamedTuple):
    """One thing that is demanded."""

    what: str
    found: str
    wanted: str
    met: bool


@dataclass(frozen=True)
class ReadReport:
    """What the benchmark found.

    Args:
        scores: by set and reader, as the shared scorer gives them.
        speed_ratios: our pages per CPU second over the peer's, one for each round; empty where no peer was run.
        seed_differences: where the seed page is read otherwise than it is known to be.
    """

    scores: Mapping[str, Mapping[str, Mapping[str, Any]]]
    speed_ratios: Sequence[float]
    seed_differences: Sequence[str]

    @cached_property
    def measures(self) -> list[Measure]:
        """Everything that is demanded, with what was found."""
        found = []
        for name, readers in self.scores.items():
            figures = figures_of(readers[OURS], name)
            for what, demanded in DEMANDED[name].items():
                if demanded is not None:
                    found.append(_at_least(f"{name}: {what}", figures[what], demanded))
            peers = {reader: scores["body"]["f1"] for reader, scores in readers.items() if reader != OURS}
            if peers:
                best = max(peers, key=lambda reader: peers[reader])
                ours = figures["body f1"]
                wanted = f"above {peers[best]:.3f} of {best}"
                found.append(Measure(f"{name}: body f1", f"{ours:.3f}", wanted, ours > peers[best]))
        if self.speed_ratios:
            ratio = statistics.median(self.speed_ratios)
            shown = f"{ratio:.2f} ({min(self.speed_ratios):.2f} to {max(self.speed_ratios):.2f})"
            wanted = f"at least {LEAST_SPEED_RATIO:.0f}"
            what = "fundus: speed against trafilatura with metadata"
            found.append(Measure(what, shown, wanted, ratio >= LEAST_SPEED_RATIO))
        differences = len(self.seed_differences)
        found.append(Measure("seed page: fields and paragraphs that differ", str(differences), "0", not differences))
        return found

    @property
    def all_met(self) -> bool:
        """Whether nothing that is demanded is missed."""
        return all(measure.met for measure in self.measures)

    def in_words(self) -> str:
        """A table for each set, then what is demanded, one line each."""
        lines: list[str] = []
        for name, readers in self.scores.items():
            pages = next(iter(readers.values()))["answers"]["asked"]
            lines += [f"{name}, {pages} pages", f"  {'':29}" + "".join(f"{column:>12}" for column, _, _ in _COLUMNS)]
            for reader, scores in readers.items():
                cells = (_shown(scores.get(field, {}).get(measure)) for _, field, measure in _COLUMNS)
                lines.append(f"  {reader:29}" + "".join(f"{cell:>12}" for cell in cells))
            lines.append("")
        for measure in self.measures:
            word = "met" if measure.met else "MISSED"
            lines.append(f"{word:8}{measure.what}: {measure.found}; {measure.wanted}")
        lines += [f"        {difference}" for difference in self.seed_differences]
        return "\n".join(lines)

    def as_json(self) -> str:
        """All figures as one JSON object on one line."""
        rounded = {
            name: {
                reader: {column: _rounded(scores.get(field, {}).get(measure)) for column, field, measure in _COLUMNS}
                for reader, scores in readers.items()
            }
            for name, readers in self.scores.items()
        }
        measures = [measure._asdict() for measure in self.measures]
        ratios = [round(ratio, 3) for ratio in self.speed_ratios]
        return json.dumps({"sets": rounded, "speed_ratios": ratios, "measures": measures, "met": self.all_met})


def _at_least(what: str, found: float, wanted: float) -> Measure:
    return Measure(what, f"{found:.3f}", f"at least {wanted:.3f}", found >= wanted)


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}" if value <= 1 else f"{value:.1f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
