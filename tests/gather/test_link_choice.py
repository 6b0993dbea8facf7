"""Which links a pass deals with."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.gather.link_choice import choose_links
from pipeline.gather.link_state import LinkState
from pipeline.records import Link

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def link(url: str, title: str | None = None) -> Link:
    return Link(source_id="gazette", feed_id="f1", url=url, title=title)


def state(url: str) -> LinkState:
    given = {"source_id": "gazette", "url": url, "status": "captured", "failure_points": 0.0, "title": "as it was"}
    return LinkState(**{name: given.get(name) for name in LinkState.__dataclass_fields__})


def choose(offered="", *, archived="", settled="", known="", pending="", revisits="", max_links=100):
    return choose_links(
        {url: link(url, "as it is") for url in offered},
        archived=map(link, archived),
        settled=set(settled),
        known=set(known),
        pending=map(state, pending),
        revisits=map(state, revisits),
        max_links=max_links,
    )


def urls(links):
    return "".join(link.url for link in links)


def test_new_links_come_first_then_pending_ones_then_revisits():
    assert urls(choose("abc", known="b", pending="p", revisits="y").links) == "acpy"


def test_a_known_link_that_is_not_due_is_no_link_of_the_pass():
    choice = choose("abc", known="abc")
    assert choice.links == choice.left_over == []


def test_what_was_archived_by_an_earlier_attempt_belongs_to_the_pass_whatever_the_limit():
    choice = choose("xyz", archived="ab", max_links=1)
    assert urls(choice.links) == "ab"
    assert urls(choice.left_over) == "xyz"


def test_new_links_beyond_the_limit_are_left_over_and_waiting_ones_wait_on():
    choice = choose("abc", pending="p", revisits="y", max_links=2)
    assert urls(choice.links) == "ab"
    assert urls(choice.left_over) == "c"


def test_revisits_take_what_new_and_pending_links_leave_of_the_limit():
    assert urls(choose("ab", pending="p", revisits="xyz", max_links=5).links) == "abpxy"
    assert choose("ab", pending="p", revisits="xyz", max_links=5).left_over == []  # a page that is due stays due


def test_what_an_earlier_attempt_settled_is_left_alone():
    choice = choose("abc", settled="bpy", pending="p", revisits="y")
    assert urls(choice.links) == "ac"


def test_each_link_once_and_as_the_feed_offers_it_now():
    choice = choose("ab", known="a", pending="a", revisits="ab")
    assert urls(choice.links) == "ba"
    assert {chosen.title for chosen in choice.links} == {"as it is"}
    assert [chosen.title for chosen in choose(pending="p").links] == ["as it was"]
