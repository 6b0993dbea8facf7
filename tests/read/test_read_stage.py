"""The stage: one article for each capture, with revision and status against what is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from pipeline import batches
from pipeline.errors import AccountingError, SourceFileError
from pipeline.gather.archive import CaptureWriter
from pipeline.gather.transport import Response
from pipeline.handover import read_records, write_records
from pipeline.known_records import KnownArticle
from pipeline.read import finish_read, plan_read, read_batch
from pipeline.read.reader import text_sha256
from pipeline.read.revision import as_revision
from pipeline.records import Article, Fetch, stable_id
from pipeline.runs import Run
from pipeline.settings import Settings

STARTED_AT = datetime(2025, 6, 1, 2, 0, tzinfo=UTC)
PAGE = (
    "<html lang='en'><head><title>{title}</title></head><body><h1>{title}</h1>"
    "<p class='stamp'>Updated: 2025-05-31 09:30</p>"
    "<p>The council closed the old bridge on Monday for repairs that will take until spring, officials said.</p>"
    "<p>Buses will go round by the mill, which adds {minutes} minutes to the trip to the hospital.</p></body></html>"
)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    folder = tmp_path / "sources" / "cn"
    folder.mkdir(parents=True)
    source = {
        "id": "selby",
        "name": "Selby Star",
        "homepage": "http://selby.example/",
        "country_code": "CHN",
        "language": "en",
        "timezone": "Asia/Shanghai",
        "feeds": [{"url": "http://selby.example/rss", "kind": "rss"}],
    }
    (folder / "selby.yml").write_text(yaml.safe_dump(source), encoding="utf-8")
    settings = Settings(
        home=tmp_path / "var", sources_folder=tmp_path / "sources", newsroom=False, publishers=True, read_batch_size=2
    )
    return Run(run_id="r1", settings=settings, started_at=STARTED_AT)


def capture(run: Run, pages: dict[str, bytes]) -> list[Fetch]:
    """Archive `pages` by URL and hand them over as gathering does, with one link that was not captured."""
    fetches = []
    settings = run.settings
    with CaptureWriter(settings.captures_folder, "watch-1", "selby", settings.max_capture_file_bytes) as writer:
        for number, (url, body) in enumerate(pages.items()):
            response = Response(
                url=url,
                http_status=200,
                reason="OK",
                http_version="HTTP/1.1",
                headers=(("Content-Type", "text/html"),),
                body=body,
                request_headers=(),
                request_target="/",
            )
            requested_at = STARTED_AT + timedelta(seconds=number)
            place = writer.write(response, requested_at, {}, url=url)
            fetches.append(fetch_of(url, requested_at, place.warc_file, place.warc_offset))
    gone = replace(fetch_of("http://selby.example/gone", STARTED_AT, None, None), status="gone", capture_id=None)
    write_records(run.stage_file("gather", "collected.fetches"), Fetch, [*fetches, gone])
    return fetches


def fetch_of(url: str, requested_at: datetime, warc_file: str | None, warc_offset: int | None) -> Fetch:
    return Fetch(
        fetch_id=stable_id("selby", url, requested_at.isoformat()),
        gather_run_id="watch-1",
        source_id="selby",
        feed_id=None,
        url=url,
        visited_at=requested_at,
        status="captured",
        http_status=200,
        requested_at=requested_at,
        elapsed_seconds=0.1,
        final_url=url,
        redirects=(),
        content_type="text/html",
        size_bytes=None,
        content_sha256=None,
        etag=None,
        last_modified=None,
        capture_id=stable_id(url, requested_at.isoformat()),
        warc_file=warc_file,
        warc_offset=warc_offset,
        feed_title="From the feed",
        feed_published_at=None,
        feed_published_at_source=None,
        will_be_asked_again=False,
        error=None,
    )


def page(title: str, minutes: int = 11) -> bytes:
    return PAGE.format(title=title, minutes=minutes).encode()


def read_all(run: Run) -> list[Article]:
    """Both steps of reading; the articles of all batches."""
    for name in plan_read(run):
        result = read_batch(run, name)
        assert sum(result.counts.values()) == len(list(read_records(Path(result.path), Article)))
    finished = finish_read(run)
    articles = [a for path in run.stage_files("read", "batch-*.out") for a in read_records(path, Article)]
    assert sum(finished.counts.values()) == len(articles)
    return articles


def test_each_capture_becomes_one_article_in_batches(run: Run) -> None:
    pages = {f"http://selby.example/{n}": page(f"Bridge number {n} closed until spring") for n in range(5)}
    fetches = capture(run, pages)
    articles = read_all(run)
    assert len(plan_read(run)) == 3
    assert [a.fetch_id for a in articles] == [f.fetch_id for f in fetches]
    first = articles[0]
    assert (first.status, first.revision, first.headline) == ("new", 1, "Bridge number 0 closed until spring")
    assert first.article_id == stable_id("http://selby.example/0")
    assert first.text_sha256 == text_sha256(first.headline, first.body)
    assert first.body is not None
    assert first.body.count("\n\n") == 1


def test_a_batch_that_was_read_is_not_yet_compared_with_anything(run: Run) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    (name,) = plan_read(run)
    result = read_batch(run, name)
    (article,) = read_records(Path(result.path), Article)
    assert (article.status, article.revision, result.counts) == ("new", 0, {"new": 1})
    assert run.stage_files("read", "batch-*.out") == []


def test_a_time_without_a_zone_is_the_sources_own(run: Run) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    (article,) = read_all(run)
    assert article.published_at == datetime(2025, 5, 31, 1, 30, tzinfo=UTC)
    assert article.published_at_source == "page"
    assert article.modified_at == article.published_at


def test_a_page_that_is_no_article_has_its_status_and_no_text(run: Run) -> None:
    capture(run, {"http://selby.example/x": b"<html><body><h1>Page not found</h1><p>Nothing here.</p></body></html>"})
    (article,) = read_all(run)
    assert (article.status, article.revision, article.body, article.text_sha256) == ("soft_404", 0, None, None)
    assert article.error


def test_a_capture_that_cannot_be_read_is_quarantined_and_the_others_go_on(run: Run) -> None:
    fetches = capture(run, {f"http://selby.example/{n}": page(f"Bridge number {n} closed") for n in range(2)})
    broken = replace(fetches[0], warc_file="r1/none.warc.gz")
    write_records(run.stage_file("gather", "collected.fetches"), Fetch, [broken, fetches[1]])
    articles = read_all(run)
    assert [a.status for a in articles] == ["quarantined", "new"]
    assert "none.warc.gz" in (articles[0].error or "")


def test_planning_again_leaves_no_batch_of_before(run: Run) -> None:
    pages = {f"http://selby.example/{n}": page(f"Bridge number {n} closed") for n in range(5)}
    fetches = capture(run, pages)
    read_all(run)
    assert [path.name for path in run.stage_files("read", "*.learned")] == ["furniture.learned.parquet"]
    write_records(run.stage_file("gather", "collected.fetches"), Fetch, fetches[:1])
    assert plan_read(run) == ["000"]
    assert [path.name for path in run.stage_files("read", "*")] == ["batch-000.in.parquet"]


def test_there_are_never_more_batches_than_airflow_maps_tasks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_BATCHES", 3)
    fetches = [fetch_of(f"http://selby.example/{n}", STARTED_AT, "none", 0) for n in range(10)]
    write_records(run.stage_file("gather", "collected.fetches"), Fetch, fetches)
    names = plan_read(run)  # two to a batch, as the settings say, would be five
    planned = [list(read_records(run.stage_file("read", f"batch-{name}.in"), Fetch)) for name in names]
    assert [len(batch) for batch in planned] == [4, 4, 2]
    assert [fetch for batch in planned for fetch in batch] == fetches


def test_captures_of_several_passes_are_read_in_one_run(run: Run) -> None:
    first, second = capture(run, {f"http://selby.example/{n}": page(f"Bridge number {n} closed") for n in range(2)})
    again = replace(first, fetch_id="again", gather_run_id="watch-2", requested_at=STARTED_AT + timedelta(hours=1))
    write_records(run.stage_file("gather", "collected.fetches"), Fetch, [first, second, again])
    articles = read_all(run)
    assert [(a.fetch_id, a.status, a.revision) for a in articles] == [
        (first.fetch_id, "new", 1),
        (second.fetch_id, "new", 1),
        ("again", "new", 1),  # as if it were the only one; dedupe brings both into one row
    ]


@pytest.mark.parametrize("change", ["disabled", "switched off"])
def test_a_source_that_is_no_longer_visited_keeps_its_time_zone(run: Run, change: str) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    if change == "disabled":
        file = run.settings.sources_folder / "cn" / "selby.yml"
        file.write_text(file.read_text(encoding="utf-8") + "enabled: false\n", encoding="utf-8")
    else:
        run = replace(run, settings=run.settings.model_copy(update={"publishers": False}))
    (article,) = read_all(run)
    assert article.published_at == datetime(2025, 5, 31, 1, 30, tzinfo=UTC)


def test_a_source_whose_file_is_gone_gives_no_time_zone_and_stops_nothing(run: Run) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    (run.settings.sources_folder / "cn" / "selby.yml").unlink()
    (article,) = read_all(run)
    assert (article.status, article.published_at) == ("new", None)


def test_a_wrong_source_file_stops_the_stage(run: Run) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    (run.settings.sources_folder / "cn" / "selby.yml").write_text("id: selby\n", encoding="utf-8")
    with pytest.raises(SourceFileError):
        read_all(run)


def test_a_batch_reads_only_the_files_of_its_own_sources(run: Run) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    (run.settings.sources_folder / "cn" / "other.yml").write_text("id: broken\n", encoding="utf-8")
    (article,) = read_all(run)
    assert article.status == "new"


def test_a_run_without_captures_has_no_batches(run: Run) -> None:
    assert plan_read(run) == []


def test_a_lost_article_stops_the_stage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    plan_read(run)
    monkeypatch.setattr("pipeline.read.stage.write_records", lambda *_: 0)
    with pytest.raises(AccountingError, match="1 captures went in, 0 articles came out"):
        read_batch(run, "000")


def test_known_articles_are_unchanged_or_revised_by_headline_and_body(run: Run) -> None:
    capture(run, {"http://selby.example/1": page("Bridge closed until spring")})
    (article,) = read_all(run)
    assert article.body is not None
    assert article.text_sha256 is not None
    known = KnownArticle(
        article_id=article.article_id,
        revision=3,
        text_sha256=article.text_sha256,
        headline=article.headline,
        standfirst="An older standfirst",
        byline=(),
        body=article.body,
        last_seen_at=article.fetched_at - timedelta(days=1),
    )
    found = replace(article, revision=0)
    same = as_revision(found, known)
    assert (same.status, same.revision, same.changed_fields) == ("unchanged", 3, ())
    older = replace(known, text_sha256="0" * 64, body="Another text.")
    changed = as_revision(found, older)
    assert (changed.status, changed.revision, changed.changed_fields) == ("revised", 4, ("standfirst", "body"))
    assert as_revision(found, None).revision == 1
    seen_later = replace(older, last_seen_at=article.fetched_at + timedelta(seconds=1))
    outdated = as_revision(found, seen_later)
    assert (outdated.status, outdated.revision, outdated.changed_fields) == ("outdated", 0, ())
    assert as_revision(found, replace(known, last_seen_at=seen_later.last_seen_at)).status == "unchanged"


def test_white_space_alone_is_no_revision() -> None:
    assert text_sha256("A  headline", "One.\n\nTwo.") == text_sha256("A headline", "One. Two.")
    assert text_sha256("A headline", "One.") != text_sha256("A headline", "Two.")
