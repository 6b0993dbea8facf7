"""Nothing but public addresses is ever asked, except the newsroom's loopback names."""

from __future__ import annotations

import json
import socket

import pytest
import requests

from pipeline.gather.addresses import UnsafeAddressError, checked_addresses, checked_url, is_public
from pipeline.gather.connections import CheckedAdapter

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "2002:7f00:1::",
    "64:ff9b::a00:1",
    "64:ff9b:1::808:808",  # local NAT64, RFC 8215
    "::127.0.0.1",  # IPv4-compatible, long out of use
    "::8.8.8.8",
    "fec0::1",  # site-local, long out of use
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
    "2001:db8::1",
    "2002:a00:1::",
    "100::1",
    "4000::1",  # handed out to nobody
    "198.18.0.1",
    "192.168.0.1%eth0",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_taken(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "::1", "::ffff:7f00:1", "169.254.169.254"]
)
def test_every_spelling_of_a_private_address_is_refused(host):
    with pytest.raises(UnsafeAddressError):
        checked_addresses(host, 80, allow_loopback_names=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/a",
        "https://news.example:8443/a?b=http://user@host/",
        "http://news.example:8080",
        "HTTP://NEWS.EXAMPLE/",
        "http://[2606:2800:220:1::1]/a",
        "https://zeitung.example/größe/日本",
        "https://news.example/a?back=c:\\d",
    ],
)
def test_web_addresses_are_taken(url):
    assert checked_url(url).hostname


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/a",
        "javascript:alert(1)",
        "//news.example/a",
        "http://",
        "http:///a",
        "http://reader@news.example/",
        "http://reader:word@news.example/",
        "http://news.example:0/",
        "http://news.example:22/",
        "http://news.example:6667/",
        "http://news.example:65536/",
        "http://news.example:eighty/",
        "http://[::1/",
        "http://news.example\\@127.0.0.1/",
        "http://news.example/a\nHost: other",
        "http://news.example/\0",
        "http://news.example/" + "a" * 9000,
        "",
    ],
)
def test_any_other_address_is_refused_by_itself(url):
    with pytest.raises(UnsafeAddressError):
        checked_url(url)


def test_a_name_with_one_private_address_among_its_addresses_is_refused(monkeypatch):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: answers)
    with pytest.raises(UnsafeAddressError, match=r"10\.0\.0\.5"):
        checked_addresses("news.example", 80, allow_loopback_names=False)


def test_names_under_localhost_are_loopback_without_asking_a_name_server(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: pytest.fail("asked a name server"))
    assert checked_addresses("harbour-gazette.localhost", 80, allow_loopback_names=True) == ["127.0.0.1"]
    with pytest.raises(UnsafeAddressError, match="newsroom"):
        checked_addresses("harbour-gazette.localhost", 80, allow_loopback_names=False)


def test_plain_localhost_is_refused_even_with_the_newsroom():
    with pytest.raises(UnsafeAddressError):
        checked_addresses("localhost", 80, allow_loopback_names=True)


def test_the_connection_goes_to_the_address_that_was_checked_and_names_the_host(site):
    """A name server that answers differently a moment later changes nothing: the name is resolved once."""
    site.page("/a")
    resolved = []

    def resolve(host, port):
        resolved.append((host, port))
        return ["127.0.0.1"]

    adapter = CheckedAdapter(resolve)
    url = f"http://news.example:{site.port}/a"
    response = adapter.send(requests.Request("GET", url).prepare(), timeout=5)
    adapter.close()
    assert response.status_code == 200
    assert resolved == [("news.example", site.port)]
    assert site.asked[0].host == f"news.example:{site.port}"


def test_unsafe_links_in_a_feed_are_never_asked(gathering, site):
    links = (
        f"http://127.0.0.1:{site.port}/secret",
        "http://10.0.0.5/",
        "ftp://news.example/file",
        "http://[bad/",
        "http://user:word@news.example/",
    )
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": link} for link in links]}
    site.answer("/feed.json", json.dumps(feed), kind="application/feed+json")
    gathering.feed("/feed.json", "json_feed")
    result = gathering.gather()
    assert result.counts["unsafe_address"] == result.counts["links"] == len(links)
    assert all(fetch.requested_at is None for fetch in gathering.fetches().values())
    assert {asked.host for asked in site.asked} == {f"gazette.localhost:{site.port}"}


def test_without_the_newsroom_loopback_names_are_refused(gathering, site, tmp_path):
    site.rss("/a")
    gathering.write_source()
    folder = tmp_path / "sources" / "gb"
    folder.mkdir(parents=True)
    (gathering.settings.newsroom_folder / "sources" / "gazette.yml").rename(folder / "gazette.yml")
    gathering.set(newsroom=False, publishers=True)
    gathering.write_source()  # what the newsroom left behind is not read
    result = gathering.gather()
    assert result.counts["feed_unsafe_address"] == 1
    assert result.counts["links"] == 0
    assert site.asked == []
