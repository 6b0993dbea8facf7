"""What servers do wrong, each in the status it is documented to end in (docs/statuses.md).

Every line of the table is asked through the real client over a real socket; for servers that dawdle, with limits of
fractions of a second.
After each the same client asks the same server for a good page on a new path: no fault may leave anything behind.
"""

from __future__ import annotations

import gzip
import zlib
from typing import NamedTuple

import pytest

from tests.gather.asking import IMPATIENT, asking
from tests.gather.hostile_server import PAGE, Behaviour, Exchange, answer, chunk, head, redirect, says, serving

HTML = "Content-Type: text/html"
CHUNKED = head("200 OK", HTML, "Transfer-Encoding: chunked")
BOMB = gzip.compress(b"0" * 30_000_000)

# Unpacks to 5 MB that unpack to nothing: empty blocks behind a gzip header.
HOLLOW_BOMB = gzip.compress(BOMB[:10] + b"\0\0\0\xff\xff" * 1_000_000)


class Fault(NamedTuple):
    """One line of the matrix."""

    name: str
    behaviour: Behaviour
    status: str
    words: str = ""  # what the error says, in part
    body: bytes | None = None  # what is captured, where something is


def then_forever(start: bytes, piece: bytes, every_seconds: float = 0.0) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        exchange.send(start)
        exchange.forever(piece, every_seconds)

    return behave


def silent(exchange: Exchange) -> None:
    exchange.pause(5)


def reset_in_the_middle(exchange: Exchange) -> None:
    exchange.send(head("200 OK", HTML, "Content-Length: 5000") + PAGE)
    exchange.pause(0.02)
    exchange.reset()


def reset_at_once(exchange: Exchange) -> None:
    exchange.reset()


def encoded(body: bytes, encoding: str) -> Behaviour:
    return answer(body, "200 OK", f"Content-Encoding: {encoding}")


