"""A server of many small news sites on 127.0.0.1, in a process of its own, fast enough not to be what is measured.

Every answer is made before the first request comes; a request costs a look into a table and one write. Pages are sent
gzip-compressed to whoever accepts that, with an ETag, and 304 to whoever shows it again; connections are kept.

    python loopback_sites.py --sites 200 --pages-per-site 50

prints one line of JSON with its port when it is ready, and ends when its standard input is closed: it never outlives
whoever started it. `site-000.localhost` is the host of the first site. The host `control.localhost` answers `/counts`:
what was asked since the last time.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from loopback_pages import page_html, page_path, robots_txt, rss

LOOPBACK = "127.0.0.1"
GZIP_LEVEL = 5  # between nginx's default and Apache's
CONTROL = b"control.localhost"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
MAX_REQUEST_BYTES = 65_536


def host_of(site: int) -> str:
    """The name of a site, without the port."""
    return f"site-{site:03d}.localhost"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One answer in its forms."""

    packed: bytes
    not_modified: bytes
    etag: bytes
    is_page: bool

    def plain(self) -> bytes:
        """The answer for those who take no gzip."""
        head, _, body = self.packed.partition(b"\r\n\r\n")
        content = gzip.decompress(body)
        lines = [line for line in head.split(b"\r\n") if not line.startswith((b"Content-Encoding", b"Content-Length"))]
        return b"\r\n".join([*lines, b"Content-Length: %d" % len(content), b"", content])


def prepared(content: bytes, content_type: str, *, is_page: bool = False) -> Prepared:
    """An answer with its headers, as a common web server would send them."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    body = gzip.compress(content, GZIP_LEVEL, mtime=0)
    common = f"Server: loopback\r\nETag: {etag}\r\nVary: Accept-Encoding\r\nCache-Control: max-age=60\r\n"
    head = (
        f"HTTP/1.1 200 OK\r\n{common}Content-Type: {content_type}\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n"
    )
    not_modified = f"HTTP/1.1 304 Not Modified\r\n{common}Connection: keep-alive\r\n\r\n"
    return Prepared(head.encode() + body, not_modified.encode(), etag.encode(), is_page)


def answers_of(sites: int, pages_per_site: int, port: int) -> dict[bytes, Prepared]:
    """Every answer by host and path, divided by a space."""
    answers: dict[bytes, Prepared] = {}
    robots = prepared(robots_txt(), "text/plain; charset=utf-8")
    for site in range(sites):
        host = host_of(site)
        feed = rss(f"http://{host}:{port}", site, pages_per_site)
        answers[f"{host} /robots.txt".encode()] = robots
        answers[f"{host} /rss.xml".encode()] = prepared(feed, "application/rss+xml; charset=utf-8")
        for page in range(pages_per_site):
            html = prepared(page_html(site, page), "text/html; charset=utf-8", is_page=True)
            answers[f"{host} {page_path(page)}".encode()] = html
    return answers


class Sites:
    """The answers, and what was asked."""

    def __init__(self) -> None:
        self.answers: dict[bytes, Prepared] = {}
        self.asked: Counter[bytes] = Counter()
        self.not_modified = 0
        self.connections = 0

    def answer(self, request: bytes) -> bytes:
        """The answer to one request, head only: a GET has no more."""
        path = request[4 : request.find(b" ", 4)]
        host = _header(request, b"host").partition(b":")[0]
        if host == CONTROL:
            return self._counts()
        key = host + b" " + path
        found = self.answers.get(key)
        if found is None:
            self.asked[b"unknown " + key] += 1
            return NOT_FOUND
        self.asked[key] += 1
        if found.etag == _header(request, b"if-none-match"):
            self.not_modified += 1
            return found.not_modified
        return found.packed if b"gzip" in _header(request, b"accept-encoding") else found.plain()

    def _counts(self) -> bytes:
        pages = [count for key, count in self.asked.items() if key in self.answers and self.answers[key].is_page]
        counts = {
            "requests": self.asked.total(),
            "connections": self.connections,
            "page_requests": sum(pages),
            "distinct_pages": len(pages),
            "not_modified": self.not_modified,
            "unknown": sum(count for key, count in self.asked.items() if key.startswith(b"unknown ")),
            "cpu_seconds": time.process_time(),
        }
        self.asked.clear()
        self.not_modified = self.connections = 0
        body = json.dumps(counts).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def _header(request: bytes, name: bytes) -> bytes:
    """A header's value; names are compared without regard to case."""
    start = request.lower().find(b"\r\n" + name + b":")
    if start < 0:
        return b""
    start += len(name) + 3
    return request[start : request.find(b"\r\n", start)].strip()


