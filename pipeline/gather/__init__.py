"""From a source's feeds to captures: find the links, ask for them politely, keep every new answer as it came.

Way in: `gather_source(run, source_id)`, one pass over one source, whichever run it is of; `due_source_ids` says whose
turn it is; `import_warc` takes the captures of others. Way out: `collect_run(run)` writes two Parquet files of the
run, `gather/collected.fetches` (how each link ended) and `gather/collected.feeds` (how each feed visit ended), with
all that no edition has yet; and the WARC files in the captures folder, which `read_capture` reads.

    feeds (feed_visit, feeds, sitemaps, sections, polling) → links (urls, link_choice, link_state, revisit_schedule)
        → pages (page_visit, further_pages, next_page) → archive → ledger (gathered_rows, adoption) → collecting
                            client: robots, pace, holds, redirects, walls
                            transport: one request within its limits · connections, addresses: to where

The ledger is the memory from pass to pass and the meeting place of processes. What may not enter: anything that looks
into an article (that is `read`; the charset of a page is its business too), and any request that does not go through
`client`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.handover import StageResult
    from pipeline.runs import Run
    from pipeline.settings import Settings


def gather_source(
    run: Run, source_id: str, *, only_due: bool = False, revisit: bool = True, wait_seconds: float = 3600.0
) -> StageResult:
    """One pass over one source. See `pipeline.gather.gathering.gather_source`."""
    from pipeline.gather.gathering import gather_source as gather  # noqa: PLC0415  a DAG parse must not pay for it

    return gather(run, source_id, only_due=only_due, revisit=revisit, wait_seconds=wait_seconds)


def collect_run(run: Run) -> StageResult:
    """What was gathered and is in no edition yet. See `pipeline.gather.collecting.collect_run`."""
    from pipeline.gather.collecting import collect_run as collect  # noqa: PLC0415  see above

    return collect(run)


def due_source_ids(settings: Settings) -> list[str]:
    """The sources whose turn it is. See `pipeline.gather.watching.due_source_ids`."""
    from pipeline.gather.watching import due_source_ids as due  # noqa: PLC0415  see above

    return due(settings)


__all__ = ["collect_run", "due_source_ids", "gather_source"]
