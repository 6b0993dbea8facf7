"""Sitemaps, Google News sitemaps and sitemap indexes, gzipped or not (https://www.sitemaps.org/protocol.html).

Read as a stream: neither the unpacked text nor the tree of a large sitemap is ever whole in memory, and of the
links the newest `MOST_OFFERS` are kept. Entities are not expanded, and nothing outside the document is looked at.
Element names are compared without namespace and case: sites write several versions of it, some none.

The parser is strict, because a forgiving one drops what it does not understand and makes `?a=1&b=2` another
address. A document that is no XML is read a second time with charset, bare ampersands and control characters put
right. If it is broken all the same, the entries before the damage count, and the rest is said to be missing.
"""

from __future__ import annotations

import dataclasses
import heapq
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from pipeline.gather.offers import (
    MOST_OFFERS,
    ChildSitemap,
    FeedContent,
    FeedDocument,
    NotAFeedError,
    Offer,
    latest_instant,
    parse_instant,
    tidy_title,
)
from pipeline.gather.sitemap_stream import UTF_16_MARKS, CutOffError, from_the_start, lines, repaired, unpacked

LONGEST_URL_CHARACTERS = 2_048  # what the protocol allows
MOST_ELEMENTS_IN_AN_ENTRY = 20_000  # a thousand images, each with a few fields
NEVER = datetime.min.replace(tzinfo=UTC)

Fields = dict[str, str]


def read_sitemap(document: FeedDocument, syndication: Callable[[FeedDocument], FeedContent]) -> FeedContent:
    """The pages of a sitemap, newest first by news date or lastmod, or the sitemaps of an index in its order.

    Pages without a time keep their order, after the others. The lastmod of a plain sitemap is used for this order
    and for a page's age only: it is the time of a change, not of publication.

    Args:
        document: what came.
        syndication: reads a document that turns out to be RSS or Atom, which the protocol allows.

    Raises:
        NotAFeedError: neither a sitemap nor an index, nor a list of addresses, one a line.
    """
    try:
        first = next(from_the_start(unpacked(document)), b"")
    except CutOffError as error:
        raise NotAFeedError(str(error)) from error
    if not first.startswith((b"<", *UTF_16_MARKS)):
        return _read_lines(document)
    try:
        entries, damage = _read_xml(document, repair=False)
        if damage is not None:
            entries, damage = _read_xml(document, repair=True)
    except _SyndicationError:
        return syndication(_whole(document))
    return entries.content(damage)


class _SyndicationError(Exception):
    """The root is one of RSS or Atom."""


def _read_xml(document: FeedDocument, *, repair: bool) -> tuple[_Entries, str | None]:
    """The entries up to the end or the damage, and what the damage is."""
    entries = _Entries(document)
    pieces = from_the_start(unpacked(document))
    try:
        entries.read(repaired(pieces) if repair else pieces, encoding="utf-8" if repair else None)
    except etree.XMLSyntaxError as error:
        return entries, None if entries.ended else f"not XML ({error})"
    except CutOffError as error:
        return entries, None if entries.ended else str(error)
    return entries, None


