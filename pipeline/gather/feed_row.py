"""The FeedVisit row of one visit to a feed, with what the next visit needs."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipeline.gather.answer import Answer, Validators
from pipeline.gather.feed_state import FeedState
from pipeline.gather.polling import Outlook, Tally, outlook
from pipeline.records import FeedVisit, stable_id
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

# After these an unchanged feed means unchanged links. After any other the feed is read in full the next time.
SETTLED = frozenset({FetchStatus.READ_FEED, FetchStatus.EMPTY_FEED, FetchStatus.UNCHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A feed to be asked for: one of the source file's, or one that another led to."""

    url: str
    kind: str  # as in FeedVisit; of a sitemap, what its index is until it has been read
    found_in: str | None  # feed_id of the index or page that led to it
    feed_id: str
    depth: int = 0  # of indexes above it
    page: int = 1  # of a paginated feed, counted from 1


def validators_for(state: FeedState | None, now: datetime, full_read_hours: float) -> Validators | None:
    """What to ask "has it changed since?" with; None: ask for the whole feed.

    Some feeds go on answering 304 though they have changed (rss-fetcher met them in 2023). A feed is therefore asked
    for in full where the last full reading was `full_read_hours` ago or longer.
    """
    if state is None or state.last_read_at is None:
        return None
    if now - state.last_read_at >= timedelta(hours=full_read_hours):
        return None
    return Validators(etag=state.etag, last_modified=state.last_modified)


def visit_row(
    target: Target,
    answer: Answer,
    state: FeedState | None,
    tally: Tally,
    *,
    gather_run_id: str,
    source_id: str,
    settings: Settings,
    hint_seconds: float | None,
) -> FeedVisit:
    """The row of one visit. An unchanged feed keeps the validators it was asked with where none came anew.

    A feed that was not asked because its host is to be left alone is neither blamed nor put off.
    """
    visited_at = answer.requested_at or datetime.now(UTC)
    settled = answer.status in SETTLED
    before = state if answer.status is FetchStatus.UNCHANGED else None
    points = state.failure_points if state else 0.0
    interval_seconds = state.poll_interval_seconds if state else None
    if answer.may_pass:
        first_seconds = settings.first_poll_interval_seconds
        later = Outlook(
            failure_points=points,
            poll_interval_seconds=interval_seconds or first_seconds,
            given_up=state.given_up if state else False,
        )
        next_visit_at = visited_at
    else:
        later = outlook(
            settings,
            answer.status,
            answer.http_status,
            tally,
            hint_seconds=hint_seconds,
            interval_seconds=interval_seconds,
            points=points,
        )
        next_visit_at = visited_at + timedelta(seconds=later.poll_interval_seconds)
    return FeedVisit(
        visit_id=stable_id(source_id, target.url, visited_at.isoformat()),
        feed_id=target.feed_id,
        source_id=source_id,
        gather_run_id=gather_run_id,
        found_in=target.found_in,
        kind=target.kind,
        url=target.url,
        visited_at=visited_at,
        status=answer.status,
        http_status=answer.http_status,
        etag=(answer.etag or (before.etag if before else None)) if settled else None,
        last_modified=(answer.last_modified or (before.last_modified if before else None)) if settled else None,
        content_sha256=answer.content_sha256 or (before.content_sha256 if before else None),
        link_count=tally.links,
        new_link_count=tally.new,
        old_link_count=tally.old,
        failure_points=later.failure_points,
        poll_interval_seconds=later.poll_interval_seconds,
        next_visit_at=next_visit_at,
        given_up=later.given_up,
        error=answer.error,
    )


def with_interval_of(visit: FeedVisit, state: FeedState | None, tally: Tally, settings: Settings) -> FeedVisit:
    """A sitemap index's row with the interval that follows from the links of all its sitemaps."""
    later = outlook(
        settings,
        FetchStatus(visit.status),
        visit.http_status,
        tally,
        hint_seconds=None,
        interval_seconds=state.poll_interval_seconds if state else None,
        points=state.failure_points if state else 0.0,
    )
    next_visit_at = visit.visited_at + timedelta(seconds=later.poll_interval_seconds)
    return dataclasses.replace(visit, poll_interval_seconds=later.poll_interval_seconds, next_visit_at=next_visit_at)
