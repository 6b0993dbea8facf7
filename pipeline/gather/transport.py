"""One HTTP request and its response, within limits of time and size.

Built on the adapter of requests and not on its Session. A Session keeps cookies, follows redirects, reads
`.netrc` and the proxy variables of the environment, and reads the body of a redirect without a limit; none of
that is wanted here. No cookie is kept at all, so none can reach another host.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import responses
from typing import Self

import requests
from urllib3.response import BaseHTTPResponse

from pipeline.gather.connections import CheckedAdapter, Resolve
from pipeline.gather.failures import RequestFailedError, closed_while_idle, named_failures
from pipeline.statuses import FetchStatus

Headers = tuple[tuple[str, str], ...]

READABLE_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
ACCEPT_ENCODING = "gzip, deflate"
PIECE_BYTES = 65_536
# A body we do not want is read to its end if it is this small: cheaper than a new connection.
WORTH_DRAINING_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one response may cost."""

    connect_timeout_seconds: float
    read_timeout_seconds: float  # between two pieces
    total_timeout_seconds: float  # from sending the request to the last byte
    max_bytes: int  # of the decoded body


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One response as it came. `body` is None where it was not wanted."""

    url: str
    http_status: int
    reason: str
    http_version: str
    headers: Headers
    body: bytes | None  # with transfer and content encoding taken off
    request_headers: Headers
    request_target: str  # path and query as sent

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Transport:
    """Sends GET requests, one at a time. Use it in a `with` statement: it keeps connections open.

    Args:
        resolve: host and port to the addresses that may be connected to; raises what `checked_addresses` raises.
        limits: what one response may cost.
    """

    def __init__(self, resolve: Resolve, limits: Limits) -> None:
        self._limits = limits
        self._adapter = CheckedAdapter(resolve)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._adapter.close()

    def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        wants_body: Callable[[int, str | None], bool],
        max_bytes: int | None = None,
        cut: bool = False,
    ) -> Response:
        """The response to one GET request; a redirect is a response like any other.

        Args:
            url: absolute, http(s).
            headers: what to send besides Host, Connection and Accept-Encoding.
            wants_body: told status and Content-Type, whether the body is worth reading.
            max_bytes: in place of the limit for all.
            cut: keep the first `max_bytes` of a larger body instead of failing.

        Raises:
            RequestFailedError: no usable response, with the status it ended in.
            UnsafeAddressError: the host has an address that is not public.
        """
        try:
            request = requests.Request("GET", url, headers={**headers, "Accept-Encoding": ACCEPT_ENCODING}).prepare()
        except ValueError as error:  # what requests raises here are ValueErrors too
            raise RequestFailedError(FetchStatus.UNSAFE_ADDRESS, f"no URL that can be asked for: {error}") from error
        with self._deadline() as deadline, named_failures(deadline):
            raw = self._send(request)
            try:
                response_headers = tuple((str(name), str(value)) for name, value in raw.headers.items())
                body = None
                if wants_body(raw.status, raw.headers.get("Content-Type")):
                    body = self._read(raw, max_bytes or self._limits.max_bytes, cut=cut)
                elif raw.length_remaining is not None and raw.length_remaining <= WORTH_DRAINING_BYTES:
                    raw.drain_conn()
            finally:
                raw.close()  # a response read to its end has given its connection back before
        return Response(
            url=url,
            http_status=raw.status,
            reason=raw.reason or responses.get(raw.status, ""),
            http_version="HTTP/1.0" if raw.version == 10 else "HTTP/1.1",
            headers=response_headers,
            body=body,
            request_headers=tuple((str(name), str(value)) for name, value in request.headers.items()),
            request_target=request.path_url,
        )

    def _send(self, request: requests.PreparedRequest) -> BaseHTTPResponse:
        opened_before = self._adapter.opened_connections
        try:
            return self._send_once(request)
        except requests.exceptions.ConnectionError as error:
            if self._adapter.opened_connections > opened_before or not closed_while_idle(error):
                raise
            # The server closed a connection it had kept open since the last request, just as we used it: that
            # says nothing about this request.
            return self._send_once(request)

    def _send_once(self, request: requests.PreparedRequest) -> BaseHTTPResponse:
        timeout = (self._limits.connect_timeout_seconds, self._limits.read_timeout_seconds)
        raw: BaseHTTPResponse = self._adapter.send(request, stream=True, timeout=timeout).raw
        return raw

    def _read(self, raw: BaseHTTPResponse, max_bytes: int, *, cut: bool) -> bytes:
        encoding = raw.headers.get("Content-Encoding", "").lower()
        if any(part.strip() not in READABLE_ENCODINGS for part in encoding.split(",")):
            raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, f"content encoding {encoding!r}, not one we offered")
        announced_bytes = raw.length_remaining
        if announced_bytes is not None and announced_bytes > max_bytes and not cut:
            raise RequestFailedError(FetchStatus.TOO_LARGE, f"announces {announced_bytes} bytes, over {max_bytes}")
        # Pieces are bounded after decoding: a small body that unpacks to gigabytes stops at the limit as well.
        body = bytearray()
        while piece := raw.read1(PIECE_BYTES, decode_content=True):
            body += piece
            if len(body) > max_bytes:
                if cut:
                    return bytes(body[:max_bytes])
                raise RequestFailedError(FetchStatus.TOO_LARGE, f"over {max_bytes} bytes after decoding")
        return bytes(body)

    @contextmanager
    def _deadline(self) -> Iterator[threading.Event]:
        """An event that is set when the total time is over; our sockets are shut then.

        The read timeout begins anew with each byte, so a server that sends one byte now and then, in its headers
        or in its body, would hold us for ever. Shutting the socket from outside ends any read on it.
        """
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self._adapter.shut_connections()

        timer = threading.Timer(self._limits.total_timeout_seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield expired
        finally:
            timer.cancel()
            timer.join()
