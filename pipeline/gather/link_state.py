"""A link between passes: what the last answer left behind, and whether and when it is asked for again.

never asked, left over, or kept waiting by its host    a later pass asks as soon as it comes to it
failed, failure points below 1                         asked again: after 15 minutes, an hour, four hours
failed, failure points 1 or more                       given up
captured or unchanged                                  done; visited again for revisions (`revisit_schedule`)

A visit for a revision that fails is one of the second row: it is asked again after 15 minutes and so on, and the first
answer makes up for all the steps missed meanwhile. Given up for what passes by itself (a server that is down all day),
a page that was captured once keeps its schedule: the next step asks again, once. Given up for anything else, such as a
410 or a second 404, it is not visited any more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.gather.failure_points import LINK_GIVEN_UP_AT, POINTS, TEMPORARY, points_of
from pipeline.records import Fetch, Link
from pipeline.statuses import FetchStatus

FIRST_RETRY_SECONDS = 900.0
ANSWERED = frozenset({FetchStatus.CAPTURED, FetchStatus.UNCHANGED})
# A captured page that last ended so is visited again when its next step comes.
REVISITED = ANSWERED | {status for status, points in POINTS.items() if points == TEMPORARY}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """A link as the ledger keeps it."""

    source_id: str
    url: str
    feed_id: str | None
    title: str | None
    published_at: datetime | None
    published_at_source: str | None
    status: str  # FetchStatus of the last pass that dealt with it
    failure_points: float
    next_try_at: datetime | None  # None: done or given up
    first_captured_at: datetime | None
    last_requested_at: datetime | None
    etag: str | None
    last_modified: str | None
    content_sha256: str | None
    capture_id: str | None  # of the last response that was archived whole

    @property
    def link(self) -> Link:
        """The link as its feed offered it."""
        return Link(
            source_id=self.source_id,
            feed_id=self.feed_id,
            url=self.url,
            title=self.title,
            published_at=self.published_at,
            published_at_source=self.published_at_source,
        )


def asks_again(before: LinkState | None, status: FetchStatus, http_status: int | None, *, kept_waiting: bool) -> bool:
    """Whether a later pass asks for a link that ended with `status` in this one.

    Args:
        before: the link before this pass; None: nobody has dealt with it yet.
        status: how it ended.
        http_status: of the last response, None where none came.
        kept_waiting: it was not asked for because of its host's state, which says nothing about the link.
    """
    if kept_waiting or status is FetchStatus.LEFT_OVER:
        return True
    return status not in ANSWERED and _points(before, status, http_status) < LINK_GIVEN_UP_AT


def state_after(before: LinkState | None, fetch: Fetch) -> LinkState:
    """The link after a pass dealt with it. Validators and capture stay those of the last answer that had some.

    A row from before the last answer, as an import of old captures brings it, changes nothing.
    """
    if before is not None and before.last_requested_at is not None and fetch.visited_at < before.last_requested_at:
        return before
    status = FetchStatus(fetch.status)
    answered = status in ANSWERED
    asked = fetch.requested_at is not None
    points = before.failure_points if before else 0.0
    if answered:
        points = 0.0
    elif asked or not fetch.will_be_asked_again:
        points = _points(before, status, fetch.http_status)
    waits = asked and fetch.will_be_asked_again
    next_try_at = fetch.visited_at + timedelta(seconds=retry_seconds(points) if waits else 0.0)
    after = LinkState(
        source_id=fetch.source_id,
        url=fetch.url,
        feed_id=fetch.feed_id or (before.feed_id if before else None),
        title=fetch.feed_title or (before.title if before else None),
        published_at=fetch.feed_published_at or (before.published_at if before else None),
        published_at_source=fetch.feed_published_at_source or (before.published_at_source if before else None),
        status=status,
        failure_points=points,
        next_try_at=next_try_at if fetch.will_be_asked_again else None,
        first_captured_at=before.first_captured_at if before else None,
        last_requested_at=fetch.requested_at or (before.last_requested_at if before else None),
        etag=before.etag if before else None,
        last_modified=before.last_modified if before else None,
        content_sha256=before.content_sha256 if before else None,
        capture_id=before.capture_id if before else None,
    )
    if not answered:
        return after
    return replace(
        after,
        first_captured_at=after.first_captured_at or fetch.requested_at,
        etag=fetch.etag,
        last_modified=fetch.last_modified,
        content_sha256=fetch.content_sha256,
        capture_id=fetch.capture_id if status is FetchStatus.CAPTURED else after.capture_id,
    )


def retry_seconds(failure_points: float) -> float:
    """How long a link that failed is left alone: longer with every quarter point."""
    return FIRST_RETRY_SECONDS * math.pow(4, failure_points / 0.25 - 1)


def _points(before: LinkState | None, status: FetchStatus, http_status: int | None) -> float:
    earlier: float = before.failure_points if before else 0.0
    return earlier + points_of(status, http_status)
