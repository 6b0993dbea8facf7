"""The stage: one source's feeds and links of one run, each link ending in exactly one Fetch row."""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from pipeline.errors import AccountingError
from pipeline.gather.addresses import checked_addresses
from pipeline.gather.answer import Answer
from pipeline.gather.archive import CaptureWriter
from pipeline.gather.attempts import EarlierAttempts, read_earlier_attempts
from pipeline.gather.client import Client
from pipeline.gather.feed_visit import FeedOffer, FeedVisitor
from pipeline.gather.link_choice import LinkChoice, choose_links
from pipeline.gather.pace import HostPace, Pace
from pipeline.gather.page_visit import fetch_row, visit_page
from pipeline.gather.transport import Limits, Transport
from pipeline.handover import StageResult, write_records
from pipeline.known import KnownFeed, KnownPage, open_known
from pipeline.records import FeedVisit, Fetch, Link
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.sources.loader import find_source
from pipeline.sources.model import Source
from pipeline.statuses import FetchStatus

logger = logging.getLogger(__name__)

EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Past:
    """What the published edition knows of a source."""

    feeds: dict[str, KnownFeed]
    pages: dict[str, KnownPage]


def gather_source(run: Run, source_id: str, *, pace: Pace | None = None) -> StageResult:
    """Visit a source's feeds and links, archive what is new, and write how each ended.

    Run again for the same run, it asks for nothing that is archived already, and replaces its Parquet files.

    Args:
        run: the run.
        source_id: an enabled source.
        pace: who says when a host may be asked next; by default this process alone.

    Returns:
        The path of the Fetch rows. Counts: how many links ended in each status, `links` in all, `left_over` that
        were beyond the source's limit; `feeds` in all, and `feed_<status>` for each status a feed visit ended in.

    Raises:
        ConfigurationError: no enabled source has that id, or its file is wrong (SourceFileError).
        AccountingError: links in are not statuses out.
        OSError: the disk is full or cannot be written; what is archived stays and is used by the next attempt.
    """
    settings = run.settings
    source = find_source(settings, source_id)
    with open_known(settings.current_edition_file) as known:
        past = _Past(known.feeds(source_id), known.pages(source_id, EVER))
    earlier = read_earlier_attempts(settings.captures_folder, run.run_id, source_id)
    with (
        open_client(settings, source, pace or HostPace()) as client,
        CaptureWriter(settings.captures_folder, run.run_id, source_id) as writer,
    ):
        feed_visitor = FeedVisitor(run, source, client, writer)
        offers = []
        for feed in source.feeds:
            feed_id = feed.feed_id(source_id)
            offers.append(feed_visitor.visit(feed, past.feeds.get(feed_id), earlier.feeds.get(feed_id)))
        choice = _choose(run, source, offers, past, earlier)
        unusable = {url: problem for offer in offers for url, problem in offer.unusable.items()}
        link_visitor = _LinkVisitor(run, client, writer, past, earlier, unusable)
        results = [link_visitor.visit(link) for link in choice.links]
    fetches = [fetch for fetch, _ in results]
    to_ask_again = choice.left_over | {fetch.url for fetch, ask_again in results if ask_again}
    visits = [_visit_row(offer, to_ask_again) for offer in offers]
    counts = _accounts(choice, fetches, visits)
    write_records(run.stage_file("gather", f"{source_id}.feeds"), FeedVisit, visits)
    path = run.stage_file("gather", f"{source_id}.fetches")
    write_records(path, Fetch, fetches)
    logger.info("%s: %s", source_id, ", ".join(f"{word} {count}" for word, count in counts.items()))
    return StageResult(path=str(path), counts=counts)


@contextmanager
def open_client(settings: Settings, source: Source, pace: Pace) -> Iterator[Client]:
    """A client that asks on behalf of a source, by its politeness."""
    limits = Limits(
        connect_timeout_seconds=settings.connect_timeout_seconds,
        read_timeout_seconds=settings.read_timeout_seconds,
        total_timeout_seconds=settings.total_timeout_seconds,
        max_bytes=settings.max_response_bytes,
    )
    delay_seconds = source.politeness.delay_seconds
    if delay_seconds is None:
        delay_seconds = settings.delay_seconds
    with Transport(partial(checked_addresses, allow_loopback_names=settings.newsroom), limits) as transport:
        yield Client(transport, settings, pace, delay_seconds)


def _choose(run: Run, source: Source, offers: Sequence[FeedOffer], past: _Past, earlier: EarlierAttempts) -> LinkChoice:
    offered: dict[str, Link] = {}
    for offer in offers:
        for url, link in offer.links.items():
            first = offered.setdefault(url, link)
            offered[url] = dataclasses.replace(
                first,
                title=first.title or link.title,
                published_at=first.published_at or link.published_at,
            )
    return choose_links(
        offered,
        past.pages,
        archived=[_link_of(fetch) for fetch in earlier.fetches.values()],
        source_id=source.id,
        revisit_since=run.started_at - timedelta(hours=run.settings.revisit_hours),
        max_links=source.politeness.max_links or run.settings.max_links_per_source,
    )


def _link_of(fetch: Fetch) -> Link:
    return Link(
        source_id=fetch.source_id,
        feed_id=fetch.feed_id,
        url=fetch.url,
        title=fetch.feed_title,
        published_at=fetch.feed_published_at,
    )


@dataclass(frozen=True, slots=True)
class _LinkVisitor:
    """Brings each link to its Fetch row: by asking, or by what is known of it already."""

    run: Run
    client: Client
    writer: CaptureWriter
    past: _Past
    earlier: EarlierAttempts
    unusable: dict[str, str]

    def visit(self, link: Link) -> tuple[Fetch, bool]:
        """The row, and whether the next run should ask because this one could not."""
        if link.url in self.earlier.fetches:
            return self.earlier.fetches[link.url], False
        if link.url in self.unusable:
            refused = Answer(
                url=link.url,
                status=FetchStatus.UNSAFE_ADDRESS,
                requested_at=None,
                elapsed_seconds=None,
                redirects=(),
                response=None,
                error=self.unusable[link.url],
            )
            return fetch_row(link, refused, None, self.run.run_id), False
        known = self.past.pages.get(link.url)
        fetch, answer = visit_page(self.client, self.writer, link, known, self.run.run_id)
        return fetch, answer.may_pass


def _visit_row(offer: FeedOffer, to_ask_again: Collection[str]) -> FeedVisit:
    """The feed's row, without validators where one of its links is still to be asked for.

    The next visit then reads the feed in full: a 304 would hide the link for ever.
    """
    if any(url in to_ask_again for url in offer.links):
        return dataclasses.replace(offer.visit, etag=None, last_modified=None)
    return offer.visit


def _accounts(choice: LinkChoice, fetches: Sequence[Fetch], visits: Sequence[FeedVisit]) -> dict[str, int]:
    links_in = sorted(link.url for link in choice.links)
    links_out = sorted(fetch.url for fetch in fetches)
    statuses = Counter(FetchStatus(fetch.status).value for fetch in fetches)
    if links_in != links_out or len(set(links_out)) != len(links_out):
        raise AccountingError(f"{len(links_in)} links in, but {len(links_out)} statuses out: {dict(statuses)}")
    feed_statuses = Counter(f"feed_{FetchStatus(visit.status).value}" for visit in visits)
    totals = {"links": len(fetches), "left_over": len(choice.left_over), "feeds": len(visits)}
    return totals | dict(sorted(statuses.items())) | dict(sorted(feed_statuses.items()))
