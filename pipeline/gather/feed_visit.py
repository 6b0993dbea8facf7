"""A feed visited, and what it leads to: the sitemaps of an index, the pages that follow a page full of news.

A following page is asked for only while the page before had links and all of them were new to us: then the feed has
moved on by more than a page since the last visit, and news was missed. At most `max_feed_pages` follow. On the first
visit of a feed everything is new; one page more is asked for then, to have a little past to begin with.
"""

from __future__ import annotations

import dataclasses
import logging
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.gather.archive import Capture, CaptureWriter
from pipeline.gather.attempts import EarlierFeed, notes_of
from pipeline.gather.client import Client, Wanted
from pipeline.gather.feed_links import LinkSorter, SortedLinks, links_of
from pipeline.gather.feed_row import Target, validators_for, visit_row, with_interval_of
from pipeline.gather.feed_state import FeedState
from pipeline.gather.feeds import read_feed
from pipeline.gather.link_pattern import UrlShapes
from pipeline.gather.offers import FeedContent, FeedDocument, NotAFeedError
from pipeline.gather.polling import Tally
from pipeline.gather.sitemap_choice import choose_sitemaps
from pipeline.gather.urls import normalise_url
from pipeline.records import FeedVisit, Link, stable_id
from pipeline.settings import Settings
from pipeline.sources.model import Feed, Source
from pipeline.statuses import FetchStatus

logger = logging.getLogger(__name__)

__all__ = ["FEED", "FeedOffer", "FeedVisitor", "links_of"]

FEED = Wanted(
    accept="application/rss+xml,application/atom+xml,application/rdf+xml,application/feed+json,"
    "application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8,text/html;q=0.7,*/*;q=0.1"
)
DEEPEST_INDEX = 3  # an index within an index is against the protocol, and there are some
FIRST_VISIT_PAGES = 1
SITEMAP_KINDS = frozenset({"sitemap", "news_sitemap"})


@dataclass(frozen=True, slots=True)
class FeedOffer:
    """One feed visit and the links it brought, by URL: known and new ones, without those that are too old.

    `old` counts the latter; `unusable` says what is wrong with some of the links.
    """

    visit: FeedVisit
    links: dict[str, Link]
    old: int
    unusable: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Visited:
    """What a visit leads to, beside its offer."""

    offer: FeedOffer
    content: FeedContent
    sorted_links: SortedLinks
    base_url: str


