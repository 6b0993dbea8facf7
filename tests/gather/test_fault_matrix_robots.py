"""robots.txt that cannot be had, has no end, or is something else."""

from __future__ import annotations

import pytest

from tests.gather.asking import asking
from tests.gather.hostile_server import PAGE, answer, head, redirect, says, serving, slow_down


@pytest.mark.parametrize("length", ["", "Content-Length: 104857600"])
def test_a_robots_file_without_an_end_counts_with_its_first_half_megabyte(length):
    def endless(exchange):
        exchange.send(head("200 OK", "Content-Type: text/plain", *([length] if length else [])))
        exchange.send(b"User-agent: *\nDisallow: /a\n")
        exchange.forever(b"# filler\n" * 1000)

    with serving() as server, asking() as asker:
        server.routes["/robots.txt"] = endless
        assert asker.ask(server.url("/a")).status == "robots_denied"
        assert asker.ask(server.url("/b")).status == "captured"
        assert server.paths == ["/b"]


@pytest.mark.parametrize(
    ("behaviour", "status"),
    [
        (answer(b"", "500 Internal Server Error"), "robots_denied"),
        (answer(PAGE), "captured"),  # a web page in its place forbids nothing
        (answer(b"", "401 Unauthorized"), "captured"),
        (answer(b"<title>Just a moment...</title>", "403 Forbidden"), "captured"),
        (answer(b"<title>Just a moment...</title>", "503 Service Unavailable"), "bot_wall"),
        (says(head("200 OK", "Content-Length: 5000") + b"User-agent: *\n"), "robots_denied"),
        (redirect("/robots.txt"), "captured"),
        (redirect("/login?return=/robots.txt"), "captured"),
        (slow_down("429 Too Many Requests", "Retry-After: 60"), "rate_limited"),
    ],
    ids=["500", "HTML", "401", "403 bot wall", "503 bot wall", "cut off", "loop", "login", "429"],
)
def test_a_robots_file_that_cannot_be_had_ends_as_documented(behaviour, status):
    with serving() as server, asking() as asker:
        server.routes["/robots.txt"] = behaviour
        answered = asker.ask(server.url("/a"))
        assert answered.status == status
        assert (answered.requested_at is None) == (status != "captured") == (server.paths == [])


def test_the_rules_of_the_host_that_robots_redirects_to_are_obeyed():
    with serving() as server, serving() as other, asking() as asker:
        server.routes["/robots.txt"] = redirect(other.url("/rules.txt", "harbour"))
        other.routes["/rules.txt"] = answer(b"User-agent: *\nDisallow: /a\n")
        assert asker.ask(server.url("/a")).status == "robots_denied"
        assert asker.ask(server.url("/b")).status == "captured"
