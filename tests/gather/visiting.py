"""A feed visitor against the loopback site, with a memory as small as a test needs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.gather.addresses import checked_addresses
from pipeline.gather.archive import CaptureWriter
from pipeline.gather.attempts import read_earlier_attempts
from pipeline.gather.client import Client
from pipeline.gather.feed_state import FeedState
from pipeline.gather.feed_visit import FeedOffer, FeedVisitor
from pipeline.gather.pace import HostPace
from pipeline.gather.transport import Limits, Transport
from pipeline.records import FeedVisit, stable_id
from pipeline.settings import Settings
from pipeline.sources.model import Feed, Politeness, Source

NOW = datetime.now(UTC)
ATOM_TIME = "%Y-%m-%dT%H:%M:%SZ"


def ago(**duration: float) -> str:
    """The time so long ago, as feeds write it; from now on, since minutes go by between import and test."""
    return (datetime.now(UTC) - timedelta(**duration)).strftime(ATOM_TIME)


def atom(*links: str, days_old: float = 0.1, more: str = "") -> str:
    time = f"<published>{ago(days=days_old)}</published>"
    entries = "".join(f'<entry><title>Report</title><link href="{link}"/>{time}</entry>' for link in links)
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>G</title>{more}{entries}</feed>'


def urlset(*entries: tuple[str, str | None]) -> str:
    """A sitemap of addresses and their lastmod."""
    return f"<urlset>{''.join(_listed('url', *entry) for entry in entries)}</urlset>"


def index(*entries: tuple[str, str | None]) -> str:
    """A sitemap index of addresses and their lastmod."""
    return f"<sitemapindex>{''.join(_listed('sitemap', *entry) for entry in entries)}</sitemapindex>"


def _listed(name: str, loc: str, lastmod: str | None) -> str:
    return f"<{name}><loc>{loc}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</{name}>"


@dataclass
class Visiting:
    """Visits as one pass after the other would make them; `known` and `states` are what they leave behind."""

    site: Any
    captures: Path
    known: set[str] = field(default_factory=set)
    states: dict[str, FeedState] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    passes: int = 0

    def visit(self, path: str, kind: str, *, resume: bool = False, **feed: Any) -> list[FeedOffer]:
        """One pass over one feed; `resume`: the pass before was killed before it wrote down anything."""
        return self.visit_all([(path, kind, feed)], resume=resume)

    def visit_all(self, feeds: list[tuple[str, str, dict[str, Any]]], *, resume: bool = False) -> list[FeedOffer]:
        settings = Settings(home=self.captures, newsroom=True).model_copy(update=self.settings)
        source = Source(
            id="gazette",
            name="Gazette",
            homepage=self.site.url("/"),
            country_code="GBR",
            language="en",
            timezone="Europe/London",
            feeds=tuple(Feed(url=self.site.url(path), kind=kind, **more) for path, kind, more in feeds),
            politeness=Politeness(delay_seconds=0),
        )
        self.passes += 0 if resume else 1
        run_id = f"pass-{self.passes}"
        earlier = read_earlier_attempts(self.captures, run_id, "gazette").feeds if resume else {}
        offers: list[FeedOffer] = []
        with self._client(settings) as client, CaptureWriter(self.captures, run_id, "gazette", 10**9) as writer:
            visitor = FeedVisitor(
                run_id,
                source,
                client,
                writer,
                settings,
                known_urls=lambda urls: self.known & set(urls),
                example_urls=lambda: self.examples,
            )
            for feed in source.feeds:
                offers += visitor.visit(feed, dict(self.states), earlier)
        return offers

    def remember(self, offers: list[FeedOffer]) -> list[FeedOffer]:
        """Write down what a pass did, as the ledger does at its end."""
        for offer in offers:
            self.known |= offer.links.keys()
            visit = offer.visit
            self.states[visit.feed_id] = state_after(visit, self.states.get(visit.feed_id))
        return offers

    def change_states(self, **changes: Any) -> None:
        for feed_id, state in self.states.items():
            fields = {name: getattr(state, name) for name in FeedState.__slots__}
            self.states[feed_id] = FeedState(**{**fields, **changes})

    def paths(self, offers: list[FeedOffer]) -> list[str]:
        """Where each visit went."""
        return [offer.visit.url.removeprefix(self.site.url("")) for offer in offers]

    def feed_id(self, path: str) -> str:
        return stable_id("gazette", self.site.url(path))

    @contextlib.contextmanager
    def _client(self, settings: Settings) -> Iterator[Client]:
        limits = Limits(connect_timeout_seconds=5, read_timeout_seconds=5, total_timeout_seconds=20, max_bytes=200_000)
        with Transport(partial(checked_addresses, allow_loopback_names=True), limits) as transport:
            yield Client(transport, settings, HostPace(), 0)


def state_after(visit: FeedVisit, before: FeedState | None) -> FeedState:
    was_read = visit.status in {"read_feed", "empty_feed"} or (visit.status == "unchanged" and visit.http_status != 304)
    return FeedState(
        feed_id=visit.feed_id,
        source_id=visit.source_id,
        url=visit.url,
        kind=visit.kind,
        found_in=visit.found_in,
        etag=visit.etag,
        last_modified=visit.last_modified,
        content_sha256=visit.content_sha256,
        last_visited_at=visit.visited_at,
        last_read_at=visit.visited_at if was_read else (before.last_read_at if before else None),
        failure_points=visit.failure_points,
        poll_interval_seconds=visit.poll_interval_seconds,
        next_visit_at=visit.next_visit_at,
        given_up=visit.given_up,
    )
