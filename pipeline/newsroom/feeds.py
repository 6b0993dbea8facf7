"""The documents in which a site lists its articles: RSS 2.0, Atom, RSS 1.0 (RDF), JSON Feed, sitemaps.

Built as trees, so that nothing is ever escaped by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import cast

from lxml import etree

from pipeline.newsroom.sites import Site

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RSS1 = "http://purl.org/rss/1.0/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry; instants carry the site's offset. `url` may be relative where the site links so."""

    url: str
    permalink: str  # absolute, without tracking
    title: str
    summary: str | None
    byline: tuple[str, ...]
    section: str | None
    language: str
    published_at: datetime
    updated_at: datetime


def render_feed(kind: str, site: Site, base: str, path: str, items: Sequence[FeedItem]) -> tuple[bytes, str]:
    """The feed's bytes and content type; `kind` is any but section.

    Args:
        kind: rss, atom, rdf, json_feed, news_sitemap or sitemap.
        site: whose feed it is.
        base: the site's address without a closing slash.
        path: the feed's own path.
        items: newest first.
    """
    return _RENDERERS[kind](site, base, path, items)


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, tag, attributes)
    child.text = text
    return child


def _root(tag: str, namespaces: dict[str | None, str], **attributes: str) -> etree._Element:
    # The stubs know no default namespace (key None), lxml does.
    return etree.Element(tag, attributes, nsmap=cast("dict[str, str]", namespaces))


def _xml(root: etree._Element, encoding: str = "utf-8") -> bytes:
    # lxml writes what the encoding lacks as numeric character references.
    return cast("bytes", etree.tostring(root, xml_declaration=True, encoding=encoding, pretty_print=True))


def _rss(site: Site, base: str, path: str, items: Sequence[FeedItem]) -> tuple[bytes, str]:
    root = _root("rss", {"atom": _ATOM, "dc": _DC}, version="2.0")
    channel = _add(root, "channel")
    _add(channel, "title", site.name)
    _add(channel, "link", f"{base}/")
    _add(channel, "description", site.slogan)
    _add(channel, "language", site.language)
    _add(channel, f"{{{_ATOM}}}link", href=base + path, rel="self", type="application/rss+xml")
    for item in items:
        entry = _add(channel, "item")
        _add(entry, "title", item.title)
        _add(entry, "link", item.url)
        _add(entry, "guid", item.permalink, isPermaLink="true")
        if item.summary:
            _add(entry, "description", item.summary)
        for author in item.byline:
            _add(entry, f"{{{_DC}}}creator", author)
        if item.section:
            _add(entry, "category", item.section)
        _add(entry, "pubDate", format_datetime(item.published_at))
    return _xml(root), "application/rss+xml; charset=utf-8"


def _atom(site: Site, base: str, path: str, items: Sequence[FeedItem]) -> tuple[bytes, str]:
    root = _root(f"{{{_ATOM}}}feed", {None: _ATOM})

    def add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
        return _add(parent, f"{{{_ATOM}}}{tag}", text, **attributes)

    add(root, "title", site.name)
    add(root, "subtitle", site.slogan)
    add(root, "id", f"{base}/")
    add(root, "link", href=f"{base}/", rel="alternate", type="text/html")
    add(root, "link", href=base + path, rel="self", type="application/atom+xml")
    add(root, "updated", max(item.updated_at for item in items).isoformat() if items else "1970-01-01T00:00:00Z")
    for item in items:
        entry = add(root, "entry")
        add(entry, "title", item.title)
        add(entry, "id", item.permalink)
        add(entry, "link", href=item.url, rel="alternate", type="text/html")
        add(entry, "published", item.published_at.isoformat())
        add(entry, "updated", item.updated_at.isoformat())
        for author in item.byline or (site.name,):
            add(add(entry, "author"), "name", author)
        if item.section:
            add(entry, "category", term=item.section)
        if item.summary:
            add(entry, "summary", item.summary, type="text")
    return _xml(root), "application/atom+xml; charset=utf-8"


