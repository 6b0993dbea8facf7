"""Pages visited again for revisions: never more often than their steps, each step at the first pass after it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError
from pipeline.gather.ledger import open_ledger
from pipeline.gather.link_state import asks_again
from pipeline.gather.revisit_schedule import MADE_UP_FOR, RevisitSchedule
from pipeline.records import FeedVisit, Fetch, stable_id
from pipeline.settings import Settings, load_settings
from pipeline.statuses import FetchStatus

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DEFAULT = RevisitSchedule.after_hours(Settings().revisit_after_hours)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with open_ledger(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        yield opened


class Page:
    """One captured page, the only one of its source, as passes at any time find it in the ledger."""

    numbers = itertools.count()

    def __init__(self, ledger: Any, schedule: RevisitSchedule, captured_at: datetime = NOON) -> None:
        self.ledger = ledger
        self.schedule = schedule
        self.source_id = f"gazette-{next(self.numbers)}"
        self.url = f"https://{self.source_id}.example/a"
        self.visits: list[datetime] = []
        ledger.record(visits=[feed_visit(self.source_id)])
        self.ends("captured", captured_at, capture_id="c1")

    def is_asked_at(self, now: datetime) -> bool:
        """Whether a pass asks for it; each way to find it out says the same."""
        revisits = self.ledger.due_revisits(self.source_id, self.schedule, now, 10)
        pending = self.ledger.pending_links(self.source_id, now, 10)
        assert len(revisits) + len(pending) <= 1
        asked = bool(revisits or pending)
        assert (self.source_id in self.ledger.due_sources(now, self.schedule)) == asked
        return asked

    def ends(self, status: str, at: datetime, http_status: int | None = None, **more: Any) -> None:
        """A pass asked for it, and so it ended."""
        before = self.ledger.link_states(self.source_id, [self.url]).get(self.url)
        given: dict[str, Any] = {
            "fetch_id": stable_id(self.url, at.isoformat()),
            "gather_run_id": f"pass-{at.isoformat()}",
            "source_id": self.source_id,
            "url": self.url,
            "visited_at": at,
            "status": status,
            "http_status": http_status,
            "requested_at": at,
            "redirects": (),
            "further_pages": (),
            "will_be_asked_again": asks_again(before, FetchStatus(status), http_status, kept_waiting=False),
            **more,
        }
        self.ledger.record(fetches=[Fetch(**{name: given.get(name) for name in Fetch.__dataclass_fields__})])

    def passes(self, *hours: float, status: str = "unchanged", http_status: int | None = None) -> list[float]:
        """Passes so many hours after noon; those of them that asked for the page."""
        asked = [one for one in hours if self.passes_at(NOON + one * HOUR, status, http_status)]
        self.visits += [NOON + one * HOUR for one in asked]
        return asked

    def passes_at(self, now: datetime, status: str, http_status: int | None) -> bool:
        asked = self.is_asked_at(now)
        if asked:
            self.ends(status, now, http_status)
        return asked


def feed_visit(source_id: str) -> FeedVisit:
    """A feed that is not due for years."""
    given = {
        "visit_id": stable_id(source_id),
        "feed_id": stable_id(source_id, "feed"),
        "source_id": source_id,
        "gather_run_id": "pass-0",
        "kind": "rss",
        "url": f"https://{source_id}.example/rss.xml",
        "visited_at": NOON,
        "status": "read_feed",
        "link_count": 1,
        "new_link_count": 1,
        "old_link_count": 0,
        "failure_points": 0.0,
        "poll_interval_seconds": 3600.0,
        "next_visit_at": NOON + timedelta(days=9_999),
        "given_up": False,
    }
    return FeedVisit(**{name: given.get(name) for name in FeedVisit.__dataclass_fields__})


minutes = st.integers(1, 200 * 60)
schedules = st.lists(minutes, min_size=1, max_size=8, unique=True).map(
    lambda listed: RevisitSchedule(tuple(timedelta(minutes=one) for one in sorted(listed)))
)
pass_times = st.lists(st.integers(0, 280 * 60), max_size=30, unique=True).map(sorted)


@given(schedule=schedules, at_minutes=pass_times, changed=st.booleans())
@hypothesis_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whenever_passes_come_a_step_is_honoured_by_the_first_after_it_and_by_no_other(
    ledger, schedule, at_minutes, changed
):
    page = Page(ledger, schedule)
    to_come = set(schedule.steps)
    visits = 0
    for minute in at_minutes:
        age = timedelta(minutes=minute)
        passed = {step for step in to_come if step <= age}
        asked = page.is_asked_at(NOON + age)
        assert asked == (bool(passed) and age < schedule.steps[-1] + MADE_UP_FOR)
        if asked:
            page.ends("captured" if changed else "unchanged", NOON + age)
            to_come -= passed
            visits += 1
    assert visits <= len(schedule.steps)


@given(
    schedule=schedules,
    at_minutes=pass_times,
    ends=st.lists(st.sampled_from(["unchanged", "captured", "timed_out", "server_error"]), min_size=30, max_size=30),
)
@hypothesis_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_fails_in_between_no_page_is_answered_more_often_than_it_has_steps(ledger, schedule, at_minutes, ends):
    page = Page(ledger, schedule)
    asked = [
        end
        for minute, end in zip(at_minutes, ends, strict=False)
        if page.passes_at(NOON + timedelta(minutes=minute), end, None)
    ]
    failed = sum(end not in {"unchanged", "captured"} for end in asked)
    assert len(asked) - failed <= len(schedule.steps)
    # A step that fails is tried again three times at most: all the asking there is has an end.
    assert len(asked) <= 4 * len(schedule.steps)


def test_a_watch_every_half_hour_visits_at_every_step():
    """The default schedule, counted without a ledger: which windows an age lies in."""
    ages = [minute * timedelta(minutes=1) for minute in range(0, 30 * 24 * 60, 30)]
    steps = [
        [window.step for window in DEFAULT.windows(NOON + age) if window.after < NOON <= window.until] for age in ages
    ]
    assert all(len(found) <= 1 for found in steps)
    first_pass_of = {found[0]: age for age, found in reversed(list(zip(ages, steps, strict=True))) if found}
    assert first_pass_of == {step: step for step in DEFAULT.steps}


def test_passes_of_a_watch_visit_one_hour_three_and_eight_after_the_capture(ledger):
    half_hours = [number / 2 for number in range(1, 49)]
    assert Page(ledger, DEFAULT).passes(*half_hours) == [1, 3, 8, 24]


def test_nights_make_one_visit_of_the_steps_between_them_and_do_not_miss_the_last(ledger):
    nights = [14 + 24 * night for night in range(20)]
    assert Page(ledger, DEFAULT).passes(*nights) == [14, 38, 62, 110, 182]


def test_a_pass_in_the_very_moment_of_a_step_honours_it_and_the_next_asks_nothing(ledger):
    page = Page(ledger, DEFAULT)
    assert page.passes(1, 1 + 1e-6, 2) == [1]


def test_what_lies_too_far_back_is_not_made_up_for(ledger):
    """An archive that is imported, or an installation that was switched off for a month, asks nobody."""
    assert Page(ledger, DEFAULT, captured_at=NOON - timedelta(days=900)).passes(0, 1) == []
    assert Page(ledger, DEFAULT).passes(30 * 24) == []


def test_without_steps_nothing_is_visited_again(ledger):
    assert Page(ledger, RevisitSchedule(())).passes(1, 24, 200) == []


def test_another_schedule_counts_from_the_next_pass_on(ledger):
    page = Page(ledger, RevisitSchedule(()))
    assert page.passes(1, 3) == []
    page.schedule = RevisitSchedule.after_hours((2, 24))
    assert page.passes(4, 5, 24) == [4, 24]


def test_a_visit_that_fails_is_tried_again_and_does_not_use_the_step_up(ledger):
    page = Page(ledger, DEFAULT)
    assert page.passes(1, status="timed_out") == [1]
    assert page.passes(1.2, 1.5, 2) == [1.5]  # a quarter of an hour later, by the rules of failures
    assert page.passes(3) == [3]


def test_steps_that_pass_while_a_visit_fails_are_made_up_for_by_the_one_that_succeeds(ledger):
    page = Page(ledger, DEFAULT)
    assert page.passes(1, 1.5, 2.5, status="server_error", http_status=503) == [1, 1.5, 2.5]
    assert page.passes(3.5, 5, 6.5, 7, 7.9) == [6.5]  # not at step 3 beside the retry after four hours
    assert page.passes(8) == [8]


def test_a_server_that_is_down_all_day_costs_no_page_its_later_steps(ledger):
    page = Page(ledger, DEFAULT)
    every_half_hour = [number / 2 for number in range(2, 48)]
    assert page.passes(*every_half_hour, status="unreachable") == [1, 1.5, 2.5, 6.5, 8]
    assert page.passes(24, 30, 48) == [24, 48]


@pytest.mark.parametrize(("http_status", "asked"), [(410, [1]), (404, [1, 2])])
def test_a_page_that_is_gone_is_visited_no_more(ledger, http_status, asked):
    page = Page(ledger, DEFAULT)
    hours = (1, 1.5, 2, 3, 8, 24, 48, 96, 168)
    assert page.passes(*hours, status="gone", http_status=http_status) == asked


def test_a_page_that_was_gone_for_a_moment_goes_on_with_its_steps(ledger):
    page = Page(ledger, DEFAULT)
    assert page.passes(1, status="gone", http_status=404) == [1]
    assert page.passes(2, 3, 8) == [2, 3, 8]


def test_the_youngest_come_first_and_no_more_than_asked_for(ledger):
    source_id = "of-many-pages"
    pages = [Page(ledger, DEFAULT, captured_at=NOON - age * HOUR) for age in (2, 30, 4, 9)]
    urls = {page.url: page for page in pages}
    with_one_source = [page.url for page in pages]
    ledger.connection.executemany("UPDATE links SET source_id = ? WHERE url = ?", [(source_id, u) for u in urls])
    found = [state.url for state in ledger.due_revisits(source_id, DEFAULT, NOON, 10)]
    assert found == [with_one_source[index] for index in (0, 2, 3, 1)]
    assert [state.url for state in ledger.due_revisits(source_id, DEFAULT, NOON, 3)] == found[:3]


def test_what_lies_behind_costs_nothing_the_ledger_looks_only_at_pages_within_the_schedule(ledger):
    asked: list[str] = []
    ledger.connection.set_trace_callback(asked.append)
    try:
        ledger.due_revisits("gazette", DEFAULT, NOON, 10)
        ledger.due_sources(NOON, DEFAULT)
    finally:
        ledger.connection.set_trace_callback(None)
    queries = [query for query in asked if "first_captured_at" in query]
    assert len(queries) == 2 * len(DEFAULT.steps)
    for query in queries:
        plan = [row["detail"] for row in ledger.connection.execute(f"EXPLAIN QUERY PLAN {query}")]
        (of_links,) = [detail for detail in plan if " links " in detail]
        wanted = "USING INDEX links_captured (source_id=? AND first_captured_at>? AND first_captured_at<?)"
        assert of_links.startswith("SEARCH")
        assert wanted in of_links


# ---------------------------------------------------------------- the setting


@pytest.mark.parametrize(
    ("given", "hours"),
    [("1,3,8", (1, 3, 8)), ("[1, 3.5]", (1, 3.5)), ("24", (24,)), ("", ()), ("[]", ()), (" 0.5 , 720 ", (0.5, 720))],
)
def test_the_steps_are_set_in_hours(monkeypatch, given, hours):
    monkeypatch.setenv("DATELINE_REVISIT_AFTER_HOURS", given)
    assert load_settings().revisit_after_hours == hours


@pytest.mark.parametrize("given", ["3,1", "1,1", "0,1", "-1", "1,721", "nan", "1,nan", "inf"])
def test_steps_that_make_no_schedule_are_refused_in_words(monkeypatch, given):
    monkeypatch.setenv("DATELINE_REVISIT_AFTER_HOURS", given)
    with pytest.raises(ConfigurationError, match=r"DATELINE_REVISIT_AFTER_HOURS=.* ascending hours, each above 0 and"):
        load_settings()


@pytest.mark.parametrize("given", ["soon", "1,,3", '{"a": 1}'])
def test_steps_that_are_no_numbers_name_the_setting(monkeypatch, given):
    monkeypatch.setenv("DATELINE_REVISIT_AFTER_HOURS", given)
    with pytest.raises(ConfigurationError, match="DATELINE_REVISIT_AFTER_HOURS"):
        load_settings()
