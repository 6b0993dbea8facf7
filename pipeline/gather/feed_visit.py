"""One feed visited: the answer becomes its FeedVisit row and the links it offers."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipeline.gather.answer import Answer, Validators
from pipeline.gather.archive import Capture, CaptureWriter
from pipeline.gather.attempts import EarlierFeed, notes_of
from pipeline.gather.client import Client, Wanted
from pipeline.gather.feeds import read_feed
from pipeline.gather.offers import FeedDocument, NotAFeedError, Offer
from pipeline.gather.urls import normalise_url
from pipeline.known import KnownFeed
from pipeline.records import FeedVisit, Link
from pipeline.runs import Run
from pipeline.sources.model import Feed, Source
from pipeline.statuses import FetchStatus

logger = logging.getLogger(__name__)

FEED = Wanted(
    accept="application/rss+xml,application/atom+xml,application/rdf+xml,application/feed+json,"
    "application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8,text/html;q=0.7,*/*;q=0.1"
)
# After these an unchanged feed means unchanged links. After any other the feed is read in full the next time.
SETTLED = frozenset({FetchStatus.READ_FEED, FetchStatus.EMPTY_FEED, FetchStatus.UNCHANGED})


@dataclass(frozen=True, slots=True)
class FeedOffer:
    """One feed visit and the links it brought, by URL. `unusable` says what is wrong with some of them."""

    visit: FeedVisit
    links: dict[str, Link]
    unusable: dict[str, str]


class FeedVisitor:
    """Visits the feeds of one source in one run.

    Args:
        run: the run.
        source: whose feeds.
        client: asks.
        writer: archives.
    """

    def __init__(self, run: Run, source: Source, client: Client, writer: CaptureWriter) -> None:
        self._run = run
        self._source = source
        self._client = client
        self._writer = writer

    def visit(self, feed: Feed, known: KnownFeed | None, earlier: EarlierFeed | None) -> FeedOffer:
        """Ask for a feed and read what it offers.

        A feed that answers 304 offers nothing. One that answers with the very bytes we had is `unchanged` too,
        but its links are read again: one of them may have been left over in the run before.

        Args:
            feed: what is asked for.
            known: what the last visit left behind, None where there was none.
            earlier: what an earlier attempt of this run archived; it is read instead of asking again.
        """
        if earlier is not None:
            links, unusable, _, _ = self._read(feed, earlier.capture)
            return FeedOffer(earlier.visit, links, unusable)
        validators = Validators(etag=known.etag, last_modified=known.last_modified) if known else None
        answer = self._client.ask(feed.url, FEED, validators)
        response, requested_at = answer.response, answer.requested_at
        if answer.status is not FetchStatus.CAPTURED or response is None or requested_at is None:
            return FeedOffer(self._row(feed, answer, known), {}, {})
        capture = Capture(response.headers, response.body or b"", response.url, answer.content_type)
        links, unusable, status, error = self._read(feed, capture)
        same_bytes = known is not None and known.content_sha256 == answer.content_sha256
        if same_bytes and status is not FetchStatus.NOT_A_FEED:
            status = FetchStatus.UNCHANGED
        answer = dataclasses.replace(answer, status=status, error=error)
        visit = self._row(feed, answer, known, link_count=len(links))
        if not same_bytes:
            self._writer.write(response, requested_at, notes_of(visit))
        return FeedOffer(visit, links, unusable)

    def _read(self, feed: Feed, capture: Capture) -> tuple[dict[str, Link], dict[str, str], FetchStatus, str | None]:
        document = FeedDocument(
            url=capture.url,
            content_type=capture.content_type,
            body=capture.body,
            zone=ZoneInfo(self._source.timezone),
            max_bytes=self._run.settings.max_response_bytes,
        )
        try:
            offers = read_feed(feed, document)
        except NotAFeedError as error:
            return {}, {}, FetchStatus.NOT_A_FEED, str(error)
        except Exception as error:  # record boundary: a feed that breaks its parser ends by itself
            logger.warning("the parser failed on feed %s", feed.url, exc_info=True)
            return {}, {}, FetchStatus.NOT_A_FEED, f"the parser failed: {type(error).__name__}: {error}"
        links, unusable = links_of(offers, self._source.id, feed.feed_id(self._source.id))
        return links, unusable, FetchStatus.READ_FEED if links else FetchStatus.EMPTY_FEED, None

    def _row(self, feed: Feed, answer: Answer, known: KnownFeed | None, link_count: int = 0) -> FeedVisit:
        settled = answer.status in SETTLED
        before = known if answer.status is FetchStatus.UNCHANGED else None
        return FeedVisit(
            feed_id=feed.feed_id(self._source.id),
            source_id=self._source.id,
            run_id=self._run.run_id,
            kind=feed.kind,
            url=feed.url,
            visited_at=answer.requested_at or datetime.now(UTC),
            status=answer.status,
            http_status=answer.http_status,
            etag=(answer.etag or (before.etag if before else None)) if settled else None,
            last_modified=(answer.last_modified or (before.last_modified if before else None)) if settled else None,
            content_sha256=answer.content_sha256 or (before.content_sha256 if before else None),
            link_count=link_count,
            error=answer.error,
        )


def links_of(offers: Iterable[Offer], source_id: str, feed_id: str) -> tuple[dict[str, Link], dict[str, str]]:
    """Offers as links with one spelling, each URL once, and what is wrong with those that are no usable URL."""
    links: dict[str, Link] = {}
    unusable: dict[str, str] = {}
    for offer in offers:
        try:
            url = normalise_url(offer.url, offer.base_url)
        except ValueError as error:
            url = offer.url.strip()
            unusable[url] = f"no URL that can be asked for: {error}"
        first = links.get(url)
        links[url] = Link(
            source_id=source_id,
            feed_id=feed_id,
            url=url,
            title=(first.title if first else None) or offer.title,
            published_at=(first.published_at if first else None) or offer.published_at,
        )
    return links, unusable
