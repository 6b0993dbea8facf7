"""Feeds read into offers: one function for every kind of feed.

RSS, Atom and RDF go through feedparser, whose strength is the feeds that are not quite XML. It gets bytes in a
file object and never a string: feedparser opens a string as an address or a file name. Entity bombs stop at
expat's limit on amplification. Its time grows with the size alone, but hostile markup takes it 8 seconds a
megabyte: of a larger feed only the first `LARGEST_SYNDICATION_BYTES` are read, up to the last whole entry there.
"""

from __future__ import annotations

import calendar
import io
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser
from w3lib.html import remove_tags, replace_entities

from pipeline.gather.json_feed import read_json_feed
from pipeline.gather.link_pattern import UrlShapes
from pipeline.gather.offers import (
    MOST_OFFERS,
    FeedContent,
    FeedDocument,
    NotAFeedError,
    Offer,
    parse_instant,
    parse_mail_instant,
    tidy_title,
)
from pipeline.gather.sections import read_section
from pipeline.gather.sitemap_stream import UTF_16_MARKS
from pipeline.gather.sitemaps import read_sitemap
from pipeline.sources.model import Feed

logger = logging.getLogger(__name__)

LARGEST_SYNDICATION_BYTES = 5_000_000
END_OF_ENTRY = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
# A time whose end is its clock, "2026-03-01T10:00" or "1 Mar 2026 10:00:00", says no zone.
CLOCK_AT_THE_END = re.compile(r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
# Said by feeds that a program has turned into UTF-8 since; feedparser would believe it.
UTF_16_DECLARED = re.compile(rb"""^(\s*<\?xml[^>]{0,200}?)\bencoding\s*=\s*["']utf-?16(?:le|be)?["']""", re.IGNORECASE)
# From a page to the one with older entries: RFC 5005, sections 3 and 4.
NEXT_RELATIONS = ("next", "prev-archive")
PERIOD_SECONDS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def read_feed(feed: Feed, document: FeedDocument, shapes: UrlShapes | None = None) -> FeedContent:
    """Everything that a feed offers, in its order; sitemaps newest first.

    Args:
        feed: what the document should be. An RSS address that answers with Atom or a JSON Feed is fine,
            and so is a sitemap address that answers with RSS or Atom (the sitemap protocol allows it).
        document: what came.
        shapes: what the source's article addresses look like, for section pages without a link_pattern; by
            default only what holds for every site is known.

    Raises:
        NotAFeedError: the body is not a feed of `feed.kind`.
    """
    readers: dict[str, Callable[[FeedDocument], FeedContent]] = {
        "rss": read_syndication,
        "atom": read_syndication,
        "rdf": read_syndication,
        "json_feed": read_json_feed,
        "news_sitemap": _read_sitemap,
        "sitemap": _read_sitemap,
        "section": lambda section: read_section(section, feed.link_pattern, shapes or UrlShapes.learn(())),
    }
    if not document.body.strip():
        raise NotAFeedError("an empty body")
    return readers[feed.kind](document)


def _read_sitemap(document: FeedDocument) -> FeedContent:
    return read_sitemap(document, syndication=read_syndication)


def read_syndication(document: FeedDocument) -> FeedContent:
    """The entries of RSS 0.9 to 2.0, Atom and RDF (RSS 1.0), and where the next page of them is.

    A `dc:date` in RSS is a time of publication: RSS 1.0 has no other.
    """
    if document.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_feed(document)
    body, flaw = _bounded(document.body)
    if not body.startswith(UTF_16_MARKS) and b"\x00" not in body[:200]:
        body = UTF_16_DECLARED.sub(rb"\1", body, count=1)
    headers = {"content-location": document.url}
    if document.content_type:
        headers["content-type"] = document.content_type
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # feedparser lets through what its many parts raise on markup nobody thought of
        logger.warning("feedparser failed on %s", document.url, exc_info=True)
        raise NotAFeedError(f"the parser failed: {type(error).__name__}: {error}") from error
    if not parsed.version and not parsed.entries:
        reason = parsed.get("bozo_exception")
        raise NotAFeedError(f"neither RSS, Atom nor RDF ({reason})" if reason else "neither RSS, Atom nor RDF")
    offers = [offer for entry in parsed.entries if (offer := _offer_of(entry, parsed.version, document)) is not None]
    if len(offers) > MOST_OFFERS:
        flaw = f"it lists {len(offers)} links; the first {MOST_OFFERS} were read"
    return FeedContent(
        offers=offers[:MOST_OFFERS],
        next_url=_next_url(parsed.feed, document.url) if offers else None,
        hint_seconds=_hint_seconds(parsed.feed),
        flaw=flaw,
    )


def _bounded(body: bytes) -> tuple[bytes, str | None]:
    """The part of a feed that is parsed, and what is to be said of the rest."""
    if len(body) <= LARGEST_SYNDICATION_BYTES:
        return body, None
    end_bytes = max((end.end() for end in END_OF_ENTRY.finditer(body, 0, LARGEST_SYNDICATION_BYTES)), default=0)
    if not end_bytes:
        raise NotAFeedError(f"no RSS or Atom entry ends within its first {LARGEST_SYNDICATION_BYTES} bytes")
    return body[:end_bytes], f"of its {len(body)} bytes the first {end_bytes} were read"


def _offer_of(entry: Any, version: str, document: FeedDocument) -> Offer | None:
    url = entry.get("feedburner_origlink") or entry.get("link")
    if not isinstance(url, str) or not url.strip():
        return None
    title = entry.get("title")
    if title and entry.get("title_detail", {}).get("type") != "text/plain":
        title = replace_entities(remove_tags(title))
    # `in` first: asked for a missing `updated`, feedparser answers with `published` and warns about it.
    for field in ("published", "updated"):
        instant = _instant(entry[field], entry.get(f"{field}_parsed"), document) if field in entry else None
        if instant is not None:
            return Offer(
                url=url,
                base_url=document.url,
                title=tidy_title(title),
                published_at=instant,
                published_at_source="published" if version.startswith("rss") else field,
                changed_at=instant,
            )
    return Offer(url=url, base_url=document.url, title=tidy_title(title))


def _instant(text: str, moment: Any, document: FeedDocument) -> datetime | None:
    """The instant that feedparser read, or that a time without a zone means; None for a day without a time."""
    value = text.strip()
    if ":" not in value:
        return None
    if CLOCK_AT_THE_END.search(value):
        return parse_instant(value, document.zone) or parse_mail_instant(value, document.zone)
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError):  # a year that no calendar has
        return None


