"""What a feed says, whatever its kind: the links it offers, and where more of them are to be had."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from w3lib.html import replace_entities

LONGEST_TITLE_CHARACTERS = 1_000
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # control characters, halves of pairs
# What the sitemap protocol allows one sitemap to list; a document that lists more is cut down to its newest.
MOST_OFFERS = 50_000


class NotAFeedError(Exception):
    """The bytes are not a feed of the kind they should be; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """The body of a feed as it came, with what is needed to read it."""

    url: str  # where it came from at last: relative links are relative to it
    content_type: str | None
    body: bytes
    zone: ZoneInfo  # for times that carry none
    max_bytes: int  # a gzipped sitemap may unpack to


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One link as a feed offers it."""

    url: str  # as it stands there, perhaps relative
    base_url: str
    title: str | None = None
    published_at: datetime | None = None  # an instant; None where the feed gives a day only, or nothing
    published_at_source: str | None = None  # the field it is from: published, updated, publication_date
    changed_at: datetime | None = None  # the latest instant the feed's time may mean; for order and age only


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSitemap:
    """One sitemap that a sitemap index lists."""

    url: str  # as it stands there, perhaps relative
    base_url: str
    changed_at: datetime | None = None  # the latest instant its lastmod may mean


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """Everything that was read from one document."""

    offers: list[Offer] = field(default_factory=list)
    children: list[ChildSitemap] = field(default_factory=list)  # only of a sitemap index
    next_url: str | None = None  # the page of older links that follows, perhaps relative to the document's URL
    hint_seconds: float | None = None  # how seldom the publisher asks us to come
    flaw: str | None = None  # what was not read, in words; None: everything was
    news: bool = False  # a sitemap with times of publication

    @property
    def empty(self) -> bool:
        """Whether it leads nowhere."""
        return not self.offers and not self.children


def tidy_title(text: str | None) -> str | None:
    """White space folded, cut to a length that a title can have; None for an empty one.

    Entities are replaced: feeds that escape twice leave them behind.
    """
    replaced = replace_entities((text or "")[: 10 * LONGEST_TITLE_CHARACTERS])
    folded = " ".join(NO_TEXT.sub("", replaced).split())
    return folded[:LONGEST_TITLE_CHARACTERS] or None


def parse_instant(text: str | None, zone: ZoneInfo) -> datetime | None:
    """An ISO 8601 / W3C / RFC 3339 instant in UTC; None where it is missing, unreadable, or a day without a time."""
    value = (text or "").strip()
    if not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d", value):
        return None
    try:
        return in_utc(datetime.fromisoformat(value), zone)
    except (ValueError, OverflowError):
        return None


def parse_mail_instant(text: str, zone: ZoneInfo) -> datetime | None:
    """An RFC 5322 instant in UTC; None where it is unreadable or a day without a time."""
    if ":" not in text:
        return None
    try:
        return in_utc(parsedate_to_datetime(text), zone)
    except (ValueError, OverflowError, IndexError):
        return None


def in_utc(instant: datetime, zone: ZoneInfo) -> datetime:
    """`instant` in UTC; one without a zone is local time in `zone`. May raise OverflowError at the ends of time."""
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


def latest_instant(text: str | None, zone: ZoneInfo) -> datetime | None:
    """The latest instant in UTC that an ISO 8601 date or instant may mean: the end of a day without a time."""
    instant = parse_instant(text, zone)
    if instant is not None:
        return instant
    try:
        return end_of_day(date.fromisoformat((text or "").strip()[:10]), zone)
    except (ValueError, OverflowError):
        return None


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of `day` in `zone`, in UTC. May raise OverflowError at the ends of time."""
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)
