"""Word lists of the readers: plain text, a line for an entry, `#` before a remark; `listed` reads one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def listed(name: str) -> tuple[str, ...]:
    """The entries of the list `name`, in order, without remarks and empty lines."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(entry for line in lines if (entry := line.strip()) and not entry.startswith("#"))
