"""Which source an address belongs to."""

import pytest

from pipeline.sources.by_address import SourcesByAddress
from pipeline.sources.model import Feed, Source


def source(source_id: str, homepage: str, *feeds: str) -> Source:
    return Source(
        id=source_id,
        name=source_id,
        homepage=homepage,
        country_code="GBR",
        language="en",
        timezone="Europe/London",
        feeds=tuple(Feed(url=url, kind="rss") for url in feeds or (f"{homepage}rss.xml",)),
    )


GAZETTE = source("gazette", "https://www.gazette.example/")
WELLE = source("welle", "https://www.welle.example/")
WELLE_ENGLISH = source("welle-english", "https://www.welle.example/en/")
TWO_IN_ONE = (source("one", "https://www.twins.example/"), source("other", "https://www.twins.example/"))
INDEX = SourcesByAddress([GAZETTE, WELLE, WELLE_ENGLISH, *TWO_IN_ONE])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.gazette.example/a/b", "gazette"),
        ("http://gazette.example/a", "gazette"),
        ("https://sport.gazette.example/a", "gazette"),
        ("http://www.gazette.example.localhost:8642/a", "gazette"),
        ("https://www.welle.example/de/a", "welle"),
        ("https://www.welle.example/en/a", "welle-english"),
        ("https://www.twins.example/a", None),
        ("https://another.example/a", None),
        ("no address", None),
        ("", None),
        ("http://[broken/", None),
    ],
)
def test_an_address_belongs_to_the_source_of_its_host_and_path(url: str, expected: str | None) -> None:
    found = INDEX.find(url)
    assert (found.id if found else None) == expected
