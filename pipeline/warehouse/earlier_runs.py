"""The book of runs: what is known of every run whose folder is there, also of those that published nothing.

Of such a run only the counts and the check results are kept: a held night must not look as if it had not been. Its
feed visits, links and articles are not: whatever no edition has is collected again by the next run, which loads it.
So a link that a held run worked on is counted in `run_counts` by that run and by the one that published it; how many
there were in all is what `fetches` says, where each is loaded once (`pipeline.warehouse.staging` proves it).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from pipeline.runs import Run
from pipeline.warehouse.check import QualityCheck, insert_results, read_results
from pipeline.warehouse.migrate import LOAD_FOLDER
from pipeline.warehouse.staging import stage_run

_log = logging.getLogger(__name__)

Results = list[tuple[Run, list[QualityCheck]]]


def stage_earlier_runs(connection: duckdb.DuckDBPyConnection, runs: Iterable[Run]) -> Results:
    """Count the runs that the tables do not know into the temporary table `earlier_counts`; returns their checks.

    A run whose files cannot be read (a power cut can leave such) is passed over with a warning.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE earlier_counts AS SELECT * FROM run_counts LIMIT 0")
    known = {row[0] for row in connection.execute("SELECT DISTINCT run_id FROM run_counts").fetchall()}
    results: Results = []
    for run in runs:
        if run.run_id in known:
            continue
        try:
            stage_run(connection, run)
            count_stages(connection, run.run_id)
            results.append((run, read_results(run)))
        except (duckdb.Error, pa.ArrowException) as error:
            _log.warning("run %s: its files cannot be read and are left out of run_counts: %s", run.run_id, error)
            continue
        connection.execute("INSERT INTO earlier_counts SELECT * FROM stage_counts")
    return results


def count_stages(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Count the staged run into the temporary table `stage_counts`."""
    connection.execute("SET VARIABLE run_id = $run_id", {"run_id": run_id})
    connection.execute((LOAD_FOLDER / "00_stage_counts.sql").read_text(encoding="utf-8"))


def insert_earlier_runs(connection: duckdb.DuckDBPyConnection, runs: Iterable[Run], results: Results) -> None:
    """Write down the runs, the staged counts and the check results of `stage_earlier_runs`."""
    insert_runs(connection, runs)
    connection.execute("INSERT INTO run_counts SELECT * FROM earlier_counts ORDER BY ALL")
    for run, checks in results:
        insert_results(connection, run.run_id, checks)


def insert_runs(connection: duckdb.DuckDBPyConnection, runs: Iterable[Run], *, loaded: bool = False) -> None:
    """Write down what run.json says of each run; of a run that is loaded already, the table knows better."""
    known = {row[0] for row in connection.execute("SELECT run_id FROM runs WHERE is_loaded").fetchall()}
    for run in runs:
        if run.run_id in known:
            continue
        # A run that is being loaded has no verdict yet, whatever an earlier attempt of it ended with.
        ended = [None] * 4 if loaded else [run.finished_at, run.verdict, run.edition, run.note]
        connection.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [run.run_id, run.dag_id, run.airflow_run_id, run.started_at, *ended, loaded],
        )
