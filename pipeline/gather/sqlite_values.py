"""Records as rows of SQLite and back, which has no instants and no truth values."""

from __future__ import annotations

import functools
import operator
import sqlite3
import typing
from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NAMES_AT_ONCE = 500

Record = TypeVar("Record", bound=Hashable)


def microseconds(instant: datetime | None) -> int | None:
    """Whole microseconds since 1970; None of None."""
    return None if instant is None else (instant - EPOCH) // MICROSECOND


def put(connection: sqlite3.Connection, table: str, record: Record) -> None:
    """Write a record whose fields are the table's columns, in place of one with the same key."""
    put_all(connection, table, (record,))


def put_all(connection: sqlite3.Connection, table: str, records: Iterable[Record]) -> None:
    """The same for any number of records of one type."""
    listed = list(records)
    if not listed:
        return
    names = tuple(_hints(type(listed[0])))
    values_of = operator.attrgetter(*names)
    connection.executemany(
        f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({marks(names)})",  # noqa: S608  our own words
        [
            [microseconds(value) if isinstance(value, datetime) else value for value in values_of(record)]
            for record in listed
        ],
    )


def take(record_type: type[Record], row: sqlite3.Row) -> Record:
    """The record that a row holds."""
    values = {name: row[name] for name in _hints(record_type)}
    for name in _fields_of(datetime, record_type):
        if values[name] is not None:
            values[name] = EPOCH + timedelta(microseconds=values[name])
    for name in _fields_of(bool, record_type):
        values[name] = bool(values[name])
    return record_type(**values)


def marks(names: Collection[object]) -> str:
    """As many question marks as there are names, for `IN (...)`."""
    return ", ".join("?" * len(names))


def in_portions(
    connection: sqlite3.Connection, query: str, first: list[Any], names: Collection[str]
) -> Iterator[sqlite3.Row]:
    """The rows of a query with `IN ({})`, asked in portions: SQLite takes so many parameters only."""
    listed = list(names)
    for start in range(0, len(listed), NAMES_AT_ONCE):
        portion = listed[start : start + NAMES_AT_ONCE]
        yield from connection.execute(query.format(marks(portion)), [*first, *portion])


@functools.cache
def _fields_of(kind: type, record_type: type[Hashable]) -> tuple[str, ...]:
    return tuple(name for name, hint in _hints(record_type).items() if kind in (hint, *typing.get_args(hint)))


@functools.cache
def _hints(record_type: type[Hashable]) -> dict[str, Any]:
    return typing.get_type_hints(record_type)
