"""A record as one JSON object and back: for the ledger's rows and the headers of captures.

Instants are ISO 8601 with offset, dates ISO 8601; which fields are instants is taken from the record's annotations.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import typing
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)
else:
    Record = TypeVar("Record")


def row_fields(record: DataclassInstance) -> dict[str, Any]:
    """The fields of a record of instants, numbers, strings and tuples of records, as JSON can hold them."""
    return {name: _as_json(getattr(record, name)) for name in _field_names(type(record))}


def row_to_json(record: DataclassInstance) -> str:
    """A record as one line of ASCII."""
    return json.dumps(row_fields(record), separators=(",", ":"))


def row_from_json(record_type: type[Record], text: str) -> Record:
    """The record that `row_to_json` wrote; raises TypeError where its fields are not those of the record type."""
    return record_of(record_type, json.loads(text))


def record_of(record_type: type[Record], fields: dict[str, Any]) -> Record:
    """The record that `row_fields` took apart; raises TypeError where a field is missing or unknown."""
    for name in _instant_names(record_type) & fields.keys():
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] is not None else None
    for name, member in _tuple_members(record_type).items():
        if name in fields:
            fields[name] = tuple(record_of(member, item) if member else item for item in fields[name])
    return record_type(**fields)


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else row_fields(item) for item in value]
    return value


@functools.cache
def _field_names(record_type: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(record_type))


@functools.cache
def _instant_names(record_type: type[Any]) -> frozenset[str]:
    hints = typing.get_type_hints(record_type)
    return frozenset(name for name, hint in hints.items() if datetime in (hint, *typing.get_args(hint)))


@functools.cache
def _tuple_members(record_type: type[Any]) -> dict[str, Any]:
    """The fields that are tuples, each with the record type it is a tuple of; None: of strings."""
    hints = typing.get_type_hints(record_type)
    members = {name: typing.get_args(hint)[0] for name, hint in hints.items() if typing.get_origin(hint) is tuple}
    return {name: member if dataclasses.is_dataclass(member) else None for name, member in members.items()}
