"""Gathering without a scheduler and without building an edition: what `dateline gather` does.

The same passes as `watch_sources` and `backfill_archive` make; the next refresh builds from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pipeline.gather import due_source_ids, gather_source
from pipeline.gather.warc_import import find_warc_files, import_warc
from pipeline.gather_pool import GatherPool
from pipeline.handover import StageResult
from pipeline.mapped_stage import Say, map_stage
from pipeline.refresh import SOURCES_AT_ONCE
from pipeline.runs import Run, run_id_at
from pipeline.settings import Settings
from pipeline.sources.loader import enabled_source_ids


def gather_now(settings: Settings, source_ids: Sequence[str], *, only_due: bool, say: Say) -> Counter[str]:
    """Gather some sources, or all enabled ones; returns the summed counts.

    Args:
        settings: the installation.
        source_ids: which ones; none: all that are enabled.
        only_due: leave out feeds whose poll interval is not over, and sources with nothing due.
        say: gets a line for each source.

    Raises:
        ConfigurationError: a source is not enabled, or its file is wrong.
        SourceBusyError: another process has been gathering a source for an hour.
    """
    now = datetime.now(UTC)
    run = Run(run_id=f"gather_{run_id_at(now)}", settings=settings, started_at=now)
    parts = list(source_ids) or (due_source_ids(settings) if only_due else enabled_source_ids(settings))
    stage = partial(gather_source, run, only_due=only_due)
    with GatherPool(SOURCES_AT_ONCE) as pool:
        return map_stage(pool, "gather", stage, parts, say=say)


def import_now(settings: Settings, patterns: Sequence[str], *, say: Say) -> Counter[str]:
    """Take the captures of our sources out of WARC files; returns the summed counts.

    Raises:
        ConfigurationError: a file is not there.
        AccountingError: records in are not records accounted for.
    """
    run_id = f"backfill_{run_id_at(datetime.now(UTC))}"
    files = [str(path) for path in find_warc_files(patterns)]

    def take(file: str) -> StageResult:
        return import_warc(settings, run_id, Path(file))

    with ThreadPoolExecutor(1) as threads:
        return map_stage(threads, "import", take, files, say=say)
