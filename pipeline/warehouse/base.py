"""What a run is loaded onto: always the current edition, because that is what its stages have seen.

After a published run the working file and the current edition hold the same, and nothing is copied. After a held,
failed or killed run the working file holds rows that no edition has; the next run was read without knowing them and
brings the same rows again, because it collects all that no edition has. So they are thrown away here; their captures
and Parquet files stay.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.settings import Settings
from pipeline.synced_folder import sync_folder
from pipeline.warehouse.connection import open_edition, open_working
from pipeline.warehouse.editions import current_edition_path


@dataclass(frozen=True, slots=True)
class Contents:
    """Which runs a DuckDB file holds.

    `loaded` maps the ids of the runs whose rows it holds to their edition, None where the run has published none.
    """

    loaded: dict[str, int | None]


def current_contents(settings: Settings) -> Contents:
    """What the current edition holds; nothing where there is none."""
    if not settings.current_edition_file.exists():
        return Contents({})
    return edition_contents(current_edition_path(settings))


def edition_contents(path: Path) -> Contents:
    """What the edition file `path` holds."""
    with open_edition(path) as connection:
        return read_contents(connection)


def read_contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    """What the open file holds; nothing where its tables have not been made yet."""
    made = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'runs'").fetchone()
    if made == (0,):
        return Contents({})
    rows = connection.execute("SELECT run_id, edition FROM runs WHERE is_loaded").fetchall()
    return Contents(dict(rows))


def rebase_working(settings: Settings) -> None:
    """Make the working file hold what the current edition holds; call it inside `writer_lock`.

    Raises:
        WarehouseBusyError: another process has the working file open.
    """
    current = current_contents(settings)
    working = settings.warehouse_file
    remove_torn_copies(working.parent)
    if working.exists():
        with open_working(settings) as connection:
            contents = read_contents(connection)
        if contents == current:
            return
    # The write-ahead log goes first: a log beside a file it does not belong to would be replayed into it.
    write_ahead_log(working).unlink(missing_ok=True)
    if settings.current_edition_file.exists():
        copy_durably(settings.current_edition_file, working, mode=0o644)
    else:
        working.unlink(missing_ok=True)


def write_ahead_log(database: Path) -> Path:
    """The log DuckDB keeps beside `database` while it is open."""
    return database.with_name(database.name + ".wal")


def copy_durably(source: Path, target: Path, *, mode: int) -> None:
    """Copy a file so that `target` is, at every moment and after a power cut, the old one or the whole new one."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, part)
        part.chmod(mode)
        with part.open("rb") as copied:
            os.fsync(copied.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def remove_torn_copies(folder: Path) -> None:
    """Remove what killed processes left half-copied in `folder`; call it inside `writer_lock`."""
    for part in folder.glob(".*.part"):
        part.unlink()
