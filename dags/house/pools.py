"""The names of the pools. Their slots stand in `pools.json`, the form that `airflow pools import` reads."""

from __future__ import annotations

from enum import StrEnum


class Pool(StrEnum):
    """A pool's name, as tasks name it."""

    GATHER = "gather"
    PARSE = "parse"
    DUCKDB_WRITER = "duckdb_writer"
