"""What `dateline sources list` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from pipeline.settings import Settings
from pipeline.sources.loader import load_catalogue


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source in one line."""

    id: str
    name: str
    country_code: str
    language: str
    enabled: bool
    feeds: str  # kinds with counts, such as "2 rss, 1 section"
    homepage: str


def source_rows(settings: Settings) -> list[SourceRow]:
    """Every source, enabled ones first, then by id.

    Raises:
        SourceFileError: a source file is wrong.
    """
    rows = []
    for source in load_catalogue(settings).values():
        kinds = [feed.kind for feed in source.feeds]
        rows.append(
            SourceRow(
                id=source.id,
                name=source.name,
                country_code=source.country_code,
                language=source.language,
                enabled=source.enabled,
                feeds=", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)),
                homepage=source.homepage,
            )
        )
    return sorted(rows, key=lambda row: (not row.enabled, row.id))


def list_sources(settings: Settings) -> Iterator[str]:
    """The rows as aligned lines under their headings.

    Raises:
        SourceFileError: a source file is wrong.
    """
    headings = ("id", "name", "country", "language", "enabled", "feeds", "homepage")
    words = {True: "yes", False: "no"}
    rows = [tuple(words.get(cell, cell) for cell in astuple(row)) for row in source_rows(settings)]
    cells = [headings, *rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(headings))]
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
