"""Feeds as they really are: broken ones, times without zones, pages that follow, hints."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.gather.offers import NotAFeedError
from tests.gather.reading_feeds import ITEM, JSON_ITEM, NEWS_SITEMAP, TEN, URL, read, read_all, rss


def provenance(kind, body):
    return [(offer.published_at, offer.published_at_source) for offer in read(kind, body)]


ATOM_HEAD = '<feed xmlns="http://www.w3.org/2005/Atom">'
UPDATED = "<updated>2026-03-01T10:00:00Z</updated>"
PUBLISHED = "<published>2026-03-01T10:00:00Z</published>"


@pytest.mark.parametrize(
    ("kind", "body", "source"),
    [
        ("rss", rss(ITEM), "published"),
        ("rss", rss(ITEM.replace("pubDate", "dc:date").replace("Sun, 01 Mar 2026 11", "2026-03-01T11")), "published"),
        ("atom", f"{ATOM_HEAD}<entry><link href='/1'/>{UPDATED}</entry></feed>", "updated"),
        (
            "atom",
            f"{ATOM_HEAD}<entry><link href='/1'/>{UPDATED.replace('01T', '02T')}{PUBLISHED}</entry></feed>",
            "published",
        ),
        ("json_feed", JSON_ITEM % "date_published", "published"),
        ("json_feed", JSON_ITEM % "date_modified", "updated"),
        ("news_sitemap", NEWS_SITEMAP, "publication_date"),
    ],
)
def test_the_time_says_which_field_of_the_feed_it_is_from(kind, body, source):
    body = body.replace("11:00:00 +0100</dc:date>", "11:00:00+01:00</dc:date>")
    assert provenance(kind, body)[0] == (TEN, source)


def test_without_a_time_there_is_no_provenance():
    assert provenance("rss", rss("<item><link>/1</link></item>")) == [(None, None)]


@pytest.mark.parametrize(
    "time", ["Wed, 01 Jul 2026 11:00:00", "1 Jul 2026 11:00", "2026-07-01T11:00:00", "2026-07-01 11:00"]
)
def test_a_feeds_time_without_a_zone_is_the_sources_local_time(time):
    body = rss(ITEM.replace("Sun, 01 Mar 2026 11:00:00 +0100", time))
    assert read("rss", body)[0].published_at == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "time", ["2026-07-01", "01 Jul 2026", "yesterday", "Wed, 99 Jul 2026 99:00:00", "", "0000-00-00T00:00:00Z"]
)
def test_a_day_or_nonsense_is_no_instant(time):
    (offer,) = read("rss", rss(ITEM.replace("Sun, 01 Mar 2026 11:00:00 +0100", time)))
    assert (offer.published_at, offer.published_at_source) == (None, None)


def test_a_day_in_a_sitemap_may_mean_its_last_second():
    body = "<urlset><url><loc>/a</loc><lastmod>2026-07-01</lastmod></url></urlset>"
    assert read("sitemap", body)[0].changed_at == datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)


BROKEN = {
    "bare ampersand in a link": rss(ITEM.replace("example/1", "example/?a=1&b=2")),
    "control characters": rss(ITEM.replace("strike", "st\x08ri\x00ke")),
    "an undeclared namespace": rss(ITEM.replace("</item>", "<media:x url='1'/></item>")),
    "a warning before the declaration": "<br /><b>Warning</b>: x in <b>y.php</b>" + rss(ITEM),
    "a tag that is not closed": rss(ITEM.replace("</item>", "<description><p>x</description></item>")),
    "items outside the channel": rss("")[: -len("</rss>")] + ITEM + "</rss>",
    "upper-case elements": rss(ITEM).replace("item>", "ITEM>").replace("link>", "LINK>"),
    "cut off": rss(ITEM + ITEM)[:-80],
    "utf-16 said and utf-8 sent": rss(ITEM, head='<?xml version="1.0" encoding="utf-16"?>'),
    "an unknown charset": rss(ITEM, head='<?xml version="1.0" encoding="utf8mb4"?>'),
    "utf-16": rss(ITEM, head='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"),
    "a permalink and no link": rss(ITEM.replace("link>", "guid>")),
    "netscape's rss 0.90": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://my.netscape.com/rdf/simple/0.9/">' + ITEM + "</rdf:RDF>"
    ),
    "atom 0.3": (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Dock</title>'
        '<link rel="alternate" href="https://gazette.example/1"/><issued>2026-03-01T10:00:00Z</issued></entry></feed>'
    ),
    "atom without a namespace": (
        "<feed><entry><title>Dock</title><link href='https://gazette.example/1'/>"
        "<published>2026-03-01T10:00:00Z</published></entry></feed>"
    ),
    "a json feed at an rss address": JSON_ITEM % "date_published",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_feeds_are_read_with_the_right_link_and_time(name):
    offer = read("rss", BROKEN[name])[0]
    url = {"bare ampersand in a link": "https://gazette.example/?a=1&b=2", "a json feed at an rss address": "/1"}
    assert offer.url == url.get(name, "https://gazette.example/1")
    assert offer.published_at == TEN


def test_of_a_huge_feed_the_first_entries_are_read_and_it_is_said(monkeypatch):
    monkeypatch.setattr("pipeline.gather.feeds.LARGEST_SYNDICATION_BYTES", 1_000)
    items = "".join(ITEM.replace("/1<", f"/{n}<") for n in range(30))
    content = read_all("rss", rss(items))
    assert 4 < len(content.offers) < 10
    assert [offer.url for offer in content.offers] == [
        f"https://gazette.example/{n}" for n in range(len(content.offers))
    ]
    assert "were read" in content.flaw
    with pytest.raises(NotAFeedError):
        read("rss", rss("<item>" + "x" * 2_000))


ATOM_PAGE = ATOM_HEAD + "<link %s/><entry><link href='/1'/></entry></feed>"
WORDPRESS = "<generator>https://wordpress.org/?v=6.5</generator>" + ITEM


@pytest.mark.parametrize(
    ("kind", "body", "url", "expected"),
    [
        ("atom", ATOM_PAGE % "rel='next' href='?p=2'", URL, f"{URL}?p=2"),
        ("atom", ATOM_PAGE % "rel='prev-archive' href='/b'", URL, "https://www.gazette.example/b"),
        ("atom", ATOM_PAGE % "rel='prev' href='/b'", URL, None),
        ("rss", rss(WORDPRESS), URL, f"{URL}?paged=2"),
        ("rss", rss(WORDPRESS), f"{URL}?cat=5&paged=2", f"{URL}?cat=5&paged=3"),
        ("rss", rss(WORDPRESS), f"{URL}?paged=x", None),
        ("rss", rss(WORDPRESS.replace(ITEM, "")), URL, None),
        ("rss", rss(ITEM), URL, None),
        ("json_feed", JSON_ITEM.replace('"items"', '"next_url": "/2", "items"') % "x", URL, "/2"),
        ("section", "<html><link rel='next' href='?page=2'><p>x</p></html>", URL, f"{URL}?page=2"),
    ],
)
def test_the_page_that_follows(kind, body, url, expected):
    assert read_all(kind, body, url=url, link_pattern="x" if kind == "section" else None).next_url == expected


SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("<ttl>30</ttl>", 1_800),
        ("<ttl> soon </ttl>", None),
        (f"<sy:updatePeriod {SY}> hourly </sy:updatePeriod><sy:updateFrequency {SY}>2</sy:updateFrequency>", 1_800),
        (f"<sy:updatePeriod {SY}>daily</sy:updatePeriod>", 86_400),
        (f"<sy:updatePeriod {SY}>hourly</sy:updatePeriod><sy:updateFrequency {SY}>0</sy:updateFrequency>", None),
        ("", None),
    ],
)
def test_the_publishers_hint_how_often_to_come(head, seconds):
    assert read_all("rss", rss(head + ITEM)).hint_seconds == seconds
