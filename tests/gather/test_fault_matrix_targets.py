"""What must not be asked is not asked: wherever a server sends us, no connection reaches a forbidden target."""

from __future__ import annotations

import socket

import pytest

from pipeline.gather import connections
from tests.gather.asking import asking
from tests.gather.hostile_server import PAGE, redirect, serving

PUBLIC = "93.184.216.34"
FORBIDDEN = {
    # name: (target, what the error says)
    "file": ("file:///etc/passwd", "scheme 'file'"),
    "ftp": ("ftp://gazette.localhost/a", "scheme 'ftp'"),
    "data": ("data:text/html,<p>hello", "scheme 'data'"),
    "javascript": ("javascript:alert(1)", "scheme 'javascript'"),
    "gopher": ("gopher://127.0.0.1:{decoy}/_secret", "scheme 'gopher'"),
    "loopback": ("http://127.0.0.1:{decoy}/secret", "127.0.0.1, which is not a public address"),
    "loopback without a scheme": ("//127.0.0.1:{decoy}/secret", "127.0.0.1, which is not"),
    "all of loopback": ("http://127.9.9.9:{decoy}/secret", "127.9.9.9, which is not"),
    "this host": ("http://0.0.0.0:{decoy}/secret", "0.0.0.0, which is not"),
    "plain localhost": ("http://localhost:{decoy}/secret", "which is not a public address"),
    "decimal": ("http://2130706433:{decoy}/secret", "leads to 127.0.0.1"),
    "octal": ("http://0177.0.0.1:{decoy}/secret", "leads to 127.0.0.1"),
    "hexadecimal": ("http://0x7f000001:{decoy}/secret", "leads to 127.0.0.1"),
    "short": ("http://127.1:{decoy}/secret", "leads to 127.0.0.1"),
    "full-width digits": ("http://１２７.0.0.1:{decoy}/secret", ""),
    "percent-encoded": ("http://%31%32%37.0.0.1:{decoy}/secret", ""),
    "IPv6 loopback": ("http://[::1]:{decoy}/secret", "::1, which is not"),
    "IPv4 in IPv6": ("http://[::ffff:127.0.0.1]:{decoy}/secret", "which is not a public address"),
    "IPv4 in NAT64": ("http://[64:ff9b::7f00:1]:{decoy}/secret", "which is not a public address"),
    "cloud metadata": ("http://169.254.169.254/latest/meta-data/", "169.254.169.254, which is not"),
    "cloud metadata in decimal": ("http://2852039166/latest/", "leads to 169.254.169.254"),
    "private": ("http://10.0.0.5/", "10.0.0.5, which is not"),
    "private by name": ("http://intranet.example:{decoy}/", "intranet.example leads to 10.0.0.5"),
    "private among public": ("http://mixed.example:{decoy}/", "mixed.example leads to 192.168.1.1"),
    "loopback by name": ("http://rebound.example:{decoy}/secret", "rebound.example leads to 127.0.0.1"),
    "a user name": ("http://reader:secret@gazette.localhost:{port}/b", "a user name"),
    "an empty user name": ("http://@gazette.localhost:{port}/b", "a user name"),
    "a user name that looks like a host": ("http://gazette.localhost:80@127.0.0.1:{decoy}/", "a user name"),
    "a backslash": ("http://gazette.localhost:{port}\\@127.0.0.1:{decoy}/", "backslashes"),
    "port 0": ("http://gazette.localhost:0/", "port 0"),
    "port of ssh": ("http://gazette.localhost:22/", "port 22"),
    "port of mail": ("http://gazette.localhost:25/", "port 25"),
    "port above 65535": ("http://gazette.localhost:99999/", "no URL"),
    "no host": ("https:///secret", "names no host"),
    "a space in the host": ("http://127.0.0.1 .localhost:{decoy}/", ""),
}
NAMES = {
    "intranet.example": ["10.0.0.5"],
    "mixed.example": [PUBLIC, "192.168.1.1"],
    "rebound.example": ["127.0.0.1"],
    "news.example": [PUBLIC],
}


