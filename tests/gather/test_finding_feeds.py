"""Which feeds of a site `dateline sources add` finds, keeps and leaves out."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
import yaml

from pipeline.gather.discover_source import add_source
from pipeline.gather.pace import HostPace
from pipeline.sources.loader import load_source

NOW = datetime.now(UTC).replace(microsecond=0)
FRONT = """<!doctype html><html lang="en-GB"><head><title>River Herald - news from the river</title>
<meta property="og:site_name" content="River Herald">{head}</head><body>{body}</body></html>"""


def front(site, head="", body="", html=FRONT):
    site.answer("/", html.format(head=head, body=body))


def rss(site, path, *links, title="Gazette", language="en"):
    items = "".join(
        f"<item><title>R</title><link>{site.url(link)}</link><pubDate>{NOW:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for link in links
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><language>{language}</language>'
    site.answer(path, f"{text}{items}</channel></rss>", kind="application/rss+xml")


def news_sitemap(site, path, *links, zipped=False):
    pages = "".join(
        f"<url><loc>{site.url(link)}</loc><n:news><n:publication_date>{NOW.isoformat()}</n:publication_date>"
        f"<n:title>R</n:title></n:news></url>"
        for link in links
    )
    text = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{pages}</urlset>'
    )
    site.answer(path, gzip.compress(text.encode()) if zipped else text, kind="application/xml")


def sitemap(site, path, *links):
    pages = "".join(f"<url><loc>{site.url(link)}</loc></url>" for link in links)
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>'
    site.answer(path, text, kind="application/xml")


def index(site, path, *children):
    inside = "".join(f"<sitemap><loc>{site.url(child)}</loc></sitemap>" for child in children)
    text = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'
    site.answer(path, text, kind="application/xml")


def robots(site, *sitemaps):
    lines = "".join(f"Sitemap: {site.url(path)}\n" for path in sitemaps)
    site.answer("/robots.txt", f"User-agent: *\nDisallow: /secret\n{lines}", kind="text/plain")


def articles(count, folder="news"):
    return [f"/{folder}/a-report-of-some-length-{number}" for number in range(count)]


@pytest.fixture
def add(gathering, site):
    def run(path="/", **options):
        return add_source(gathering.settings, site.url(path), pace=HostPace(), **options)

    return run


def feeds_of(added, site):
    return [(feed["kind"], feed["url"].removeprefix(site.url(""))) for feed in yaml.safe_load(added.text)["feeds"]]


def test_feeds_are_found_wherever_a_site_names_them(add, site):
    head = (
        '<link rel="alternate" type="application/atom+xml" href="/atom">'
        '<link rel="feed" href="/json">'
        '<link rel="alternate" hreflang="de" href="/de">'
    )
    front(site, head=head, body='<a href="/rss/world.xml">RSS</a> <a href="/about">About us</a>')
    robots(site, "/maps/index.xml")
    entries = "".join(f'<entry><link href="{site.url(link)}"/></entry>' for link in articles(4, "b"))
    site.answer("/atom", f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>', kind="application/atom+xml")
    items = ",".join(f'{{"url": "{site.url(link)}"}}' for link in articles(5, "c"))
    site.answer(
        "/json", f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}', kind="application/json"
    )
    rss(site, "/rss/world.xml", *articles(2, "d"))
    index(site, "/maps/index.xml", "/maps/old.xml", "/maps/latest-news.xml.gz")
    sitemap(site, "/maps/old.xml", *articles(30, "e"))
    news_sitemap(site, "/maps/latest-news.xml.gz", *articles(6, "a"), zipped=True)
    added = add()
    assert feeds_of(added, site) == [
        ("news_sitemap", "/maps/latest-news.xml.gz"),
        ("json_feed", "/json"),
        ("atom", "/atom"),
        ("rss", "/rss/world.xml"),
    ]
    assert f"left out: {site.url('/maps/index.xml')}: a sitemap of everything (2 sitemaps)" in added.report
    assert "/de" not in site.paths()
    assert "/about" not in site.paths()


@pytest.mark.parametrize("place", ["/feed", "/rss.xml", "/index.xml", "/news-sitemap.xml", "/sitemap.xml"])
def test_the_usual_places_are_asked_where_nothing_is_named(add, site, place):
    front(site)
    (rss if "sitemap" not in place else sitemap)(site, place, *articles(3))
    added = add()
    assert [url for _, url in feeds_of(added, site)] == [place]
    assert "nothing to use at the usual places /" in added.report


def test_no_more_places_are_asked_than_needed(add, site):
    front(site, head='<link rel="alternate" type="application/rss+xml" href="/rss.xml">')
    robots(site, "/news.xml")
    rss(site, "/rss.xml", *articles(30))
    news_sitemap(site, "/news.xml", *articles(3, "other"))
    said = []
    add(say=said.append)
    assert site.paths() == ["/", "/rss.xml", "/news.xml"]
    assert said == [f"asking for {site.url(path)}" for path in site.paths()]


def test_a_page_full_of_dead_feeds_is_not_asked_for_all_of_them(add, site):
    front(site, body="".join(f'<a href="/rss/{number}.xml">feed</a>' for number in range(80)))
    report = add().report
    assert len(site.paths()) <= 28  # the front page twice, the second time as a section
    assert "not tried: 25 addresses were" in report


def test_feeds_of_comments_dead_ones_empty_ones_and_copies_are_left_out(add, site):
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
        for title, href in (
            ("Herald » Comments Feed", "/c1"),
            ("All", "/comments/feed/"),
            ("Main", "/main.xml"),
            ("Copy", "/copy.xml"),
            ("Dead", "/dead.xml"),
            ("Empty", "/empty.xml"),
            ("A page", "/page"),
            ("Secret", "/secret/rss"),
        )
    )
    front(site, head=links)
    robots(site)
    rss(site, "/main.xml", *articles(5))
    rss(site, "/copy.xml", *articles(5))
    rss(site, "/empty.xml")
    site.page("/page")
    added = add()
    assert feeds_of(added, site) == [("rss", "/main.xml")]
    said = {line.split(": ")[1]: line for line in added.report.splitlines() if line.startswith("  left out")}
    for path, words in {
        "/copy.xml": "lists nothing that",
        "/dead.xml": "gone (404)",
        "/empty.xml": "lists no links",
        "/page": "neither a feed nor a sitemap",
        "/secret/rss": "robots_denied",
    }.items():
        assert words in said[site.url(path)]
    assert not {"/c1", "/comments/feed/", "/secret/rss"} & set(site.paths())


def test_at_most_five_feeds_are_kept_the_most_complete_first(add, site):
    front(site, body="".join(f'<a href="/feed{number}.rss">x</a>' for number in range(7)))
    for number in range(7):
        rss(site, f"/feed{number}.rss", *articles(number + 1, f"section{number}"))
    assert [url for _, url in feeds_of(add(), site)] == [f"/feed{number}.rss" for number in (6, 5, 4, 3, 2)]


def test_a_site_without_feeds_is_read_by_its_front_page(add, site):
    front(site, body="".join(f'<a href="{link}">A report of some length</a>' for link in articles(12)))
    added = add()
    assert feeds_of(added, site) == [("section", "/")]
    assert "no feed and no sitemap was found" in added.text
    assert load_source(added.path).feeds[0].link_pattern is None
    assert "section, 12 links that look like articles" in added.report
    assert yaml.safe_load(added.text)["enabled"] is True


def test_the_address_of_a_feed_will_do(add, site):
    front(site)
    rss(site, "/odd/place", *articles(4))
    added = add("/odd/place")
    assert feeds_of(added, site) == [("rss", "/odd/place")]
    assert yaml.safe_load(added.text)["homepage"] == site.url("/")


def test_the_report_says_how_new_a_feed_is(add, site):
    front(site)
    rss(site, "/feed", *articles(2))
    assert f"2 links, the newest of {NOW:%Y-%m-%d %H:%M} UTC (from one of the usual places)" in add().report
