"""robots.txt, pace, and knowing when to stop asking a host."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipeline.gather.pace import HostPace


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 1_000.0
        self.sleeps = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.sleeps.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def fake_time():
    return FakeTime()


@pytest.fixture
def pace(fake_time):
    return HostPace(fake_time.clock, fake_time.sleep)


def robots(site, text, name="gazette", **options):
    site.answer((name, "/robots.txt"), text, kind="text/plain", **options)


def statuses(gathering):
    return {path: fetch.status for path, fetch in gathering.fetches().items()}


def test_a_path_that_robots_forbids_is_not_asked(gathering, site):
    robots(site, "User-agent: *\nDisallow: /members/\n")
    site.rss("/members/a", "/b")
    site.page("/b")
    gathering.gather()
    assert statuses(gathering) == {"/members/a": "robots_denied", "/b": "captured"}
    assert gathering.fetches()["/members/a"].requested_at is None
    assert site.paths() == ["/rss.xml", "/b"]


def test_rules_for_our_own_name_win(gathering, site):
    robots(site, "User-agent: *\nDisallow:\n\nUser-agent: Dateline\nDisallow: /a\n")
    site.rss("/a")
    gathering.gather()
    assert statuses(gathering) == {"/a": "robots_denied"}


def test_a_feed_that_robots_forbids_is_not_asked(gathering, site):
    robots(site, "User-agent: *\nDisallow: /\n")
    result = gathering.gather()
    assert result.counts["feed_robots_denied"] == 1
    assert site.paths() == []


@pytest.mark.parametrize(
    ("status", "word"), [(404, "captured"), (403, "captured"), (500, "robots_denied"), (503, "robots_denied")]
)
def test_robots_answers_are_taken_as_rfc_9309_says(gathering, site, status, word):
    robots(site, "User-agent: *\nDisallow: /\n", "other", status=status)
    site.rss(site.url("/a", "other"))
    site.page(("other", "/a"))
    gathering.gather()
    (fetch,) = gathering.fetches().values()
    assert fetch.status == word
    assert (str(status) in (fetch.error or "")) == (word == "robots_denied")


def test_robots_is_asked_once_for_each_host(gathering, site):
    site.rss("/a", "/b", site.url("/c", "other"))
    gathering.gather()
    asked = [a.host for a in site.asked if a.path == "/robots.txt"]
    assert sorted(asked) == [f"gazette.localhost:{site.port}", f"other.localhost:{site.port}"]


def test_the_robots_of_a_redirect_target_are_obeyed(gathering, site):
    robots(site, "User-agent: *\nDisallow: /\n", "other")
    site.redirect("/a", site.url("/b", "other"))
    site.rss("/a")
    gathering.gather()
    assert statuses(gathering) == {"/a": "robots_denied"}
    assert site.paths("other") == []


def test_a_huge_robots_file_counts_with_its_first_half_megabyte(gathering, site):
    robots(site, "User-agent: *\nDisallow: /a\n" + "# filler\n" * 200_000)
    site.rss("/a", "/b")
    site.page("/b")
    gathering.gather()
    assert statuses(gathering) == {"/a": "robots_denied", "/b": "captured"}


def test_the_sources_delay_lies_between_two_requests(gathering, site, pace, fake_time):
    gathering.politeness = "{delay_seconds: 3}"
    site.rss("/a", "/b")
    gathering.gather(pace=pace)
    assert fake_time.sleeps == [3, 3, 3]  # robots.txt, then the feed, then two pages


def test_a_longer_crawl_delay_wins_up_to_the_cap(gathering, site, pace, fake_time):
    gathering.politeness = "{delay_seconds: 3}"
    robots(site, "User-agent: *\nCrawl-delay: 7.5\n")
    site.rss("/a")
    gathering.gather(pace=pace)
    assert fake_time.sleeps == [7.5, 7.5]


def test_an_absurd_crawl_delay_is_capped(gathering, site, pace, fake_time):
    gathering.set(max_crawl_delay_seconds=20)
    robots(site, "User-agent: *\nCrawl-delay: 86400\n")
    site.rss("/a")
    gathering.gather(pace=pace)
    assert fake_time.sleeps == [20, 20]


def test_without_a_delay_of_the_source_the_setting_counts(gathering, site, pace, fake_time):
    gathering.politeness = "{}"
    gathering.set(delay_seconds=5)
    site.rss("/a")
    gathering.gather(pace=pace)
    assert fake_time.sleeps == [5, 5]


def test_hosts_do_not_wait_for_each_other(pace, fake_time):
    for host in ("a", "b", "a", "b"):
        pace.wait(host, 4)
    assert fake_time.sleeps == [4]  # b's own pause had passed meanwhile


def limited_once(site, path, retry_after):
    """429 the first time, a page after that."""
    site.page(path)
    page = site.routes[path]
    site.answer(path, "slow down", status=429, **({"Retry_After": retry_after} if retry_after else {}))
    refusals = [site.routes[path]]

    def handle(request):
        answer = refusals.pop() if refusals else page
        answer(request)

    site.routes[path] = handle


def test_a_short_retry_after_is_waited_for_once(gathering, site, pace, fake_time):
    limited_once(site, "/a", "4")
    site.rss("/a")
    gathering.gather(pace=pace)
    assert statuses(gathering) == {"/a": "captured"}
    assert fake_time.sleeps == [4]


@pytest.mark.parametrize(
    "retry_after", ["120", None, "soon", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)]
)
def test_any_other_429_ends_the_asking_of_this_host(gathering, site, retry_after):
    limited_once(site, "/a", retry_after)
    site.page("/b")
    site.page(("other", "/c"))
    site.rss("/a", "/b", site.url("/c", "other"))
    gathering.gather()
    assert list(statuses(gathering).values()) == ["rate_limited", "rate_limited", "captured"]
    asked, not_asked = gathering.fetches()["/a"], gathering.fetches()["/b"]
    assert (asked.http_status, asked.requested_at is None) == (429, False)
    assert (not_asked.http_status, not_asked.requested_at) == (None, None)
    assert "not asked" in not_asked.error
    assert site.paths() == ["/rss.xml", "/a"]


def test_a_429_twice_in_a_row_is_not_waited_for_again(gathering, site, pace, fake_time):
    site.answer("/a", status=429, Retry_After="1")
    site.rss("/a")
    gathering.gather(pace=pace)
    assert statuses(gathering) == {"/a": "rate_limited"}
    assert fake_time.sleeps == [1]


def test_an_unreachable_site_ends_as_such_and_the_run_goes_on(gathering, unused_port):
    gathering.site.port = unused_port
    for number in range(5):
        gathering.feed(f"/{number}.xml")
    result = gathering.gather()
    assert result.counts == {"links": 0, "left_over": 0, "feeds": 5, "feed_unreachable": 5}
    assert gathering.fetches() == {}
    errors = [visit.error for visit in gathering.visits()]
    assert ["3 connections failed in a row" in error for error in errors] == [False, False, False, True, True]


def test_after_three_failed_connections_the_other_links_are_not_asked(gathering, site, unused_port):
    dead = f"http://dead.localhost:{unused_port}"
    site.rss(*(f"{dead}/{n}" for n in range(5)), "/a")
    site.page("/a")
    result = gathering.gather()
    assert (result.counts["unreachable"], result.counts["captured"]) == (5, 1)
    errors = [fetch.error for fetch in gathering.fetches().values()]
    assert "3 connections failed in a row" in errors[3]


def test_after_five_timeouts_in_a_row_the_other_links_are_not_asked(gathering, site):
    gathering.set(read_timeout_seconds=0.05)
    for number in range(7):
        site.raw(f"/{number}", then=lambda: time.sleep(0.15))
    site.rss(*(f"/{number}" for number in range(7)))
    gathering.gather()
    assert set(statuses(gathering).values()) == {"timed_out"}
    assert len(site.paths()) == 1 + 5
    assert "not asked" in gathering.fetches()["/6"].error
