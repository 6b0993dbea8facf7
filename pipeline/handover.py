"""How stages hand over: records written to and read from Parquet files, atomically.

A stage writes its whole output to a temporary name and renames it, so that a killed task leaves either the old
file or the new one, never half of one. The column types come from the record's own annotations.
"""

from __future__ import annotations

import dataclasses
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
    import pyarrow as pa  # noqa: PLC0415  0.3 s that a DAG parse must not pay
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows = list(records)
    schema = parquet_schema(record_type)
    columns = [pa.array([getattr(row, f.name) for row in rows], type=f.type) for f in schema]
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
    import pyarrow.parquet as pq  # noqa: PLC0415

    tuple_fields = {f.name for f in dataclasses.fields(record_type) if _plain_type(record_type, f.name)[0] is tuple}
    for row in pq.read_table(path).to_pylist():
        for name in tuple_fields:
            row[name] = tuple(row[name] or ())
        yield record_type(**row)


def parquet_schema(record_type: type[Record]) -> pa.Schema:
    """The Arrow schema of a record type: instants as UTC microseconds, tuples as lists of strings."""
    import pyarrow as pa  # noqa: PLC0415

    arrow_types: dict[Any, pa.DataType] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        datetime: pa.timestamp("us", tz="UTC"),
        tuple: pa.list_(pa.string()),
    }
    fields = []
    for f in dataclasses.fields(record_type):
        plain, nullable = _plain_type(record_type, f.name)
        fields.append(pa.field(f.name, arrow_types[plain], nullable=nullable))
    return pa.schema(fields)


def _plain_type(record_type: type[Any], field_name: str) -> tuple[Any, bool]:
    """The field's type without `| None`, and whether None is allowed."""
    hint = typing.get_type_hints(record_type)[field_name]
    nullable = False
    if isinstance(hint, types.UnionType):
        members = [m for m in typing.get_args(hint) if m is not type(None)]
        nullable = True
        (hint,) = members
    origin = typing.get_origin(hint)
    return (origin or hint), nullable
