"""Tries one source end to end and says in words what works and what does not. Nothing is kept.

Steps, each asked for as gathering would ask: robots.txt, every feed, and one page of each feed's links, the first
that robots.txt allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pipeline.gather.answer import Answer
from pipeline.gather.client import Client
from pipeline.gather.feed_visit import FEED, links_of
from pipeline.gather.feeds import read_feed
from pipeline.gather.gathering import open_client
from pipeline.gather.offers import FeedDocument, NotAFeedError
from pipeline.gather.pace import HostPace, Pace
from pipeline.gather.page_visit import PAGE, judged
from pipeline.records import Link
from pipeline.settings import Settings
from pipeline.sources.loader import find_source, load_sources
from pipeline.sources.model import Feed, Source
from pipeline.statuses import FetchStatus


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was tried."""

    ok: bool
    what: str  # robots.txt, a feed's URL, a page's URL
    words: str  # what came of it


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


def check_sources(settings: Settings, source_id: str | None = None) -> Iterator[SourceReport]:
    """Try one source, or all that are enabled; each report as soon as it is there.

    Args:
        settings: limits and our name.
        source_id: one source, enabled or not; None: all enabled ones.

    Raises:
        ConfigurationError: no source has that id, or a source file is wrong.
    """
    if source_id is None:
        sources = list(load_sources(settings).values())
    else:
        sources = [find_source(settings, source_id, disabled_too=True)]
    for source in sources:
        yield check_source(settings, source)


def check_source(settings: Settings, source: Source, *, pace: Pace | None = None) -> SourceReport:
    """Try a source end to end; it need not be enabled.

    Args:
        settings: limits and our name.
        source: what is tried.
        pace: who says when a host may be asked next; by default this process alone.
    """
    lines: list[CheckLine] = []
    with open_client(settings, source, pace or HostPace()) as client:
        lines.append(_check_robots(client, source))
        for feed in source.feeds:
            line, links = _check_feed(client, source, feed, settings)
            lines.append(line)
            if links:
                lines.append(_check_page(client, links))
    return SourceReport(source.id, tuple(lines))


def _check_robots(client: Client, source: Source) -> CheckLine:
    rules = client.robots_rules(source.homepage)
    refusal = rules.refusal(source.homepage)
    if refusal is not None:
        return CheckLine(False, "robots.txt", f"the front page may not be asked for: {refusal.error}")
    delay = f", crawl-delay {rules.crawl_delay_seconds:g} s" if rules.crawl_delay_seconds else ""
    return CheckLine(True, "robots.txt", f"allows the front page{delay}")


def _check_feed(client: Client, source: Source, feed: Feed, settings: Settings) -> tuple[CheckLine, list[Link]]:
    answer = client.ask(feed.url, FEED)
    if answer.status is not FetchStatus.CAPTURED:
        return CheckLine(False, feed.url, answer.in_words()), []
    document = FeedDocument(
        url=answer.final_url or feed.url,
        content_type=answer.content_type,
        body=answer.body or b"",
        zone=ZoneInfo(source.timezone),
        max_bytes=settings.max_response_bytes,
    )
    try:
        offers = read_feed(feed, document)
    except NotAFeedError as error:
        return CheckLine(False, feed.url, f"no readable {feed.kind} feed: {error}"), []
    links, unusable = links_of(offers, source.id, feed.feed_id(source.id))
    if not links:
        wrong = f"; none matches link_pattern {feed.link_pattern}" if feed.link_pattern else ""
        return CheckLine(False, feed.url, f"a readable {feed.kind} feed that lists no links{wrong}"), []
    newest = max((link.published_at for link in links.values() if link.published_at), default=None)
    when = f", the newest of {newest:%Y-%m-%d %H:%M} UTC" if newest else ", without times"
    trouble = f"; {len(unusable)} of them are no usable URLs" if unusable else ""
    usable = [link for url, link in links.items() if url not in unusable]
    return CheckLine(not unusable, feed.url, f"{len(links)} links{when}{trouble}"), usable


def _check_page(client: Client, links: list[Link]) -> CheckLine:
    answer: Answer | None = None
    for link in links:
        answer = judged(client.ask(link.url, PAGE))
        if answer.status is not FetchStatus.ROBOTS_DENIED:
            break
    if answer is None:
        return CheckLine(False, "a page", "no link to try")
    if answer.status is not FetchStatus.CAPTURED:
        return CheckLine(False, answer.url, answer.in_words())
    size = len(answer.body or b"")
    return CheckLine(True, answer.url, f"a page of {size:,} bytes, {answer.content_type or 'without Content-Type'}")
