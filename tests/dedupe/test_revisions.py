"""Several captures of one article in one run: which of them are revisions, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.revisions import captured_again, newest_revisions, settle_revisions
from pipeline.known_records import KnownArticle
from pipeline.read.revision import as_known, as_revision
from pipeline.records import Article, stable_id

START = datetime(2026, 3, 2, tzinfo=UTC)
PAGE = "http://paper.example/page"


def capture(hours: float, text: str, url: str = PAGE, canonical_url: str = PAGE, source_id: str = "paper") -> Article:
    """One capture as the reader leaves it, before it is compared with anything."""
    fetched_at = START + timedelta(hours=hours)
    return Article(
        article_id=stable_id(canonical_url),
        revision=0,
        capture_id=stable_id(url, fetched_at.isoformat()),
        fetch_id=stable_id(source_id, url, fetched_at.isoformat()),
        source_id=source_id,
        status="new",
        url=url,
        canonical_url=canonical_url,
        headline="Headline",
        headline_source="page",
        standfirst=f"About {text}",
        byline=(),
        published_at=START,
        published_at_source="page",
        modified_at=None,
        section=None,
        language="en",
        keywords=(),
        publisher=None,
        body=text,
        text_sha256=stable_id(text),
        changed_fields=(),
        fetched_at=fetched_at,
        extractor="trafilatura",
        extractor_version="1",
        error=None,
    )


def run(captures: list[Article], edition: dict[str, KnownArticle]) -> list[Article]:
    """What the stages read and dedupe make of the captures of one run; the edition gets the newest revisions."""
    read = [as_revision(a, edition.get(a.article_id)) for a in captures]
    stored = {article_id: edition[article_id] for article_id in captured_again(read) if article_id in edition}
    settled = settle_revisions(read, stored)
    edition |= {a.article_id: as_known(a) for a in newest_revisions(settled)}
    return settled


def ended(articles: list[Article]) -> list[tuple[str, int, str | None]]:
    ordered = sorted(articles, key=lambda a: (a.fetched_at, a.fetch_id))
    return [(a.status, a.revision, a.body) for a in ordered]


def test_each_new_text_is_the_next_revision() -> None:
    captures = [capture(2, "C"), capture(0, "A"), capture(1, "B")]
    assert ended(run(captures, {})) == [("new", 1, "A"), ("revised", 2, "B"), ("revised", 3, "C")]


def test_a_text_that_comes_back_is_a_revision_of_its_own() -> None:
    edition: dict[str, KnownArticle] = {}
    run([capture(0, "A")], edition)
    captures = [capture(1, "A"), capture(2, "B"), capture(3, "A")]
    assert ended(run(captures, edition)) == [("unchanged", 1, "A"), ("revised", 2, "B"), ("revised", 3, "A")]


def test_the_same_text_again_is_unchanged() -> None:
    captures = [capture(0, "A"), capture(1, "A"), capture(2, "B"), capture(3, "B")]
    assert [(status, revision) for status, revision, _ in ended(run(captures, {}))] == [
        ("new", 1),
        ("unchanged", 1),
        ("revised", 2),
        ("unchanged", 2),
    ]


def test_changed_fields_are_told_against_the_revision_before() -> None:
    edition: dict[str, KnownArticle] = {}
    run([capture(0, "A")], edition)
    other_standfirst = replace(capture(1, "A"), standfirst="Another one")  # the same text: no revision
    third = replace(capture(3, "C"), standfirst="About B")
    settled = {a.fetched_at.hour: a for a in run([other_standfirst, capture(2, "B"), third], edition)}
    assert settled[2].changed_fields == ("standfirst", "body")
    assert settled[3].changed_fields == ("body",)


def test_another_link_to_the_article_is_a_repeated_link() -> None:
    print_view = capture(0, "A, for printers", url=f"{PAGE}?print=1")
    captures = [print_view, capture(1, "A"), capture(2, "B")]
    assert [(status, body) for status, _, body in ended(run(captures, {}))] == [
        ("repeated_link", "A, for printers"),
        ("new", "A"),
        ("revised", "B"),
    ]


def test_where_no_link_is_the_articles_own_the_earliest_counts() -> None:
    captures = [capture(1, "A", url=f"{PAGE}?b"), capture(0, "A, too", url=f"{PAGE}?a")]
    assert [status for status, _, _ in ended(run(captures, {}))] == ["new", "repeated_link"]


def test_one_address_found_by_two_sources_is_one_article() -> None:
    captures = [capture(0, "A"), capture(1, "A", source_id="agency")]
    assert [status for status, _, _ in ended(run(captures, {}))] == ["new", "repeated_link"]


def test_an_older_text_from_an_import_does_not_get_between_the_revisions() -> None:
    edition: dict[str, KnownArticle] = {}
    run([capture(5, "B")], edition)
    captures = [capture(7, "D"), capture(1, "A"), capture(6, "C")]
    assert ended(run(captures, edition)) == [("outdated", 0, "A"), ("revised", 2, "C"), ("revised", 3, "D")]


def test_what_is_no_article_is_left_alone() -> None:
    gallery = replace(capture(0, "A"), status="no_article")
    articles = [gallery, replace(capture(1, "A"), status="quarantined")]
    assert settle_revisions(articles, {}) == articles


def test_a_revision_comes_once_of_each_article_and_is_the_newest() -> None:
    other = "http://paper.example/other"
    settled = run([capture(1, "B"), capture(0, "A"), capture(0, "X", url=other, canonical_url=other)], {})
    assert {(a.body, a.revision) for a in newest_revisions(settled)} == {("B", 2), ("X", 1)}


PAGES = st.sampled_from([PAGE, "http://paper.example/other"])
CAPTURES = st.lists(st.tuples(PAGES, st.sampled_from("ABC")), min_size=1, max_size=12)


@given(captures=CAPTURES, order=st.randoms(use_true_random=False), cuts=st.sets(st.integers(0, 12), max_size=3))
def test_neither_order_nor_batches_nor_runs_change_the_revisions(captures, order, cuts) -> None:
    rows = [capture(hours, text, url=page, canonical_url=page) for hours, (page, text) in enumerate(captures)]
    one_by_one: dict[str, KnownArticle] = {}
    expected = [row for single in rows for row in run([single], one_by_one)]

    edition: dict[str, KnownArticle] = {}
    found = []
    borders = [0, *sorted(cuts), len(rows)]
    for start, end in pairwise(borders):
        part = rows[start:end]
        order.shuffle(part)
        found += run(part, edition)
    assert sorted(found, key=lambda a: a.fetched_at) == expected
    assert edition == one_by_one
