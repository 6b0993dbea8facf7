"""What one response may cost in time and bytes, looked at each time the socket is read.

A socket's own timeout begins anew with each byte, so a server that sends one byte now and then, in its headers or in
its body, would hold us for ever. Here each read waits no longer than what is left of the whole time. No thread watches
over it: one per request cost a quarter of the whole request.

Bytes are counted as they come from the socket, so that headers, interim answers, chunk sizes and trailers without an
end stop as well; what a body may measure after decoding is the transport's to say.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Callable
from http.client import BadStatusLine

from pipeline.gather.failures import RequestFailedError
from pipeline.statuses import FetchStatus

BUFFER_BYTES = 65_536
# 100 Continue, 102 Processing and 103 Early Hints may come before the answer; more of them are mischief.
MAX_INTERIM_RESPONSES = 8


class Allowance:
    """The time and the bytes that one response has; the same object serves all requests of a transport in turn."""

    def __init__(self) -> None:
        self.received_bytes = 0
        self._max_bytes = 0
        self._read_timeout_seconds = 0.0
        self._ends_at = 0.0
        self.grant(read_timeout_seconds=60.0, total_timeout_seconds=3600.0, max_bytes=1 << 40)

    def grant(self, *, read_timeout_seconds: float, total_timeout_seconds: float, max_bytes: int) -> None:
        """Begin anew, for the next response."""
        self.received_bytes = 0
        self._max_bytes = max_bytes
        self._read_timeout_seconds = read_timeout_seconds
        self._ends_at = time.monotonic() + total_timeout_seconds

    def allow(self, more_bytes: int) -> None:
        """Let so many bytes more come."""
        self._max_bytes += more_bytes

    def shorten(self, seconds: float) -> None:
        """End after so many seconds from now, if not before: for what is not worth waiting for."""
        self._ends_at = min(self._ends_at, time.monotonic() + seconds)

    def wait_seconds(self, longest_seconds: float | None = None) -> float:
        """How long one step may take.

        Raises:
            RequestFailedError: the total time is over.
        """
        remaining_seconds = self._ends_at - time.monotonic()
        if remaining_seconds <= 0:
            raise RequestFailedError(FetchStatus.TIMED_OUT, "the whole response took longer than total_timeout_seconds")
        return min(remaining_seconds, self._read_timeout_seconds if longest_seconds is None else longest_seconds)

    def count(self, received_bytes: int) -> None:
        """Note bytes that came.

        Raises:
            RequestFailedError: there are too many of them.
        """
        self.received_bytes += received_bytes
        if self.received_bytes > self._max_bytes:
            raise RequestFailedError(FetchStatus.TOO_LARGE, f"over {self._max_bytes} bytes before decoding")


class TimedReader(io.RawIOBase):
    """The bytes of a socket, within an allowance."""

    def __init__(self, sock: socket.socket, allowance: Allowance) -> None:
        super().__init__()
        self._sock = sock
        self._bytes = sock.makefile("rb", buffering=0)
        self._allowance = allowance
        self.paused = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]  # BufferedReader passes no other
        """Fill the buffer with what comes; None while paused."""
        if self.paused:
            return None
        self._sock.settimeout(self._allowance.wait_seconds())
        try:
            received_bytes = self._bytes.readinto(buffer)
        except TimeoutError:
            self._allowance.wait_seconds()  # says so where it was the total time
            raise
        if received_bytes:
            self._allowance.count(received_bytes)
        return received_bytes

    def close(self) -> None:
        """Let go of the socket."""
        self._bytes.close()
        super().close()


class TimedResponse(http.client.HTTPResponse):
    """The response of the standard library, read within an allowance, and stricter in what it takes for one.

    Args:
        sock: the connection's.
        allowance: what it may cost.
        on_leftover: called where bytes stand behind the end of the response. They are nobody's answer, and the
            connection they came on must not be used again.
        method: of the request.
    """

    def __init__(
        self, sock: socket.socket, allowance: Allowance, on_leftover: Callable[[], None], method: str | None
    ) -> None:
        self._reader = TimedReader(sock, allowance)
        self._on_leftover = on_leftover
        super().__init__(_Readable(self._reader), method=method)  # type: ignore[arg-type]  # only makefile is called

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(MAX_INTERIM_RESPONSES):
            version, status, reason = super()._read_status()  # type: ignore[misc]  # typeshed leaves it out
            if status >= 200:
                return version, status, reason
            if status == http.client.SWITCHING_PROTOCOLS:
                raise BadStatusLine("101, though nobody asked for another protocol")
            http.client.parse_headers(self.fp)
        raise BadStatusLine(f"more than {MAX_INTERIM_RESPONSES} interim responses")

    def _read_next_chunk_size(self) -> int:
        size_bytes: int = super()._read_next_chunk_size()  # type: ignore[misc]  # typeshed leaves it out
        if size_bytes < 0:
            raise ValueError(f"a chunk of {size_bytes} bytes")
        return size_bytes

    def _close_conn(self) -> None:
        self._reader.paused = True
        leftover = not self.fp.closed and self.fp.peek(1)
        super()._close_conn()  # type: ignore[misc]  # typeshed leaves it out
        if leftover:
            self._on_leftover()


class _Readable:
    """What http.client takes for a socket: something that makes a file of itself."""

    def __init__(self, reader: TimedReader) -> None:
        self._reader = reader

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader, BUFFER_BYTES)
