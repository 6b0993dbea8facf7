"""One feed asked for and read to see what it is: for trying a source and for finding its feeds. Nothing is kept."""

from __future__ import annotations

import logging
import re
import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.gather.client import Client
from pipeline.gather.feed_visit import FEED
from pipeline.gather.feeds import read_feed
from pipeline.gather.link_pattern import UrlShapes
from pipeline.gather.offers import FeedContent, FeedDocument, NotAFeedError, Offer
from pipeline.gather.sitemap_choice import choose_sitemaps
from pipeline.gather.urls import normalise_url
from pipeline.settings import Settings
from pipeline.sources.model import Feed, FeedKind
from pipeline.statuses import FetchStatus

logger = logging.getLogger(__name__)

HEAD_BYTES = 65_536
GZIP_MAGIC = b"\x1f\x8b"
DEEPEST_INDEX = 3
ROOT_ELEMENT = re.compile(rb"<(?:[a-z_][\w.-]*:)?(rss|rdf|feed|urlset|sitemapindex)[\s>/]", re.IGNORECASE)
HTML_ELEMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
FEED_LANGUAGE = re.compile(
    rb"<(?:\w+:)?language>\s*([A-Za-z][A-Za-z_-]+)\s*<|\"language\"\s*:\s*\"([A-Za-z-]+)\"|\bxml:lang=[\"']([A-Za-z-]+)"
)
KIND_OF_ROOT: dict[str, FeedKind] = {
    "rss": "rss",
    "rdf": "rdf",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedFeed:
    """What came of trying one address. `problem` is None where it could be read."""

    url: str  # as it was asked for
    final_url: str  # where the answer came from
    kind: FeedKind | None = None  # None: it is no feed
    links: dict[str, Offer] = field(default_factory=dict)  # by normalised URL; of an index, those of its newest sitemap
    unusable: dict[str, str] = field(default_factory=dict)  # what is offered and cannot be asked for, and why
    child_count: int = 0  # the sitemaps that an index lists
    children: tuple[str, ...] = ()  # those of them that a visit would ask for, newest first
    read_child: str | None = None  # the one of them whose links these are
    flaw: str | None = None  # what was not read
    language: str | None = None  # as the feed says it
    problem: str | None = None  # why it could not be read, in words

    @property
    def count_in_words(self) -> str:
        """Such as `1 link` or `1,204 links`."""
        return f"{len(self.links):,} link{'' if len(self.links) == 1 else 's'}"

    @property
    def timed_count(self) -> int:
        """Links with a time of publication."""
        return sum(offer.published_at is not None for offer in self.links.values())

    @property
    def newest_at(self) -> datetime | None:
        """The newest time that the feed says of a link: of publication, else of a change."""
        times = [offer.published_at or offer.changed_at for offer in self.links.values()]
        return max(filter(None, times), default=None)


class FeedTrier:
    """Tries addresses on behalf of one source.

    Args:
        client: asks.
        zone: for times that carry none.
        settings: how large a feed may be, and how old a sitemap of an index.
        shapes: what the source's article addresses look like, for section pages without a link_pattern.
    """

    def __init__(self, client: Client, zone: ZoneInfo, settings: Settings, shapes: UrlShapes | None = None) -> None:
        self._client = client
        self._zone = zone
        self._settings = settings
        self._wanted = replace(FEED, max_bytes=settings.max_feed_bytes)
        self._shapes = shapes

    def try_address(self, url: str) -> TriedFeed:
        """Try an address of which nothing is known; its kind is what its content says."""
        return self._try(url, None, 0)

    def try_feed(self, feed: Feed) -> TriedFeed:
        """Try a feed of a source file; of a sitemap index the newest sitemap is asked for as well."""
        return self._try(feed.url, feed, 0)

    def _try(self, url: str, feed: Feed | None, depth: int) -> TriedFeed:
        answer = self._client.ask(url, self._wanted)
        tried = TriedFeed(url=url, final_url=answer.final_url or url)
        body = answer.body
        if answer.status is not FetchStatus.CAPTURED or body is None:
            return replace(tried, problem=answer.in_words())
        if feed is None:
            kind = kind_by_content(body)
            if kind is None:
                return replace(tried, problem="neither a feed nor a sitemap")
            feed = Feed.model_construct(url=url, kind=kind, link_pattern=None)
        tried = replace(tried, kind=feed.kind, language=feed_language(body))
        document = FeedDocument(
            url=tried.final_url,
            content_type=answer.content_type,
            body=body,
            zone=self._zone,
            max_bytes=self._settings.max_feed_bytes,
        )
        try:
            content = read_feed(feed, document, self._shapes)
        except NotAFeedError as error:
            return replace(tried, problem=f"no readable {feed.kind} feed: {error}")
        except Exception as error:  # record boundary: a feed that breaks its parser ends by itself
            logger.warning("the parser failed on feed %s", url, exc_info=True)
            return replace(tried, problem=f"the parser failed: {type(error).__name__}: {error}")
        if content.children and not content.offers:
            return self._try_child(tried, feed, content, depth)
        kind = "news_sitemap" if feed.kind == "sitemap" and content.news else feed.kind
        return _with_links(replace(tried, kind=kind, flaw=content.flaw), content)

    def _try_child(self, tried: TriedFeed, index: Feed, content: FeedContent, depth: int) -> TriedFeed:
        now = datetime.now(UTC)
        oldest = now - timedelta(days=self._settings.link_window_days)
        children = choose_sitemaps(content.children, {}, source_id="", oldest=oldest, now=now)
        tried = replace(tried, child_count=len(content.children), children=tuple(children))
        if not children:
            window = f"{self._settings.link_window_days:g} days"
            return replace(tried, problem=f"an index of {tried.child_count} sitemaps, none of the last {window}")
        if depth >= DEEPEST_INDEX:
            return replace(tried, problem=f"a sitemap index {depth} indexes deep")
        child = self._try(
            children[0], Feed.model_construct(url=children[0], kind=index.kind, link_pattern=None), depth + 1
        )
        return replace(
            child,
            url=tried.url,
            final_url=tried.final_url,
            child_count=tried.child_count,
            children=tried.children,
            read_child=child.read_child or children[0],
            problem=child.problem and f"a sitemap index; of its newest sitemap, {children[0]}: {child.problem}",
        )


def kind_by_content(body: bytes) -> FeedKind | None:
    """What kind of feed begins like this; None for anything else. A news sitemap and an index count as `sitemap`."""
    head = _head(body)
    if head.startswith(b"{"):
        return "json_feed" if b"jsonfeed.org/version" in head else None
    root = ROOT_ELEMENT.search(head)
    if root is None or HTML_ELEMENT.search(head, 0, root.start()):
        return None
    return KIND_OF_ROOT[root[1].decode().lower()]


def feed_language(body: bytes) -> str | None:
    """The language tag that a feed gives for itself."""
    said = FEED_LANGUAGE.search(_head(body))
    return next(group for group in said.groups() if group).decode() if said else None


def _head(body: bytes) -> bytes:
    if body.startswith(GZIP_MAGIC):
        try:
            body = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, HEAD_BYTES)
        except zlib.error:
            return b""
    return body[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")


def _with_links(tried: TriedFeed, content: FeedContent) -> TriedFeed:
    links: dict[str, Offer] = {}
    unusable: dict[str, str] = {}
    for offer in content.offers:
        try:
            links.setdefault(normalise_url(offer.url, offer.base_url), offer)
        except ValueError as error:
            unusable[offer.url.strip()] = str(error)
    return replace(tried, links=links, unusable=unusable)
