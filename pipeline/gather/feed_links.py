"""Offers become links: one spelling, each address once, and of the new ones those that are too old to be followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.gather.offers import Offer
from pipeline.gather.polling import Tally
from pipeline.gather.urls import normalise_url
from pipeline.records import Link

LONGEST_URL_CHARACTERS = 4_096
UNSTORABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def links_of(offers: Iterable[Offer], source_id: str, feed_id: str) -> tuple[dict[str, Link], dict[str, str]]:
    """Offers as links with one spelling, each URL once, and what is wrong with those that are no usable URL."""
    links, unusable, _ = _merged(offers, source_id, feed_id)
    return links, unusable


def _merged(
    offers: Iterable[Offer], source_id: str, feed_id: str
) -> tuple[dict[str, Link], dict[str, str], dict[str, datetime]]:
    """Links and trouble as in `links_of`, and the latest time that an offer gives each URL."""
    links: dict[str, Link] = {}
    unusable: dict[str, str] = {}
    times: dict[str, datetime] = {}
    for offer in offers:
        try:
            url = normalise_url(offer.url, offer.base_url)
            if len(url) > LONGEST_URL_CHARACTERS:
                raise ValueError(f"longer than {LONGEST_URL_CHARACTERS} characters")  # noqa: TRY301  one place to answer
        except ValueError as error:
            url = UNSTORABLE.sub("\ufffd", offer.url.strip())[:LONGEST_URL_CHARACTERS]
            unusable[url] = UNSTORABLE.sub("\ufffd", f"no URL that can be asked for: {error}")[:LONGEST_URL_CHARACTERS]
        first = links.get(url)
        timed = first if first is not None and first.published_at is not None else offer
        links[url] = Link(
            source_id=source_id,
            feed_id=feed_id,
            url=url,
            title=(first.title if first else None) or offer.title,
            published_at=timed.published_at,
            published_at_source=timed.published_at_source,
        )
        moment = offer.published_at or offer.changed_at
        if moment is not None:
            times[url] = max(moment, times.get(url, moment))
    return links, unusable, times


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedLinks:
    """The links of one document, sorted."""

    links: dict[str, Link]  # known and new ones, without the too old
    unusable: dict[str, str]  # of these, what is wrong with them
    tally: Tally
    all_new: bool  # no link was known before, and none is too old: there may be more news than this document holds


class LinkSorter:
    """Tells new links from known ones, for all feeds of one source in one pass.

    A link belongs to the first feed of the pass that offers it; for those after it, it is known. One that the first
    feed's time makes too old stays so.

    Args:
        source_id: the source.
        known_urls: those of the URLs that feeds offered in earlier passes.
        oldest: a new link whose own time is before it is not followed.
    """

    def __init__(self, source_id: str, known_urls: Callable[[Collection[str]], set[str]], oldest: datetime) -> None:
        self._source_id = source_id
        self._known_urls = known_urls
        self._oldest = oldest
        self._offered: set[str] = set()
        self._too_old: set[str] = set()

    def sort(self, offers: Collection[Offer], feed_id: str) -> SortedLinks:
        """The links of one document."""
        links, unusable, times = _merged(offers, self._source_id, feed_id)
        unseen = links.keys() - self._offered
        new = unseen - self._known_urls(unseen) if unseen else set()
        old = {url for url in new if url in times and times[url] < self._oldest}
        self._offered |= links.keys()
        self._too_old |= old
        followed = {url: link for url, link in links.items() if url not in self._too_old}
        return SortedLinks(
            links=followed,
            unusable={url: problem for url, problem in unusable.items() if url in followed},
            tally=Tally(links=len(links), new=len(new), old=len(old)),
            all_new=bool(links) and len(new) == len(links) and not old,
        )
