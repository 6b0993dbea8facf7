"""Puts a run's one-line summary into its note in the Airflow UI.

Tasks cannot write notes, so the scheduler does, when a DAG run ends: the line stands in the run's `run.json`.
Every Airflow process imports this file: nothing heavy at module level.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun

log = logging.getLogger(__name__)
LONGEST_NOTE = 1000  # the column's length in Airflow 3.3


@hookimpl
def on_dag_run_success(dag_run: DagRun, msg: str) -> None:
    """Note what a green run brought."""
    _write_note(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: DagRun, msg: str) -> None:
    """Note why a red run ended."""
    _write_note(dag_run)


def _write_note(dag_run: DagRun) -> None:
    from pipeline.errors import DatelineError
    from pipeline.runs import all_runs
    from pipeline.settings import load_settings

    try:
        for run in all_runs(load_settings()):
            if run.airflow_run_id == dag_run.run_id and run.note:
                dag_run.note = run.note[:LONGEST_NOTE]
    except (DatelineError, OSError, ValueError) as error:
        # A note is a convenience; the scheduler must go on, and its log says what happened.
        log.warning("no note for %s: %s", dag_run.run_id, error)


class RunNotesPlugin(AirflowPlugin):
    """Registers this module as a listener."""

    name = "dateline_run_notes"
    listeners = [sys.modules[__name__]]  # noqa: RUF012  AirflowPlugin declares it as an instance variable
