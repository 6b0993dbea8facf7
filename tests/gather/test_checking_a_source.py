"""`dateline sources check`: a source tried end to end, in words."""

from __future__ import annotations

import pytest

from pipeline.gather.check_source import check_source, check_sources
from pipeline.sources.loader import find_source


def check(gathering):
    gathering.write_source()
    return check_source(gathering.settings, find_source(gathering.settings, "gazette"))


def test_a_good_source_is_well_and_nothing_is_kept(gathering, site):
    site.answer("/robots.txt", "User-agent: *\nCrawl-delay: 0\nDisallow: /x\n", kind="text/plain")
    site.rss("/x/1", "/a")
    site.page("/a")
    report = check(gathering)
    assert report.ok, report.text
    assert "2 links, the newest of 2026-03-01 10:01 UTC" in report.text
    assert f"{site.url('/a')}: a page of" in report.text
    assert not gathering.settings.captures_folder.exists()


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda site: site.answer("/rss.xml", status=404), "gone (404)"),
        (lambda site: site.answer("/rss.xml", "<html>Sorry</html>"), "no readable rss feed"),
        (lambda site: site.rss(), "lists no links"),
        (lambda site: site.answer("/a", status=403), "forbidden (403)"),
        (lambda site: site.answer("/robots.txt", "User-agent: *\nDisallow: /\n"), "robots.txt forbids"),
        (lambda site: site.answer("/robots.txt", status=503), "server_error (503)"),
        (lambda site: site.redirect("/a", "/consent"), "consent"),
    ],
)
def test_what_is_wrong_is_said_in_words(gathering, site, break_it, words):
    site.rss("/a")
    site.page("/a")
    break_it(site)
    report = check(gathering)
    assert not report.ok
    assert words in report.text
    assert report.text.startswith("gazette: something is wrong")


def test_all_enabled_sources_or_one_by_name(gathering, site):
    site.rss("/a")
    site.page("/a")
    gathering.write_source()
    assert [report.source_id for report in check_sources(gathering.settings)] == ["gazette"]
    assert [report.ok for report in check_sources(gathering.settings, "gazette")] == [True]
