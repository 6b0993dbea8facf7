"""robots.txt and pace: what the client asks, in which order, and how far apart.

When a host is left alone altogether is for test_fault_matrix_hosts.
"""

from __future__ import annotations

import pytest

from tests.gather.asking import asking
from tests.gather.hostile_server import answer, redirect, serving


def robots(server, text):
    server.routes["/robots.txt"] = answer(text.encode())


def statuses(asker, server, *paths):
    return {path: asker.ask(server.url(path)).status for path in paths}


def test_a_path_that_robots_forbids_is_not_asked():
    with serving() as server, asking() as asker:
        robots(server, "User-agent: *\nDisallow: /members/\n")
        assert statuses(asker, server, "/members/a", "/b") == {"/members/a": "robots_denied", "/b": "captured"}
        refused = asker.ask(server.url("/members/a"))
        assert (refused.requested_at, refused.may_pass) == (None, False)
        assert server.paths == ["/b"]


def test_rules_for_our_own_name_win():
    with serving() as server, asking() as asker:
        robots(server, "User-agent: *\nDisallow:\n\nUser-agent: Dateline\nDisallow: /a\n")
        assert statuses(asker, server, "/a", "/b") == {"/a": "robots_denied", "/b": "captured"}


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("404 Not Found", "captured"),
        ("403 Forbidden", "captured"),
        ("500 Internal Server Error", "robots_denied"),
        ("503 Service Unavailable", "robots_denied"),
    ],
)
def test_robots_answers_are_taken_as_rfc_9309_says(status, word):
    with serving() as server, asking() as asker:
        server.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n", status)
        answered = asker.ask(server.url("/a"))
        assert answered.status == word
        assert (status[:3] in (answered.error or "")) == (word == "robots_denied")


def test_robots_is_asked_once_for_each_host():
    with serving() as server, asking() as asker:
        for url in (server.url("/a"), server.url("/b"), server.url("/c", "harbour")):
            assert asker.ask(url).status == "captured"
        asked = [question.headers["Host"] for question in server.questions if question.path == "/robots.txt"]
        assert sorted(asked) == [f"gazette.localhost:{server.port}", f"harbour.localhost:{server.port}"]


def test_the_robots_of_a_redirect_target_are_obeyed():
    with serving() as server, serving() as other, asking() as asker:
        robots(other, "User-agent: *\nDisallow: /\n")
        server.routes["/a"] = redirect(other.url("/b", "harbour"))
        answered = asker.ask(server.url("/a"))
        assert (answered.status, answered.http_status) == ("robots_denied", 302)
        assert other.paths == []


def test_the_sources_delay_lies_between_the_end_of_one_request_and_the_next():
    with serving() as server, asking(delay_seconds=3) as asker:
        statuses(asker, server, "/a", "/b")
        assert asker.time.sleeps == [3, 3]  # robots.txt, then two pages


def test_every_hop_of_a_redirect_takes_a_turn_of_its_own():
    with serving() as server, asking(delay_seconds=3) as asker:
        server.routes["/a"] = redirect("/b")
        asker.ask(server.url("/a"))
        assert asker.time.sleeps == [3, 3]


def test_a_longer_crawl_delay_wins():
    with serving() as server, asking(delay_seconds=3) as asker:
        robots(server, "User-agent: *\nCrawl-delay: 7.5\n")
        statuses(asker, server, "/a", "/b")
        assert asker.time.sleeps == [7.5, 7.5]  # after robots.txt itself too


def test_a_shorter_crawl_delay_does_not():
    with serving() as server, asking(delay_seconds=3) as asker:
        robots(server, "User-agent: *\nCrawl-delay: 1\n")
        statuses(asker, server, "/a", "/b")
        assert asker.time.sleeps == [3, 3]


def test_an_absurd_crawl_delay_is_capped():
    with serving() as server, asking(max_crawl_delay_seconds=20) as asker:
        robots(server, "User-agent: *\nCrawl-delay: 86400\n")
        statuses(asker, server, "/a", "/b")
        assert asker.time.sleeps == [20, 20]


def test_hosts_do_not_wait_for_each_other():
    with serving() as server, asking(delay_seconds=4) as asker:
        for name in ("gazette", "harbour"):
            asker.client.robots_rules(server.url("/", name))
        for name in ("gazette", "harbour"):
            asker.ask(server.url("/a", name))
        assert asker.time.sleeps == [4]  # the second's own pause had passed meanwhile


def test_one_request_is_under_way_at_a_time_and_it_is_made_within_its_turn():
    with serving() as server, asking(delay_seconds=1) as asker:
        asked_before_the_turn = []
        turn = asker.pace.turn

        def watched(host, delay_seconds):
            asked_before_the_turn.append(len(server.questions))
            return turn(host, delay_seconds)

        asker.pace.turn = watched
        server.routes["/a"] = redirect("/b")
        asker.ask(server.url("/a"))
        assert asked_before_the_turn == [0, 1, 2]


def test_we_name_ourselves_with_a_contact_in_every_request():
    with serving() as server, asking(contact="news@example.org") as asker:
        asker.ask(server.url("/a"))
        agents = {question.headers["User-Agent"] for question in server.questions}
        assert len(server.questions) == 2
        assert all(agent.startswith("Dateline/") and "news@example.org" in agent for agent in agents)
