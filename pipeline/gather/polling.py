"""When a feed is due again.

The interval follows the share of links that were known before, as in Media Cloud's rss-fetcher: where more than
two thirds were known we come too often, and the interval grows by half; where less than a third were known the
feed may soon drop links before we see them, and the interval is halved; in between it stays. A feed that is
unchanged counts as known altogether. Links too old to be followed do not count.

A publisher's hint (RSS ttl, the syndication module) is a floor, though never one above six hours: many hints are a
template's and were never thought about. A failure doubles the interval; a feed that is given up is asked weekly.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.gather.failure_points import FEED_GIVEN_UP_AT, points_of
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

FEW_KNOWN = 0.33
MANY_KNOWN = 0.67
LONGER = 1.5
SHORTER = 0.5
AFTER_A_FAILURE = 2.0
HIGHEST_FLOOR_SECONDS = 6 * 3_600.0
GIVEN_UP_INTERVAL_SECONDS = 7 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a visit means for the next one."""

    failure_points: float  # of failures in a row
    poll_interval_seconds: float
    given_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The links of one visit, or of a sitemap index with all its sitemaps."""

    links: int = 0
    new: int = 0
    old: int = 0  # of the new ones, too old to be followed

    def __add__(self, other: Tally) -> Tally:
        return Tally(links=self.links + other.links, new=self.new + other.new, old=self.old + other.old)

    @property
    def known_share(self) -> float | None:
        """The share known before of the links that are not too old, 0 to 1; None where there are none."""
        counted = self.links - self.old
        return 1 - (self.new - self.old) / counted if counted > 0 else None


def outlook(
    settings: Settings,
    status: FetchStatus,
    http_status: int | None,
    tally: Tally,
    *,
    hint_seconds: float | None,
    interval_seconds: float | None,
    points: float,
) -> Outlook:
    """What follows from a visit.

    Args:
        settings: the first, the shortest and the longest interval.
        status: how the visit ended.
        http_status: of its last response.
        tally: the links it brought.
        hint_seconds: the publisher's, None where there is none.
        interval_seconds: after the visit before, None where this was the first.
        points: failure points after the visit before.
    """
    longest_seconds = settings.max_poll_interval_seconds
    interval = min(interval_seconds or settings.first_poll_interval_seconds, longest_seconds)
    failed = points_of(status, http_status)
    if failed:
        points += failed
        given_up = points >= FEED_GIVEN_UP_AT
        interval = GIVEN_UP_INTERVAL_SECONDS if given_up else min(interval * AFTER_A_FAILURE, longest_seconds)
        return Outlook(failure_points=points, poll_interval_seconds=interval, given_up=given_up)
    if points >= FEED_GIVEN_UP_AT:  # it is back: its rhythm may be another now
        interval = settings.first_poll_interval_seconds
    elif interval_seconds is not None:
        interval *= _factor(status, tally)
    floor = max(settings.min_poll_interval_seconds, min(hint_seconds or 0.0, HIGHEST_FLOOR_SECONDS))
    return Outlook(failure_points=0.0, poll_interval_seconds=min(max(interval, floor), longest_seconds), given_up=False)


def _factor(status: FetchStatus, tally: Tally) -> float:
    share = 1.0 if status is FetchStatus.UNCHANGED and not tally.new else tally.known_share
    if share is None:
        return 1.0
    return SHORTER if share < FEW_KNOWN else LONGER if share > MANY_KNOWN else 1.0
