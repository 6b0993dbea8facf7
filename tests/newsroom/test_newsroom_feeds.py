"""The feeds and source files: every article listed, newest first, in the feed's own format."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import lxml.html
import pytest
from lxml import etree

from pipeline.newsroom import RunningNewsroom
from pipeline.newsroom.sites import SITES
from pipeline.sources.loader import load_source

Base = Callable[[str], str]
FEEDPARSER_VERSIONS = {"rss": "rss20", "atom": "atom10", "rdf": "rss10"}


def wanted_urls(newsroom: RunningNewsroom, site_id: str, *, odd: bool = True) -> set[str]:
    gold = newsroom.gold()
    listed = gold["articles"] + (gold["odd_links"] if odd else [])
    return {record["url"] for record in listed if record["site"] == site_id}


def sites_with(kind: str) -> list[str]:
    return [site.id for site in SITES.values() if any(feed.kind == kind for feed in site.feeds)]


def feed_path(site_id: str, kind: str) -> str:
    return next(feed.path for feed in SITES[site_id].feeds if feed.kind == kind)


@pytest.mark.parametrize(
    ("site_id", "kind"),
    [(site_id, kind) for kind in FEEDPARSER_VERSIONS for site_id in sites_with(kind)],
)
def test_syndication_feeds_list_every_article_newest_first(
    newsroom: RunningNewsroom, get: Any, base: Base, site_id: str, kind: str
) -> None:
    url = base(site_id) + feed_path(site_id, kind)
    answer = get(url)
    parsed = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not parsed.bozo
    assert parsed.version == FEEDPARSER_VERSIONS[kind]
    links = [urljoin(url, entry.link).split("?")[0] for entry in parsed.entries]
    assert len(links) == len(set(links))
    assert set(links) == wanted_urls(newsroom, site_id)
    instants = [(entry.get("published_parsed") or entry.updated_parsed)[:6] for entry in parsed.entries]
    assert instants == sorted(instants, reverse=True)
    gold = {a["url"]: a for a in newsroom.gold()["articles"]}
    for link, entry, instant in zip(links, parsed.entries, instants, strict=True):
        if link in gold:
            assert entry.title == gold[link]["headline"]
            assert entry.summary
            published = datetime.fromisoformat(gold[link]["published_at"]).astimezone(UTC)
            assert datetime(*instant, tzinfo=UTC) == published


def test_the_json_feed_lists_every_article(newsroom: RunningNewsroom, get: Any, base: Base) -> None:
    feed = json.loads(get(base("meridian-wire") + "/feed.json").body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["url"] for item in feed["items"]} == wanted_urls(newsroom, "meridian-wire")


@pytest.mark.parametrize("site_id", [*sites_with("sitemap"), *sites_with("news_sitemap"), "harbour-gazette"])
def test_sitemaps_list_every_article_with_its_time(
    newsroom: RunningNewsroom, get: Any, base: Base, site_id: str
) -> None:
    path = "/news-sitemap.xml" if site_id == "capital-post" else "/sitemap.xml"
    tree = etree.fromstring(get(base(site_id) + path).body)
    assert set(tree.xpath("//*[local-name()='loc']/text()")) == wanted_urls(newsroom, site_id)
    instants = tree.xpath("//*[local-name()='lastmod' or local-name()='publication_date']/text()")
    assert len(instants) == len(wanted_urls(newsroom, site_id))
    assert all(datetime.fromisoformat(instant).tzinfo for instant in instants)


@pytest.mark.parametrize("site_id", sites_with("section"))
def test_section_pages_link_to_every_article_and_the_pattern_tells_them_from_the_rest(
    newsroom: RunningNewsroom, get: Any, base: Base, site_id: str
) -> None:
    feed = next(feed for feed in SITES[site_id].feeds if feed.kind == "section")
    url = base(site_id) + feed.path
    links = {urljoin(url, link) for link in lxml.html.document_fromstring(get(url).body).xpath("//a/@href")}
    assert feed.link_pattern
    matching = {link for link in links if re.search(feed.link_pattern, link)}
    assert matching == wanted_urls(newsroom, site_id)
    assert links - matching


def test_one_site_links_relatively_and_with_tracking_parameters(get: Any, base: Base) -> None:
    tree = etree.fromstring(get(base("southern-cross-post") + "/rss/feed.xml").body)
    links = [urlsplit(link) for link in tree.xpath("//item/link/text()")]
    assert any(link.netloc for link in links)
    assert any(not link.netloc for link in links)
    assert any("utm_source" in link.query for link in links)
    assert any(not link.query for link in links)


def test_every_kind_of_feed_that_sources_know_is_there() -> None:
    from pipeline.sources.model import FEED_KINDS

    assert {feed.kind for site in SITES.values() for feed in site.feeds} == set(FEED_KINDS)


def test_the_source_files_are_what_sources_reads(newsroom: RunningNewsroom) -> None:
    sources = {path.stem: load_source(path) for path in newsroom.sources_folder.glob("*.yml")}
    assert set(sources) == set(SITES)
    for source in sources.values():
        assert all(urlsplit(feed.url).port == newsroom.port for feed in source.feeds)
        assert source.politeness.delay_seconds == 0
    assert sources["asia-monitor"].site_rules
