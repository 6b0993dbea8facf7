"""One pass of gathering: a source's feeds and links, each ending in exactly one row, written into the ledger."""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from pipeline.errors import AccountingError
from pipeline.gather.addresses import checked_addresses, is_loopback_name
from pipeline.gather.adoption import adopt_killed_passes
from pipeline.gather.archive import CaptureWriter
from pipeline.gather.attempts import EarlierAttempts, read_earlier_attempts
from pipeline.gather.client import Client
from pipeline.gather.feed_visit import FeedOffer, FeedVisitor
from pipeline.gather.ledger import Ledger, open_ledger
from pipeline.gather.link_choice import LinkChoice, choose_links
from pipeline.gather.link_state import LinkState
from pipeline.gather.pace import Pace, SharedPace
from pipeline.gather.page_visit import PageVisitor, fetch_row, unasked
from pipeline.gather.revisit_schedule import RevisitSchedule
from pipeline.gather.source_lock import source_lock
from pipeline.gather.transport import Limits, Transport
from pipeline.gather.urls import host_key
from pipeline.handover import StageResult
from pipeline.records import Fetch, Link
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.sources.loader import find_source
from pipeline.sources.model import Source
from pipeline.statuses import FetchStatus

logger = logging.getLogger(__name__)


def gather_source(
    run: Run,
    source_id: str,
    *,
    only_due: bool,
    revisit: bool,
    wait_seconds: float,
    pace: Pace | None = None,
) -> StageResult:
    """Visit a source's feeds and links, archive what is new, and write into the ledger how each ended.

    Run again under the same id, it asks for nothing that is archived or settled already.

    Args:
        run: under whose id it gathers.
        source_id: an enabled source.
        only_due: leave out the feeds whose poll interval is not over.
        revisit: visit pages again for revisions when the next step of their schedule has come. In a pass over all
            feeds (not `only_due`) the built-in newsroom's young pages count as due, whenever they were captured.
        wait_seconds: how long to wait for another process that gathers the source.
        pace: says when a host may be asked; None: the pace that all processes keep together.

    Returns:
        The ledger's file. Counts of the pass: `links` dealt with, one for each status they ended in; `feeds`
        visited, and `feed_<status>` for each status a visit ended in.

    Raises:
        ConfigurationError: no enabled source has that id, or its file is wrong (SourceFileError).
        SourceBusyError: another process gathers it.
        AccountingError: links in are not statuses out.
        OSError: the disk is full or cannot be written; what is archived stays and is used by the next attempt.
    """
    settings = run.settings
    source = find_source(settings, source_id)
    with source_lock(settings, source_id, wait_seconds=wait_seconds), open_ledger(settings) as ledger:
        earlier = EarlierAttempts(feeds={}, fetches={}, entries=[])
        if (run.run_id, source_id) in ledger.open_passes(source_id):
            earlier = read_earlier_attempts(settings.captures_folder, run.run_id, source_id)
        adopt_killed_passes(settings, ledger, source_id, resumed_run_id=run.run_id)
        ledger.begin_pass(run.run_id, source_id)
        pace = pace or _shared_pace(settings, ledger)
        with (
            open_client(settings, source, pace) as client,
            CaptureWriter(
                settings.captures_folder, run.run_id, source_id, max_file_bytes=settings.max_capture_file_bytes
            ) as writer,
        ):
            one_pass = _Pass(run, source, ledger, pace, client, writer, earlier)
            offers = one_pass.visit_feeds(only_due=only_due)
            fetches = one_pass.visit_links(offers, revisit=revisit, only_due=only_due)
        ledger.record(
            visits=[offer.visit for offer in offers],
            fetches=fetches,
            captures=writer.entries,
            ended=(run.run_id, source_id),
        )
        counts = _counts(ledger, run.run_id, source_id)
    logger.info("%s: %s", source_id, ", ".join(f"{word} {count}" for word, count in counts.items()))
    return StageResult(path=str(settings.ledger_file), counts=counts)


def _shared_pace(settings: Settings, ledger: Ledger) -> SharedPace:
    return SharedPace(
        ledger,
        longest_hold_seconds=settings.longest_hold_wait_seconds,
        longest_request_seconds=settings.connect_timeout_seconds + settings.total_timeout_seconds,
    )


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


