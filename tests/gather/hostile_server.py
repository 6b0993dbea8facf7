"""A loopback server that says exactly the bytes it is told, at the time it is told, and remembers who came."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime

PAGE = (
    b"<!doctype html><html><head><title>Harbour reopens</title></head><body><p>The harbour reopened.</p></body></html>"
)


@dataclass(frozen=True)
class Question:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]
    connection: int  # counted from 1


class Exchange:
    """What a behaviour has in its hands: the connection and the question that came on it."""

    def __init__(self, sock: socket.socket, question: Question, stopping: threading.Event) -> None:
        self.question = question
        self.keep_open = False
        self._sock = sock
        self._stopping = stopping

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._sock.sendall(piece)

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the test."""
        self._stopping.wait(seconds)

    def forever(self, piece: bytes, every_seconds: float = 0.0) -> None:
        """Send a piece again and again, until the client hangs up or the test ends."""
        while not self._stopping.is_set():
            self.send(piece)
            if every_seconds:
                self.pause(every_seconds)

    def reset(self) -> None:
        """End the connection with RST instead of FIN."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Behaviour = Callable[[Exchange], None]


def says(*pieces: bytes, keep_open: bool = False) -> Behaviour:
    """Send these bytes; then close, or wait for the next request."""

    def behave(exchange: Exchange) -> None:
        exchange.send(*pieces)
        exchange.keep_open = keep_open

    return behave


def head(status: str = "200 OK", *lines: str | bytes) -> bytes:
    """A response's head up to and with the empty line."""
    encoded = [line if isinstance(line, bytes) else line.encode("latin-1") for line in lines]
    return b"\r\n".join([f"HTTP/1.1 {status}".encode(), *encoded, b"", b""])


def answer(body: bytes = PAGE, status: str = "200 OK", *lines: str | bytes, keep_open: bool = True) -> Behaviour:
    """A whole answer as HTTP wants it."""
    length = f"Content-Length: {len(body)}"
    return says(head(status, "Content-Type: text/html", length, *lines) + body, keep_open=keep_open)


def redirect(target: str | bytes, status: str = "302 Found") -> Behaviour:
    location = target if isinstance(target, bytes) else target.encode()
    return answer(b"", status, b"Location: " + location)


def slow_down(status: str = "429 Too Many Requests", *lines: str | bytes) -> Behaviour:
    """An answer without a body that asks to be left alone."""
    return answer(b"", status, *lines)


def first(behaviour: Behaviour, then: Behaviour | None = None) -> Behaviour:
    """One behaviour the first time, another after that."""
    left = [behaviour]

    def behave(exchange: Exchange) -> None:
        (left.pop() if left else then or answer())(exchange)

    return behave


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


@dataclass
class HostileServer:
    """Behaviours by path; `/robots.txt` is 404 where a test says nothing else, any other path a page."""

    port: int
    routes: dict[str, Behaviour] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/a", name: str = "gazette", scheme: str = "http") -> str:
        return f"{scheme}://{name}.localhost:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [question.path for question in self.questions if question.path != "/robots.txt"]

    def behaviour(self, path: str) -> Behaviour:
        if path == "/robots.txt" and path not in self.routes:
            return answer(b"", "404 Not Found")
        return self.routes.get(path) or answer()


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    """A server on 127.0.0.1; it stands still as soon as the block ends, whatever its behaviours were up to."""
    stopping = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    server = HostileServer(listener.getsockname()[1])
    threads: list[threading.Thread] = []
    sockets: list[socket.socket] = []

    def talk(sock: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError), contextlib.closing(sock):
            connection = tls.wrap_socket(sock, server_side=True) if tls else sock
            with contextlib.closing(connection), connection.makefile("rb") as incoming:
                while not stopping.is_set():
                    question = _question(incoming, number)
                    if question is None:
                        return
                    server.questions.append(question)
                    exchange = Exchange(connection, question, stopping)
                    server.behaviour(question.path)(exchange)
                    if not exchange.keep_open:
                        return

    def accept() -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:  # closed: the test is over
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.connections += 1
            sockets.append(sock)
            thread = threading.Thread(target=talk, args=(sock, server.connections))
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield server
    finally:
        stopping.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join()
        for sock in sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()


def _question(incoming, connection: int) -> Question | None:
    first = incoming.readline().decode("latin-1").split()
    if len(first) < 2:
        return None
    headers = {}
    while (line := incoming.readline().decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers[name] = value.strip()
    return Question(first[1], headers, connection)


def http_date(instant) -> str:
    return format_datetime(instant, usegmt=True)


@contextlib.contextmanager
def silent_server(behaviour: Behaviour) -> Iterator[int]:
    """The port of a server that reads nothing and behaves so as soon as somebody connects."""
    stopping = threading.Event()
    threads: list[threading.Thread] = []
    nothing = Question("", {}, 0)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk(sock: socket.socket) -> None:
            with contextlib.suppress(OSError), sock:
                behaviour(Exchange(sock, nothing, stopping))

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threads.append(threading.Thread(target=talk, args=(listener.accept()[0],)))
                    threads[-1].start()

        acceptor = threading.Thread(target=accept)
        acceptor.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stopping.set()
            listener.shutdown(socket.SHUT_RDWR)
            acceptor.join()
            for thread in threads:
                thread.join()
