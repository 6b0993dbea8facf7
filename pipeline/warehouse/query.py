"""Ask the current edition: read-only, in UTC, with no way to other files or the network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.errors import ConfigurationError, DatelineError
from pipeline.settings import Settings
from pipeline.warehouse.connection import open_edition
from pipeline.warehouse.editions import current_edition_path
from pipeline.warehouse.formats import format_table
from pipeline.warehouse.migrate import SQL_FOLDER

EXAMPLES_FOLDER = SQL_FOLDER / "examples"


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query."""

    table: pa.Table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.table.column_names)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows as Python values: instants as UTC datetimes, lists as lists."""
        columns = [column.to_pylist() for column in self.table.columns]
        return list(zip(*columns, strict=True))


def query_edition(settings: Settings, what: str) -> QueryResult:
    """The answer of the current edition to `what`: SQL, a file that ends in .sql, or the name of an example.

    Raises:
        NoEditionError: nothing has been published yet.
        ConfigurationError: `what` is the name of no file and of no example.
        DatelineError: DuckDB refuses the query; its words.
    """
    sql = _sql_of(what)
    with open_current(settings) as connection:
        try:
            return QueryResult(connection.execute(sql).to_arrow_table())
        except duckdb.Error as error:
            raise DatelineError(str(error).strip()) from error


@contextmanager
def open_current(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the current edition; open it for one request and close it.

    Raises:
        NoEditionError: nothing has been published yet.
    """
    with open_edition(current_edition_path(settings)) as connection:
        yield connection


def format_result(result: QueryResult, output: str) -> bytes:
    """The answer as `table` (for people), `csv`, `json` (a list of objects) or `parquet`.

    Raises:
        ConfigurationError: another word.
    """
    return format_table(result.table, output)


def example_queries() -> dict[str, str]:
    """The examples: name and what it answers (the first comment of its file)."""
    return {path.stem: _first_comment(path) for path in sorted(EXAMPLES_FOLDER.glob("*.sql"))}


def _sql_of(what: str) -> str:
    if re.fullmatch(r"\S+\.sql", what.strip()):
        path = Path(what.strip())
        if not path.is_file():
            raise ConfigurationError(f"there is no file {path}")
        return path.read_text(encoding="utf-8")
    if re.fullmatch(r"[\w-]+", what.strip()):
        path = EXAMPLES_FOLDER / f"{what.strip()}.sql"
        if not path.is_file():
            raise ConfigurationError(f"{what.strip()!r} is no example; there are {', '.join(example_queries())}")
        return path.read_text(encoding="utf-8")
    return what


def _first_comment(path: Path) -> str:
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)
