"""Whatever a page holds, reading it ends with a status and never with an exception."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.read.reader import read_page
from pipeline.sources.model import Source
from pipeline.statuses import ArticleStatus

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)
PAGES = [path.read_bytes() for path in sorted((Path(__file__).parent / "golden").glob("*.html"))]
PIECES = [
    b"<",
    b">",
    b"</div>",
    b"<div>" * 40,
    b"<table><tr><td>",
    b"<!--",
    b"\x00",
    b"\xff\xfe",
    b"&#0;",
    b'"@graph":[[[',
    b"<script>",
    b"\xe4\xb8",
    b"]]>",
    b"<br>" * 30,
]
SOURCE = Source.model_validate(
    {
        "id": "selby",
        "name": "Selby",
        "homepage": "http://selby.example/",
        "country_code": "GBR",
        "language": "en",
        "timezone": "Europe/London",
        "feeds": [{"url": "http://selby.example/rss", "kind": "rss"}],
        "site_rules": [
            {"headline": "h1", "byline": ".byline", "published_at": "time", "body": "article", "remove": ["aside"]}
        ],
    }
)


@st.composite
def mutated_pages(draw: st.DrawFn) -> bytes:
    """A golden page with pieces cut out, doubled, put in, or cut off."""
    page = bytearray(draw(st.sampled_from(PAGES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(page)))
        length = draw(st.integers(0, 300))
        what = draw(st.sampled_from(["cut", "double", "put", "end", "flip"]))
        if what == "cut":
            del page[at : at + length]
        elif what == "double":
            page[at:at] = page[at : at + length]
        elif what == "put":
            page[at:at] = draw(st.sampled_from(PIECES))
        elif what == "end":
            del page[at:]
        elif page:
            page[at % len(page)] = draw(st.integers(0, 255))
    return bytes(page)


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(raw=mutated_pages(), with_rules=st.booleans())
def test_a_mutated_page_always_ends_with_a_status(raw: bytes, with_rules: bool) -> None:
    reading = read_page(
        raw, url="http://selby.example/a/b", fetched_at=FETCHED_AT, source=SOURCE if with_rules else None
    )
    assert reading.status in set(ArticleStatus) - {ArticleStatus.QUARANTINED}, reading.reason
    assert reading.status != ArticleStatus.NEW or reading.body


@pytest.mark.parametrize(
    "raw",
    [
        random.Random(7).randbytes(50_000),
        b"<html><body>" + b"<div>" * 100_000 + b"<p>text</p>",
        b"<html><body>" + b"<table><tr><td>" * 1_000 + b"<p>text</p>",
        b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script><p>text</p>",
        b'<script type="application/ld+json">[' + b'{"@type":"NewsArticle","headline":"x"},' * 20_000 + b"{}]</script>",
        b"<html><head><title>" + b"A" * 200_000 + b"</title></head><body><h1>" + b"B " * 50_000,
    ],
    ids=["binary", "nested", "nested tables", "nested json", "many nodes", "endless headline"],
)
def test_a_hostile_page_ends_with_a_status(raw: bytes) -> None:
    assert read_page(raw, url="http://selby.example/x", fetched_at=FETCHED_AT).status in set(ArticleStatus)


def test_a_failure_of_the_reader_is_the_pages_status_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the tree fell")

    monkeypatch.setattr("pipeline.read.reader.parse_page", fail)
    reading = read_page(PAGES[0], url="http://selby.example/x#top", fetched_at=FETCHED_AT)
    assert reading.status == ArticleStatus.QUARANTINED
    assert reading.reason == "RuntimeError: the tree fell"
    assert reading.canonical_url == "http://selby.example/x"
