"""
## Nightly refresh: from the sources to a published edition

**Purpose.** Visits every enabled source, takes all that was gathered since the last edition (by `watch_sources`
too), reads the new and the revised articles, recognises repeats, codes the events they report, loads the warehouse,
checks it and publishes a DuckDB edition for analysts.

**Schedule.** `DATELINE_SCHEDULE`, by default `0 2 * * *` (02:00 UTC). One run at a time.

**Inputs.** The source files in `pipeline/sources/` (and the built-in newsroom), the ledger, which says what was
gathered, and the current edition, which says what of it is known.

**Outputs.** Assets `captures` (WARC files), `articles` and `events` (Parquet of the run, rows of the warehouse) and
`edition` (the published DuckDB file); each asset event carries the counts. The run's note says it in one line.

**When it is red.** Open the red task's log; its last line says what happened, where, and what to do.
`gather_source`: one source's files or code; the others are not lost. `load`: accounting did not add up, or another
process holds the working file; nothing was written. `check`: the warehouse failed a check, the edition is *held*
and the last good one stays published; the table `quality_checks` and the log name the rows. Analysts are never
cut off by a red run: they keep the last edition.

**Is a re-run safe?** Yes. Clear any task, or the whole run: stages replace their own output, captures already
archived are not asked for again, and the same run never publishes two editions.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, task_group
from house import gather_tasks
from house import refresh_tasks as tasks
from house.handing_on import documented
from house.retries import DEFAULT_ARGS
from house.schedules import MISSED_BY
from house.tags import REFRESH_TAGS

from pipeline.settings import load_settings


@task_group(tooltip="Each source's feeds and pages, and what was gathered since the last edition")
def gather(run):  # type: ignore[no-untyped-def]  # TaskFlow: the argument is an XComArg
    """One mapped task for each source, named by it; then all that no edition has yet."""
    sources = gather_tasks.list_sources()
    run >> sources
    gathered = documented(gather_tasks.gather_source).partial(run=run).expand(source_id=sources)
    gathered >> gather_tasks.collect(run)


@task_group(tooltip="Captured pages become articles")
def read(run):  # type: ignore[no-untyped-def]  # as above
    """One mapped task for each batch of captures; then one that sees all of them."""
    read_batches = documented(tasks.read_batch).partial(run=run).expand(batch=tasks.plan_read(run))
    read_batches >> tasks.finish_read(run)


@task_group(tooltip="The events that the articles report")
def code(run):  # type: ignore[no-untyped-def]  # as above
    """One mapped task for each batch of articles that are no repeats."""
    documented(tasks.code_batch).partial(run=run).expand(batch=tasks.plan_code(run))


@dag(
    dag_display_name="Nightly refresh",
    schedule=CronTriggerTimetable(load_settings().schedule, timezone="UTC", run_immediately=MISSED_BY),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    default_args=DEFAULT_ARGS,
    tags=REFRESH_TAGS,
    doc_md=__doc__,
)
def nightly_refresh() -> None:
    """gather → read → dedupe → code → load → check → publish."""
    run = tasks.open_run()
    published = tasks.publish(run)
    (gather(run) >> read(run) >> tasks.dedupe(run) >> code(run) >> tasks.load(run) >> tasks.check(run) >> published)
    published >> tasks.close_run(run).as_teardown()


nightly_refresh()