class _Entries:
    """Collects the entries of one sitemap or index as they end."""

    def __init__(self, document: FeedDocument) -> None:
        self._document = document
        self._newest: list[tuple[datetime, int, Offer]] = []  # a heap, the oldest on top
        self._children: list[ChildSitemap] = []
        self._count = 0
        self._news = False
        self._depth = 0
        self._elements = 0
        self.ended = False

    def read(self, pieces: Iterable[bytes], encoding: str | None) -> None:
        """Read a document to its end, in an encoding other than it says where one is given.

        Raises CutOffError, XMLSyntaxError, and NotAFeedError for another document.
        """
        parser: Any = etree.XMLPullParser(
            events=("start", "end"),
            encoding=encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for piece in pieces:
            try:
                parser.feed(piece)
            finally:  # the entries before an error are sound
                self._follow(parser.read_events())
        if not self.ended:
            parser.close()
            self._follow(parser.read_events())

    def _follow(self, events: Iterable[tuple[str, etree._Element]]) -> None:
        for event, element in events:
            if event == "start":
                if self._depth == 0:
                    _check_root(element)
                self._depth += 1
                self._elements += 1
                if self._elements > MOST_ELEMENTS_IN_AN_ENTRY:
                    raise NotAFeedError(f"an entry of more than {MOST_ELEMENTS_IN_AN_ENTRY} elements")
                continue
            self._depth -= 1
            self.ended = self._depth == 0
            if self._depth == 1:
                self._take(_local_name(element), _fields(element))
                self._elements = 0
                _drop(element)

    def _take(self, name: str, fields: Fields) -> None:
        url = fields.get("loc", "").replace("&amp;", "&")  # escaped twice, by the site or by the repair of a CDATA
        if not url or len(url) > LONGEST_URL_CHARACTERS:
            return
        zone, base_url = self._document.zone, self._document.url
        changed_at = latest_instant(fields.get("lastmod"), zone)
        if name == "sitemap" and len(self._children) < MOST_OFFERS:
            self._children.append(ChildSitemap(url=url, base_url=base_url, changed_at=changed_at))
        if name != "url":
            return
        said = fields.get("publication_date")
        published_at = parse_instant(said, zone)
        self._news = self._news or said is not None
        self._count += 1
        offer = Offer(
            url=url,
            base_url=base_url,
            title=tidy_title(fields.get("title")),
            published_at=published_at,
            published_at_source="publication_date" if published_at else None,
            changed_at=latest_instant(said, zone) or changed_at,
        )
        push = heapq.heappush if len(self._newest) < MOST_OFFERS else heapq.heappushpop
        push(self._newest, (offer.changed_at or NEVER, -self._count, offer))

    def content(self, damage: str | None) -> FeedContent:
        """What was read, newest first; raises NotAFeedError where the damage left nothing."""
        if damage is not None and not self._newest and not self._children:
            raise NotAFeedError(damage)
        flaw = f"its end could not be read: {damage}" if damage else None
        if flaw is None and self._count > MOST_OFFERS:
            flaw = f"it lists {self._count} links; the newest {MOST_OFFERS} were read"
        offers = [offer for _, _, offer in sorted(self._newest, key=lambda entry: entry[:2], reverse=True)]
        return FeedContent(offers=offers, children=self._children, flaw=flaw, news=self._news)


def _check_root(root: etree._Element) -> None:
    name = _local_name(root)
    if name in {"rss", "feed", "rdf"}:
        raise _SyndicationError
    if name not in {"urlset", "sitemapindex"}:
        raise NotAFeedError(f"XML, but its root is <{name}> and not <urlset> or <sitemapindex>")
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise NotAFeedError("a sitemap that declares entities; they are not expanded, so its links would be wrong")


def _fields(entry: etree._Element) -> Fields:
    """The texts of a <url> or <sitemap>: loc, lastmod, and of its <news>: publication_date, title."""
    fields: Fields = {}
    for child in entry:
        parts = child if _local_name(child) == "news" else (child,)
        for part in parts:
            # An <image:image> has a <title> and a <loc> of its own; it is a level deeper and not looked into.
            if part.text and part.text.strip():
                fields.setdefault(_local_name(part), part.text.strip())
    return fields


def _drop(entry: etree._Element) -> None:
    """Free an entry that has been read, and the empty shells of those before it."""
    entry.clear()
    parent = entry.getparent()
    while parent is not None and entry.getprevious() is not None:
        del parent[0]


def _local_name(element: etree._Element) -> str:
    tag = element.tag
    return etree.QName(tag).localname.lower() if isinstance(tag, str) else ""  # comments and such have no name


def _read_lines(document: FeedDocument) -> FeedContent:
    """A sitemap that is a list of addresses, one a line; raises NotAFeedError for other text."""
    offers: list[Offer] = []
    count = 0
    flaw = None
    try:
        for line in lines(from_the_start(unpacked(document)), LONGEST_URL_CHARACTERS):
            if not re.match(r"https?://[^\s<>]+$", line, re.IGNORECASE) or len(line) > LONGEST_URL_CHARACTERS:
                raise NotAFeedError("neither XML nor a list of addresses, one a line")
            count += 1
            if count <= MOST_OFFERS:
                offers.append(Offer(url=line, base_url=document.url))
    except CutOffError as error:
        flaw = f"its end could not be read: {error}"
    if count > MOST_OFFERS:
        flaw = f"it lists {count} links; the first {MOST_OFFERS} were read"
    return FeedContent(offers=offers, flaw=flaw)


def _whole(document: FeedDocument) -> FeedDocument:
    try:
        return dataclasses.replace(document, body=b"".join(unpacked(document)))
    except CutOffError as error:
        raise NotAFeedError(str(error)) from error
