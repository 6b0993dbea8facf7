"""How a stage splits its records into batches, and how a batch finds the sources of its own records."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from pipeline.errors import ConfigurationError, SourceFileError
from pipeline.settings import Settings
from pipeline.sources.loader import find_source
from pipeline.sources.model import Source

# Airflow maps at most 1,024 tasks (its setting max_map_length): each batch is one.
MOST_BATCHES = 1000

Record = TypeVar("Record")


def split_batches(records: Sequence[Record], size: int) -> dict[str, Sequence[Record]]:
    """The records in order, in batches by name ("000", "001", ...); none where there are no records.

    Args:
        records: what is to be split.
        size: records per batch, as the settings say; more where that would make more than `MOST_BATCHES`.
    """
    size = max(size, math.ceil(len(records) / MOST_BATCHES))
    starts = range(0, len(records), size)
    return {f"{number:03d}": records[start : start + size] for number, start in enumerate(starts)}


def source_finder(settings: Settings) -> Callable[[str], Source | None]:
    """A function that gives the source of an id, also a disabled one, and None where its file is gone.

    Each file is read once, and only those asked for: a batch holds records of few sources, a catalogue has many.
    The function raises SourceFileError where the file is wrong: without its time zone and its rules a page would
    be read wrongly.
    """

    @cache
    def find(source_id: str) -> Source | None:
        try:
            return find_source(settings, source_id, disabled_too=True)
        except SourceFileError:
            raise
        except ConfigurationError:
            return None

    return find
