"""The accuracy that reading has reached, kept in git: a change that falls below it fails the tests.

    python read_floors.py        measures, and raises each floor that is exceeded; never lowers one

A floor is what was reached, rounded down to three places. Pages are whole, so figures repeat exactly; only a change
of code or of a library moves them.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from read_scores import SETS, score_set

FLOORS_FILE = Path(__file__).resolve().parents[1] / "read" / "floors.json"
DATELINE = f"{Path(sys.executable).parent / 'dateline'} read"

# What a floor is kept of, and the measure that part 3 of the plan demands of it (None: none demanded).
DEMANDED: dict[str, dict[str, float | None]] = {
    "scrapinghub": {"body f1": 0.972},
    "fundus": {
        "body f1": 0.962,
        "headline exact": 0.86,
        "byline exact": 0.90,
        "published day": 0.99,
        "published instant": 0.98,
    },
    "wcxb": {"body f1": 0.940, "headline exact": 0.84, "byline exact": 0.77, "published day": None},
}

Figures = dict[str, dict[str, float]]


def measure() -> Figures:
    """What reading reaches now, on every set."""
    return {name: figures_of(score_set(name, DATELINE), name) for name in SETS}


def figures_of(scores: Mapping[str, Any], name: str) -> dict[str, float]:
    """The figures of one set that a floor is kept of."""
    found = {}
    for what in DEMANDED[name]:
        field, measured = what.split()
        found[what] = scores[field][measured]
    return found


def read_floors() -> Figures:
    """The floors in git; none where the file is not there yet."""
    return json.loads(FLOORS_FILE.read_text(encoding="utf-8")) if FLOORS_FILE.exists() else {}  # type: ignore[no-any-return]  # JSON


def below(figures: Figures, floors: Figures) -> list[str]:
    """What has fallen below its floor, in words."""
    return [
        f"{name} {what}: {figures[name][what]:.4f}, and {floor:.3f} was reached before"
        for name, kept in floors.items()
        for what, floor in kept.items()
        if figures[name][what] < floor
    ]


def raised(figures: Figures, floors: Figures) -> Figures:
    """The floors, each at what is reached now where that is more."""
    return {
        name: {
            what: max(floors.get(name, {}).get(what, 0.0), math.floor(value * 1000) / 1000)
            for what, value in of.items()
        }
        for name, of in figures.items()
    }


def main() -> None:
    """Raise the floors; 1 where something is below its floor, which is then left as it is."""
    figures, floors = measure(), read_floors()
    if fallen := below(figures, floors):
        sys.exit("not raised:\n" + "\n".join(fallen))
    FLOORS_FILE.write_text(json.dumps(raised(figures, floors), indent=2) + "\n", encoding="utf-8")
    print(FLOORS_FILE.read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main()