BODIES = [
    Fault("chunked body cut off", says(CHUNKED + b"400\r\n<html>"), "broken_response", "broken"),
    Fault("chunked body without its last chunk", says(CHUNKED + chunk(PAGE)), "broken_response", "broken"),
    Fault("chunk size that is no number", says(CHUNKED + b"zz\r\n<html>\r\n"), "broken_response", "broken"),
    Fault("negative chunk size", says(CHUNKED + b"-5\r\n<html>\r\n0\r\n\r\n"), "broken_response", "broken"),
    Fault("chunk of 16 exabytes", then_forever(CHUNKED + b"ffffffffffffffff\r\n", b"x" * 9000), "too_large", "over"),
    Fault("endless chunks", then_forever(CHUNKED, chunk(b"x" * 9000)), "too_large", "over 200000 bytes"),
    Fault("endless chunks of one byte", then_forever(CHUNKED, chunk(b"x") * 900), "too_large", "over"),
    Fault(
        "endless trailer",
        then_forever(CHUNKED + b"0\r\n", b"X-More: and more\r\n" * 99),
        "too_large",
        "before decoding",
    ),
    Fault(
        "trailer line without an end", then_forever(CHUNKED + b"0\r\nX: ", b"y" * 9000), "broken_response", "trailer"
    ),
    Fault(
        "chunk extension without an end", then_forever(CHUNKED + b"5;", b"y" * 9000), "broken_response", "chunk size"
    ),
    Fault("gzip bomb", encoded(BOMB, "gzip"), "too_large", "over 200000 bytes after decoding"),
    Fault("gzip bomb within gzip", encoded(gzip.compress(BOMB), "gzip, gzip"), "too_large", "after decoding"),
    Fault("a bomb in the middle of two packings", encoded(HOLLOW_BOMB, "gzip, gzip"), "too_large", "after decoding"),
    Fault("packed twice, and small", encoded(gzip.compress(gzip.compress(PAGE)), "gzip, gzip"), "captured", body=PAGE),
    Fault("packed three times", encoded(b"", "gzip, gzip, gzip"), "broken_response", "encoded 3 times"),
    Fault(
        "two gzip members", encoded(gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), "gzip"), "captured", body=PAGE
    ),
    Fault("gzip with padding behind it", encoded(gzip.compress(PAGE) + b"\0" * 99, "gzip"), "captured", body=PAGE),
    Fault("gzip that breaks off", encoded(gzip.compress(PAGE)[:-20], "gzip"), "broken_response", "breaks off"),
    Fault(
        "gzip with a wrong checksum", encoded(gzip.compress(PAGE)[:-8] + b"\0" * 8, "gzip"), "broken_response", "decode"
    ),
    Fault("gzip that is none", encoded(PAGE, "gzip"), "broken_response", "does not decode"),
    Fault("deflate garbage", encoded(b"\x78\x9c" + b"\xff" * 99, "deflate"), "broken_response", "does not decode"),
    Fault("deflate without its zlib wrapping", encoded(zlib.compress(PAGE)[2:-4], "deflate"), "captured", body=PAGE),
    Fault("brotli, though not offered", encoded(b"\x0b\x02\x80abc\x03", "br"), "broken_response", "not one we offered"),
    Fault("endless body", then_forever(head("200 OK", HTML), b"x" * 9000), "too_large", "over 200000 bytes"),
    Fault("2 GB announced", says(head("200 OK", "Content-Length: 2000000000")), "too_large", "announces 2000000000"),
    Fault(
        "less than announced", says(head("200 OK", "Content-Length: 5000") + PAGE), "broken_response", "IncompleteRead"
    ),
    Fault(
        "more than announced",
        says(head("200 OK", "Content-Length: 20") + PAGE, keep_open=True),
        "captured",
        body=PAGE[:20],
    ),
    Fault("negative length", says(head("200 OK", "Content-Length: -5") + PAGE), "broken_response", "Content-Length -5"),
    Fault("length that is no number", says(head("200 OK", "Content-Length: many") + PAGE), "broken_response", "many"),
    Fault(
        "two lengths", says(head("200 OK", "Content-Length: 5", "Content-Length: 9") + PAGE), "broken_response", "5, 9"
    ),
    Fault(
        "length and chunks: the chunks count (RFC 9112, 6.3)",
        says(head("200 OK", "Content-Length: 5", "Transfer-Encoding: chunked") + chunk(PAGE) + b"0\r\n\r\n"),
        "captured",
        body=PAGE,
    ),
    Fault("no length, then closed", says(head("200 OK", HTML) + PAGE), "captured", body=PAGE),
    Fault("NUL bytes in the body", answer(b"<p>\0\0harbour\0</p>"), "captured", body=b"<p>\0\0harbour\0</p>"),
    Fault("nothing in the body", answer(b""), "captured", body=b""),
    Fault("Content-Type lies", answer(b"%PDF-1.7\n..."), "captured", body=b"%PDF-1.7\n..."),
    Fault(
        "charset that is none",
        says(head("200 OK", "Content-Type: text/html; charset=\x00ut\xff") + PAGE),
        "captured",
        body=PAGE,
    ),
    Fault("bytes of no charset", answer(bytes(range(256))), "captured", body=bytes(range(256))),
]
HEADS = [
    Fault(
        "endless headers",
        then_forever(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n"),
        "broken_response",
        "100 headers",
    ),
    Fault("10,000 headers", says(head("200 OK", *["X: y"] * 10_000) + PAGE), "broken_response", "100 headers"),
    Fault(
        "header line without an end",
        then_forever(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 9000),
        "broken_response",
        "header line",
    ),
    Fault("header of 1 MB", says(head("200 OK", "X: " + "y" * 1_000_000) + PAGE), "broken_response", "header line"),
    Fault("header names that are none", says(head("200 OK", "X Y(): z", "@: z", HTML) + PAGE), "captured", body=PAGE),
    Fault("a line that is no header", says(head("200 OK", HTML, "no colon here") + PAGE), "captured", body=PAGE),
    Fault(
        "letters in headers",
        says(head("200 OK", "X-Ville: Nîmes".encode(), b"X: \xff\xfe") + PAGE),
        "captured",
        body=PAGE,
    ),
    Fault("NUL in a header", says(head("200 OK", "X: a\0b") + PAGE), "captured", body=PAGE),
    Fault("closed before an answer", says(), "broken_response", "without response"),
    Fault("reset before an answer", reset_at_once, "broken_response", "reset"),
    Fault("reset in the middle", reset_in_the_middle, "broken_response", "broken"),
    Fault("HTTP/0.9", says(PAGE), "broken_response", "<!doctype html>"),
    Fault("another protocol", says(b"SSH-2.0-OpenSSH_9.6\r\n"), "broken_response", "SSH"),
    Fault("status line without a number", says(b"HTTP/1.1 fine\r\n\r\n"), "broken_response", "fine"),
    Fault("status line of binary", says(b"HTTP/1.1 \x00\x01\x02\r\n\r\n"), "broken_response"),
    Fault("HTTP/3.0 in a status line", says(b"HTTP/3.0 200 OK\r\n\r\n"), "broken_response", "HTTP/3.0"),
    Fault("status 099", answer(PAGE, "099 Odd", keep_open=False), "broken_response", "099"),
    Fault("status 2000", answer(PAGE, "2000 Odd", keep_open=False), "broken_response", "2000"),
    Fault("status 999", answer(PAGE, "999 Request denied"), "bot_wall", "999"),
    Fault("status 777", answer(PAGE, "777 Lucky"), "broken_response", "777"),
    Fault("endless 100 Continue", then_forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "broken_response", "interim"),
    Fault(
        "103 Early Hints, then a page",
        says(head("103 Early Hints", "Link: </a.css>"), head() + PAGE),
        "captured",
        body=PAGE,
    ),
    Fault("101 Switching Protocols", says(head("101 Switching Protocols", "Upgrade: h2c")), "broken_response", "101"),
    Fault("204 with a body", answer(PAGE, "204 No Content"), "broken_response", "204"),
    Fault("205 with a body", answer(PAGE, "205 Reset Content"), "broken_response", "205"),
    Fault(
        "206 unasked", answer(PAGE, "206 Partial Content", "Content-Range: bytes 0-99/900"), "broken_response", "206"
    ),
    Fault("304 unasked", answer(b"", "304 Not Modified"), "broken_response", "304"),
    Fault("500", answer(PAGE, "500 Internal Server Error"), "server_error"),
    Fault("404 that never ends", then_forever(head("404 Not Found"), b"x" * 9000), "gone"),
    Fault("404 whose body is cut", says(head("404 Not Found", "Content-Length: 99") + b"x"), "gone"),
]
SLOW = [
    Fault("403 that drips", then_forever(head("403 Forbidden", HTML), b"x", 0.05), "forbidden"),
    Fault("silence", silent, "timed_out", "reading"),
    Fault("headers a byte at a time", then_forever(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.05), "timed_out", "total"),
    Fault("status line a byte at a time", then_forever(b"H", b"T", 0.05), "timed_out", "total"),
    Fault("body a byte at a time", then_forever(head("200 OK", HTML), b"x", 0.05), "timed_out", "total"),
    Fault(
        "announced body a byte at a time",
        then_forever(head("200 OK", "Content-Length: 900"), b"x", 0.05),
        "timed_out",
        "total",
    ),
    Fault("chunk a byte at a time", then_forever(CHUNKED + b"400\r\n", b"x", 0.05), "timed_out", "total"),
    Fault("trailer a line at a time", then_forever(CHUNKED + b"0\r\n", b"X: y\r\n", 0.05), "timed_out", "total"),
    Fault(
        "interim answers now and then",
        then_forever(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.15),
        "timed_out",
        "total",
    ),
    Fault(
        "gzip a byte at a time",
        then_forever(head("200 OK", "Content-Encoding: gzip") + BOMB[:10], b"\0\0\0\xff\xff", 0.05),
        "timed_out",
    ),
    Fault(
        "head, then silence",
        lambda e: (e.send(head("200 OK", "Content-Length: 9")), e.pause(5))[0],
        "timed_out",
        "reading",
    ),
]
REDIRECTS = [
    Fault("to itself", redirect("/a"), "redirect_loop", "again"),
    Fault("without Location", answer(b"", "302 Found"), "broken_response", "302"),
    Fault("with an empty Location", redirect(""), "broken_response", "302"),
    Fault("with NUL in Location", redirect("/b\0c"), "broken_response", "redirects to"),
    Fault("with a bare CR in Location, which ends the line", redirect("/good\rX: y"), "captured", body=PAGE),
    Fault("with 60 KB of Location", redirect("/" + "b" * 60_000), "broken_response", "60001 characters"),
    Fault("with 100 KB of Location", redirect("/" + "b" * 100_000), "broken_response", "header line"),
    Fault("to half an IPv6 address", redirect("http://[::1/"), "broken_response", "redirects to"),
    Fault(
        "with an endless body", then_forever(head("302 Found", "Location: /good"), b"x" * 9000), "captured", body=PAGE
    ),
    Fault("300 with choices", answer(PAGE, "300 Multiple Choices"), "broken_response", "300"),
]
MATRIX = [*BODIES, *HEADS, *SLOW, *REDIRECTS]


def test_the_matrix_has_forty_faults_and_each_has_a_name_of_its_own():
    assert len({fault.name for fault in MATRIX}) == len(MATRIX) >= 40


@pytest.mark.parametrize("fault", MATRIX, ids=lambda fault: fault.name)
def test_each_fault_ends_in_its_status_and_leaves_nothing_behind(fault):
    limits = IMPATIENT if fault in SLOW else {}
    with serving() as server, asking(**limits) as asker:
        server.routes["/a"] = fault.behaviour
        answered = asker.ask(server.url("/a"))
        assert (answered.status, answered.body) == (fault.status, fault.body)
        assert fault.words.lower() in (answered.error or "").lower()
        assert len(answered.error or "") < 400
        assert answered.elapsed_seconds < 10  # the limits are 0.5 s for the slow, the machine may be busy
        good = asker.ask(server.url("/good"))
        assert (good.status, good.body) == ("captured", PAGE)
        assert set(server.paths) == {"/a", "/good"}


def test_a_robots_file_that_never_comes_ends_at_the_limits_and_the_page_is_not_asked():
    with serving() as server, asking(**IMPATIENT) as asker:
        server.routes["/robots.txt"] = silent
        answered = asker.ask(server.url("/a"))
        assert answered.status == "timed_out"
        assert answered.requested_at is None  # robots.txt was asked for, the page was not
        assert server.paths == []
