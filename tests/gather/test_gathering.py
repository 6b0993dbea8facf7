"""A source gathered whole: links in are statuses out, and the second visit asks only what it must."""

from __future__ import annotations

from datetime import timedelta

import duckdb
import pytest

from pipeline.errors import AccountingError, ConfigurationError
from pipeline.gather import gathering as stage
from pipeline.gather import read_capture
from pipeline.records import stable_id


def publish(gathering):
    """The edition as far as gathering reads it, from what this run found."""
    path = gathering.settings.current_edition_file
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as edition:
        edition.execute(
            "CREATE TABLE IF NOT EXISTS feeds (feed_id TEXT PRIMARY KEY, source_id TEXT, etag TEXT, "
            "last_modified TEXT, content_sha256 TEXT)"
        )
        edition.execute(
            "CREATE TABLE IF NOT EXISTS fetches (url TEXT, source_id TEXT, kind TEXT, requested_at TIMESTAMPTZ, "
            "etag TEXT, last_modified TEXT, content_sha256 TEXT, status TEXT)"
        )
        for v in gathering.visits():
            edition.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)",
                [v.feed_id, v.source_id, v.etag, v.last_modified, v.content_sha256],
            )
        for f in gathering.fetches().values():
            edition.execute(
                "INSERT INTO fetches VALUES (?, ?, 'page', ?, ?, ?, ?, ?)",
                [f.url, f.source_id, f.requested_at, f.etag, f.last_modified, f.content_sha256, f.status],
            )


def age(gathering, hours):
    """Make everything the edition knows as old as that before the run."""
    with duckdb.connect(str(gathering.settings.current_edition_file)) as edition:
        edition.execute("UPDATE fetches SET requested_at = ?", [gathering.run.started_at - timedelta(hours=hours)])


def second_run(gathering, site, hours=24):
    """Publish the first run and gather again, `hours` after it."""
    publish(gathering)
    age(gathering, hours)
    site.asked.clear()
    gathering.run_id = "run-2"
    return gathering.gather()


def statuses(gathering):
    return {path: fetch.status for path, fetch in gathering.fetches().items()}


def test_every_link_ends_in_one_row_and_the_counts_add_up(gathering, site):
    site.page("/a")
    site.answer("/b", status=404)
    site.answer("/c", b"%PDF", kind="application/pdf")
    site.rss("/a", "/b", "/c", "/a?utm_source=rss", "/a#top")
    result = gathering.gather()
    assert result.counts == {
        "links": 3,
        "left_over": 0,
        "feeds": 1,
        "captured": 1,
        "gone": 1,
        "not_html": 1,
        "feed_read_feed": 1,
    }
    assert statuses(gathering) == {"/a": "captured", "/b": "gone", "/c": "not_html"}


def test_ids_are_made_of_the_fewest_stable_fields(gathering, site):
    site.page("/a")
    site.rss("/a")
    gathering.gather()
    fetch = gathering.fetches()["/a"]
    (visit,) = gathering.visits()
    assert fetch.fetch_id == stable_id("run-1", "gazette", site.url("/a"))
    assert fetch.capture_id == stable_id(fetch.url, fetch.requested_at.isoformat())
    assert fetch.feed_id == visit.feed_id == stable_id("gazette", site.url("/rss.xml"))


def test_a_link_in_two_feeds_is_asked_once_and_belongs_to_the_first(gathering, site):
    site.answer("/bare.xml", "<urlset><url><loc>/a</loc></url></urlset>", kind="application/xml")
    site.rss("/a")
    site.page("/a")
    gathering.feed("/bare.xml", "sitemap")
    gathering.feed("/rss.xml", "rss")
    gathering.gather()
    fetch = gathering.fetches()["/a"]
    assert fetch.feed_id == stable_id("gazette", site.url("/bare.xml"))
    assert fetch.feed_title == "Report 0"  # the second feed knows the title
    assert site.paths().count("/a") == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<html><body>Sorry</body></html>", "not_a_feed"),
        ("", "not_a_feed"),
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>G</title></channel></rss>', "empty_feed"),
    ],
)
def test_a_bad_feed_ends_by_itself_and_the_others_are_read(gathering, site, body, status):
    site.answer("/bad.xml", body, ETag='"1"')
    site.rss("/a")
    site.page("/a")
    gathering.feed("/bad.xml")
    gathering.feed("/rss.xml")
    result = gathering.gather()
    assert [visit.status for visit in gathering.visits()] == [status, "read_feed"]
    assert result.counts["captured"] == 1
    # A broken feed is read in full the next time; that of an empty one may say "unchanged".
    assert (gathering.visits()[0].etag is None) == (status == "not_a_feed")


def test_a_parser_that_fails_costs_its_own_feed_only(gathering, site, monkeypatch):
    def failing(feed, document):
        raise AttributeError("the parser's own bug")

    site.rss("/a")
    monkeypatch.setattr("pipeline.gather.feed_visit.read_feed", failing)
    gathering.gather()
    (visit,) = gathering.visits()
    assert visit.status == "not_a_feed"
    assert "the parser's own bug" in visit.error


@pytest.mark.parametrize(("code", "status"), [(404, "gone"), (403, "forbidden"), (500, "server_error")])
def test_a_feed_that_answers_an_error_ends_in_its_word(gathering, site, code, status):
    site.answer("/rss.xml", status=code)
    result = gathering.gather()
    assert result.counts == {"links": 0, "left_over": 0, "feeds": 1, f"feed_{status}": 1}


