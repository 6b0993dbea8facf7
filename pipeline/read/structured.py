"""Structured data: what JSON-LD or microdata says of this page's article.

A page carries several nodes (the site, a breadcrumb list, teasers of other articles); only one is this page's
article. It is the one whose address is the page's, or whose headline is the page's; among equals the first.
Vocabulary: https://schema.org/NewsArticle and its relatives.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from pipeline.read.page import Page, element_text
from pipeline.read.text import clean_line, folded

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|FactCheck|Blog)$")
_NO_ARTICLE_TYPE = re.compile(r"^(?:JobPosting|BlogPosting\w+|Blog)$")
_PARENT_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "liveBlogUpdate")
_MAX_NODES = 2_000
_MAX_DEPTH = 12

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredArticle:
    """What structured data says of the page's article, in its own words; None or empty where it is silent."""

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


def read_json_ld(page: Page) -> StructuredArticle | None:
    """The JSON-LD node that is this page's article, or None."""
    nodes: list[JsonObject] = []
    for script in page.json_ld_scripts:
        nodes.extend(_walk(load_json(script), 0))
        if len(nodes) > _MAX_NODES:
            break
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    candidates = [node for node in nodes if _is_article(node)]
    if not candidates:
        return None
    best = max(candidates, key=lambda node: _likeness_to_page(node, page))  # max keeps the first among equals
    return _from_node(best, by_id)


def load_json(text: str) -> Any:
    """The JSON value of a script block, mended where it is broken in a usual way; None where it cannot be read.

    Usual ways: a comment or CDATA wrapper, raw control characters in strings, trailing commas, HTML entities in
    place of quotes, a semicolon at the end, a second value after the first.
    """
    text = text.strip().removeprefix("<!--").removesuffix("-->")
    text = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$", "", text).strip().rstrip(";")
    for mend in (_as_it_is, _without_trailing_commas, _without_entities, _first_value):
        try:
            return mend(text)
        except (ValueError, RecursionError):
            continue
    return None


def read_microdata(page: Page) -> StructuredArticle | None:
    """What the microdata item of an article type says, or None."""
    scope = None
    for element in page.tree.iter():
        kind = element.get("itemtype") if isinstance(element.tag, str) else None
        if kind and "schema.org/" in kind and _ARTICLE_TYPE.search(kind.rstrip("/").rsplit("/", 1)[-1]):
            scope = element
            break
    if scope is None:
        return None
    props: dict[str, list[etree._Element]] = {}
    for element in scope.iter():
        if isinstance(element.tag, str) and element.get("itemprop"):
            for name in (element.get("itemprop") or "").split():
                props.setdefault(name, []).append(element)

    def value(name: str) -> str | None:
        return next((v for e in props.get(name, []) if (v := _microdata_value(e))), None)

    authors = []
    for element in [*props.get("author", []), *props.get("creator", [])]:
        inner = element.find('.//*[@itemprop="name"]')
        authors.append(_microdata_value(element if inner is None else inner))
    names = tuple(dict.fromkeys(a for a in authors if a))
    publisher = next(iter(props.get("publisher", [])), None)
    publisher_name = publisher.find('.//*[@itemprop="name"]') if publisher is not None else None
    return StructuredArticle(
        origin="microdata",
        headline=value("headline"),
        alternative_headline=value("alternativeHeadline"),
        description=value("description"),
        authors=names,
        published=value("datePublished"),
        modified=value("dateModified"),
        section=value("articleSection"),
        language=value("inLanguage"),
        publisher=_microdata_value(publisher_name) if publisher_name is not None else None,
    )


def _microdata_value(element: etree._Element) -> str | None:
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return clean_line(element.get(attribute)) or None
    return element_text(element) or None


def _as_it_is(text: str) -> Any:
    return json.loads(text, strict=False)


def _without_trailing_commas(text: str) -> Any:
    return json.loads(re.sub(r",\s*([}\]])", r"\1", text), strict=False)


