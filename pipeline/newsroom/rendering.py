"""Pages from templates: what a site's template gets to know, and the bytes that come out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.newsroom.edition import NewsArticle, Newsroom, Version
from pipeline.newsroom.exchange import Document
from pipeline.newsroom.furniture import (
    ADVERTISEMENTS,
    CAPTIONS,
    COPYRIGHT,
    NEWSLETTERS,
    STATIC_PAGES,
    SUBSCRIPTIONS,
)
from pipeline.newsroom.placeholders import MONTHS, WEEKDAYS
from pipeline.newsroom.section_slugs import section_slug
from pipeline.newsroom.sites import Site
from pipeline.newsroom.structured_data import json_ld_blocks

_TEMPLATES = Path(__file__).parent / "templates"
RELATED_COUNT = 4


@dataclass(frozen=True, slots=True)
class Teaser:
    """One entry of a list of articles: front page, section page, related links."""

    url: str
    headline: str
    summary: str | None
    section: str
    when: str


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def visible_time(site: Site, instant: datetime) -> str:
    """`instant` as the site's readers see it."""
    hour12 = instant.hour % 12 or 12
    return site.visible_time.format(
        weekday=WEEKDAYS[instant.weekday()],
        day=instant.day,
        day2=f"{instant.day:02d}",
        month=MONTHS[instant.month - 1],
        mon=MONTHS[instant.month - 1][:3],
        month2=f"{instant.month:02d}",
        year=instant.year,
        hour=f"{instant.hour:02d}",
        hour12=hour12,
        minute=f"{instant.minute:02d}",
        ampm="am" if instant.hour < 12 else "pm",
        zone=instant.tzname() or "",
    )


def last_change(article: NewsArticle, version: Version) -> datetime:
    """When the page last changed, for validators and feeds."""
    return version.modified_at or article.published_at


def teaser(site: Site, article: NewsArticle, version: Version) -> Teaser:
    """The entry for an article; links within a site are relative, as most sites write them."""
    return Teaser(
        article.path,
        version.headline,
        version.standfirst,
        article.section,
        visible_time(site, article.published_at),
    )


class PageRenderer:
    """Renders the pages of one site at one visit."""

    def __init__(self, newsroom: Newsroom, site: Site, base: str) -> None:
        self._newsroom = newsroom
        self._site = site
        self._base = base
        chance = newsroom.chance("furniture", site.id)
        sections = sorted({article.section for article in newsroom.articles[site.id]})
        self._shared: dict[str, object] = {
            "site": site,
            "base": base,
            "encoding": site.encoding,
            "charset_in_meta": "meta" in site.charset_in,
            "sections": [(section, f"/{section_slug(section)}/") for section in sections],
            "static_pages": [(title, f"/{name}/") for name, (title, _) in STATIC_PAGES.items()],
            "advertisements": chance.sample(ADVERTISEMENTS, 3),
            "newsletter": chance.choice(NEWSLETTERS),
            "subscription": chance.choice(SUBSCRIPTIONS),
            "copyright": f"© {newsroom.date.year} {site.name}. {COPYRIGHT}",
            "today": f"{WEEKDAYS[newsroom.date.weekday()]}, {MONTHS[newsroom.date.month - 1]} "
            f"{newsroom.date.day}, {newsroom.date.year}",
            "latest": [teaser(site, article, article.first) for article in newsroom.settled(site.id)[:5]],
        }

    def article(self, article: NewsArticle, number: int = 1) -> Document:
        """An article's page at this visit; `number` says which, of an article that has several."""
        site = self._site
        whole = article.at_visit(self._newsroom.visit)
        version = article.page_at_visit(self._newsroom.visit, number)
        description = version.standfirst or whole.paragraphs[0]
        chance = self._newsroom.chance("page", site.id, article.slug)
        others = [other for other in self._newsroom.settled(site.id) if other.slug != article.slug]
        related = chance.sample(others, min(RELATED_COUNT, len(others)))
        modified = version.modified_at if site.shows_modified else None
        return self._document(
            last_change(article, version),
            kind="article",
            title=version.headline,
            canonical=self._base + article.page_paths[number - 1],
            article=article,
            version=version,
            page_number=number,
            description=description,
            section_url=f"/{section_slug(article.section)}/",
            published=visible_time(site, article.published_at),
            published_iso=article.published_at.isoformat(),
            modified=visible_time(site, modified) if modified else None,
            modified_iso=modified.isoformat() if modified else None,
            credits=article.byline or ((article.agency,) if article.agency else ()),
            json_ld=[
                Markup(block)  # noqa: S704  script content is raw text; json_ld_blocks escapes "</"
                for block in json_ld_blocks(site, article, version, self._base, description)
            ],
            related=[teaser(site, other, other.first) for other in related],
            photo=f"/assets/{article.slug}.svg",
            caption=chance.choice(CAPTIONS).format(name=site.name),
        )

    def listing(self, title: str, path: str, articles: Sequence[NewsArticle], changed: datetime) -> Document:
        """A front or section page."""
        visit = self._newsroom.visit
        return self._document(
            changed,
            kind="listing",
            title=title,
            canonical=self._base + path,
            items=[teaser(self._site, article, article.at_visit(visit)) for article in articles],
        )

    def notice(self, title: str, paragraphs: tuple[str, ...], status: int = 200, path: str | None = None) -> Document:
        """A page that is no article: about, not found, consent."""
        site = self._site
        words = [p.format(name=site.name, place=site.place, slogan=site.slogan) for p in paragraphs]
        canonical = self._base + path if path else None
        return self._document(None, status, kind="notice", title=title, canonical=canonical, paragraphs=words)

    def _document(self, changed: datetime | None, status: int = 200, **values: object) -> Document:
        site = self._site
        html = _environment().get_template(f"{site.id}.html").render({**self._shared, **values})
        charset = f"; charset={site.encoding}" if "header" in site.charset_in else ""
        return Document(html.encode(site.encoding, errors="xmlcharrefreplace"), f"text/html{charset}", changed, status)


def picture(name: str) -> Document:
    """A drawn landscape in colours of its own for each name, where a site shows a photograph."""
    digest = hashlib.sha256(name.encode()).digest()
    hue, horizon, peak = digest[0] * 360 // 256, 180 + digest[1] % 80, 100 + digest[2] * 2
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400" width="800" height="400">'
        f'<rect width="800" height="400" fill="hsl({hue} 35% 80%)"/>'
        f'<circle cx="{100 + digest[3] * 2}" cy="90" r="42" fill="hsl({(hue + 40) % 360} 70% 88%)"/>'
        f'<path d="M0 {horizon} L{peak} {horizon - 110} L{peak + 180} {horizon - 20} L800 {horizon - 70} '
        f'V400 H0 Z" fill="hsl({hue} 25% 55%)"/>'
        f'<path d="M0 {horizon + 60} Q200 {horizon} 400 {horizon + 50} T800 {horizon + 40} V400 H0 Z" '
        f'fill="hsl({(hue + 200) % 360} 25% 35%)"/></svg>'
    )
    return Document(svg.encode(), "image/svg+xml")
