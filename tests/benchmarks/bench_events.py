"""How well events are coded and texts annotated, and how fast, beside spaCy alone and the best figures known.

    tasks     `dateline code` and `dateline annotate` on the sentences and articles of ../shared/data/events, scored
              with the shared script: roots, actors, relevance, dates, places, fivew; the peer answers the same lines
    seed      every event of the one article whose events are all known, part by part
    speed     whole articles per CPU second of `code_text` with dates, places and actors, against spaCy alone on the
              full text: a process for each round of each, start-up excluded, in turn

    python bench_events.py [--only PART ...] [--rounds 5] [--ours-only]

Prints tables and, as its last line, one JSON object. Ends with 1 where a measure is missed, and says which; with 2
where the evaluation data is not there.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from event_figures import OURS, PEER, PEER_NORP, EventReport
from event_scores import TASKS, TaskScore, missing_data, score_task
from event_texts import whole_articles
from read_scores import SEED
from seed_events import seed_result

HERE = Path(__file__).parent
PARTS = (*TASKS, "seed", "speed")
# By task the peers that can answer it, and what they are asked; types of events no peer here can tell.
PEERS = {
    "actors": {PEER: "code"},
    "relevance": {PEER: "code"},
    "dates": {PEER: "annotate"},
    "places": {PEER: "annotate", PEER_NORP: "annotate-norp"},
    "fivew": {PEER: "code"},
}
Found = TypeVar("Found")


def score_of(task: str, *, ours_only: bool) -> dict[str, TaskScore]:
    """What ours and the peers reach in one task."""
    dateline = shlex.join([str(Path(sys.executable).parent / "dateline"), TASKS[task][1]])
    commands = {OURS: dateline}
    if not ours_only:
        script = str(HERE / "event_peers.py")
        commands |= {peer: shlex.join([sys.executable, script, verb]) for peer, verb in PEERS.get(task, {}).items()}
    return {coder: score_task(task, command) for coder, command in commands.items()}


def speed(rounds: int) -> dict[str, list[dict[str, Any]]]:
    """Rounds of ours and of the peer in turn, because a shared machine's speed drifts."""
    texts = "".join(json.dumps(article) + "\n" for article in whole_articles())
    # One thread each: a waiting thread of a matrix library would count as work.
    alone = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    found: dict[str, list[dict[str, Any]]] = {OURS: [], PEER: []}
    for _ in range(rounds):
        for coder, name in ((OURS, "dateline"), (PEER, "spacy")):
            command = [sys.executable, str(HERE / "event_speed.py"), name]
            ended = subprocess.run(command, input=texts, stdout=subprocess.PIPE, text=True, check=True, env=alone)
            found[coder].append(json.loads(ended.stdout))
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts, instead of all")
    parser.add_argument("--rounds", type=int, default=5, help="of the speed")
    parser.add_argument("--ours-only", action="store_true", help="no peers in the tasks")
    chosen = parser.parse_args()
    if chosen.rounds < 1:
        parser.error("at least 1 round")
    return chosen


def main() -> int:
    """Measure what was asked for; returns the exit code."""
    chosen = _options()
    missing = [*missing_data(), *(path for path in [SEED / "truth.json"] if not path.is_file())]
    if missing:
        print(f"the evaluation data is not beside the project: no {', '.join(map(str, missing))}", file=sys.stderr)
        return 2
    report = EventReport()

    def timed(part: str, work: Callable[[], Found]) -> Found:
        print(f"{part} ...", file=sys.stderr, flush=True)
        began = time.perf_counter()
        result = work()
        report.took_seconds[part] = time.perf_counter() - began
        return result

    for task in (name for name in TASKS if name in chosen.only):
        report.scores[task] = timed(task, lambda task=task: score_of(task, ours_only=chosen.ours_only))  # type: ignore[misc]
    if "seed" in chosen.only:
        report.seed = timed("seed", seed_result)
    if "speed" in chosen.only:
        report.speed = timed("speed", lambda: speed(chosen.rounds))
    print(report.in_words())
    print(report.as_json())
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
