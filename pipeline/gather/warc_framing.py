"""Divides a stream of bytes into WARC records, and goes on after what is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

MARKER = b"WARC/"
FIRST_LINE = re.compile(rb"WARC/\d\.\d+\r\n")
MAX_HEAD_BYTES = 1_048_576
HEAD_END = b"\r\n\r\n"  # and what follows the block
LENGTH = re.compile(r"[0-9]{1,18}")


class RawRecord(NamedTuple):
    """One record as it lies, without the two empty lines behind it."""

    offset: int
    next_offset: int  # where reading may go on after it
    fields: dict[str, str]  # names in lower case; of one that is repeated, the first
    content: bytes  # head and block


class LostRecord(NamedTuple):
    """A record that is damaged, or a stretch that is no record; or one that is larger than was asked for."""

    offset: int
    next_offset: int
    is_too_large: bool = False


class RecordFramer:
    """Finds the records in a stream.

    Args:
        pieces: the stream.
        max_bytes: a longer block is passed over. What is held in memory is bounded by a few times as much.
        offset: of the stream's first byte, where offsets are to be counted from elsewhere.
        may_end: whether a record may end at an offset, where one can look ahead in the stream. A damaged length that
            says too much then costs its record only.
    """

    def __init__(
        self,
        pieces: Iterator[bytes],
        max_bytes: int,
        offset: int = 0,
        may_end: Callable[[int], bool] | None = None,
    ) -> None:
        self._pieces = pieces
        self._max_bytes = max_bytes
        self._may_end = may_end
        self._buffer = bytearray()
        self._start = offset  # of the buffer's first byte

    def records(self) -> Iterator[RawRecord | LostRecord]:
        """The records, and in their place what was lost."""
        position = self._start
        is_lost = False  # what lies at `position` belongs to a record that was given up already
        while True:
            start, is_blank = self._next_marker(position)
            if not is_blank and not is_lost:
                yield LostRecord(position, self._start if start is None else start)
            if start is None:
                return
            record = self._record_at(start)
            is_lost = isinstance(record, LostRecord) and not record.is_too_large
            position = record.next_offset
            yield record

    def _next_marker(self, position: int) -> tuple[int | None, bool]:
        """The offset of the next record's first byte, and whether only white space lies before it."""
        self._forget(position)
        is_blank = True
        while (found := self._buffer.find(MARKER)) < 0:
            examined = max(len(self._buffer) - len(MARKER) + 1, 0)
            is_blank = is_blank and not self._buffer[:examined].strip()
            self._forget(self._start + examined)
            if not self._more():
                return None, is_blank and not self._buffer.strip()
        return self._start + found, is_blank and not self._buffer[:found].strip()

    def _record_at(self, start: int) -> RawRecord | LostRecord:
        self._forget(start)
        searched = 0
        while (head_end := self._buffer.find(HEAD_END, searched, MAX_HEAD_BYTES)) < 0:
            searched = max(len(self._buffer) - len(HEAD_END) + 1, 0)
            if len(self._buffer) >= MAX_HEAD_BYTES:
                return LostRecord(start, start + MAX_HEAD_BYTES // 2)
            if not self._more():
                return LostRecord(start, start + len(MARKER))
        # A head that holds another's first line was cut off; what begins last may be whole.
        inner = self._buffer.rfind(b"\n" + MARKER, 0, head_end)
        if inner >= 0:
            return LostRecord(start, start + inner + 1)
        fields = _fields(bytes(self._buffer[: head_end + 2]))
        if fields is None:
            return LostRecord(start, start + len(MARKER))
        block = head_end + len(HEAD_END)
        end = block + int(fields["content-length"])
        if end - block > self._max_bytes:
            if self._may_end is not None and not self._may_end(start + end):
                return LostRecord(start, start + block)
            return LostRecord(start, start + end, is_too_large=True)
        while len(self._buffer) < end + len(HEAD_END) and self._more():
            pass
        behind = bytes(self._buffer[end : end + len(HEAD_END)])
        is_last = len(behind) < len(HEAD_END)
        if len(self._buffer) < end or not (HEAD_END.startswith(behind) if is_last else behind == HEAD_END):
            return LostRecord(start, start + len(MARKER))
        return RawRecord(start, start + end + len(behind), fields, bytes(self._buffer[:end]))

    def _more(self) -> bool:
        piece = next(self._pieces, b"")
        self._buffer += piece
        return bool(piece)

    def _forget(self, offset: int) -> None:
        """Let go of what lies before `offset`, reading on up to there."""
        while self._start + len(self._buffer) < offset:
            self._start += len(self._buffer)
            self._buffer.clear()
            if not self._more():
                return
        del self._buffer[: max(offset - self._start, 0)]
        self._start = max(offset, self._start)


def _fields(head: bytes) -> dict[str, str] | None:
    """The named fields of a record's head; None where it is no head, or does not say its length."""
    if not FIRST_LINE.match(head):
        return None
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    fields: dict[str, str] = {}
    for line in re.sub(r"\r\n[ \t]+", " ", text).split("\r\n")[1:-1]:
        name, colon, value = line.partition(":")
        if not colon:
            return None
        fields.setdefault(name.strip().lower(), value.strip())
    return fields if LENGTH.fullmatch(fields.get("content-length", "")) else None
