"""How feed visits and links ended, row by row until an edition has them: the tables visit_rows and fetch_rows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Generic, TypeVar

from pipeline.gather.sqlite_values import in_portions, microseconds
from pipeline.records import FeedVisit, Fetch
from pipeline.row_json import row_from_json, row_to_json

Row = TypeVar("Row", FeedVisit, Fetch)


class GatheredRows(Generic[Row]):
    """One of the two tables, in the order in which passes ended.

    Args:
        connection: to the ledger's file.
        table: `visit_rows` or `fetch_rows`.
        record_type: what its rows are.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, record_type: type[Row]) -> None:
        self._connection = connection
        self._table = table
        self._record_type: type[Row] = record_type

    def add(self, record: Row) -> bool:
        """Keep a row; False where it is kept already. Call it inside a write transaction."""
        added = self._connection.execute(
            f"INSERT OR IGNORE INTO {self._table} VALUES (NULL, ?, ?, ?, ?, ?, ?)",  # noqa: S608  our own word
            (
                row_id(record),
                record.gather_run_id,
                record.source_id,
                record.status,
                microseconds(record.visited_at),
                row_to_json(record),
            ),
        )
        return added.rowcount > 0

    def of_pass(self, gather_run_id: str, source_id: str) -> list[Row]:
        """The rows of one pass; a link that a repeated pass asked for again stands there twice."""
        rows = self._connection.execute(
            f"SELECT row FROM {self._table} WHERE gather_run_id = ? AND source_id = ? ORDER BY sequence",  # noqa: S608
            [gather_run_id, source_id],
        )
        return [row_from_json(self._record_type, row["row"]) for row in rows]

    def statuses_of_pass(self, gather_run_id: str, source_id: str) -> Counter[str]:
        """How many rows of one pass ended in each status."""
        rows = self._connection.execute(
            f"""
            SELECT status, count(*) AS number FROM {self._table}
            WHERE gather_run_id = ? AND source_id = ? GROUP BY status ORDER BY status
            """,  # noqa: S608  our own word
            [gather_run_id, source_id],
        )
        return Counter({row["status"]: row["number"] for row in rows})

    def ids(self, *, before: datetime | None = None) -> list[str]:
        """The ids of all rows, or of those dealt with before an instant, in order."""
        rows = self._connection.execute(
            f"SELECT row_id FROM {self._table} WHERE visited_at < coalesce(?, visited_at + 1) ORDER BY sequence",  # noqa: S608
            [microseconds(before)],
        )
        return [row["row_id"] for row in rows]

    def of_ids(self, ids: Collection[str]) -> Iterator[Row]:
        """The rows of those ids, in order of the ids."""
        query = f"SELECT row_id, row FROM {self._table} WHERE row_id IN ({{}})"  # noqa: S608  our own word
        found = {row["row_id"]: row["row"] for row in in_portions(self._connection, query, [], ids)}
        for one in ids:
            yield row_from_json(self._record_type, found[one])

    def forget(self, ids: Collection[str]) -> None:
        """Remove rows. Call it inside a write transaction."""
        rows = [(one,) for one in ids]
        self._connection.executemany(f"DELETE FROM {self._table} WHERE row_id = ?", rows)  # noqa: S608  our own word


def row_id(record: FeedVisit | Fetch) -> str:
    """The id that a row has in the ledger and in the editions."""
    return record.fetch_id if isinstance(record, Fetch) else record.visit_id
