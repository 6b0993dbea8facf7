"""`make run` twice as a newcomer would: real Airflow components, a home and ports of their own."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from pipeline.control.installation import Installation
from pipeline.gather import due_source_ids
from pipeline.gather.ledger import open_ledger
from pipeline.settings import Settings

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
DATELINE = [sys.executable, "-m", "pipeline.cli"]
LIMIT_SECONDS = 600

pytestmark = pytest.mark.airflow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Newcomer:
    home: Path
    environment: dict[str, str]

    def says(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*DATELINE, *words],
            cwd=PROJECT_FOLDER,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )

    def airflow_rows(self, sql: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.home / "airflow" / "airflow.db") as connection:
            rows = connection.execute(sql).fetchall()
        connection.close()
        return rows

    def processes(self) -> list[str]:
        """The command lines of processes that belong to this installation."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("DATELINE_HOME") == str(self.home):
                    found.append(" ".join(process.cmdline()))
            except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                continue
        return found


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    home = tmp_path_factory.mktemp("newcomer")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "DATELINE"))}
    environment |= {
        "DATELINE_HOME": str(home),
        "DATELINE_AIRFLOW_PORT": str(free_port()),
        "DATELINE_NEWSROOM_PORT": str(free_port()),
        # Else they come by themselves whenever the tests run at two o'clock or at the half hour.
        "DATELINE_SCHEDULE": "0 0 1 1 *",
        "DATELINE_WATCH_SCHEDULE": "0 0 1 1 *",
    }
    return Newcomer(home, environment)


@pytest.fixture(scope="module")
def runs(newcomer: Newcomer) -> list[subprocess.CompletedProcess[str]]:
    return [newcomer.says("run", "--airflow") for _ in range(2)]


def test_the_first_run_publishes_and_says_what_it_found(runs: list[subprocess.CompletedProcess[str]]) -> None:
    assert runs[0].returncode == 0, runs[0].stdout[-3000:] + runs[0].stderr[-3000:]
    assert "Verdict: published. 14 sources" in runs[0].stdout
    assert "edition 1" in runs[0].stdout
    assert "make up" in runs[0].stdout


def test_the_second_run_finds_only_what_changed_and_says_so(runs: list[subprocess.CompletedProcess[str]]) -> None:
    assert runs[1].returncode == 0, runs[1].stdout[-3000:] + runs[1].stderr[-3000:]
    assert "3 new, 2 revised" in runs[1].stdout
    assert "edition 2" in runs[1].stdout


@pytest.mark.usefixtures("runs")
def test_nothing_is_left_running(newcomer: Newcomer) -> None:
    assert newcomer.processes() == []


@pytest.mark.usefixtures("runs")
def test_the_ui_shows_green_runs_with_tasks_named_by_source_and_a_note(newcomer: Newcomer) -> None:
    assert newcomer.airflow_rows("SELECT state FROM dag_run ORDER BY id") == [("success",), ("success",)]
    states = newcomer.airflow_rows("SELECT DISTINCT state FROM task_instance ORDER BY 1")
    assert states == [("success",)]
    names = {
        row[0]
        for row in newcomer.airflow_rows(
            "SELECT rendered_map_index FROM task_instance WHERE task_id = 'gather.gather_source'"
        )
    }
    assert {"harbour-gazette", "meridian-wire", "cape-chronicle"} <= names
    assert len(names) == 14
    notes = [str(row[0]) for row in newcomer.airflow_rows("SELECT content FROM dag_run_note ORDER BY created_at")]
    assert len(notes) == 2
    assert notes[0].startswith("14 sources, ")
    assert notes[1].endswith("edition 2")


@pytest.mark.usefixtures("runs")
def test_asset_events_carry_counts(newcomer: Newcomer) -> None:
    rows = newcomer.airflow_rows(
        "SELECT asset.name, asset_event.extra FROM asset_event JOIN asset ON asset.id = asset_event.asset_id "
        "ORDER BY asset_event.id"
    )
    extras = {str(name): json.loads(str(extra)) for name, extra in rows[:4]}
    assert set(extras) == {"captures", "articles", "events", "edition"}
    assert extras["edition"] == {"edition": 1}
    assert extras["articles"]["new"] > 90
    assert extras["captures"]["captured"] >= extras["articles"]["new"]


@pytest.mark.usefixtures("runs")
def test_an_analyst_s_first_query_is_answered_from_the_edition(newcomer: Newcomer) -> None:
    answer = newcomer.says("query", "select * from event_articles limit 5", "--format", "json")
    assert answer.returncode == 0, answer.stderr
    assert len(json.loads(answer.stdout)) == 5


