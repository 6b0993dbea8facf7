"""JSON-LD: the node of it that is this page's article.

A page carries several nodes (the site, a breadcrumb list, teasers of other articles); only one is this page's
article. It is the one whose address is the page's, or whose headline is the page's; among equals the one that
stands for itself and says most. What stands in a list, or as a part of something, is this page's only where
address or headline says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.read.json_ld_fields import NodesById, article_of, breadcrumbs_of, text_of, types_of
from pipeline.read.json_repair import load_values
from pipeline.read.page import Page
from pipeline.read.page_identity import PageIdentity
from pipeline.read.structured_article import StructuredArticle

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|FactCheck|Blog)$", re.IGNORECASE)
_NO_ARTICLE_TYPE = re.compile(r"^(?:JobPosting|BlogPosting\w+|Blog)$", re.IGNORECASE)
_OWN_KEYS = ("@graph", "mainEntity", "mainEntityOfPage")
_PART_KEYS = ("itemListElement", "item", "hasPart", "liveBlogUpdate", "blogPost", "blogPosts")
# Things that any page may be or hold, article or not, and whose date is the page's.
_DATED_TYPE = re.compile(r"(?:Page|VideoObject|AudioObject|Episode|Recipe|Gallery|CreativeWork)$")
_MOST_NODES = 50_000
_MOST_COMPARED = 3_000
_DEEPEST = 12
_MOST_KINDS = 20
_SAID = ("headline", "author", "datePublished", "articleBody", "description")

JsonObject = dict[str, Any]


class _Node(NamedTuple):
    value: JsonObject
    kinds: tuple[str, ...]
    is_part: bool  # it stands in a list, or as a part of another node


class _Likeness(NamedTuple):
    """How surely a node is this page's article; compared from the first field to the last."""

    signs: int  # address and headline
    is_article: bool
    stands_alone: bool
    has_headline: bool
    said: int


def read_json_ld(page: Page) -> StructuredArticle | None:
    """What the page's JSON-LD says of its article, and of the page where it states none; None without JSON-LD.

    Fields that the chosen node leaves open are filled from other nodes that are the page's article as well.
    """
    roots = [value for script in _scripts(page) for value in load_values(script)]
    if not roots:
        return None
    return _Graph(roots, page).article()


def _scripts(page: Page) -> list[str]:
    # Frameworks that only know meta elements write the script into one.
    return page.json_ld_scripts or page.meta.get("script:ld+json", [])


