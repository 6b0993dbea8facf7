"""Which links a pass deals with, and in which order.

1. What an earlier attempt of this pass archived belongs to it, and is not asked for again.
2. New links: no feed has offered them before.
3. Pending links: left over, kept waiting or failed in an earlier pass, due by now, and their host not on hold.
4. For revisions, where the pass looks for them: captured pages whose next step of `revisit_after_hours` has come
   (`revisit_schedule`), whether a feed still offers them or not, their host not on hold. A feed that answers 304
   offers nothing, and its articles may have changed all the same.

A link that we are done with is no link of the pass, although feeds go on offering it. At most `max_links` are asked
for, in that order, so that revisions never take the place of news. New links beyond that are dealt with by saying so
(`left_over`) and become pending; the others just wait on: a page that is due stays due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.gather.link_state import LinkState
from pipeline.records import Link


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """The links of one pass in the order in which they are dealt with, each URL once."""

    links: list[Link]
    left_over: list[Link]


def choose_links(
    offered: Mapping[str, Link],
    *,
    archived: Iterable[Link],
    settled: Collection[str],
    known: Collection[str],
    pending: Iterable[LinkState],
    revisits: Iterable[LinkState],
    max_links: int,
) -> LinkChoice:
    """The links to ask for and those left over.

    Args:
        offered: what the feeds offer, by URL, in their order.
        archived: what an earlier attempt of this pass archived.
        settled: URLs that an earlier attempt of this pass dealt with; they are left alone.
        known: those of the offered URLs that a feed offered in an earlier pass.
        pending: links that are due to be asked for again.
        revisits: pages to be visited again for revisions.
        max_links: how many may be asked for.
    """
    chosen = {link.url: link for link in archived}
    new = [link for url, link in offered.items() if url not in known and url not in settled]
    again = [offered.get(state.url, state.link) for state in (*pending, *revisits) if state.url not in settled]
    left_over: dict[str, Link] = {}
    for link in new:
        if len(chosen) < max_links or link.url in chosen:
            chosen.setdefault(link.url, link)
        else:
            left_over.setdefault(link.url, link)
    for link in again:
        if len(chosen) >= max_links:
            break
        chosen.setdefault(link.url, link)
    return LinkChoice(list(chosen.values()), list(left_over.values()))
