from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.dedupe.stage import dedupe_run
from pipeline.handover import read_records, write_records
from pipeline.records import Article, DedupeVerdict, stable_id
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.statuses import ArticleStatus

BODY = " ".join(
    f"The council of ward {n} voted on the drainage plan after hearing {n * 3} residents." for n in range(12)
)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(run_id="r1", settings=Settings(home=tmp_path), started_at=datetime(2026, 3, 2, tzinfo=UTC))


def article(name: str, body: str = BODY, status: ArticleStatus = ArticleStatus.NEW, hour: int = 1) -> Article:
    return Article(
        article_id=stable_id(name),
        revision=1,
        capture_id=f"c-{name}",
        fetch_id=f"f-{name}",
        source_id="paper",
        status=status,
        url=f"http://paper.example/{name}",
        canonical_url=f"http://paper.example/{name}",
        headline=name,
        headline_source="page",
        standfirst=None,
        byline=(),
        published_at=datetime(2026, 3, 1, hour, tzinfo=UTC),
        published_at_source="page",
        modified_at=None,
        section=None,
        language="en",
        keywords=(),
        publisher=None,
        body=body,
        text_sha256=stable_id(body),
        changed_fields=(),
        fetched_at=datetime(2026, 3, 2, tzinfo=UTC),
        extractor="trafilatura",
        extractor_version="1",
        error=None,
    )


def dedupe(run: Run, *articles: Article) -> tuple[list[Article], dict[str, DedupeVerdict]]:
    write_records(run.stage_file("read", "batch-000.out"), Article, articles)
    dedupe_run(run)
    verdicts = read_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict)
    return list(read_records(run.stage_file("dedupe", "articles"), Article)), {v.article_id: v for v in verdicts}


def test_every_article_comes_out_once_with_its_final_status(run: Run) -> None:
    articles, verdicts = dedupe(
        run,
        article("first", hour=1),
        article("copy", hour=2),
        article("gone wrong", body="", status=ArticleStatus.NO_ARTICLE),
        article("same as before", status=ArticleStatus.UNCHANGED),
    )
    assert Counter(a.status for a in articles) == {"new": 1, "duplicate": 1, "no_article": 1, "unchanged": 1}
    assert verdicts[stable_id("copy")].duplicate_of == stable_id("first")
    assert set(verdicts) == {stable_id("first"), stable_id("copy")}


def test_two_links_to_one_canonical_url_are_one_article(run: Run) -> None:
    one = article("first")
    articles, verdicts = dedupe(run, one, replace(one, fetch_id="f-a-second", url=f"{one.url}?print=1"))
    assert sorted(str(a.status) for a in articles) == ["new", "repeated_link"]
    assert len(verdicts) == 1


OTHER = " ".join(f"The harbour company {n} sold its {n * 7} cranes to a buyer abroad." for n in range(12))


def captured_again(first: Article, hours: int, body: str) -> Article:
    return replace(
        first,
        fetch_id=f"{first.fetch_id}-{hours}",
        fetched_at=first.fetched_at + timedelta(hours=hours),
        body=body,
        text_sha256=stable_id(body),
    )


def test_every_revision_of_a_run_gets_the_verdict_on_the_newest(run: Run) -> None:
    original = article("first", hour=1)
    becomes_a_copy = article("second", OTHER, hour=2)
    write_records(
        run.stage_file("read", "batch-000.out"),
        Article,
        [captured_again(becomes_a_copy, 1, BODY), original, becomes_a_copy],
    )
    dedupe_run(run)
    verdicts = list(read_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict))
    judged = sorted((v.article_id, v.revision, v.duplicate_of) for v in verdicts)
    assert judged == sorted(
        [
            (original.article_id, 1, None),
            (becomes_a_copy.article_id, 1, original.article_id),
            (becomes_a_copy.article_id, 2, original.article_id),
        ]
    )
    assert len({v.story_id for v in verdicts}) == 1
    final = read_records(run.stage_file("dedupe", "articles"), Article)
    assert Counter(a.status for a in final) == {"new": 1, "duplicate": 2}


def test_an_article_whose_newest_text_is_its_own_is_no_duplicate(run: Run) -> None:
    original = article("first", hour=1)
    was_a_copy = article("second", BODY, hour=2)
    articles, verdicts = dedupe(run, original, was_a_copy, captured_again(was_a_copy, 1, OTHER))
    assert Counter(a.status for a in articles) == {"new": 2, "revised": 1}
    assert verdicts[was_a_copy.article_id].duplicate_of is None


def test_a_second_run_of_the_stage_replaces_its_output(run: Run) -> None:
    first = dedupe(run, article("first"), article("copy", hour=2))
    dedupe_run(run)
    again = list(read_records(run.stage_file("dedupe", "articles"), Article))
    assert again == first[0]


def test_nothing_in_gives_empty_files(run: Run) -> None:
    result = dedupe_run(run)
    assert result.counts == {}
    assert list(read_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict)) == []
