"""What the published edition knows of an article, in the forms in which stages ask for it (`pipeline.known`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """The current revision of an article."""

    article_id: str
    revision: int
    text_sha256: str
    headline: str | None
    standfirst: str | None
    byline: tuple[str, ...]
    body: str
    last_seen_at: datetime  # when the page was last seen with this text


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """An article's current text, for finding repeats of it and reports of the same happening."""

    article_id: str
    revision: int
    source_id: str
    duplicate_of: str | None
    story_id: str | None  # every loaded article has one
    headline: str | None
    body: str
    published_at: datetime | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBody:
    """An article's current text, for finding what recurs in its source."""

    article_id: str
    source_id: str
    first_seen_at: datetime
    published_at: datetime | None
    headline: str | None
    body: str