class FeedVisitor:
    """Visits the feeds of one source in one pass.

    Args:
        gather_run_id: of the pass.
        source: whose feeds.
        client: asks.
        writer: archives.
        settings: limits.
        known_urls: those of the URLs that a feed of the source offered in an earlier pass.
        example_urls: addresses of its articles, from which section pages learn; called when a section needs them.
    """

    def __init__(
        self,
        gather_run_id: str,
        source: Source,
        client: Client,
        writer: CaptureWriter,
        settings: Settings,
        *,
        known_urls: Callable[[Collection[str]], set[str]],
        example_urls: Callable[[], Sequence[str]],
    ) -> None:
        self._gather_run_id = gather_run_id
        self._source = source
        self._client = client
        self._writer = writer
        self._settings = settings
        self._example_urls = example_urls
        self._now = datetime.now(UTC)
        self._oldest = self._now - source.link_window(settings.link_window_days)
        self._sorter = LinkSorter(source.id, known_urls, self._oldest)
        self._wanted = dataclasses.replace(FEED, max_bytes=settings.max_feed_bytes)
        self._asked = {_spelt(feed.url) for feed in source.feeds}  # what they lead to is not asked twice

    def visit(self, feed: Feed, states: Mapping[str, FeedState], earlier: Mapping[str, EarlierFeed]) -> list[FeedOffer]:
        """Visit a feed and what it leads to, itself first.

        A feed that answers 304 offers nothing. One that answers with the very bytes we had is `unchanged` too, but
        its links are there.

        Args:
            feed: what is asked for.
            states: what earlier visits left behind, by feed_id, also of the sitemaps and pages found in feeds.
            earlier: what an earlier attempt of this pass archived, by feed_id; it is read instead of asking again.
        """
        root = Target(url=feed.url, kind=feed.kind, found_in=None, feed_id=feed.feed_id(self._source.id))
        offers: list[FeedOffer] = []
        waiting = deque([root])
        sitemaps_left = self._settings.max_sitemaps_per_visit
        while waiting:
            target = waiting.popleft()
            visited = self._visit(feed, target, states, earlier.get(target.feed_id))
            offers.append(visited.offer)
            sitemaps = self._sitemaps(target, visited, states)[:sitemaps_left]
            sitemaps_left -= len(sitemaps)
            waiting.extend(sitemaps)
            waiting.extend(self._next_page(target, visited, states.get(root.feed_id)))
            self._asked |= {_spelt(followed.url) for followed in waiting}
        if len(offers) > 1 and offers[0].visit.link_count == 0 and root.feed_id not in earlier:
            offers[0] = self._index_offer(offers, states.get(root.feed_id))
        return offers

    def _visit(
        self, feed: Feed, target: Target, states: Mapping[str, FeedState], earlier: EarlierFeed | None
    ) -> _Visited:
        state = states.get(target.feed_id)
        if earlier is not None and earlier.capture is not None:
            content, _, _ = self._read(feed, target, earlier.capture)
            sorted_links = self._sorter.sort(content.offers, target.feed_id)
            return _visited(earlier.visit, content, sorted_links, earlier.capture.url)
        validators = validators_for(state, self._now, self._settings.full_read_hours)
        if any(known.found_in == target.feed_id for known in states.values()) and target.kind in SITEMAP_KINDS:
            validators = None  # an index may stay as it is while the sitemaps it lists change: it is always read
        answer = self._client.ask(target.url, self._wanted, validators)
        content = FeedContent()
        status, error, body = answer.status, answer.error, None
        if status is FetchStatus.CAPTURED and answer.response is not None:
            body = Capture(
                answer.response.headers, answer.response.body or b"", answer.response.url, answer.content_type
            )
            content, status, error = self._read(feed, target, body)
        same_bytes = body is not None and state is not None and state.content_sha256 == answer.content_sha256
        if same_bytes and status is not FetchStatus.NOT_A_FEED:
            status = FetchStatus.UNCHANGED
        sorted_links = self._sorter.sort(content.offers, target.feed_id)
        if target.kind in SITEMAP_KINDS and body is not None and target.found_in is not None and content.offers:
            target = dataclasses.replace(target, kind="news_sitemap" if content.news else "sitemap")
        visit = visit_row(
            target,
            dataclasses.replace(answer, status=status, error=error),
            state,
            sorted_links.tally,
            gather_run_id=self._gather_run_id,
            source_id=self._source.id,
            settings=self._settings,
            hint_seconds=content.hint_seconds,
        )
        if body is not None and not same_bytes and answer.response is not None and answer.requested_at is not None:
            self._writer.write(answer.response, answer.requested_at, notes_of(visit), url=target.url)
        return _visited(visit, content, sorted_links, body.url if body else target.url)

    def _read(self, feed: Feed, target: Target, capture: Capture) -> tuple[FeedContent, FetchStatus, str | None]:
        document = FeedDocument(
            url=capture.url,
            content_type=capture.content_type,
            body=capture.body,
            zone=ZoneInfo(self._source.timezone),
            max_bytes=self._settings.max_feed_bytes,
        )
        shapes = self._shapes if feed.kind == "section" and feed.link_pattern is None else None
        try:
            content = read_feed(feed, document, shapes)
        except NotAFeedError as error:
            return FeedContent(), FetchStatus.NOT_A_FEED, str(error)
        except Exception as error:  # record boundary: a feed that breaks its reader ends by itself
            logger.warning("reading feed %s failed", target.url, exc_info=True)
            return FeedContent(), FetchStatus.NOT_A_FEED, f"the reader failed: {type(error).__name__}: {error}"
        return content, FetchStatus.EMPTY_FEED if content.empty else FetchStatus.READ_FEED, content.flaw

    @cached_property
    def _shapes(self) -> UrlShapes:
        return UrlShapes.learn(self._example_urls())

    def _sitemaps(self, target: Target, visited: _Visited, states: Mapping[str, FeedState]) -> list[Target]:
        """The sitemaps of an index that are worth asking for, in order."""
        if target.depth >= DEEPEST_INDEX:
            return []
        chosen = choose_sitemaps(
            visited.content.children, states, source_id=self._source.id, oldest=self._oldest, now=self._now
        )
        return [
            Target(
                url=url,
                kind=target.kind,
                found_in=target.feed_id,
                feed_id=stable_id(self._source.id, url),
                depth=target.depth + 1,
            )
            for url in chosen
            if url not in self._asked
        ]

    def _next_page(self, target: Target, visited: _Visited, root_state: FeedState | None) -> list[Target]:
        """The page that follows, where it may hold news that was missed."""
        first_visit = root_state is None or root_state.last_read_at is None
        most_pages = (
            min(FIRST_VISIT_PAGES, self._settings.max_feed_pages) if first_visit else self._settings.max_feed_pages
        )
        if not visited.sorted_links.all_new or target.page > most_pages or visited.content.next_url is None:
            return []
        try:
            url = normalise_url(visited.content.next_url, visited.base_url)
        except ValueError:
            return []
        if url in self._asked or urlsplit(url).hostname != urlsplit(visited.base_url).hostname:
            return []
        return [
            dataclasses.replace(
                target,
                url=url,
                found_in=target.feed_id,
                feed_id=stable_id(self._source.id, url),
                page=target.page + 1,
            )
        ]

    def _index_offer(self, offers: Sequence[FeedOffer], state: FeedState | None) -> FeedOffer:
        """An index's offer, due again as the links of all its sitemaps say."""
        tallies = [
            Tally(links=visit.link_count, new=visit.new_link_count, old=visit.old_link_count)
            for visit in (offer.visit for offer in offers)
        ]
        total = sum(tallies, Tally())
        return dataclasses.replace(offers[0], visit=with_interval_of(offers[0].visit, state, total, self._settings))


def _visited(visit: FeedVisit, content: FeedContent, sorted_links: SortedLinks, base_url: str) -> _Visited:
    offer = FeedOffer(visit, sorted_links.links, sorted_links.tally.old, sorted_links.unusable)
    return _Visited(offer, content, sorted_links, base_url)


def _spelt(url: str) -> str:
    try:
        return normalise_url(url)
    except ValueError:
        return url
