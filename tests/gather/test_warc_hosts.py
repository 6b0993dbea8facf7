"""Which source a page that others captured belongs to."""

from __future__ import annotations

import pytest

from pipeline.gather.warc_hosts import SourceHosts
from pipeline.sources.model import Source


def source(source_id, homepage, *feeds, enabled=True):
    return Source.model_validate(
        {
            "id": source_id,
            "name": source_id,
            "homepage": homepage,
            "country_code": "GBR",
            "language": "en",
            "timezone": "Europe/London",
            "enabled": enabled,
            "feeds": [{"url": url, "kind": "rss"} for url in feeds or [f"{homepage}/rss"]],
        }
    )


CATALOGUE = [
    source("paper", "https://www.paper.co.uk"),
    source("paper-us", "https://www.paper.co.uk/us", "https://www.paper.co.uk/us/rss"),
    source("paper-sport", "https://sport.paper.co.uk"),
    source("one", "https://one.example", "https://feeds.service.example/one"),
    source("two", "https://two.example", "https://feeds.service.example/two"),
    source("three", "https://three.example", "https://rss.three-media.example/all", enabled=False),
    source("old", "https://shared.example", enabled=False),
    source("young", "https://shared.example"),
    source("local", "http://harbour.localhost:8642"),
]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.paper.co.uk/a", "paper"),
        ("http://paper.co.uk/a", "paper"),
        ("https://PAPER.co.uk:8443/a", "paper"),
        ("https://m.paper.co.uk/a", "paper"),
        ("https://www.paper.co.uk/us/a", "paper-us"),
        ("https://www.paper.co.uk/usual", "paper"),
        ("https://live.sport.paper.co.uk/a", "paper-sport"),
        ("https://three.example/a", "three"),
        ("https://www.three-media.example/a", "three"),
        ("https://shared.example/a", "young"),
        ("http://harbour.localhost:8642/a", "local"),
        ("https://feeds.service.example/one/a", None),  # a service of others
        ("https://other.co.uk/a", None),
        ("https://notpaper.co.uk/a", None),
        ("https://co.uk/", None),
        ("http://localhost/", None),
        ("http://127.0.0.1/", None),
        ("http://[::1]/", None),
        ("http://[", None),
        ("about:blank", None),
    ],
)
def test_a_page_belongs_to_the_nearest_source_of_its_host(url, found):
    source = SourceHosts(CATALOGUE).source_of(url)
    assert (source.id if source else None) == found


def test_the_key_changes_with_what_would_be_found_and_with_nothing_else():
    key = SourceHosts(CATALOGUE).key
    assert SourceHosts(reversed(CATALOGUE)).key == key
    assert SourceHosts(CATALOGUE[1:]).key != key
    assert SourceHosts([*CATALOGUE, source("four", "https://four.example")]).key != key
