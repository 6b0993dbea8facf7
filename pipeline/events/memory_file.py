"""The actor memory as a run's code stage has it: a copy of what the edition knew when the run was planned.

Every batch reads the same copy, so a batch that is coded again gives the same rows, whatever was published since.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pipeline.events.actors.memory import ActorMemory
from pipeline.handover import write_records
from pipeline.known import open_known
from pipeline.records import ActorOffice
from pipeline.runs import Run

_NAMES_KEPT = 10_000


def keep_memory(run: Run) -> None:
    """Write what the current edition remembers to `code/memory`.

    A run whose own articles are in the edition already keeps the copy it has: its texts must not explain themselves.
    """
    path = _memory_file(run)
    with open_known(run.settings.current_edition_file) as known:
        if not (path.exists() and known.has_loaded(run.run_id)):
            write_records(path, ActorOffice, known.actor_offices())


def read_memory(run: Run) -> ActorMemory:
    """The memory of the run; an empty one where none was kept."""
    path = _memory_file(run)
    return ActorMemory(_rows_of(path)) if path.exists() else ActorMemory()


def _memory_file(run: Run) -> Path:
    return run.stage_file("code", "memory")


def _rows_of(path: Path) -> Callable[[str], tuple[ActorOffice, ...]]:
    """Looks up a short name; the file is ordered by it, so that most of it is never read."""
    import pyarrow.parquet as pq  # noqa: PLC0415  0.1 s that a DAG parse must not pay

    @lru_cache(_NAMES_KEPT)
    def rows_of(short_name: str) -> tuple[ActorOffice, ...]:
        found = pq.read_table(path, filters=[("short_name", "=", short_name)])
        return tuple(ActorOffice(**row) for row in found.to_pylist())

    return rows_of