class Internet:
    """Names, and where connections go: only to the loopback server, and every attempt is written down."""

    def __init__(self, monkeypatch):
        self.names = {name: [addresses] for name, addresses in NAMES.items()}
        self.connected = []
        self.asked_for = []
        self._system = socket.getaddrinfo, connections.create_connection
        monkeypatch.setattr(socket, "getaddrinfo", self._resolve)
        monkeypatch.setattr(connections, "create_connection", self._connect)

    def _resolve(self, host, port, *args, **options):
        self.asked_for.append(host)
        answers = self.names.get(host)
        if answers is None:  # a literal address needs no name server; a name that is none gets no answer
            options["flags"] = socket.AI_NUMERICHOST
            if host == "localhost":
                return self._system[0]("127.0.0.1", port, *args, **options)
            return self._system[0](host, port, *args, **options)
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    def _connect(self, address, *args, **options):
        self.connected.append(address[0])
        return self._system[1](("127.0.0.1", address[1]), *args, **options)


@pytest.fixture
def internet(monkeypatch):
    return Internet(monkeypatch)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_redirect_leads_to_a_forbidden_target(internet, name):
    target, words = FORBIDDEN[name]
    with serving() as server, serving() as decoy, asking() as asker:
        target = target.format(port=server.port, decoy=decoy.port)
        server.routes["/a"] = redirect(target)
        answer = asker.ask(server.url("/a"))
        assert (answer.status, answer.http_status) == ("unsafe_address", 302)
        assert answer.redirects[-1].isascii() == target.isascii()
        assert words in answer.error
        assert server.paths == ["/a"]
        assert decoy.connections == 0
        assert set(internet.connected) == {"127.0.0.1"}
        assert asker.ask(server.url("/good")).status == "captured"


@pytest.mark.parametrize("name", ["intranet.example", "mixed.example", "rebound.example", "127.0.0.1", "2130706433"])
def test_no_link_leads_to_a_forbidden_target(internet, name):
    with serving() as decoy, asking() as asker:
        answer = asker.ask(f"http://{name}:{decoy.port}/secret")
        assert (answer.status, answer.requested_at) == ("unsafe_address", None)
        assert (decoy.connections, internet.connected) == (0, [])


def test_robots_that_redirects_to_a_forbidden_target_is_not_followed(internet):
    with serving() as server, serving() as decoy, asking() as asker:
        server.routes["/robots.txt"] = redirect(f"http://127.0.0.1:{decoy.port}/robots.txt")
        assert asker.ask(server.url("/a")).status == "unsafe_address"
        assert (decoy.connections, server.paths) == (0, [])


def test_a_name_that_changes_between_check_and_connect_changes_nothing(internet):
    """The address that was judged is the one that is connected to: the name is resolved once for a connection."""
    internet.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    with serving() as server, asking() as asker:
        answer = asker.ask(f"http://news.example:{server.port}/a")
        assert (answer.status, answer.body) == ("captured", PAGE)
        assert internet.connected == [PUBLIC]
        assert internet.asked_for.count("news.example") == 1


def test_a_name_that_has_become_private_is_refused_with_the_next_connection(internet):
    internet.names["news.example"] = [[PUBLIC], ["10.0.0.5"]]
    with serving() as server, asking() as asker:
        first = asker.ask(f"http://news.example:{server.port}/a")
        server.routes["/b"] = lambda _exchange: None  # hangs up: a new connection is needed
        second = asker.ask(f"http://news.example:{server.port}/b")
        assert (first.status, second.status) == ("captured", "unsafe_address")
        assert internet.connected == [PUBLIC]


def test_without_the_newsroom_a_redirect_to_its_names_is_refused(internet):
    with serving() as server, serving() as decoy, asking(newsroom=False) as asker:
        server.routes["/a"] = redirect(decoy.url("/secret", "harbour"))
        answer = asker.ask(f"http://news.example:{server.port}/a")
        assert answer.status == "unsafe_address"
        assert "only the built-in newsroom" in answer.error
        assert decoy.connections == 0


@pytest.mark.parametrize("hops", [5, 100])
def test_a_chain_of_redirects_ends_after_max_redirects(hops):
    with serving() as server, asking() as asker:
        for hop in range(hops):
            server.routes[f"/{hop}"] = redirect(f"/{hop + 1}")
        answer = asker.ask(server.url("/0"))
        assert (answer.status, answer.error) == ("redirect_loop", "more than 4 redirects")
        assert len(server.paths) == 1 + 4
        assert len(answer.redirects) == 5


def test_a_chain_of_four_redirects_is_followed():
    with serving() as server, asking() as asker:
        for hop in range(4):
            server.routes[f"/{hop}"] = redirect(f"/{hop + 1}")
        assert asker.ask(server.url("/0")).status == "captured"
