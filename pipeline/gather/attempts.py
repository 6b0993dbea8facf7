"""What the WARC files of a pass say about it: to go on with a pass that was killed, and to make the ledger again.

A damaged record is skipped, and reading goes on at the next gzip member; a tail cut off by a killed task or a full
disk loses the record it was in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from warcio.recordloader import ArcWarcRecord

from pipeline.gather.capture_files import CaptureFile, capture_files
from pipeline.gather.captures import (
    ASKED_HEADER,
    FETCH_HEADER,
    REFERS_HEADER,
    REFERS_LENGTH_HEADER,
    Capture,
    CaptureEntry,
    capture_id_of,
)
from pipeline.gather.warc_framing import LostRecord
from pipeline.gather.warc_reading import DAMAGE, capture_of, own_records, record_in
from pipeline.records import FeedVisit, Fetch
from pipeline.row_json import record_of, row_fields

CAPTURE_TYPES = frozenset({"response", "revisit"})
# Known only when the record is archived.
PLACE_FIELDS = frozenset({"capture_id", "warc_file", "warc_offset"})


@dataclass(frozen=True, slots=True)
class EarlierFeed:
    """A feed that was visited: its row, and the bytes to read the links from again.

    `capture` is None where the visit found the feed unchanged; `entry.refers_to` says which capture has the bytes.
    """

    visit: FeedVisit
    capture: Capture | None
    entry: CaptureEntry


@dataclass(slots=True)
class EarlierAttempts:
    """Everything that the attempts of one pass archived, in the order in which they did."""

    feeds: dict[str, EarlierFeed] = field(default_factory=dict)  # by feed_id, the first visit
    fetches: dict[str, Fetch] = field(default_factory=dict)  # by link URL, the first row
    entries: list[CaptureEntry] = field(default_factory=list)
    all_visits: list[FeedVisit] = field(default_factory=list)
    all_fetches: list[Fetch] = field(default_factory=list)  # an import takes several captures of one URL


class _Found(NamedTuple):
    """One undamaged record of a capture."""

    entry: CaptureEntry
    notes: dict[str, Any]
    capture: Capture | None  # None: a revisit


def read_earlier_attempts(captures_folder: Path, gather_run_id: str, source_id: str) -> EarlierAttempts:
    """What the WARC files of one pass hold; nothing where it never came to archive anything."""
    earlier = EarlierAttempts()
    for file in capture_files(captures_folder, gather_run_id, source_id):
        for entry, notes, capture in _captures_in(captures_folder, file):
            earlier.entries.append(entry)
            record = _record_in(notes, entry)
            if isinstance(record, FeedVisit):
                earlier.all_visits.append(record)
                earlier.feeds.setdefault(record.feed_id, EarlierFeed(record, capture, entry))
            elif record is not None:
                earlier.all_fetches.append(record)
                earlier.fetches.setdefault(record.url, record)
    return earlier


def notes_of(record: Fetch | FeedVisit) -> dict[str, Any]:
    """A record as JSON for the archive, without the place that archiving it gives it."""
    fields = {name: value for name, value in row_fields(record).items() if name not in PLACE_FIELDS}
    return {"record": type(record).__name__, **fields}


def entry_of(record: ArcWarcRecord, file: CaptureFile, warc_file: str, offset: int, warc_bytes: int) -> CaptureEntry:
    """The index line of a response or revisit record of ours; raises ValueError where it is none."""
    headers = record.rec_headers
    url = headers.get_header(ASKED_HEADER)
    if url is None or record.http_headers is None:
        raise ValueError("no capture of ours")
    requested_at = datetime.fromisoformat(headers.get_header("WARC-Date") or "").astimezone(UTC)
    is_revisit = record.rec_type == "revisit"
    size = headers.get_header(REFERS_LENGTH_HEADER) if is_revisit else record.payload_length
    return CaptureEntry(
        capture_id=capture_id_of(url, requested_at),
        source_id=file.source_id,
        gather_run_id=file.gather_run_id,
        url=url,
        requested_at=requested_at,
        record_type=record.rec_type,
        refers_to=headers.get_header(REFERS_HEADER),
        warc_file=warc_file,
        warc_offset=offset,
        warc_bytes=warc_bytes,
        payload_digest=headers.get_header("WARC-Payload-Digest"),
        http_status=int(record.http_headers.get_statuscode()),
        content_type=record.http_headers.get_header("Content-Type"),
        size_bytes=int(size) if size is not None else None,
    )


def _record_in(notes: dict[str, Any], entry: CaptureEntry) -> Fetch | FeedVisit | None:
    """The row that the pass wrote down; None where another version of Dateline did: its link is asked for again."""
    fields = {name: value for name, value in notes.items() if name != "record"}
    try:
        if notes.get("record") == FeedVisit.__name__:
            return record_of(FeedVisit, fields)
        if notes.get("record") == Fetch.__name__:
            place = {"capture_id": entry.capture_id, **entry.place._asdict()}
            return record_of(Fetch, fields | place)
    except (TypeError, ValueError):
        return None
    return None


def _captures_in(captures_folder: Path, file: CaptureFile) -> Iterator[_Found]:
    """Every undamaged capture in one file.

    Bytes within a page may look like a gzip member with a WARC record in it, and would be found where the record
    around them is damaged. They cannot name this file's warcinfo record, whose id nobody outside knows.
    """
    warc_file = file.path.relative_to(captures_folder).as_posix()
    warcinfo_id: str | None = None
    with file.path.open("rb") as opened:
        for raw in own_records(opened):
            if isinstance(raw, LostRecord):
                continue
            is_warcinfo = raw.fields.get("warc-type") == "warcinfo"
            names = raw.fields.get("warc-record-id" if is_warcinfo else "warc-warcinfo-id")
            warcinfo_id = warcinfo_id or names
            if raw.fields.get("warc-type") not in CAPTURE_TYPES or names != warcinfo_id:
                continue
            try:
                record = record_in(raw.content)
                capture = capture_of(record)
                entry = entry_of(record, file, warc_file, raw.offset, raw.next_offset - raw.offset)
                notes = json.loads(record.rec_headers.get_header(FETCH_HEADER) or "{}")
            except DAMAGE:
                continue
            yield _Found(entry, notes if isinstance(notes, dict) else {}, capture)
