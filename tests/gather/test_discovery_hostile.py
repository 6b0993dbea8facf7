"""Whatever bytes come: offers or NotAFeedError, never anything else, and never without bound."""

from __future__ import annotations

import contextlib
import gzip
import json
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.gather.feed_links import links_of
from pipeline.gather.feeds import read_feed
from pipeline.gather.link_pattern import UrlShapes
from pipeline.gather.offers import FeedContent, FeedDocument, NotAFeedError
from pipeline.sources.model import FEED_KINDS, Feed
from tests.gather.reading_feeds import URL, read_all

PIECES = [
    *(
        f"<{slash}{name}>"
        for name in ["rss", "channel", "item", "title", "link", "url", "loc", "urlset", "feed", "entry", "html", "a"]
        for slash in ("", "/")
    ),
    *(f'<?xml version="1.0" encoding="{charset}"?>' for charset in ("utf-8", "utf-16", "rot13", "undefined", "hex")),
    *(
        "<!DOCTYPE x [",
        "<!ENTITY a '&a;'>",
        "]>",
        "&a;",
        "&amp;",
        "&",
        "&#0;",
        "&#xd800;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
    ),
    *(
        "<sitemapindex>",
        "<sitemap>",
        "</sitemapindex>",
        "<lastmod>",
        "</lastmod>",
        "<pubDate>",
        "</pubDate>",
        "<rdf:RDF",
    ),
    *(
        "<link href='",
        "<a href='",
        "<base href='",
        "'/>",
        "http://[",
        "https://a.example/1",
        "http://a:b@c",
        "//",
        "javascript:",
    ),
    *("0000-00-00", "9999-12-31T23:59:59-23:59", "2026-03-01", "Mon, 32 Foo 2026 25:61:61 XYZ", "1e999"),
    *(
        "\x00",
        "\x0b",
        "\ufeff",
        "\ufffe",
        "é",
        "\U0001f600",
        "\n",
        " " * 50,
        "{",
        "}",
        "[",
        '"version":',
        '"items":',
        ",",
    ),
]
CHARSETS = st.sampled_from(
    [None, "text/html; charset=rot13", "text/xml; charset=undefined", "application/rss+xml", ";;=", "x" * 99]
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join)
BODIES = st.binary(max_size=200) | TEXTS.map(str.encode) | TEXTS.map(lambda text: text.encode("utf-16", "replace"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(FEED_KINDS), body=BODIES, content_type=CHARSETS, packed=st.booleans(), cut=st.integers(0, 30)
)
@example(kind="sitemap", body=b"<urlset><url><loc>https://a</loc></url>", content_type=None, packed=True, cut=9)
@example(kind="section", body=b"<html><base href='http://['><a href='/1'>x</a>", content_type=None, packed=False, cut=0)
def test_any_bytes_give_offers_or_no_feed(kind, body, content_type, packed, cut):
    if packed:
        body = gzip.compress(body)
    document = FeedDocument(
        url=URL,
        content_type=content_type,
        body=body[: len(body) - cut],
        zone=ZoneInfo("Europe/London"),
        max_bytes=10_000,
    )
    try:
        content = read_feed(Feed(url=URL, kind=kind), document)
    except NotAFeedError:
        return
    assert isinstance(content, FeedContent)
    links, unusable = links_of(content.offers, "gazette", "feed")
    assert unusable.keys() <= links.keys()
    for link in links.values():  # all of it can be stored and sent
        json.dumps([link.url, link.title]).encode("ascii")
        (link.url + (link.title or "")).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
ITEMS = st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("url", "title", "date_published", "date_modified"), JSON)) | JSON,
    max_size=5,
)


@given(items=ITEMS | JSON, next_url=JSON)
@example(items=[{"url": "https://a.example/\ud800", "title": "\ud800"}], next_url=None)
def test_any_json_feed_gives_offers_or_no_feed(items, next_url):
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items, "next_url": next_url})
    try:
        content = read_all("json_feed", body)
    except NotAFeedError:
        assert not isinstance(items, list)
        return
    links, _ = links_of(content.offers, "gazette", "feed")
    for link in links.values():
        (link.url + (link.title or "")).encode()


@given(st.lists(st.text(max_size=30), max_size=12), st.text(max_size=30))
def test_any_address_has_a_shape(paths, path):
    shapes = UrlShapes.learn([f"https://a.example/{text}" for text in paths] * 3)
    assert shapes.is_article(f"https://a.example/{path}") in {True, False}


NESTED = {
    "sitemap: deep": ("sitemap", "<urlset>" + "<url>" * 100_000),
    "sitemap: attributes": ("sitemap", "<urlset " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>"),
    "sitemap: half a character's number": ("sitemap", "<urlset>" + "&#" * 200_000),
    "rss: deep": ("rss", "<rss><channel>" + "<a>" * 20_000),
    "section: deep": ("section", "<html>" + "<div>" * 100_000 + "<a href='/2026/03/01/x'>x</a>"),
}


@pytest.mark.parametrize("name", NESTED)
def test_deep_and_wide_documents_end(name):
    kind, body = NESTED[name]
    with contextlib.suppress(NotAFeedError):
        assert read_all(kind, body).offers == []


HUGE = r"""
import gzip, re, resource
from pathlib import Path
from zoneinfo import ZoneInfo
from pipeline.gather.feeds import read_feed
from pipeline.gather.offers import FeedDocument
from pipeline.sources.model import Feed

def used_megabytes():
    # On Linux ru_maxrss begins with what the parent had, VmHWM does not.
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return (int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024

entry = "<url><loc>https://gazette.example/2026/03/01/report-number-%d</loc><lastmod>2026-03-01T10:00:00Z</lastmod></url>"
def pieces():
    yield b"<urlset>"
    for n in range(0, 300_000, 1_000):
        yield "".join(entry % m for m in range(n, n + 1_000)).encode()
    yield b"</urlset>"

packer = gzip.GzipFile("map", "wb", 1, fileobj := __import__("io").BytesIO())
unpacked_bytes = sum(packer.write(piece) for piece in pieces())
packer.close()
document = FeedDocument(
    url="https://gazette.example/map.gz",
    content_type=None,
    body=fileobj.getvalue(),
    zone=ZoneInfo("UTC"),
    max_bytes=52_428_800,
)
before = used_megabytes()
content = read_feed(Feed(url=document.url, kind="sitemap"), document)
print(unpacked_bytes, len(content.offers), round(used_megabytes() - before), content.flaw, sep="|")
"""


def test_a_sitemap_of_300_000_links_is_read_as_a_stream():
    ended = subprocess.run([sys.executable, "-c", HUGE], capture_output=True, text=True, check=True)
    unpacked_bytes, offers, used_megabytes, flaw = ended.stdout.strip().split("|")
    assert int(unpacked_bytes) > 30_000_000
    assert (int(offers), flaw) == (50_000, "it lists 300000 links; the newest 50000 were read")
    assert int(used_megabytes) < 60
