"""Sitemap indexes and paginated feeds: what a feed leads to, how far, and in which order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.gather.sitemap_choice import end_of_named_date
from tests.gather.visiting import NOW, Visiting, ago, atom, index, urlset

XML = "application/xml"


@pytest.fixture
def visiting(site, tmp_path):
    return Visiting(site, tmp_path / "captures")


def serve_map(site, path, *links):
    site.answer(path, urlset(*((site.url(link), ago(hours=1)) for link in links)), kind=XML)


def serve_index(site, path, *entries, **options):
    site.answer(path, index(*((site.url(child), lastmod) for child, lastmod in entries)), kind=XML, **options)


def test_an_index_leads_to_its_sitemaps_newest_first(site, visiting):
    serve_index(site, "/index.xml", ("/a.xml", ago(days=2)), ("/b.xml", ago(hours=1)), ("/c.xml", None))
    for name in "abc":
        serve_map(site, f"/{name}.xml", f"/{name}")
    offers = visiting.visit("/index.xml", "sitemap")
    assert visiting.paths(offers) == ["/index.xml", "/b.xml", "/a.xml", "/c.xml"]
    assert [len(offer.links) for offer in offers] == [0, 1, 1, 1]
    assert offers[0].visit.status == "read_feed"
    assert {offer.visit.found_in for offer in offers[1:]} == {visiting.feed_id("/index.xml")}
    assert offers[1].visit.feed_id == visiting.feed_id("/b.xml")


def test_a_sitemap_of_an_index_has_the_kind_that_it_is(site, visiting):
    serve_index(site, "/index.xml", ("/news.xml", None), ("/plain.xml", None))
    serve_map(site, "/plain.xml", "/1")
    news = f"<n:news xmlns:n='x'><n:publication_date>{ago(hours=2)}</n:publication_date></n:news>"
    site.answer("/news.xml", f"<urlset><url><loc>{site.url('/2')}</loc>{news}</url></urlset>", kind=XML)
    offers = visiting.visit("/index.xml", "news_sitemap")
    assert [offer.visit.kind for offer in offers] == ["news_sitemap", "news_sitemap", "sitemap"]
    assert offers[1].links[site.url("/2")].published_at_source == "publication_date"


def test_sitemaps_wholly_before_the_window_are_not_asked_for(site, visiting):
    day_of = (NOW - timedelta(days=40)).strftime("%Y%m%d")
    serve_index(
        site,
        "/index.xml",
        ("/old.xml", ago(days=15)),
        ("/map-2013-05.xml", ago(hours=1)),
        (f"/map-{day_of}.xml", None),
        (f"/map-{NOW:%Y-%m}.xml", None),
        ("/sitemap-200001.xml", None),
        ("/page-2013.xml", None),
    )
    offers = visiting.visit("/index.xml", "sitemap")
    assert visiting.paths(offers)[1:] == [f"/map-{NOW:%Y-%m}.xml", "/sitemap-200001.xml", "/page-2013.xml"]


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("/sitemap-2013-05.xml", "2013-06-01T11:59:59+00:00"),
        ("/2013/05/sitemap.xml", "2013-06-01T11:59:59+00:00"),
        ("/sitemap_2024_2.xml.gz", "2024-03-01T11:59:59+00:00"),
        ("/20130501.xml", "2013-05-02T11:59:59+00:00"),
        ("/sitemap?date=2013-05-01", "2013-05-02T11:59:59+00:00"),
        ("/20130231.xml", None),
        ("/sitemap-201305.xml", None),
        ("/120130501.xml", None),
        ("/sitemap-2013.xml", None),
    ],
)
def test_the_date_in_a_name_is_over_when_it_is_over_everywhere(path, end):
    named = end_of_named_date(f"https://2001-02.example{path}")
    assert (named.isoformat() if named else None) == end


def test_at_most_so_many_sitemaps_are_asked_for_and_the_others_have_their_turn(site, visiting):
    visiting.settings = {"max_sitemaps_per_visit": 2}
    names = [f"/{n}.xml" for n in range(5)]
    serve_index(site, "/index.xml", *((name, None) for name in names))
    for name in names:
        serve_map(site, name, f"/article{name}")
    seen = []
    for _ in range(3):
        offers = visiting.remember(visiting.visit("/index.xml", "sitemap"))
        assert len(offers) <= 3
        seen += visiting.paths(offers)[1:]
        visiting.change_states(next_visit_at=NOW - timedelta(hours=1))
    assert seen[:5] == names


def test_an_index_that_points_to_itself_ends(site, visiting):
    serve_index(site, "/index.xml", ("/index.xml", None), ("/INDEX2.xml", None), ("/index.xml#top", None))
    serve_index(site, "/INDEX2.xml", ("/index.xml", None), ("/INDEX2.xml?utm_source=x", None))
    assert visiting.paths(visiting.visit("/index.xml", "sitemap")) == ["/index.xml", "/INDEX2.xml"]


def test_indexes_within_indexes_are_followed_to_a_depth(site, visiting):
    for n in range(6):
        serve_index(site, f"/{n}.xml", (f"/{n + 1}.xml", None))
    assert visiting.paths(visiting.visit("/0.xml", "sitemap")) == ["/0.xml", "/1.xml", "/2.xml", "/3.xml"]


def test_a_sitemap_that_the_source_names_itself_is_visited_once(site, visiting):
    serve_index(site, "/index.xml", ("/a.xml", None))
    serve_map(site, "/a.xml", "/1")
    offers = visiting.visit_all([("/index.xml", "sitemap", {}), ("/a.xml", "sitemap", {})])
    assert visiting.paths(offers) == ["/index.xml", "/a.xml"]
    assert offers[1].visit.found_in is None


def test_a_sitemap_is_asked_conditionally_with_its_own_validators(site, visiting):
    serve_index(site, "/index.xml", ("/a.xml", ago(hours=1)))
    site.answer("/a.xml", urlset((site.url("/1"), None)), kind=XML, ETag='"of a"')
    visiting.remember(visiting.visit("/index.xml", "sitemap"))
    visiting.change_states(next_visit_at=NOW - timedelta(seconds=1))
    site.answer("/a.xml", status=304)
    _, offer = visiting.visit("/index.xml", "sitemap")
    assert site.asked[-1].headers["If-None-Match"] == '"of a"'
    assert offer.visit.status == "unchanged"


def test_a_sitemap_that_is_not_due_waits_unless_its_lastmod_is_newer_than_what_was_read(site, visiting):
    serve_index(site, "/index.xml", ("/a.xml", ago(days=1)), ("/b.xml", None))
    serve_map(site, "/a.xml", "/1")
    serve_map(site, "/b.xml", "/2")
    visiting.remember(visiting.visit("/index.xml", "sitemap"))
    assert visiting.paths(visiting.visit("/index.xml", "sitemap")) == ["/index.xml"]
    serve_index(site, "/index.xml", ("/a.xml", ago(seconds=-60)), ("/b.xml", None))
    assert visiting.paths(visiting.visit("/index.xml", "sitemap")) == ["/index.xml", "/a.xml"]


def test_an_index_with_sitemaps_is_always_asked_in_full(site, visiting):
    serve_index(site, "/index.xml", ("/a.xml", None), ETag='"index"')
    serve_map(site, "/a.xml", "/1")
    visiting.remember(visiting.visit("/index.xml", "sitemap"))
    visiting.change_states(next_visit_at=NOW - timedelta(seconds=1))
    offers = visiting.visit("/index.xml", "sitemap")
    assert all("If-None-Match" not in asked.headers for asked in site.asked)
    assert visiting.paths(offers) == ["/index.xml", "/a.xml"]


def test_an_index_is_due_as_the_links_of_its_sitemaps_say(site, visiting):
    serve_index(site, "/index.xml", ("/a.xml", None))
    serve_map(site, "/a.xml", "/1")
    visiting.remember(visiting.visit("/index.xml", "sitemap"))
    visiting.change_states(next_visit_at=NOW - timedelta(seconds=1))
    serve_map(site, "/a.xml", "/2", "/3")
    offers = visiting.visit("/index.xml", "sitemap")
    assert [offer.visit.poll_interval_seconds for offer in offers] == [1800, 1800]
    assert offers[0].visit.next_visit_at == offers[0].visit.visited_at + timedelta(seconds=1800)


def test_a_sitemap_that_fails_does_not_harm_the_others(site, visiting):
    serve_index(site, "/index.xml", ("/bad.xml", ago(hours=1)), ("/good.xml", ago(hours=2)), ("mailto:x", None))
    serve_map(site, "/good.xml", "/1")
    offers = visiting.visit("/index.xml", "sitemap")
    assert [offer.visit.status for offer in offers] == ["read_feed", "gone", "read_feed"]


# ---------------------------------------------------------------------------------------- pages of a paginated feed


def serve_pages(site, count, links_each=2):
    for page in range(1, count + 1):
        more = f'<link rel="next" href="/feed?page={page + 1}"/>'
        links = [site.url(f"/{page}-{n}") for n in range(links_each)]
        site.answer(
            "/feed" if page == 1 else f"/feed?page={page}", atom(*links, more=more), kind="application/atom+xml"
        )


def test_on_its_first_visit_a_feed_is_followed_by_one_page(site, visiting):
    serve_pages(site, 9)
    offers = visiting.visit("/feed", "atom")
    assert visiting.paths(offers) == ["/feed", "/feed?page=2"]
    assert offers[1].visit.found_in == visiting.feed_id("/feed")
    assert len(offers[1].links) == 2


def test_pages_are_followed_while_all_their_links_are_new(site, visiting):
    serve_pages(site, 9)
    visiting.remember(visiting.visit("/feed", "atom"))
    visiting.known = {site.url("/4-1")}
    offers = visiting.visit("/feed", "atom")
    assert visiting.paths(offers) == ["/feed", "/feed?page=2", "/feed?page=3", "/feed?page=4"]


def test_no_more_pages_follow_than_the_setting_says(site, visiting):
    serve_pages(site, 9)
    visiting.remember(visiting.visit("/feed", "atom"))
    visiting.known = set()
    visiting.settings = {"max_feed_pages": 3}
    assert len(visiting.visit("/feed", "atom")) == 4


def test_a_page_with_a_link_too_old_is_the_last(site, visiting):
    more = '<link rel="next" href="/feed?page=2"/>'
    site.answer("/feed", atom(site.url("/old"), days_old=20, more=more), kind="application/atom+xml")
    assert len(visiting.visit("/feed", "atom")) == 1


@pytest.mark.parametrize("target", ["/feed", "http://elsewhere.localhost/feed", "http://[", "mailto:x"])
def test_a_next_page_that_is_none_is_not_asked_for(site, visiting, target):
    more = f'<link rel="next" href="{target}"/>'
    site.answer("/feed", atom(site.url("/1"), more=more), kind="application/atom+xml")
    assert len(visiting.visit("/feed", "atom")) == 1
