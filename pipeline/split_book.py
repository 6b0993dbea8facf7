"""A file of splits that people decided: one JSON object a line, which only grows, and which every night honours.

A line is a split, or takes one back. A decision is there as soon as `record` returns (`pipeline.growing_file`). A whole
line that is no decision stops whoever reads the file: a night that passed over it would undo what people decided.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from pipeline.errors import ConfigurationError
from pipeline.growing_file import open_growing, read_lines
from pipeline.row_json import row_fields
from pipeline.settings import Settings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    class SplitRecord(DataclassInstance, Protocol):
        """A decision that keeps `moved` apart from `apart_from` (ids, sorted)."""

        @property
        def split_id(self) -> str:
            """Hash of what is parted and of the time."""

        @property
        def decided_at(self) -> datetime:
            """When it was decided (UTC)."""

        @property
        def moved(self) -> tuple[str, ...]:
            """Ids of what leaves."""

        @property
        def apart_from(self) -> tuple[str, ...]:
            """Ids of what stays."""

    Split = TypeVar("Split", bound=SplitRecord)
else:
    Split = TypeVar("Split")

_SPLIT, _TAKE_BACK = "split", "take_back"


@dataclass(frozen=True, slots=True)
class Recorded(Generic[Split]):
    """A split, and whether it still holds."""

    decision: Split
    taken_back_at: datetime | None  # None: it is in force

    def state(self, honoured: Collection[str]) -> str:
        """Whether it holds, in words. `honoured`: ids of the splits that the current edition has heard of."""
        if self.taken_back_at is not None:
            return f"taken back {self.taken_back_at:%Y-%m-%d %H:%M}"
        return "in force" if self.decision.split_id in honoured else "takes effect with the next run"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitBook(Generic[Split]):
    """The splits of one kind, in one file of the decisions folder."""

    file_name: str
    record_type: type[Split]
    proved: Callable[[Split], Split]  # the same split with the id its fields give; ValueError where it is none
    content: Callable[[Split], Hashable]  # what two decisions that say the same have in common
    listed_by: str  # the verb that lists them
    waiting: str  # what no run does while a line cannot be read

    def file(self, settings: Settings) -> Path:
        """Where the decisions of an installation lie."""
        return settings.decisions_folder / self.file_name

    def in_force(self, settings: Settings) -> list[Split]:
        """The splits in force, in the order in which they were decided.

        Raises:
            ConfigurationError: a line of the file is no decision, or the file cannot be read.
        """
        return [split.decision for split in self.history(settings) if split.taken_back_at is None]

    def history(self, settings: Settings) -> list[Recorded[Split]]:
        """Every split that was ever decided, also those that were taken back; raises as `in_force`."""
        path = self.file(settings)
        return list(self._history(path, read_lines(path)).values())

    def record(self, settings: Settings, decision: Split) -> Split:
        """Write a decision down and return it; where one in force says the same already, that earlier decision.

        Raises:
            ConfigurationError: a line of the file is no decision; nothing was written.
            TransientError: the decision could not be written (disk full, no permission); it is not in force.
        """
        path = self.file(settings)
        with open_growing(path) as file:
            for split in self._history(path, file.lines).values():
                if split.taken_back_at is None and self.content(split.decision) == self.content(decision):
                    return split.decision
            file.append({"decision": _SPLIT, **row_fields(decision)})
        return decision

    def take_back(self, settings: Settings, split_id: str) -> Recorded[Split]:
        """Take a split back, and return it as it was before: one that had been taken back already stays so.

        Raises:
            ConfigurationError: nobody decided a split of that id, or a line of the file is no decision.
            TransientError: it could not be written; the split is still in force.
        """
        path = self.file(settings)
        with open_growing(path) as file:
            split = self._one(self._history(path, file.lines), split_id)
            if split.taken_back_at is None:
                now = datetime.now(UTC).isoformat()
                file.append({"decision": _TAKE_BACK, "split_id": split_id, "decided_at": now})
        return split

    def find(self, settings: Settings, split_id: str) -> Recorded[Split]:
        """The split of that id; raises ConfigurationError where nobody decided one, or a line is no decision."""
        path = self.file(settings)
        return self._one(self._history(path, read_lines(path)), split_id)

    def _one(self, history: dict[str, Recorded[Split]], split_id: str) -> Recorded[Split]:
        if split_id not in history:
            raise ConfigurationError(f"there is no split {split_id!r}; `{self.listed_by}` lists them")
        return history[split_id]

    def _history(self, path: Path, lines: Sequence[bytes]) -> dict[str, Recorded[Split]]:
        """Every split by its id, in the order of the file."""
        splits: dict[str, Recorded[Split]] = {}
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                self._apply(line, splits)
            except (ValueError, TypeError, RecursionError) as error:
                raise ConfigurationError(
                    f"{path}, line {number} is no decision ({_in_short(error)}): mend that line, or remove it to let "
                    f"go of the decision; no run {self.waiting} until then"
                ) from error
        return splits

    def _apply(self, line: bytes, splits: dict[str, Recorded[Split]]) -> None:
        """One line's word on the splits before it; raises ValueError, TypeError or RecursionError where it has none."""
        given = json.loads(line.decode("utf-8"))
        if not isinstance(given, dict):
            raise TypeError("it is no JSON object")
        kind = str(given.pop("decision", None))
        expected = {
            _SPLIT: {field.name for field in fields(self.record_type)},
            _TAKE_BACK: {"split_id", "decided_at"},
        }
        if kind not in expected:
            raise ValueError(f"its 'decision' is not {_SPLIT} or {_TAKE_BACK}")
        if given.keys() != expected[kind]:
            raise ValueError(f"its fields are not {', '.join(sorted(expected[kind]))}")
        decided_at = _reader(AwareDatetime).validate_python(given["decided_at"]).astimezone(UTC)
        split_id = given["split_id"]
        if kind == _SPLIT:
            splits[split_id] = Recorded(self._split_of(given, decided_at), None)
        elif split_id in splits:
            splits[split_id] = Recorded(splits[split_id].decision, decided_at)
        else:
            raise ValueError(f"it takes back {split_id!r}, which no line before it decided")

    def _split_of(self, given: dict[str, Any], decided_at: datetime) -> Split:
        said: Split = _reader(self.record_type).validate_python(given)
        if not said.moved or not said.apart_from or set(said.moved) & set(said.apart_from):
            raise ValueError("it keeps nothing apart")
        decision = self.proved(replace(said, decided_at=decided_at))
        if decision.split_id != said.split_id:
            raise ValueError("its split_id is not that of what it parts and of its time")
        return decision


def _in_short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return ": ".join((*(str(part) for part in first["loc"]), first["msg"]))
    return str(error).splitlines()[0] if str(error) else type(error).__name__


@cache
def _reader(record_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record_type)
