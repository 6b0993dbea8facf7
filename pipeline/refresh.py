"""One refresh from sources to edition: the line itself, and how it ends.

Airflow runs the same stage functions as tasks (`dags/nightly_refresh.py`); `dateline run` runs them here, without a
scheduler, with threads for waiting and processes for work. Both end through `check_or_hold`, `finish_run` and
`settle_verdict`, so that a run has one verdict however it was started.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial

from pipeline.errors import CheckFailedError
from pipeline.gather_pool import GatherPool
from pipeline.handover import StageResult
from pipeline.mapped_stage import Say, in_words, map_stage
from pipeline.runs import Run, close_run, open_run, read_run, run_id_at
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict

SOURCES_AT_ONCE = 8


def refresh(settings: Settings, *, say: Say, run_id: str | None = None) -> Run:
    """Run the whole line once and return the closed run.

    Args:
        settings: the installation.
        say: gets one line for each step, for a person who waits.
        run_id: resumes or repeats that run; a new run where it is None.

    Raises:
        DatelineError: a stage failed; the run is closed as `failed` or `held`, the last edition stays.
    """
    run = open_run(settings, run_id or run_id_at(datetime.now(UTC)), dag_id=None)
    try:
        _run_stages(run, say)
        finish_run(run)
    finally:
        settle_verdict(run)
    return read_run(settings, run.folder / "run.json")


def check_or_hold(run: Run) -> StageResult:
    """Check the warehouse; a failed check closes the run as `held` and is raised on."""
    from pipeline.warehouse import check_run  # noqa: PLC0415  DuckDB, which a DAG parse must not pay for

    try:
        return check_run(run)
    except CheckFailedError as error:
        close_run(run, RunVerdict.HELD, edition=None, note=f"held: {error}"[:1000])
        raise


def finish_run(run: Run) -> StageResult | None:
    """Publish the run's edition, or close the run as `empty` and return None where there is nothing new."""
    from pipeline.warehouse import is_empty, publish_run, run_note  # noqa: PLC0415  as above

    if is_empty(run):
        close_run(run, RunVerdict.EMPTY, edition=None, note=run_note(run))
        return None
    edition = publish_run(run)  # closes the run with its verdict, number and note
    return StageResult(str(edition.path), {"edition": edition.number})


def settle_verdict(run: Run) -> str:
    """The run's verdict; a run that nothing has closed has failed, and is closed so."""
    run = read_run(run.settings, run.folder / "run.json")
    if run.verdict is None:
        run = close_run(run, RunVerdict.FAILED, edition=None, note="failed: see the log of the stage that stopped it")
    return str(run.verdict)


def _run_stages(run: Run, say: Say) -> None:
    from pipeline.dedupe.stage import dedupe_run  # noqa: PLC0415  the stages' libraries cost seconds
    from pipeline.events import code_batch, plan_code  # noqa: PLC0415  likewise
    from pipeline.gather import collect_run, gather_source  # noqa: PLC0415  likewise
    from pipeline.read import finish_read, plan_read, read_batch  # noqa: PLC0415  likewise
    from pipeline.sources.loader import enabled_source_ids  # noqa: PLC0415  likewise
    from pipeline.warehouse import load_run  # noqa: PLC0415  likewise

    source_ids = enabled_source_ids(run.settings)
    with GatherPool(SOURCES_AT_ONCE) as pool:
        map_stage(pool, "gather", partial(gather_source, run), source_ids, say=say)
    say(f"collect: {in_words(collect_run(run).counts)}")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as processes:
        map_stage(processes, "read", partial(read_batch, run), plan_read(run), say=say)
        say(f"finish reading: {in_words(finish_read(run).counts)}")
        say(f"dedupe: {in_words(dedupe_run(run).counts)}")
        map_stage(processes, "code", partial(code_batch, run), plan_code(run), say=say)
    say(f"load: {in_words(load_run(run).counts)}")
    say(f"check: {in_words(check_or_hold(run).counts)}")
