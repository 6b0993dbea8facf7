"""Each kind of feed, read from bytes into offers."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from pipeline.gather.offers import NotAFeedError
from tests.gather.reading_feeds import ITEM, NEWS_SITEMAP, TEN, read, rss


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_rss_gives_link_title_and_instant(version):
    (offer,) = read("rss", rss(ITEM, version))
    assert (offer.url, offer.title, offer.published_at) == ("https://gazette.example/1", "Dock strike ends", TEN)


def test_atom_gives_the_alternate_link_relative_to_xml_base():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gazette.example/base/"><title>G</title><entry>'
        '<link rel="self" href="x.atom"/><link rel="alternate" href="1"/><title type="html">Ice &amp;amp; '
        "&lt;b&gt;snow&lt;/b&gt;</title><updated>2026-03-01T10:00:00Z</updated></entry></feed>"
    )
    (offer,) = read("atom", body)
    assert (offer.url, offer.title, offer.published_at) == ("https://gazette.example/base/1", "Ice & snow", TEN)


def test_rdf_gives_dublin_core_dates():
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>G</title></channel>'
        '<item rdf:about="y"><title>Vote</title><link>https://gazette.example/1</link>'
        "<dc:date>2026-03-01T19:00:00+09:00</dc:date></item></rdf:RDF>"
    )
    (offer,) = read("rdf", body)
    assert (offer.url, offer.title, offer.published_at) == ("https://gazette.example/1", "Vote", TEN)


def test_an_rss_address_that_answers_with_atom_is_read():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>'
        '<link href="https://gazette.example/1"/></entry></feed>'
    )
    assert len(read("rss", body)) == 1


def test_a_feed_that_is_not_quite_xml_is_read_all_the_same():
    (offer,) = read("rss", rss(ITEM.replace("Dock strike", "Dock & strike &eacute;")))
    assert offer.title == "Dock & strike é ends"


def test_a_feed_in_another_charset_is_decoded_by_its_declaration():
    body = rss(ITEM.replace("Dock", "Порт"), head='<?xml version="1.0" encoding="windows-1251"?>')
    (offer,) = read("rss", body.encode("windows-1251"))
    assert offer.title == "Порт strike ends"


def test_the_original_link_of_a_syndicator_is_taken():
    item = (
        "<item><title>A</title><link>https://feeds.example/~r/1</link><feedburner:origLink "
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://gazette.example/1'
        "</feedburner:origLink></item>"
    )
    assert [offer.url for offer in read("rss", rss(item))] == ["https://gazette.example/1"]


def test_json_feed():
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [
            {"id": "1", "url": "/1", "title": "Dock strike", "date_published": "2026-03-01T05:00:00-05:00"},
            {"id": "2", "external_url": "https://other.example/"},
            "nonsense",
            {"url": 7},
        ],
    }
    (offer,) = read("json_feed", "\ufeff" + json.dumps(feed))
    assert (offer.url, offer.title, offer.published_at) == ("/1", "Dock strike", TEN)


@pytest.mark.parametrize("packed", [False, True])
def test_news_sitemaps_newest_first_gzipped_or_not(packed):
    body = NEWS_SITEMAP.encode()
    new, old = read("news_sitemap", gzip.compress(body) if packed else body)
    assert (new.url, new.title, new.published_at) == ("https://gazette.example/new", "New & hot", TEN)
    assert (old.url, old.title) == ("https://gazette.example/old", "Old news")
    assert old.published_at is None  # a day is not an instant


def test_a_time_without_a_zone_is_the_sources_local_time():
    body = NEWS_SITEMAP.replace("2026-03-01T10:00:00+00:00", "2026-07-01T11:00:00")
    assert read("news_sitemap", body)[0].published_at == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


def test_the_lastmod_of_a_plain_sitemap_orders_and_is_no_publication_time():
    body = (
        "<urlset><url><loc>https://gazette.example/a</loc></url>"
        "<url><loc>https://gazette.example/b</loc><lastmod>2026-03-01T10:00:00Z</lastmod></url></urlset>"
    )
    offers = read("sitemap", body)
    assert [offer.url[-1] for offer in offers] == ["b", "a"]
    assert offers[0].published_at is None


SECTION = """<html><head><base href="https://www.gazette.example/"></head><body>
<a href="2026/dock.html?utm_source=front"><img src="x.jpg"></a>
<a href="/2026/dock.html#comments"> Dock <b>strike</b> ends </a>
<a href="https://sport.gazette.example/2026/cup.html">Cup</a>
<a href="https://elsewhere.example/2026/ad.html">Buy</a>
<a href="/about.html">About</a><a href="mailto:2026/x">Mail</a><a href="http://[2026/">Bad</a><a>None</a>
</body></html>"""


def test_a_section_page_gives_the_publishers_links_that_match_once_each():
    offers = read("section", SECTION, link_pattern=r"/20\d\d/")
    assert [(offer.url, offer.title) for offer in offers] == [
        ("https://www.gazette.example/2026/dock.html", "Dock strike ends"),
        ("https://sport.gazette.example/2026/cup.html", "Cup"),
    ]


def test_a_section_page_is_decoded_by_its_header():
    body = '<html><a href="/2026/1">港口罢工</a></html>'.encode("gb18030")
    (offer,) = read("section", body, content_type="text/html; charset=gb18030", link_pattern=r"/2026/")
    assert offer.title == "港口罢工"


BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)

NOT_FEEDS = {
    "rss: web page": ("rss", "<!doctype html><html><body><p>Sorry</p></body></html>"),
    "rss: words": ("rss", "Service temporarily unavailable"),
    "rss: nothing": ("rss", "  \n"),
    "rss: an address is not opened": ("rss", "http://127.0.0.1:9/"),
    "rss: a file is not opened": ("rss", __file__),
    "rss: JSON": ("rss", '{"a": 1}'),
    "json: not JSON": ("json_feed", "<rss/>"),
    "json: another": ("json_feed", '{"items": []}'),
    "json: no items": ("json_feed", '{"version": "https://jsonfeed.org/version/1"}'),
    "json: deep": ("json_feed", "[" * 100_000),
    "json: not UTF-8": ("json_feed", b'{"version": "\xff"}'),
    "sitemap: web page": ("sitemap", "<!doctype html><html><p>Sorry</html>"),
    "sitemap: cut": ("sitemap", "<urlset><url><loc>https://gaz"),
    "sitemap: an entry of millions": ("sitemap", "<urlset><url>" + "<a/>" * 30_000 + "</url></urlset>"),
    "sitemap: words": ("sitemap", "https://gazette.example/1\nand so on"),
    "sitemap: a long line": ("sitemap", "https://gazette.example/" + "x" * 100_000),
    "sitemap: entities": ("sitemap", BILLION_LAUGHS + "]><urlset><url><loc>&a9;</loc></url></urlset>"),
    "sitemap: file entity": (
        "sitemap",
        '<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/hosts">]><urlset><url><loc>&f;</loc></url></urlset>',
    ),
    "sitemap: bad gzip": ("sitemap", b"\x1f\x8b\x08nonsense"),
    "sitemap: gzip bomb": ("sitemap", gzip.compress(b"<urlset>" + b" " * 5_000_000 + b"</urlset>")),
}


@pytest.mark.parametrize("name", NOT_FEEDS)
def test_what_is_no_feed_is_said_to_be_none(name):
    with pytest.raises(NotAFeedError):
        read(*NOT_FEEDS[name])


def test_an_entity_bomb_in_rss_neither_grows_nor_hangs():
    offers = read("rss", BILLION_LAUGHS + "]>" + rss(ITEM.replace("Dock strike ends", "&a9;"), head=""))
    assert all(len(offer.title or "") < 1_000 for offer in offers)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("rss", rss("")),
        ("rss", rss("<item><title>No link</title></item>")),
        ("json_feed", '{"version": "https://jsonfeed.org/version/1.1", "items": []}'),
        ("sitemap", "<urlset/>"),
    ],
)
def test_a_feed_that_lists_nothing_is_empty(kind, body):
    assert read(kind, body) == []


def test_a_title_is_folded_and_cut():
    (offer,) = read("rss", rss(ITEM.replace("Dock strike ends", " long \n " * 1_000)))
    assert offer.title.startswith("long long")
    assert len(offer.title) == 1_000
