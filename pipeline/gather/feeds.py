"""Feeds read into offers: one function for every kind of feed.

RSS, Atom and RDF go through feedparser, whose strength is the feeds that are not quite XML. It gets bytes in a
file object and never a string: feedparser opens a string as an address or a file name. Entity bombs stop at
expat's limit on amplification.
"""

from __future__ import annotations

import calendar
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import feedparser
from w3lib.html import remove_tags, replace_entities

from pipeline.gather.offers import FeedDocument, NotAFeedError, Offer, parse_instant, tidy_title
from pipeline.gather.sections import read_section
from pipeline.gather.sitemaps import read_sitemap
from pipeline.sources.model import Feed

JSON_FEED_VERSION = "https://jsonfeed.org/version/"


def read_feed(feed: Feed, document: FeedDocument) -> list[Offer]:
    """The links that a feed offers, in its order; sitemaps newest first.

    Raises:
        NotAFeedError: the body is not a feed of `feed.kind`. An RSS address that answers with Atom is fine.
    """
    readers: dict[str, Callable[[FeedDocument], list[Offer]]] = {
        "rss": read_syndication,
        "atom": read_syndication,
        "rdf": read_syndication,
        "json_feed": read_json_feed,
        "news_sitemap": read_sitemap,
        "sitemap": read_sitemap,
        "section": lambda section: read_section(section, feed.link_pattern or ""),
    }
    if not document.body.strip():
        raise NotAFeedError("an empty body")
    return readers[feed.kind](document)


def read_syndication(document: FeedDocument) -> list[Offer]:
    """The entries of RSS 0.9 to 2.0, Atom and RDF (RSS 1.0)."""
    headers = {"content-location": document.url}
    if document.content_type:
        headers["content-type"] = document.content_type
    parsed = feedparser.parse(
        io.BytesIO(document.body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
    )
    if not parsed.version and not parsed.entries:
        reason = parsed.get("bozo_exception")
        raise NotAFeedError(f"neither RSS, Atom nor RDF ({reason})" if reason else "neither RSS, Atom nor RDF")
    offers = []
    for entry in parsed.entries:
        url = entry.get("feedburner_origlink") or entry.get("link")
        if url:
            title = entry.get("title")
            if title and entry.get("title_detail", {}).get("type") != "text/plain":
                title = replace_entities(remove_tags(title))
            offers.append(
                Offer(url=url, base_url=document.url, title=tidy_title(title), published_at=_entry_instant(entry))
            )
    return offers


def _entry_instant(entry: Any) -> datetime | None:
    # `in` first: asked for a missing `updated`, feedparser answers with `published` and warns about it.
    moments = [entry[name] for name in ("published_parsed", "updated_parsed") if name in entry]
    moment = next(filter(None, moments), None)
    if moment is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC)
    except (ValueError, OverflowError):  # a year that no calendar has
        return None


def read_json_feed(document: FeedDocument) -> list[Offer]:
    """The items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    try:
        feed = json.loads(document.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"not JSON ({error})") from error
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(JSON_FEED_VERSION):
        raise NotAFeedError("JSON, but without the version of a JSON Feed")
    items = feed.get("items")
    if not isinstance(items, list):
        raise NotAFeedError("a JSON Feed without a list of items")
    return [
        Offer(
            url=item["url"],
            base_url=document.url,
            title=tidy_title(_text(item.get("title"))),
            published_at=parse_instant(_text(item.get("date_published")), document.zone),
        )
        for item in items
        if isinstance(item, dict) and _text(item.get("url"))
    ]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
