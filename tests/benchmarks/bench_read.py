"""How well and how fast pages are read, against other extractors on the same pages in the same run.

Sets: the pages with known answers in `../shared/data/articles` (scrapinghub, fundus, wcxb), and the one page of
`../shared/data/seed`, whose every field and paragraph is known. Peers: trafilatura in three modes, newspaper4k,
readability-lxml (`peer_readers`). Accuracy is what the shared scorer says. Speed is pages per CPU second of the whole
command, start-up and child processes included; against trafilatura with metadata the median ratio of several
alternating rounds on fundus is judged, because a shared machine's speed drifts.

    python bench_read.py --peers PYTHON [--rounds 5] [--ours-only]

Prints a table for each set and, as its last line, one JSON object. Ends with 1 where a measure is missed, and says
which; with 2 where the evaluation data is not there.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import Any

from peer_readers import PEERS
from read_figures import OURS, ReadReport
from read_floors import DATELINE
from read_scores import ARTICLES, SETS, score_set
from seed_page import seed_differences

HERE = Path(__file__).parent
SPEED_SET, SPEED_PEER = "fundus", "trafilatura"
OF_PEERS_PYTHON = frozenset({"newspaper4k", "readability-lxml"})


def command_of(reader: str, peers_python: str) -> str:
    """The command line of a reader."""
    if reader == OURS:
        return DATELINE
    python = peers_python if reader in OF_PEERS_PYTHON else sys.executable
    return shlex.join([python, str(HERE / "peer_readers.py"), reader])


def main() -> None:
    """Measure, print, and end with 1 where a measure is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", required=True, help="the Python that has newspaper4k and readability-lxml")
    parser.add_argument("--rounds", type=int, default=5, help="alternating rounds for the speed")
    parser.add_argument("--ours-only", action="store_true", help="no peers: accuracy only")
    arguments = parser.parse_args()
    if not ARTICLES.is_dir():
        print("the evaluation data is not beside the project: no ../shared/data/articles", file=sys.stderr)
        sys.exit(2)
    readers = [OURS] if arguments.ours_only else [OURS, *PEERS]
    scores: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in SETS}
    for name in SETS:
        for reader in readers:
            print(f"reading {name} with {reader} ...", file=sys.stderr)
            scores[name][reader] = score_set(name, command_of(reader, arguments.peers))
    ratios = [] if arguments.ours_only else [_ratio(arguments.peers) for _ in range(arguments.rounds)]
    report = ReadReport(scores, speed_ratios=ratios, seed_differences=seed_differences())
    print(report.in_words())
    print(report.as_json())
    sys.exit(0 if report.all_met else 1)


def _ratio(peers_python: str) -> float:
    """Our speed over the peer's, one round."""
    speeds = [
        score_set(SPEED_SET, command_of(reader, peers_python))["speed"]["pages_per_cpu_second"]
        for reader in (OURS, SPEED_PEER)
    ]
    print(f"speed: {speeds[0]:.1f} and {speeds[1]:.1f} pages per CPU second", file=sys.stderr)
    return float(speeds[0] / speeds[1])


if __name__ == "__main__":
    main()
