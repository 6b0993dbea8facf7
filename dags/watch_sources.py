"""
## Watch sources: gather between the nights

**Purpose.** Feeds hold the last few dozen items only, so a visit a night loses what came and went in between. This
DAG visits the feeds that are due, and young pages again on the schedule of `DATELINE_REVISIT_AFTER_HOURS`; it archives
what is new or has changed. It reads and publishes nothing: `nightly_refresh` builds the next edition from all that was
gathered since the last one.

**Schedule.** `DATELINE_WATCH_SCHEDULE`, by default every 30 minutes. How often a feed is due depends on how much new
it brings (15 minutes to a day); a source with nothing due is not asked. One run at a time.

**Inputs.** The source files in `pipeline/sources/` (and the built-in newsroom), and the ledger
(`var/gather/ledger.sqlite`), which knows feeds, links and hosts.

**Outputs.** The asset `captures` (WARC files), rows in the ledger; each asset event carries the counts.

**When it is red.** Open the red task's log; its last line says what happened, where, and what to do: a mistake in a
source file, a full disk, or a defect. A site that is down does not make it red; its links end as `unreachable` and
are asked for again. A skipped source is being gathered by another run.

**Is a re-run safe?** Yes, also beside `nightly_refresh`: one process at a time gathers a source, hosts keep one pace
for all, and what is archived is not asked for again.
"""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag
from house import gather_tasks as tasks
from house.handing_on import documented
from house.retries import DEFAULT_ARGS
from house.schedules import MISSED_BY
from house.tags import WATCH_TAGS

from pipeline.settings import load_settings


@dag(
    dag_display_name="Watch sources",
    schedule=CronTriggerTimetable(load_settings().watch_schedule, timezone="UTC", run_immediately=MISSED_BY),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    default_args=DEFAULT_ARGS,
    tags=WATCH_TAGS,
    doc_md=__doc__,
)
def watch_sources() -> None:
    """The sources that are due → their captures."""
    tasks.announce_captures(documented(tasks.watch_source).expand(source_id=tasks.list_due_sources()))


watch_sources()
