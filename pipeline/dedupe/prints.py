"""What a night leaves for later nights to find texts by: two Parquet files, written column by column."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dedupe.duplicates import Duplicates
from pipeline.text_prints import COMMON_SCHEMA, PRINTS_SCHEMA


def write_prints(path: Path, found: Duplicates) -> None:
    """Write the prints of a night's placed texts."""
    placed = found.placed
    indexed = [p.text.article_id in found.indexed for p in placed]
    lengths = [len(p.fingerprints) if kept else 0 for p, kept in zip(placed, indexed, strict=True)]
    held = [p.fingerprints for p, kept in zip(placed, indexed, strict=True) if kept]
    columns: list[pa.Array[Any]] = [
        pa.array([p.text.article_id for p in placed], pa.string()),
        pa.array([None if p.shape.is_too_short else p.shape.words_hash for p in placed], pa.uint64()),
        pa.array([p.text.known_revision is not None for p in placed], pa.bool_()),
        pa.ListArray.from_arrays(
            pa.array(np.concatenate([[0], np.cumsum(lengths)]).tolist(), pa.int32()),
            pa.array(np.concatenate(held) if held else np.empty(0, dtype=np.uint32), pa.uint32()),
        ),
    ]
    _write(path, columns, PRINTS_SCHEMA)


def write_common(path: Path, found: Duplicates) -> None:
    """Write which of the fingerprints of a night's texts are common."""
    tonight = [p.fingerprints for p in found.placed]
    seen = np.intersect1d(found.common, np.concatenate(tonight)) if tonight else np.empty(0, dtype=np.uint32)
    _write(path, [pa.array(seen.astype(np.uint32))], COMMON_SCHEMA)


def _write(path: Path, columns: Sequence[pa.Array[Any]], schema: pa.Schema) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pq.write_table(pa.Table.from_arrays(list(columns), schema=schema), part, compression="zstd")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
