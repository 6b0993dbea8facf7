"""What earlier attempts of a run archived for a source, so that nothing is asked for or archived twice.

A damaged record is skipped, and reading goes on at the next gzip member; a tail cut off by a killed task or a full
disk loses the record it was in.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from pipeline.gather.archive import (
    DAMAGE,
    FETCH_HEADER,
    Capture,
    CapturePlace,
    attempt_files,
    capture_of,
    read_member,
    record_in,
)
from pipeline.records import FeedVisit, Fetch

GZIP_MEMBER = b"\x1f\x8b\x08"
SCAN_BYTES = 1_048_576
INSTANT_FIELDS = frozenset({"requested_at", "feed_published_at", "visited_at"})


@dataclass(frozen=True, slots=True)
class EarlierFeed:
    """A feed that an earlier attempt read: its visit, and the bytes to read the links from again."""

    visit: FeedVisit
    capture: Capture


@dataclass(slots=True)
class EarlierAttempts:
    """Everything that earlier attempts of this run archived for one source."""

    feeds: dict[str, EarlierFeed]  # by feed_id
    fetches: dict[str, Fetch]  # by link URL


def read_earlier_attempts(captures_folder: Path, run_id: str, source_id: str) -> EarlierAttempts:
    """What the WARC files of earlier attempts hold; nothing in a first attempt."""
    earlier = EarlierAttempts(feeds={}, fetches={})
    for path in attempt_files(captures_folder, run_id, source_id):
        warc_file = path.relative_to(captures_folder).as_posix()
        for place, notes, capture in _captures(path, warc_file):
            try:
                if notes["record"] == FeedVisit.__name__:
                    visit = FeedVisit(**_fields(notes))
                    earlier.feeds.setdefault(visit.feed_id, EarlierFeed(visit, capture))
                elif notes["record"] == Fetch.__name__:
                    fetch = Fetch(**_fields(notes) | place._asdict())
                    earlier.fetches.setdefault(fetch.url, fetch)
            except (KeyError, TypeError):  # another version of Dateline wrote it: asked for again
                continue
    return earlier


def notes_of(record: Fetch | FeedVisit) -> dict[str, Any]:
    """A record as JSON for the archive, without the place that archiving it gives it."""
    fields = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in dataclasses.asdict(record).items()
        if name not in CapturePlace._fields
    }
    return {"record": type(record).__name__, **fields}


def _fields(notes: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in notes.items() if name != "record"}
    for name in INSTANT_FIELDS & fields.keys():
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    if "redirects" in fields:
        fields["redirects"] = tuple(fields["redirects"])
    return fields


def _captures(path: Path, warc_file: str) -> Iterator[tuple[CapturePlace, dict[str, Any], Capture]]:
    """Place, notes and content of every undamaged capture in a WARC file."""
    with path.open("rb") as file:
        size_bytes = path.stat().st_size
        offset: int | None = 0
        while offset is not None and offset < size_bytes:
            try:
                member, next_offset = read_member(file, offset)
                record = record_in(member)
                capture = capture_of(record)
                notes = json.loads(record.rec_headers.get_header(FETCH_HEADER) or "{}")
            except DAMAGE:
                offset = _next_member(file, offset + 1)
                continue
            if capture is not None:
                yield CapturePlace(warc_file, offset), notes, capture
            offset = next_offset


def _next_member(file: IO[bytes], offset: int) -> int | None:
    """Where the next gzip member may begin; a chance match within data turns out as damage and is passed."""
    overlap = len(GZIP_MEMBER) - 1
    while True:
        file.seek(offset)
        piece = file.read(SCAN_BYTES)
        found = piece.find(GZIP_MEMBER)
        if found >= 0:
            return offset + found
        if len(piece) < SCAN_BYTES:
            return None
        offset += len(piece) - overlap
