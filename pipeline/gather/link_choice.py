"""Which links a run visits: those that are new to us, and pages young enough to be revised.

- A link we have never asked for is new and is visited.
- A page first asked for within `revisit_hours` is asked for again, conditionally, whether a feed still offers it
  or not: a feed that answers 304 offers nothing, and its articles may have changed all the same.
- A page we have known for longer is done with. A feed may go on offering it; it is no link of this run.
- What an earlier attempt of this run archived belongs to the run, whatever has become known since.

At most `max_links` are visited, new ones first. What is left over is counted, and stays new for the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.known import KnownPage
from pipeline.records import Link


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """The links of one run in the order in which they are visited, each URL once."""

    links: list[Link]
    left_over: frozenset[str]  # URLs


def choose_links(
    offered: Mapping[str, Link],
    known: Mapping[str, KnownPage],
    *,
    archived: Iterable[Link],
    source_id: str,
    revisit_since: datetime,
    max_links: int,
) -> LinkChoice:
    """The links to visit.

    Args:
        offered: what the feeds offer, by URL, in their order.
        known: every page of the source that was ever asked for, by URL.
        archived: what an earlier attempt of this run archived already.
        source_id: for pages that no feed offers any more.
        revisit_since: pages first asked for since then are visited again.
        max_links: how many may be visited.
    """
    new = [link for url, link in offered.items() if url not in known]
    young = sorted(
        (page for page in known.values() if page.first_requested_at >= revisit_since),
        key=lambda page: page.first_requested_at,
        reverse=True,
    )
    again = [offered.get(page.url) or Link(source_id=source_id, feed_id=None, url=page.url) for page in young]
    chosen: dict[str, Link] = {link.url: link for link in archived}
    left_over = set()
    for link in (*new, *again):
        if len(chosen) < max_links:
            chosen.setdefault(link.url, link)
        elif link.url not in chosen:
            left_over.add(link.url)
    return LinkChoice(list(chosen.values()), frozenset(left_over))
