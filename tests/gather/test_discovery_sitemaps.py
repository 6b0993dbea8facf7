"""Sitemaps as they really are: broken, packed, huge, and the indexes that list them."""

from __future__ import annotations

import gzip

import pytest

from pipeline.gather.sitemap_stream import repaired
from tests.gather.reading_feeds import ITEM, TEN, read_all, rss


def test_an_index_gives_its_sitemaps_and_their_lastmod():
    body = (
        "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-03-01T10:00:00Z</lastmod></sitemap>"
        "<sitemap><loc>/b.xml</loc></sitemap><sitemap><loc/></sitemap></sitemapindex>"
    )
    content = read_all("sitemap", gzip.compress(body.encode()))
    assert [(child.url, child.changed_at) for child in content.children] == [("/a.xml", TEN), ("/b.xml", None)]
    assert content.offers == []


ONE = "<urlset><url><loc>https://gazette.example/?a=1&amp;b=2</loc></url></urlset>"
SITEMAPS = {
    "a list of addresses": "\ufeffhttps://gazette.example/?a=1&b=2\n\n",
    "white space and a mark before it": "\ufeff\n\n <?xml version='1.0'?>" + ONE,
    "bare ampersands": ONE.replace("&amp;", "&"),
    "bare ampersands at the end of pieces": ONE.replace("<url>", " " * (65_536 - 45) + "<url>", 1).replace(
        "&amp;", "&"
    ),
    "addresses escaped twice": ONE.replace("&amp;", "&amp;amp;"),
    "CDATA": ONE.replace("<loc>", "<loc><![CDATA[").replace("</loc>", "]]></loc>").replace("&amp;", "&"),
    "CDATA beside a bare ampersand": ONE.replace("<loc>", "<priority>&</priority><loc><![CDATA[")
    .replace("</loc>", "]]></loc>")
    .replace("&amp;", "&"),
    "names of HTML entities": ONE.replace("<loc>", "<title>Caf&eacute;</title><loc>"),
    "control characters": ONE.replace("<loc>", "<title>\x0b &#11;</title><loc>"),
    "an unknown charset": '<?xml version="1.0" encoding="utf8mb4"?>' + ONE,
    "latin-1 said to be utf-8": ONE.replace("<loc>", "<title>Caf\xe9</title><loc>").encode("latin-1"),
    "utf-16": ('<?xml version="1.0" encoding="utf-16"?>' + ONE).encode("utf-16"),
    "utf-16 with a bare ampersand": ('<?xml version="1.0" encoding="utf-16"?>' + ONE.replace("&amp;", "&")).encode(
        "utf-16"
    ),
    "upper case": ONE.replace("url>", "URL>"),
    "a script after the end": ONE + "<script>x()</script>",
    "two gzip members": gzip.compress(ONE[:20].encode()) + gzip.compress(ONE[20:].encode()) + b"\x00\x00",
    "rss": rss(ITEM.replace("/1", "/?a=1&amp;b=2")),
    "packed rss": gzip.compress(rss(ITEM.replace("/1", "/?a=1&amp;b=2")).encode()),
}


@pytest.mark.parametrize("name", SITEMAPS)
def test_sitemaps_as_they_really_are(name):
    content = read_all("sitemap", SITEMAPS[name])
    assert [offer.url for offer in content.offers] == ["https://gazette.example/?a=1&b=2"]
    assert content.flaw is None


def test_a_repair_is_the_same_however_the_bytes_are_cut():
    text = "<a>Caf\xe9 &amp; &#x41; & &eacute; \x0b \u20ac</a>"
    data = text.encode() + b"\xe9"
    for size in (1, 2, 3, 7, len(data)):
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert b"".join(repaired(pieces)).decode() == ("<a>Caf\xe9 &amp; &#x41; &amp; &amp;eacute;   \u20ac</a>\xe9")


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_damaged_sitemap_the_entries_before_the_damage_count(packed):
    entries = "".join(f"<url><loc>https://gazette.example/{n}</loc></url>" for n in range(1_500))
    body = gzip.compress(f"<urlset>{entries}</urlset>".encode())[:-100] if packed else f"<urlset>{entries}<url><loc>ht"
    content = read_all("sitemap", body)
    assert 700 < len(content.offers) <= 1_500
    assert content.flaw.startswith("its end could not be read")


def test_of_too_many_links_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr("pipeline.gather.sitemaps.MOST_OFFERS", 2)
    days = ("2026-03-02", None, "2026-03-09", "2026-03-05", "2026-03-01")
    body = "".join(f"<url><loc>/{d}</loc>{f'<lastmod>{d}</lastmod>' if d else ''}</url>" for d in days)
    content = read_all("sitemap", f"<urlset>{body}</urlset>")
    assert [offer.url for offer in content.offers] == ["/2026-03-09", "/2026-03-05"]
    assert content.flaw == "it lists 5 links; the newest 2 were read"
