"""When a feed is due again, and what a failure counts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gather import failure_points
from pipeline.gather.failure_points import FEED_GIVEN_UP_AT, POINTS, points_of
from pipeline.gather.polling import Outlook, Tally, outlook
from pipeline.settings import Settings
from pipeline.statuses import FetchStatus

SETTINGS = Settings()
HOUR = 3_600.0
READ, UNCHANGED = FetchStatus.READ_FEED, FetchStatus.UNCHANGED


def after(status=READ, tally=None, *, hint=None, interval=2 * HOUR, points=0.0, http_status=200) -> Outlook:
    return outlook(
        SETTINGS,
        status,
        http_status,
        tally or Tally(),
        hint_seconds=hint,
        interval_seconds=interval,
        points=points,
    )


@pytest.mark.parametrize(
    ("new", "old", "hours"),
    [
        (0, 0, 3.0),  # all known
        (32, 0, 3.0),
        (34, 0, 2.0),
        (66, 0, 2.0),
        (68, 0, 1.0),
        (100, 0, 1.0),
        (60, 60, 3.0),  # the new ones are all too old: they say nothing
        (100, 100, 2.0),  # nothing counts
    ],
)
def test_the_interval_follows_the_share_of_known_links(new, old, hours):
    assert after(tally=Tally(links=100, new=new, old=old)).poll_interval_seconds == hours * HOUR


def test_an_unchanged_feed_counts_as_known_altogether():
    assert after(UNCHANGED, http_status=304).poll_interval_seconds == 3 * HOUR


def test_an_empty_feed_keeps_its_interval():
    assert after(FetchStatus.EMPTY_FEED).poll_interval_seconds == 2 * HOUR


def test_the_first_interval_and_the_bounds_are_settings():
    assert after(tally=Tally(links=9, new=9), interval=None).poll_interval_seconds == HOUR
    assert after(tally=Tally(links=9, new=9), interval=1_000).poll_interval_seconds == 900
    assert after(tally=Tally(links=9), interval=80_000).poll_interval_seconds == 86_400


@pytest.mark.parametrize(("hint_hours", "hours"), [(None, 1), (0.01, 1), (4, 4), (24 * 30, 6)])
def test_a_hint_is_a_floor_but_never_one_above_six_hours(hint_hours, hours):
    hint = hint_hours and hint_hours * HOUR
    assert after(tally=Tally(links=9, new=9), hint=hint).poll_interval_seconds == hours * HOUR


def test_a_failure_doubles_the_interval_up_to_the_longest():
    assert after(FetchStatus.TIMED_OUT, http_status=None) == Outlook(
        failure_points=0.25, poll_interval_seconds=4 * HOUR, given_up=False
    )
    assert after(FetchStatus.GONE, http_status=410, interval=20 * HOUR).poll_interval_seconds == 24 * HOUR
    assert after(FetchStatus.GONE, http_status=404, interval=None).poll_interval_seconds == 2 * HOUR


def test_ten_points_give_a_feed_up_and_one_success_brings_it_back():
    last = after(FetchStatus.GONE, http_status=404, points=9.5)
    assert last == Outlook(failure_points=10, poll_interval_seconds=7 * 24 * HOUR, given_up=True)
    again = after(FetchStatus.GONE, http_status=404, interval=7 * 24 * HOUR, points=10)
    assert (again.given_up, again.poll_interval_seconds) == (True, 7 * 24 * HOUR)
    back = after(tally=Tally(links=9), interval=7 * 24 * HOUR, points=10.5)
    assert back == Outlook(failure_points=0, poll_interval_seconds=HOUR, given_up=False)


@given(
    status=st.sampled_from(FetchStatus),
    tally=st.tuples(st.integers(0, 100), st.floats(0, 1), st.floats(0, 1)),
    hint=st.none() | st.floats(0, 1e9),
    interval=st.none() | st.floats(1, 1e7),
    points=st.floats(0, 20),
)
def test_the_interval_stays_within_its_bounds(status, tally, hint, interval, points):
    links, new = tally[0], int(tally[0] * tally[1])
    later = after(
        status,
        Tally(links=links, new=new, old=int(new * tally[2])),
        hint=hint,
        interval=interval,
        points=points,
    )
    if later.given_up:
        assert later.failure_points >= FEED_GIVEN_UP_AT
    else:
        assert later.poll_interval_seconds <= SETTINGS.max_poll_interval_seconds
    if not points_of(status, 200):
        assert later.failure_points == 0
        assert later.poll_interval_seconds >= SETTINGS.min_poll_interval_seconds


# ---------------------------------------------------------------------------------------------------- failure points


def test_every_status_has_its_points_and_its_row_in_the_table():
    assert set(POINTS) == set(FetchStatus)
    listed = {
        word
        for row in re.findall(r"^\| ([^|]+) \|", failure_points.__doc__, re.MULTILINE)
        for word in re.findall(r"[a-z_]{4,}", row)
    } - {"status", "with", "others"}
    assert listed == {status.value for status in FetchStatus}


@pytest.mark.parametrize("status", FetchStatus)
def test_the_table_says_what_is_counted(status):
    sizes = {"0": 0.0, "hard": 1.0, "soft": 0.5, "temporary": 0.25}
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", failure_points.__doc__, re.MULTILINE)
    for words, size in rows:
        if status.value not in re.findall(r"[a-z_]+", words):
            continue
        for code in re.findall(r"\d{3}", words) or [200]:
            assert points_of(status, int(code)) == sizes[size.strip()], (words, code)


def test_a_404_may_be_asked_again_and_a_410_may_not():
    assert points_of(FetchStatus.GONE, 404) < failure_points.LINK_GIVEN_UP_AT <= points_of(FetchStatus.GONE, 410)
