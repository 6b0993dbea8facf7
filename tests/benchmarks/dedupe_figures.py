"""The figures of the benchmark of duplicates: what is demanded, and how it is told."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

OURS = "dateline"
LEAST_PAIR_PRECISION, LEAST_PAIR_RECALL, LEAST_ARI = 0.99, 0.985, 0.985
MOST_JOINED = {"template": 0.03, "figures": 0.03}
LEAST_SPEED = 1_500
MOST_MEMORY_BYTES = 1_000_000_000
MOST_STAGE_RATIO, MOST_NEAR_RATIO = 1.5, 1.2
LEAST_STORIES_F1 = 0.95
# A time counts only where the work was done: of the generated copies so many are found, so many rightly.
LEAST_GENERATED_RECALL, LEAST_GENERATED_PRECISION = 0.95, 0.98

_COLUMNS = (
    ("precision", "pairs", "precision"),
    ("recall", "pairs", "recall"),
    ("F1", "pairs", "f1"),
    ("B-cubed F1", "b_cubed", "f1"),
    ("ARI", "ari", "ari"),
    ("docs/CPU s", "speed", "documents_per_cpu_second"),
)
NOT_MEASURED = "not measured"


class Measure(NamedTuple):
    """One thing that is demanded."""

    what: str
    found: str
    wanted: str
    met: bool


class Spread(NamedTuple):
    """A figure over the rounds."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        median, least, most = (f"{value:,.0f}" if value >= 1000 else f"{value:.3g}" for value in self[:3])
        return f"{median} ({least} to {most})"

    def rounded(self) -> dict[str, float]:
        """For JSON."""
        return {name: round(value, 4) for name, value in self._asdict().items()}


def spread(values: Sequence[float]) -> Spread:
    """The spread of some values."""
    return Spread(statistics.median(values), min(values), max(values))


