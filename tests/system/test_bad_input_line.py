"""Bad input through the whole line: each ends as its own status on its own link, the run goes on, the counts add up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import CheckFailedError, ConfigurationError, SourceFileError
from pipeline.gather import collect_run, gather_source
from pipeline.handover import read_records
from pipeline.newsroom import RunningNewsroom, running_newsroom
from pipeline.newsroom.faults import FAULT_FEED_STATUSES, FAULT_STATUSES
from pipeline.records import Fetch
from pipeline.refresh import refresh
from pipeline.runs import open_run
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict

PROJECT_FOLDER = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "sources").mkdir()
    return Settings(
        home=tmp_path / "home",
        sources_folder=tmp_path / "sources",
        read_timeout_seconds=1,
        total_timeout_seconds=5,
        max_response_bytes=2_000_000,
    )


@pytest.fixture
def newsroom(settings: Settings) -> Iterator[RunningNewsroom]:
    with running_newsroom(settings, port=0, visit=1, date=date(2026, 11, 20), slow_seconds=0.1, faults=True) as running:
        for path in running.sources_folder.glob("*.yml"):  # the broken sites and one sound one
            if not path.stem.startswith("fault-") and path.stem != "meridian-wire":
                path.unlink()
        yield running


def test_every_fault_ends_as_its_own_status_and_the_sound_site_is_published(
    settings: Settings, newsroom: RunningNewsroom
) -> None:
    said: list[str] = []
    run = refresh(settings, say=said.append, run_id="faults")
    assert run.verdict is RunVerdict.PUBLISHED
    with duckdb.connect(str(settings.current_edition_file), read_only=True) as edition:
        ended = dict(
            edition.execute(
                "SELECT regexp_extract(url, '^https?://[^/]+([^?]*)', 1), status FROM fetches "
                "WHERE kind = 'page' AND source_id = 'fault-pages'"
            ).fetchall()
        )
        feeds = dict(
            edition.execute(
                "SELECT source_id, status FROM fetches WHERE kind = 'feed' AND source_id LIKE 'fault-%'"
            ).fetchall()
        )
        sound = edition.execute("SELECT count(*) FROM articles WHERE source_id = 'meridian-wire'").fetchone()
    assert {path: ended[path] for path in FAULT_STATUSES} == FAULT_STATUSES
    assert feeds == FAULT_FEED_STATUSES
    gold = [article for article in newsroom.gold()["articles"] if article["site"] == "meridian-wire"]
    assert sound == (len(gold),)


def test_a_mistake_in_a_source_file_stops_at_once_with_file_line_field_and_what_was_expected(
    settings: Settings, newsroom: RunningNewsroom
) -> None:
    path = newsroom.sources_folder / "meridian-wire.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("json_feed", "jsonfeed"), encoding="utf-8")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "json_feed" in words)
    with pytest.raises(SourceFileError) as caught:
        refresh(settings, say=lambda _line: None, run_id="mistake")
    assert (caught.value.path, caught.value.line, caught.value.field) == (path, line, "feeds.0.kind")
    assert "json_feed" in caught.value.expected
    assert not settings.current_edition_file.exists()


def test_a_run_without_any_source_fails_in_words_and_is_no_quiet_night(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", sources_folder=tmp_path, newsroom=False)
    with pytest.raises(ConfigurationError, match="there is no source to read"):
        refresh(settings, say=lambda _line: None, run_id="nobody")
    assert open_run(settings, "nobody").verdict is RunVerdict.FAILED


def test_a_night_on_which_no_site_answers_is_held(settings: Settings) -> None:
    with running_newsroom(settings, port=0, visit=1, date=date(2026, 11, 20)):
        pass  # its source files stay, and nobody answers any more
    with pytest.raises(CheckFailedError, match="sources_were_visited"):
        refresh(settings, say=lambda _line: None, run_id="dark")
    assert open_run(settings, "dark").verdict is RunVerdict.HELD
    assert not settings.current_edition_file.exists()


def test_a_gather_task_killed_by_the_system_loses_nothing_it_had_archived(
    settings: Settings, newsroom: RunningNewsroom
) -> None:
    run = open_run(settings, "killed")
    program = (
        "from pipeline.gather import gather_source; from pipeline.runs import open_run; "
        "from pipeline.settings import load_settings; "
        "gather_source(open_run(load_settings(), 'killed'), 'meridian-wire')"
    )
    environment = {
        **os.environ,
        "DATELINE_HOME": str(settings.home),
        "DATELINE_SOURCES_FOLDER": str(settings.sources_folder),
    }
    slow_down(newsroom)
    process = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT_FOLDER, env=environment)
    deadline = time.monotonic() + 30
    while len(pages_asked(newsroom)) < 5:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    archived_before = len(pages_asked(newsroom)) - 1  # the one under way may or may not be whole
    gather_source(run, "meridian-wire")
    collect_run(run)
    fetches = list(read_records(run.stage_file("gather", "collected.fetches"), Fetch))
    gold = {a["url"] for a in newsroom.gold()["articles"] if a["site"] == "meridian-wire"}
    assert {f.url for f in fetches if f.status == "captured"} == gold
    assert len({f.capture_id for f in fetches}) == len(fetches)
    asked = pages_asked(newsroom)
    assert len(asked) <= len(gold) + 1, "what was archived is not asked for again"
    assert archived_before >= 4


def slow_down(newsroom: RunningNewsroom) -> None:
    """A pause between two pages, so that the kill falls among them."""
    path = newsroom.sources_folder / "meridian-wire.yml"
    text = path.read_text(encoding="utf-8")
    assert "delay_seconds: 0" in text
    path.write_text(text.replace("delay_seconds: 0.0", "delay_seconds: 0.1"), encoding="utf-8")


def pages_asked(newsroom: RunningNewsroom) -> list[str]:
    gold = {a["url"].split("/", 3)[3] for a in newsroom.gold()["articles"] if a["site"] == "meridian-wire"}
    return [r.path for r in newsroom.requests if r.host.startswith("meridian-wire") and r.path.lstrip("/") in gold]
