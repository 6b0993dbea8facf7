"""How one request ended, redirects included: what the client hands to those who asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from pipeline.gather.transport import Response
from pipeline.statuses import FetchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an earlier answer gave us to ask "has it changed since?"."""

    etag: str | None
    last_modified: str | None

    def request_headers(self) -> dict[str, str]:
        """The conditional headers; empty where the earlier answer gave nothing."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How one request ended. `CAPTURED` means that `response` has a body that was wanted."""

    url: str
    status: FetchStatus
    requested_at: datetime | None  # None: nothing was asked
    elapsed_seconds: float | None  # of the requests themselves, without waiting for our turn
    redirects: tuple[str, ...]  # the addresses it was sent on to, in order; a refused one is the last
    response: Response | None  # the last one that came
    error: str | None
    at_connect: bool = False  # it failed because no connection came about
    may_pass: bool = False  # it was not asked because of the host's state just now: a later pass should ask

    @property
    def body(self) -> bytes | None:
        """The decoded body, None where it was not wanted or did not come."""
        return self.response.body if self.response else None

    @property
    def http_status(self) -> int | None:
        """The status of the last response."""
        return self.response.http_status if self.response else None

    @property
    def final_url(self) -> str | None:
        """The address of the last response."""
        return self.response.url if self.response else None

    @property
    def content_type(self) -> str | None:
        """The Content-Type header of the last response, whole."""
        return self.response.header("Content-Type") if self.response else None

    @property
    def etag(self) -> str | None:
        """The ETag header of the last response."""
        return self.response.header("ETag") if self.response else None

    @property
    def last_modified(self) -> str | None:
        """The Last-Modified header of the last response."""
        return self.response.header("Last-Modified") if self.response else None

    @property
    def content_sha256(self) -> str | None:
        """Of the decoded body, hexadecimal."""
        return hashlib.sha256(self.body).hexdigest() if self.body is not None else None

    def in_words(self) -> str:
        """The status with what is known about it, for a person."""
        details = [str(self.http_status)] if self.http_status and self.status is not FetchStatus.CAPTURED else []
        details += [self.error] if self.error else []
        return f"{self.status.value} ({'; '.join(details)})" if details else self.status.value
