"""Articles that their site divides into pages: all of them are captured, as one link, and the first page last."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from pipeline.gather.archive import CaptureWriter, read_capture
from pipeline.gather.captures_shown import capture_lines, find_capture
from pipeline.gather.further_pages import MOST_PAGES
from pipeline.gather.ledger import open_ledger
from pipeline.gather.sqlite_values import microseconds
from pipeline.records import stable_id

PATH = "/news/the-lighthouse-keeper"


def address(number: int) -> str:
    return PATH if number == 1 else f"{PATH}/{number}"


def put_page(site: Any, number: int, offers: Sequence[str] = (), **answer: Any) -> None:
    links = "".join(f'<a href="{href}">{place}</a>' for place, href in enumerate(offers))
    text = f"<p>What page {number} says.</p><div class='pagination'>{links}</div>"
    site.answer(address(number), f"<!doctype html><html><body>{text}</body></html>", **answer)


def put_article(site: Any, pages: int, **first_answer: Any) -> None:
    """An article of so many pages, each of which offers all the others."""
    for number in range(1, pages + 1):
        offers = [address(other) for other in range(1, pages + 1) if other != number]
        put_page(site, number, offers, **(first_answer if number == 1 else {}))
    site.rss(PATH)


def paths(fetch: Any, site: Any) -> list[str]:
    return [page.url.removeprefix(site.url("")) for page in fetch.further_pages]


def was_killed(gathering: Any, site: Any) -> None:
    """The pass was killed before it came to write the ledger: its WARC files are all there is."""
    for file in gathering.settings.ledger_file.parent.glob("ledger.sqlite*"):
        file.unlink()
    with open_ledger(gathering.settings) as ledger:
        ledger.begin_pass(gathering.run_id, "gazette")
    site.asked.clear()


def second_run(gathering: Any, site: Any) -> Any:
    """Gather again a day later."""
    first_captured_at = microseconds(gathering.run.started_at - timedelta(hours=24))
    with open_ledger(gathering.settings) as ledger:
        ledger.connection.execute(
            "UPDATE links SET first_captured_at = ? WHERE capture_id NOT NULL", [first_captured_at]
        )
    site.asked.clear()
    gathering.run_id = "run-2"
    return gathering.gather()


def test_all_pages_of_an_article_are_captured_as_one_link(gathering, site):
    put_article(site, 3)
    result = gathering.gather()
    assert result.counts == {"links": 1, "feeds": 1, "captured": 1, "feed_read_feed": 1}
    (fetch,) = gathering.fetches().values()
    assert (fetch.status, fetch.error) == ("captured", None)
    assert site.paths() == ["/rss.xml", address(1), address(2), address(3)]
    assert paths(fetch, site) == [address(2), address(3)]
    for number, page in enumerate(fetch.further_pages, start=2):
        capture = read_capture(gathering.settings.captures_folder, page.warc_file, page.warc_offset)
        assert f"What page {number} says." in capture.body.decode()
        assert capture.url == page.url


def test_an_article_of_one_page_has_no_further_pages(gathering, site):
    put_article(site, 1)
    gathering.gather()
    assert gathering.fetches()[PATH].further_pages == ()
    assert site.paths() == ["/rss.xml", PATH]


def test_captures_of_further_pages_are_in_the_index_and_are_no_links(gathering, site):
    put_article(site, 3)
    gathering.gather()
    fetch = gathering.fetches()[PATH]
    with open_ledger(gathering.settings) as ledger:
        for page in fetch.further_pages:
            entry = ledger.capture(page.capture_id)
            assert entry is not None
            assert page.capture_id == stable_id(page.url, entry.requested_at.isoformat())
            assert (entry.place, entry.record_type) == ((page.warc_file, page.warc_offset), "response")
        urls = [page.url for page in fetch.further_pages]
        assert ledger.link_states("gazette", urls) == {}
        assert ledger.known_urls("gazette", urls) == set()


def test_a_capture_is_shown_with_the_other_pages_of_its_article(gathering, site):
    put_article(site, 2)
    gathering.gather()
    second = gathering.fetches()[PATH].further_pages[0]
    shown = "\n".join(capture_lines(gathering.settings, find_capture(gathering.settings, second.url)))
    assert f"page        2 of the article at {site.url(PATH)}" in shown
    assert ": verified" in shown
    assert f"> GET {address(2)} HTTP/1.1" in shown
    shown = "\n".join(capture_lines(gathering.settings, find_capture(gathering.settings, site.url(PATH))))
    assert f"page 2      {second.capture_id} {second.url}" in shown


def test_the_first_page_is_archived_last(gathering, site):
    put_article(site, 3)
    gathering.gather()
    fetch = gathering.fetches()[PATH]
    assert [page.warc_offset for page in fetch.further_pages] == sorted(p.warc_offset for p in fetch.further_pages)
    assert fetch.warc_offset > max(page.warc_offset for page in fetch.further_pages)


# ---------------------------------------------------------------- where the chain ends


def test_pages_that_lead_in_a_circle_are_asked_once(gathering, site):
    put_page(site, 1, [address(2)])
    put_page(site, 2, [address(1), address(2), address(3)])
    put_page(site, 3, [address(1), address(2), address(3)])
    site.rss(PATH)
    gathering.gather()
    assert site.paths() == ["/rss.xml", address(1), address(2), address(3)]
    assert gathering.fetches()[PATH].error is None


def test_a_next_page_on_another_host_is_not_asked(gathering, site):
    other = site.url(address(2), name="herald")
    put_page(site, 1, [other])
    put_page(site, 2)
    site.rss(PATH)
    gathering.gather()
    assert (gathering.fetches()[PATH].further_pages, site.paths("herald")) == ((), [])


def test_an_article_of_60_pages_ends_with_the_twentieth_and_says_so(gathering, site):
    put_article(site, 60)
    gathering.gather()
    fetch = gathering.fetches()[PATH]
    assert len(fetch.further_pages) == MOST_PAGES - 1 == 19
    assert fetch.error == "page 21 of the article: not asked for, 20 pages are taken"
    assert fetch.status == "captured"


def test_an_article_of_20_pages_is_whole(gathering, site):
    put_article(site, MOST_PAGES)
    gathering.gather()
    assert len(gathering.fetches()[PATH].further_pages) == MOST_PAGES - 1
    assert gathering.fetches()[PATH].error is None


def test_a_next_page_that_redirects_to_the_first_is_none(gathering, site):
    put_article(site, 3)
    site.redirect(address(2), PATH)
    gathering.gather()
    fetch = gathering.fetches()[PATH]
    assert (fetch.status, fetch.further_pages) == ("captured", ())
    assert fetch.error == f"page 2 of the article: redirects to {site.url(PATH)}"


def test_a_redirect_to_another_spelling_of_the_same_page_is_followed(gathering, site):
    put_article(site, 3)
    site.redirect(address(2), f"{address(2)}/")
    site.routes[f"{address(2)}/"] = site.routes[address(3)]
    gathering.gather()
    assert paths(gathering.fetches()[PATH], site)[0] == address(2)


def test_a_page_with_the_bytes_of_an_earlier_one_is_none(gathering, site):
    put_article(site, 3)
    site.routes[address(2)] = site.routes[PATH]
    gathering.gather()
    fetch = gathering.fetches()[PATH]
    assert (fetch.further_pages, fetch.error) == ((), None)
    with open_ledger(gathering.settings) as ledger:
        assert ledger.captures_of(site.url(address(2))) == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 404}, "gone (404)"),
        ({"status": 500}, "server_error (500)"),
        ({"kind": "image/png"}, "not_html (200)"),
    ],
)
def test_a_page_that_fails_ends_the_article_with_what_came(gathering, site, answer, words):
    put_article(site, 4)
    put_page(site, 3, [address(4)], **answer)
    result = gathering.gather()
    fetch = gathering.fetches()[PATH]
    assert result.counts["captured"] == 1
    assert (fetch.status, paths(fetch, site)) == ("captured", [address(2)])
    assert fetch.error == f"page 3 of the article: {words}"
    assert not fetch.will_be_asked_again
    assert address(4) not in site.paths()


def test_a_page_that_robots_txt_denies_is_not_asked(gathering, site):
    put_article(site, 3)
    site.answer("/robots.txt", f"User-agent: *\nDisallow: {address(2)}\n", kind="text/plain")
    gathering.gather()
    fetch = gathering.fetches()[PATH]
    assert (fetch.status, fetch.further_pages) == ("captured", ())
    assert fetch.error.startswith("page 2 of the article: robots_denied")
    assert site.paths() == ["/rss.xml", PATH]


def test_further_pages_keep_the_pace_and_the_holds_of_their_host(gathering, site):
    put_article(site, 3)
    put_page(site, 2, [address(3)], status=429, Retry_After="3600")
    site.page("/news/another-report")
    site.rss(PATH, "/news/another-report")
    gathering.gather()
    fetches = gathering.fetches()
    assert fetches[PATH].error.startswith("page 2 of the article: rate_limited")
    assert fetches["/news/another-report"].requested_at is None  # the host is on hold for the links after it, too
    gathering.politeness = "{delay_seconds: 0.3}"
    put_article(site, 2)
    gathering.run_id, gathering.settings = (
        "run-2",
        gathering.settings.model_copy(update={"home": gathering.settings.home / "2"}),
    )
    site.asked.clear()
    gathering.gather()
    asked = [asked.at_seconds for asked in site.asked if asked.path.startswith(PATH)]
    assert len(asked) == 2
    assert asked[1] - asked[0] >= 0.29


# ---------------------------------------------------------------- from pass to pass


def test_an_unchanged_article_is_not_asked_for_its_further_pages(gathering, site):
    put_article(site, 3, ETag='"1"')
    gathering.gather()
    site.answer(PATH, status=304)
    second_run(gathering, site)
    fetch = gathering.fetches()[PATH]
    assert (fetch.status, fetch.further_pages) == ("unchanged", ())
    assert site.paths() == ["/rss.xml", PATH]


def test_the_same_bytes_are_not_asked_for_their_further_pages(gathering, site):
    put_article(site, 3)
    gathering.gather()
    second_run(gathering, site)
    assert gathering.fetches()[PATH].status == "unchanged"
    assert site.paths() == ["/rss.xml", PATH]


def test_a_changed_article_is_captured_with_all_its_pages_again(gathering, site):
    put_article(site, 2)
    gathering.gather()
    before = gathering.fetches()[PATH]
    put_article(site, 3)
    second_run(gathering, site)
    fetch = gathering.fetches()[PATH]
    assert (fetch.status, paths(fetch, site)) == ("captured", [address(2), address(3)])
    assert fetch.further_pages[0].capture_id != before.further_pages[0].capture_id


def test_a_finished_pass_that_runs_again_asks_for_nothing(gathering, site):
    put_article(site, 3)
    gathering.gather()
    before = gathering.fetches()
    site.asked.clear()
    gathering.gather()
    assert (gathering.fetches(), site.asked) == (before, [])


# ---------------------------------------------------------------- killed passes


def test_a_pass_killed_before_the_first_page_was_archived_asks_the_link_again(gathering, site, monkeypatch):
    put_article(site, 3)
    site.page("/news/another-report")
    site.rss(PATH, "/news/another-report")
    real = CaptureWriter.write

    def write(writer: Any, response: Any, *arguments: Any, **options: Any) -> Any:
        if options["url"] == site.url(PATH):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(writer, response, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(CaptureWriter, "write", write)
        with pytest.raises(OSError, match="No space left"):
            gathering.gather()
    site.asked.clear()
    result = gathering.gather()
    assert result.counts == {"links": 2, "feeds": 1, "captured": 2, "feed_read_feed": 1}
    assert site.paths() == [address(1), address(2), address(3), "/news/another-report"]
    fetch = gathering.fetches()[PATH]
    assert paths(fetch, site) == [address(2), address(3)]
    assert {page.warc_file for page in fetch.further_pages} == {fetch.warc_file}  # those of this attempt
    with open_ledger(gathering.settings) as ledger:
        assert len(ledger.captures_of(site.url(address(2)))) == 2  # the first attempt's capture is not lost
        assert len(ledger.fetches.of_pass("run-1", "gazette")) == 2


def test_a_pass_killed_after_the_first_page_was_archived_asks_for_none_of_its_pages(gathering, site):
    put_article(site, 3)
    gathering.gather()
    before = gathering.fetches()
    was_killed(gathering, site)
    gathering.gather()
    assert gathering.fetches() == before
    assert site.paths() == []


def test_another_run_takes_over_the_article_with_all_its_pages(gathering, site):
    put_article(site, 3)
    gathering.gather()
    before = gathering.fetches()[PATH]
    was_killed(gathering, site)
    gathering.run_id = "run-2"
    gathering.gather(revisit=False)
    with open_ledger(gathering.settings) as ledger:
        assert ledger.fetches.of_pass("run-1", "gazette") == [before]
    assert site.paths() == ["/rss.xml"]


def test_a_truncated_file_that_lost_the_first_page_has_no_article_by_halves(gathering, site):
    put_article(site, 3)
    gathering.gather()
    first = gathering.fetches()[PATH]
    with gathering.warc_files()[0].open("r+b") as file:
        file.truncate(first.warc_offset + 40)
    was_killed(gathering, site)
    result = gathering.gather()
    assert result.counts["captured"] == result.counts["links"] == 1
    assert site.paths() == [address(1), address(2), address(3)]


def test_a_ledger_made_again_from_the_warc_files_has_one_row_for_the_article(gathering, site):
    from pipeline.gather.adoption import rebuild_ledger

    put_article(site, 3)
    gathering.gather()
    before = gathering.fetches()
    was_killed(gathering, site)
    for file in gathering.settings.ledger_file.parent.glob("ledger.sqlite*"):
        file.unlink()
    with open_ledger(gathering.settings) as ledger:
        assert rebuild_ledger(gathering.settings, ledger) == 4  # the feed and three pages
        assert ledger.known_captures({page.capture_id for page in before[PATH].further_pages})
    assert gathering.fetches() == before
