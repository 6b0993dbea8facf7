"""What one page says, as the reader hands it on. Nothing heavy is imported here: it travels between processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pipeline.read.moments import Moment
from pipeline.records import Image
from pipeline.statuses import ArticleStatus

READER_VERSION = "3"  # goes up whenever the same page may read differently


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What one page says. `status` is NEW for an article: whether it is known is not the reader's business.

    Instants are `Moment`s: whether the page says a time, and a zone, is kept. The words that a `*_source` may have are
    those of `records.Article`.
    """

    status: ArticleStatus
    reason: str | None = None  # why there is no article, or what failed
    url: str
    canonical_url: str
    headline: str | None = None
    headline_source: str | None = None
    standfirst: str | None = None
    standfirst_source: str | None = None
    byline: tuple[str, ...] = ()
    byline_source: str | None = None
    agencies: tuple[str, ...] = ()
    published: Moment | None = None
    published_source: str | None = None
    modified: Moment | None = None
    modified_source: str | None = None
    section: str | None = None
    section_source: str | None = None
    language: str | None = None
    language_source: str | None = None
    keywords: tuple[str, ...] = ()
    publisher: str | None = None
    images: tuple[Image, ...] = ()
    is_accessible_for_free: bool | None = None
    page_count: int = 1
    body: str | None = None
    correction_notice: str | None = None
    extractor: str | None = None
    encoding: str | None = None


def text_sha256(headline: str | None, body: str | None) -> str:
    """The fingerprint of what counts as the article's text: headline and body, white space folded."""
    folded = " ".join(f"{headline or ''}\n{body or ''}".split())
    return hashlib.sha256(folded.encode()).hexdigest()