def _rdf(site: Site, base: str, path: str, items: Sequence[FeedItem]) -> tuple[bytes, str]:
    root = _root(f"{{{_RDF}}}RDF", {"rdf": _RDF, None: _RSS1, "dc": _DC})
    about = f"{{{_RDF}}}about"
    channel = etree.SubElement(root, f"{{{_RSS1}}}channel", {about: base + path})
    _add(channel, f"{{{_RSS1}}}title", site.name)
    _add(channel, f"{{{_RSS1}}}link", f"{base}/")
    _add(channel, f"{{{_RSS1}}}description", site.slogan)
    order = _add(_add(channel, f"{{{_RSS1}}}items"), f"{{{_RDF}}}Seq")
    for item in items:
        etree.SubElement(order, f"{{{_RDF}}}li", {f"{{{_RDF}}}resource": item.permalink})
    for item in items:
        entry = etree.SubElement(root, f"{{{_RSS1}}}item", {about: item.permalink})
        _add(entry, f"{{{_RSS1}}}title", item.title)
        _add(entry, f"{{{_RSS1}}}link", item.url)
        if item.summary:
            _add(entry, f"{{{_RSS1}}}description", item.summary)
        for author in item.byline:
            _add(entry, f"{{{_DC}}}creator", author)
        _add(entry, f"{{{_DC}}}language", item.language)
        _add(entry, f"{{{_DC}}}date", item.published_at.isoformat())
    return _xml(root, site.encoding), f"application/rdf+xml; charset={site.encoding}"


def _json_feed(site: Site, base: str, path: str, items: Sequence[FeedItem]) -> tuple[bytes, str]:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "home_page_url": f"{base}/",
        "feed_url": base + path,
        "description": site.slogan,
        "language": site.language,
        "items": [
            {
                "id": item.permalink,
                "url": item.url,
                "title": item.title,
                "summary": item.summary,
                "content_text": item.summary or item.title,
                "date_published": item.published_at.isoformat(),
                "date_modified": item.updated_at.isoformat(),
                "authors": [{"name": name} for name in item.byline],
                "tags": [item.section] if item.section else [],
                "language": item.language,
            }
            for item in items
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode(), "application/feed+json; charset=utf-8"


def _sitemap(site: Site, base: str, path: str, items: Sequence[FeedItem]) -> tuple[bytes, str]:
    root = _root(f"{{{_SITEMAP}}}urlset", {None: _SITEMAP})
    for item in items:
        url = _add(root, f"{{{_SITEMAP}}}url")
        _add(url, f"{{{_SITEMAP}}}loc", item.permalink)
        _add(url, f"{{{_SITEMAP}}}lastmod", item.updated_at.isoformat())
    return _xml(root), "application/xml; charset=utf-8"


def _news_sitemap(site: Site, base: str, path: str, items: Sequence[FeedItem]) -> tuple[bytes, str]:
    root = _root(f"{{{_SITEMAP}}}urlset", {None: _SITEMAP, "news": _NEWS})
    for item in items:
        url = _add(root, f"{{{_SITEMAP}}}url")
        _add(url, f"{{{_SITEMAP}}}loc", item.permalink)
        news = _add(url, f"{{{_NEWS}}}news")
        publication = _add(news, f"{{{_NEWS}}}publication")
        _add(publication, f"{{{_NEWS}}}name", site.name)
        _add(publication, f"{{{_NEWS}}}language", item.language)
        _add(news, f"{{{_NEWS}}}publication_date", item.published_at.isoformat())
        _add(news, f"{{{_NEWS}}}title", item.title)
    return _xml(root), "application/xml; charset=utf-8"


_RENDERERS: dict[str, Callable[[Site, str, str, Sequence[FeedItem]], tuple[bytes, str]]] = {
    "rss": _rss,
    "atom": _atom,
    "rdf": _rdf,
    "json_feed": _json_feed,
    "sitemap": _sitemap,
    "news_sitemap": _news_sitemap,
}
