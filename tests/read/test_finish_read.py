"""The second step of reading: furniture is learnt over all batches and against the edition, then texts are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.dedupe.revisions import settle_revisions
from pipeline.errors import AccountingError
from pipeline.handover import read_records, write_records
from pipeline.known import open_known
from pipeline.read import finish_read, plan_read
from pipeline.read.reader import text_sha256
from pipeline.records import Article, Fetch, FurnitureLine, stable_id
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.warehouse.migrate import migrate
from tests.read.made_articles import paragraphs

STARTED_AT = datetime(2025, 6, 1, 2, 0, tzinfo=UTC)
WIDGET = "Print Mail Large Medium Small"
MOTTO = "Harriet Vole has written about gardens and the people in them since she was a child."


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(run_id="r1", settings=Settings(home=tmp_path / "var"), started_at=STARTED_AT)


def made(number: int, body: Sequence[str] | None, *, source_id: str = "selby", **other: Any) -> Article:
    """An article as `read_batch` leaves it; without a body it is none."""
    url = f"http://{source_id}.example/{number}"
    text = "\n\n".join(body) if body is not None else None
    headline = f"Headline {number}"
    given: dict[str, Any] = {field.name: None for field in fields(Article)}
    given |= {
        "article_id": stable_id(url),
        "revision": 0,
        "capture_id": f"c{number}",
        "fetch_id": f"f{source_id}{number}",
        "source_id": source_id,
        "status": "new" if text is not None else "no_article",
        "url": url,
        "canonical_url": url,
        "headline": headline,
        "standfirst": "What it is about",
        "byline": ("Ann Byrne",),
        "agencies": (),
        "images": (),
        "added_passages": (),
        "removed_passages": (),
        "page_count": 1,
        "keywords": (),
        "body": text,
        "text_sha256": text_sha256(headline, text) if text is not None else None,
        "changed_fields": (),
        "fetched_at": STARTED_AT + timedelta(seconds=number),
        "extractor_version": "1",
    }
    return Article(**(given | other))


def fetch_of(article: Article) -> Fetch:
    given: dict[str, Any] = {field.name: None for field in fields(Fetch)}
    given |= {"fetch_id": article.fetch_id, "gather_run_id": "r1", "source_id": article.source_id, "redirects": ()}
    given |= {"url": article.url, "visited_at": article.fetched_at, "status": "captured", "will_be_asked_again": False}
    return Fetch(**(given | ({"further_pages": ()} if "further_pages" in given else {})))


def leave_batches(run: Run, articles: Sequence[Article], size: int = 4) -> None:
    """What `plan_read` and `read_batch` leave."""
    settings = run.settings.model_copy(update={"read_batch_size": size})
    write_records(run.stage_file("gather", "collected.fetches"), Fetch, [fetch_of(article) for article in articles])
    for name in plan_read(replace(run, settings=settings)):
        of_batch = {fetch.fetch_id for fetch in read_records(run.stage_file("read", f"batch-{name}.in"), Fetch)}
        path = run.stage_file("read", f"batch-{name}.read")
        write_records(path, Article, [article for article in articles if article.fetch_id in of_batch])


def finished(run: Run) -> list[Article]:
    return [a for path in run.stage_files("read", "batch-*.out") for a in read_records(path, Article)]


def learned(run: Run) -> list[FurnitureLine]:
    return list(read_records(run.stage_file("read", "furniture.learned"), FurnitureLine))


def publish(run: Run, articles: Sequence[Article], furniture: Sequence[FurnitureLine] = ()) -> None:
    """An edition that holds these articles in their first revision, and these lines."""
    run.settings.editions_folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(run.settings.current_edition_file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        for a in articles:
            connection.execute(
                "INSERT INTO articles BY NAME SELECT $id AS article_id, $source AS source_id, $id AS canonical_url, "
                "$at AS first_seen_at, $at AS last_seen_at, 'r0' AS first_run_id, 'r0' AS last_revised_run_id, "
                "1 AS current_revision",
                {"id": a.article_id, "source": a.source_id, "at": a.fetched_at},
            )
            connection.execute(
                "INSERT INTO article_revisions BY NAME SELECT $id AS article_id, 1 AS revision, 'r0' AS run_id, "
                "'c' AS capture_id, 'f' AS fetch_id, $source AS source_id, 'u' AS url, $headline AS headline, "
                "$standfirst AS standfirst, $byline AS byline, []::VARCHAR[] AS keywords, []::VARCHAR[] AS agencies, "
                "[] AS images, 1 AS page_count, $body AS body, $sha AS text_sha256, []::VARCHAR[] AS changed_fields, "
                "$at AS fetched_at, '1' AS extractor_version",
                {
                    "id": a.article_id,
                    "source": a.source_id,
                    "headline": a.headline,
                    "standfirst": a.standfirst,
                    "byline": list(a.byline),
                    "body": a.body,
                    "sha": a.text_sha256,
                    "at": a.fetched_at,
                },
            )
        for line in furniture:
            connection.execute(
                "INSERT INTO source_furniture VALUES (?, ?, ?, ?, ?, ?, ?, 'r0')",
                [getattr(line, field.name) for field in fields(FurnitureLine)],
            )


def before(article: Article, days: int = 1) -> Article:
    return replace(article, fetched_at=article.fetched_at - timedelta(days=days))


def known_widget(**other: Any) -> FurnitureLine:
    key = stable_id("selby", "print mail large medium small")
    seen = {"first_seen_at": STARTED_AT - timedelta(days=9), "last_seen_at": STARTED_AT - timedelta(days=1)}
    return replace(
        FurnitureLine(source_id="selby", line_key=key, line=WIDGET, article_count=38, compared_count=41, **seen),
        **other,
    )


def test_what_recurs_in_the_batches_of_a_source_is_taken_out_of_its_texts_alone(run: Run) -> None:
    selby = [made(n, [WIDGET, *paragraphs(f"selby {n}")]) for n in range(7)]
    other = [made(n, [WIDGET, *paragraphs(f"other {n}")], source_id="other") for n in range(3)]
    leave_batches(run, [*selby, *other])
    result = finish_read(run)
    assert result.counts == {"new": 10}
    assert result.path == str(run.stage_file("read", "furniture.learned"))
    articles = finished(run)
    assert [a.fetch_id for a in articles] == [a.fetch_id for a in (*selby, *other)]
    assert {a.revision for a in articles} == {1}
    assert articles[2].body == "\n\n".join(paragraphs("selby 2"))
    assert articles[2].text_sha256 == text_sha256("Headline 2", articles[2].body)
    assert articles[8] == replace(other[1], revision=1)
    assert [(line.source_id, line.line, line.article_count) for line in learned(run)] == [("selby", WIDGET, 7)]


def test_what_comes_out_does_not_depend_on_batches_and_order_and_is_the_same_again(run: Run) -> None:
    articles = [made(n, [WIDGET, *paragraphs(f"selby {n}"), MOTTO]) for n in range(9)]
    leave_batches(run, articles, size=2)
    finish_read(run)
    first = (finished(run), learned(run))
    finish_read(run)
    assert (finished(run), learned(run)) == first
    leave_batches(run, articles[::-1], size=5)
    finish_read(run)
    assert (finished(run)[::-1], learned(run)) == first


def test_a_line_that_the_edition_knows_is_taken_out_of_a_single_article(run: Run) -> None:
    publish(run, [], [known_widget()])
    leave_batches(run, [made(1, [WIDGET, *paragraphs("one")])])
    finish_read(run)
    (article,) = finished(run)
    assert article.body == "\n\n".join(paragraphs("one"))
    (line,) = learned(run)
    assert (line.article_count, line.compared_count, line.last_seen_at) == (39, 42, article.fetched_at)


def test_stored_articles_are_witnesses_too_and_stay_as_they_are(run: Run) -> None:
    stored = [before(made(n, [*paragraphs(f"stored {n}"), MOTTO]), days=n) for n in range(1, 7)]
    publish(run, stored)
    leave_batches(run, [made(20, [*paragraphs("twenty"), MOTTO])])
    finish_read(run)
    assert finished(run)[0].body == "\n\n".join(paragraphs("twenty"))
    assert [(line.line, line.article_count, line.compared_count) for line in learned(run)] == [(MOTTO, 7, 7)]
    with open_known(run.settings.current_edition_file) as known:
        assert known.articles([stored[0].article_id])[stored[0].article_id].body == stored[0].body


def test_an_article_that_is_visited_again_is_not_counted_again(run: Run) -> None:
    text = paragraphs("one")
    publish(run, [before(made(1, text))], [known_widget()])
    leave_batches(run, [made(1, [WIDGET, *text])])
    assert finish_read(run).counts == {"unchanged": 1}
    (line,) = learned(run)
    assert (line.article_count, line.compared_count, line.last_seen_at) == (38, 41, made(1, text).fetched_at)


def test_a_text_that_differs_by_furniture_alone_is_unchanged_and_the_stored_one(run: Run) -> None:
    stored = before(made(1, [WIDGET, *paragraphs("one")]))
    publish(run, [stored], [known_widget()])
    leave_batches(run, [made(1, [WIDGET.upper(), *paragraphs("one"), WIDGET])])
    assert finish_read(run).counts == {"unchanged": 1}
    (article,) = finished(run)
    assert (article.revision, article.body, article.text_sha256) == (1, stored.body, stored.text_sha256)


def test_two_captures_of_such_a_text_are_no_revision_for_dedupe_either(run: Run) -> None:
    stored = before(made(1, [WIDGET, *paragraphs("one")]))
    publish(run, [stored], [known_widget()])
    first = made(1, [WIDGET, *paragraphs("one")])
    second = replace(first, fetch_id="again", fetched_at=first.fetched_at + timedelta(hours=1))
    leave_batches(run, [first, second])
    finish_read(run)
    with open_known(run.settings.current_edition_file) as known:
        settled = settle_revisions(finished(run), known.articles([first.article_id]))
    assert [(article.status, article.revision) for article in settled] == [("unchanged", 1), ("unchanged", 1)]


def test_a_text_that_changed_is_revised_and_says_what_changed(run: Run) -> None:
    text = paragraphs("one")
    publish(run, [before(made(1, [WIDGET, *text])), before(made(2, [WIDGET, *text]))], [known_widget()])
    leave_batches(run, [made(1, [WIDGET, *text, "One more."]), made(2, [WIDGET, *text], headline="Another headline")])
    assert finish_read(run).counts == {"revised": 2}
    longer, renamed = finished(run)
    assert (longer.revision, longer.changed_fields) == (2, ("body",))
    assert longer.body == "\n\n".join([*text, "One more."])
    assert (renamed.revision, renamed.changed_fields) == (2, ("headline",))


def test_an_older_text_that_an_import_brings_is_outdated(run: Run) -> None:
    publish(run, [replace(made(1, paragraphs("one")), fetched_at=STARTED_AT + timedelta(days=2))])
    leave_batches(run, [made(1, paragraphs("one, as it was"))])
    assert finish_read(run).counts == {"outdated": 1}


def test_a_text_of_furniture_alone_is_no_article(run: Run) -> None:
    publish(run, [], [known_widget()])
    leave_batches(run, [made(1, [WIDGET]), made(2, [WIDGET, "A storm is coming."])])
    assert finish_read(run).counts == {"no_article": 1, "new": 1}
    nothing, short = finished(run)
    assert (nothing.revision, nothing.body, nothing.text_sha256, nothing.byline) == (0, None, None, ())
    assert "recur across the articles" in (nothing.error or "")
    assert short.body == "A storm is coming."


def test_what_is_no_article_goes_through_as_it_is(run: Run) -> None:
    none = made(1, None, error="no text")
    leave_batches(run, [none])
    assert finish_read(run).counts == {"no_article": 1}
    assert finished(run) == [none]


def test_the_furniture_of_a_source_without_articles_tonight_is_handed_on(run: Run) -> None:
    publish(run, [], [known_widget(), known_widget(source_id="other")])
    leave_batches(run, [made(1, None)])
    finish_read(run)
    assert learned(run) == [known_widget()]


def test_an_edition_of_before_there_was_furniture_knows_none(run: Run) -> None:
    publish(run, [before(made(1, paragraphs("one")))])
    with duckdb.connect(str(run.settings.current_edition_file)) as connection:
        connection.execute("DROP TABLE source_furniture")
    leave_batches(run, [made(1, paragraphs("one"))])
    assert finish_read(run).counts == {"unchanged": 1}


def test_a_run_without_captures_finishes_with_nothing(run: Run) -> None:
    leave_batches(run, [])
    assert finish_read(run).counts == {}
    assert learned(run) == []


def test_a_batch_that_was_not_read_stops_the_stage(run: Run) -> None:
    leave_batches(run, [made(n, paragraphs(f"{n}")) for n in range(6)])
    run.stage_file("read", "batch-001.read").unlink()
    with pytest.raises(AccountingError, match=r"not read: batch-001\.read"):
        finish_read(run)
    assert run.stage_files("read", "batch-*.out") == []


def test_a_lost_article_stops_the_stage(run: Run) -> None:
    articles = [made(n, paragraphs(f"{n}")) for n in range(3)]
    leave_batches(run, articles)
    write_records(run.stage_file("read", "batch-000.read"), Article, articles[1:])
    with pytest.raises(AccountingError, match="3 captures went in, 2 articles came out"):
        finish_read(run)


def test_only_the_newest_stored_articles_are_looked_at(run: Run) -> None:
    publish(run, [before(made(n, paragraphs(f"{n}")), days=n) for n in range(1, 6)])
    publish(run, [before(made(9, paragraphs("9"), source_id="other"))])
    with open_known(run.settings.current_edition_file) as known:
        bodies = known.recent_bodies(["selby"], per_source=2)
        assert [body.article_id for body in bodies] == [made(2, []).article_id, made(1, []).article_id]
        assert bodies[1].body == "\n\n".join(paragraphs("1"))
        assert known.recent_bodies(["nobody"], per_source=2) == []
