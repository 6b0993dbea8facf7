"""One request and its response, before any socket: validators, 304, compression, HEAD.

RFC 9110 sections 8.8 (validators), 13 (conditional requests); the representation with gzip has an ETag of
its own, because a strong ETag promises the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit


class Delivery(StrEnum):
    """How the bytes of a response reach the client."""

    WHOLE = "whole"
    SLOW = "slow"  # whole, after a pause
    ENDLESS = "endless"  # the body again and again, 50 MB
    SHORT = "short"  # less than Content-Length says, then the connection closes
    CLOSED = "closed"  # the connection closes without an answer
    STALLED = "stalled"  # headers, then nothing


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `headers` with lower-case names, `host` without the port."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        """The target's path, percent-encoded as it came."""
        return urlsplit(f"http://host{self.target}").path if self.target.startswith("/") else "/"

    @property
    def query(self) -> str:
        """The target's query, without the question mark."""
        return urlsplit(f"http://host{self.target}").query if self.target.startswith("/") else ""


@dataclass(frozen=True, slots=True)
class Document:
    """What an address holds: bytes and what is known of them."""

    body: bytes
    content_type: str
    last_modified: datetime | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delivery: Delivery = Delivery.WHOLE


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back; `body` is sent for every method but HEAD."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delivery: Delivery = Delivery.WHOLE


class Host(Protocol):
    """One virtual host: a site that answers, and the source file that tells of it."""

    @property
    def host(self) -> str:
        """Host name without the port."""

    @property
    def name(self) -> str:
        """The site's name, for people."""

    @property
    def source(self) -> dict[str, object]:
        """The source's YAML content."""

    def document(self, request: Request) -> Document:
        """What the requested address holds; a page with status 404 where there is nothing."""

    @property
    def validators(self) -> bool:
        """Whether ETag and Last-Modified are sent."""

    @property
    def gzip(self) -> bool:
        """Whether the host compresses for clients that accept it."""


def plain(status: int, text: str) -> Document:
    """A short answer in plain text."""
    return Document(text.encode(), "text/plain; charset=utf-8", status=status)


def redirect(status: int, location: str) -> Document:
    """An answer that sends the client elsewhere."""
    return Document(b"", "text/html; charset=utf-8", status=status, headers=(("Location", location),))


def answer(host: Host, request: Request) -> Response:
    """The response to `request`: the document, or 304 where the client has it already."""
    if request.method not in {"GET", "HEAD"}:
        return Response(405, (("Allow", "GET, HEAD"), ("Content-Length", "0")), b"")
    document = host.document(request)
    body = document.body
    headers = [("Content-Type", document.content_type), *document.headers]
    compressed = host.gzip and "gzip" in request.headers.get("accept-encoding", "").lower()
    if host.gzip:
        headers.append(("Vary", "Accept-Encoding"))
    if compressed and body:
        body = gzip.compress(body, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    if host.validators and document.status == 200 and document.delivery in {Delivery.WHOLE, Delivery.SLOW}:
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        validators = [("ETag", etag)]
        if document.last_modified:
            instant = document.last_modified.astimezone(UTC)
            validators.append(("Last-Modified", format_datetime(instant, usegmt=True)))
        if _client_has(request, etag, document.last_modified):
            return Response(304, tuple(validators), b"")
        headers += validators
    return Response(document.status, (*headers, ("Content-Length", str(len(body)))), body, document.delivery)


def _client_has(request: Request, etag: str, last_modified: datetime | None) -> bool:
    """Whether the client's copy is current; If-None-Match decides alone where it is given."""
    if given := request.headers.get("if-none-match"):
        tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
        return "*" in tags or etag in tags
    if last_modified and (since := request.headers.get("if-modified-since")):
        try:
            return last_modified.astimezone(UTC).replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):  # no HTTP date, or one without a zone: the condition is ignored
            return False
    return False
