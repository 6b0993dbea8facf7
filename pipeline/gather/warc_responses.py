"""A response record that others wrote, as the response we would have got had we asked.

Crawlers differ in what they keep: the body as it was sent, chunked and compressed; or with its encodings taken off,
the headers telling of them left, removed, or renamed to `X-Crawl-...` (Common Crawl). A body that begins like HTML is
therefore taken as it is, and any other is decoded as its headers say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]  # it ships no type information (1.2.1)

from pipeline.gather.decoding import decoded
from pipeline.gather.failures import RequestFailedError
from pipeline.gather.page_visit import HTML_START, SNIFFED_BYTES, takes_html
from pipeline.gather.transport import Response
from pipeline.gather.warc_framing import RawRecord
from pipeline.gather.warc_reading import DAMAGE, record_in
from pipeline.statuses import FetchStatus

CHUNK_LINE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
WHITE_SPACE = b"\xef\xbb\xbf \t\r\n"  # and UTF-8's byte order mark
CRAWL_PREFIX = "x-crawl-"
PIECE_BYTES = 65_536


class NotTakenError(Exception):
    """The record is no page for us; `word` is what it is counted as."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


class Page(NamedTuple):
    """A page that others captured."""

    response: Response
    content_type: str | None


def target_url(record: RawRecord) -> str:
    """The address as the record gives it, without the brackets that wget 1.19 puts around it."""
    return record.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">")


def captured_at(record: RawRecord) -> datetime:
    """When it was captured; raises NotTakenError where the record does not say."""
    try:
        instant = datetime.fromisoformat(record.fields.get("warc-date", ""))
    except ValueError as error:
        raise NotTakenError("damaged") from error
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def page_in(record: RawRecord, max_bytes: int) -> Page:
    """The page in a response record.

    Args:
        record: of the type response.
        max_bytes: what its body may unpack to.

    Raises:
        NotTakenError: it is damaged, too_large, not_ok (another status than 200) or other_type (no HTML).
    """
    try:
        warc = record_in(record.content, raise_for_digests=False)
        sent = warc.raw_stream.read()
        head = warc.http_headers
        # Of the payload digest tools disagree whether encodings count; the block is the same for all.
        wrong = [problem for problem in warc.digest_checker.problems if problem.startswith("block digest failed")]
        http_status = int(head.get_statuscode()) if head is not None else 0
    except DAMAGE as error:
        raise NotTakenError("damaged") from error
    if wrong or head is None:
        raise NotTakenError("damaged")
    if http_status != 200:
        raise NotTakenError("not_ok")
    content_type = head.get_header("Content-Type") or record.fields.get("warc-identified-payload-type")
    if not takes_html(content_type):
        raise NotTakenError("other_type")
    body = _decoded(sent, head.get_header("Transfer-Encoding"), head.get_header("Content-Encoding"), max_bytes)
    if len(body) > max_bytes:
        raise NotTakenError("too_large")
    if content_type is None and not _begins_like_html(body):
        raise NotTakenError("other_type")
    response = Response(
        url=target_url(record),
        http_status=http_status,
        reason=head.statusline.partition(" ")[2],
        http_version=head.protocol,
        headers=_headers(head.headers),
        body=body,
        request_headers=(),
        request_target="",
    )
    return Page(response, content_type)


def _headers(headers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The headers as they came: what another crawler put in their place, such as the length it kept, goes."""
    names = {name.lower() for name, _ in headers}
    return tuple((name, value) for name, value in headers if CRAWL_PREFIX + name.lower() not in names)


def _decoded(sent: bytes, transfer_encoding: str | None, content_encoding: str | None, max_bytes: int) -> bytes:
    try:
        body = _without_chunks(sent) if (transfer_encoding or "").lower() == "chunked" else sent
        if body.lstrip(WHITE_SPACE).startswith(b"<") and _begins_like_html(body):
            return body
        if (content_encoding or "").strip().lower() == "br":
            return b"".join(_without_brotli(body, max_bytes))
        pieces = (body[start : start + PIECE_BYTES] for start in range(0, len(body), PIECE_BYTES))
        return b"".join(decoded(pieces, content_encoding or "", max_bytes))
    except RequestFailedError as error:
        raise NotTakenError("too_large" if error.status is FetchStatus.TOO_LARGE else "damaged") from error
    except (ValueError, brotli.error) as error:
        raise NotTakenError("damaged") from error


def _begins_like_html(body: bytes) -> bool:
    return HTML_START.search(body[:SNIFFED_BYTES]) is not None


def _without_chunks(sent: bytes) -> bytes:
    """The body of a chunked one (RFC 9112, 7.1); one that does not begin with a chunk had them taken off before.

    Raises:
        ValueError: it breaks off.
    """
    chunks: list[bytes] = []
    position = 0
    while line := CHUNK_LINE.match(sent, position):
        start = line.end()
        end = start + int(line[1], 16)
        if start == end:
            return b"".join(chunks)
        if sent[end : end + 2] != b"\r\n":
            break
        chunks.append(sent[start:end])
        position = end + 2
    if not chunks and line is None:
        return sent
    raise ValueError("the chunked body breaks off")


def _without_brotli(body: bytes, max_bytes: int) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    unpacked_bytes = 0
    piece = unpacker.process(body, output_buffer_limit=PIECE_BYTES)
    while piece or not unpacker.is_finished():
        unpacked_bytes += len(piece)
        if unpacked_bytes > max_bytes:
            raise NotTakenError("too_large")
        yield piece
        if unpacker.is_finished():
            return
        if not piece and unpacker.can_accept_more_data():
            raise NotTakenError("damaged")  # it breaks off
        piece = unpacker.process(b"", output_buffer_limit=PIECE_BYTES)
