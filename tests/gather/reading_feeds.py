"""Feeds read from bytes, as if they had come from one address of the gazette."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipeline.gather.feeds import read_feed
from pipeline.gather.offers import FeedDocument
from pipeline.sources.model import Feed

URL = "https://www.gazette.example/news/feed"
JSON_ITEM = (
    '{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/1", "title": "Dock", '
    '"%s": "2026-03-01T10:00:00Z"}]}'
)
TEN = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def read_all(kind, body, *, content_type=None, link_pattern=None, shapes=None, url=URL):
    data = body.encode() if isinstance(body, str) else body
    feed = Feed(url=URL, kind=kind, link_pattern=link_pattern)
    document = FeedDocument(
        url=url, content_type=content_type, body=data, zone=ZoneInfo("Europe/London"), max_bytes=100_000
    )
    return read_feed(feed, document, shapes)


def read(*args, **options):
    return read_all(*args, **options).offers


def rss(items, version="2.0", head='<?xml version="1.0"?>'):
    return f'{head}<rss version="{version}"><channel><title>Gazette</title>{items}</channel></rss>'


ITEM = (
    "<item><title>Dock strike ends</title><link>https://gazette.example/1</link>"
    "<pubDate>Sun, 01 Mar 2026 11:00:00 +0100</pubDate></item>"
)

NEWS_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <url><loc> https://gazette.example/old </loc>
  <n:news><n:publication><n:name>Gazette</n:name><n:language>en</n:language></n:publication>
   <n:publication_date>2026-02-01</n:publication_date><n:title>Old news</n:title></n:news></url>
 <url><loc>https://gazette.example/new</loc>
  <image:image><image:loc>https://gazette.example/x.jpg</image:loc><image:title>Photo</image:title></image:image>
  <n:news><n:publication_date>2026-03-01T10:00:00+00:00</n:publication_date><n:title>New &amp; hot</n:title></n:news>
 </url>
 <url><lastmod>2026-03-01</lastmod></url>
</urlset>"""