def test_the_second_visit_asks_conditionally_and_a_304_ends_as_unchanged(gathering, site):
    site.rss("/a", ETag='"feed-1"')
    site.page("/a", ETag='"page-1"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")
    gathering.gather()
    first = gathering.fetches()["/a"]
    site.answer("/rss.xml", status=304)
    site.answer("/a", status=304)
    result = second_run(gathering, site)
    assert result.counts == {"links": 1, "left_over": 0, "feeds": 1, "unchanged": 1, "feed_unchanged": 1}
    asked = {a.path: a.headers for a in site.asked}
    assert asked["/rss.xml"]["If-None-Match"] == '"feed-1"'
    assert asked["/a"]["If-None-Match"] == '"page-1"'
    assert asked["/a"]["If-Modified-Since"] == "Sun, 01 Mar 2026 10:00:00 GMT"
    again = gathering.fetches()["/a"]
    # What the next visit needs is carried on, though the 304 did not repeat it.
    assert (again.etag, again.last_modified) == (first.etag, first.last_modified)
    assert again.content_sha256 == first.content_sha256
    assert again.feed_id is None
    assert gathering.visits()[0].etag == '"feed-1"'
    assert gathering.warc_files() == []


def test_the_same_bytes_with_status_200_are_unchanged_and_not_archived_again(gathering, site):
    site.rss("/a")
    site.page("/a")
    gathering.gather()
    second_run(gathering, site)
    assert statuses(gathering) == {"/a": "unchanged"}
    assert [visit.status for visit in gathering.visits()] == ["unchanged"]
    assert gathering.warc_files() == []


def test_a_changed_page_is_captured_again(gathering, site):
    site.rss("/a")
    site.page("/a", "Two were hurt.", ETag='"1"')
    gathering.gather()
    site.page("/a", "Three were hurt.", ETag='"2"')
    second_run(gathering, site)
    assert statuses(gathering) == {"/a": "captured"}
    assert gathering.fetches()["/a"].etag == '"2"'


def test_a_feed_of_the_same_bytes_still_offers_what_we_do_not_know(gathering, site):
    gathering.politeness = "{delay_seconds: 0, max_links: 2}"
    for path in ("/a", "/b", "/c"):
        site.page(path)
    site.rss("/a", "/b", "/c")
    assert gathering.gather().counts["left_over"] == 1
    second_run(gathering, site)
    assert statuses(gathering)["/c"] == "captured"


def test_a_feed_whose_links_are_left_over_is_not_asked_conditionally(gathering, site):
    """A 304 would hide what was left over for ever."""
    gathering.politeness = "{delay_seconds: 0, max_links: 1}"
    site.page("/a")
    site.page("/b")
    site.rss("/a", "/b", ETag='"feed-1"')
    gathering.gather()
    assert gathering.visits()[0].etag is None


def test_a_feed_whose_links_could_not_be_asked_is_not_asked_conditionally(gathering, site):
    site.answer("/a", status=429)
    site.page("/b")
    site.rss("/a", "/b", ETag='"feed-1"')
    gathering.gather()
    assert gathering.visits()[0].etag is None


def test_a_feed_with_a_forbidden_link_stays_conditional(gathering, site):
    site.answer("/robots.txt", "User-agent: *\nDisallow: /a\n", kind="text/plain")
    site.rss("/a", ETag='"feed-1"')
    gathering.gather()
    assert gathering.visits()[0].etag == '"feed-1"'


def test_a_page_older_than_the_revisit_time_is_no_link_of_this_run(gathering, site):
    site.rss("/a")
    site.page("/a")
    gathering.gather()
    site.rss("/a", "/b")
    site.page("/b")
    second_run(gathering, site, hours=73)
    assert statuses(gathering) == {"/b": "captured"}
    assert "/a" not in site.paths()


def test_without_an_edition_everything_is_new(gathering, site):
    site.rss("/a")
    site.page("/a")
    gathering.gather()
    gathering.run_id = "run-2"
    gathering.gather()
    assert statuses(gathering) == {"/a": "captured"}


def test_validators_of_one_host_are_not_told_to_another(gathering, site):
    site.rss("/a")
    site.page("/a", ETag='"secret"')
    gathering.gather()
    site.redirect("/a", site.url("/b", "other"))
    site.page(("other", "/b"))
    second_run(gathering, site)
    (asked,) = [a for a in site.asked if a.path == "/b"]
    assert "If-None-Match" not in asked.headers


def test_a_lost_link_stops_the_stage(gathering, site, monkeypatch):
    site.rss("/a", "/b")
    real = stage._accounts
    monkeypatch.setattr(stage, "_accounts", lambda choice, fetches, visits: real(choice, fetches[1:], visits))
    with pytest.raises(AccountingError, match="2 links in, but 1"):
        gathering.gather()
    assert not gathering.run.stage_file("gather", "gazette.fetches").exists()


def test_an_unknown_source_is_named(gathering):
    gathering.write_source()
    with pytest.raises(ConfigurationError, match="no-such"):
        stage.gather_source(gathering.run, "no-such")


def test_a_page_in_another_charset_is_archived_as_it_came(gathering, site):
    body = "<html><body>港口罢工结束</body></html>".encode("gb18030")
    site.rss("/a")
    site.answer("/a", body, kind="text/html; charset=utf-8")  # the wrong one: `read` has to see both
    gathering.gather()
    fetch = gathering.fetches()["/a"]
    capture = read_capture(gathering.settings.captures_folder, fetch.warc_file, fetch.warc_offset)
    assert capture.body == body
    assert capture.content_type == "text/html; charset=utf-8"
    assert capture.url == site.url("/a")
