"""Passes that were killed: what they archived is written into the ledger by whoever gathers the source next.

A pass writes the ledger once, at its end; each capture it archives carries its row in the WARC file. Of a killed pass
the rows are therefore read from there. What it had asked for without archiving anything (a 404, a refusal) is asked
for again. The feeds it visited count as not visited: it may not have come to all their links.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace

from pipeline.errors import SourceBusyError
from pipeline.gather.archive import capture_files
from pipeline.gather.attempts import read_earlier_attempts
from pipeline.gather.ledger import Ledger
from pipeline.gather.source_lock import source_lock
from pipeline.settings import Settings

logger = logging.getLogger(__name__)


def adopt_killed_passes(settings: Settings, ledger: Ledger, source_id: str, resumed_run_id: str | None = None) -> int:
    """Write down what the killed passes of a source archived; returns how many captures. Call it in `source_lock`.

    Args:
        settings: the installation.
        ledger: the ledger.
        source_id: the source.
        resumed_run_id: the pass that is gathered again now: it writes down its feed visits itself, at its end.
    """
    adopted = 0
    for gather_run_id, _ in ledger.open_passes(source_id):
        adopted += _adopt(settings, ledger, gather_run_id, source_id, with_visits=gather_run_id != resumed_run_id)
    return adopted


def adopt_all(settings: Settings, ledger: Ledger) -> int:
    """The same for every source that nobody gathers just now; returns how many captures."""
    adopted = 0
    for source_id in sorted({source_id for _, source_id in ledger.open_passes()}):
        try:
            with source_lock(settings, source_id, wait_seconds=0):
                adopted += adopt_killed_passes(settings, ledger, source_id)
        except SourceBusyError:  # it is no killed pass: it is under way, and its rows are for the next run
            continue
    return adopted


def rebuild_ledger(settings: Settings, ledger: Ledger) -> int:
    """Write into the ledger whatever the WARC files hold and it does not know; returns how many captures they hold.

    For a ledger that was lost or set back: every page that was ever captured is known again, and every row that no
    edition has is collected by the next run.
    """
    found = 0
    for gather_run_id, source_id in sorted(
        {(run, source) for run, source, _ in capture_files(settings.captures_folder)}
    ):
        with source_lock(settings, source_id, wait_seconds=0):
            found += _adopt(settings, ledger, gather_run_id, source_id)
    return found


def _adopt(settings: Settings, ledger: Ledger, gather_run_id: str, source_id: str, *, with_visits: bool = True) -> int:
    earlier = read_earlier_attempts(settings.captures_folder, gather_run_id, source_id)
    # Of the new links that a feed offered only those it came to are dealt with; the others will be new again.
    reached = Counter(fetch.feed_id for fetch in earlier.all_fetches)
    visits = [
        replace(visit, new_link_count=min(visit.new_link_count, reached[visit.feed_id]), old_link_count=0)
        for visit in earlier.all_visits
    ]
    ledger.record(
        visits=visits if with_visits else (),
        fetches=earlier.all_fetches,
        captures=earlier.entries,
        ended=(gather_run_id, source_id),
        keep_feed_states=True,
    )
    if earlier.entries:
        logger.info("%s: took over %d captures of %s", source_id, len(earlier.entries), gather_run_id)
    return len(earlier.entries)