class _Graph:
    """All nodes of one page."""

    def __init__(self, roots: list[Any], page: Page) -> None:
        self._page = page
        self._nodes: list[_Node] = []
        self._by_id = NodesById(roots)
        for node in _walk(roots, 0, is_part=False):
            self._nodes.append(node)
            if len(self._nodes) >= _MOST_NODES:
                break

    def article(self) -> StructuredArticle | None:
        likely = self._candidates()
        if likely:
            best = likely[0][1]
            found = article_of(best.value, self._by_id)
            for likeness, other in likely[1:4]:
                if likeness.signs and likeness.is_article and not other.is_part:
                    found = _filled(found, article_of(other.value, self._by_id))
        else:
            best = None
            found = StructuredArticle(origin="json_ld")
        kinds = self._page_kinds()
        published, modified = self._page_dates(None if best is None else best.value)
        found = replace(
            found,
            kind=_kind(best.kinds) if best else next((k for k in kinds if _DATED_TYPE.search(k)), None),
            page_kinds=kinds,
            breadcrumbs=self._breadcrumbs(),
            page_published=published,
            page_modified=modified,
        )
        return found if found.kind or found.page_kinds or found.breadcrumbs else None

    @cached_property
    def _identity(self) -> PageIdentity:
        return PageIdentity(self._page)

    def _candidates(self) -> list[tuple[_Likeness, _Node]]:
        """The nodes that may be the page's article, the likeliest first."""
        nodes = [node for node in self._nodes if _is_article(node)][:_MOST_COMPARED]
        if len(nodes) == 1 and not nodes[0].is_part:
            return [(_Likeness(0, True, True, True, 0), nodes[0])]
        rated = [(self._likeness(node), node) for node in nodes]
        if not any(likeness.signs for likeness, _ in rated):
            alone = [(likeness, node) for likeness, node in rated if not node.is_part]
            # Several articles of their own, none of them with a sign of this page: a page that lists them.
            headlines = {text_of(node.value.get("headline")) for _, node in alone} - {None}
            rated = alone if len(headlines) <= 1 else []
        rated.sort(key=lambda item: item[0], reverse=True)  # stable: the first stays first among equals
        return rated

    def _likeness(self, node: _Node) -> _Likeness:
        value = node.value
        about = value.get("mainEntityOfPage")
        addresses = (value.get("url"), value.get("@id"), about.get("@id") if isinstance(about, dict) else about)
        headline = text_of(value.get("headline")) or text_of(value.get("name"))
        signs = int(self._identity.has_address(addresses)) + int(self._identity.has_headline(headline))
        said = sum(bool(value.get(key)) for key in _SAID)
        return _Likeness(signs, _has_article_type(node.kinds), not node.is_part, "headline" in value, said)

    def _page_kinds(self) -> tuple[str, ...]:
        kinds = dict.fromkeys(kind for node in self._nodes[:1000] if not node.is_part for kind in node.kinds)
        return tuple(kinds)[:_MOST_KINDS]

    def _page_dates(self, article: JsonObject | None) -> tuple[str | None, str | None]:
        for node in self._nodes[:1000]:
            value = node.value
            if value is article or node.is_part or not any(_DATED_TYPE.search(kind) for kind in node.kinds):
                continue
            published = text_of(value.get("datePublished")) or text_of(value.get("uploadDate"))
            if published:
                return published, text_of(value.get("dateModified"))
        return None, None

    def _breadcrumbs(self) -> tuple[str, ...]:
        for node in self._nodes[:1000]:
            if "BreadcrumbList" in node.kinds:
                crumbs = breadcrumbs_of(node.value)
                if crumbs:
                    name, address = crumbs[-1]
                    if self._identity.has_address([address]) or self._identity.has_headline(name):
                        crumbs = crumbs[:-1]
                    return tuple(name for name, _ in crumbs)
        return ()


def _walk(value: Any, depth: int, *, is_part: bool) -> Iterator[_Node]:
    """Every object that may be a node of its own: in graphs, in lists, and as what a page is about."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _walk(item, depth + 1, is_part=is_part)
    elif isinstance(value, dict):
        yield _Node(value, types_of(value), is_part)
        for keys, part in ((_OWN_KEYS, is_part), (_PART_KEYS, True)):
            for key in keys:
                if isinstance(value.get(key), dict | list):
                    yield from _walk(value[key], depth + 1, is_part=part)


def _has_article_type(kinds: tuple[str, ...]) -> bool:
    return any(_ARTICLE_TYPE.search(kind) and not _NO_ARTICLE_TYPE.search(kind) for kind in kinds)


def _is_article(node: _Node) -> bool:
    """An article by its type; or a page, or a node without a type, that has the fields of one."""
    if _has_article_type(node.kinds):
        return True
    value = node.value
    if not value.get("headline") or not (value.get("datePublished") or value.get("articleBody")):
        return False
    return not node.kinds or any(kind.endswith(("Page", "CreativeWork")) for kind in node.kinds)


def _kind(kinds: tuple[str, ...]) -> str | None:
    return next((kind for kind in kinds if _ARTICLE_TYPE.search(kind)), kinds[0] if kinds else None)


def _filled(article: StructuredArticle, other: StructuredArticle) -> StructuredArticle:
    """`article`, with what it leaves open taken from `other`."""
    open_fields = {
        field.name: getattr(other, field.name)
        for field in fields(article)
        if getattr(article, field.name) in (None, ()) and getattr(other, field.name) not in (None, ())
    }
    return replace(article, **open_fields) if open_fields else article
