"""One article's text as this room sees it, and the order in which texts were published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One article's current text."""

    article_id: str
    headline: str
    body: str
    published_at: datetime | None
    source_id: str = ""
    first_seen_at: datetime | None = None  # None: asked about on the command line
    is_agency: bool = False  # its source is a news agency, whose own texts others print
    known_revision: int | None = None  # the revision that the edition has; None: it does not know the article
    known_original: str | None = None  # what the edition says it is a duplicate of
    known_story: str | None = None  # the story it has in the edition

    @property
    def reported_at(self) -> datetime | None:
        """When it was published; where its page does not say, when we first saw it."""
        return self.published_at or self.first_seen_at


def publication_order(text: Text) -> tuple[bool, datetime, str]:
    """Sorts by publication; texts without an instant last; ids break ties, so that the order of input is nothing."""
    instant = text.reported_at
    return (instant is None, instant or _NEVER, text.article_id)
