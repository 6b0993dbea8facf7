"""The built-in newsroom, gathered whole: every article is captured, every odd link ends as its gold says."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from pipeline.gather import gather_source
from pipeline.gather.archive import read_capture
from pipeline.gather.ledger import open_ledger
from pipeline.newsroom import running_newsroom
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.sources.loader import load_sources

# These are for `read` to see: the page looks like any other from outside.
ONLY_READING_TELLS = {"soft_404", "consent_in_place"}


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    settings = Settings(
        home=tmp_path_factory.mktemp("home"),
        sources_folder=tmp_path_factory.mktemp("none"),
        delay_seconds=0,
        max_crawl_delay_seconds=0,
    )
    run = Run(run_id="run-1", settings=settings, started_at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    with running_newsroom(settings, port=0, visit=1, date=date(2026, 11, 20), slow_seconds=0.1) as newsroom:
        results = {source_id: gather_source(run, source_id) for source_id in load_sources(settings)}
        gold = newsroom.gold()
    with open_ledger(settings) as ledger:
        rows = [row for source_id in results for row in ledger.fetches.of_pass(run.run_id, source_id)]
    fetches = {row.url: row for row in rows}
    assert len(fetches) == len(rows)
    return settings, results, gold, fetches


def test_every_article_is_captured_and_can_be_read_back(gathered):
    settings, _, gold, fetches = gathered
    urls = {article["url"] for article in gold["articles"]}
    assert len(urls) >= 120
    assert {fetches[url].status for url in urls} == {"captured"}
    for url in urls:
        fetch = fetches[url]
        capture = read_capture(settings.captures_folder, fetch.warc_file, fetch.warc_offset)
        assert len(capture.body) == fetch.size_bytes


def test_an_article_of_several_pages_is_captured_whole(gathered):
    settings, _, gold, fetches = gathered
    captured = {url: [page.url for page in fetch.further_pages] for url, fetch in fetches.items()}
    assert {url: pages for url, pages in captured.items() if pages} == {
        article["url"]: article["further_urls"] for article in gold["articles"] if article["further_urls"]
    }
    for page in (page for fetch in fetches.values() for page in fetch.further_pages):
        assert read_capture(settings.captures_folder, page.warc_file, page.warc_offset).url == page.url
    assert sum(map(len, captured.values())) == 2


def test_every_odd_link_ends_in_its_status(gathered):
    _, _, gold, fetches = gathered
    odd = {link["url"]: link for link in gold["odd_links"]}
    assert odd
    for url, link in odd.items():
        expected = "captured" if link["oddity"] in ONLY_READING_TELLS else link["status"]
        assert fetches[url].status == expected, link


def test_no_link_is_offered_that_the_gold_does_not_know_and_the_counts_add_up(gathered):
    _, results, gold, fetches = gathered
    known = {record["url"] for kind in ("articles", "odd_links") for record in gold[kind]}
    assert fetches.keys() == known
    assert sum(result.counts["links"] for result in results.values()) == len(fetches)
    statuses = Counter(fetch.status for fetch in fetches.values())
    assert all(sum(r.counts.get(word, 0) for r in results.values()) == number for word, number in statuses.items())
