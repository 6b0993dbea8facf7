"""WARC 1.1 records as bytes (ISO 28500:2017): what the archive writes, one gzip member for each record.

Written here and not by warcio, because it is on the way of every page: a pair of records costs a quarter of the time
(docs/choices.md). The tests read every kind of record back with warcio and with fastwarc.
"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote

from isal import isal_zlib

from pipeline import __version__
from pipeline.gather.transport import Headers, Response

WARC_VERSION = "WARC/1.1"
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
ENCODING_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
# Of ISA-L's levels 0 to 3 the densest: 30 KB in 0.09 ms and a quarter, where zlib's level 6 takes 0.4 ms for 7 % less.
COMPRESSION_LEVEL = 3
GZIP = 31  # zlib's wbits for a gzip member with a window of 32 KiB

Fields = Iterable[tuple[str, str]]


def gzip_member(record: bytes) -> bytes:
    """A record as a gzip member of its own."""
    member: bytes = isal_zlib.compress(record, COMPRESSION_LEVEL, wbits=GZIP)
    return member


def warc_record(record_type: str, fields: Fields, block: bytes) -> bytes:
    """One record, uncompressed. `fields` are those besides type, block digest and length, in their order."""
    head = [
        WARC_VERSION,
        f"WARC-Type: {record_type}",
        *(f"{name}: {value}" for name, value in fields),
        f"WARC-Block-Digest: {digest(block)}",
        f"Content-Length: {len(block)}",
    ]
    return b"".join(("\r\n".join(head).encode(), b"\r\n\r\n", block, b"\r\n\r\n"))


def warcinfo(record_id: str, file_name: str, gather_run_id: str) -> bytes:
    """The record that a file begins with."""
    block = (
        f"software: Dateline/{__version__}\r\nformat: WARC File Format 1.1\r\n"
        f"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        f"isPartOf: {gather_run_id}\r\n"
    )
    fields = [
        ("WARC-Record-ID", record_id),
        ("WARC-Date", warc_date(datetime.now(UTC))),
        ("WARC-Filename", file_name),
        ("Content-Type", "application/warc-fields"),
    ]
    return warc_record("warcinfo", fields, block.encode())


def http_response(response: Response, *, with_body: bool) -> bytes:
    """The block of a response record, or that of a revisit record, which has the head only.

    The body has its encodings off, as Common Crawl does it: the headers that no longer describe it are kept under
    their name with `X-Crawl-` before it, and Content-Length is the length kept. A 304 is left as it came.
    """
    status_line = f"{response.http_version} {response.http_status} {printable(response.reason)}"
    if response.http_status == 304:
        return _http_head(status_line, response.headers)
    body = response.body or b""
    headers = [
        (f"X-Crawl-{name}" if name.lower() in ENCODING_HEADERS else name, value) for name, value in response.headers
    ]
    headers.append(("Content-Length", str(len(body))))
    head = _http_head(status_line, headers)
    return head + body if with_body else head


def http_request(response: Response) -> bytes:
    """The block of the request record."""
    host = ("Host", re.split("[/?#]", response.url.partition("://")[2], maxsplit=1)[0])
    return _http_head(f"GET {printable(response.request_target)} HTTP/1.1", [host, *response.request_headers])


def digest(data: bytes) -> str:
    """As in WARC-Payload-Digest: SHA-1 in base 32, what every WARC tool expects there; it is no secret's guard."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def warc_date(instant: datetime) -> str:
    """An instant as WARC-Date, to the microsecond."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def new_record_id() -> str:
    """A new WARC-Record-ID."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def printable(text: str) -> str:
    """A header's text with folded lines made one, and what is not printable ASCII percent-encoded (as warcio)."""
    if text.isascii() and text.isprintable():
        return text
    one_line = re.sub(r"\r?\n[ \t]*", " ", text)
    return re.sub(r"[^\t\x20-\x7e]", lambda letter: quote(letter[0], encoding="latin-1", errors="replace"), one_line)


def _http_head(first_line: str, headers: Headers | list[tuple[str, str]]) -> bytes:
    lines = [first_line, *(f"{printable(name)}: {printable(value)}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")
