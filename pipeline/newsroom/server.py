"""Sockets and threads: serves an `App` on 127.0.0.1, keeps a log, closes every connection when it stops."""

from __future__ import annotations

import errno
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from pipeline.errors import ConfigurationError
from pipeline.newsroom.app import App
from pipeline.newsroom.exchange import Delivery, Request, Response

LOOPBACK = "127.0.0.1"
ENDLESS_BYTES = 50_000_000
LOG_LENGTH = 100_000
_IDLE_SECONDS = 30.0
_STALL_SECONDS = 120.0


class ServedRequest(NamedTuple):
    """One request that was answered; `time` in seconds of the monotonic clock, when it came in."""

    host: str
    path: str  # with the query
    status: int  # 0: closed without an answer
    time: float
    method: str
    user_agent: str | None


class NewsroomServer(ThreadingHTTPServer):
    """A server whose app can be exchanged while it runs.

    Args:
        port: 0 lets the system choose.
        slow_seconds: how long a slow page takes.

    Raises:
        ConfigurationError: the port is taken, or not ours to take.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, slow_seconds: float) -> None:
        self.app: App | None = None
        self.slow_seconds = slow_seconds
        self.log: deque[ServedRequest] = deque(maxlen=LOG_LENGTH)
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self._serving: set[threading.Thread] = set()
        try:
            super().__init__((LOOPBACK, port), NewsroomHandler)
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                reason = "taken by another program" if error.errno == errno.EADDRINUSE else "not ours to open"
                raise ConfigurationError(
                    f"Port {port} on {LOOPBACK} is {reason}: stop what uses it, or set DATELINE_NEWSROOM_PORT "
                    "to a free port."
                ) from error
            raise

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind without asking a name server for our own name, as the standard library would."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOOPBACK, self.port

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Serve one connection; it is known while it is open, so that `stop` can end it."""
        if not isinstance(request, socket.socket):
            raise TypeError(f"expected a TCP socket, not {request!r}")
        thread = threading.current_thread()
        with self._open_lock:
            self._open.add(request)
            self._serving.add(thread)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._open_lock:
                self._open.discard(request)
                self._serving.discard(thread)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away in the middle is no error of ours; everything else is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # the base class says less

    def stop(self) -> None:
        """End every connection and wait for its thread, then close the listener."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        with self._open_lock:
            connections, threads = list(self._open), list(self._serving)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed in the meantime
                continue
        for thread in threads:
            thread.join(timeout=5)


class NewsroomHandler(BaseHTTPRequestHandler):
    """Reads one request, asks the app, delivers."""

    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True  # header and body go out in two writes: no 40 ms pause between them
    server: NewsroomServer

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer a HEAD: the headers of the GET."""
        self._answer()

    def do_POST(self) -> None:
        """Refuse a POST; the body is not read, so the connection ends."""
        self.close_connection = True
        self._answer()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the library's name
        """Nothing on the terminal; `NewsroomServer.log` has it."""

    def _answer(self) -> None:
        came_in = time.monotonic()
        app = self.server.app
        if app is None:
            self.send_error(503, "The newsroom is starting")
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "").rsplit(":", 1)[0].lower()
        response = app.respond(Request(self.command, host, self.path, headers))
        status = 0 if response.delivery is Delivery.CLOSED else response.status
        self.server.log.append(ServedRequest(host, self.path, status, came_in, self.command, headers.get("user-agent")))
        _DELIVERIES[response.delivery](self, response)

    def send_head(self, response: Response) -> None:
        """Status line and headers; the Date header is the real time and no part of what is deterministic."""
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        self.end_headers()

    def send_whole(self, response: Response) -> None:
        """Headers, and the body unless the method is HEAD."""
        self.send_head(response)
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def send_slowly(self, response: Response) -> None:
        """The same after a pause."""
        self.server.stopping.wait(self.server.slow_seconds)
        self.send_whole(response)

    def send_endlessly(self, response: Response) -> None:
        """50 MB without a length, the body again and again, until the client has enough."""
        self.close_connection = True
        self.send_head(_without_length(response))
        sent_bytes = 0
        while self.command != "HEAD" and sent_bytes < ENDLESS_BYTES and not self.server.stopping.is_set():
            sent_bytes += self.wfile.write(response.body)

    def send_short(self, response: Response) -> None:
        """Half of the body that Content-Length announces, then the end of the connection."""
        self.close_connection = True
        self.send_head(response)
        self.wfile.write(response.body[: len(response.body) // 2])

    def close_at_once(self, response: Response) -> None:
        """No answer at all."""
        self.close_connection = True

    def stall(self, response: Response) -> None:
        """Headers, then nothing until the client leaves or the server stops."""
        self.close_connection = True
        self.send_head(response)
        self.server.stopping.wait(_STALL_SECONDS)


def _without_length(response: Response) -> Response:
    headers = tuple(h for h in response.headers if h[0] != "Content-Length")
    return Response(response.status, (*headers, ("Connection", "close")), response.body, response.delivery)


_DELIVERIES: dict[Delivery, Callable[[NewsroomHandler, Response], None]] = {
    Delivery.WHOLE: NewsroomHandler.send_whole,
    Delivery.SLOW: NewsroomHandler.send_slowly,
    Delivery.ENDLESS: NewsroomHandler.send_endlessly,
    Delivery.SHORT: NewsroomHandler.send_short,
    Delivery.CLOSED: NewsroomHandler.close_at_once,
    Delivery.STALLED: NewsroomHandler.stall,
}
