"""Reads WARC files, ours and those of others, whole or damaged: WARC 1.0 and 1.1, gzip-compressed or plain.

This module divides a file into records (`warc_framing`) and after damage finds the next one; warcio makes sense of
each record. Left to itself, warcio ends at the first damage and reads on over the end of a gzip member that was cut
off; fastwarc 2.0.1 ends the process where the Python stream below it raises (docs/choices.md).

Undamaged is a record in a gzip member that is whole and has the right checksum. Where several share a member, or the
file is not compressed, it is one that is as long as it says and is followed by what ends a record; its digests, where
it has some, are for who looks into it.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import IO, NamedTuple, cast

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from pipeline.gather.captures import Capture
from pipeline.gather.warc_framing import HEAD_END, LostRecord, RawRecord, RecordFramer

# What reading a damaged record raises: bad or missing gzip data, no WARC record in it, a digest that does not match.
DAMAGE: tuple[type[Exception], ...] = (
    cast("type[Exception]", isal_zlib.error),  # isal 1.9.1 types it as an instance
    zlib.error,
    EOFError,
    ValueError,
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
)
GZIP = 31  # zlib's wbits for a gzip member
GZIP_MAGIC = b"\x1f\x8b\x08"
RECORD_HEAD = re.compile(rb"WARC/\d\.\d+\r\n[A-Za-z][\w-]*:")
HEAD_BYTES = 256
PIECE_BYTES = 65_536
FIRST_PIECE_BYTES = 8_192  # most of our members; and less for nothing where a chance match is tried
SCAN_BYTES = 1_048_576
# Of our own records: the largest feed (50 MiB unless set otherwise) and its head, several times over.
OWN_MAX_BYTES = 268_435_456


class Member(NamedTuple):
    """A gzip member, unpacked."""

    content: bytes
    next_offset: int  # of what follows it in the file


def read_member(file: IO[bytes], offset: int) -> Member:
    """The gzip member at `offset`, whole and with the right checksum, or not at all: raises one of `DAMAGE`."""
    unpacker = _Unpacker(file, offset)
    content = unpacker.read(OWN_MAX_BYTES)
    if not unpacker.has_ended:
        raise EOFError("it is larger than any record of ours")
    return Member(content, unpacker.next_offset)


def record_in(content: bytes, *, raise_for_digests: bool = True) -> ArcWarcRecord:
    """The WARC record that `content` begins with.

    Args:
        content: the record.
        raise_for_digests: a wrong digest is damage; else it is noted in the record's `digest_checker`.

    Raises:
        one of `DAMAGE`, also when its body is read later.
    """
    checked = "raise" if raise_for_digests else "note"
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(content), check_digests=checked)), None)
    except DAMAGE:
        raise
    except Exception as error:  # record boundary: warcio 1.8.1 has AttributeError and TypeError for damaged heads
        raise ValueError(f"no record that can be read ({error})") from error
    if record is None:
        raise EOFError("an empty record")
    return record


def capture_of(record: ArcWarcRecord) -> Capture | None:
    """The capture in a record of ours whose body has not been read yet, None where it is no response.

    Raises:
        one of `DAMAGE`.
    """
    if record.rec_type != "response" or record.http_headers is None:
        return None
    body = record.raw_stream.read()
    headers = tuple((name, value) for name, value in record.http_headers.headers)
    return Capture(
        headers=headers,
        body=body,
        url=record.rec_headers.get_header("WARC-Target-URI"),
        content_type=next((value for name, value in headers if name.lower() == "content-type"), None),
    )


def warc_records(file: IO[bytes], max_bytes: int, offset: int = 0) -> Iterator[RawRecord | LostRecord]:
    """Every record of a WARC file in order, and in its place each one that is damaged or too large.

    Offsets are those of gzip members, where there are some: records that share one share its offset, and only the
    last one's `next_offset` is behind it.

    Args:
        file: open for reading, seekable.
        max_bytes: a longer block is passed over; also bounds what is held in memory, to a few times as much.
        offset: where to begin: 0, or a `next_offset` of an earlier reading.
    """
    if _is_gzip(file):
        return _gzip_records(file, max_bytes, offset)
    file.seek(offset)
    pieces = iter(lambda: file.read(PIECE_BYTES), b"")
    return RecordFramer(pieces, max_bytes, offset, may_end=lambda end: _may_end(file, end)).records()


def own_records(file: IO[bytes]) -> Iterator[RawRecord | LostRecord]:
    """The same for a file of ours, in which each record has a gzip member of its own."""
    return _gzip_records(file, OWN_MAX_BYTES, 0)


class _Unpacker:
    """One gzip member, unpacked piece by piece."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        self._file = file
        self._offset = offset  # of what is read from the file next
        self._unpacker = isal_zlib.decompressobj(wbits=GZIP)
        self._waiting = b""  # read and not unpacked
        self._piece_bytes = FIRST_PIECE_BYTES

    @property
    def has_ended(self) -> bool:
        """Whether all is unpacked and the checksum is right."""
        return bool(self._unpacker.eof)

    @property
    def next_offset(self) -> int:
        """Of what follows the member; only when it has ended."""
        return self._offset - len(self._unpacker.unused_data)

    def pieces(self) -> Iterator[bytes]:
        """What it unpacks to; raises one of `DAMAGE` where it is cut off or wrong."""
        while not self.has_ended:
            if not self._waiting:
                self._file.seek(self._offset)
                self._waiting = self._file.read(self._piece_bytes)
                self._offset += len(self._waiting)
                self._piece_bytes = PIECE_BYTES
                if not self._waiting:
                    raise EOFError("it ends too early")
            piece = self._unpacker.decompress(self._waiting, SCAN_BYTES)
            self._waiting = self._unpacker.unconsumed_tail
            while len(piece) == SCAN_BYTES and not self._waiting and not self.has_ended:
                yield piece  # the input is used up, the output not yet
                piece = self._unpacker.decompress(b"", SCAN_BYTES)
            if piece:
                yield piece

    def read(self, about_bytes: int) -> bytes:
        """What it unpacks to, or the first piece of that which is at least so long."""
        content = bytearray()
        for piece in self.pieces():
            content += piece
            if len(content) >= about_bytes:
                break
        return bytes(content)


