"""How well repeats are found, how fast, and whether a night costs more the longer the archive grows.

Four parts, in one run:

    accuracy   `dateline dedupe` on the real texts with known groups of ../shared/data/dedupe, scored with the shared
               script, beside the usual ways to do it (`dedupe_peers`: MinHash LSH, SimHash, a hash)
    speed      `dateline dedupe` on a generated night: texts per CPU second, start-up included, and peak memory
    flat       the dedupe stage on one night against generated archives of different sizes whose last 30 nights are
               the same: CPU of the whole stage, and of the near search within it; rounds go through all sizes in turn
    stories    what `story_scores` measures, where the code has it

Before a time counts, its work is proven: the generated copies must have been found. Archives are made once and kept
in --cache (2 GB for a million articles); they are made anew when the generator, the schema or the fingerprints change.

    python bench_dedupe.py --peers PYTHON [--chart docs/images/duplicates_cost.svg] [--quick] [--only PART ...]

Prints tables and, as its last line, one JSON object. Ends with 1 where a measure is missed, and says which; with 2
where none is but something could not be measured because the evaluation data is not there.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive_layout import SEED, WINDOW_NIGHTS, Layout, published_at
from cost_chart import write_chart
from dedupe_figures import OURS, DedupeReport
from dedupe_peers import PEERS
from dedupe_scores import SHARED, night_scores, pair_scores, real_texts_are_there, score_real_texts
from generated_archive import archive_home
from generated_news import texts_of
from generated_night import write_night
from generated_tonight import Expected, tonight_run, write_tonight
from process_memory import PeakOfTree

from pipeline.handover import read_records
from pipeline.records import DedupeVerdict
from pipeline.settings import PROJECT_FOLDER, Settings

HERE = Path(__file__).parent
DATELINE = f"{shlex.quote(str(Path(sys.executable).parent / 'dateline'))} dedupe"
PARTS = ("accuracy", "speed", "flat", "stories")
CHART_SIZES = (100_000, 250_000, 500_000, 1_000_000)
RUN_ID = "tonight"


def accuracy(peers_python: str | None) -> dict[str, dict[str, Any]]:
    """The measures of ours and of the peers on the real texts; none where these are not there."""
    if not real_texts_are_there():
        print(f"no evaluation data beside the project ({SHARED}): accuracy is not measured", file=sys.stderr)
        return {}
    commands = {OURS: DATELINE}
    if peers_python:
        commands |= {name: shlex.join([peers_python, str(HERE / "dedupe_peers.py"), name]) for name in PEERS}
    scores = {}
    for name, command in commands.items():
        print(f"  real texts with {name} ...", file=sys.stderr, flush=True)
        scores[name] = score_real_texts(command)
    return scores


def speed(documents: int, rounds: int, folder: Path) -> list[dict[str, Any]]:
    """`dateline dedupe` on a generated night, so many times."""
    night = sorted(write_night(SEED, -1_000, documents), key=lambda one: (one.minute, one.number))
    bodies, lines = (texts_of(texts).to_pylist() for texts in ([o.body for o in night], [o.headline for o in night]))
    questions = folder / "night.jsonl"
    with questions.open("w", encoding="utf-8") as file:
        for one, headline, body in zip(night, lines, bodies, strict=True):
            instant = published_at(0, one.minute).isoformat()
            question = {"id": str(one.number), "headline": headline, "body": body, "published_at": instant}
            file.write(json.dumps(question) + "\n")
    groups = {str(one.number): str(one.group) for one in night}
    found = []
    for _ in range(rounds):
        answers = folder / "answers.jsonl"
        with questions.open() as given, answers.open("w") as got:
            figures = _measured(shlex.split(DATELINE), given, got)
        said = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
        if [answer["id"] for answer in said] != [str(one.number) for one in night]:
            raise SystemExit("`dateline dedupe` did not answer every text once and in order")
        figures |= pair_scores(groups, {a["id"]: a["duplicate_of"] for a in said if a["duplicate_of"]})
        figures["documents_per_cpu_second"] = documents / figures["cpu_seconds"]
        print(f"  {figures['documents_per_cpu_second']:7.0f} texts per CPU second", file=sys.stderr, flush=True)
        found.append(figures)
    return found


class Nights:
    """The stage on one night against archives of different sizes."""

    def __init__(self, cache: Path, layouts: list[Layout], articles: int) -> None:
        self._homes: dict[int, Path] = {}
        self._expected: dict[int, dict[str, Expected]] = {}
        cache.mkdir(parents=True, exist_ok=True)
        for layout in layouts:
            print(f"  an archive of {layout.articles:,} articles ...", file=sys.stderr, flush=True)
            home = archive_home(cache, layout)
            run = tonight_run(Settings(home=home, newsroom=False), RUN_ID)
            shutil.rmtree(run.folder, ignore_errors=True)
            self._expected[layout.articles] = write_tonight(run, layout, articles)
            self._homes[layout.articles] = home

    def round(self) -> dict[int, dict[str, Any]]:
        """Every size once: what the stage cost, and what it found."""
        return {size: self._night(size) for size in self._homes}

    def _night(self, size: int) -> dict[str, Any]:
        home = self._homes[size]
        with tempfile.TemporaryFile("w+") as got:
            outside = _measured([sys.executable, str(HERE / "dedupe_home.py"), str(home), RUN_ID], None, got)
            got.seek(0)
            figures = json.loads(got.read().splitlines()[-1])
        figures["peak_bytes"] = max(figures["peak_bytes"], outside["peak_bytes"])
        run = tonight_run(Settings(home=home, newsroom=False), RUN_ID)
        verdicts = read_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict)
        said = {verdict.article_id: verdict.duplicate_of for verdict in verdicts if verdict.duplicate_of}
        near = figures["near_cpu_seconds"]
        shown = "" if near is None else f", near search {near:.2f} s"
        print(f"  {size:9,} archived: {figures['cpu_seconds']:.2f} CPU s{shown}", file=sys.stderr, flush=True)
        return figures | night_scores(self._expected[size], said)


def stories() -> dict[str, Any]:
    """The figures of `story_scores`, by set; none where there is no such module."""
    try:
        module = importlib.import_module("story_scores")
    except ModuleNotFoundError as error:
        if error.name != "story_scores":
            raise
        print("  there is no story_scores.py: stories are not measured", file=sys.stderr)
        return {}
    found = {"newsroom": module.newsroom_figures()}
    if real_texts_are_there():
        found["real texts"] = module.real_text_figures()
    return found


def _measured(command: list[str], given: Any, got: Any) -> dict[str, Any]:
    """Run a command to its end: CPU seconds and peak memory of it and all it started, start-up included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, stdin=given, stdout=got) as process, PeakOfTree(process.pid) as peak:
        exit_code = process.wait()
    if exit_code != 0:
        raise SystemExit(f"{shlex.join(command)} ended with {exit_code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu_seconds": cpu_seconds, "peak_bytes": peak.bytes}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="the Python that has datasketch and simhash; without it no peers are measured")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts, instead of all four")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--documents", type=int, default=10_000, help="of the generated night for the command")
    parser.add_argument("--articles", type=int, default=5_000, help="of the night for the stage")
    parser.add_argument("--sizes", type=int, nargs="+", help="of the archives; 100000 1000000, more with --chart")
    parser.add_argument("--per-night", type=int, default=3_300, help="articles of each night of the window of 30")
    parser.add_argument("--cache", type=Path, default=PROJECT_FOLDER / "var" / "bench" / "dedupe")
    parser.add_argument("--chart", type=Path, help="write the cost against the size of the archive as SVG")
    parser.add_argument("--quick", action="store_true", help="small, one round: for development, proves nothing")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rounds, chosen.documents, chosen.articles, chosen.per_night = 1, 2_000, 1_000, 600
        chosen.sizes = chosen.sizes or [20_000, 60_000]
    chosen.sizes = sorted(set(chosen.sizes or (CHART_SIZES if chosen.chart else (CHART_SIZES[0], CHART_SIZES[-1]))))
    if chosen.rounds < 1 or len(chosen.sizes) < 2 or chosen.sizes[0] <= WINDOW_NIGHTS * chosen.per_night:
        parser.error("at least 1 round and 2 sizes, all of them larger than the window of 30 nights")
    return chosen


