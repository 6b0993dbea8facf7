"""The tasks of `nightly_refresh`: each calls one stage function and hands on its paths and counts.

A task's docstring is its documentation in the Airflow UI.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import task

from house import assets
from house.handing_on import Counted, announce, counted, folder_name, run_of
from house.pools import Pool
from pipeline.settings import load_settings


@task
def open_run(dag_run: Any = None) -> str:
    """Opens the run's folder and fixes its clock; a re-run keeps both."""
    from pipeline import runs

    run_id = folder_name(dag_run.run_id)
    runs.open_run(load_settings(), run_id, dag_id=dag_run.dag_id, airflow_run_id=dag_run.run_id)
    return run_id


@task
def plan_read(run: str) -> list[str]:
    """Divides the captures into batches."""
    from pipeline import read

    return read.plan_read(run_of(run))


@task(pool=Pool.PARSE, map_index_template="batch {{ task.op_kwargs['batch'] }}")
def read_batch(run: str, batch: str) -> Counted:
    """Turns one batch of captured pages into articles, each with its status."""
    from pipeline import read

    return counted(run, read.read_batch, batch)


@task(trigger_rule="none_failed", pool=Pool.PARSE)
def finish_read(run: str) -> Counted:
    """Learns what recurs on each source's pages, takes it out of the texts, and says which are new or revised."""
    from pipeline import read

    return counted(run, read.finish_read)


@task(trigger_rule="none_failed", outlets=[assets.articles], pool=Pool.PARSE)
def dedupe(run: str, outlet_events: Any = None) -> Counted:
    """Recognises repeats and stories, among tonight's articles and against the edition."""
    from pipeline.dedupe.stage import dedupe_run

    return announce(outlet_events[assets.articles], [counted(run, dedupe_run)])


@task
def plan_code(run: str) -> list[str]:
    """Divides the articles that are no repeats into batches."""
    from pipeline import events

    return events.plan_code(run_of(run))


@task(pool=Pool.PARSE, map_index_template="batch {{ task.op_kwargs['batch'] }}")
def code_batch(run: str, batch: str) -> Counted:
    """Codes the events that one batch of articles reports, each with its evidence."""
    from pipeline import events

    return counted(run, events.code_batch, batch)


@task(trigger_rule="none_failed", outlets=[assets.events], pool=Pool.DUCKDB_WRITER)
def load(run: str, outlet_events: Any = None) -> Counted:
    """Loads the run into the working DuckDB file in one transaction; all of it or nothing."""
    from pipeline.warehouse import load_run

    return announce(outlet_events[assets.events], [counted(run, load_run)])


@task(pool=Pool.DUCKDB_WRITER)
def check(run: str) -> Counted:
    """Runs every file of sql/checks; a failed one holds the edition."""
    from pipeline.refresh import check_or_hold

    return counted(run, check_or_hold)


@task(outlets=[assets.edition], pool=Pool.DUCKDB_WRITER)
def publish(run: str, outlet_events: Any = None) -> Counted:
    """Replaces the published edition atomically; skipped, in words, when there is nothing new."""
    from airflow.sdk.exceptions import AirflowSkipException

    from pipeline.refresh import finish_run

    result = finish_run(run_of(run))
    if result is None:
        raise AirflowSkipException("nothing new or revised: the last edition stays published")
    return announce(outlet_events[assets.edition], [{"path": result.path, "counts": result.counts}])


@task
def close_run(run: str) -> str:
    """Writes down the verdict of a run that did not get to publishing."""
    from pipeline.refresh import settle_verdict

    return settle_verdict(run_of(run))
