"""Rows of several passes in one run: loaded once each, and the last word on every link counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from pipeline.errors import AccountingError, CheckFailedError, PermanentError
from pipeline.runs import close_run
from pipeline.statuses import RunVerdict
from pipeline.warehouse import check_run, is_empty, load_run, publish_run, query_edition, run_note, stages_in_words
from pipeline.warehouse.check import read_results

NIGHT = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)
TEN = NIGHT - timedelta(hours=16)  # ten o'clock of the day before


def ask(settings, sql):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(sql).fetchall()


@pytest.fixture
def watched(settings, nights):
    """A night that collected three passes of a watched day: a link that came at the second try, one given up."""
    night = nights.make(settings, 1)
    offered = {"new_link_count": 3, "old_link_count": 1, "gather_run_id": "watch-1"}
    night.visit("wire-post", at=TEN, **offered)
    night.visit("wire-post", "unchanged", at=TEN + timedelta(minutes=30), gather_run_id="watch-2")
    night.visit("wire-post", at=NIGHT, new_link_count=1)
    failed = {"status": "timed_out", "will_be_asked_again": True, "error": "no answer within 60 s"}
    night.fetch("wire-post", "slow", at=TEN, gather_run_id="watch-1", **failed)
    night.fetch("wire-post", "lost", at=TEN, gather_run_id="watch-1", **failed)
    night.fetch("wire-post", "lost", "gone", at=NIGHT, http_status=404)
    night.fetch("wire-post", "later", "left_over", at=NIGHT)
    slow = night.article("wire-post", "slow", "A text about a meeting.", at=TEN + timedelta(minutes=30))
    night.fetches[-1] = replace(night.fetches[-1], gather_run_id="watch-2")
    night.fetch("wire-post", "slow", "unchanged", at=NIGHT, http_status=304)
    assert slow.fetch_id == night.fetches[-2].fetch_id
    return night


def test_a_row_says_which_pass_asked_and_which_run_loaded_it(watched, settings):
    load_run(watched.write())
    sql = "SELECT run_id, gather_run_id, count(*) FROM fetches GROUP BY ALL ORDER BY ALL"
    assert ask(settings, sql) == [("night-1", "night-1", 4), ("night-1", "watch-1", 3), ("night-1", "watch-2", 2)]


def test_a_feed_visited_three_times_is_one_feed(watched, settings):
    load_run(watched.write())
    assert ask(settings, "SELECT last_visited_at, last_success_at, link_count FROM feeds") == [(NIGHT, NIGHT, 2)]
    assert ask(settings, "SELECT count(*) FROM fetches WHERE kind = 'feed'") == [(3,)]


def test_a_feed_keeps_its_last_success_through_later_failures(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post", at=TEN)
    night.visit(
        "wire-post", "unreachable", at=NIGHT, failure_points=12.0, given_up=True, poll_interval_seconds=604_800.0
    )
    night.fetch("wire-post", "lost", "gone")
    load_run(night.write())
    sql = "SELECT status, last_success_at, failure_points, given_up, poll_interval_seconds FROM feeds"
    assert ask(settings, sql) == [("unreachable", TEN, 12.0, True, 604_800.0)]


def test_a_visit_that_comes_to_light_late_does_not_set_the_feed_back(published, nights):
    second = nights.second(published)
    second.visit("harbour-gazette", "unreachable", at=NIGHT - timedelta(days=1), gather_run_id="killed")
    load_run(second.write())
    sql = "SELECT status, last_visited_at FROM feeds WHERE source_id = 'harbour-gazette'"
    assert ask(published, sql) == [("read_feed", NIGHT + timedelta(days=1))]
    third = nights.make(published, 3)
    third.visit("harbour-gazette", "unreachable", at=NIGHT - timedelta(hours=1), gather_run_id="killed")
    third.visit("wire-post")
    load_run(third.write())
    assert ask(published, sql) == [("read_feed", NIGHT)]  # as the first night left it


def test_the_last_word_on_a_link_counts(watched, settings):
    load_run(watched.write())
    columns = "url.split('/')[-1], status, has_article, will_be_asked_again, visit_count, request_count"
    sql = f"SELECT {columns} FROM links ORDER BY 1"
    assert ask(settings, sql) == [
        ("later", "left_over", False, True, 1, 0),
        ("lost", "gone", False, False, 2, 2),
        ("slow", "unchanged", True, False, 3, 3),
    ]
    assert ask(settings, "SELECT error FROM links WHERE url LIKE '%/lost'") == [(None,)]


def test_a_304_in_the_run_of_its_capture_names_the_article(watched, settings):
    load_run(watched.write())
    sql = "SELECT status, article_id IS NOT NULL FROM fetches WHERE url LIKE '%/slow' ORDER BY visited_at"
    assert ask(settings, sql) == [("timed_out", False), ("new", True), ("unchanged", True)]
    assert ask(settings, "SELECT first_seen_at, last_seen_at FROM articles") == [(TEN + timedelta(minutes=30), NIGHT)]


def test_a_page_that_held_no_article_and_has_not_changed_still_holds_none(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post", at=TEN)
    night.article("wire-post", "gallery", None, status="no_article", at=TEN)
    night.fetch("wire-post", "gallery", "unchanged", at=NIGHT, http_status=304)
    load_run(night.write())
    assert ask(settings, "SELECT status, has_article FROM links") == [("no_article", False)]
    assert ask(settings, "SELECT count(*) FROM coverage_gaps") == [(0,)]


def test_a_link_that_was_had_and_failed_later_is_no_gap(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post", at=TEN)
    night.article("wire-post", "page", "A text about a meeting.", at=TEN)
    night.fetch("wire-post", "page", "server_error", at=NIGHT, will_be_asked_again=True)
    load_run(night.write())
    assert ask(settings, "SELECT status, has_article FROM links") == [("server_error", True)]
    assert ask(settings, "SELECT count(*) FROM coverage_gaps") == [(0,)]
    assert ask(settings, "SELECT pending_link_count FROM source_health WHERE source_id = 'wire-post'") == [(0,)]


def test_missing_links_are_told_by_feed_day_and_reason(watched, settings, nights):
    nights.publish(watched)
    result = query_edition(settings, "links_we_could_not_fetch")
    day, feed = NIGHT.date(), "http://wire-post.example/rss.xml"
    assert result.rows == [
        (day, "Wire Post", feed, "gone", 1, 0, 1),
        (day, "Wire Post", feed, "left_over", 1, 1, 0),
    ]
    sql = "SELECT pending_link_count FROM source_health WHERE source_id = 'wire-post'"
    assert query_edition(settings, sql).rows == [(1,)]


def test_every_link_went_somewhere(watched, settings, nights):
    nights.publish(watched)
    assert query_edition(settings, "where_every_link_went").rows == [
        ("wire-post", 4, 1, 3, 1, 1, 1, ["gone", "left_over"])
    ]
    (check,) = [c for c in read_results(watched.run) if c.check_name == "links_accounted_for"]
    assert check.passed


def test_a_link_that_vanished_on_the_way_is_found(watched):
    watched.fetches = [fetch for fetch in watched.fetches if not fetch.url.endswith("/later")]
    run = watched.write()
    load_run(run)
    check_run(run)
    (check,) = [c for c in read_results(run) if not c.passed]
    assert check.check_name == "links_accounted_for"
    assert '"links_to_be_dealt_with": 3, "links_dealt_with": 2' in check.first_wrong_row


def test_a_row_that_an_edition_has_is_not_loaded_again(published, nights):
    second = nights.second(published)
    second.fetches.append(nights.first(published).fetches[3])
    with pytest.raises(AccountingError, match=r"an edition has already .*loaded_by_run night-1"):
        load_run(second.write())
    second = nights.second(published)
    second.visits.append(nights.first(published).visits[0])
    with pytest.raises(AccountingError, match="an edition has already"):
        load_run(second.write())


@pytest.mark.parametrize("rows", ["fetches", "visits"])
def test_a_row_that_comes_twice_stops_the_load(settings, nights, rows):
    night = nights.first(settings)
    doubled = getattr(night, rows)
    doubled.append(doubled[-1])
    with pytest.raises(AccountingError, match="counted twice"):
        load_run(night.write())


def test_visits_of_a_held_run_are_counted_once(settings, nights):
    held = nights.first(settings)
    load_run(held.write())
    close_run(held.run, RunVerdict.HELD, edition=None, note="held: a check failed")
    again = nights.make(settings, 2)
    again.visits, again.fetches = held.visits, held.fetches  # collected again
    again.articles, again.verdicts, again.mentions = held.articles, held.verdicts, held.mentions
    again.visit("quiet-times", "unreachable")
    nights.publish(again)
    visits = "SELECT source_id, count(*) FROM fetches WHERE kind = 'feed' GROUP BY ALL ORDER BY ALL"
    assert query_edition(settings, visits).rows == [("harbour-gazette", 1), ("quiet-times", 2), ("wire-post", 1)]
    gaps = "SELECT source_id, day::VARCHAR, reason FROM coverage_gaps WHERE link_count IS NULL ORDER BY ALL"
    assert query_edition(settings, gaps).rows == [
        ("quiet-times", "2024-03-04", "no_answer"),
        ("quiet-times", "2024-03-05", "no_answer"),
    ]
    health = "SELECT links_last_run FROM source_health ORDER BY source_id"
    assert query_edition(settings, health).rows == [(3,), (0,), (2,)]
    # The book of runs tells what each worked on.
    counts = "SELECT run_id, sum(count)::INTEGER FROM run_counts WHERE stage = 'gather' GROUP BY ALL ORDER BY ALL"
    assert query_edition(settings, counts).rows == [("night-1", 5), ("night-2", 5)]


def test_notes_count_the_sources_of_the_rows(settings, nights):
    run = nights.first(settings).write()  # one of its sources has feed visits only
    assert run_note(run).startswith("3 sources, 2 new")
    assert stages_in_words(run)[0].startswith("Gathered  5 links of 3 sources: ")


def test_a_run_that_finds_nothing_due_is_empty_and_not_held(published, nights):
    again = nights.make(published, 1)
    object.__setattr__(again.run, "run_id", "night-1-again")
    object.__setattr__(again.run, "started_at", NIGHT + timedelta(hours=1))
    run = again.write()
    load_run(run)
    check_run(run)
    assert is_empty(run)


def test_a_run_that_finds_nothing_for_days_is_held(published, nights):
    run = nights.make(published, 4).write()
    load_run(run)
    assert publish_would_be_held(run) == ["run_has_links"]


def publish_would_be_held(run):
    with pytest.raises(CheckFailedError):
        check_run(run)
    with pytest.raises(PermanentError):
        publish_run(run)
    return [c.check_name for c in read_results(run) if not c.passed and c.severity == "error"]