@dataclass
class DedupeReport:
    """What the benchmark found; parts that were not asked for are None.

    Args:
        real: by reader the measures of the shared scorer; empty where the evaluation data is not there.
        command: of each round of `dateline dedupe` on generated texts: cpu_seconds, peak_bytes, precision, recall, f1.
        documents: how many there were.
        nights: by size of the archive, of each round: cpu_seconds, near_cpu_seconds, peak_bytes, precision, found.
        night_articles: how many articles the night has.
        stories: by set its figures, `b_cubed_f1` among them.
    """

    documents: int = 0
    night_articles: int = 0
    real: dict[str, dict[str, Any]] | None = None
    command: list[dict[str, Any]] | None = None
    nights: dict[int, list[dict[str, Any]]] | None = None
    stories: dict[str, Mapping[str, Any]] | None = None
    took_seconds: dict[str, float] = field(default_factory=dict)

    def of_night(self, articles: int, key: str) -> Spread | None:
        """A figure of the night against an archive of that size; None where a round did not measure it."""
        values = [one[key] for one in (self.nights or {})[articles]]
        return None if None in values else spread(values)

    def growth(self, key: str) -> Spread | None:
        """The figure against the largest archive over that against the smallest, round by round."""
        sizes = sorted(self.nights or {})
        rounds = list(zip(*((self.nights or {})[size] for size in (sizes[0], sizes[-1])), strict=True))
        if any(one[key] is None for pair in rounds for one in pair):
            return None
        return spread([large[key] / small[key] for small, large in rounds])

    @cached_property
    def measures(self) -> list[Measure]:
        """Everything that is demanded of the parts that were asked for."""
        return [*self._of_real(), *self._of_command(), *self._of_nights(), *self._of_stories()]

    @property
    def missed(self) -> list[str]:
        """The measures that were not met."""
        return [measure.what for measure in self.measures if not measure.met]

    def _of_real(self) -> list[Measure]:
        if self.real is None:
            return []
        if not self.real:
            return [Measure("accuracy on real texts", NOT_MEASURED, "../shared/data/dedupe beside the project", False)]
        ours = self.real[OURS]
        return [
            _at_least("real texts: pair precision", ours["pairs"]["precision"], LEAST_PAIR_PRECISION),
            _at_least("real texts: pair recall", ours["pairs"]["recall"], LEAST_PAIR_RECALL),
            _at_least("real texts: ARI", ours["ari"]["ari"], LEAST_ARI),
            *(
                _at_most(f"real texts: joined of kind {kind}", ours["joined"][kind], most)
                for kind, most in MOST_JOINED.items()
            ),
        ]

    def _of_command(self) -> list[Measure]:
        if not self.command:
            return []
        speed = spread([one["documents_per_cpu_second"] for one in self.command])
        peak = max(one["peak_bytes"] for one in self.command)
        wanted = f"at least {LEAST_SPEED:,}"
        return [
            _at_least("generated texts: pair recall", self._worst("recall"), LEAST_GENERATED_RECALL),
            _at_least("generated texts: pair precision", self._worst("precision"), LEAST_GENERATED_PRECISION),
            Measure("documents per CPU second, start-up included", str(speed), wanted, speed.median >= LEAST_SPEED),
            _under("peak memory of the command, MB", peak / 1e6, MOST_MEMORY_BYTES / 1e6),
        ]

    def _worst(self, key: str) -> float:
        return min(float(one[key]) for one in self.command or [])

    def _of_nights(self) -> list[Measure]:
        if not self.nights:
            return []
        all_rounds = [one for rounds in self.nights.values() for one in rounds]
        found = {where: min(one["found"][where] for one in all_rounds) for where in all_rounds[0]["found"]}
        sizes = sorted(self.nights)
        against = f"{sizes[-1]:,} against {sizes[0]:,} articles"
        measures = [
            _at_least("the night: precision", min(o["precision"] for o in all_rounds), LEAST_GENERATED_PRECISION),
            *(
                _at_least(f"the night: found of copies ({where})", share, 1.0 if "exact" in where else 0.95)
                for where, share in found.items()
            ),
        ]
        for what, key, most in (
            ("whole stage", "cpu_seconds", MOST_STAGE_RATIO),
            ("near search", "near_cpu_seconds", MOST_NEAR_RATIO),
        ):
            ratio = self.growth(key)
            shown, met = (NOT_MEASURED, False) if ratio is None else (f"{ratio} times", ratio.median <= most)
            measures.append(Measure(f"CPU of the {what}, {against}", shown, f"at most {most}", met))
        return measures

    def _of_stories(self) -> list[Measure]:
        if self.stories is None:
            return []
        f1 = self.stories.get("newsroom", {}).get("b_cubed_f1")
        if f1 is None:
            return [Measure("stories: B-cubed F1, newsroom", NOT_MEASURED, f"at least {LEAST_STORIES_F1}", False)]
        return [_at_least("stories: B-cubed F1, newsroom", f1, LEAST_STORIES_F1)]

    def in_words(self) -> str:
        """Tables of what was found, then what is demanded, one line each."""
        lines = [*self._accuracy_table(), *self._command_table(), *self._night_table(), *self._story_table()]
        if self.took_seconds:
            took = ", ".join(f"{part} {seconds:.0f} s" for part, seconds in self.took_seconds.items())
            lines += [f"took {took} on {os.cpu_count()} processors", ""]
        for measure in self.measures:
            word = "met    " if measure.met else "NOT MET"
            lines.append(f"{word}  {measure.what}: {measure.found}; {measure.wanted}")
        return "\n".join(lines)

    def _accuracy_table(self) -> list[str]:
        if not self.real:
            return []
        asked = self.real[OURS]["answers"]["asked"]
        lines = [f"{asked:,} real texts with known groups", f"  {'':30}" + "".join(f"{c:>12}" for c, _, _ in _COLUMNS)]
        for reader, scores in self.real.items():
            cells = [scores[group][key] for _, group, key in _COLUMNS]
            lines.append(f"  {reader:30}" + "".join(f"{_shown(cell):>12}" for cell in cells))
        for what, title in (("found", "copies found, by kind"), ("joined", "texts of their own that were joined")):
            kinds = list(self.real[OURS][what])
            lines += ["", f"  {title:30}" + "".join(f"{kind:>10}" for kind in kinds)]
            for reader, scores in self.real.items():
                lines.append(f"  {reader:30}" + "".join(f"{scores[what][kind]:10.3f}" for kind in kinds))
        return [*lines, ""]

    def _command_table(self) -> list[str]:
        if not self.command:
            return []
        speed = spread([one["documents_per_cpu_second"] for one in self.command])
        peak = max(one["peak_bytes"] for one in self.command)
        pairs = f"precision {self._worst('precision'):.4f}, recall {self._worst('recall'):.4f}"
        return [
            f"`dateline dedupe` on a generated night of {self.documents:,} texts, {len(self.command)} rounds",
            f"  {speed} texts per CPU second, {peak / 1e6:.0f} MB; pairs: {pairs}",
            "",
        ]

    def _night_table(self) -> list[str]:
        if not self.nights:
            return []
        rounds = len(next(iter(self.nights.values())))
        lines = [
            f"the stage on a night of {self.night_articles:,} articles against a generated archive, {rounds} rounds",
            f"  {'archived':>10}{'stage, CPU s':>28}{'near search, CPU s':>28}{'peak MB':>10}",
        ]
        for size in sorted(self.nights):
            near = self.of_night(size, "near_cpu_seconds") or NOT_MEASURED
            peak = max(one["peak_bytes"] for one in self.nights[size]) / 1e6
            lines.append(f"  {size:10,}{self.of_night(size, 'cpu_seconds')!s:>28}{near!s:>28}{peak:10.0f}")
        return [*lines, ""]

    def _story_table(self) -> list[str]:
        if not self.stories:
            return []
        lines = ["stories"]
        for name, figures in self.stories.items():
            cells = (f"{key} {_shown(value)}" for key, value in figures.items() if isinstance(value, int | float))
            lines.append(f"  {name:12}" + ", ".join(cells))
        return [*lines, ""]

    def as_json(self) -> str:
        """All figures as one JSON object on one line."""
        nights = {
            size: {
                key: found.rounded() if (found := self.of_night(size, key)) else None
                for key in ("cpu_seconds", "near_cpu_seconds", "peak_bytes")
            }
            for size in self.nights or {}
        }
        growth = {
            key: found.rounded() if self.nights and (found := self.growth(key)) else None
            for key in ("cpu_seconds", "near_cpu_seconds")
        }
        return json.dumps(
            {
                "bench": "dedupe",
                "processors": os.cpu_count(),
                "real_texts": self.real,
                "command": {"documents": self.documents, "rounds": self.command},
                "nights": {"articles": self.night_articles, "by_archive": nights, "growth": growth},
                "stories": self.stories,
                "took_seconds": {part: round(seconds, 1) for part, seconds in self.took_seconds.items()},
                "measures": [measure._asdict() for measure in self.measures],
                "missed": self.missed,
            }
        )


def _at_least(what: str, found: float, wanted: float) -> Measure:
    return Measure(what, f"{found:.4f}", f"at least {wanted}", found >= wanted)


def _at_most(what: str, found: float, wanted: float) -> Measure:
    return Measure(what, f"{found:.4f}", f"at most {wanted}", found <= wanted)


def _under(what: str, found: float, wanted: float) -> Measure:
    return Measure(what, f"{found:.0f}", f"under {wanted:.0f}", found < wanted)


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}" if value <= 1 else f"{value:,.0f}"
