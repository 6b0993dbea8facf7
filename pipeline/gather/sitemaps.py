"""Sitemaps and Google News sitemaps, gzipped or not (https://www.sitemaps.org/protocol.html).

Parsed without entity expansion, DTD or network. Element names are compared without their namespace: sites write
several versions of it, some none.
"""

from __future__ import annotations

import zlib
from datetime import date
from typing import Any

from lxml import etree

from pipeline.gather.offers import FeedDocument, NotAFeedError, Offer, parse_day, parse_instant, tidy_title

GZIP_MAGIC = b"\x1f\x8b"


def read_sitemap(document: FeedDocument) -> list[Offer]:
    """The pages of a sitemap, newest first by the day of news date or lastmod; pages without one keep their order.

    The lastmod of a plain sitemap is used for this order only. It is the time of a change, not of publication.

    Raises:
        NotAFeedError: not a sitemap, or a sitemap index.
    """
    root = _parse(_unpacked(document))
    name = _local_name(root)
    if name == "sitemapindex":
        raise NotAFeedError("a sitemap index: name the sitemaps it lists as feeds")
    if name != "urlset":
        raise NotAFeedError(f"XML, but its root is <{name}> and not <urlset>")
    dated: list[tuple[date, Offer]] = []
    for page in root:
        if _local_name(page) != "url":
            continue
        fields = _fields(page)
        if not fields.get("loc"):
            continue
        published = fields.get("publication_date")
        offer = Offer(
            url=fields["loc"],
            base_url=document.url,
            title=tidy_title(fields.get("title")),
            published_at=parse_instant(published, document.zone),
        )
        dated.append((parse_day(published) or parse_day(fields.get("lastmod")) or date.min, offer))
    dated.sort(key=lambda entry: entry[0], reverse=True)
    return [offer for _, offer in dated]


def _fields(page: etree._Element) -> dict[str, str]:
    """The texts of a <url>: loc, lastmod, and of its <news>: publication_date, title."""
    fields: dict[str, str] = {}
    for child in page:
        parts = child if _local_name(child) == "news" else (child,)
        for part in parts:
            # An <image:image> has a <title> and a <loc> of its own; it is a level deeper and not looked into.
            if part.text:
                fields.setdefault(_local_name(part), part.text.strip())
    return fields


def _local_name(element: etree._Element) -> str:
    tag = element.tag
    return etree.QName(tag).localname if isinstance(tag, str) else ""  # comments and such have no name


def _parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, remove_comments=True
    )
    try:
        root = etree.fromstring(xml.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise NotAFeedError(f"not XML ({error})") from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise NotAFeedError("a sitemap that declares entities; they are not expanded, so its links would be wrong")
    return root


def _unpacked(document: FeedDocument) -> bytes:
    if not document.body.startswith(GZIP_MAGIC):
        return document.body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        xml = unpacker.decompress(document.body, document.max_bytes)
    except zlib.error as error:
        raise NotAFeedError(f"gzip that does not unpack ({error})") from error
    if unpacker.unconsumed_tail:
        raise NotAFeedError(f"gzip that unpacks to more than {document.max_bytes} bytes")
    return xml
