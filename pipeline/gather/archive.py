"""The capture archive: WARC 1.1 files, one for each source and attempt of a run, and how to read one capture.

    <captures folder>/<run id>/<source id>-<attempt>.warc.gz

Each capture is a response record followed by its request record, each a gzip member of its own, so that a record
is found by its offset and a damaged one harms no other. After each pair the file is flushed and synced: what a
killed task had archived is there for the next attempt (`attempts`).

The response body is kept with transfer and content encoding taken off, as Common Crawl does it: the headers that
no longer describe it are kept under their name with `X-Crawl-` before it, and Content-Length is the length kept.
The response record's header `Dateline-Fetch` holds, as JSON, what the stage wrote down about the request.
"""

from __future__ import annotations

import io
import json
import os
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple, Self
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from pipeline import __version__
from pipeline.errors import QuarantineError
from pipeline.gather.transport import Headers, Response

FETCH_HEADER = "Dateline-Fetch"
ENCODING_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
# What reading a damaged record raises: bad or missing gzip data, no WARC record in it, a digest that does not match.
DAMAGE = (zlib.error, EOFError, ValueError, ArchiveLoadFailed, StatusAndHeadersParserException)
PIECE_BYTES = 65_536


class Capture(NamedTuple):
    """One archived response. `headers` are the ones that came, `body` has transfer and content encoding off."""

    headers: Headers
    body: bytes
    url: str  # the one that answered, after redirects
    content_type: str | None  # the header, whole


class CapturePlace(NamedTuple):
    """Where a capture lies."""

    warc_file: str  # relative to the captures folder
    warc_offset: int  # of the response record


class CaptureWriter:
    """Writes the WARC file of one attempt; the file begins to exist with the first capture.

    Args:
        captures_folder: the one of the installation.
        run_id: names the folder within it.
        source_id: names the file.
    """

    def __init__(self, captures_folder: Path, run_id: str, source_id: str) -> None:
        self._captures_folder = captures_folder
        self._run_id = run_id
        self._source_id = source_id
        self._file: IO[bytes] | None = None
        self._path = Path()
        self._writer: WARCWriter = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, response: Response, requested_at: datetime, notes: Mapping[str, Any]) -> CapturePlace:
        """Archive one response with its request, and see it safely on the disk.

        Args:
            response: with a body.
            requested_at: when it was asked for.
            notes: goes into the header `Dateline-Fetch`; must be JSON.

        Raises:
            OSError: the disk is full or the folder cannot be written. What was archived before is untouched.
        """
        file = self._file or self._begin()
        offset = file.tell()
        warc_headers = {
            "WARC-Date": requested_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            FETCH_HEADER: json.dumps(notes, separators=(",", ":")),  # ASCII: no letter can break the header
        }
        body = response.body or b""
        answer = self._writer.create_warc_record(
            response.url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(
                f"{response.http_status} {_printable(response.reason)}",
                _kept_headers(response),
                protocol=response.http_version,
                is_http_request=False,
            ),
            warc_headers_dict=warc_headers,
        )
        question = self._writer.create_warc_record(
            response.url,
            "request",
            http_headers=StatusAndHeaders(
                f"GET {response.request_target} HTTP/1.1",
                [("Host", urlsplit(response.url).netloc), *response.request_headers],
                is_http_request=True,
            ),
        )
        self._writer.write_request_response_pair(question, answer)
        file.flush()
        os.fsync(file.fileno())
        return CapturePlace(self._path.relative_to(self._captures_folder).as_posix(), offset)

    def _begin(self) -> IO[bytes]:
        folder = self._captures_folder / self._run_id
        folder.mkdir(parents=True, exist_ok=True)
        attempts = attempt_files(self._captures_folder, self._run_id, self._source_id)
        attempt = 1 + max((attempt_number(path) for path in attempts), default=0)
        self._path = folder / f"{self._source_id}-{attempt}.warc.gz"
        self._file = self._path.open("xb")  # never an existing file: it may be all that is left of an attempt
        self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")
        info = {"software": f"Dateline/{__version__}", "format": "WARC File Format 1.1", "isPartOf": self._run_id}
        self._writer.write_record(self._writer.create_warcinfo_record(self._path.name, info))
        return self._file


