"""One dedupe stage of a home, in a process of its own: what it counted, and what it cost.

    python dedupe_home.py HOME RUN_ID

The run's `read/batch-*.out` lie in its folder. Prints one line of JSON: CPU seconds of the stage, without the start of
the interpreter, and of the search for near texts within it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from gather_home import cpu_seconds
from process_memory import peak_rss_bytes

from pipeline.dedupe.search import Near, NightSearch
from pipeline.dedupe.stage import dedupe_run  # imported before the clock starts
from pipeline.runs import RUN_FILE, read_run
from pipeline.settings import Settings


class NearSearchClock:
    """CPU seconds spent in the search for near texts, over all its calls; running from now on."""

    def __init__(self) -> None:
        self.cpu_seconds = 0.0
        near = NightSearch.near

        def timed(search: NightSearch) -> Near:
            began = cpu_seconds()
            try:
                return near(search)
            finally:
                self.cpu_seconds += cpu_seconds() - began

        NightSearch.near = timed  # type: ignore[method-assign]  # put between, for as long as this process lives


def main() -> None:
    """Run the stage and say what it cost."""
    settings = Settings(home=Path(sys.argv[1]), newsroom=False)
    run = read_run(settings, settings.runs_folder / sys.argv[2] / RUN_FILE)
    clock = NearSearchClock()
    began, began_cpu = time.perf_counter(), cpu_seconds()
    result = dedupe_run(run)
    figures = {
        "counts": result.counts,
        "seconds": time.perf_counter() - began,
        "cpu_seconds": cpu_seconds() - began_cpu,
        "near_cpu_seconds": clock.cpu_seconds,
        "peak_bytes": peak_rss_bytes(),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
