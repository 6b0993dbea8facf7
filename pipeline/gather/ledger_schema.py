"""The ledger's tables, and how its file is opened. Instants are whole microseconds since 1970 (UTC)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import MigrationError

BUSY_TIMEOUT_SECONDS = 60.0

# One script for each version of the schema, in order; a script that has been shipped is never edited.
MIGRATIONS = (
    """
    -- A feed after its last visit (FeedState).
    CREATE TABLE feeds (
        feed_id TEXT PRIMARY KEY, source_id TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, found_in TEXT,
        etag TEXT, last_modified TEXT, content_sha256 TEXT, last_visited_at INTEGER NOT NULL, last_read_at INTEGER,
        failure_points REAL NOT NULL, poll_interval_seconds REAL NOT NULL, next_visit_at INTEGER NOT NULL,
        given_up INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX feeds_by_source ON feeds (source_id);

    -- Every link that was ever offered and dealt with (LinkState).
    CREATE TABLE links (
        source_id TEXT NOT NULL, url TEXT NOT NULL, feed_id TEXT, title TEXT, published_at INTEGER,
        published_at_source TEXT, status TEXT NOT NULL, failure_points REAL NOT NULL, next_try_at INTEGER,
        first_captured_at INTEGER, last_requested_at INTEGER, etag TEXT, last_modified TEXT, content_sha256 TEXT,
        capture_id TEXT, PRIMARY KEY (source_id, url)
    ) WITHOUT ROWID;
    CREATE INDEX links_to_ask ON links (source_id, next_try_at) WHERE next_try_at IS NOT NULL;
    CREATE INDEX links_captured ON links (source_id, first_captured_at) WHERE first_captured_at IS NOT NULL;

    -- The index of captures: which record of which WARC file (CaptureEntry).
    CREATE TABLE captures (
        capture_id TEXT PRIMARY KEY, source_id TEXT NOT NULL, gather_run_id TEXT NOT NULL, url TEXT NOT NULL,
        requested_at INTEGER NOT NULL, record_type TEXT NOT NULL, refers_to TEXT, warc_file TEXT NOT NULL,
        warc_offset INTEGER NOT NULL, warc_bytes INTEGER NOT NULL, payload_digest TEXT, http_status INTEGER,
        content_type TEXT, size_bytes INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX captures_by_url ON captures (url);

    -- Rows as stages read them (FeedVisit, Fetch), in the order in which passes ended; kept until an edition has them.
    CREATE TABLE visit_rows (
        sequence INTEGER PRIMARY KEY, row_id TEXT NOT NULL UNIQUE, gather_run_id TEXT NOT NULL,
        source_id TEXT NOT NULL, status TEXT NOT NULL, visited_at INTEGER NOT NULL, row TEXT NOT NULL
    );
    CREATE INDEX visit_rows_by_pass ON visit_rows (gather_run_id, source_id);
    CREATE TABLE fetch_rows (
        sequence INTEGER PRIMARY KEY, row_id TEXT NOT NULL UNIQUE, gather_run_id TEXT NOT NULL,
        source_id TEXT NOT NULL, status TEXT NOT NULL, visited_at INTEGER NOT NULL, row TEXT NOT NULL
    );
    CREATE INDEX fetch_rows_by_pass ON fetch_rows (gather_run_id, source_id);

    -- Passes: one source under one gather run. One that is not over, and whose source nobody gathers, was killed.
    CREATE TABLE passes (
        gather_run_id TEXT NOT NULL, source_id TEXT NOT NULL, is_over INTEGER NOT NULL,
        PRIMARY KEY (gather_run_id, source_id)
    ) WITHOUT ROWID;
    CREATE INDEX passes_open ON passes (source_id) WHERE NOT is_over;

    -- WARC files of others: up to where each has been taken in.
    CREATE TABLE imports (file_key TEXT PRIMARY KEY, offset INTEGER NOT NULL) WITHOUT ROWID;

    -- The pace of every host, in seconds since 1970: until when somebody asks it, when its last answer ended and for
    -- how long it was to rest then, until when it is left alone and why.
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY, turn_until REAL NOT NULL DEFAULT 0, ended_at REAL NOT NULL DEFAULT 0,
        pause_seconds REAL NOT NULL DEFAULT 0, held_until REAL NOT NULL DEFAULT 0, hold_reason TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    """,
)


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the ledger's file, its tables made or brought up to date.

    Raises:
        MigrationError: a newer Dateline made the file.
    """
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        _into_wal_mode(connection)
        # What a power cut can take is the last commits, and their captures are still in the WARC files.
        connection.execute("PRAGMA synchronous = NORMAL")
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _into_wal_mode(connection: sqlite3.Connection) -> None:
    """Where several processes open a new file at once, one changes its mode; SQLite does not wait for that lock."""
    gives_up_at = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = wal")
        except sqlite3.OperationalError:
            if time.monotonic() >= gives_up_at:
                raise
            time.sleep(0.02)


@contextmanager
def write_transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A transaction that is the only one writing from its first line on; undone where the block raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    with write_transaction(connection):
        version = _version(connection)  # another process may have been faster
        if version > len(MIGRATIONS):
            raise MigrationError(f"{path} was made by a newer Dateline (its version {version}): update Dateline")
        for script in MIGRATIONS[version:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