@dataclass(frozen=True, slots=True)
class _Pass:
    """One pass under way."""

    run: Run
    source: Source
    ledger: Ledger
    pace: Pace
    client: Client
    writer: CaptureWriter
    earlier: EarlierAttempts  # what an earlier attempt, which was killed, archived

    def visit_feeds(self, *, only_due: bool) -> list[FeedOffer]:
        """Visit the feeds that the source file names, and what they lead to."""
        states = self.ledger.feed_states(self.source.id)
        visited = {visit.feed_id for visit in self.ledger.visits.of_pass(self.run.run_id, self.source.id)}
        visited -= self.earlier.feeds.keys()  # of a killed attempt: its links are still to be dealt with
        visitor = FeedVisitor(
            self.run.run_id,
            self.source,
            self.client,
            self.writer,
            self.run.settings,
            known_urls=partial(self.ledger.known_urls, self.source.id),
            example_urls=partial(self.ledger.example_urls, self.source.id),
        )
        offers: list[FeedOffer] = []
        now = datetime.now(UTC)
        for feed in self.source.feeds:
            state = states.get(feed.feed_id(self.source.id))
            is_due = state is None or state.next_visit_at <= now
            waits = not is_due and (only_due or (state is not None and state.given_up))
            if feed.feed_id(self.source.id) not in visited and not waits:
                offers += visitor.visit(feed, states, self.earlier.feeds)
        return offers

    def visit_links(self, offers: Sequence[FeedOffer], *, revisit: bool, only_due: bool) -> list[Fetch]:
        """Deal with every link of the pass; one row each, those of an earlier attempt included."""
        choice = self._choose(offers, self._revisits(only_due=only_due) if revisit else ())
        states = self.ledger.link_states(self.source.id, [link.url for link in (*choice.links, *choice.left_over)])
        unusable = {url: problem for offer in offers for url, problem in offer.unusable.items()}
        fetches = [self._visit(link, states.get(link.url), unusable.get(link.url)) for link in choice.links]
        words = f"beyond the {self._max_links} links that one pass asks this source for"
        for link in choice.left_over:
            answer = unasked(link, FetchStatus.LEFT_OVER, words)
            fetches.append(fetch_row(link, answer, states.get(link.url), self.run.run_id))
        _prove(choice, fetches)
        return fetches

    @property
    def _max_links(self) -> int:
        return self.source.politeness.max_links or self.run.settings.max_links_per_source

    def _revisits(self, *, only_due: bool) -> list[LinkState]:
        """Pages to be visited again for revisions."""
        settings = self.run.settings
        schedule = RevisitSchedule.after_hours(settings.revisit_after_hours)
        if not schedule.steps:
            return []
        if is_built_in(self.source) and not only_due:
            return self.ledger.young_links(self.source.id, self.run.started_at - schedule.steps[-1])
        return self.ledger.due_revisits(self.source.id, schedule, datetime.now(UTC), self._max_links)

    def _choose(self, offers: Sequence[FeedOffer], revisits: Sequence[LinkState]) -> LinkChoice:
        offered = _merged(offers)
        rows = self.ledger.fetches.of_pass(self.run.run_id, self.source.id)
        pending = self.ledger.pending_links(self.source.id, datetime.now(UTC), self._max_links)
        settled = {row.url for row in rows if not row.will_be_asked_again} - self.earlier.fetches.keys()
        return choose_links(
            offered,
            archived=[_link_of(fetch) for fetch in self.earlier.fetches.values()],
            settled=settled,
            known=self.ledger.known_urls(self.source.id, offered),
            pending=[state for state in pending if not self._is_held(state.url)],
            revisits=[state for state in revisits if not self._is_held(state.url)],
            max_links=self._max_links,
        )

    def _is_held(self, url: str) -> bool:
        """Whether a link that waits already waits on: to say so in every pass would fill the tables with nothing."""
        hold = self.pace.held(host_key(url))
        return hold is not None and hold.seconds > self.run.settings.longest_hold_wait_seconds

    def _visit(self, link: Link, state: LinkState | None, problem: str | None) -> Fetch:
        if link.url in self.earlier.fetches:
            return self.earlier.fetches[link.url]
        if problem is not None:
            return fetch_row(link, unasked(link, FetchStatus.UNSAFE_ADDRESS, problem), state, self.run.run_id)
        last_capture = self.ledger.capture(state.capture_id) if state and state.capture_id else None
        return PageVisitor(self.client, self.writer, self.run.run_id).visit(link, state, last_capture)


def is_built_in(source: Source) -> bool:
    """Whether it is one of the newsroom's sites, which alone may have loopback names.

    Their days stand still and go on with the runs, not with the clock: a schedule in hours says nothing about them.
    """
    return is_loopback_name(urlsplit(source.homepage).hostname or "")


def _merged(offers: Sequence[FeedOffer]) -> dict[str, Link]:
    """The links of all feeds, each once: it belongs to the first feed, and what that one does not say others may."""
    offered: dict[str, Link] = {}
    for offer in offers:
        for url, link in offer.links.items():
            first = offered.setdefault(url, link)
            timed = first if first.published_at else link
            offered[url] = dataclasses.replace(
                first,
                title=first.title or link.title,
                published_at=timed.published_at,
                published_at_source=timed.published_at_source,
            )
    return offered


def _link_of(fetch: Fetch) -> Link:
    return Link(
        source_id=fetch.source_id,
        feed_id=fetch.feed_id,
        url=fetch.url,
        title=fetch.feed_title,
        published_at=fetch.feed_published_at,
        published_at_source=fetch.feed_published_at_source,
    )


def _prove(choice: LinkChoice, fetches: Sequence[Fetch]) -> None:
    links_in = sorted(link.url for link in (*choice.links, *choice.left_over))
    links_out = sorted(fetch.url for fetch in fetches)
    if links_in != links_out or len(set(links_out)) != len(links_out):
        statuses = Counter(FetchStatus(fetch.status).value for fetch in fetches)
        raise AccountingError(f"{len(links_in)} links in, but {len(links_out)} statuses out: {dict(statuses)}")


def _counts(ledger: Ledger, gather_run_id: str, source_id: str) -> dict[str, int]:
    statuses = ledger.fetches.statuses_of_pass(gather_run_id, source_id)
    visits = ledger.visits.statuses_of_pass(gather_run_id, source_id)
    feed_statuses = {f"feed_{status}": count for status, count in visits.items()}
    return {"links": statuses.total(), "feeds": visits.total(), **statuses, **feed_statuses}
