"""What `dateline sources list` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from pipeline.settings import Settings
from pipeline.sources.loader import SWITCH_ON_NEWSROOM, SWITCH_ON_PUBLISHERS, SourceFile, read_catalogue


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source in one line."""

    id: str
    name: str
    country_code: str
    language: str
    enabled: bool  # the file's own word, whatever the settings say
    feeds: str  # kinds with counts, such as "2 rss, 1 section"
    homepage: str


def list_sources(settings: Settings) -> Iterator[str]:
    """The rows as aligned lines under their headings, and at the end what of them is read.

    Raises:
        SourceFileError: a source file is wrong.
    """
    files = read_catalogue(settings)
    headings = ("id", "name", "country", "language", "enabled", "feeds", "homepage")
    words = {True: "yes", False: "no"}
    rows = [tuple(words.get(cell, cell) for cell in astuple(row)) for row in _rows(files)]
    cells = [headings, *rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(headings))]
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
    yield ""
    yield _what_is_read(settings, files)


def _rows(files: list[SourceFile]) -> list[SourceRow]:
    """Every source, enabled ones first, then by id."""
    rows = []
    for source in (file.source for file in files):
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


def _what_is_read(settings: Settings, files: list[SourceFile]) -> str:
    """One line: how many sources a run reads, of which kind, and the setting that changes it."""
    publishers = [file for file in files if file.path.is_relative_to(settings.sources_folder)]
    enabled = sum(file.source.enabled for file in publishers)
    read_of_newsroom = sum(file.effective.enabled for file in files) - sum(f.effective.enabled for f in publishers)
    newsroom = f"newsroom: yes, {read_of_newsroom} sites (DATELINE_NEWSROOM=false leaves them out)"
    if not settings.newsroom:
        newsroom = f"newsroom: no ({SWITCH_ON_NEWSROOM} reads it)"
    real = f"publishers: yes, {enabled} of {len(publishers)} (DATELINE_PUBLISHERS=false leaves them out)"
    if not settings.publishers:
        real = f"publishers: no ({SWITCH_ON_PUBLISHERS} reads the {enabled} enabled of {len(publishers)})"
    return f"read from: {newsroom}; {real}"
