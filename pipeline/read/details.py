"""The small fields: section, keywords, publisher. The first two have files of their own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.keywords import read_keywords
from pipeline.read.page import Page
from pipeline.read.section import find_section, read_section
from pipeline.read.structured import StructuredArticle

__all__ = ["find_section", "read_keywords", "read_publisher", "read_section"]


def read_publisher(page: Page, structured: Sequence[StructuredArticle], source_name: str | None) -> str | None:
    """The publisher's name: the source's where we know it, else what the page says."""
    stated = next((item.publisher for item in structured if item.publisher), None)
    return source_name or stated or page.first_meta("og:site_name", "publisher", "application-name", "dc.publisher")
