"""Broken sites, served in tests only: every kind of bad input that a crawler meets.

Each has a source file of its own. `FAULT_STATUSES` says how a perfect run ends each feed and link.
"""

from __future__ import annotations

import socket
from typing import Any

from lxml import etree

from pipeline.newsroom.exchange import Delivery, Document, Request, plain
from pipeline.newsroom.server import LOOPBACK

FEED_PATH = "/rss.xml"
SMART_HEADLINE = "Mayor’s “open door” week begins at the town hall"
SMART_PARAGRAPHS = (
    (
        "The mayor’s office opened its doors to residents on the first morning of what she calls an “open door” "
        "week, and the queue reached the fountain before nine o’clock."
    ),
    (
        "“We have nothing to hide and quite a lot to explain,” the mayor told the first visitors – a school class "
        "of thirty – before showing them the council chamber and the archive under the roof."
    ),
    (
        "Residents may put questions to every department until the end of the week; the answers will be printed, "
        "the town clerk said, “word for word”, at a cost of about €400."
    ),
)
EURO_HEADLINE = "Library’s night opening costs €9,000 and fills every chair"
EURO_PARAGRAPHS = (
    "Every chair in the reading room was taken by ten in the evening, the librarian said, “and the radiators too”.",
    "The trial – four nights a week until spring – costs the district €9,000, most of it for porters’ wages.",
    "Students asked for coffee; the librarian’s answer, pinned to the door, was a single word: “Outside.”",
)
# Path of each link of fault-pages: how a perfect run ends it (words of pipeline.statuses).
FAULT_STATUSES = {
    "/huge": "too_large",
    "/report.pdf": "not_html",
    "/says-ascii": "new",
    "/says-utf-8": "new",
    "/empty": "no_article",
    "/error-500": "server_error",
    "/error-403": "forbidden",
    "/truncated": "broken_response",
    "/closes": "broken_response",
    "/stalls": "timed_out",
    "/error-429": "rate_limited",  # last: a polite fetcher asks this host nothing more
}
FAULT_FEED_STATUSES = {
    "fault-unreachable": "unreachable",
    "fault-notxml": "not_a_feed",
    "fault-emptyfeed": "empty_feed",
    "fault-pages": "read_feed",
}


def _article(headline: str, paragraphs: tuple[str, ...]) -> bytes:
    """A plain page with curly quotes, dashes and a euro sign, in windows-1252."""
    story = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = (
        f"<html lang='en'><head><title>{headline}</title></head><body><h1>{headline}</h1>\n"
        f"<div class='story'>{story}</div></body></html>\n"
    )
    return html.encode("windows-1252")


def _pages() -> dict[str, Document]:
    html = "text/html; charset=utf-8"
    page = _article(SMART_HEADLINE, SMART_PARAGRAPHS)
    notice = b"<html><body><h1>%s</h1><p>Please try again later.</p></body></html>\n"
    return {
        "/huge": Document(b"<p>And so on, and so on.</p>\n" * 2500, html, delivery=Delivery.ENDLESS),
        "/report.pdf": Document(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 40, "application/pdf"),
        "/says-ascii": Document(page, "text/html; charset=us-ascii"),
        "/says-utf-8": Document(_article(EURO_HEADLINE, EURO_PARAGRAPHS), html),
        "/empty": Document(b"", html),
        "/error-500": Document(notice % b"Internal error", html, status=500),
        "/error-403": Document(notice % b"Forbidden", html, status=403),
        "/truncated": Document(page, html, delivery=Delivery.SHORT),
        "/closes": Document(b"", html, delivery=Delivery.CLOSED),
        "/stalls": Document(page, html, delivery=Delivery.STALLED),
        "/error-429": Document(notice % b"Too many requests", html, status=429, headers=(("Retry-After", "1"),)),
    }  # fmt: skip


def _rss(name: str, base: str, paths: tuple[str, ...]) -> Document:
    root = etree.Element("rss", {"version": "2.0"})
    channel = etree.SubElement(root, "channel")
    for tag, text in (("title", name), ("link", f"{base}/"), ("description", "For tests")):
        etree.SubElement(channel, tag).text = text
    for path in paths:
        item = etree.SubElement(channel, "item")
        etree.SubElement(item, "title").text = f"Link to {path}"
        etree.SubElement(item, "link").text = base + path
    return Document(etree.tostring(root, xml_declaration=True, encoding="utf-8"), "application/rss+xml")


class FaultHost:
    """A site whose every address is given."""

    validators = False
    gzip = False

    def __init__(self, site_id: str, port: int, documents: dict[str, Document]) -> None:
        self.host = f"{site_id}.localhost"
        self.name = f"Fault: {site_id}"
        self.source = _source(site_id, port)
        self._documents = documents

    def document(self, request: Request) -> Document:
        """What the path holds."""
        return self._documents.get(request.path) or plain(404, "Not found.\n")


def _source(site_id: str, port: int) -> dict[str, Any]:
    base = f"http://{site_id}.localhost:{port}"
    return {
        "id": site_id,
        "name": f"Fault: {site_id}",
        "homepage": f"{base}/",
        "country_code": "GBR",
        "language": "en",
        "timezone": "UTC",
        "enabled": True,
        "feeds": [{"url": base + FEED_PATH, "kind": "rss"}],
        "politeness": {"delay_seconds": 0.0},
    }


def fault_hosts(port: int) -> list[FaultHost]:
    """The broken sites that answer."""
    garbage = Document(
        b"<!DOCTYPE html><html><head><title>Welcome</title><body><p>We have <b>moved<p>to a new & better site",
        "text/html; charset=utf-8",
    )
    pages = _pages()
    listing = _rss("Fault: pages", f"http://fault-pages.localhost:{port}", tuple(pages))
    empty = _rss("Fault: empty feed", f"http://fault-emptyfeed.localhost:{port}", ())
    return [
        FaultHost("fault-notxml", port, {FEED_PATH: garbage}),
        FaultHost("fault-emptyfeed", port, {FEED_PATH: empty}),
        FaultHost("fault-pages", port, {**pages, FEED_PATH: listing}),
    ]


class ClosedPort:
    """A loopback port that refuses every connection: bound, so that nobody else takes it, never listening."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind((LOOPBACK, 0))
        self.source = _source("fault-unreachable", int(self._socket.getsockname()[1]))

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()
