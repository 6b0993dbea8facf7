"""Tries one source and says in words what works, what does not, and what to do about it. Nothing is kept.

Steps, each asked for as gathering would ask: robots.txt, every feed, and pages of each feed's links. What a page
says is looked at by whoever may look into pages (`pipeline.source_check`); here it is enough that it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import courlan

from pipeline.gather.answer import Answer
from pipeline.gather.client import Client
from pipeline.gather.gathering import open_client
from pipeline.gather.link_pattern import UrlShapes
from pipeline.gather.offers import Offer
from pipeline.gather.pace import HostPace, Pace
from pipeline.gather.page_visit import PAGE, judged
from pipeline.gather.tried_feed import FeedTrier, TriedFeed
from pipeline.settings import Settings
from pipeline.sources.model import Feed, Source
from pipeline.statuses import FetchStatus

PAGES_OF_A_FEED = 3  # tried at most: the first may be a video or a gallery
ASKED_FOR_A_PAGE = 10  # links at most, to find these among those that robots.txt forbids
AHEAD_OF_NOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was tried."""

    ok: bool
    what: str  # robots.txt, a feed's URL, a page's URL
    words: str  # what came of it


PageLook = Callable[[Source, Offer, Answer], list[CheckLine]]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What came of trying a source."""

    source_id: str
    lines: tuple[CheckLine, ...]

    @property
    def ok(self) -> bool:
        """Whether everything worked."""
        return all(line.ok for line in self.lines)

    @property
    def text(self) -> str:
        """The report for a terminal."""
        head = f"{self.source_id}: {'all well' if self.ok else 'something is wrong'}"
        return "\n".join([head, *(f"  {'ok ' if line.ok else 'BAD'} {line.what}: {line.words}" for line in self.lines)])


def check_source(
    settings: Settings, source: Source, *, pace: Pace | None = None, look: PageLook | None = None
) -> SourceReport:
    """Try a source; it need not be enabled.

    Args:
        settings: limits and our name.
        source: what is tried.
        pace: who says when a host may be asked next; by default this process alone.
        look: says what is to be said of a page that came; by default only that it did.
    """
    settings = settings.model_copy(update={"link_window_days": source.link_window_days or settings.link_window_days})
    with open_client(settings, source, pace or HostPace()) as client:
        return SourceReport(source.id, tuple(_Check(settings, source, client, look or _size_of).lines()))


@dataclass(frozen=True, slots=True)
class _Check:
    """One source being tried."""

    settings: Settings
    source: Source
    client: Client
    look: PageLook

    def lines(self) -> Iterator[CheckLine]:
        yield self._robots()
        zone = ZoneInfo(self.source.timezone)
        articles: list[str] = []  # what the feeds before list; section pages learn from it what an article is
        for feed in self.source.feeds:
            trier = FeedTrier(self.client, zone, self.settings, UrlShapes.learn(articles))
            tried = trier.try_feed(feed)
            yield from self._feed(feed, tried)
            articles += tried.links
            if tried.links:
                yield from self._pages(tried)

    def _robots(self) -> CheckLine:
        rules = self.client.robots_rules(self.source.homepage)
        refusal = rules.refusal(self.source.homepage)
        if refusal is not None:
            words = f"the front page may not be asked for: {refusal.error}"
            return CheckLine(False, "robots.txt", words)
        delay, cap = rules.crawl_delay_seconds, self.settings.max_crawl_delay_seconds
        words = f"allows the front page{f', crawl-delay {delay:g} s' if delay else ''}"
        if delay > cap:
            words += f", of which {cap:g} s are kept (DATELINE_MAX_CRAWL_DELAY_SECONDS)"
        return CheckLine(True, "robots.txt", words)

    def _feed(self, feed: Feed, tried: TriedFeed) -> Iterator[CheckLine]:
        if tried.problem is not None:
            yield CheckLine(False, feed.url, f"{tried.problem}{_advice(tried)}")
            return
        if tried.unusable:
            example, reason = next(iter(tried.unusable.items()))
            words = f"{len(tried.unusable)} of its links are no usable URLs, such as {example!r}: {reason}"
            yield CheckLine(False, feed.url, words)
        elif not tried.links:
            if feed.kind == "section":
                hint = f"; none matches link_pattern {feed.link_pattern}" if feed.link_pattern else _NO_PATTERN
            else:
                hint = "; take it out if it stays so"
            yield CheckLine(False, feed.url, f"a readable {feed.kind} feed that lists no links{hint}")
        if not tried.links:
            return
        yield CheckLine(True, feed.url, _facts(tried))
        for wrong in (self._of_others(tried), self._too_old(tried), self._ahead(tried)):
            if wrong is not None:
                yield CheckLine(False, feed.url, wrong)

    def _of_others(self, tried: TriedFeed) -> str | None:
        own = _site(self.source.homepage)
        others = [url for url in tried.links if _site(url) != own]
        if len(others) * 2 <= len(tried.links):
            return None
        return f"{len(others)} of {len(tried.links)} links lead to other sites than {own}, such as {others[0]}"

    def _too_old(self, tried: TriedFeed) -> str | None:
        window_days = self.settings.link_window_days
        if tried.newest_at is None or datetime.now(UTC) - tried.newest_at <= timedelta(days=window_days):
            return None
        days = (datetime.now(UTC) - tried.newest_at).days
        return (
            f"its newest link is {days} days old, and links of more than {window_days:g} days are not followed: "
            f"the feed looks abandoned; `dateline sources add {self.source.homepage} --print` looks for others"
        )

    def _ahead(self, tried: TriedFeed) -> str | None:
        newest_at = max((o.published_at for o in tried.links.values() if o.published_at), default=None)
        if newest_at is None or newest_at - datetime.now(UTC) <= AHEAD_OF_NOW:
            return None
        return (
            f"its newest time, {newest_at:%Y-%m-%d %H:%M} UTC, is yet to come: where the feed writes times without "
            f"a zone, timezone {self.source.timezone} is not the right one"
        )

    def _pages(self, tried: TriedFeed) -> Iterator[CheckLine]:
        """What is said of the first page that is well; of the first of all where none is."""
        first: list[CheckLine] | None = None
        looked_at = 0
        for url, offer in list(tried.links.items())[:ASKED_FOR_A_PAGE]:
            answer = judged(self.client.ask(url, PAGE))
            if answer.status is FetchStatus.CAPTURED:
                lines = self.look(self.source, offer, answer)
            else:
                lines = [CheckLine(False, url, answer.in_words())]
            if all(line.ok for line in lines):
                yield from lines
                return
            first = first if first is not None and looked_at else lines
            looked_at += answer.status is not FetchStatus.ROBOTS_DENIED
            if looked_at >= PAGES_OF_A_FEED:
                break
        yield from first or []


_NO_PATTERN = "; none looks like an article's: say a link_pattern"


def _facts(tried: TriedFeed) -> str:
    newest = f", the newest of {tried.newest_at:%Y-%m-%d %H:%M} UTC" if tried.newest_at else ""
    share = f"{tried.timed_count} of them" if tried.timed_count < len(tried.links) else "all"
    times = f"{share} with a time of publication" if tried.timed_count else "without times of publication"
    index = (
        f"an index of {tried.child_count} sitemaps; its newest, {tried.read_child}, lists " if tried.children else ""
    )
    flaw = f"; {tried.flaw}" if tried.flaw else ""
    return f"{index}{tried.count_in_words}, {times}{newest}{flaw}"


def _advice(tried: TriedFeed) -> str:
    return "" if tried.kind is None else "; look at the address in a browser: is it still this kind of feed?"


def _size_of(_source: Source, _offer: Offer, answer: Answer) -> list[CheckLine]:
    size = len(answer.body or b"")
    return [CheckLine(True, answer.url, f"a page of {size:,} bytes, {answer.content_type or 'without Content-Type'}")]


def _site(url: str) -> str:
    """The registered domain of a URL's host, or the host where it has none."""
    return courlan.extract_domain(url, fast=True) or (urlsplit(url).hostname or "")
