"""How a link ends in its Fetch row. What servers do wrong beyond that is in the fault matrix (test_fault_matrix...)."""

from __future__ import annotations

import gzip
import socket
import zlib
from datetime import timedelta

import pytest

PAGE_STATUSES = {
    401: "login_wall",
    402: "paywall",
    403: "forbidden",
    451: "forbidden",
    999: "bot_wall",
    404: "gone",
    410: "gone",
    400: "client_error",
    418: "client_error",
    500: "server_error",
    503: "server_error",
    300: "broken_response",
    304: "broken_response",  # to a question without a condition
}


def only_fetch(gathering, path="/a"):
    gathering.site.rss(path)
    result = gathering.gather()
    (fetch,) = gathering.fetches().values()
    assert result.counts["links"] == 1
    assert result.counts[fetch.status] == 1
    return fetch


@pytest.mark.parametrize(("code", "status"), PAGE_STATUSES.items())
def test_each_http_status_ends_in_its_word(gathering, site, code, status):
    site.answer("/a", "no", status=code)
    fetch = only_fetch(gathering)
    assert (fetch.status, fetch.http_status) == (status, code)
    assert fetch.requested_at is not None
    assert fetch.capture_id is None


def test_a_new_page_is_captured_with_everything_the_answer_said(gathering, site):
    site.page("/a", ETag='"v1"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")
    fetch = only_fetch(gathering)
    assert fetch.status == "captured"
    assert (fetch.etag, fetch.last_modified) == ('"v1"', "Sun, 01 Mar 2026 10:00:00 GMT")
    assert fetch.content_type == "text/html; charset=utf-8"
    assert fetch.feed_title == "Report 0"
    assert fetch.feed_published_at.utcoffset() == timedelta(0)
    assert fetch.final_url == fetch.url
    assert None not in {fetch.capture_id, fetch.warc_file, fetch.warc_offset, fetch.content_sha256}


def test_a_page_that_is_no_html_is_not_html_and_its_body_is_not_read(gathering, site):
    site.raw("/a", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 900000000\r\n\r\n")
    fetch = only_fetch(gathering)
    assert (fetch.status, fetch.size_bytes) == ("not_html", None)
    assert "application/pdf" in fetch.error


def test_without_a_content_type_the_body_decides(gathering, site):
    site.page("/a", kind=None)
    site.answer("/b", b"%PDF-1.7 ...", kind=None)
    site.rss("/a", "/b")
    gathering.gather()
    statuses = {path: fetch.status for path, fetch in gathering.fetches().items()}
    assert statuses == {"/a": "captured", "/b": "not_html"}


def test_a_page_of_fifty_megabytes_is_too_large_and_only_the_limit_is_read(gathering, site):
    sent = []

    def endless(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.close_connection = True
        request.end_headers()
        for _ in range(800):
            request.wfile.write(b"x" * 65_536)
            sent.append(65_536)

    site.routes["/a"] = endless
    fetch = only_fetch(gathering)
    assert fetch.status == "too_large"
    assert sum(sent) < 20_000_000  # what socket buffers swallow, not the whole


def test_an_announced_size_over_the_limit_is_too_large_at_once(gathering, site):
    site.raw("/a", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50000000\r\n\r\n")
    assert only_fetch(gathering).status == "too_large"


def test_a_decompression_bomb_is_too_large(gathering, site):
    site.answer("/a", gzip.compress(b"0" * 30_000_000), Content_Encoding="gzip")
    fetch = only_fetch(gathering)
    assert (fetch.status, fetch.capture_id) == ("too_large", None)


def test_gzip_and_deflate_bodies_are_unpacked(gathering, site):
    html = b"<html><body>Harbour reopens</body></html>"
    site.answer("/a", gzip.compress(html), Content_Encoding="gzip")
    site.answer("/b", zlib.compress(html), Content_Encoding="deflate")
    site.rss("/a", "/b")
    gathering.gather()
    assert {fetch.size_bytes for fetch in gathering.fetches().values()} == {len(html)}


def test_a_name_without_an_address_is_unreachable(gathering, site, monkeypatch):
    system_resolver = socket.getaddrinfo

    def no_answer(host, *args, **options):
        if host == "news.example":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return system_resolver(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", no_answer)
    site.rss("http://news.example/a")
    gathering.gather()
    (fetch,) = gathering.fetches().values()
    assert fetch.status == "unreachable"


def test_redirects_are_followed_by_hand_and_kept_as_history(gathering, site):
    site.redirect("/a", "/b", 301)
    site.redirect("/b", site.url("/c", "archive"), 307)
    site.page(("archive", "/c"))
    fetch = only_fetch(gathering)
    assert fetch.status == "captured"
    assert fetch.redirects == (site.url("/b"), site.url("/c", "archive"))
    assert fetch.final_url == site.url("/c", "archive")


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/consent?return=/a", "consent_wall"),
        ("http://consent.localhost/collect", "consent_wall"),
        ("/login?return=/a", "login_wall"),
        ("/subscribe", "paywall"),
        ("/captcha", "bot_wall"),
    ],
)
def test_a_redirect_to_a_wall_ends_as_such_and_is_not_followed(gathering, site, target, status):
    site.redirect("/a", target)
    fetch = only_fetch(gathering)
    assert (fetch.status, fetch.http_status) == (status, 302)
    assert target in fetch.error
    assert site.paths() == ["/rss.xml", "/a"]


@pytest.mark.parametrize("code", [200, 403, 503])
def test_a_challenge_in_the_pages_place_is_a_bot_wall_and_leaves_nothing_of_itself(gathering, site, code):
    page = "<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies</body></html>"
    site.answer("/a", page, status=code)
    fetch = only_fetch(gathering)
    assert (fetch.status, fetch.http_status) == ("bot_wall", code)
    assert "Cloudflare" in fetch.error
    assert (fetch.capture_id, fetch.content_sha256, fetch.size_bytes) == (None, None, None)


def test_an_article_filed_under_consent_may_redirect(gathering, site):
    site.redirect("/consent/a", "/consent/b")
    site.page("/consent/b")
    assert only_fetch(gathering, "/consent/a").status == "captured"


def test_one_connection_serves_all_requests_to_a_host(gathering, site):
    for n in range(5):
        site.page(f"/{n}")
    site.rss(*(f"/{n}" for n in range(5)))
    gathering.gather()
    assert len({asked.connection for asked in site.asked}) == 1


def test_a_kept_connection_that_the_server_has_given_up_costs_no_link(gathering, site):
    """Not a word comes back on the connection that served the feed; a new one is answered."""
    given_up = []
    site.page("/a")
    page = site.routes["/a"]

    def handle(request):
        if request.client_address[1] == site.asked[0].connection:
            given_up.append(request.client_address)
            request.close_connection = True
        else:
            page(request)

    site.routes["/a"] = handle
    assert only_fetch(gathering).status == "captured"
    assert len(given_up) == 1


def test_a_new_connection_without_an_answer_is_not_tried_again(gathering, site):
    site.raw(("other", "/a"), b"")
    site.raw(("other", "/robots.txt"), b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    site.rss(site.url("/a", "other"))
    gathering.gather()
    assert [fetch.status for fetch in gathering.fetches().values()] == ["broken_response"]
    assert site.paths("other") == ["/a"]
