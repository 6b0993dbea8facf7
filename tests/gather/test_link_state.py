"""What becomes of a link from pass to pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.gather.link_state import REVISITED, asks_again, state_after
from pipeline.records import Fetch, stable_id
from pipeline.statuses import FetchStatus

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
URL = "https://gazette.example/a"


def fetch(status: str, *, at: datetime = NOW, asked: bool = True, **fields: Any) -> Fetch:
    given: dict[str, Any] = {
        "fetch_id": stable_id(URL, at.isoformat()),
        "gather_run_id": "run-1",
        "source_id": "gazette",
        "url": URL,
        "visited_at": at,
        "status": status,
        "requested_at": at if asked else None,
        "redirects": (),
        "further_pages": (),
        "will_be_asked_again": False,
        **fields,
    }
    return Fetch(**{name: given.get(name) for name in Fetch.__dataclass_fields__})


def after_failures(status: FetchStatus, http_status: int | None) -> list[timedelta]:
    """How long the link is left alone after each failure, until it is given up."""
    state, at, waits = None, NOW, []
    while True:
        again = asks_again(state, status, http_status, kept_waiting=False)
        state = state_after(state, fetch(status, at=at, http_status=http_status, will_be_asked_again=again))
        if state.next_try_at is None:
            return waits
        waits.append(state.next_try_at - at)
        at = state.next_try_at


def test_a_link_that_fails_for_a_moment_is_asked_four_times_ever_later():
    waits = after_failures(FetchStatus.TIMED_OUT, None)
    assert waits == [timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4)]


def test_a_page_that_is_not_there_is_asked_once_more():
    assert after_failures(FetchStatus.GONE, 404) == [timedelta(hours=1)]


@pytest.mark.parametrize(
    ("status", "http_status"),
    [
        (FetchStatus.GONE, 410),
        (FetchStatus.ROBOTS_DENIED, None),
        (FetchStatus.NOT_HTML, 200),
        (FetchStatus.UNSAFE_ADDRESS, None),
        (FetchStatus.PAYWALL, 402),
    ],
)
def test_what_will_not_change_is_not_asked_again(status, http_status):
    assert after_failures(status, http_status) == []


@pytest.mark.parametrize("status", [FetchStatus.RATE_LIMITED, FetchStatus.UNREACHABLE, FetchStatus.ROBOTS_DENIED])
def test_a_link_that_its_host_keeps_waiting_gets_no_points_and_is_due_at_once(status):
    assert asks_again(None, status, None, kept_waiting=True)
    state = state_after(None, fetch(status, asked=False, will_be_asked_again=True))
    assert state.failure_points == 0
    assert state.next_try_at == NOW


def test_a_link_left_over_is_due_at_once():
    assert asks_again(None, FetchStatus.LEFT_OVER, None, kept_waiting=False)
    assert state_after(None, fetch("left_over", asked=False, will_be_asked_again=True)).next_try_at == NOW


def test_an_answer_clears_the_points_and_is_remembered_through_later_failures():
    failed = state_after(None, fetch("timed_out", will_be_asked_again=True))
    captured = state_after(
        failed, fetch("captured", at=NOW + timedelta(hours=1), etag='"1"', content_sha256="ab", capture_id="c1")
    )
    assert captured.failure_points == 0
    assert captured.next_try_at is None
    assert captured.first_captured_at == NOW + timedelta(hours=1)
    later = NOW + timedelta(days=1)
    broken = state_after(captured, fetch("server_error", at=later, http_status=500, will_be_asked_again=True))
    assert (broken.etag, broken.content_sha256, broken.capture_id) == ('"1"', "ab", "c1")
    assert broken.last_requested_at == later
    assert broken.first_captured_at == captured.first_captured_at


def test_an_unchanged_page_keeps_the_capture_that_has_its_body():
    captured = state_after(None, fetch("captured", etag='"1"', content_sha256="ab", capture_id="c1"))
    unchanged = state_after(captured, fetch("unchanged", etag='"2"', content_sha256="ab", capture_id="revisit"))
    assert unchanged.capture_id == "c1"
    assert unchanged.etag == '"2"'


def test_what_a_later_pass_does_not_know_of_the_link_stays():
    offered = state_after(None, fetch("captured", feed_id="f1", feed_title="A title", feed_published_at=NOW))
    revisited = state_after(offered, fetch("unchanged"))
    assert replace(revisited, status=offered.status) == offered


def test_an_older_capture_that_is_imported_later_changes_nothing():
    captured = state_after(None, fetch("captured", etag='"new"', content_sha256="ab", capture_id="c1"))
    old = fetch("captured", at=NOW - timedelta(days=900), content_sha256="cd", capture_id="c0")
    assert state_after(captured, old) == captured


@pytest.mark.parametrize("status", ["timed_out", "server_error", "unreachable", "broken_response", "rate_limited"])
def test_what_passes_by_itself_does_not_end_the_visits_for_revisions(status):
    assert status in REVISITED


@pytest.mark.parametrize("status", ["gone", "forbidden", "paywall", "robots_denied", "not_html", "bot_wall"])
def test_what_a_publisher_or_a_page_says_ends_them(status):
    assert status not in REVISITED


def test_a_visit_for_a_revision_that_fails_is_asked_again_like_any_other_link():
    captured = state_after(None, fetch("captured", capture_id="c1"))
    later = NOW + timedelta(hours=3)
    again = asks_again(captured, FetchStatus.SERVER_ERROR, 503, kept_waiting=False)
    failed = state_after(captured, fetch("server_error", at=later, http_status=503, will_be_asked_again=again))
    assert failed.next_try_at == later + timedelta(minutes=15)
    recovered = state_after(failed, fetch("unchanged", at=later + timedelta(minutes=20)))
    assert (recovered.next_try_at, recovered.failure_points) == (None, 0.0)
    assert recovered.first_captured_at == NOW
