"""TLS: the certificate and its name are verified, and whatever goes wrong ends in words."""

from __future__ import annotations

import ssl

import pytest

from tests.gather.asking import asking
from tests.gather.certificates import Authority
from tests.gather.hostile_server import PAGE, head, redirect, serving, silent_server


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


def test_a_good_certificate_is_taken_and_the_server_is_told_the_name(authority):
    context = authority.server("gazette.localhost")
    names = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with serving(context) as server, asking(trust=authority.trust) as asker:
        answers = [asker.ask(server.url(path, scheme="https")) for path in ("/a", "/b")]
        assert [answer.body for answer in answers] == [PAGE, PAGE]
        assert names == ["gazette.localhost"]  # one handshake served both, and robots.txt
        assert server.questions[0].headers["Host"] == f"gazette.localhost:{server.port}"


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("gazette.localhost", {"days": (-30, -1)}, "certificate has expired"),
        ("gazette.localhost", {"days": (1, 30)}, "not yet valid"),
        ("gazette.localhost", {"self_signed": True}, "self-signed certificate"),
        ("harbour.localhost", {}, "not valid for 'gazette.localhost'"),
    ],
    ids=["expired", "not yet valid", "self-signed", "another host's"],
)
def test_a_certificate_that_is_not_good_is_unreachable_and_nothing_is_asked(authority, name, options, words):
    with serving(authority.server(name, **options)) as server, asking(trust=authority.trust) as asker:
        answer = asker.ask(server.url("/a", scheme="https"))
        assert (answer.status, answer.at_connect) == ("unreachable", False)
        assert "not asked: robots.txt" in answer.error
        assert "the certificate is not to be trusted" in answer.error
        assert words in answer.error
        assert server.questions == []


def test_an_authority_that_nobody_knows_is_unreachable(authority):
    """The authorities that requests ships are the ones asked where nothing else is said."""
    with serving(authority.server("gazette.localhost")) as server, asking() as asker:
        answer = asker.ask(server.url("/a", scheme="https"))
        assert answer.status == "unreachable"
        assert "unable to get local issuer certificate" in answer.error


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_an_old_protocol_is_unreachable(authority):
    context = authority.server("gazette.localhost")
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(context) as server, asking(trust=authority.trust) as asker:
        answer = asker.ask(server.url("/a", scheme="https"))
        assert answer.status == "unreachable"
        assert "TLS failure" in answer.error


def test_plain_http_on_a_tls_port_is_unreachable():
    def bad_request(exchange):
        exchange.send(head("400 Bad Request", "Content-Length: 0"))

    with silent_server(bad_request) as port, asking() as asker:
        answer = asker.ask(f"https://gazette.localhost:{port}/a")
        assert answer.status == "unreachable"
        assert "something else than TLS" in answer.error


def test_tls_on_a_plain_port_is_a_broken_response(authority):
    with serving(authority.server("gazette.localhost")) as server, asking() as asker:
        assert asker.client.robots_rules(server.url()).refusal(server.url()).status == "robots_denied"


def say_nothing(exchange):
    exchange.pause(5)


def say_a_byte_at_a_time(exchange):
    exchange.send(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xf0")  # a handshake record of 16 KB is to follow
    exchange.forever(b"\x03", 0.05)


@pytest.mark.parametrize("behaviour", [say_nothing, say_a_byte_at_a_time])
def test_a_handshake_that_never_ends_is_timed_out(behaviour):
    with silent_server(behaviour) as port, asking(connect_timeout_seconds=0.2) as asker:
        answer = asker.ask(f"https://gazette.localhost:{port}/a")
        assert (answer.status, answer.requested_at) == ("timed_out", None)
        assert "TLS handshake" in answer.error


def test_a_handshake_that_is_hung_up_on_is_unreachable():
    with silent_server(lambda _exchange: None) as port, asking() as asker:
        answer = asker.ask(f"https://gazette.localhost:{port}/a")
        assert answer.status == "unreachable"
        assert "TLS" in answer.error


def test_a_redirect_from_tls_to_a_bad_certificate_is_unreachable(authority):
    with (
        serving(authority.server("gazette.localhost")) as server,
        serving(authority.server("harbour.localhost", days=(-9, -1))) as other,
        asking(trust=authority.trust) as asker,
    ):
        server.routes["/a"] = redirect(other.url("/b", "harbour", "https"))
        answer = asker.ask(server.url("/a", scheme="https"))
        assert (answer.status, answer.http_status) == ("unreachable", 302)
        assert other.questions == []
