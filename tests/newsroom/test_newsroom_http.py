"""Validators, 304, HEAD, compression, robots.txt: what a polite fetcher relies on."""

import gzip
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from protego import Protego

from pipeline.errors import ConfigurationError
from pipeline.newsroom import RunningNewsroom, running_newsroom
from pipeline.newsroom.sites import SITES
from pipeline.settings import Settings

Base = Callable[[str], str]
WITH_VALIDATORS = [site.id for site in SITES.values() if site.validators]


def some_urls(newsroom: RunningNewsroom, site_id: str) -> list[str]:
    """The front page, an article, the feeds."""
    article = next(a for a in newsroom.gold()["articles"] if a["site"] == site_id)
    home = f"http://{site_id}.localhost:{newsroom.port}"
    return [f"{home}/", article["url"], *(home + feed.path for feed in SITES[site_id].feeds)]


@pytest.mark.parametrize("site_id", WITH_VALIDATORS)
def test_a_client_that_has_the_page_gets_304(newsroom: RunningNewsroom, get: Any, site_id: str) -> None:
    for url in some_urls(newsroom, site_id):
        first = get(url)
        etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
        assert etag.startswith('"')
        for condition in (
            {"If-None-Match": etag},
            {"If-None-Match": f'"other", W/{etag}'},
            {"If-Modified-Since": changed},
            {"If-None-Match": etag, "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        ):
            again = get(url, condition)
            assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag), condition


@pytest.mark.parametrize(
    "condition",
    [
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If-Modified-Since": "not a date"},
        {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
def test_a_client_with_an_old_copy_gets_the_page(get: Any, base: Base, condition: dict[str, str]) -> None:
    assert get(base("northern-ledger") + "/", condition).status == 200


def test_one_site_sends_no_validators(newsroom: RunningNewsroom, get: Any) -> None:
    assert [site.id for site in SITES.values() if not site.validators] == ["river-valley-news"]
    for url in some_urls(newsroom, "river-valley-news"):
        answer = get(url, {"If-None-Match": "*"})
        assert answer.status == 200
        assert answer.headers["ETag"] is None
        assert answer.headers["Last-Modified"] is None


@pytest.mark.parametrize("site_id", SITES)
def test_head_tells_what_get_would(newsroom: RunningNewsroom, get: Any, site_id: str) -> None:
    for url in some_urls(newsroom, site_id):
        whole, head = get(url), get(url, method="HEAD")
        assert head.body == b""
        assert head.status == 200
        kept = ("Content-Length", "Content-Type", "ETag", "Last-Modified")
        assert [head.headers[name] for name in kept] == [whole.headers[name] for name in kept]


def test_some_sites_compress_for_clients_that_accept_it(newsroom: RunningNewsroom, get: Any, base: Base) -> None:
    compressing = [
        site_id
        for site_id in SITES
        if get(base(site_id) + "/", {"Accept-Encoding": "gzip, deflate"}).headers["Content-Encoding"] == "gzip"
    ]
    assert compressing == ["harbour-gazette", "southern-cross-post"]
    url = some_urls(newsroom, "harbour-gazette")[1]
    plain, packed = get(url), get(url, {"Accept-Encoding": "gzip"})
    assert plain.headers["Content-Encoding"] is None
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    condition = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert get(url, condition).status == 304


def test_robots_txt_forbids_some_paths_and_asks_for_a_delay(get: Any, base: Base) -> None:
    robots = Protego.parse(get(base("andes-tribune") + "/robots.txt").body.decode())
    assert not robots.can_fetch(base("andes-tribune") + "/members/briefing-copper", "Dateline")
    assert robots.can_fetch(base("andes-tribune") + "/", "Dateline")
    assert robots.crawl_delay("Dateline") == 1
    harbour = Protego.parse(get(base("harbour-gazette") + "/robots.txt").body.decode())
    assert list(harbour.sitemaps) == [base("harbour-gazette") + "/sitemap.xml"]
    assert get(base("sahel-dispatch") + "/robots.txt").status == 404


def test_robots_txt_allows_every_article(newsroom: RunningNewsroom, get: Any, base: Base) -> None:
    for site_id in SITES:
        answer = get(base(site_id) + "/robots.txt")
        robots = Protego.parse(answer.body.decode() if answer.status == 200 else "")
        articles = [a["url"] for a in newsroom.gold()["articles"] if a["site"] == site_id]
        assert all(robots.can_fetch(url, "Dateline") for url in articles)


def test_what_is_not_there_is_404_in_the_sites_own_dress(get: Any, base: Base) -> None:
    answer = get(base("cape-chronicle") + "/no/such/page")
    assert answer.status == 404
    assert b"Page not found" in answer.body
    assert b"Cape Chronicle" in answer.body


def test_an_unknown_host_is_404(newsroom: RunningNewsroom, get: Any) -> None:
    assert get(f"http://evening-star.localhost:{newsroom.port}/").status == 404


def test_a_missing_closing_slash_is_redirected(get: Any, base: Base) -> None:
    answer = get(base("cape-chronicle") + "/latest")
    assert (answer.status, answer.headers["Location"]) == (301, "/latest/")


def test_other_methods_are_refused(get: Any, base: Base) -> None:
    assert get(base("cape-chronicle") + "/", method="POST").status == 405


def test_requests_are_logged_with_host_path_and_status(newsroom: RunningNewsroom, get: Any, base: Base) -> None:
    get(base("meridian-wire") + "/about/?x=1", {"User-Agent": "test"})
    last = newsroom.requests[-1]
    assert (last.host, last.path, last.status, last.method, last.user_agent) == (
        "meridian-wire.localhost",
        "/about/?x=1",
        200,
        "GET",
        "test",
    )


def test_a_taken_port_is_said_in_one_sentence(settings: Settings, articles_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = f"Port {port} on 127.0.0.1 is taken .* DATELINE_NEWSROOM_PORT"
        with (
            pytest.raises(ConfigurationError, match=sentence),
            running_newsroom(settings, port=port, articles_folder=articles_folder),
        ):
            pytest.fail("it started")
    assert not (settings.newsroom_folder / "newsroom.json").exists(), "a start that failed was counted"


def test_it_listens_on_loopback_only_and_leaves_nothing_behind(settings: Settings, articles_folder: Path) -> None:
    before = set(threading.enumerate())
    with running_newsroom(settings, port=0, articles_folder=articles_folder) as running:
        assert running._server.server_address[0] == "127.0.0.1"
        idle = socket.create_connection(("127.0.0.1", running.port))
        idle.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 200")
        port = running.port
    # Here the server has ended although a connection was idle.
    idle.close()
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
