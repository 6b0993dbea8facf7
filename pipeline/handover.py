"""How stages hand over: records written to and read from Parquet files, atomically.

A stage writes its whole output to a temporary name and renames it, so that a killed task leaves either the old
file or the new one, never half of one. The column types come from the record's own annotations.
"""

from __future__ import annotations

import dataclasses
import functools
import os
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)
else:
    Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage hands on: where its output lies, and what it counted. Small enough for XCom.

    `counts` maps a status word to how many records ended in it.
    """

    path: str
    counts: dict[str, int]


def write_records(path: Path, record_type: type[Record], records: Iterable[Record]) -> int:
    """Write `records` to the Parquet file `path`, replacing it whole; returns how many were written."""
    import pyarrow as pa  # noqa: PLC0415  0.1 s that a DAG parse must not pay
    import pyarrow.parquet as pq  # noqa: PLC0415  likewise

    rows = list(records)
    schema = parquet_schema(record_type)
    of_records = {
        name for name, (_, _, member) in _plain_types(record_type).items() if dataclasses.is_dataclass(member)
    }
    columns = [
        pa.array(
            [
                [dataclasses.asdict(item) for item in getattr(row, f.name)]
                if f.name in of_records
                else getattr(row, f.name)
                for row in rows
            ],
            type=f.type,
        )
        for f in schema
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), part, compression="zstd")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return len(rows)


def read_records(path: Path, record_type: type[Record]) -> Iterator[Record]:
    """The records of the Parquet file `path`, in the order they were written."""
    import pyarrow.parquet as pq  # noqa: PLC0415  likewise

    tuple_fields = [(name, made) for name, (plain, _, made) in _plain_types(record_type).items() if plain is tuple]
    for row in pq.read_table(path).to_pylist():
        for name, made in tuple_fields:
            row[name] = tuple(row[name] or ()) if made is str else tuple(made(**item) for item in row[name] or ())
        yield record_type(**row)


def parquet_schema(record_type: type[Record]) -> pa.Schema:
    """The Arrow schema of a record type: instants as UTC microseconds, tuples as lists of strings or of records."""
    import pyarrow as pa  # noqa: PLC0415  likewise

    arrow_types: dict[Any, pa.DataType] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        datetime: pa.timestamp("us", tz="UTC"),
    }

    def arrow_type(plain: Any, member: Any) -> pa.DataType:
        if plain is not tuple:
            return arrow_types[plain]
        return pa.list_(arrow_types[member] if member in arrow_types else pa.struct(list(parquet_schema(member))))

    fields = [
        pa.field(name, arrow_type(plain, member), nullable=nullable)
        for name, (plain, nullable, member) in _plain_types(record_type).items()
    ]
    return pa.schema(fields)


@functools.cache
def _plain_types(record_type: type[Any]) -> dict[str, tuple[Any, bool, Any]]:
    """Each field's type without `| None`, whether None is allowed, and what a tuple is of, in order."""
    hints = typing.get_type_hints(record_type)
    found = {}
    for field in dataclasses.fields(record_type):
        hint = hints[field.name]
        nullable = isinstance(hint, types.UnionType)
        if nullable:
            (hint,) = (member for member in typing.get_args(hint) if member is not type(None))
        plain = typing.get_origin(hint) or hint
        found[field.name] = (plain, nullable, typing.get_args(hint)[0] if plain is tuple else None)
    return found
