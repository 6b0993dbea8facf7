"""Publish the checked working file as the next edition, so that a kill at any moment leaves the old one or the new.

The order: (1) the run's row gets its edition number, in a transaction; (2) the working file is closed and copied to
`edition-000007.duckdb`; (3) `current.duckdb` is replaced by a link to it, which is the moment of publication; (4) the
run is closed. A re-run after a kill finds the number that the run was given and goes on from there.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from pipeline.errors import PermanentError
from pipeline.runs import Run, close_run
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict
from pipeline.synced_folder import sync_folder
from pipeline.warehouse.base import (
    copy_durably,
    current_contents,
    edition_contents,
    read_contents,
    remove_torn_copies,
)
from pipeline.warehouse.connection import open_working, transaction, writer_lock
from pipeline.warehouse.editions import Edition, edition_file, edition_numbers, list_editions
from pipeline.warehouse.notes import run_note

# Not writable: a DuckDB client that opens an edition without its read-only option is refused instead of changing it.
_EDITION_MODE = 0o444


def publish_run(run: Run) -> Edition:
    """Publish the loaded and checked run, close it as published, and return its edition.

    Raises:
        PermanentError: the run is not loaded, or one of its checks failed or was never made.
        WarehouseBusyError: another process writes to the working file.
    """
    settings = run.settings
    settings.editions_folder.mkdir(parents=True, exist_ok=True)
    with writer_lock(settings):
        remove_torn_copies(settings.editions_folder)
        number = current_contents(settings).loaded.get(run.run_id)
        if number is None:
            number = _mark_published(run)
            copy_durably(settings.warehouse_file, edition_file(settings, number), mode=_EDITION_MODE)
            _make_current(settings, number)
    edition = next(edition for edition in list_editions(settings) if edition.number == number)
    close_run(run, RunVerdict.PUBLISHED, edition=number, note=edition.note or "")
    return edition


def _mark_published(run: Run) -> int:
    """Write verdict and edition number into the working file, close it whole, and return the number."""
    with open_working(run.settings) as connection:
        loaded = read_contents(connection).loaded
        if run.run_id not in loaded:
            raise PermanentError(f"run {run.run_id} is not in the working file; load and check it first")
        checked = connection.execute(
            "SELECT count(*), count(*) FILTER (severity = 'error' AND NOT passed) FROM quality_checks WHERE run_id = ?",
            [run.run_id],
        ).fetchone()
        if checked is None or checked[0] == 0:
            raise PermanentError(f"run {run.run_id} has not been checked; it cannot be published")
        if checked[1]:
            raise PermanentError(f"run {run.run_id} failed {checked[1]} checks; it is held and cannot be published")
        number = loaded[run.run_id]
        if number is None:
            number = _number_for(run, set(loaded.values()))
            with transaction(connection):
                connection.execute(
                    "UPDATE runs SET verdict = ?, edition = ?, note = ?, finished_at = ? WHERE run_id = ?",
                    [RunVerdict.PUBLISHED, number, run_note(run, edition=number), datetime.now(UTC), run.run_id],
                )
        # What is still in the write-ahead log would be missing from a copy.
        connection.execute("CHECKPOINT")
    return number


def _number_for(run: Run, used: set[int | None]) -> int:
    """The number that this run's edition file already has (it was killed before it became current), or the next."""
    numbers = edition_numbers(run.settings)
    if numbers and edition_contents(edition_file(run.settings, numbers[-1])).loaded.get(run.run_id) == numbers[-1]:
        return numbers[-1]
    return max([*numbers, *(number for number in used if number is not None)], default=0) + 1


def _make_current(settings: Settings, number: int) -> None:
    """Let `current.duckdb` be edition `number`: a second name of the same file; whoever reads the old one keeps it."""
    current = settings.current_edition_file
    link = current.with_name(f".{current.name}.{os.getpid()}.part")
    link.unlink(missing_ok=True)
    link.hardlink_to(edition_file(settings, number))
    # Renaming onto another name of the same file does nothing and leaves the old name, so it is removed then.
    link.replace(current)
    link.unlink(missing_ok=True)
    sync_folder(settings.editions_folder)