def _without_entities(text: str) -> Any:
    return json.loads(html.unescape(text), strict=False)


def _first_value(text: str) -> Any:
    return json.JSONDecoder(strict=False).raw_decode(text)[0]


def _walk(value: Any, depth: int) -> Iterator[JsonObject]:
    """Every object that may be a node of its own: in graphs, in lists, and as what a page is about."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:_MAX_NODES]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _PARENT_KEYS:
            if isinstance(value.get(key), dict | list):
                yield from _walk(value[key], depth + 1)


def _types(node: JsonObject) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1] for kind in listed if isinstance(kind, str)]


def _is_article(node: JsonObject) -> bool:
    return any(_ARTICLE_TYPE.search(kind) and not _NO_ARTICLE_TYPE.search(kind) for kind in _types(node))


def _likeness_to_page(node: JsonObject, page: Page) -> tuple[int, int, int]:
    """How surely the node is this page's article: the same address, the same headline, how much it says."""
    own = {_address(page.url), _address(page.link("canonical")), _address(page.first_meta("og:url"))} - {""}
    about = node.get("mainEntityOfPage")
    addresses = [node.get("url"), node.get("@id"), about.get("@id") if isinstance(about, dict) else about]
    same_address = any(isinstance(a, str) and _address(a) in own for a in addresses)
    headline = folded(_text(node.get("headline")) or _text(node.get("name")))
    shown = [folded(t) for t in (*page.headings[:3], page.title, page.first_meta("og:title")) if t]
    same_headline = bool(headline) and any(headline in t or (t and t in headline) for t in shown)
    said = sum(bool(node.get(key)) for key in ("headline", "author", "datePublished", "articleBody", "description"))
    return int(same_address) + int(same_headline), int("headline" in node), said


def _address(url: str | None) -> str:
    """An address for comparison: host and path, without scheme, query, `www.` and the last slash."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"


def _from_node(node: JsonObject, by_id: dict[str, JsonObject]) -> StructuredArticle:
    publisher = _names(node.get("publisher"), by_id)
    section = node.get("articleSection")
    return StructuredArticle(
        origin="json_ld",
        headline=_text(node.get("headline")) or _text(node.get("name")),
        alternative_headline=_text(node.get("alternativeHeadline")) or _text(node.get("alternateName")),
        description=_text(node.get("description")),
        authors=_names(node.get("author") or node.get("creator"), by_id),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        section=_text(section),
        keywords=_words(node.get("keywords")),
        language=_text(node.get("inLanguage")),
        publisher=publisher[0] if publisher else None,
        body=node.get("articleBody") if isinstance(node.get("articleBody"), str) else None,
    )


def _names(value: Any, by_id: dict[str, JsonObject]) -> tuple[str, ...]:
    """The names of people or organisations; references by @id are followed."""
    names: dict[str, None] = {}
    for entry in value if isinstance(value, list) else [value]:
        item = entry
        if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
            item = by_id.get(item["@id"], item)
        if isinstance(item, list):
            names |= dict.fromkeys(_names(item, by_id))
        elif isinstance(item, dict):
            listed = item.get("name")
            for name in listed if isinstance(listed, list) else [listed]:
                if text := _text(name):
                    names[text] = None
        elif text := _text(item):
            names[text] = None
    return tuple(names)


def _words(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
    return tuple(dict.fromkeys(word for item in listed if isinstance(item, str) and (word := clean_line(item))))


def _text(value: Any) -> str | None:
    """The text of a JSON value: a string, the first of a list, the @value or name of an object."""
    if isinstance(value, list):
        return next((text for item in value if (text := _text(item))), None)
    if isinstance(value, dict):
        return _text(value.get("@value")) or _text(value.get("name"))
    if isinstance(value, str):
        return clean_line(re.sub(r"</?[a-zA-Z][^<>]*>", "", html.unescape(value))) or None
    return None
