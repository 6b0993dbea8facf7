"""A source gathered whole: links in are statuses out, and the second visit asks only what it must."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.errors import AccountingError, ConfigurationError
from pipeline.gather import gather_source
from pipeline.gather import gathering as stage
from pipeline.gather.archive import read_capture
from pipeline.gather.ledger import open_ledger
from pipeline.gather.sqlite_values import microseconds
from pipeline.records import stable_id


def second_run(gathering, site, hours=24, **options):
    """Gather again in another run, everything that is known being as old as that before it."""
    first_captured_at = microseconds(gathering.run.started_at - timedelta(hours=hours))
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute(
            "UPDATE links SET first_captured_at = ? WHERE capture_id NOT NULL", [first_captured_at]
        )
        ledger.connection.execute("UPDATE links SET next_try_at = 0 WHERE next_try_at NOT NULL")
    site.asked.clear()
    gathering.run_id = "run-2"
    return gathering.gather(**options)


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
    assert fetch.fetch_id == stable_id("gazette", site.url("/a"), fetch.visited_at.isoformat())
    assert visit.visit_id == stable_id("gazette", site.url("/rss.xml"), visit.visited_at.isoformat())
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
    def failing(*_):
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
    assert result.counts == {"links": 0, "feeds": 1, f"feed_{status}": 1}


def test_the_second_visit_asks_conditionally_and_a_304_ends_as_unchanged(gathering, site):
    site.rss("/a", ETag='"feed-1"')
    site.page("/a", ETag='"page-1"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")
    gathering.gather()
    first = gathering.fetches()["/a"]
    site.answer("/rss.xml", status=304)
    site.answer("/a", status=304)
    result = second_run(gathering, site)
    assert result.counts == {"links": 1, "feeds": 1, "unchanged": 1, "feed_unchanged": 1}
    asked = {a.path: a.headers for a in site.asked}
    assert asked["/rss.xml"]["If-None-Match"] == '"feed-1"'
    assert asked["/a"]["If-None-Match"] == '"page-1"'
    assert asked["/a"]["If-Modified-Since"] == "Sun, 01 Mar 2026 10:00:00 GMT"
    again = gathering.fetches()["/a"]
    # What the next visit needs is carried on, though the 304 did not repeat it.
    assert (again.etag, again.last_modified) == (first.etag, first.last_modified)
    assert again.content_sha256 == first.content_sha256
    assert again.feed_id == first.feed_id
    assert gathering.visits()[0].etag == '"feed-1"'


def test_that_a_page_has_not_changed_is_archived_and_says_since_when(gathering, site):
    site.rss("/a")
    site.page("/a", "The council met.", ETag='"page-1"')
    gathering.gather()
    first = gathering.fetches()["/a"]
    site.answer("/a", status=304)
    second_run(gathering, site)
    again = gathering.fetches()["/a"]
    with open_ledger(gathering.settings) as ledger:
        entry = ledger.capture(again.capture_id)
    assert (entry.record_type, entry.refers_to) == ("revisit", first.capture_id)
    assert gathering.link_state("/a").capture_id == first.capture_id
    assert len(gathering.warc_files()) == 1


def test_the_same_bytes_with_status_200_are_unchanged_and_not_archived_again(gathering, site):
    site.rss("/a")
    site.page("/a")
    gathering.gather()
    second_run(gathering, site)
    assert statuses(gathering) == {"/a": "unchanged"}
    assert [visit.status for visit in gathering.visits()] == ["unchanged"]
    with open_ledger(gathering.settings) as ledger:
        assert ledger.capture(gathering.fetches()["/a"].capture_id).record_type == "revisit"


def test_a_changed_page_is_captured_again(gathering, site):
    site.rss("/a")
    site.page("/a", "Two were hurt.", ETag='"1"')
    gathering.gather()
    site.page("/a", "Three were hurt.", ETag='"2"')
    second_run(gathering, site)
    assert statuses(gathering) == {"/a": "captured"}
    assert gathering.fetches()["/a"].etag == '"2"'


def test_links_beyond_the_limit_are_left_over_by_name_and_asked_by_the_next_run(gathering, site):
    gathering.politeness = "{delay_seconds: 0, max_links: 2}"
    for path in ("/a", "/b", "/c", "/d", "/e"):
        site.page(path)
    site.rss("/a", "/b", "/c", "/d", "/e", ETag='"feed-1"')
    assert gathering.gather().counts == {"links": 5, "feeds": 1, "captured": 2, "left_over": 3, "feed_read_feed": 1}
    left_over = gathering.fetches()["/e"]
    assert left_over.will_be_asked_again
    assert "beyond the 2 links" in left_over.error
    site.answer("/rss.xml", status=304)  # and offers nothing any more
    assert second_run(gathering, site, revisit=False).counts["captured"] == 2
    assert statuses(gathering) == {"/c": "captured", "/d": "captured"}  # /e waits on, and is not said again


def test_links_that_their_host_kept_waiting_are_asked_by_the_next_run(gathering, site):
    site.answer("/a", status=429, Retry_After="3600")
    site.page("/b")
    site.rss("/a", "/b")
    gathering.gather()
    assert statuses(gathering) == {"/a": "rate_limited", "/b": "rate_limited"}
    assert all(fetch.will_be_asked_again for fetch in gathering.fetches().values())
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE hosts SET held_until = 0")
    site.page("/a")
    site.answer("/rss.xml", status=304)
    second_run(gathering, site)
    assert statuses(gathering) == {"/a": "captured", "/b": "captured"}


def test_a_hold_is_kept_by_the_next_run_too(gathering, site):
    site.answer("/a", status=429, Retry_After="3600")
    site.rss("/a")
    gathering.gather()
    second_run(gathering, site)
    assert site.asked == []
    assert [visit.status for visit in gathering.visits()] == ["rate_limited"]
    assert gathering.fetches() == {}  # the link waits on; that it does is said once
    assert gathering.link_state("/a").next_try_at is not None


def test_a_page_that_is_not_there_is_asked_once_more_and_given_up(gathering, site):
    site.answer("/a", status=404)
    site.rss("/a")
    gathering.gather()
    assert gathering.fetches()["/a"].will_be_asked_again
    second_run(gathering, site)
    assert not gathering.fetches()["/a"].will_be_asked_again
    site.asked.clear()
    gathering.run_id = "run-3"
    gathering.gather()
    assert "/a" not in site.paths()


def test_only_due_feeds_are_visited_where_that_is_asked(gathering, site):
    site.rss("/a", path="/first.xml")
    site.rss("/b", path="/second.xml")
    for path in ("/a", "/b"):
        site.page(path)
    gathering.feed("/first.xml")
    gathering.feed("/second.xml")
    gathering.gather()
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE feeds SET next_visit_at = 0 WHERE url LIKE '%second%'")
    second_run(gathering, site, only_due=True, revisit=False)
    assert site.paths() == ["/second.xml"]


def test_a_feed_that_was_given_up_is_left_alone_until_its_week_is_over(gathering, site):
    site.rss("/a")
    site.page("/a")
    gathering.gather()
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE feeds SET given_up = 1")
    second_run(gathering, site, revisit=False)
    assert site.paths() == []
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute("UPDATE feeds SET next_visit_at = 0")
    gathering.run_id = "run-3"
    gathering.gather(revisit=False)
    assert site.paths() == ["/rss.xml"]


def test_too_old_links_are_counted_and_not_followed(gathering, site):
    gathering.set(link_window_days=14)
    site.rss("/a", "/b")  # of a day in March
    gathering.gather()
    (visit,) = gathering.visits()
    assert (visit.link_count, visit.new_link_count, visit.old_link_count) == (2, 2, 2)
    assert gathering.fetches() == {}


def test_a_page_older_than_the_revisit_time_is_no_link_of_this_run(gathering, site):
    site.rss("/a")
    site.page("/a")
    gathering.gather()
    site.rss("/a", "/b")
    site.page("/b")
    second_run(gathering, site, hours=169)
    assert statuses(gathering) == {"/b": "captured"}
    assert "/a" not in site.paths()


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
    real = stage._prove
    monkeypatch.setattr(stage, "_prove", lambda choice, fetches: real(choice, fetches[1:]))
    with pytest.raises(AccountingError, match="2 links in, but 1"):
        gathering.gather()
    assert gathering.fetches() == {}


def test_an_unknown_source_is_named(gathering):
    gathering.write_source()
    with pytest.raises(ConfigurationError, match="no-such"):
        gather_source(gathering.run, "no-such")


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
