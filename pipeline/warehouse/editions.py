"""The published editions: numbered files that never change, and `current.duckdb`, which is one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.errors import NoEditionError
from pipeline.settings import Settings
from pipeline.warehouse.connection import open_edition

_NAME = re.compile(r"edition-(\d{6,})\.duckdb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One published state of the warehouse."""

    number: int
    path: Path
    run_id: str
    published_at: datetime
    note: str | None
    size_bytes: int
    is_current: bool


def edition_file(settings: Settings, number: int) -> Path:
    """Where edition `number` lies."""
    return settings.editions_folder / f"edition-{number:06d}.duckdb"


def edition_numbers(settings: Settings) -> list[int]:
    """The numbers of all edition files, oldest first."""
    names = (_NAME.fullmatch(path.name) for path in settings.editions_folder.glob("edition-*.duckdb"))
    return sorted(int(name[1]) for name in names if name)


def current_edition_path(settings: Settings) -> Path:
    """The numbered file that `current.duckdb` is, or `current.duckdb` itself where no numbered file is the same.

    Within one process DuckDB hands out an open file again by its path, also after that path was replaced; the
    numbered path never is.

    Raises:
        NoEditionError: nothing has been published yet.
    """
    current = settings.current_edition_file
    if not current.exists():
        raise NoEditionError(f"nothing has been published yet in {settings.editions_folder}; start with `make run`")
    for number in reversed(edition_numbers(settings)):
        path = edition_file(settings, number)
        if path.samefile(current):
            return path
    return current


def list_editions(settings: Settings) -> list[Edition]:
    """Every edition whose file is there, newest first; empty where nothing has been published."""
    if not settings.current_edition_file.exists():
        return []
    current = current_edition_path(settings)
    published = _publications(current)
    editions = []
    for number in reversed(edition_numbers(settings)):
        path = edition_file(settings, number)
        # An edition that the current one does not build on (an older one was put back) can only speak for itself.
        run_id, published_at, note = published.get(number) or _publications(path)[number]
        editions.append(
            Edition(
                number=number,
                path=path,
                run_id=run_id,
                published_at=published_at,
                note=note,
                size_bytes=path.stat().st_size,
                is_current=path == current,
            )
        )
    return editions


def read_publications(connection: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, datetime, str | None]]:
    """Edition number to (run_id, published_at, note), from the open edition's own table of runs."""
    rows = connection.execute(
        "SELECT edition, run_id, finished_at, note FROM runs WHERE is_loaded AND edition IS NOT NULL"
    ).fetchall()
    return {number: (run_id, published_at, note) for number, run_id, published_at, note in rows}


def _publications(path: Path) -> dict[int, tuple[str, datetime, str | None]]:
    with open_edition(path) as connection:
        return read_publications(connection)
