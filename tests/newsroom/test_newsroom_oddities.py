"""The odd links of the sites, and the broken sites that tests of bad input use."""

import http.client
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

from pipeline.newsroom import RunningNewsroom, running_newsroom
from pipeline.newsroom.faults import (
    EURO_PARAGRAPHS,
    FAULT_FEED_STATUSES,
    FAULT_STATUSES,
    SMART_PARAGRAPHS,
)
from pipeline.settings import Settings
from pipeline.sources.loader import load_source
from pipeline.statuses import ArticleStatus, FetchStatus

Base = Callable[[str], str]


def odd_link(newsroom: RunningNewsroom, oddity: str, site_id: str) -> dict[str, Any]:
    return next(o for o in newsroom.gold()["odd_links"] if (o["oddity"], o["site"]) == (oddity, site_id))


@pytest.mark.parametrize(("oddity", "status"), [("not_found", 404), ("gone", 410)])
def test_dead_links_are_dead(newsroom: RunningNewsroom, get: Any, oddity: str, status: int) -> None:
    assert get(odd_link(newsroom, oddity, "danube-review")["url"]).status == status


def test_the_soft_404_says_not_found_with_status_200(newsroom: RunningNewsroom, get: Any) -> None:
    answer = get(odd_link(newsroom, "soft_404", "danube-review")["url"])
    assert answer.status == 200
    assert b"Page not found" in answer.body


def test_the_redirect_loop_comes_back_to_its_beginning(newsroom: RunningNewsroom, get: Any, base: Base) -> None:
    url = odd_link(newsroom, "redirect_loop", "danube-review")["url"]
    there = get(url)
    back = get(base("danube-review") + there.headers["Location"])
    assert (there.status, back.status) == (302, 302)
    assert base("danube-review") + back.headers["Location"] == url


@pytest.mark.parametrize("site_id", ["danube-review", "andes-tribune"])
def test_robots_txt_forbids_a_link_that_would_answer(
    newsroom: RunningNewsroom, get: Any, base: Base, site_id: str
) -> None:
    from protego import Protego

    url = odd_link(newsroom, "robots_denied", site_id)["url"]
    robots = Protego.parse(get(base(site_id) + "/robots.txt").body.decode())
    assert not robots.can_fetch(url, "Dateline")
    assert get(url).status == 200


def test_one_link_redirects_to_a_consent_page_and_one_shows_it_in_place(
    newsroom: RunningNewsroom, get: Any, base: Base
) -> None:
    away = get(odd_link(newsroom, "consent_redirect", "gulf-business-journal")["url"])
    assert away.status == 302
    assert away.headers["Location"].startswith("/consent?return=%2Fmarkets%2F")
    in_place = get(odd_link(newsroom, "consent_in_place", "gulf-business-journal")["url"])
    behind = get(base("gulf-business-journal") + away.headers["Location"])
    for page in (in_place, behind):
        assert page.status == 200
        assert b"We value your privacy" in page.body


def test_an_article_is_slow(newsroom: RunningNewsroom, get: Any) -> None:
    seconds = []
    for article in newsroom.gold()["articles"]:
        if article["site"] == "sahel-dispatch":
            started = time.monotonic()
            assert get(article["url"]).status == 200
            seconds.append(time.monotonic() - started)
    assert max(seconds) >= 0.1  # the pause that the fixture asks for; how quick the others are is the machine's affair


def test_statuses_are_words_of_the_pipeline(newsroom: RunningNewsroom) -> None:
    words = {*FetchStatus, *ArticleStatus}
    assert {link["status"] for link in newsroom.gold()["odd_links"]} <= words
    assert {*FAULT_STATUSES.values(), *FAULT_FEED_STATUSES.values()} <= words


@pytest.fixture
def faults(settings: Settings, articles_folder: Path) -> Iterator[RunningNewsroom]:
    with running_newsroom(settings, port=0, faults=True, visit=1, articles_folder=articles_folder) as running:
        yield running


