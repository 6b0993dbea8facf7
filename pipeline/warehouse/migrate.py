"""Brings a DuckDB file to the newest schema: numbered migrations, each applied once, and the views, when they changed.

The table `schema_migrations` remembers what was applied, with a hash: a migration that was changed or removed after it
was applied is an error, because the file no longer is what the code believes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from pipeline.errors import MigrationError
from pipeline.settings import PROJECT_FOLDER
from pipeline.warehouse.connection import transaction

SQL_FOLDER = PROJECT_FOLDER / "sql"
LOAD_FOLDER = SQL_FOLDER / "load"

_VIEWS = "views"
_SCHEMA_MIGRATIONS = """
CREATE TABLE IF NOT EXISTS schema_migrations (file_name VARCHAR PRIMARY KEY, sha256 VARCHAR NOT NULL);
COMMENT ON TABLE schema_migrations IS 'Which files of sql/schema/ made this file''s tables, and which views it has.';
COMMENT ON COLUMN schema_migrations.file_name IS 'Name of the migration, or views for all of sql/views/. Key.';
COMMENT ON COLUMN schema_migrations.sha256 IS 'SHA-256 of its text when it was applied.';
"""


def migrate(connection: duckdb.DuckDBPyConnection, sql_folder: Path = SQL_FOLDER) -> list[str]:
    """Apply the migrations that are missing, then the views; returns the names of the migrations applied.

    Raises:
        MigrationError: an applied migration was changed or is gone, or a new one would come before it.
    """
    with transaction(connection):
        connection.execute(_SCHEMA_MIGRATIONS)
    applied: dict[str, str] = dict(
        connection.execute("SELECT file_name, sha256 FROM schema_migrations ORDER BY file_name").fetchall()
    )
    views_sha256 = applied.pop(_VIEWS, None)
    files = {path.name: path for path in sorted((sql_folder / "schema").glob("*.sql"))}
    for name, sha256 in applied.items():
        if name not in files:
            raise MigrationError(f"migration {name} was applied to this file and is gone from {sql_folder / 'schema'}")
        if _sha256(files[name]) != sha256:
            raise MigrationError(f"migration {name} was changed after it was applied; write a new one instead")
    pending = [name for name in files if name not in applied]
    if applied and pending and pending[0] < max(applied):
        raise MigrationError(
            f"migration {pending[0]} comes before {max(applied)}, which is applied; give it a higher number"
        )
    for name in pending:
        _apply(connection, files[name])
    _replace_views(connection, sql_folder, applied_sha256=views_sha256)
    return pending


def _apply(connection: duckdb.DuckDBPyConnection, migration: Path) -> None:
    """Run one migration in one transaction, or, where DuckDB cannot, statement by statement.

    Where a table has rows, DuckDB 1.5 can in one transaction neither add two columns with lists as defaults ("another
    transaction has altered this table") nor see that none of them is NULL (2026-12-01). Nothing is lost by the second
    way: where it breaks off the working file is thrown away, and editions are never migrated.
    """
    text = migration.read_text(encoding="utf-8")
    try:
        with transaction(connection):
            connection.execute(text)
    except (duckdb.TransactionException, duckdb.ConstraintException):
        connection.execute(text)
    connection.execute("INSERT INTO schema_migrations VALUES (?, ?)", [migration.name, _sha256(migration)])


def _replace_views(connection: duckdb.DuckDBPyConnection, sql_folder: Path, *, applied_sha256: str | None) -> None:
    """Make all views anew where one of them changed: they hold no data, so they need no history."""
    views = sorted((sql_folder / "views").glob("*.sql"))
    sha256 = hashlib.sha256(b"".join(view.read_bytes() for view in views)).hexdigest()
    if sha256 == applied_sha256:
        return
    with transaction(connection):
        for view in views:
            connection.execute(view.read_text(encoding="utf-8"))
        connection.execute("INSERT OR REPLACE INTO schema_migrations VALUES (?, ?)", [_VIEWS, sha256])


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
