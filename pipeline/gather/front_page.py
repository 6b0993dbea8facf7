"""What a publisher's front page says of itself: its name, its language, and where its feeds may be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html
from w3lib.encoding import html_to_unicode

from pipeline.gather.urls import normalise_url

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/rss",
        "application/x-rss+xml",
        "text/rss",
    }
)
# An address that says it is a feed: a whole word of its path, or the query of WordPress.
FEED_ADDRESS = re.compile(
    r"/(?:rss|atom|feeds?|rdf)(?:[._/-][^?#]*)?/?(?:[?#]|$)|\.(?:rss|atom|rdf)(?:[?#]|$)|[?&]feed=(?:rss2?|atom)\b"
    r"|/(?:feed|index|rss|news)\.(?:xml|json)(?:[?#]|$)",
    re.IGNORECASE,
)
COMMENTS_ADDRESS = re.compile(
    r"/comments(?:/|\.)(?:feed|rss|atom|default|xml)|[?&]feed=comments|/feed/comments", re.IGNORECASE
)
COMMENTS_TITLE = re.compile(
    r"(?:^|[»|–-]\s*)(?:comments|kommentare?|kommentar-feed|commentaires|comentarios|commenti)\b", re.IGNORECASE
)
PUBLISHER_TYPES = frozenset({"NewsMediaOrganization", "Newspaper", "Organization", "WebSite", "Corporation"})
TITLE_MARKS = re.compile(r"\s*\|\s*|\s+[-–—·•:»]+(?:\s+|$)|:\s+")
LONGEST_NAME_CHARACTERS = 60
LARGEST_JSON_LD_CHARACTERS = 500_000
LONGEST_TEXT_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may be a feed, and where we have it from."""

    url: str
    found_in: str  # for a person: "the front page's <link>", "robots.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """What the front page says. None: it does not say."""

    name: str | None
    name_found_in: str | None
    language_tags: tuple[str, ...]  # as they stand there, the page's own first: en-GB, de_AT
    text: str  # its words, for telling the language where no tag does
    candidates: tuple[Candidate, ...]  # feeds it names as such, then links that look like feeds


def read_front_page(body: bytes, content_type: str | None, url: str) -> FrontPage | None:
    """The front page at `url`; None where the body is no HTML."""
    _, text = html_to_unicode(content_type, body)
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return None
    name, found_in = _name(root, url)
    tags = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang")]
    tags += [_meta(root, name) for name in ("og:locale", "content-language", "language", "dc.language")]
    return FrontPage(
        name=name,
        name_found_in=found_in,
        language_tags=tuple(dict.fromkeys(tag.strip() for tag in tags if tag and tag.strip())),
        text=_words_of_links(root),
        candidates=tuple(_candidates(root, url)),
    )


def _words_of_links(root: html.HtmlElement) -> str:
    words = (" ".join("".join(map(str, anchor.itertext())).split()) for anchor in root.iter("a"))
    return " ".join(words)[:LONGEST_TEXT_CHARACTERS]


def _candidates(root: html.HtmlElement, url: str) -> Iterator[Candidate]:
    """Each address once, without feeds of comments."""
    seen: set[str] = set()
    named = [(link, "a <link> of the front page") for link in root.iter("link") if _names_a_feed(link)]
    linked = [
        (anchor, "a link on the front page")
        for anchor in root.iter("a")
        if FEED_ADDRESS.search(urlsplit(anchor.get("href") or "")._replace(scheme="", netloc="").geturl())
    ]
    for element, found_in in (*named, *linked):
        try:
            address = normalise_url(element.get("href") or "", url)
        except ValueError:
            continue
        title = f"{element.get('title') or ''}"
        if address in seen or COMMENTS_ADDRESS.search(address) or COMMENTS_TITLE.search(title):
            continue
        if address.startswith(("http://", "https://")) and element.get("href"):
            seen.add(address)
            yield Candidate(url=address, found_in=found_in)


def _names_a_feed(link: html.HtmlElement) -> bool:
    relations = (link.get("rel") or "").lower().split()
    media_type = (link.get("type") or "").partition(";")[0].strip().lower()
    return "feed" in relations or ("alternate" in relations and media_type in FEED_TYPES)


def _name(root: html.HtmlElement, url: str) -> tuple[str | None, str | None]:
    """The publisher's name, and where it stands."""
    found = (
        (_meta(root, "og:site_name"), "og:site_name"),
        (_json_ld_name(root), "its JSON-LD"),
        (_meta(root, "application-name"), "application-name"),
        (_name_in_title(root.findtext(".//title") or "", url), "its <title>"),
    )
    for name, place in found:
        tidy = " ".join((name or "").split())
        if tidy and len(tidy) <= LONGEST_NAME_CHARACTERS:
            return tidy, place
    return None, None


def _meta(root: html.HtmlElement, name: str) -> str | None:
    for meta in root.iter("meta"):
        if name in {(meta.get(key) or "").strip().lower() for key in ("property", "name", "http-equiv")}:
            content = (meta.get("content") or "").strip()
            if content:
                return content
    return None


def _json_ld_name(root: html.HtmlElement) -> str | None:
    """The name of the first publisher or website that a JSON-LD block describes."""
    names: dict[str, str] = {}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            value = json.loads((script.text or "")[:LARGEST_JSON_LD_CHARACTERS])
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            kinds = node.get("@type")
            name = node.get("name")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                if isinstance(kind, str) and kind in PUBLISHER_TYPES and isinstance(name, str):
                    names.setdefault(kind, name)
    order = ("NewsMediaOrganization", "Newspaper", "WebSite", "Organization", "Corporation")
    return next((names[kind] for kind in order if kind in names), None)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes at the top of a JSON-LD block, in a list or a @graph, and their publishers."""
    for node in value if isinstance(value, list) else [value]:
        if not isinstance(node, dict):
            continue
        yield node
        graph = node.get("@graph")
        for inner in [*(graph if isinstance(graph, list) else []), node.get("publisher")]:
            if isinstance(inner, dict):
                yield inner


def _name_in_title(title: str, url: str) -> str | None:
    """The part of a title that is most like the site's host; the first part where none is."""
    parts = [part.strip() for part in TITLE_MARKS.split(" ".join(title.split())) if part.strip()]
    if not parts:
        return None
    labels = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    for part in parts:
        letters = "".join(character for character in part.lower() if character.isalnum())
        if letters and any(
            len(label) > 2 and (label in letters or letters in label) for label in labels[:-1] or labels
        ):
            return part
    return parts[0]
