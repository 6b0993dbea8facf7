"""The tasks that gather: those of `nightly_refresh`, of `watch_sources` and of `backfill_archive`.

A task's docstring is its documentation in the Airflow UI.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import task

from house import assets
from house.handing_on import Counted, announce, counted, gather_run
from house.pools import Pool
from pipeline.settings import load_settings


@task
def list_sources() -> list[str]:
    """Reads the source files; a mistake in one stops the run with file, line and field."""
    from pipeline.sources.loader import enabled_source_ids

    return enabled_source_ids(load_settings())


@task(pool=Pool.GATHER, map_index_template="{{ task.op_kwargs['source_id'] }}")
def gather_source(run: str, source_id: str) -> Counted:
    """Visits one source's feeds and pages, politely, and archives what is new.

    Safe to re-run: what is archived is not asked for again. Waits where `watch_sources` gathers the source just now.
    """
    from pipeline import gather

    return counted(run, gather.gather_source, source_id)


@task(trigger_rule="none_failed", outlets=[assets.captures])
def collect(run: str, outlet_events: Any = None) -> Counted:
    """Takes what was gathered and is in no edition yet, by this run, by `watch_sources` and by imports."""
    from pipeline.gather import collect_run

    return announce(outlet_events[assets.captures], [counted(run, collect_run)])


@task
def list_due_sources() -> list[str]:
    """Looks which sources have a feed, a link or a page's next visit that is due."""
    from pipeline.gather import due_source_ids

    return due_source_ids(load_settings())


@task(pool=Pool.GATHER, map_index_template="{{ task.op_kwargs['source_id'] }}")
def watch_source(source_id: str, dag_run: Any = None) -> Counted:
    """Visits one source's due feeds, asks for the links that are new or due, and visits young pages again.

    Skipped where another run gathers the source just now. Safe to re-run: what is archived is not asked for again.
    """
    from airflow.sdk.exceptions import AirflowSkipException

    from pipeline import gather
    from pipeline.errors import SourceBusyError

    try:
        result = gather.gather_source(gather_run(dag_run, "watch"), source_id, only_due=True, wait_seconds=0)
    except SourceBusyError as busy:
        raise AirflowSkipException(str(busy)) from busy
    return {"path": result.path, "counts": result.counts}


@task(trigger_rule="none_failed", outlets=[assets.captures])
def announce_captures(results: list[Counted], outlet_events: Any = None) -> Counted:
    """Adds up what was gathered and announces the captures; skipped where nothing was due."""
    from airflow.sdk.exceptions import AirflowSkipException

    gathered = list(results)
    if not gathered:
        raise AirflowSkipException("nothing was due")
    return announce(outlet_events[assets.captures], gathered)


@task
def list_warc_files(params: dict[str, Any] | None = None) -> list[str]:
    """Finds the WARC files that the run's parameter `files` names, patterns included; an empty answer is an error."""
    from pipeline.gather.warc_import import find_warc_files

    return [str(path) for path in find_warc_files((params or {})["files"])]


@task(pool=Pool.GATHER, map_index_template="{{ task.op_kwargs['file'] }}")
def import_warc_file(file: str, dag_run: Any = None) -> Counted:
    """Takes the captures of our sources out of one WARC file into the archive.

    Safe to re-run and to kill: it goes on where it stopped, and takes each record once.
    """
    from pathlib import Path

    from pipeline.gather.warc_import import import_warc

    run = gather_run(dag_run, "backfill")
    result = import_warc(run.settings, run.run_id, Path(file))
    return {"path": result.path, "counts": result.counts}
