"""The answer to a query in a form for people or for programs."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.cells import cell_len, set_cell_size

from pipeline.errors import ConfigurationError

_WIDEST_CELL = 100


def format_table(table: pa.Table, output: str) -> bytes:
    """The rows of `table` as `table`, `csv`, `json` or `parquet`; text is UTF-8 and ends with a newline.

    Raises:
        ConfigurationError: another word.
    """
    if output not in _FORMATS:
        raise ConfigurationError(f"format {output!r}: expected one of {', '.join(_FORMATS)}")
    return _FORMATS[output](table)


def _as_table(table: pa.Table) -> bytes:
    """Columns side by side where the terminal is wide enough, else one field a line."""
    names = table.column_names
    rows = [[_for_person(value) for value in row.values()] for row in _rows(table)]
    widths = [min(_WIDEST_CELL, max(map(cell_len, column))) for column in zip(names, *rows, strict=True)]
    count = f"({len(rows)} row{'' if len(rows) == 1 else 's'})"
    if rows and sum(widths) + 2 * len(widths) > shutil.get_terminal_size((160, 24)).columns:
        label_width = max(map(cell_len, names))
        blocks = [
            "\n".join(f"{set_cell_size(name, label_width)}  {value}" for name, value in zip(names, row, strict=True))
            for row in rows
        ]
        return ("\n\n".join([*blocks, count]) + "\n").encode()
    lines = [names, ["-" * width for width in widths], *rows]
    printed = [
        "  ".join(_fit(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    return ("\n".join([*printed, count]) + "\n").encode()


def _as_csv(table: pa.Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in _rows(table):
        writer.writerow(_for_csv(value) for value in row.values())
    return text.getvalue().encode()


def _as_json(table: pa.Table) -> bytes:
    rows = [{name: _for_json(value) for name, value in row.items()} for row in _rows(table)]
    return (json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _as_parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


_FORMATS: dict[str, Callable[[pa.Table], bytes]] = {
    "table": _as_table,
    "csv": _as_csv,
    "json": _as_json,
    "parquet": _as_parquet,
}


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows; of columns with the same name the later ones are numbered, so that none is lost."""
    seen: dict[str, int] = {}
    names = []
    for name in table.column_names:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return table.rename_columns(names).to_pylist()


def _for_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # Sums of whole numbers come as decimals without a fraction.
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [_for_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _for_json(item) for key, item in value.items()}
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _for_csv(value: Any) -> str:
    if value is None:
        return ""
    plain = _for_json(value)
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, ensure_ascii=False)


def _for_person(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(_for_person(item) for item in value)
    return " ".join(str(value).split())


def _fit(text: str, width: int) -> str:
    """`text` padded or cut to `width` terminal cells."""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"
