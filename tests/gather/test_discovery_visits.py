"""Feeds visited over HTTP: what is offered, what is too old, what is asked for in full."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from tests.gather.visiting import NOW, Visiting, ago, atom, urlset

ATOM = "application/atom+xml"


@pytest.fixture
def visiting(site, tmp_path):
    return Visiting(site, tmp_path / "captures")


def serve(site, path, body, **options):
    site.answer(path, body, kind=options.pop("kind", ATOM), **options)


def test_new_and_known_links_are_told_apart_and_both_offered(site, visiting):
    known, new = site.url("/known"), site.url("/new")
    visiting.known = {known}
    serve(site, "/feed", atom(known, new))
    (offer,) = visiting.visit("/feed", "atom")
    assert set(offer.links) == {known, new}
    assert (offer.visit.link_count, offer.visit.new_link_count, offer.visit.old_link_count) == (2, 1, 0)
    assert (offer.visit.status, offer.visit.found_in) == ("read_feed", None)
    link = offer.links[new]
    assert (link.published_at_source, link.feed_id) == ("published", visiting.feed_id("/feed"))


def test_a_link_older_than_the_window_is_counted_and_not_offered_unless_it_is_known(site, visiting):
    old, known = site.url("/old"), site.url("/known")
    visiting.known = {known}
    serve(site, "/feed", atom(old, known, days_old=15))
    (offer,) = visiting.visit("/feed", "atom")
    assert set(offer.links) == {known}
    assert (offer.visit.link_count, offer.visit.new_link_count, offer.visit.old_link_count) == (2, 1, 1)
    assert offer.old == 1


def test_the_lastmod_of_a_sitemap_tells_a_links_age_and_is_no_time_of_publication(site, visiting):
    old, day_old, undated = site.url("/old"), site.url("/day-old"), site.url("/undated")
    serve(site, "/map.xml", urlset((old, ago(days=20)), (day_old, ago(days=1)[:10]), (undated, None)))
    (offer,) = visiting.visit("/map.xml", "sitemap")
    assert list(offer.links) == [day_old, undated]
    assert {link.published_at for link in offer.links.values()} == {None}
    assert offer.old == 1


def test_two_feeds_with_one_link_count_it_as_new_once(site, visiting):
    link, old = site.url("/both"), site.url("/old")
    serve(site, "/a", atom(link))
    serve(site, "/b", atom(link))
    serve(site, "/c", atom(old, days_old=30))
    serve(site, "/d", urlset((old, ago(days=1))))
    offers = visiting.visit_all([(path, "atom", {}) for path in ("/a", "/b", "/c")] + [("/d", "sitemap", {})])
    assert [offer.visit.new_link_count for offer in offers] == [1, 0, 1, 0]
    assert [set(offer.links) for offer in offers] == [{link}, {link}, set(), set()]


def test_what_is_no_usable_url_is_offered_with_what_is_wrong(site, visiting):
    serve(site, "/feed", atom("http://user:secret@gazette.example/a"))
    (offer,) = visiting.visit("/feed", "atom")
    assert list(offer.unusable) == list(offer.links)
    assert offer.visit.new_link_count == 1


def test_a_304_offers_nothing_and_keeps_the_validators(site, visiting):
    serve(site, "/feed", atom(site.url("/1")), ETag='"a"')
    visiting.remember(visiting.visit("/feed", "atom"))
    serve(site, "/feed", status=304, body="")
    (offer,) = visiting.visit("/feed", "atom")
    assert site.asked[-1].headers["If-None-Match"] == '"a"'
    assert (offer.visit.status, offer.visit.etag, offer.links) == ("unchanged", '"a"', {})


def test_the_same_bytes_are_unchanged_archived_once_and_their_links_are_there(site, visiting):
    serve(site, "/feed", atom(site.url("/1")))
    visiting.remember(visiting.visit("/feed", "atom"))
    (offer,) = visiting.visit("/feed", "atom")
    assert offer.visit.status == "unchanged"
    assert (len(offer.links), offer.visit.new_link_count) == (1, 0)
    assert len(list(visiting.captures.rglob("*.warc.gz"))) == 1


def test_a_feed_that_lies_about_change_is_asked_in_full_now_and_then(site, visiting):
    serve(site, "/feed", atom(site.url("/1")), ETag='"a"')
    visiting.remember(visiting.visit("/feed", "atom"))
    visiting.change_states(last_read_at=NOW - timedelta(hours=23))
    visiting.visit("/feed", "atom")
    assert "If-None-Match" in site.asked[-1].headers
    visiting.change_states(last_read_at=NOW - timedelta(hours=25))
    visiting.visit("/feed", "atom")
    assert "If-None-Match" not in site.asked[-1].headers


@pytest.mark.parametrize(
    ("options", "status", "points"),
    [
        ({"status": 404, "body": ""}, "gone", 0.5),
        ({"status": 410, "body": ""}, "gone", 1.0),
        ({"status": 503, "body": ""}, "server_error", 0.25),
        ({"body": "<html>Sorry</html>"}, "not_a_feed", 0.5),
    ],
)
def test_failures_score_points_and_put_the_next_visit_off(site, visiting, options, status, points):
    serve(site, "/feed", atom(site.url("/1")), ETag='"a"')
    visiting.remember(visiting.visit("/feed", "atom"))
    serve(site, "/feed", **options)
    (offer,) = visiting.remember(visiting.visit("/feed", "atom"))
    visit = offer.visit
    assert (visit.status, visit.failure_points, visit.etag) == (status, points, None)
    assert visit.poll_interval_seconds == 7200
    assert visit.next_visit_at == visit.visited_at + timedelta(seconds=7200)
    serve(site, "/feed", atom(site.url("/2")))
    (offer,) = visiting.visit("/feed", "atom")
    assert (offer.visit.status, offer.visit.failure_points) == ("read_feed", 0)


def test_a_feed_of_a_host_on_hold_is_neither_blamed_nor_put_off(site, visiting):
    serve(site, "/a", b"", status=429, Retry_After="3600")
    serve(site, "/b", atom(site.url("/1")))
    _, offer = visiting.visit_all([("/a", "atom", {}), ("/b", "atom", {})])
    assert (offer.visit.status, offer.visit.failure_points) == ("rate_limited", 0)
    assert offer.visit.next_visit_at == offer.visit.visited_at


def test_the_publishers_hint_is_a_floor(site, visiting):
    body = f"<rss><channel><ttl>120</ttl><item><link>{site.url('/1')}</link></item></channel></rss>"
    serve(site, "/feed", body)
    (offer,) = visiting.visit("/feed", "rss")
    assert offer.visit.poll_interval_seconds == 7200


def test_a_feed_larger_than_a_page_may_be_is_read(site, visiting):
    body = urlset(*((site.url(f"/{n}"), None) for n in range(9_000)))
    assert len(body) > 200_000
    serve(site, "/map.xml.gz", gzip.compress(body.encode()), kind="application/gzip")
    serve(site, "/map.xml", body)
    for path in ("/map.xml", "/map.xml.gz"):
        (offer,) = visiting.visit(path, "sitemap")
        assert offer.visit.link_count == 9_000


def test_a_feed_over_its_limit_ends_as_too_large(site, visiting):
    visiting.settings = {"max_feed_bytes": 1_000}
    serve(site, "/feed", atom(*(site.url(f"/{n}") for n in range(50))))
    (offer,) = visiting.visit("/feed", "atom")
    assert (offer.visit.status, offer.links) == ("too_large", {})


def test_a_killed_pass_reads_what_it_archived_and_asks_for_it_no_more(site, visiting):
    serve(site, "/feed", atom(site.url("/1"), more='<link rel="next" href="/feed2"/>'))
    serve(site, "/feed2", atom(site.url("/2")))
    first = visiting.visit("/feed", "atom")
    asked = len(site.asked)
    second = visiting.visit("/feed", "atom", resume=True)
    assert len(site.asked) == asked
    assert [offer.visit for offer in second] == [offer.visit for offer in first]
    assert [offer.links for offer in second] == [offer.links for offer in first]


def test_a_feed_that_could_not_be_read_whole_says_so(site, visiting):
    serve(site, "/map.xml", urlset((site.url("/1"), None), (site.url("/2"), None))[:-40])
    (offer,) = visiting.visit("/map.xml", "sitemap")
    assert offer.visit.status == "read_feed"
    assert "its end could not be read" in offer.visit.error


def test_a_reader_that_fails_costs_its_own_feed_only(site, visiting, monkeypatch):
    def failing(*_):
        raise AttributeError("the reader's own bug")

    monkeypatch.setattr("pipeline.gather.feed_visit.read_feed", failing)
    serve(site, "/feed", atom(site.url("/1")))
    (offer,) = visiting.visit("/feed", "atom")
    assert offer.visit.status == "not_a_feed"
    assert "the reader's own bug" in offer.visit.error