@pytest.mark.usefixtures("runs")
def test_a_night_on_which_no_site_answers_is_red_and_held_and_the_edition_stays(newcomer: Newcomer) -> None:
    edition = (newcomer.home / "editions" / "current.duckdb").read_bytes()
    folder = newcomer.home / "only-a-dead-site" / "gb"
    folder.mkdir(parents=True)
    (folder / "dead-site.yml").write_text(
        f"id: dead-site\nname: Dead Site\nhomepage: http://dead-site.localhost:{free_port()}/\ncountry_code: GBR\n"
        "language: en\ntimezone: Europe/London\nenabled: true\n"
        f"feeds:\n  - url: http://dead-site.localhost:{free_port()}/rss.xml\n    kind: rss\n",
        encoding="utf-8",
    )
    environment = {
        **newcomer.environment,
        "DATELINE_NEWSROOM": "false",
        "DATELINE_PUBLISHERS": "true",
        "DATELINE_SOURCES_FOLDER": str(folder.parent),
    }
    run = Newcomer(newcomer.home, environment).says("run", "--airflow")
    assert run.returncode == 1
    assert "the run ended held" in run.stderr
    assert "sources_were_visited" in run.stderr
    assert "red: check" in run.stderr
    assert "Traceback" not in run.stderr
    assert newcomer.airflow_rows("SELECT state FROM dag_run ORDER BY id DESC LIMIT 1") == [("failed",)]
    ((note,),) = newcomer.airflow_rows("SELECT content FROM dag_run_note ORDER BY created_at DESC LIMIT 1")
    assert str(note).startswith("held: ")
    tries = newcomer.airflow_rows(
        "SELECT try_number FROM task_instance WHERE task_id = 'check' ORDER BY end_date DESC LIMIT 1"
    )
    assert tries == [(1,)], "a check that failed is not worth another try"
    assert (newcomer.home / "editions" / "current.duckdb").read_bytes() == edition


@pytest.mark.usefixtures("runs")
def test_a_run_that_is_asked_to_end_leaves_nothing_running(newcomer: Newcomer) -> None:
    with subprocess.Popen(
        [*DATELINE, "run", "--airflow"],
        cwd=PROJECT_FOLDER,
        env=newcomer.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if line.startswith("nightly_refresh runs"):
                break
        assert len(newcomer.processes()) >= 5
        run.terminate()
        run.stdout.read()
    assert run.returncode == 128 + signal.SIGTERM
    assert newcomer.processes() == []


def ended(installation: Installation, dag_id: str, conf: dict[str, object] | None = None) -> list[dict[str, object]]:
    """Trigger a DAG, wait for its green end, and return its task instances."""
    airflow_run_id = installation.api.trigger(dag_id, conf)
    deadline = time.monotonic() + LIMIT_SECONDS
    while (state := installation.api.run_state(dag_id, airflow_run_id)["state"]) not in {"success", "failed"}:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert state == "success"
    return installation.api.task_instances(dag_id, airflow_run_id)


def watch_and_backfill(newcomer: Newcomer) -> None:
    """What was gathered a moment ago is not asked for; with all feeds due every source is; WARC files are taken in."""
    settings = Settings(
        home=newcomer.home,
        airflow_port=int(newcomer.environment["DATELINE_AIRFLOW_PORT"]),
        newsroom_port=int(newcomer.environment["DATELINE_NEWSROOM_PORT"]),
    )
    installation = Installation(settings, lambda _line: None)
    # The run that was asked to end above goes on now that Airflow is up again.
    under_way = "SELECT count(*) FROM dag_run WHERE state IN ('queued', 'running')"
    deadline = time.monotonic() + LIMIT_SECONDS
    while newcomer.airflow_rows(under_way) != [(0,)]:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    states = {task["task_id"]: task["state"] for task in ended(installation, "watch_sources")}
    assert states == {"list_due_sources": "success", "watch_source": "skipped", "announce_captures": "skipped"}
    with open_ledger(settings) as ledger:
        ledger.connection.execute("UPDATE feeds SET next_visit_at = 0")
    watched = [task for task in ended(installation, "watch_sources") if task["task_id"] == "watch_source"]
    assert [task["state"] for task in watched] == ["success"] * 14
    assert due_source_ids(settings) == []

    files = sorted(str(path) for path in settings.captures_folder.glob("*/meridian-wire-*.warc.gz"))
    assert files
    pattern = str(settings.captures_folder / "*" / "meridian-wire-*.warc.gz")
    imported = [
        task for task in ended(installation, "backfill_archive", {"files": [pattern]}) if task["map_index"] != -1
    ]
    assert [task["state"] for task in imported] == ["success"] * len(files)


def test_up_serves_on_loopback_only_and_down_leaves_nothing(
    newcomer: Newcomer, runs: list[subprocess.CompletedProcess[str]]
) -> None:
    assert runs
    up = newcomer.says("up")
    try:
        assert up.returncode == 0, up.stderr
        assert f"http://127.0.0.1:{newcomer.environment['DATELINE_AIRFLOW_PORT']}" in up.stdout
        listening = set()
        for process in psutil.process_iter():
            try:
                if process.environ().get("DATELINE_HOME") == str(newcomer.home):
                    listening |= {c.laddr.ip for c in process.net_connections() if c.status == psutil.CONN_LISTEN}
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        assert listening == {"127.0.0.1"}
        watch_and_backfill(newcomer)
    finally:
        down = newcomer.says("down")
    assert down.returncode == 0
    assert "api-server" in down.stdout
    assert newcomer.processes() == []
