"""Section pages: HTML pages that list articles, for sites that have no feed for them."""

from __future__ import annotations

import re
from email.message import Message
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from pipeline.gather.link_pattern import UrlShapes
from pipeline.gather.offers import MOST_OFFERS, FeedContent, FeedDocument, NotAFeedError, Offer, tidy_title
from pipeline.gather.urls import normalise_url


def read_section(document: FeedDocument, link_pattern: str | None, shapes: UrlShapes) -> FeedContent:
    """The links of a section page that lead to articles, in the page's order.

    Only links to the page's own host (with or without `www.`) and hosts below it count: what else a page links
    to is not the publisher's. A link that stands there twice, as picture and as headline, takes its title from
    the first place that has words. A link to the page itself is none.

    Args:
        document: what came.
        link_pattern: found in the normalised URL of an article; None: `shapes` decide.
        shapes: what the source's article addresses look like.

    Raises:
        NotAFeedError: not HTML.
    """
    try:
        root = html.document_fromstring(document.body, parser=html.HTMLParser(encoding=_charset(document)))
    except (etree.ParserError, LookupError, ValueError) as error:
        raise NotAFeedError(f"not HTML ({error})") from error
    base = root.find(".//base[@href]")
    base_url = (_joined(document.url, base.get("href", "")) if base is not None else None) or document.url
    own_host = _bare_host(document.url)
    own_url = _normalised(document.url, document.url)
    pattern = re.compile(link_pattern) if link_pattern is not None else None
    titles: dict[str, str | None] = {}
    for anchor in root.iter("a"):
        url = _normalised(anchor.get("href"), base_url)
        if url is None or url == own_url:
            continue
        host = _bare_host(url)
        if host != own_host and not host.endswith(f".{own_host}"):
            continue
        if pattern.search(url) if pattern else shapes.is_article(url):
            titles[url] = titles.get(url) or tidy_title("".join(map(str, anchor.itertext())))
    offers = [Offer(url=url, base_url=document.url, title=title) for url, title in titles.items()]
    return FeedContent(
        offers=offers[:MOST_OFFERS],
        next_url=_next_url(root, base_url),
        flaw=f"{len(offers)} links; the first {MOST_OFFERS} were read" if len(offers) > MOST_OFFERS else None,
    )


def _next_url(root: html.HtmlElement, base_url: str) -> str | None:
    """Where the page says that the list goes on."""
    for element in root.iter("link", "a"):
        if "next" in str(element.get("rel", "")).lower().split() and element.get("href"):
            return _normalised(element.get("href"), base_url)
    return None


def _charset(document: FeedDocument) -> str | None:
    """The charset of the Content-Type header where Python knows it; else lxml looks at the page's own."""
    message = Message()
    message["Content-Type"] = document.content_type or ""
    charset = message.get_content_charset()
    try:
        return charset if charset and "".encode(charset) == b"" else None
    except LookupError:
        return None


def _normalised(href: str | None, base_url: str) -> str | None:
    """None for what is no link to a page: no href, mailto:, javascript:, a malformed URL."""
    if not href:
        return None
    try:
        url = normalise_url(href, base_url)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def _joined(base_url: str, href: str) -> str | None:
    try:
        return urljoin(base_url, href)
    except ValueError:
        return None


def _bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
