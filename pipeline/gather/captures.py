"""What a capture is: one archived answer, where it lies, and its line in the index of captures."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from pipeline.gather.transport import Headers
from pipeline.records import stable_id

# Headers of our own in response and revisit records.
FETCH_HEADER = "Dateline-Fetch"
ASKED_HEADER = "Dateline-Asked-URI"
REFERS_HEADER = "Dateline-Refers-To"
REFERS_LENGTH_HEADER = "Dateline-Refers-To-Length"


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


class CaptureEntry(NamedTuple):
    """A line of the index of captures."""

    capture_id: str  # capture_id(url, requested_at)
    source_id: str
    gather_run_id: str
    url: str  # the one that was asked for, before redirects
    requested_at: datetime
    record_type: str  # response or revisit
    refers_to: str | None  # capture_id of what a revisit repeats
    warc_file: str  # relative to the captures folder
    warc_offset: int  # of the response or revisit record
    warc_bytes: int  # length of its gzip member
    payload_digest: str | None  # as in WARC-Payload-Digest: of the body with its encodings off
    http_status: int | None
    content_type: str | None  # the header, whole
    size_bytes: int | None  # of the body with its encodings off; None: a revisit that does not say

    @property
    def place(self) -> CapturePlace:
        """Where it lies."""
        return CapturePlace(self.warc_file, self.warc_offset)


def capture_id_of(url: str, requested_at: datetime) -> str:
    """The id of the capture of `url`, the one asked for, at an instant (UTC)."""
    return stable_id(url, requested_at.isoformat())
