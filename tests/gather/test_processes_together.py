"""Processes that gather at once: one pace for a host, one process for a source, and one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.errors import SourceBusyError
from pipeline.gather.archive import read_capture
from pipeline.gather.ledger import open_ledger
from pipeline.gather.source_lock import source_lock

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
GATHERS = """
import sys
from datetime import UTC, datetime
from pipeline.gather import gather_source
from pipeline.runs import Run
from pipeline.settings import load_settings

import pipeline.gather.gathering
print("ready", flush=True)
sys.stdin.readline()
run = Run(run_id=sys.argv[1], settings=load_settings(), started_at=datetime.now(UTC))
print(gather_source(run, sys.argv[2]).counts)
"""
LIMIT_SECONDS = 60


@pytest.fixture
def start(gathering):
    """Starts processes that gather, each a source under a run's id, all at once; they are ended with the test."""
    started = []

    def gather_in_processes(*passes: tuple[str, str]) -> list[subprocess.Popen]:
        processes = [prepared(run_id, source_id) for run_id, source_id in passes]
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        return processes

    def prepared(run_id: str, source_id: str) -> subprocess.Popen:
        settings = gathering.settings
        environment = {
            **os.environ,
            "DATELINE_HOME": str(settings.home),
            "DATELINE_SOURCES_FOLDER": str(settings.sources_folder),
            "DATELINE_LINK_WINDOW_DAYS": "100000",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", GATHERS, run_id, source_id],
            cwd=PROJECT_FOLDER,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield gather_in_processes
    for process in started:
        process.kill()
        process.communicate()


def write_source(gathering, source_id: str, feed_path: str, delay_seconds: float) -> None:
    gathering.feeds = [f"  - {{url: '{gathering.site.url(feed_path)}', kind: rss}}"]
    gathering.politeness = f"{{delay_seconds: {delay_seconds}}}"
    gathering.write_source()
    file = gathering.settings.newsroom_folder / "sources" / "gazette.yml"
    text = file.read_text(encoding="utf-8").replace("id: gazette", f"id: {source_id}")
    file.unlink()
    file.with_name(f"{source_id}.yml").write_text(text, encoding="utf-8")


def wait_for(condition) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.01)


def test_two_processes_never_ask_one_host_faster_than_its_pace(gathering, site, start):
    """Measured by the server: between any two requests lies the pause."""
    delay_seconds = 0.15
    for number, source_id in enumerate(("morning", "evening")):
        paths = [f"/{source_id}/{page}" for page in range(6)]
        for path in paths:
            site.page(path, f"The story of {path}.")
        site.rss(*paths, path=f"/{source_id}.xml")
        write_source(gathering, source_id, f"/{source_id}.xml", delay_seconds * (1 + number / 10))
    for process in start(("run-m", "morning"), ("run-e", "evening")):
        assert "'captured': 6" in process.communicate(timeout=LIMIT_SECONDS)[0]
    asked_at = sorted(asked.at_seconds for asked in site.asked)
    assert len(asked_at) == 2 * 6 + 2 + 2  # pages, feeds, and robots.txt once for each process
    assert min(later - earlier for earlier, later in pairwise(asked_at)) >= delay_seconds
    half_way = " ".join(asked.path for asked in site.asked[:11])
    assert "morning/" in half_way
    assert "evening/" in half_way, "neither was kept waiting until the other had done"


def test_two_processes_that_want_one_source_ask_for_each_page_once(gathering, site, start):
    paths = [f"/{page}" for page in range(8)]
    for path in paths:
        site.page(path, f"The story of {path}.")
    site.rss(*paths)
    write_source(gathering, "gazette", "/rss.xml", 0.02)
    for process in start(("watch-1", "gazette"), ("night-1", "gazette")):
        process.communicate(timeout=LIMIT_SECONDS)
        assert process.returncode == 0
    with open_ledger(gathering.settings) as ledger:
        rows = [*ledger.fetches.of_pass("watch-1", "gazette"), *ledger.fetches.of_pass("night-1", "gazette")]
    captured = Counter(row.url for row in rows if row.status == "captured")
    assert captured == Counter({site.url(path): 1 for path in paths})


def test_a_source_that_another_process_gathers_is_waited_for_or_left(gathering, site):
    site.rss()
    with (
        source_lock(gathering.settings, "gazette", wait_seconds=0),
        pytest.raises(SourceBusyError, match="gazette is being gathered by another process"),
    ):
        gathering.gather(wait_seconds=0)
    assert site.asked == []


@pytest.mark.parametrize("killed_at", [1, 3, 7])
@pytest.mark.parametrize("next_run", ["run-1", "run-2"])
def test_a_process_killed_while_it_gathers_loses_no_link_and_nothing_is_archived_twice(
    gathering, site, start, killed_at, next_run
):
    paths = [f"/{page}" for page in range(9)]
    for path in paths:
        site.page(path, f"The story of {path}.")
    site.rss(*paths)
    write_source(gathering, "gazette", "/rss.xml", 0.03)
    (process,) = start(("run-1", "gazette"))
    wait_for(lambda: len(set(site.paths()) - {"/rss.xml"}) > killed_at)
    process.send_signal(signal.SIGKILL)
    process.wait()

    gathering.run_id = next_run
    gathering.politeness = "{delay_seconds: 0}"
    gathering.feeds = [f"  - {{url: '{site.url('/rss.xml')}', kind: rss}}"]
    gathering.set(link_window_days=100_000)
    gathering.gather(revisit=False)

    with open_ledger(gathering.settings) as ledger:
        rows = [row for run in {"run-1", next_run} for row in ledger.fetches.of_pass(run, "gazette")]
        assert ledger.open_passes() == []
        entries = [ledger.capture(row.capture_id) for row in rows]
    assert Counter(row.url for row in rows) == Counter({site.url(path): 1 for path in paths})
    assert {row.status for row in rows} == {"captured"}
    assert None not in entries
    for row in rows:
        capture = read_capture(gathering.settings.captures_folder, row.warc_file, row.warc_offset)
        assert f"The story of {row.url.removeprefix(site.url(''))}.".encode() in capture.body
    # The page under way at the kill may have been asked for without being archived; no other is asked for twice.
    asked = Counter(site.paths())
    assert sum(asked[path] - 1 for path in paths) <= 1
