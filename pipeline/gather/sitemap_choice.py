"""Which sitemaps of an index one visit asks for.

Left out: those whose lastmod, or a date in their name (2013-05, 20130501), lies wholly before the link window; those
that are not due and, by their lastmod, not newer than what we have read; those given up and not due. Of the others
the newest come first, then those without a time, the longest unvisited first, so that every one has its turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.gather.feed_state import FeedState
from pipeline.gather.offers import ChildSitemap, end_of_day
from pipeline.gather.urls import normalise_url
from pipeline.records import stable_id

NEVER = datetime.min.replace(tzinfo=UTC)
# A month needs something between its parts: 200001 may as well count pages.
DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
MONTH_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./](0?[1-9]|1[0-2])(?!\d)")
ZONE = ZoneInfo("Etc/GMT+12")  # where a day ends last


def choose_sitemaps(
    children: Iterable[ChildSitemap],
    states: Mapping[str, FeedState],
    *,
    source_id: str,
    oldest: datetime,
    now: datetime,
) -> list[str]:
    """The addresses of the sitemaps that are worth asking for, in the order in which to ask; each once.

    Args:
        children: as the index lists them.
        states: what earlier visits left behind, by feed_id.
        source_id: the source.
        oldest: where the link window begins.
        now: of this visit.
    """
    ranked: dict[str, tuple[datetime, float]] = {}
    for url, child in _addressed(children):
        state = states.get(stable_id(source_id, url))
        named_end = end_of_named_date(url)
        times = [moment for moment in (child.changed_at, named_end) if moment is not None]
        if any(moment < oldest for moment in times) or (state is not None and _can_wait(state, child, now)):
            continue
        visited_at = state.last_visited_at if state else NEVER
        moment = min(*times, now + timedelta(days=1)) if times else NEVER
        ranked.setdefault(url, (moment, -(visited_at - NEVER).total_seconds()))
    return sorted(ranked, key=lambda url: ranked[url], reverse=True)


def end_of_named_date(url: str) -> datetime | None:
    """When the day or month is over that an address names; None where it names none."""
    path = url.partition("://")[2].partition("/")[2]
    try:
        if named := DAY_IN_NAME.search(path):
            return end_of_day(date(int(named[1]), int(named[3]), int(named[4])), ZONE)
        if named := MONTH_IN_NAME.search(path):
            next_month = date(int(named[1]), int(named[2]), 28) + timedelta(days=4)
            return end_of_day(next_month - timedelta(days=next_month.day), ZONE)
    except ValueError:  # the 31st of February
        return None
    return None


def _addressed(children: Iterable[ChildSitemap]) -> Iterator[tuple[str, ChildSitemap]]:
    """Those that can be asked for, with their one spelling."""
    for child in children:
        try:
            url = normalise_url(child.url, child.base_url)
        except ValueError:
            continue
        if url.startswith(("http://", "https://")):
            yield url, child


def _can_wait(state: FeedState, child: ChildSitemap, now: datetime) -> bool:
    if state.next_visit_at <= now:
        return False
    if state.given_up or state.last_read_at is None or child.changed_at is None:
        return True
    return child.changed_at <= state.last_read_at
