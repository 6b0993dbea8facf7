"""Several answers on one connection, and what one host tells us: it is told to no other."""

from __future__ import annotations

import re

import pytest

from pipeline.gather.answer import Validators
from tests.gather.asking import asking
from tests.gather.hostile_server import PAGE, answer, chunk, first, head, redirect, says, serving

SECOND = b"<!doctype html><title>Another page</title>"
TWO = head("200 OK", f"Content-Length: {len(PAGE)}") + PAGE + head("200 OK", f"Content-Length: {len(SECOND)}") + SECOND


@pytest.mark.parametrize(
    "behaviour",
    [
        says(TWO, keep_open=True),
        says(head("200 OK", "Transfer-Encoding: chunked") + chunk(PAGE) + b"0\r\n\r\n" + TWO, keep_open=True),
        says(head("200 OK", f"Content-Length: {len(PAGE)}") + PAGE + b"\r\n\r\nHTTP/1.1 200", keep_open=True),
    ],
    ids=["two answers", "behind the last chunk", "half an answer"],
)
def test_what_stands_behind_an_answer_is_nobodys_answer(behaviour):
    with serving() as server, asking() as asker:
        server.routes["/a"] = behaviour
        assert asker.ask(server.url("/a")).body == PAGE
        server.routes["/b"] = answer(b"<p>b</p>")
        assert asker.ask(server.url("/b")).body == b"<p>b</p>"
        assert server.questions[-1].connection == 2


def test_a_connection_that_was_announced_open_and_is_closed_costs_no_link():
    with serving() as server, asking() as asker:
        server.routes["/a"] = answer(keep_open=False)
        assert [asker.ask(server.url(path)).status for path in ("/a", "/b", "/a", "/b")] == ["captured"] * 4


def test_an_answer_that_is_no_http_on_a_kept_connection_is_asked_for_once_more():
    with serving() as server, asking() as asker:
        assert asker.ask(server.url("/a")).status == "captured"
        server.routes["/b"] = first(says(b"rubbish\r\n\r\n"))
        assert asker.ask(server.url("/b")).status == "captured"
        assert server.paths == ["/a", "/b", "/b"]


def test_one_connection_serves_refusals_and_pages_alike():
    with serving() as server, asking() as asker:
        for path, status in {"/a": "404 Not Found", "/b": "403 Forbidden", "/c": "500 Oh", "/d": "302 Found"}.items():
            server.routes[path] = answer(PAGE, status)
        for path in ("/a", "/b", "/c", "/d", "/e"):
            asker.ask(server.url(path))
        assert server.connections == 1


def test_no_cookie_is_ever_sent():
    with serving() as server, serving() as other, asking() as asker:
        cookies = [
            "Set-Cookie: a=b; Domain=localhost",
            "Set-Cookie: c=d; Path=/",
            "Set-Cookie: \x00;;=",
            "Set-Cookie2: e=f",
        ]
        server.routes["/a"] = answer(b"", "302 Found", *cookies, f"Location: {other.url('/b', 'harbour')}")
        server.routes["/c"] = answer(PAGE, "200 OK", *cookies)
        for url in (server.url("/a"), server.url("/c"), server.url("/d"), other.url("/d", "harbour")):
            assert asker.ask(url).status == "captured"
        sent = {name.lower() for q in server.questions + other.questions for name in q.headers}
        assert sent == {"host", "user-agent", "accept", "accept-encoding"}


def test_validators_and_the_url_that_led_there_are_not_told_to_another_host():
    with serving() as server, serving() as other, asking() as asker:
        server.routes["/a"] = redirect(other.url("/b", "harbour"))
        other.routes["/b"] = answer(b"", "304 Not Modified")
        answered = asker.ask(server.url("/a"), validators=Validators(etag='"v1"', last_modified=None))
        assert answered.status == "broken_response"  # a 304 to a question without a condition
        assert server.questions[-1].headers["If-None-Match"] == '"v1"'
        assert set(other.questions[-1].headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}


def test_the_same_host_is_told_its_validators_after_a_redirect():
    with serving() as server, asking() as asker:
        server.routes["/a"] = redirect("/b")
        server.routes["/b"] = answer(b"", "304 Not Modified")
        answered = asker.ask(server.url("/a"), validators=Validators(etag='"v1"', last_modified=None))
        assert answered.status == "unchanged"


@pytest.mark.parametrize("name", ["gazette", "GAZETTE", "gazette."])
def test_the_host_header_and_the_pace_know_one_host_by_one_name(name):
    with serving() as server, asking() as asker:
        assert asker.ask(f"http://{name}.localhost:{server.port}/a".replace("..", ".")).status == "captured"
        assert re.fullmatch(rf"gazette\.localhost:{server.port}", server.questions[0].headers["Host"])
