"""One gathering of all sources of a home, in a process of its own: what `dateline gather` does, and how long it took.

    python gather_home.py HOME

Prints one line of JSON. `gather_now` maps the sources over processes and threads as a refresh does it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from process_memory import peak_rss_bytes

import pipeline.gather.gathering  # noqa: F401  imported before the clock starts
from pipeline.gather_now import gather_now
from pipeline.settings import Settings


def settings_of(home: Path) -> Settings:
    """The defaults but for the pause between requests; the sources are the home's own."""
    return Settings(home=home, sources_folder=home / "no-publishers", newsroom=True, publishers=False, delay_seconds=0)


def cpu_seconds() -> float:
    """Of this process and of those it started that have ended."""
    return sum(os.times()[:4])


def main() -> None:
    """Gather and say how long it took, without the start of the interpreter."""
    settings = settings_of(Path(sys.argv[1]))
    began, began_cpu = time.perf_counter(), cpu_seconds()
    counts = gather_now(settings, [], only_due=False, say=lambda _line: None)
    figures = {
        "counts": counts,
        "seconds": time.perf_counter() - began,
        "cpu_seconds": cpu_seconds() - began_cpu,
        "peak_bytes": peak_rss_bytes(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
