"""Opening DuckDB files: the working file for the one writer, an edition for a reader.

Two locks guard the writer. DuckDB's own keeps other processes out while the file is open; ours (a lock file beside it)
also covers the moments in which the file is copied or replaced.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import TransientError, WarehouseBusyError
from pipeline.settings import Settings

# zstd text columns need the v1.5 storage; DuckDB would otherwise write what v0.10 can read, at five times the size.
STORAGE_VERSION = "latest"


@contextmanager
def writer_lock(settings: Settings) -> Iterator[None]:
    """Hold the right to write to the working file.

    Raises:
        WarehouseBusyError: another process holds it.
    """
    folder = settings.warehouse_file.parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "writer.lock").open("w") as lock_file:
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WarehouseBusyError(
                f"another run is writing to {settings.warehouse_file}; try again when it has finished"
            ) from error
        yield


@contextmanager
def open_working(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-write connection to the working file; call it inside `writer_lock`.

    Raises:
        WarehouseBusyError: another process has the file open.
        TransientError: the file cannot be written: disk full, no permission.
    """
    try:
        connection = _connect(settings.warehouse_file)
        with connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection
    except duckdb.IOException as error:
        raise TransientError(f"working file {settings.warehouse_file}: {_first_line(error)}") from error


@contextmanager
def open_edition(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to an edition that cannot reach any other file, nor the network."""
    with duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET lock_configuration = true")
        yield connection


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: committed at the end, rolled back when anything is raised."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
    except duckdb.IOException as error:
        if "Could not set lock" in str(error):
            raise WarehouseBusyError(f"another process has {path} open; close it and try again") from error
        raise


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