def _next_url(channel: Any, document_url: str) -> str | None:
    """The page that follows: as the feed says it, or as WordPress counts its pages."""
    links = {link.get("rel"): link.get("href") for link in reversed(channel.get("links", []))}
    said = next((links[relation] for relation in NEXT_RELATIONS if links.get(relation)), None)
    if said is not None:
        return str(said)
    if not re.match(r"https?://(www\.)?wordpress\.(org|com)/", str(channel.get("generator", ""))):
        return None
    parts = urlsplit(document_url)
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    page = next((value for name, value in parameters if name == "paged"), "1")
    if not page.isdecimal() or len(page) > 6:
        return None
    others = [(name, value) for name, value in parameters if name != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*others, ("paged", str(int(page) + 1))]), fragment=""))


def _hint_seconds(channel: Any) -> float | None:
    """RSS 2.0 `ttl` (minutes), or the period of the RSS 1.0 syndication module divided by its frequency."""
    ttl = str(channel.get("ttl", "")).strip()
    if re.fullmatch(r"[0-9]{1,9}", ttl):
        return float(ttl) * 60
    period_seconds = PERIOD_SECONDS.get(str(channel.get("sy_updateperiod", "")).strip().lower())
    frequency = str(channel.get("sy_updatefrequency", "1")).strip()
    if period_seconds is None or not re.fullmatch(r"[0-9]{1,6}", frequency) or int(frequency) == 0:
        return None
    return period_seconds / int(frequency)
