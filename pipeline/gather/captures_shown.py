"""What `dateline captures show` shows of a capture: what was asked, what came, and whether it is still what it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from warcio.recordloader import ArcWarcRecord

from pipeline.errors import ConfigurationError, QuarantineError
from pipeline.gather.archive import read_capture
from pipeline.gather.captures import FETCH_HEADER, CaptureEntry
from pipeline.gather.ledger import open_ledger
from pipeline.gather.urls import normalise_url
from pipeline.gather.warc_reading import DAMAGE, read_member, record_in
from pipeline.gather.warc_records import digest
from pipeline.settings import Settings

IMPORTED_HEADERS = {"Dateline-Imported-From": "imported from", "Dateline-Imported-Record-ID": "its record there"}


def find_capture(settings: Settings, id_or_url: str) -> CaptureEntry:
    """The capture of that id, or the newest one of that address.

    Raises:
        ConfigurationError: there is none.
    """
    with open_ledger(settings) as ledger:
        entry = ledger.capture(id_or_url)
        if entry is not None:
            return entry
        if "://" in id_or_url:
            for url in dict.fromkeys((id_or_url, _normalised(id_or_url))):
                if captures := ledger.captures_of(url):
                    return captures[0]
            raise ConfigurationError(f"nothing was ever captured of {id_or_url}")
    raise ConfigurationError(f"there is no capture {id_or_url!r}; an id has 16 digits, an address begins with http")


def capture_lines(settings: Settings, entry: CaptureEntry) -> Iterator[str]:
    """The capture in words, one line after the other.

    Raises:
        QuarantineError: its record is damaged or not there.
    """
    answer = _read_record(settings, entry)
    head = answer.warc.http_headers
    yield f"capture     {entry.capture_id} ({entry.record_type})"
    yield f"asked       {entry.url}"
    target = answer.warc.rec_headers.get_header("WARC-Target-URI")
    if target != entry.url:
        yield f"answered    {target}"
    yield f"at          {entry.requested_at.isoformat()}"
    yield f"by          {entry.source_id}, pass {entry.gather_run_id}"
    yield from _page_lines(answer.warc)
    for name, words in IMPORTED_HEADERS.items():
        if value := answer.warc.rec_headers.get_header(name):
            yield f"            {words} {value}"
    path = settings.captures_folder / entry.warc_file
    yield f"lies in     {path}, byte {entry.warc_offset}, {entry.warc_bytes} bytes"
    yield f"digest      {entry.payload_digest or 'none'}: {_verdict(settings, entry, answer)}"
    if entry.refers_to is not None:
        yield f"repeats     {entry.refers_to}, captured {answer.warc.rec_headers.get_header('WARC-Refers-To-Date')}"
    if entry.size_bytes is not None:
        yield f"body        {entry.size_bytes} bytes{' (of the capture it repeats)' if entry.refers_to else ''}"
    for line in _request_lines(settings, entry, answer):
        yield f"> {line}"
    yield f"< {head.protocol} {head.statusline}"
    for name, value in head.headers:
        yield f"< {name}: {value}"


def capture_body(settings: Settings, entry: CaptureEntry) -> bytes:
    """The body, with its encodings off; of a revisit that of the capture it repeats.

    Raises:
        QuarantineError: its record is damaged or not there, or the capture that a revisit repeats is unknown.
    """
    return read_capture(settings.captures_folder, *_with_body(settings, entry).place).body


@dataclass(frozen=True, slots=True)
class _ReadRecord:
    """A record of the archive, its body taken out."""

    warc: ArcWarcRecord
    body: bytes
    next_offset: int


def _read_record(settings: Settings, entry: CaptureEntry) -> _ReadRecord:
    try:
        with (settings.captures_folder / entry.warc_file).open("rb") as file:
            member = read_member(file, entry.warc_offset)
        warc = record_in(member.content, raise_for_digests=False)
        body = warc.raw_stream.read()
        if warc.rec_type not in {"response", "revisit"} or warc.http_headers is None:
            raise ValueError(f"a {warc.rec_type} record lies there")
    except FileNotFoundError as error:
        raise QuarantineError(f"the capture file {entry.warc_file} is not there") from error
    except DAMAGE as error:
        raise QuarantineError(f"the capture in {entry.warc_file} at {entry.warc_offset} is damaged: {error}") from error
    return _ReadRecord(warc, body, member.next_offset)


def _page_lines(warc: ArcWarcRecord) -> Iterator[str]:
    """Of an article that its site divides into pages: which page this is, and where the others are."""
    try:
        notes = json.loads(warc.rec_headers.get_header(FETCH_HEADER) or "{}")
        if first_page_url := notes.get("first_page_url"):
            yield f"page        {notes['page']} of the article at {first_page_url}"
        for number, page in enumerate(notes.get("further_pages") or (), start=2):
            yield f"{f'page {number}':12}{page['capture_id']} {page['url']}"
    except (AttributeError, KeyError, TypeError, ValueError):  # notes of another version, or of a damaged record
        yield "page        (what the pass wrote down cannot be read)"


def _verdict(settings: Settings, entry: CaptureEntry, answer: _ReadRecord) -> str:
    """Whether the body, read again just now, has the digest that the index and the record say."""
    said = answer.warc.rec_headers.get_header("WARC-Payload-Digest")
    if said != entry.payload_digest:
        return f"WRONG, the record says {said}"
    if entry.refers_to is None:
        return "verified" if digest(answer.body) == said else f"WRONG, the body has {digest(answer.body)}"
    try:
        body = capture_body(settings, entry)
    except QuarantineError as error:
        return f"not verified: {error}"
    if digest(body) == said:
        return "verified in the capture it repeats"
    return f"WRONG, the capture it repeats has {digest(body)}"


def _with_body(settings: Settings, entry: CaptureEntry) -> CaptureEntry:
    if entry.refers_to is None:
        return entry
    with open_ledger(settings) as ledger:
        found = ledger.capture(entry.refers_to)
    if found is None:
        raise QuarantineError(f"the capture {entry.refers_to} that {entry.capture_id} repeats is not in the index")
    return found


def _request_lines(settings: Settings, entry: CaptureEntry, answer: _ReadRecord) -> list[str]:
    """Request line and headers, as sent; of an import there are none."""
    if any(answer.warc.rec_headers.get_header(name) for name in IMPORTED_HEADERS):
        return ["(others asked, see above)"]
    try:
        with (settings.captures_folder / entry.warc_file).open("rb") as file:
            warc = record_in(read_member(file, answer.next_offset).content)
    except DAMAGE:
        return ["(the request record is damaged or cut off)"]
    answer_id = answer.warc.rec_headers.get_header("WARC-Record-ID")
    if warc.rec_type != "request" or warc.rec_headers.get_header("WARC-Concurrent-To") != answer_id:
        return ["(there is no request record)"]
    head = warc.http_headers
    return [f"{head.protocol} {head.statusline}", *(f"{name}: {value}" for name, value in head.headers)]


def _normalised(url: str) -> str:
    try:
        return normalise_url(url)
    except ValueError:
        return url