def fault(newsroom: RunningNewsroom, path: str, site_id: str = "fault-pages") -> str:
    return f"http://{site_id}.localhost:{newsroom.port}{path}"


def test_every_fault_has_a_source_file(faults: RunningNewsroom) -> None:
    ids = {path.stem for path in faults.sources_folder.glob("fault-*.yml")}
    assert ids == set(FAULT_FEED_STATUSES)
    for source_id in ids:
        load_source(faults.sources_folder / f"{source_id}.yml")


def test_faults_are_absent_unless_asked_for(newsroom: RunningNewsroom, get: Any) -> None:
    assert get(fault(newsroom, "/rss.xml")).status == 404


def test_the_unreachable_site_refuses_connections(faults: RunningNewsroom, get: Any) -> None:
    source = load_source(faults.sources_folder / "fault-unreachable.yml")
    with pytest.raises(ConnectionRefusedError):
        get(source.feeds[0].url)


def test_the_feeds_are_garbage_empty_or_full(faults: RunningNewsroom, get: Any) -> None:
    garbage = get(fault(faults, "/rss.xml", "fault-notxml"))
    assert garbage.status == 200
    assert not feedparser.parse(garbage.body).version
    empty = feedparser.parse(get(fault(faults, "/rss.xml", "fault-emptyfeed")).body)
    assert (empty.version, empty.bozo, empty.entries) == ("rss20", False, [])
    listed = feedparser.parse(get(fault(faults, "/rss.xml")).body)
    assert {entry.link for entry in listed.entries} == {fault(faults, path) for path in FAULT_STATUSES}


@pytest.mark.parametrize(
    ("path", "status"), [("/error-500", 500), ("/error-403", 403), ("/error-429", 429), ("/empty", 200)]
)
def test_plain_faults_answer_with_their_status(faults: RunningNewsroom, get: Any, path: str, status: int) -> None:
    answer = get(fault(faults, path))
    assert answer.status == status
    assert (answer.headers["Retry-After"] is not None) == (status == 429)
    assert (answer.body == b"") == (path == "/empty")


def test_a_binary_page_is_no_html(faults: RunningNewsroom, get: Any) -> None:
    answer = get(fault(faults, "/report.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.body.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("path", "declared", "paragraphs"),
    [("/says-ascii", "us-ascii", SMART_PARAGRAPHS), ("/says-utf-8", "utf-8", EURO_PARAGRAPHS)],
)
def test_a_wrong_charset_is_declared(
    faults: RunningNewsroom, get: Any, path: str, declared: str, paragraphs: tuple[str, ...]
) -> None:
    answer = get(fault(faults, path))
    assert answer.headers.get_content_charset() == declared
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode(declared)
    assert all(paragraph in answer.body.decode("windows-1252") for paragraph in paragraphs)


def test_the_huge_page_streams_50_megabytes_without_a_length(faults: RunningNewsroom) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", faults.port, timeout=10)
    connection.request("GET", "/huge", headers={"Host": f"fault-pages.localhost:{faults.port}"})
    response = connection.getresponse()
    assert response.headers["Content-Length"] is None
    assert sum(len(piece) for piece in iter(lambda: response.read(1 << 20), b"")) >= 50_000_000
    response.close()
    connection.close()


def test_the_truncated_page_ends_before_its_length(faults: RunningNewsroom, get: Any) -> None:
    with pytest.raises(http.client.IncompleteRead):
        get(fault(faults, "/truncated"))


def test_a_connection_is_closed_without_an_answer(faults: RunningNewsroom, get: Any) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        get(fault(faults, "/closes"))


def test_a_page_stalls_after_its_headers_and_ends_with_the_server(settings: Settings, articles_folder: Path) -> None:
    with running_newsroom(settings, port=0, faults=True, articles_folder=articles_folder) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=0.1)
        connection.request("GET", "/stalls", headers={"Host": f"fault-pages.localhost:{running.port}"})
        response = connection.getresponse()
        assert response.status == 200
        with pytest.raises(TimeoutError):
            response.read(1)
    # Here the server has ended although the page was still stalling.
    response.close()
    connection.close()
