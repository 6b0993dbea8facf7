"""`make run`: one refresh through Airflow, watched to its end, and what it brought in a few lines."""

from __future__ import annotations

import time
from collections import Counter

from pipeline.control.installation import DAG_ID, Installation, Say
from pipeline.control.summary import summary_lines
from pipeline.errors import PermanentError
from pipeline.runs import Run, all_runs
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict

RUN_LIMIT_SECONDS = 14_400.0  # a first visit to many publishers takes an hour: five seconds between two pages
POLL_SECONDS = 1.0
ENDED = frozenset({"success", "failed"})
GOOD_VERDICTS = frozenset({RunVerdict.PUBLISHED, RunVerdict.EMPTY})


def run_through_airflow(settings: Settings, say: Say) -> Run:
    """Bring the installation up, run the DAG to its end, say what came of it, and take down what was started.

    Returns the closed run.

    Raises:
        PermanentError: the DAG run failed, or the edition was held; names the red tasks and their logs.
        DatelineError: the installation could not be brought up.
    """
    installation = Installation(settings, say)
    was_up = installation.is_up()
    try:
        installation.bring_up()
        airflow_run_id = installation.api.trigger(DAG_ID)
        say(f"{DAG_ID} runs: {installation.airflow.address}/dags/{DAG_ID}/runs/{airflow_run_id}")
        state = _watch(installation, airflow_run_id, say)
        run = _run_of(settings, airflow_run_id)
        if state != "success" or run.verdict not in GOOD_VERDICTS:
            raise PermanentError(_what_went_wrong(installation, airflow_run_id, run))
        for line in summary_lines(settings, run):
            say(line)
        return run
    finally:
        if not was_up:
            say("stopping what was started ...")
            installation.take_down()


def _watch(installation: Installation, airflow_run_id: str, say: Say) -> str:
    """Say how far the run is whenever that changes; returns its last state."""
    deadline = time.monotonic() + RUN_LIMIT_SECONDS
    said = ""
    while time.monotonic() < deadline:
        state = str(installation.api.run_state(DAG_ID, airflow_run_id)["state"])
        line = _progress(installation.api.task_instances(DAG_ID, airflow_run_id))
        if line != said:
            say(line)
            said = line
        if state in ENDED:
            return state
        time.sleep(POLL_SECONDS)
    raise PermanentError(f"{airflow_run_id} did not end within {RUN_LIMIT_SECONDS / 60:.0f} minutes")


def _progress(instances: list[dict[str, object]]) -> str:
    """For example `  22 of 31 tasks done; running: gather.gather_source [3]`."""
    states = Counter(str(instance["state"]) for instance in instances)
    running = Counter(str(i["task_id"]) for i in instances if i["state"] == "running")
    names = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in sorted(running.items()))
    done = states["success"] + states["skipped"] + states["failed"] + states["upstream_failed"]
    return f"  {done} of {len(instances)} tasks done" + (f"; running: {names}" if names else "")


def _run_of(settings: Settings, airflow_run_id: str) -> Run:
    for run in all_runs(settings):
        if run.airflow_run_id == airflow_run_id:
            return run
    raise PermanentError(f"{airflow_run_id} left no run folder below {settings.runs_folder}: its first task failed")


def _what_went_wrong(installation: Installation, airflow_run_id: str, run: Run) -> str:
    red = sorted(
        {
            str(instance["task_id"])
            for instance in installation.api.task_instances(DAG_ID, airflow_run_id)
            if instance["state"] == "failed"
        }
    )
    logs = installation.airflow.folder / "logs" / f"dag_id={DAG_ID}" / f"run_id={airflow_run_id}"
    return f"the run ended {run.verdict}: {run.note}; red: {', '.join(red) or 'none'}; logs: {logs}"
