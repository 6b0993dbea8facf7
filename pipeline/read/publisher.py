"""The publisher of a page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.page import Page
from pipeline.read.structured import StructuredArticle


def read_publisher(page: Page, structured: Sequence[StructuredArticle], source_name: str | None) -> str | None:
    """The publisher's name: the source's where we know it, else what the page says."""
    stated = next((item.publisher for item in structured if item.publisher), None)
    return source_name or stated or page.first_meta("og:site_name", "publisher", "application-name", "dc.publisher")
