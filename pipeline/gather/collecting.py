"""The stage `collect`: what was gathered and is in no edition yet becomes the input of a run.

Whatever pass gathered it: the run's own, those of `watch_sources` since the last edition, an import of WARC files,
and all that earlier runs collected which published nothing. "In no edition" is asked of the current edition, row by
row. So a held or failed night loses nothing, and when an older edition is put back, what it lacks comes again.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta

from pipeline.gather.adoption import adopt_all
from pipeline.gather.gathered_rows import GatheredRows, Row
from pipeline.gather.ledger import Ledger, open_ledger
from pipeline.gather.ledger_schema import write_transaction
from pipeline.handover import StageResult, write_records
from pipeline.known import Known, open_known
from pipeline.records import FeedVisit, Fetch
from pipeline.runs import RUN_FILE, Run, read_run
from pipeline.sources.loader import load_catalogue

logger = logging.getLogger(__name__)

# Rows that the current edition has are kept for so long all the same: an older edition may be put back.
KEPT_DAYS = 30.0


def collect_run(run: Run) -> StageResult:
    """Write the run's `gather/collected.fetches` and `gather/collected.feeds`.

    A run that has published keeps its files: its rows are in the edition, and there is nothing to collect again. Rows
    of a source that has no file any more, and no place in the edition yet, cannot be loaded: they wait until the file
    is back, and the log says so.

    Returns:
        The path of the Fetch rows. Counts: `links` in all and how many ended in each status; `feeds` visits in all,
        and `feed_<status>`; `passes` that gathered them; `without_source` rows that wait.
    """
    settings = run.settings
    fetches_file = run.stage_file("gather", "collected.fetches")
    visits_file = run.stage_file("gather", "collected.feeds")
    with open_ledger(settings) as ledger, open_known(settings.current_edition_file) as known:
        if run.stage_files("gather", "collected.*") and _has_published(run):
            return StageResult(str(fetches_file), {})
        adopt_all(settings, ledger)
        sources = load_catalogue(settings).keys() | known.source_ids()
        all_visits = _collected(ledger.visits, known)
        all_fetches = _collected(ledger.fetches, known)
        visits = [visit for visit in all_visits if visit.source_id in sources]
        fetches = [fetch for fetch in all_fetches if fetch.source_id in sources]
        waiting = {visit.source_id for visit in all_visits} | {fetch.source_id for fetch in all_fetches}
        write_records(visits_file, FeedVisit, visits)
        write_records(fetches_file, Fetch, fetches)
        _forget_old(ledger, known, run)
    left = len(all_visits) + len(all_fetches) - len(visits) - len(fetches)
    if left:
        logger.warning(
            "%d rows wait until their sources have files again: %s", left, ", ".join(sorted(waiting - sources))
        )
    statuses = Counter(str(fetch.status) for fetch in fetches)
    feed_statuses = Counter(f"feed_{visit.status}" for visit in visits)
    passes = {fetch.gather_run_id for fetch in fetches} | {visit.gather_run_id for visit in visits}
    totals = {"links": len(fetches), "feeds": len(visits), "passes": len(passes), "without_source": left}
    return StageResult(str(fetches_file), totals | dict(sorted(statuses.items())) | dict(sorted(feed_statuses.items())))


def _has_published(run: Run) -> bool:
    run_file = run.folder / RUN_FILE
    return run_file.exists() and read_run(run.settings, run_file).edition is not None


def _collected(rows: GatheredRows[Row], known: Known) -> list[Row]:
    ids = rows.ids()
    loaded = known.loaded(ids)
    return list(rows.of_ids([one for one in ids if one not in loaded]))


def _forget_old(ledger: Ledger, known: Known, run: Run) -> None:
    """Remove rows that the current edition has and that are older than `KEPT_DAYS`."""
    before = run.started_at - timedelta(days=KEPT_DAYS)
    old_visits = known.loaded(ledger.visits.ids(before=before))
    old_fetches = known.loaded(ledger.fetches.ids(before=before))
    if old_visits or old_fetches:
        with write_transaction(ledger.connection):
            ledger.visits.forget(old_visits)
            ledger.fetches.forget(old_fetches)
        logger.info("the ledger forgot %d rows that the edition has", len(old_visits) + len(old_fetches))
