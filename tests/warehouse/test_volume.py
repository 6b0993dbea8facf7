"""How much news a source brings: min holds the edition, max warns, silence and delay are measured."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from pipeline.errors import CheckFailedError
from pipeline.warehouse import check_run, load_run, query_edition
from pipeline.warehouse.check import read_results

NIGHT = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)


def expect(settings, source_id, *, minimum=0, maximum=200):
    """Write down what the source's file expects of a day."""
    path = settings.sources_folder / "irl" / f"{source_id}.yml"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("expected_per_day")]
    path.write_text("\n".join([*lines, f"expected_per_day: {{min: {minimum}, max: {maximum}}}", ""]))


def bring(night, source_id, count, *, at=None):
    """A visit to the source, and so many new articles."""
    at = at or night.run.started_at
    night.visit(source_id, at=at)
    for number in range(count):
        page = f"{night.run.run_id}-{at:%d%H}-{number}"
        night.article(source_id, page, f"Text {page}.", at=at + timedelta(seconds=number), story_id=f"story-{page}")
    return night


@pytest.fixture(scope="module")
def first_day(tmp_path_factory, nights):
    """An installation whose first run published three articles of Wire Post; for copying only."""
    made = nights.settings_in(tmp_path_factory.mktemp("first_day"))
    nights.publish(bring(nights.make(made, 1), "wire-post", 3))
    return made


@pytest.fixture
def known(first_day, settings):
    """The same for the test's own: Wire Post is known for a day by the next night."""
    shutil.copytree(first_day.home, settings.home)
    settings.current_edition_file.unlink()
    settings.current_edition_file.hardlink_to(settings.editions_folder / "edition-000001.duckdb")
    return settings


def checked(night):
    """The checks that found something, of a run that is loaded and checked: (name, severity)."""
    run = night.write()
    load_run(run)
    with suppress(CheckFailedError):
        check_run(run)
    return [(c.check_name, c.severity) for c in read_results(run) if not c.passed]


def test_fewer_articles_than_min_hold_the_edition(known, nights):
    expect(known, "wire-post", minimum=2)
    second = bring(nights.make(known, 2), "wire-post", 1)
    assert checked(second) == [("sources_not_silent", "error")]


def test_a_source_that_does_not_answer_all_day_holds_the_edition(known, nights):
    expect(known, "wire-post", minimum=1)
    second = bring(nights.make(known, 2), "harbour-gazette", 1)
    second.visit("wire-post", "unreachable")
    assert checked(second) == [("sources_not_silent", "error")]


def test_a_quiet_day_of_a_source_with_min_0_passes(known, nights):
    assert checked(bring(nights.make(known, 2), "wire-post", 0)) == []


def test_the_first_run_is_not_held_however_little_it_brings(settings, nights):
    expect(settings, "wire-post", minimum=50)
    assert checked(bring(nights.make(settings, 1), "wire-post", 1)) == []


def test_a_source_that_was_added_today_does_not_hold(known, nights):
    expect(known, "harbour-gazette", minimum=50)
    assert checked(bring(nights.make(known, 2), "harbour-gazette", 1)) == []


def test_a_second_run_on_the_same_day_counts_the_articles_of_the_first(known, nights):
    expect(known, "wire-post", minimum=2)
    nights.publish(bring(nights.make(known, 2), "wire-post", 2))
    again = nights.make(known, 2)
    object.__setattr__(again.run, "run_id", "night-2-again")
    assert checked(bring(again, "wire-post", 0, at=NIGHT + timedelta(days=1, hours=3))) == []


def test_articles_of_a_watched_day_count_whenever_they_came(known, nights):
    expect(known, "wire-post", minimum=4)
    second = nights.make(known, 2)
    for hours in (4, 10, 16, 22):
        bring(second, "wire-post", 1, at=NIGHT + timedelta(hours=hours))
    assert checked(second) == []


def test_a_source_that_nobody_asked_does_not_hold(known, nights):
    expect(known, "wire-post", minimum=1)
    assert checked(bring(nights.make(known, 3), "harbour-gazette", 1)) == []


def test_a_disabled_source_does_not_hold(known, nights):
    expect(known, "wire-post", minimum=1)
    path = known.sources_folder / "irl" / "wire-post.yml"
    path.write_text(path.read_text() + "enabled: false\n")
    assert checked(bring(nights.make(known, 2), "wire-post", 0)) == []


def test_a_short_night_does_not_count_the_articles_of_the_long_one_before(settings, nights):
    expect(settings, "wire-post", minimum=1)
    first = nights.make(settings, 1)
    first.visit("wire-post", at=NIGHT)
    nights.publish(bring(first, "wire-post", 3, at=NIGHT + timedelta(minutes=40)))
    second = bring(nights.make(settings, 2), "wire-post", 0, at=NIGHT + timedelta(days=1, minutes=5))
    second.visit("harbour-gazette", at=NIGHT + timedelta(days=1, minutes=10))
    first_visit = "the source has been known for a day: its first visit was a day and ten minutes ago"
    assert checked(second) == [("sources_not_silent", "error")], first_visit


def test_more_articles_than_max_warn(settings, nights):
    expect(settings, "wire-post", maximum=2)
    nights.publish(bring(nights.make(settings, 1), "wire-post", 5))  # the first day brings all that the feed holds
    assert checked(bring(nights.make(settings, 2), "wire-post", 2)) == []
    assert checked(bring(nights.make(settings, 3), "wire-post", 3)) == [("sources_not_flooding", "warn")]


