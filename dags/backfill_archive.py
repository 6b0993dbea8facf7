"""
## Backfill archive: the captures of others

**Purpose.** Takes the pages of our sources out of WARC files that others made, such as Common Crawl's CC-NEWS, and
puts them into the capture archive. The next `nightly_refresh` reads them like pages of its own.

**Schedule.** None: started by hand. The parameter `files` lists WARC files or patterns (`/data/CC-NEWS-2026*.warc.gz`).

**Inputs.** The WARC files, and the source files in `pipeline/sources/`, enabled or not: a page belongs to the source
whose host it is from; pages of other hosts are counted and left.

**Outputs.** The asset `captures` (WARC files), rows in the ledger; each asset event carries the counts.

**When it is red.** Open the red task's log; its last line says what happened, where, and what to do: a file that is
not there, a full disk, or a defect. Damaged records do not make it red; they are counted.

**Is a re-run safe?** Yes: a file goes on where it stopped, and each record is taken once, however often its file is
given.
"""

from __future__ import annotations

from airflow.sdk import Param, dag
from house import gather_tasks as tasks
from house.handing_on import documented
from house.retries import DEFAULT_ARGS
from house.tags import BACKFILL_TAGS


@dag(
    dag_display_name="Backfill archive",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    default_args=DEFAULT_ARGS,
    params={
        "files": Param(
            [],
            type="array",
            items={"type": "string"},
            description="WARC files on the machine that runs the tasks, or patterns of their names.",
        )
    },
    tags=BACKFILL_TAGS,
    doc_md=__doc__,
)
def backfill_archive() -> None:
    """WARC files → captures of our sources."""
    tasks.announce_captures(documented(tasks.import_warc_file).expand(file=tasks.list_warc_files()))


backfill_archive()
