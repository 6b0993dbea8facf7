"""The figures of the gathering benchmark: their spread over the rounds, what is demanded, and how it is told."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.refresh import SOURCES_AT_ONCE

LEAST_RATIO_TO_PEER = 0.7
MOST_MEMORY_BYTES = 500_000_000
MOST_SLOWDOWN = 1.15  # of the time per page: what a machine's noise leaves of 1

# The processes that are measured in each round.
OURS, BARE, HALF, PAST, AGAIN, AGAIN_PAST = "ours", "bare", "ours, half", "ours, past", "again", "again, past"


class Spread(NamedTuple):
    """A figure over the rounds."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.3g} ({self.least:.3g} to {self.most:.3g})"

    def rounded(self) -> dict[str, float]:
        """For JSON."""
        return {"median": round(self.median, 3), "min": round(self.least, 3), "max": round(self.most, 3)}


def spread(values: Sequence[float]) -> Spread:
    """The spread of some values."""
    return Spread(statistics.median(values), min(values), max(values))


class Measure(NamedTuple):
    """One thing that is demanded."""

    what: str
    found: str
    wanted: str
    met: bool


@dataclass(frozen=True)
class GatherReport:
    """What the benchmark found.

    Args:
        figures: those of every process, by its name, one for each round.
        sites: how many.
        pages: of all sites together.
        past_links: how many the ledger knew in the processes with a past.
        ceiling: pages per second that the server sends to a client that only counts bytes.
    """

    figures: Mapping[str, Sequence[Mapping[str, Any]]]
    sites: int
    pages: int
    past_links: int
    ceiling: float

    def ratio(self, name: str, key: str, to: str) -> Spread:
        """One process against another, round by round."""
        rounds = zip(self.figures[name], self.figures[to], strict=True)
        return spread([one[key] / other[key] for one, other in rounds])

    @cached_property
    def peak_bytes(self) -> int:
        """The most memory that a gathering held, its children counted."""
        return max(one["peak_bytes"] for name, rounds in self.figures.items() if name != BARE for one in rounds)

    def slowdown(self, name: str, to: str) -> float:
        """The time per page of one process against another's, each in its fastest round.

        Whatever else the machine does can only add time: the fastest round is nearest to what the work takes.
        """
        fastest = {which: min(one["page_milliseconds"] for one in self.figures[which]) for which in (name, to)}
        return fastest[name] / fastest[to]

    @cached_property
    def slowdowns(self) -> dict[str, float]:
        """What may not grow."""
        return {
            "twice_the_pages": self.slowdown(OURS, HALF),
            "with_past": self.slowdown(PAST, OURS),
            "again_with_past": self.slowdown(AGAIN_PAST, AGAIN),
        }

    @cached_property
    def measures(self) -> list[Measure]:
        """Everything that is demanded."""
        speed = self.ratio(OURS, "pages_per_second", BARE)
        of_time = {
            "time per page, twice the pages": self.slowdowns["twice_the_pages"],
            f"time per page, {self.past_links:,} links known": self.slowdowns["with_past"],
            "the same, pages asked for again": self.slowdowns["again_with_past"],
        }
        return [
            Measure(
                "speed against the bare pool",
                str(speed),
                f"at least {LEAST_RATIO_TO_PEER}",
                speed.median >= LEAST_RATIO_TO_PEER,
            ),
            Measure(
                "peak memory, MB",
                f"{self.peak_bytes / 1e6:.0f}",
                f"under {MOST_MEMORY_BYTES / 1e6:.0f}",
                self.peak_bytes < MOST_MEMORY_BYTES,
            ),
            *(
                Measure(what, f"{slowdown:.3g} times", f"at most {MOST_SLOWDOWN}", slowdown <= MOST_SLOWDOWN)
                for what, slowdown in of_time.items()
            ),
        ]

    @property
    def missed(self) -> list[str]:
        """The measures that were not met."""
        return [measure.what for measure in self.measures if not measure.met]

    def print(self) -> None:
        """The table, the measures, and all of it in one line of JSON."""
        print(
            f"\n{'':12} {'pages/s':>8} {'(least to most)':>18} {'CPU ms/page':>12} {'peak MB':>8} {'server CPU s':>13}"
        )
        for name in self.figures:
            speed = self._spread(name, "pages_per_second")
            print(
                f"{name:12} {speed.median:8.0f} {f'({speed.least:.0f} to {speed.most:.0f})':>18} "
                f"{self._spread(name, 'page_cpu_milliseconds').median:12.2f} "
                f"{self._spread(name, 'peak_bytes').most / 1e6:8.0f} "
                f"{self._spread(name, 'server_cpu_seconds').median:13.1f}"
            )
        print(f"\nserver alone: {self.ceiling:,.0f} pages/s; {os.cpu_count()} processors for it, ours and the peer")
        print(f"{SOURCES_AT_ONCE} requests at once on both sides; the bare pool is one process, whatever ours has")
        print(f"each page asked for and archived once; {self._compared} captures read back and found as sent\n")
        for measure in self.measures:
            print(f"{'met   ' if measure.met else 'MISSED'}  {measure.what}: {measure.found}; {measure.wanted}")
        print(json.dumps(self._as_json()))

    @property
    def _compared(self) -> int:
        return sum(one.get("compared", 0) for rounds in self.figures.values() for one in rounds)

    def _spread(self, name: str, key: str) -> Spread:
        return spread([one[key] for one in self.figures[name]])

    def _as_json(self) -> dict[str, Any]:
        keys = ("pages_per_second", "page_cpu_milliseconds", "peak_bytes", "server_cpu_seconds")
        return {
            "bench": "gather",
            "sites": self.sites,
            "pages": self.pages,
            "rounds": len(self.figures[OURS]),
            "at_once": SOURCES_AT_ONCE,
            "processors": os.cpu_count(),
            "server_pages_per_second": round(self.ceiling),
            "speed_to_bare_pool": self.ratio(OURS, "pages_per_second", BARE).rounded(),
            "page_time": {name: round(slowdown, 3) for name, slowdown in self.slowdowns.items()},
            "peak_bytes": self.peak_bytes,
            "captures_compared": self._compared,
            "processes": {name: {key: self._spread(name, key).rounded() for key in keys} for name in self.figures},
            "missed": self.missed,
        }