def health(settings, *columns, source_id="wire-post"):
    sql = f"SELECT {', '.join(columns)} FROM source_health WHERE source_id = '{source_id}'"
    return query_edition(settings, sql).rows[0]


SILENCE = ("silent_hours", "usual_silence_hours", "silent_longer_than_usual", "health")


@pytest.fixture
def working_week(settings, nights):
    """Five days on which articles come at 8, 9, 10 and 20 o'clock: a night of twelve hours is usual."""
    night = nights.make(settings, 6)
    monday = datetime(2024, 3, 4, tzinfo=UTC)
    for day in range(5):
        for hour in (8, 9, 10, 20):
            bring(night, "wire-post", 1, at=monday + timedelta(days=day, hours=hour))
    return night


@pytest.mark.parametrize(
    ("hours", "silent"),
    [(11.0, False), (17.5, False), (18.5, True)],
)
def test_a_source_is_silent_when_it_is_so_for_longer_than_usual(settings, nights, working_week, hours, silent):
    friday_evening = datetime(2024, 3, 8, 20, tzinfo=UTC)
    working_week.visit("wire-post", at=friday_evening + timedelta(hours=hours))
    nights.publish(working_week)
    assert health(settings, *SILENCE) == (hours, 12.0, silent, "silent" if silent else "well")
    found = {row[0] for row in query_edition(settings, "silent_sources").rows}
    assert ("wire-post" in found) == silent


def test_what_is_usual_is_not_known_from_one_day(settings, nights):
    night = bring(nights.make(settings, 1), "wire-post", 3)
    night.visit("wire-post", at=NIGHT + timedelta(days=3))
    nights.publish(night)
    assert health(settings, *SILENCE[1:]) == (None, None, "well")


def test_a_source_that_brings_news_all_the_time_is_not_silent_within_six_hours(settings, nights):
    night = nights.make(settings, 1)
    for hours in range(96):
        bring(night, "wire-post", 1, at=NIGHT + timedelta(hours=hours))
    night.visit("wire-post", at=NIGHT + timedelta(hours=100))
    nights.publish(night)
    assert health(settings, *SILENCE[:3]) == (5.0, 1.0, False)


def test_the_time_from_publication_to_us_is_measured(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post", at=NIGHT)
    for number, minutes in enumerate([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]):
        published_at = NIGHT - timedelta(minutes=minutes)
        night.article("wire-post", f"page-{number}", f"Text {number}.", at=NIGHT, published_at=published_at)
    night.article("wire-post", "undated", "Text without a time.", at=NIGHT, published_at=None)
    night.article("wire-post", "future", "Text of tomorrow.", at=NIGHT, published_at=NIGHT + timedelta(hours=1))
    nights.publish(night)
    delays = ("delay_minutes_median", "delay_minutes_p90", "articles_without_delay_7_days", "articles_7_days")
    assert health(settings, *delays) == (60.0, 100.0, 2, 13)
    assert health(settings, *delays, source_id="quiet-times") == (None, None, 0, 0)
    assert query_edition(settings, "how_soon_we_had_articles").rows == [("wire-post", "Wire Post", 13, 60.0, 100.0, 2)]


def test_the_delay_is_that_of_the_first_text(settings, nights):
    first = nights.make(settings, 1)
    first.visit("wire-post")
    first.article("wire-post", "page", "One text.", at=NIGHT, published_at=NIGHT - timedelta(minutes=15))
    nights.publish(first)
    second = nights.make(settings, 2)
    second.visit("wire-post")
    redated = NIGHT + timedelta(days=1) - timedelta(minutes=1)
    second.article("wire-post", "page", "Another text.", status="revised", revision=2, published_at=redated)
    nights.publish(second)
    assert health(settings, "delay_minutes_median") == (15.0,)


def test_given_up_feeds_are_counted_and_vanished_ones_are_not(settings, nights):
    night = nights.make(settings, 10)
    night.visit("wire-post", "gone", feed="vanished.xml", at=NIGHT)
    now = NIGHT + timedelta(days=9)
    night.visit("wire-post", "gone", feed="dead.xml", at=now - timedelta(days=2), failure_points=11.0, given_up=True)
    bring(night, "wire-post", 1, at=now)
    nights.publish(night)
    counts = ("feed_count", "failing_feed_count", "given_up_feed_count", "health")
    assert health(settings, *counts) == (2, 1, 1, "troubled")


def test_whole_days_are_judged_when_they_are_over(settings, nights):
    expect(settings, "wire-post", minimum=2)
    night = nights.make(settings, 5)
    for day, count in ((0, 1), (1, 2), (3, 1), (4, 0)):  # not on day 2; day 0 and day 4 are no whole days
        bring(night, "wire-post", count, at=NIGHT + timedelta(days=day))
    run = night.write()
    load_run(run)
    with pytest.raises(CheckFailedError):
        check_run(run)
    gaps = "SELECT (day - DATE '2024-03-04')::INTEGER, reason, article_count FROM coverage_gaps ORDER BY 1"
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        assert connection.execute(gaps).fetchall() == [(2, "not_visited", 0), (3, "below_minimum", 1)]
