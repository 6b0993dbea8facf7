"""Whole passes over a site, of the night and of the watch: what they send, and what a changed page becomes."""

from __future__ import annotations

import time
from typing import Any

import duckdb
import pytest

from pipeline.gather import due_source_ids
from pipeline.gather import gathering as stage
from pipeline.gather.ledger import open_ledger
from pipeline.gather.urls import host_key
from pipeline.refresh import refresh

REPORT = (
    "The council closed the old bridge on Monday for repairs that will take until spring, officials said.</p>"
    "<p>Buses will go round by the mill, which adds {minutes} minutes to the trip to the hospital."
)


@pytest.fixture(params=["night", "watch"])
def passes(request, gathering, site, monkeypatch):
    """Makes the first pass and those after it, of `nightly_refresh` or of `watch_sources`, over a usual publisher."""
    monkeypatch.setattr(stage, "is_built_in", lambda _source: False)
    made = Passes(gathering, site, only_due=request.param == "watch")
    site.rss("/a", ETag='"feed-1"')
    site.page("/a", "Two were hurt.", ETag='"page-1"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")
    made.later()
    site.answer("/rss.xml", status=304)
    return made


class Passes:
    """Passes over the source, each under an id of its own, with time going by in between."""

    def __init__(self, gathering: Any, site: Any, *, only_due: bool) -> None:
        self.gathering = gathering
        self.site = site
        self.only_due = only_due
        self.number = 0

    def later(self, hours: float = 0) -> dict[str, str]:
        """A pass so many hours after the one before: how its links ended, by path."""
        microseconds = round(hours * 3_600_000_000)
        with open_ledger(self.gathering.settings) as ledger:
            ledger.connection.execute(
                "UPDATE links SET first_captured_at = first_captured_at - :by, next_try_at = next_try_at - :by, "
                "last_requested_at = last_requested_at - :by",
                {"by": microseconds},
            )
        self.site.asked.clear()
        self.number += 1
        self.gathering.run_id = f"run-{self.number}"
        self.gathering.gather(only_due=self.only_due)
        return {path: fetch.status for path, fetch in self.gathering.fetches().items()}

    def pages_asked(self) -> list[Any]:
        return [asked for asked in self.site.asked if asked.path not in {"/robots.txt", "/rss.xml"}]


def test_a_page_is_asked_conditionally_after_each_step_and_not_in_between(passes, gathering, site):
    first = gathering.fetches()["/a"]
    site.answer("/a", status=304)
    assert passes.later(hours=0.9) == {}
    assert passes.pages_asked() == []
    assert passes.later(hours=0.2) == {"/a": "unchanged"}
    (asked,) = passes.pages_asked()
    assert asked.headers["If-None-Match"] == '"page-1"'
    assert asked.headers["If-Modified-Since"] == "Sun, 01 Mar 2026 10:00:00 GMT"
    with open_ledger(gathering.settings) as ledger:
        entry = ledger.capture(gathering.fetches()["/a"].capture_id)
    assert (entry.record_type, entry.refers_to) == ("revisit", first.capture_id)
    assert passes.later(hours=1.5) == {}
    assert passes.later(hours=0.5) == {"/a": "unchanged"}
    assert passes.later(hours=100) == {"/a": "unchanged"}  # four steps in one visit
    assert passes.later(hours=1) == {}


def test_a_page_that_has_changed_is_captured_again_and_goes_on_with_its_schedule(passes, gathering, site):
    first = gathering.fetches()["/a"]
    site.page("/a", "Three were hurt.", ETag='"page-2"')
    assert passes.later(hours=1.1) == {"/a": "captured"}
    again = gathering.fetches()["/a"]
    assert again.capture_id != first.capture_id
    assert gathering.link_state("/a").capture_id == again.capture_id
    assert passes.later(hours=1.5) == {}
    site.answer("/a", status=304)
    assert passes.later(hours=0.5) == {"/a": "unchanged"}
    (asked,) = passes.pages_asked()
    assert asked.headers["If-None-Match"] == '"page-2"'


def test_a_change_that_the_watch_saw_is_the_articles_second_revision_in_the_next_edition(gathering, site):
    watch = Passes(gathering, site, only_due=True)
    for minutes in (11, 14):
        text = f"<h1>Old bridge closed until spring</h1><p>{REPORT.format(minutes=minutes)}"
        site.page("/bridge", text, ETag=f'"{minutes}"')
        site.rss("/bridge")
        assert watch.later(hours=1.1) == {"/bridge": "captured"}
    refresh(gathering.settings, say=lambda _line: None, run_id="night")
    with duckdb.connect(str(gathering.settings.current_edition_file), read_only=True) as edition:
        revisions = edition.execute("SELECT revision, body FROM article_revisions ORDER BY revision").fetchall()
        passes = edition.execute("SELECT gather_run_id FROM fetches WHERE status IN ('new', 'revised') ORDER BY ALL")
        assert passes.fetchall() == [("run-1",), ("run-2",)]
    assert [revision for revision, _ in revisions] == [1, 2]
    assert "14 minutes" in revisions[1][1]


def test_a_page_that_fails_is_asked_again_by_a_later_pass_and_then_at_its_next_step(passes, site):
    site.answer("/a", status=500)
    assert passes.later(hours=1.1) == {"/a": "server_error"}
    assert passes.later(hours=0.1) == {}
    site.answer("/a", status=304)
    assert passes.later(hours=0.2) == {"/a": "unchanged"}
    assert passes.later(hours=1) == {}
    assert passes.later(hours=0.7) == {"/a": "unchanged"}


def test_a_page_that_is_gone_for_good_is_visited_no_more(passes, site):
    site.answer("/a", status=410)
    assert passes.later(hours=1.1) == {"/a": "gone"}
    assert passes.later(hours=10) == {}


def test_news_come_before_revisions_and_the_page_that_waited_is_visited_by_the_next_pass(passes, gathering, site):
    gathering.politeness = "{delay_seconds: 0, max_links: 1}"
    site.rss("/b", ETag='"feed-2"')
    site.page("/b", "A bridge was opened.")
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE feeds SET next_visit_at = 0")
    assert passes.later(hours=1.1) == {"/b": "captured"}
    site.answer("/rss.xml", status=304)
    site.answer("/a", status=304)
    assert passes.later(hours=0.1) == {"/a": "unchanged"}


def test_the_pages_of_a_host_on_hold_wait_without_a_row(passes, gathering, site):
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute(
            "INSERT OR REPLACE INTO hosts (host, held_until, hold_reason) VALUES (?, ?, 'answered 429')",
            [host_key(site.url("/a")), time.time() + 3_600],
        )
    assert passes.later(hours=1.1) == {}
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE hosts SET held_until = 0")
    assert passes.later(hours=0.1) == {"/a": "unchanged"}


def test_no_page_is_visited_again_where_there_are_no_steps(passes, gathering):
    gathering.set(revisit_after_hours=())
    assert passes.later(hours=50) == {}


def test_a_source_is_watched_when_the_step_of_a_page_has_come(passes, gathering):
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE feeds SET next_visit_at = next_visit_at + 9000000000000")
    assert due_source_ids(gathering.settings) == []
    passes.later(hours=0.9)
    assert due_source_ids(gathering.settings) == []
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE links SET first_captured_at = first_captured_at - 1000000000")
    assert due_source_ids(gathering.settings) == ["gazette"]
    assert passes.later() == {"/a": "unchanged"}
    assert due_source_ids(gathering.settings) == []


def test_the_newsrooms_days_go_by_with_the_nights_and_its_watch_keeps_the_clock(gathering, site):
    site.rss("/a")
    site.page("/a")
    watch, night = Passes(gathering, site, only_due=True), Passes(gathering, site, only_due=False)
    watch.number = 100
    night.later()
    assert watch.later(hours=0.5) == {}
    assert night.later() == {"/a": "unchanged"}
