"""One HTTP request and its response, within limits of time and size.

Built on the adapter of requests and not on its Session. A Session keeps cookies, follows redirects, reads
`.netrc` and the proxy variables of the environment, and reads the body of a redirect without a limit; none of
that is wanted here. No cookie is kept at all, so none can reach another host.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import responses
from typing import Self

import requests
from urllib3.exceptions import HTTPError, ProtocolError, SSLError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Timeout

from pipeline.gather.connections import CheckedAdapter, Resolve
from pipeline.gather.decoding import ACCEPT_ENCODING, PIECE_BYTES, decoded
from pipeline.gather.failures import RequestFailedError, named_failures
from pipeline.statuses import FetchStatus

Headers = tuple[tuple[str, str], ...]

# A body we do not want is read to its end if it is this small: cheaper than a new connection.
WORTH_DRAINING_BYTES = 65_536
WORTH_DRAINING_SECONDS = 1.0
# What may come before the body: interim answers and headers. The body has twice its greatest size for chunk sizes.
MAX_HEAD_BYTES = 1_048_576
LENGTHS = re.compile(r"\s*\d+\s*(?:,\s*\d+\s*)*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one response may cost."""

    connect_timeout_seconds: float
    read_timeout_seconds: float  # between two pieces
    total_timeout_seconds: float  # from sending the request to the last byte
    max_bytes: int  # of the decoded body


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a body is to be read."""

    max_bytes: int | None = None  # in place of the limit for all
    cut: bool = False  # keep the first max_bytes of a larger body instead of failing
    needed: bool = True  # whether the response is of no use without its body


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
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


class Transport:
    """Sends GET requests, one at a time. Use it in a `with` statement: it keeps connections open.

    Args:
        resolve: host and port to the addresses that may be connected to; raises what `checked_addresses` raises.
        limits: what one response may cost.
        tls_context: what certificates are verified with; by default the public authorities.
    """

    def __init__(self, resolve: Resolve, limits: Limits, tls_context: ssl.SSLContext | None = None) -> None:
        self._limits = limits
        self._timeout = Timeout(connect=limits.connect_timeout_seconds, read=limits.read_timeout_seconds)
        self._adapter = CheckedAdapter(resolve, tls_context)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._adapter.close()

    def get(
        self, url: str, headers: Mapping[str, str], *, reading: Callable[[int, str | None], Reading | None]
    ) -> Response:
        """The response to one GET request; a redirect is a response like any other.

        Args:
            url: absolute, http(s), and one that `checked_url` takes.
            headers: what to send besides Host and Accept-Encoding.
            reading: told status and Content-Type, how the body is to be read; None: not at all.

        Raises:
            RequestFailedError: no usable response, with the status it ended in.
            UnsafeAddressError: the host has an address that is not public.
        """
        request = requests.PreparedRequest()
        try:
            request.prepare_url(url, None)
        except ValueError as error:  # what requests raises here are ValueErrors too
            raise RequestFailedError(FetchStatus.UNSAFE_ADDRESS, f"no URL that can be asked for: {error}") from error
        sent_headers = {**headers, "Accept-Encoding": ACCEPT_ENCODING}
        self._adapter.allowance.grant(
            read_timeout_seconds=self._limits.read_timeout_seconds,
            total_timeout_seconds=self._limits.total_timeout_seconds,
            max_bytes=MAX_HEAD_BYTES,
        )
        with named_failures():
            raw = self._send(request, sent_headers)
            try:
                how = reading(raw.status, raw.headers.get("Content-Type"))
                body = None
                if how is None:
                    self._drain(raw)
                else:
                    body = self._read(raw, how)
            finally:
                raw.close()  # a response read to its end has given its connection back before
        return Response(
            url=url,
            http_status=raw.status,
            reason=raw.reason or responses.get(raw.status, ""),
            http_version="HTTP/1.0" if raw.version == 10 else "HTTP/1.1",
            headers=tuple(raw.headers.iteritems()),
            body=body,
            request_headers=tuple(sent_headers.items()),
            request_target=request.path_url,
        )

    def _send(self, request: requests.PreparedRequest, headers: Mapping[str, str]) -> BaseHTTPResponse:
        opened_before = self._adapter.opened_connections
        try:
            return self._adapter.open(request, headers, self._timeout)
        except (ProtocolError, SSLError):
            if self._adapter.opened_connections > opened_before:
                raise
            # The server closed a connection it had kept open since the last request, just as we used it, or what
            # came on it was still about that request: this says nothing about the new one.
            return self._adapter.open(request, headers, self._timeout)

    def _read(self, raw: BaseHTTPResponse, how: Reading) -> bytes | None:
        if not how.needed:
            self._adapter.allowance.shorten(self._limits.read_timeout_seconds)
        try:
            return self._body(raw, how.max_bytes or self._limits.max_bytes, cut=how.cut)
        except (RequestFailedError, HTTPError):
            if how.needed:
                raise
            return None

    def _body(self, raw: BaseHTTPResponse, max_bytes: int, *, cut: bool) -> bytes:
        lengths = raw.headers.get("Content-Length")
        if lengths is not None and LENGTHS.fullmatch(lengths) is None:
            # RFC 9112, 6.3: where the body ends cannot be known
            raise RequestFailedError(FetchStatus.BROKEN_RESPONSE, f"Content-Length {lengths}")
        announced_bytes = raw.length_remaining
        if announced_bytes is not None and announced_bytes > max_bytes and not cut:
            raise RequestFailedError(FetchStatus.TOO_LARGE, f"announces {announced_bytes} bytes, over {max_bytes}")
        self._adapter.allowance.allow(2 * max_bytes)
        pieces, body_bytes = [], 0
        for piece in decoded(_pieces(raw), raw.headers.get("Content-Encoding", ""), max_bytes):
            pieces.append(piece)
            body_bytes += len(piece)
            if body_bytes > max_bytes:
                if cut:
                    return b"".join(pieces)[:max_bytes]
                raise RequestFailedError(FetchStatus.TOO_LARGE, f"over {max_bytes} bytes after decoding")
        return b"".join(pieces)

    def _drain(self, raw: BaseHTTPResponse) -> None:
        """Read a small body to its end, so that the connection can be kept; how that ends changes nothing."""
        if raw.length_remaining is None or raw.length_remaining > WORTH_DRAINING_BYTES:
            return
        self._adapter.allowance.shorten(WORTH_DRAINING_SECONDS)
        try:
            for _ in _pieces(raw):
                pass
        except (RequestFailedError, HTTPError):
            return


def _pieces(raw: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as it comes, without transfer encoding."""
    while piece := raw.read(PIECE_BYTES, decode_content=False):
        yield piece
        if raw.length_remaining == 0:
            return
