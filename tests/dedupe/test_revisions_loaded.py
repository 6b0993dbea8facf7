"""Pages captured night after night, through reading, deduping and loading: what the warehouse says that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.dedupe.stage import dedupe_run
from pipeline.events import plan_code
from pipeline.gather.archive import CaptureWriter
from pipeline.gather.transport import Response
from pipeline.handover import read_records, write_records
from pipeline.read import finish_read, plan_read, read_batch
from pipeline.records import Article, FeedVisit, Fetch, Mention, stable_id
from pipeline.runs import Run, write_run
from pipeline.settings import Settings
from pipeline.warehouse import check_run, example_queries, load_run, publish_run, query_edition

FIRST_NIGHT = datetime(2025, 6, 1, 2, 0, tzinfo=UTC)
URL = "http://tarvik-post.example/news/crane"
SOURCE = """\
id: tarvik-post
name: Tarvik Post
homepage: http://tarvik-post.example/
country_code: NOR
language: en
timezone: Europe/Oslo
feeds:
  - url: http://tarvik-post.example/rss.xml
    kind: rss
expected_per_day: {min: 0, max: 200}
"""
HEADLINE = "Crane falls on ferry in Tarvik harbour"
DEAD = "A crane fell on a ferry in the harbour of Tarvik on Monday, killing 12 people, the police said."
MAYOR = 'The mayor, Anna Lund, said that the port would stay closed until Friday. "We have to look at every crane."'
OWNER = "The ferry had left the yard two hours before, and its owner did not answer calls on Monday night."
UNION = "The union of dock workers had asked for an inspection of the cranes in March, its chairman told the Post."
TEXT = (DEAD, MAYOR, OWNER, UNION)
NOTICE = "Correction: An earlier version of this article misstated the number of people who died."


def page(
    *paragraphs: str,
    headline: str = HEADLINE,
    ago: str = "3 hours ago",
    views: str = "1,234 views",
    comments: str = "12 comments",
    teasers: Sequence[str] = ("Choir wins the national contest", "Library lends out telescopes"),
    box: str = "",
    modified: str = "2025-05-31T20:00:00+02:00",
) -> str:
    """A page as a newspaper serves it: the text amid what its own system sets around it."""
    items = "".join(f"<li><a href='/news/{n}{len(t)}'>{t}</a></li>" for n, t in enumerate(teasers))
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{headline} - Tarvik Post</title>"
        "<meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2025-05-31T18:00:00+02:00'>"
        f"<meta property='article:modified_time' content='{modified}'></head><body>"
        "<header><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav></header>"
        f"<main><article><h1>{headline}</h1><div class='meta'><span>By Ola Berg</span> <span>{ago}</span> "
        f"<span>{views}</span> <span>{comments}</span></div><p>{ago}</p>{text}<p>{views}</p></article>"
        f"<aside class='box'>{box}</aside><section class='related'><h3>Read more</h3><ul>{items}</ul></section></main>"
        f"<footer><p>© Tarvik Post</p><p>{comments}</p></footer></body></html>"
    )


class House:
    """An installation that gathers pages by hand, publishes, and can be asked."""

    def __init__(self, folder: Path) -> None:
        sources = folder / "sources" / "nor"
        sources.mkdir(parents=True)
        (sources / "tarvik-post.yml").write_text(SOURCE)
        self.settings = Settings(
            home=folder / "var", sources_folder=folder / "sources", newsroom=False, publishers=True
        )
        self._nights = 0

    def night(
        self, *captures: str, hours: Sequence[float] = (), reported: dict[str, str] | None = None
    ) -> list[Article]:
        """Capture the pages one after the other (`hours` from the night's start), and publish.

        `reported`: words of the texts, each with the event that every revision with these words reports.
        """
        self._nights += 1
        started_at = FIRST_NIGHT + timedelta(days=self._nights - 1)
        run = Run(run_id=f"night-{self._nights}", settings=self.settings, started_at=started_at)
        write_run(run)
        places = hours or range(len(captures))
        fetches = [
            self._capture(run, html, started_at + timedelta(hours=at))
            for html, at in zip(captures, places, strict=True)
        ]
        write_records(run.stage_file("gather", "collected.fetches"), Fetch, fetches)
        write_records(run.stage_file("gather", "collected.feeds"), FeedVisit, [_visit(run)])
        for name in plan_read(run):
            read_batch(run, name)
        finish_read(run)
        dedupe_run(run)
        for name in plan_code(run):
            coded = read_records(run.stage_file("code", f"batch-{name}.in"), Article)
            mentions = [
                _mention(article, words, event_id)
                for article in coded
                for words, event_id in (reported or {}).items()
                if words in (article.body or "")
            ]
            write_records(run.stage_file("code", f"batch-{name}.out"), Mention, mentions)
        load_run(run)
        check_run(run)
        publish_run(run)
        articles = [a for p in run.stage_files("dedupe", "articles") for a in read_records(p, Article)]
        return sorted(articles, key=lambda a: a.fetched_at)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.settings.current_edition_file), read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.execute(sql).fetchall()

    def _capture(self, run: Run, html: str, at: datetime) -> Fetch:
        with CaptureWriter(
            self.settings.captures_folder, run.run_id, "tarvik-post", self.settings.max_capture_file_bytes
        ) as writer:
            response = Response(
                url=URL,
                http_status=200,
                reason="OK",
                http_version="HTTP/1.1",
                headers=(("Content-Type", "text/html; charset=utf-8"),),
                body=html.encode(),
                request_headers=(),
                request_target="/news/crane",
            )
            place = writer.write(response, at, {}, url=URL)
        given = {
            "fetch_id": stable_id(URL, at.isoformat()),
            "gather_run_id": run.run_id,
            "source_id": "tarvik-post",
            "url": URL,
            "visited_at": at,
            "requested_at": at,
            "status": "captured",
            "http_status": 200,
            "final_url": URL,
            "redirects": (),
            "further_pages": (),
            "content_type": "text/html; charset=utf-8",
            "capture_id": stable_id(URL, at.isoformat(), "capture"),
            "warc_file": place.warc_file,
            "warc_offset": place.warc_offset,
            "will_be_asked_again": False,
        }
        return _blank(Fetch, given)


def _blank(record_type: Any, given: dict[str, Any]) -> Any:
    return record_type(**{field.name: given.get(field.name) for field in fields(record_type)})


def _visit(run: Run) -> FeedVisit:
    url = "http://tarvik-post.example/rss.xml"
    given = {"visit_id": stable_id(url, run.run_id), "feed_id": stable_id("tarvik-post", url), "url": url}
    given |= {"source_id": "tarvik-post", "gather_run_id": run.run_id, "kind": "rss", "status": "read_feed"}
    given |= {"visited_at": run.started_at, "next_visit_at": run.started_at, "poll_interval_seconds": 3600.0}
    given |= {"link_count": 1, "new_link_count": 1, "old_link_count": 0, "failure_points": 0.0, "given_up": False}
    return _blank(FeedVisit, given)


def _mention(article: Article, words: str, event_id: str) -> Mention:
    body = article.body or ""
    start = body.index(words)
    given = {
        "mention_id": stable_id(article.article_id, str(article.revision), event_id),
        "event_id": event_id,
        "article_id": article.article_id,
        "revision": article.revision,
        "sentence_index": 0,
        "event_type": "ASSAULT",
        "quad_class": 4,
        "modality": "actual",
        "negated": False,
        "confidence": 0.8,
        "evidence_start": start,
        "evidence_end": start + len(words),
        "trigger_start": start,
        "trigger_end": start + len(words),
        "coder": "rules",
        "coder_version": "1",
    }
    return _blank(Mention, given)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def edited(old: str, new: str) -> list[str]:
    return [paragraph.replace(old, new) for paragraph in TEXT]


def test_a_figure_changed_without_a_word_is_in_all_three_places(house: House) -> None:
    house.night(page(*TEXT))
    (article,) = house.night(
        page(*edited("killing 12 people", "killing 9 people"), ago="1 day ago", views="9,871 views")
    )
    after = DEAD.replace("12", "9")
    assert (article.status, article.revision, article.changed_fields) == ("revised", 2, ("body",))
    revisions = "SELECT revision, changed_fields, added_passages, removed_passages FROM article_revisions ORDER BY 1"
    assert house.ask(revisions) == [(1, [], [], []), (2, ["body"], [after], [DEAD])]
    seen = FIRST_NIGHT + timedelta(days=1)
    sql = """SELECT revision, publisher, url, first_seen_at, text_before_seen_until, changed_fields, added_passages,
        removed_passages, correction_notice, read_alike, run_id FROM article_changes"""
    assert house.ask(sql) == [
        (2, "Tarvik Post", URL, seen, FIRST_NIGHT, ["body"], [after], [DEAD], None, True, "night-2")
    ]
    sql = """SELECT revision, kind, passages_taken_back, added_passages, says_modified, has_later_notice
        FROM silent_corrections"""
    assert house.ask(sql) == [(2, "figure", [DEAD], [after], False, False)]
    assert house.ask(f"SELECT count(*) FROM article_changes WHERE first_seen_at >= '{seen}'") == [(1,)]
    later = seen + timedelta(seconds=1)
    assert house.ask(f"SELECT count(*) FROM article_changes WHERE first_seen_at >= '{later}'") == [(0,)]
    assert len(query_edition(house.settings, "what_changed_in_articles").rows) == 1
    assert len(query_edition(house.settings, "figures_changed_silently").rows) == 1
    assert query_edition(house.settings, "silent_corrections_by_source").rows[0][:4] == ("Tarvik Post", 1, 0, 1)
    assert {"what_changed_in_articles", "figures_changed_silently"} <= set(example_queries())


@pytest.mark.parametrize(
    "other",
    [
        page(*TEXT, ago="Updated 5 min ago", views="98,710 views", comments="341 comments"),
        page(*TEXT, teasers=("Ferry operator asks for help", "Two hurt on the pass", "School gets a roof")),
        page(*(p.replace('"', "”").replace(" ", "\N{NO-BREAK SPACE}") for p in TEXT)),
        page(*(p.replace("ferry", "fer\N{SOFT HYPHEN}ry") for p in TEXT), modified="2025-06-01T20:00:00+02:00"),
        page(*TEXT, box="<p>Sign up for our newsletter and never miss a storm.</p>"),
        page(f"{TEXT[0]} {TEXT[1]}", *TEXT[2:]),
    ],
    ids=["counters", "teasers", "typography", "hyphens and a new time", "a box", "paragraphs joined"],
)
def test_the_same_text_in_another_page_is_no_revision_and_was_seen_again(house: House, other: str) -> None:
    house.night(page(*TEXT))
    (article,) = house.night(other)
    assert (article.status, article.revision) == ("unchanged", 1)
    seen_again = FIRST_NIGHT + timedelta(days=1)
    assert house.ask("SELECT current_revision, last_seen_at FROM articles") == [(1, seen_again)]
    assert house.ask("SELECT count(*) FROM article_revisions") == [(1,)]
    assert house.ask("SELECT count(*) FROM article_changes") == [(0,)]


def test_a_name_that_changed_is_a_silent_correction_and_an_addition_is_none(house: House) -> None:
    house.night(page(*TEXT))
    house.night(page(*TEXT, "The port opened again on Saturday."))
    house.night(page(*edited("Anna Lund", "Anne Lunde"), "The port opened again on Saturday."))
    assert house.ask("SELECT revision, len(added_passages), len(removed_passages) FROM article_changes ORDER BY 1") == [
        (2, 1, 0),
        (3, 1, 1),
    ]
    assert house.ask("SELECT revision, kind FROM silent_corrections") == [(3, "passage_replaced")]


def test_a_new_headline_alone_is_a_revision_and_silent_only_where_it_says_something_else(house: House) -> None:
    house.night(page(*TEXT, headline="Crane kills 12 in Tarvik harbour"))
    house.night(page(*TEXT, headline="Falling crane kills 12 in the harbour of Tarvik"))
    house.night(page(*TEXT, headline="Falling crane kills 9 in the harbour of Tarvik"))
    sql = "SELECT revision, changed_fields, headline_before[:22], headline[:22] FROM article_changes ORDER BY 1"
    assert house.ask(sql) == [
        (2, ["headline"], "Crane kills 12 in Tarv", "Falling crane kills 12"),
        (3, ["headline"], "Falling crane kills 12", "Falling crane kills 9 "),
    ]
    assert house.ask("SELECT revision, kind FROM silent_corrections") == [(3, "figure")]


@pytest.mark.parametrize("where", ["in the text", "in a box"])
def test_a_correction_with_its_notice_is_a_change_and_not_silent(house: House, where: str) -> None:
    house.night(page(*TEXT))
    corrected = edited("killing 12 people", "killing 9 people")
    if where == "in the text":
        house.night(page(*corrected, NOTICE))
    else:
        house.night(page(*corrected, box=f"<p>{NOTICE}</p>"))
    assert house.ask("SELECT revision, correction_notice FROM article_changes") == [(2, NOTICE)]
    assert house.ask("SELECT correction_notice FROM articles_current") == [(NOTICE,)]
    assert house.ask("SELECT count(*) FROM silent_corrections") == [(0,)]


def test_a_notice_that_came_later_is_told_at_the_change(house: House) -> None:
    house.night(page(*TEXT))
    house.night(page(*edited("killing 12 people", "killing 9 people")))
    house.night(page(*edited("killing 12 people", "killing 9 people"), NOTICE))
    assert house.ask("SELECT revision, kind, has_later_notice FROM silent_corrections") == [(2, "figure", True)]


def test_captures_that_come_out_of_order_make_revisions_in_the_order_of_the_visits(house: House) -> None:
    second, third = edited("12 people", "9 people"), edited("12 people", "10 people")
    articles = house.night(page(*third), page(*TEXT), page(*second), hours=(3, 1, 2))
    assert [(a.status, a.revision) for a in articles] == [("new", 1), ("revised", 2), ("revised", 3)]
    assert house.ask("SELECT revision, first_seen_at, removed_passages FROM article_changes ORDER BY 1") == [
        (2, FIRST_NIGHT + timedelta(hours=2), [DEAD]),
        (3, FIRST_NIGHT + timedelta(hours=3), [DEAD.replace("12", "9")]),
    ]
    (older,) = house.night(page(*edited("12 people", "40 people")), hours=(-30,))  # an import of before all of them
    assert (older.status, older.revision) == ("outdated", 0)
    assert house.ask("SELECT current_revision FROM articles") == [(3,)]


def test_when_the_old_text_was_last_seen_is_told(house: House) -> None:
    house.night(page(*TEXT), page(*TEXT, ago="5 hours ago"), hours=(0, 5))
    house.night(page(*TEXT, views="12,340 views"), page(*edited("12 people", "9 people")), hours=(1, 4))
    day = timedelta(days=1)
    assert house.ask("SELECT text_before_seen_until, first_seen_at FROM article_changes") == [
        (FIRST_NIGHT + day + timedelta(hours=1), FIRST_NIGHT + day + timedelta(hours=4))
    ]


def test_mentions_of_an_older_revision_stay_marked_and_events_follow_the_current_one(house: House) -> None:
    reported = {"killing 12 people": "e1e1e1e1e1e1e1e1", "killing 9 people": "e2e2e2e2e2e2e2e2"}
    house.night(page(*TEXT), reported=reported)
    house.night(page(*edited("12 people", "9 people")), reported=reported)
    assert house.ask("SELECT event_id[:2], revision FROM event_mentions ORDER BY ALL") == [("e1", 1), ("e2", 2)]
    sql = "SELECT event_id[:2], mention_count, withdrawn_run_id FROM events ORDER BY ALL"
    assert house.ask(sql) == [("e1", 0, "night-2"), ("e2", 1, None)]
    assert house.ask("SELECT event_id[:2], evidence_revision, evidence FROM event_articles") == [
        ("e2", 2, "killing 9 people")
    ]
    old = """SELECT substring(r.body, m.evidence_start + 1, m.evidence_end - m.evidence_start)
        FROM event_mentions AS m JOIN article_revisions AS r USING (article_id, revision) WHERE revision = 1"""
    assert house.ask(old) == [("killing 12 people",)]
    # The first text comes back: a third revision, which reports the first event again.
    house.night(page(*TEXT), reported=reported)
    assert house.ask("SELECT event_id[:2], revision FROM event_mentions ORDER BY ALL") == [
        ("e1", 1),
        ("e1", 3),
        ("e2", 2),
    ]
    assert house.ask(sql) == [("e1", 1, None), ("e2", 0, "night-3")]


def test_a_page_of_two_million_characters_that_changed_is_told_and_judged(house: House) -> None:
    """One line of short sentences, each of them another than the night before."""
    before, after = (" ".join(f"{word} {n} fell." for n in range(100_000)) for word in ("Stone", "Brick"))
    house.night(page(*TEXT, before))
    house.night(page(*TEXT, after))
    ((status, added),) = house.ask("SELECT changed_fields, len(added_passages) FROM article_changes")
    assert (status, added) == (["body"], 100_000)
    assert house.ask("SELECT kind, len(passages_taken_back) FROM silent_corrections") == [("passage_replaced", 1000)]
