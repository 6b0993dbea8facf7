"""The newsroom on one date and one visit: which articles are out, and what each says.

Determined by (seed, date, visit) alone. Visit 1 holds back three articles and shows every first version; from
visit 2 on all are out, and an article with a second version shows that, so that a second run finds exactly
what changed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.errors import ConfigurationError
from pipeline.newsroom.articles import (
    GoldEvent,
    Moment,
    WrittenArticle,
    load_articles,
    paragraphs,
)
from pipeline.newsroom.placeholders import resolve_placeholders
from pipeline.newsroom.section_slugs import section_slug
from pipeline.newsroom.sites import SITES, Site

HELD_BACK_COUNT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an article's page says: at first, or from the second visit on."""

    headline: str
    standfirst: str | None
    paragraphs: tuple[str, ...]
    modified_at: datetime | None
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsArticle:
    """One article with concrete dates; all instants carry the site's offset."""

    site_id: str
    slug: str
    path: str
    number: int  # eight digits, for sites that put a number into their addresses
    byline: tuple[str, ...]
    agency: str | None
    section: str
    keywords: tuple[str, ...]
    published_at: datetime
    story: str
    duplicate_group: str | None
    language: str
    page_paths: tuple[str, ...]  # of all its pages; the first is `path`
    first: Version
    second: Version | None

    def at_visit(self, visit: int) -> Version:
        """What the article says at `visit`, counted from 1."""
        return self.second if self.second and visit >= 2 else self.first

    def page_at_visit(self, visit: int, number: int) -> Version:
        """What its page `number` says, counted from 1: the paragraphs are divided evenly."""
        version = self.at_visit(visit)
        count, pages = len(version.paragraphs), len(self.page_paths)
        return replace(version, paragraphs=version.paragraphs[count * (number - 1) // pages : count * number // pages])


@dataclass(frozen=True)
class Newsroom:
    """Every site and article on one date, at one visit."""

    seed: int
    date: date
    visit: int
    sites: Mapping[str, Site]
    articles: Mapping[str, tuple[NewsArticle, ...]]  # by site id, newest first

    def at_visit(self, visit: int) -> Newsroom:
        """The same newsroom at another visit.

        Raises:
            ConfigurationError: visits are counted from 1.
        """
        if visit < 1:
            raise ConfigurationError(f"The newsroom's visits are counted from 1, not {visit}.")
        return replace(self, visit=visit)

    @cached_property
    def held_back(self) -> frozenset[tuple[str, str]]:
        """(site id, slug) of the articles that visit 1 does not show yet."""
        chance = self.chance("held back")
        candidates = {
            site_id: [a.slug for a in articles if not a.duplicate_group and not a.second]
            for site_id, articles in self.articles.items()
            if len(articles) > 1
        }
        site_ids = sorted(site_id for site_id, slugs in candidates.items() if slugs)
        chosen = chance.sample(site_ids, min(HELD_BACK_COUNT, len(site_ids)))
        return frozenset((site_id, chance.choice(sorted(candidates[site_id]))) for site_id in chosen)

    def published(self, site_id: str) -> tuple[NewsArticle, ...]:
        """A site's articles that are out at this visit, newest first."""
        if self.visit >= 2:
            return self.articles[site_id]
        return tuple(a for a in self.articles[site_id] if (site_id, a.slug) not in self.held_back)

    def settled(self, site_id: str) -> tuple[NewsArticle, ...]:
        """A site's articles that are the same at every visit: the only ones other pages may name.

        A page that named one that appears or changes would itself change between two visits.
        """
        return tuple(a for a in self.articles[site_id] if not a.second and (site_id, a.slug) not in self.held_back)

    def chance(self, *purpose: str) -> random.Random:
        """A generator of its own for each purpose, the same for the same seed."""
        digest = hashlib.sha256("\x1f".join((str(self.seed), *purpose)).encode()).digest()
        return random.Random(digest)  # noqa: S311  variety, not secrecy


Written = Mapping[str, Sequence[WrittenArticle]]  # by site id


def written_articles(articles_folder: Path) -> Written:
    """The article files of `articles_folder`.

    Raises:
        SourceFileError: an article file is wrong.
        ConfigurationError: there is none.
    """
    written = load_articles(articles_folder, tuple(SITES))
    if not written:
        raise ConfigurationError(f"No article file of a newsroom site in {articles_folder}.")
    return written


def open_newsroom(*, seed: int, date: date, visit: int, written: Written) -> Newsroom:
    """The newsroom with the `written` articles on `date`.

    Raises:
        ConfigurationError: a visit below 1.
    """
    articles = {
        site_id: tuple(
            sorted(
                (concrete(SITES[site_id], article, date) for article in of_site),
                key=lambda a: (a.published_at.timestamp(), a.slug),
                reverse=True,
            )
        )
        for site_id, of_site in written.items()
    }
    newsroom = Newsroom(seed=seed, date=date, visit=1, sites={i: SITES[i] for i in written}, articles=articles)
    return newsroom.at_visit(visit)


def latest_possible_date(now: datetime, written: Written) -> date:
    """The last date on which no article, first or second version, lies in the future of `now`."""
    day = now.astimezone(UTC).date() + timedelta(days=1)  # somewhere it is tomorrow already
    while _last_instant(open_newsroom(seed=0, date=day, visit=1, written=written)) > now:
        day -= timedelta(days=1)
    return day


def _last_instant(newsroom: Newsroom) -> datetime:
    return max(
        instant
        for of_site in newsroom.articles.values()
        for a in of_site
        for instant in (a.published_at, a.first.modified_at, a.second.modified_at if a.second else None)
        if instant
    )


def concrete(site: Site, written: WrittenArticle, newsroom_date: date) -> NewsArticle:
    """`written` on `newsroom_date`, as `site` publishes it.

    Raises:
        ConfigurationError: it has several pages, and the site divides no article.
    """

    def words(text: str) -> str:
        return resolve_placeholders(text, newsroom_date)

    if written.page_count > 1 and site.further_page_path is None:
        raise ConfigurationError(f"{site.name} divides no article into pages, and {written.slug} has some.")

    def instant(moment: Moment) -> datetime:
        return moment.local(newsroom_date).replace(tzinfo=ZoneInfo(site.timezone))

    def version(
        headline: str,
        standfirst: str | None,
        body: str,
        modified: Moment | None,
        events: tuple[GoldEvent, ...],
    ) -> Version:
        return Version(
            headline=words(headline),
            standfirst=words(standfirst) if standfirst else None,
            paragraphs=tuple(words(part) for part in paragraphs(body)),
            modified_at=instant(modified) if modified else None,
            events=tuple(_concrete_event(event, newsroom_date) for event in events),
        )

    published_at = instant(written.published)
    number = int(hashlib.sha256(f"{site.id}/{written.slug}".encode()).hexdigest(), 16) % 90_000_000 + 10_000_000
    second = written.second_version
    path = site.article_path.format(
        section=section_slug(written.section),
        slug=written.slug,
        number=number,
        year=published_at.year,
        month=f"{published_at.month:02d}",
        day=f"{published_at.day:02d}",
    )
    further_page_path = site.further_page_path or ""
    further = [further_page_path.format(path=path, number=page) for page in range(2, written.page_count + 1)]
    return NewsArticle(
        site_id=site.id,
        slug=written.slug,
        path=path,
        number=number,
        byline=written.byline,
        agency=written.agency,
        section=written.section,
        keywords=written.keywords,
        published_at=published_at,
        story=written.story,
        duplicate_group=written.duplicate_group,
        language=written.language or site.language,
        page_paths=(path, *further),
        first=version(written.headline, written.standfirst, written.body, written.modified, written.events),
        second=version(
            second.headline or written.headline,
            second.standfirst or written.standfirst,
            second.body or written.body,
            second.modified,
            second.events,
        )
        if second
        else None,
    )


def _concrete_event(event: GoldEvent, newsroom_date: date) -> GoldEvent:
    def words(text: str) -> str:
        return resolve_placeholders(text, newsroom_date)

    return event.model_copy(
        update={
            "evidence": words(event.evidence),
            "trigger": words(event.trigger),
            "date": words(event.date) if event.date else None,
            **{
                name: part.model_copy(update={"text": words(part.text)})
                for name in ("actor", "recipient", "place")
                if (part := getattr(event, name))
            },
        }
    )