def main() -> int:
    """Measure what was asked for; returns the exit code."""
    chosen = _options()
    report = DedupeReport(documents=chosen.documents, night_articles=chosen.articles)

    def timed(part: str, work: Callable[[], Any]) -> Any:
        print(f"{part} ...", file=sys.stderr, flush=True)
        began = time.perf_counter()
        result = work()
        report.took_seconds[part] = time.perf_counter() - began
        return result

    if "accuracy" in chosen.only:
        report.real = timed("accuracy", functools.partial(accuracy, chosen.peers))
    if "speed" in chosen.only:
        with tempfile.TemporaryDirectory() as folder:
            report.command = timed("speed", functools.partial(speed, chosen.documents, chosen.rounds, Path(folder)))
    if "flat" in chosen.only:
        layouts = [Layout(size, chosen.per_night) for size in chosen.sizes]
        nights = timed("archives", functools.partial(Nights, chosen.cache, layouts, chosen.articles))
        os.sync()
        rounds = timed("nights", lambda: [nights.round() for _ in range(chosen.rounds)])
        report.nights = {size: [one[size] for one in rounds] for size in chosen.sizes}
    if "stories" in chosen.only:
        report.stories = timed("stories", stories)
    if chosen.chart and report.nights:
        write_chart(chosen.chart, report)
    print(report.in_words())
    print(report.as_json())
    without_data = {"accuracy on real texts"}
    return 1 if set(report.missed) - without_data else 2 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