def attempt_files(captures_folder: Path, run_id: str, source_id: str) -> list[Path]:
    """The WARC files of one source in one run, first attempt first."""
    found = [p for p in (captures_folder / run_id).glob(f"{source_id}-*.warc.gz") if attempt_number(p, source_id)]
    return sorted(found, key=attempt_number)


def attempt_number(path: Path, source_id: str | None = None) -> int:
    """The attempt that a file's name tells, 0 where it is no capture file (of that source)."""
    match = re.fullmatch(r"(.+)-(\d+)\.warc\.gz", path.name)
    return int(match[2]) if match and source_id in {None, match[1]} else 0


def read_capture(captures_folder: Path, warc_file: str, warc_offset: int) -> Capture:
    """One archived response.

    Args:
        captures_folder: the one of the installation (`settings.captures_folder`).
        warc_file: relative to it, as in `Fetch.warc_file`.
        warc_offset: byte offset of the response record.

    Raises:
        QuarantineError: the file is not there, or the record is damaged.
    """
    where = f"{warc_file} at {warc_offset}"
    try:
        with (captures_folder / warc_file).open("rb") as file:
            member, _ = read_member(file, warc_offset)
        capture = capture_of(record_in(member))
    except FileNotFoundError as error:
        raise QuarantineError(f"the capture file {warc_file} is not there") from error
    except DAMAGE as error:
        raise QuarantineError(f"the capture in {where} is damaged: {error}") from error
    if capture is None:
        raise QuarantineError(f"no response record in {where}")
    return capture


def read_member(file: IO[bytes], offset: int) -> tuple[bytes, int]:
    """The gzip member at `offset`, unpacked, and the offset of what follows it; raises one of `DAMAGE`.

    Whole and with the right checksum, or not at all: warcio reads on over the end of a member that was cut off.
    """
    file.seek(offset)
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    content = bytearray()
    while not unpacker.eof:
        piece = file.read(PIECE_BYTES)
        if not piece:
            raise EOFError("it ends too early")
        content += unpacker.decompress(piece)
    return bytes(content), file.tell() - len(unpacker.unused_data)


def record_in(member: bytes) -> ArcWarcRecord:
    """The WARC record in an unpacked gzip member; raises one of `DAMAGE`."""
    record = next(iter(ArchiveIterator(io.BytesIO(member), check_digests="raise")), None)
    if record is None:
        raise EOFError("an empty record")
    return record


def capture_of(record: ArcWarcRecord) -> Capture | None:
    """The capture in a record whose body has not been read yet, None where it is no response; may raise `DAMAGE`."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    body = record.content_stream().read()
    headers = tuple((name, value) for name, value in record.http_headers.headers)
    return Capture(
        headers=headers,
        body=body,
        url=record.rec_headers.get_header("WARC-Target-URI"),
        content_type=next((value for name, value in headers if name.lower() == "content-type"), None),
    )


def _kept_headers(response: Response) -> list[tuple[str, str]]:
    kept = []
    for name, value in response.headers:
        new_name = f"X-Crawl-{name}" if name.lower() in ENCODING_HEADERS else name
        kept.append((_printable(new_name), _printable(value)))
    kept.append(("Content-Length", str(len(response.body or b""))))
    return kept


def _printable(text: str) -> str:
    """A header's text with folded lines made one, and what is not printable ASCII percent-encoded (as warcio)."""
    one_line = re.sub(r"\r?\n[ \t]*", " ", text)
    return re.sub(r"[^\t\x20-\x7e]", lambda letter: quote(letter[0], encoding="latin-1", errors="replace"), one_line)