class Connection(asyncio.Protocol):
    """One connection: requests in, answers out, in order."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._sites.connections += 1

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            request, self._waiting = self._waiting[: end + 2], self._waiting[end + 4 :]
            self._transport.write(self._sites.answer(request))
        if len(self._waiting) > MAX_REQUEST_BYTES:
            self._transport.close()


async def serve(sites: int, pages_per_site: int) -> None:
    """Make the answers, say the port, and serve until standard input is closed."""
    loop = asyncio.get_running_loop()
    served = Sites()
    server = await loop.create_server(lambda: Connection(served), LOOPBACK, 0, backlog=512)
    port = server.sockets[0].getsockname()[1]
    served.answers = answers_of(sites, pages_per_site, port)
    pages = [answer for answer in served.answers.values() if answer.is_page]
    ready = {"port": port, "packed_bytes": sum(len(page.packed) for page in pages)}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), lambda: os.read(sys.stdin.fileno(), 1) or ended.set())
    await ended.wait()
    server.close()


@dataclass(frozen=True, slots=True)
class RunningSites:
    """The server as the benchmark sees it."""

    port: int
    packed_bytes: int  # of all pages, as sent compressed

    def counts(self) -> dict[str, Any]:
        """What was asked since the last call, and the server's CPU seconds since its start."""
        return dict(json.loads(self.body("control.localhost", "/counts")))

    def body(self, host: str, path: str) -> bytes:
        """What a site sends to one who takes no compression."""
        request = urllib.request.Request(f"http://{LOOPBACK}:{self.port}{path}", headers={"Host": host})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return bytes(answer.read())


@contextmanager
def running_sites(sites: int, pages_per_site: int) -> Iterator[RunningSites]:
    """The server in a process of its own, ready; it ends with the block."""
    command = [sys.executable, __file__, "--sites", str(sites), "--pages-per-site", str(pages_per_site)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        try:
            yield RunningSites(ready["port"], ready["packed_bytes"])
        finally:
            process.stdin.close()


def requests_per_second(server: RunningSites, sites: int, pages_per_site: int, seconds: float = 2.0) -> float:
    """How many pages the server sends in a second to a client that only counts their bytes, on eight connections."""
    more = f":{server.port}\r\nAccept-Encoding: gzip\r\n\r\n"
    requests = [
        f"GET {page_path(page)} HTTP/1.1\r\nHost: {host_of(site)}{more}".encode()
        for site in range(sites)
        for page in range(pages_per_site)
    ]
    sockets = [socket.create_connection((LOOPBACK, server.port)) for _ in range(8)]
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        for one in sockets:
            one.sendall(requests[done % len(requests)])
            done += 1
        for one in sockets:
            _read_answer(one)
    elapsed_seconds = time.perf_counter() - began
    for one in sockets:
        one.close()
    server.counts()
    return done / elapsed_seconds


def _read_answer(connection: socket.socket) -> None:
    received = b""
    while (head_ends := received.find(b"\r\n\r\n")) < 0:
        received += connection.recv(65_536)
    wanted_bytes = head_ends + 4 + int(_header(received, b"content-length"))
    received_bytes = len(received)
    while received_bytes < wanted_bytes:
        received_bytes += len(connection.recv(65_536))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sites", type=int, default=200)
    options.add_argument("--pages-per-site", type=int, default=50)
    chosen = options.parse_args()
    asyncio.run(serve(chosen.sites, chosen.pages_per_site))