def _gzip_records(file: IO[bytes], max_bytes: int, offset: int) -> Iterator[RawRecord | LostRecord]:
    size_bytes = file.seek(0, io.SEEK_END)
    at: int | None = offset
    is_lost = False  # what lies at `at` belongs to a record that was given up already
    while at is not None and at < size_bytes:
        unpacker = _Unpacker(file, at)
        try:
            content = unpacker.read(max_bytes + SCAN_BYTES)
            if unpacker.has_ended:
                yield from _of_member(content, max_bytes, at, unpacker.next_offset)
            else:  # a large record, or a file that is one gzip stream
                pieces = chain([content], unpacker.pieces())
                for record in RecordFramer(pieces, max_bytes).records():
                    yield record._replace(offset=at, next_offset=at)
        except DAMAGE:
            following = _next_member(file, at + 1)
            if not is_lost or _begins_record(file, at):
                yield LostRecord(at, size_bytes if following is None else following)
            at, is_lost = following, True
        else:
            at, is_lost = unpacker.next_offset, False


def _of_member(content: bytes, max_bytes: int, offset: int, next_offset: int) -> Iterator[RawRecord | LostRecord]:
    records = list(RecordFramer(iter([content]), max_bytes).records())
    for number, record in enumerate(records, start=1):
        yield record._replace(offset=offset, next_offset=next_offset if number == len(records) else offset)


def _begins_record(file: IO[bytes], offset: int) -> bool:
    """Whether what begins at an offset is a record's gzip member, whole or damaged further on, and no chance match."""
    file.seek(offset)
    try:  # zlib and not ISA-L: it gives the beginning also where damage follows
        begin = zlib.decompressobj(wbits=GZIP).decompress(file.read(FIRST_PIECE_BYTES), HEAD_BYTES)
    except DAMAGE:
        return False
    return RECORD_HEAD.match(begin) is not None


def _next_member(file: IO[bytes], offset: int) -> int | None:
    """Where the next gzip member may begin; a chance match within data turns out as damage and is passed."""
    overlap = len(GZIP_MAGIC) - 1
    while True:
        file.seek(offset)
        piece = file.read(SCAN_BYTES)
        found = piece.find(GZIP_MAGIC)
        if found >= 0:
            return offset + found
        if len(piece) < SCAN_BYTES:
            return None
        offset += len(piece) - overlap


def _is_gzip(file: IO[bytes]) -> bool:
    """By what comes first, a record in a gzip member or a plain one: the beginning may be damaged."""
    file.seek(0)
    plain = RECORD_HEAD.search(file.read(SCAN_BYTES))
    plain_at = plain.start() if plain else SCAN_BYTES
    at = _next_member(file, 0)
    while at is not None and at < plain_at:
        if _begins_record(file, at):
            return True
        at = _next_member(file, at + 1)
    return plain is None


def _may_end(file: IO[bytes], end: int) -> bool:
    """Whether a record of a plain file may end at an offset."""
    position = file.tell()
    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(end)
    behind = file.read(len(HEAD_END))
    file.seek(position)
    return behind == HEAD_END or (end <= size_bytes and len(behind) < len(HEAD_END) and HEAD_END.startswith(behind))
