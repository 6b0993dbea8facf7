"""A small loopback site whose answers each test sets, and a run to gather it with."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.gather.ledger import open_ledger
from pipeline.gather.link_state import LinkState
from pipeline.handover import StageResult
from pipeline.records import FeedVisit, Fetch
from pipeline.runs import Run
from pipeline.settings import Settings

HTML = "text/html; charset=utf-8"
STARTED_AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    """One request as the server saw it."""

    host: str
    path: str
    headers: dict[str, str]
    connection: int  # the client's port: one for each connection
    at_seconds: float  # when it came in, by the monotonic clock


@dataclass
class Site:
    """A loopback server for any number of names under .localhost; `routes` are by (name, path) or path alone."""

    port: int
    routes: dict[Any, Handler] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str, name: str = "gazette") -> str:
        return f"http://{name}.localhost:{self.port}{path}"

    def paths(self, name: str = "gazette") -> list[str]:
        """The paths asked for at one name, robots.txt left out."""
        host = f"{name}.localhost:{self.port}"
        return [a.path for a in self.asked if a.host == host and a.path != "/robots.txt"]

    def answer(self, path: Any, body: bytes | str = b"", *, status: int = 200, kind: str | None = HTML, **headers: str):
        """Set a plain answer; header names are written with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def handle(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            if kind is not None:
                request.send_header("Content-Type", kind)
            for name, value in named.items():
                request.send_header(name, value)
            if status != 304:
                request.send_header("Content-Length", str(len(data)))
            request.end_headers()
            request.wfile.write(data if status != 304 else b"")

        self.routes[path] = handle

    def redirect(self, path: Any, target: str, status: int = 302) -> None:
        self.answer(path, status=status, Location=target)

    def raw(self, path: Any, *pieces: bytes, then: Callable[[], object] = lambda: None) -> None:
        """Send these very bytes and close the connection."""

        def handle(request: BaseHTTPRequestHandler) -> None:
            request.close_connection = True
            for piece in pieces:
                request.wfile.write(piece)
                request.wfile.flush()
            then()

        self.routes[path] = handle

    def rss(self, *links: str, path: str = "/rss.xml", name: str | None = None, **headers: str) -> None:
        items = "".join(
            f"<item><title>Report {n}</title><link>{link}</link>"
            f"<pubDate>Sun, 01 Mar 2026 10:0{n % 10}:00 GMT</pubDate></item>"
            for n, link in enumerate(links)
        )
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'
        self.answer((name, path) if name else path, body, kind="application/rss+xml", **headers)

    def page(self, path: Any, text: str = "The council met on Monday.", **options: Any) -> None:
        self.answer(path, f"<!doctype html><html><body><p>{text}</p></body></html>", **options)


@pytest.fixture
def site() -> Iterator[Site]:
    class RequestHandler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5
        disable_nagle_algorithm = True  # head and body are two writes: else each answer waits for an ACK, 40 ms

        def do_GET(self) -> None:
            host = self.headers["Host"]
            loopback.asked.append(Asked(host, self.path, dict(self.headers), self.client_address[1], time.monotonic()))
            name = host.partition(".")[0]
            handle = loopback.routes.get((name, self.path)) or loopback.routes.get(self.path)
            if handle is None:
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            try:
                handle(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass  # a client that hangs up is part of the tests

    with Server(("127.0.0.1", 0), RequestHandler) as server:
        loopback = Site(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield loopback
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Gathering:
    """A run over one source, `gazette`, whose file each test may change."""

    settings: Settings
    site: Site
    run_id: str = "run-1"
    feeds: list[str] = field(default_factory=list)
    politeness: str = "{delay_seconds: 0}"

    @property
    def run(self) -> Run:
        return Run(run_id=self.run_id, settings=self.settings, started_at=STARTED_AT)

    def set(self, **settings: Any) -> None:
        self.settings = self.settings.model_copy(update=settings)

    def feed(self, path: str = "/rss.xml", kind: str = "rss", more: str = "") -> None:
        self.feeds.append(f"  - {{url: '{self.site.url(path)}', kind: {kind}{more}}}")

    def write_source(self) -> None:
        folder = self.settings.newsroom_folder / "sources"
        folder.mkdir(parents=True, exist_ok=True)
        feeds = "\n".join(self.feeds or [f"  - {{url: '{self.site.url('/rss.xml')}', kind: rss}}"])
        (folder / "gazette.yml").write_text(
            f"id: gazette\nname: Gazette\nhomepage: {self.site.url('/')}\ncountry_code: GBR\nlanguage: en\n"
            f"timezone: Europe/London\nfeeds:\n{feeds}\npoliteness: {self.politeness}\n",
            encoding="utf-8",
        )

    def gather(self, **options: Any) -> StageResult:
        from pipeline.gather.gathering import gather_source

        self.write_source()
        given = {"only_due": False, "revisit": True, "wait_seconds": 0.0}
        return gather_source(self.run, "gazette", **given | options)

    def fetches(self) -> dict[str, Fetch]:
        """The last Fetch row of each link of the pass, by path."""
        with open_ledger(self.settings) as ledger:
            rows = ledger.fetches.of_pass(self.run_id, "gazette")
        return {row.url.removeprefix(self.site.url("")): row for row in rows}

    def visits(self) -> list[FeedVisit]:
        """The feed visits of the pass."""
        with open_ledger(self.settings) as ledger:
            return ledger.visits.of_pass(self.run_id, "gazette")

    def link_state(self, path: str) -> LinkState:
        """A link as the ledger knows it."""
        with open_ledger(self.settings) as ledger:
            return ledger.link_states("gazette", [self.site.url(path)])[self.site.url(path)]

    def warc_files(self) -> list[Path]:
        return sorted(self.run.captures_folder.glob("*.warc.gz"))


@pytest.fixture
def gathering(tmp_path: Path, site: Site) -> Gathering:
    settings = Settings(
        home=tmp_path / "home",
        sources_folder=tmp_path / "sources",
        newsroom=True,
        delay_seconds=0,
        connect_timeout_seconds=5,
        read_timeout_seconds=5,
        total_timeout_seconds=10,
        max_response_bytes=200_000,
        max_redirects=4,
        link_window_days=100_000,  # the feeds of the tests are of one day for ever
    )
    return Gathering(settings, site)


@pytest.fixture
def gzipped() -> Callable[[bytes], bytes]:
    return gzip.compress


@pytest.fixture
def unused_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
