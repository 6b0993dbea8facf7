"""Hosts that are down, and hosts that ask to be left alone."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.gather.holds import hold_reason, refusal_of, retry_after_seconds
from pipeline.gather.pace import Hold
from pipeline.statuses import FetchStatus
from tests.gather.asking import asking
from tests.gather.hostile_server import PAGE, answer, first, http_date, redirect, serving, slow_down

DAY_SECONDS = 86_400


def in_an_hour():
    return http_date(datetime.now(UTC) + timedelta(hours=1))


@pytest.mark.parametrize(
    ("lines", "held_seconds"),
    [
        (["Retry-After: 120"], 120),
        (["Retry-After: 99999999999999999999"], DAY_SECONDS),
        (["Retry-After: 315360000"], DAY_SECONDS),
        ([f"Retry-After: {in_an_hour()}"], 3600),
        (["Retry-After: Wed, 21 Oct 2065 07:28:00 GMT"], DAY_SECONDS),
        (["Retry-After: soon"], 30),
        (["Retry-After: -5"], 30),
        (["Retry-After: 1.5"], 30),
        ([b"Retry-After: \xb2"], 30),
        (["Retry-After: Mon, 99 Foo 2026 99:99:99 GMT"], 30),
        ([], 30),
    ],
)
def test_a_429_puts_its_host_on_hold_for_what_it_says(lines, held_seconds):
    with serving() as server, asking() as asker:
        server.routes["/a"] = slow_down("429 Too Many Requests", *lines)
        asked, not_asked = asker.ask(server.url("/a")), asker.ask(server.url("/b"))
        assert (asked.status, asked.http_status, asked.may_pass) == ("rate_limited", 429, False)
        assert (not_asked.status, not_asked.requested_at, not_asked.may_pass) == ("rate_limited", None, True)
        assert "not asked: gazette.localhost" in not_asked.error
        assert server.paths == ["/a"]
        hold = asker.pace.held(f"gazette.localhost:{server.port}")
        assert hold.seconds == pytest.approx(held_seconds, abs=300 if held_seconds == 3600 else 3)


def test_another_host_goes_on_meanwhile_and_the_host_itself_after_its_hold():
    with serving() as server, asking() as asker:
        server.routes["/a"] = slow_down("429 Too Many Requests", "Retry-After: 60")
        asker.ask(server.url("/a"))
        assert asker.ask(server.url("/b", "harbour")).status == "captured"
        asker.time.now += 61
        assert asker.ask(server.url("/b")).status == "captured"


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    "retry_after", ["4", pytest.param(http_date(datetime.now(UTC) - timedelta(hours=1)), id="in the past"), "0"]
)
def test_a_short_hold_is_waited_for_and_the_request_repeated_once(status, retry_after):
    with serving() as server, asking() as asker:
        server.routes["/a"] = first(slow_down(status, f"Retry-After: {retry_after}"))
        answered = asker.ask(server.url("/a"))
        assert (answered.status, answered.body) == ("captured", PAGE)
        assert asker.time.sleeps == ([4] if retry_after == "4" else [])
        assert server.paths == ["/a", "/a"]


def test_a_host_that_refuses_again_after_the_wait_is_left_alone():
    with serving() as server, asking() as asker:
        server.routes["/a"] = slow_down("429 Too Many Requests", "Retry-After: 1")
        assert asker.ask(server.url("/a")).status == "rate_limited"
        assert asker.ask(server.url("/b")).status == "rate_limited"
        assert server.paths == ["/a", "/a"]
        assert asker.time.sleeps == [1]


def test_a_503_with_retry_after_is_a_server_error_and_holds_the_host():
    with serving() as server, asking() as asker:
        server.routes["/a"] = slow_down("503 Service Unavailable", "Retry-After: 900")
        assert asker.ask(server.url("/a")).status == "server_error"
        not_asked = asker.ask(server.url("/b"))
        assert (not_asked.status, not_asked.may_pass) == ("server_error", True)
        assert "answered 503 with Retry-After 900" in not_asked.error


def test_a_503_without_retry_after_holds_nothing():
    with serving() as server, asking() as asker:
        server.routes["/a"] = slow_down("503 Service Unavailable")
        assert asker.ask(server.url("/a")).status == "server_error"
        assert asker.ask(server.url("/b")).status == "captured"


def test_a_storm_of_server_errors_puts_the_host_on_hold():
    with serving() as server, asking() as asker:
        for number in range(8):
            server.routes[f"/{number}"] = answer(b"", "500 Internal Server Error" if number % 2 else "502 Bad Gateway")
        answers = [asker.ask(server.url(f"/{number}")) for number in range(8)]
        assert {a.status for a in answers} == {"server_error"}
        assert [a.requested_at is None for a in answers] == [False] * 5 + [True] * 3
        assert "5 server errors in a row" in answers[-1].error
        assert asker.pace.held(f"gazette.localhost:{server.port}").seconds == 600


def test_server_errors_with_answers_in_between_are_no_storm():
    with serving() as server, asking() as asker:
        server.routes["/bad"] = answer(b"", "500 Internal Server Error")
        for _ in range(4):
            for path in ("/bad", "/bad", "/bad", "/good"):
                asker.ask(server.url(path))
        assert len(server.paths) == 16


def test_three_failed_connections_put_the_host_on_hold():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port = probe.getsockname()[1]
        with asking() as asker:
            answers = [asker.ask(f"http://dead.localhost:{port}/{number}") for number in range(5)]
            hold = asker.pace.held(f"dead.localhost:{port}")
    assert {a.status for a in answers} == {"unreachable"}
    assert [a.may_pass for a in answers] == [True] * 5  # it never came to asking for the pages
    assert "3 connections failed in a row" in answers[3].error
    assert hold.seconds == 600


def test_five_timeouts_put_the_host_on_hold():
    with serving() as server, asking(read_timeout_seconds=0.2) as asker:
        for number in range(6):
            server.routes[f"/{number}"] = lambda exchange: exchange.pause(2)
        answers = [asker.ask(server.url(f"/{number}")) for number in range(6)]
        assert {a.status for a in answers} == {"timed_out"}
        assert [a.may_pass for a in answers] == [False] * 5 + [True]
        assert "5 responses took too long in a row" in answers[5].error


def test_a_redirect_to_a_host_on_hold_is_not_followed():
    with serving() as server, asking() as asker:
        server.routes["/a"] = slow_down()
        asker.ask(server.url("/a", "harbour"))
        server.routes["/b"] = redirect(server.url("/c", "harbour"))
        answered = asker.ask(server.url("/b"))
        assert (answered.status, answered.may_pass) == ("rate_limited", True)
        assert "/c" not in server.paths


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (hold_reason(FetchStatus.UNREACHABLE, "3 connections failed: no route"), "unreachable"),
        (hold_reason(FetchStatus.TIMED_OUT, "too slow"), "timed_out"),
        (hold_reason(FetchStatus.BOT_WALL, "Kasada"), "bot_wall"),
        ("asked by mail not to come", "rate_limited"),
        ("captain: asked by mail", "rate_limited"),
    ],
)
def test_a_holds_reason_says_the_status_of_the_links_that_wait(reason, status):
    refusal = refusal_of(Hold(12.4, reason))
    assert (refusal.status, refusal.may_pass) == (status, True)
    assert reason.removeprefix(f"{status}: ") in refusal.error
    assert "12 s" in refusal.error


def test_a_retry_after_in_the_zone_nobody_knows_is_utc():
    instant = datetime.now(UTC) + timedelta(minutes=10)
    assert retry_after_seconds(instant.strftime("%a, %d %b %Y %H:%M:%S -0000")) == pytest.approx(600, abs=3)
