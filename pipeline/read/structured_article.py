"""What structured data can say of a page's article. Vocabulary: https://schema.org/NewsArticle and its relatives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatedImage:
    """A picture that structured data names, in its own words: the address may be relative."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredArticle:
    """What structured data says of the page's article, in its own words; None or empty where it is silent.

    Where a page states no article, the fields of the article are empty and only `kind`, `page_kinds`,
    `breadcrumbs`, `page_published` and `page_modified` are filled.
    """

    origin: str  # json_ld or microdata
    headline: str | None = None
    alternative_headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    body: str | None = None
    images: tuple[StatedImage, ...] = ()
    is_accessible_for_free: bool | None = None
    kind: str | None = None  # the schema.org type: NewsArticle, LiveBlogPosting, VideoObject, CollectionPage
    page_kinds: tuple[str, ...] = ()  # every type on a node of its own, in order, 20 at most
    breadcrumbs: tuple[str, ...] = ()  # from the site's top down, without the page itself
    # Dates of the web page or video around it: any page may have them, an article or not.
    page_published: str | None = None
    page_modified: str | None = None
