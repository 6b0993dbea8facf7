"""One site of the newsroom as a virtual host: which address holds which document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
from urllib.parse import unquote

from pipeline.newsroom.behaviours import not_found, odd_documents
from pipeline.newsroom.edition import NewsArticle, Newsroom
from pipeline.newsroom.exchange import Delivery, Document, Request, plain, redirect
from pipeline.newsroom.feeds import FeedItem, render_feed
from pipeline.newsroom.furniture import STATIC_PAGES
from pipeline.newsroom.rendering import PageRenderer, last_change, picture
from pipeline.newsroom.section_slugs import section_slug
from pipeline.newsroom.sites import FeedPlace, Site
from pipeline.newsroom.source_files import source_content

_TRACKING = "utm_source=rss&utm_medium=feed&utm_campaign=newsfeed"


class NewsHost:
    """A site at one visit. Documents are made when they are first asked for, and kept."""

    def __init__(self, newsroom: Newsroom, site: Site, port: int) -> None:
        self._newsroom = newsroom
        self._site = site
        self.base = f"http://{site.host}:{port}"
        self._pages = PageRenderer(newsroom, site, self.base)
        self._makers = self._all_makers()
        self._made: dict[str, Document] = {}

    @property
    def host(self) -> str:
        """Host name without the port."""
        return self._site.host

    @property
    def name(self) -> str:
        """The site's name."""
        return self._site.name

    @property
    def validators(self) -> bool:
        """Whether ETag and Last-Modified are sent."""
        return self._site.validators

    @property
    def gzip(self) -> bool:
        """Whether the host compresses for clients that accept it."""
        return self._site.gzip

    @property
    def source(self) -> dict[str, object]:
        """The site's source file."""
        return source_content(self._site, self.base)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that holds something at this visit."""
        return tuple(self._makers)

    def document(self, request: Request) -> Document:
        """What the address holds; the query is ignored, as most news sites do."""
        path = unquote(request.path)
        if path not in self._makers:
            if f"{path}/" in self._makers:
                return redirect(301, f"{path}/")
            return not_found(self._pages.notice)
        # Two threads may make the same document at once: they make the same bytes.
        if path not in self._made:
            self._made[path] = self._makers[path]()
        return self._made[path]

    def _all_makers(self) -> dict[str, Callable[[], Document]]:
        site, published = self._site, self._newsroom.published(self._site.id)
        makers: dict[str, Callable[[], Document]] = {
            "/": partial(self._pages.listing, site.name, "/", published, self._changed(published)),
            "/assets/logo.svg": partial(picture, site.id),
        }
        for section in sorted({article.section for article in self._newsroom.articles[site.id]}):
            of_section = tuple(a for a in published if a.section == section)
            path = f"/{section_slug(section)}/"
            makers[path] = partial(self._pages.listing, section, path, of_section, self._changed(of_section))
        for name, (title, words) in STATIC_PAGES.items():
            makers[f"/{name}/"] = partial(self._pages.notice, title, words, path=f"/{name}/")
        for feed in site.feeds:
            makers[feed.path] = partial(self._feed, feed)
        if site.sitemap_path:
            makers[site.sitemap_path] = partial(self._feed, FeedPlace(site.sitemap_path, "sitemap"))
        if site.robots is not None:
            makers["/robots.txt"] = partial(plain, 200, site.robots.format(base=self.base))
        for link in site.odd_links:
            for path, document in odd_documents(link, self._pages.notice).items():
                makers[path] = partial(_same, document)
        for article in published:
            makers[f"/assets/{article.slug}.svg"] = partial(picture, f"{site.id}/{article.slug}")
            makers[article.path] = partial(self._article, article)
            for number, path in enumerate(article.page_paths[1:], start=2):
                makers[path] = partial(self._pages.article, article, number)
        return makers

    def _changed(self, articles: tuple[NewsArticle, ...]) -> datetime:
        """When a list of articles last changed.

        An article that visit 1 held back may be older than the newest one, so the later visits' lists are a
        minute younger: otherwise If-Modified-Since would hide it.
        """
        visit = self._newsroom.visit
        newest = max(
            (last_change(a, a.at_visit(visit)) for a in articles or self._newsroom.articles[self._site.id]),
            key=datetime.timestamp,
        )
        return newest + timedelta(minutes=1 if visit >= 2 else 0)

    def _article(self, article: NewsArticle) -> Document:
        document = self._pages.article(article)
        if self._site.slow_article and article == self._slow_article():
            return Document(document.body, document.content_type, document.last_modified, delivery=Delivery.SLOW)
        return document

    @cache  # noqa: B019  one entry for each host, which lives as long as the server
    def _slow_article(self) -> NewsArticle:
        settled = self._newsroom.settled(self._site.id)
        return self._newsroom.chance("slow", self._site.id).choice(settled)

    def _feed(self, feed: FeedPlace) -> Document:
        site, published = self._site, self._newsroom.published(self._site.id)
        changed = self._changed(published)
        if feed.kind == "section":
            return self._pages.listing("Latest news", feed.path, published, changed)
        body, content_type = render_feed(feed.kind, site, self.base, feed.path, self._items())
        return Document(body, content_type, changed)

    def _items(self) -> list[FeedItem]:
        site, visit = self._site, self._newsroom.visit
        published = self._newsroom.published(site.id)
        items = []
        for article in published:
            version = article.at_visit(visit)
            permalink = self.base + article.path
            items.append(
                FeedItem(
                    url=_tracked(self.base, article) if site.tracking_links else permalink,
                    permalink=permalink,
                    title=version.headline,
                    summary=version.standfirst or version.paragraphs[0],
                    byline=article.byline,
                    section=article.section,
                    language=article.language,
                    published_at=article.published_at,
                    updated_at=last_change(article, version),
                )
            )
        newest = self._newsroom.articles[site.id][0].published_at
        for hours, link in enumerate(site.odd_links, start=1):
            instant = newest - timedelta(hours=hours)
            items.append(
                FeedItem(
                    url=self.base + link.path,
                    permalink=self.base + link.path,
                    title=link.title,
                    summary=None,
                    byline=(),
                    section=None,
                    language=site.language,
                    published_at=instant,
                    updated_at=instant,
                )
            )
        return sorted(items, key=lambda item: item.published_at.timestamp(), reverse=True)


def _tracked(base: str, article: NewsArticle) -> str:
    """The article's address as a careless feed writes it: relative, with tracking parameters, or both."""
    variants = (
        f"{base}{article.path}?{_TRACKING}",
        article.path,
        f"{article.path}?{_TRACKING}",
    )
    return variants[article.number % len(variants)]


def _same(document: Document) -> Document:
    return document
