"""What a feed says, whatever its kind: the links it offers, with the feed's own title and time of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONGEST_TITLE_CHARACTERS = 1_000


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


def tidy_title(text: str | None) -> str | None:
    """White space folded, cut to a length that a title can have; None for an empty one."""
    folded = " ".join((text or "").split())
    return folded[:LONGEST_TITLE_CHARACTERS] or None


def parse_instant(text: str | None, zone: ZoneInfo) -> datetime | None:
    """An ISO 8601 / W3C / RFC 3339 instant in UTC; None where it is missing, unreadable, or a day without a time."""
    value = (text or "").strip()
    if not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d", value):
        return None
    try:
        instant = datetime.fromisoformat(value)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=zone)
        return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_day(text: str | None) -> date | None:
    """The day that an ISO 8601 date or instant begins with."""
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None
