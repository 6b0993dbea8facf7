"""What earlier visits to a feed left behind: what the next visit needs to ask politely, and when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed after its last visit, as the ledger keeps it."""

    feed_id: str
    source_id: str
    url: str
    kind: str
    found_in: str | None  # feed_id of the sitemap index or the page before it; None: the source file names it
    etag: str | None
    last_modified: str | None
    content_sha256: str | None  # of the last answer that was read
    last_visited_at: datetime
    last_read_at: datetime | None  # when it was last read in full; None: never
    failure_points: float
    poll_interval_seconds: float
    next_visit_at: datetime
    given_up: bool
