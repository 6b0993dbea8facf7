"""The worst pages we could think of: each ends with a status in time, and the page after it reads as if alone."""

import gzip
import json
import random
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.read.page_process import BoundedReader, PageInput
from pipeline.read.reader import PageReading, read_page
from pipeline.statuses import ArticleStatus

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)
URL = "http://selby.example/news/2025/05/a-b-c"
GOOD = (Path(__file__).parent / "golden" / "json_ld.html").read_bytes()
SENTENCE = "The harbour board met on Tuesday and put off its decision about the new crane until the autumn. "
LONGEST_SECONDS = 10.0


def page(body: str = "", head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>Crane</title>{head}</head><body><h1>Crane put off</h1>{body}</body></html>"
    ).encode("utf-8", "surrogatepass")


def article(head: str = "", body: str = "") -> bytes:
    return page(f"<article>{f'<p>{SENTENCE * 2}</p>' * 4}{body}</article>", head)


def json_ld(text: str) -> bytes:
    return article(f'<script type="application/ld+json">{text}</script>')


def nodes(count: int) -> str:
    node = {"@type": "NewsArticle", "@id": "#n", "headline": "Crane put off", "datePublished": "2025-05-20T10:00:00Z"}
    return json.dumps({"@graph": [{**node, "url": f"http://selby.example/{number}"} for number in range(count)]})


def dated(day: str) -> bytes:
    return json_ld(json.dumps({"@type": "NewsArticle", "headline": "Crane put off", "datePublished": day}))


RUSSIAN = "<p>" + "Совет порта отложил решение о новом кране до осени, сообщила пресс-служба города. " * 6 + "</p>"
CHINESE = "<p>" + "港口委员会周二开会，决定把新起重机的问题推迟到秋天再讨论。" * 8 + "</p>"

PAGES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "white space": lambda: b" \n\t" * 1_000,
    "one less-than sign": lambda: b"<",
    "only a doctype": lambda: b"<!DOCTYPE html>",
    "binary noise": lambda: random.Random(7).randbytes(2_000_000),
    "binary noise with tags": lambda: b"<p>".join(random.Random(8).randbytes(300) for _ in range(5_000)),
    "zeros": lambda: bytes(5_000_000),
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Length 9>> stream\n" + zlib.compress(GOOD * 50) * 20,
    "jpeg": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + random.Random(9).randbytes(500_000) + b"\xff\xd9",
    "gzip": lambda: gzip.compress(GOOD * 20),
    "deep divs": lambda: page("<div>" * 100_000 + f"<p>{SENTENCE * 3}</p>"),
    "deep divs, closed": lambda: page("<div>" * 100_000 + f"<p>{SENTENCE * 3}</p>" + "</div>" * 100_000),
    "deep tables": lambda: page("<table><tr><td>" * 100_000 + SENTENCE * 3),
    "deep lists": lambda: page("<ul><li>" * 100_000 + SENTENCE * 3),
    "deep spans": lambda: page("<p>" + "<span>" * 100_000 + SENTENCE * 3),
    "deep formatting": lambda: page("<p>" + "<b><i><font size=1>" * 33_000 + SENTENCE * 3),
    "unclosed formatting over paragraphs": lambda: page("<p><b><i>words " * 20_000),
    "deep quotes": lambda: page("<blockquote>" * 100_000 + SENTENCE * 3),
    "moderately deep divs, many times": lambda: page(("<div>" * 200 + SENTENCE + "</div>" * 200) * 250),
    "50,000 JSON-LD nodes": lambda: json_ld(nodes(50_000)),
    "50,000 JSON-LD scripts": lambda: article('<script type="application/ld+json">{"@type":"Thing"}</script>' * 50_000),
    "deep JSON arrays": lambda: json_ld("[" * 50_000 + "]" * 50_000),
    "deep JSON objects": lambda: json_ld('{"@graph":' * 50_000 + "1" + "}" * 50_000),
    "unclosed JSON arrays": lambda: json_ld("[" * 500_000),
    "JSON of backslashes": lambda: json_ld('{"headline":"' + "\\" * 500_000),
    "a number of a million digits": lambda: json_ld('{"@type":"NewsArticle","wordCount":' + "9" * 1_000_000 + "}"),
    "JSON-LD with 30,000 authors": lambda: json_ld(
        json.dumps({"@type": "NewsArticle", "author": [{"name": f"Name Nr{number}"} for number in range(30_000)]})
    ),
    "authors that name themselves": lambda: json_ld(
        '{"@type":"NewsArticle","headline":"Crane put off","author":{"@id":"#a"},"@graph":[{"@id":"#a","name":[]}]}'
    ),
    "only a script": lambda: page("<script>" + "var a = '<p>words</p>';\n" * 200_000 + "</script>"),
    "a script that never ends": lambda: page("<script>" + "if (a < b) { c(); }\n" * 200_000),
    "a comment that never ends": lambda: page("<!--" + SENTENCE * 20_000),
    "an attribute of 5 MB": lambda: article(body='<div class="' + "word " * 1_000_000 + '">words</div>'),
    "a data address of 5 MB": lambda: article(body=f'<img src="data:image/png;base64,{"A" * 5_000_000}">'),
    "100,000 attributes": lambda: article(body="<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">words</p>"),
    "100,000 class names": lambda: article(body="".join(f'<i class="c{n} story-{n}">w</i>' for n in range(100_000))),
    "60,000 paragraphs": lambda: page(f"<article>{f'<p>{SENTENCE}</p>' * 60_000}</article>"),
    "60,000 lines by br": lambda: page(f"<div>{(SENTENCE + '<br><br>') * 60_000}</div>"),
    "200,000 links": lambda: page('<a href="/a/b">a line of some words</a> ' * 200_000),
    "200,000 links in an article": lambda: article(body='<p><a href="/a/b">a line of words</a></p>' * 200_000),
    "100,000 pictures": lambda: article(
        body='<figure><img src="/a.jpg"><figcaption>words</figcaption></figure>' * 100_000
    ),
    "50,000 headings": lambda: page(f"<h1>Crane put off</h1><h2>{SENTENCE}</h2>" * 50_000),
    "50,000 times": lambda: article(body='<time datetime="2025-05-20">20 May 2025</time> ' * 50_000),
    "50,000 metas": lambda: article(
        '<meta property="article:tag" content="crane"><meta name="author" content="A B">' * 50_000
    ),
    "50,000 rows": lambda: page(f"<table>{'<tr><td>one</td><td>two words</td></tr>' * 50_000}</table>"),
    "50,000 microdata authors": lambda: page(
        '<div itemscope itemtype="http://schema.org/NewsArticle">'
        + '<span itemprop="author"><b itemprop="name">A B</b></span>' * 50_000
    ),
    "a word of 5 MB": lambda: page(f"<p>{'a' * 5_000_000}</p>"),
    "a line of 5 MB": lambda: page(f"<p>{SENTENCE * 50_000}</p>"),
    "a headline of 5 MB": lambda: page(f"<h1>{SENTENCE * 50_000}</h1><p>{SENTENCE * 4}</p>"),
    "a title of capital letters": lambda: article("<title>" + "A - " * 300_000 + "</title>"),
    "a byline of 1 MB": lambda: article(body='<div class="byline">By ' + "Ann Lee and " * 80_000 + "</div>"),
    "a date line of 1 MB": lambda: article(body='<div class="date">' + "12 March " * 100_000 + "</div>"),
    "digits without end": lambda: article(
        body='<time datetime="' + "1" * 500_000 + '">' + "2025-" * 100_000 + "</time>"
    ),
    "spaces without end": lambda: article(body=f"<p>words{' ' * 3_000_000}words</p>"),
    "an entity bomb": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "words words">'
        + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
        + b"]><html><body><p>&j;</p></body></html>"
    ),
    "a million entities": lambda: article(body="<p>" + "&amp;&#x41;&nbsp;&notanentity;" * 250_000 + "</p>"),
    "mojibake of 1 MB": lambda: page(f"<p>{'Ã¼ber â€œdieâ€ Ã–ffnung ' * 40_000}</p>"),
    "combining marks": lambda: page(f"<p>{'a' + chr(0x301) * 300_000} {SENTENCE * 3}</p>"),
    "marks of direction": lambda: page(f"<p>{(chr(0x202E) + 'words ') * 100_000}</p>"),
    "utf-16 without a mark": lambda: article().decode().encode("utf-16-le"),
    "utf-16 with a mark, cut within a letter": lambda: article().decode().encode("utf-16")[:-1],
    "utf-32": lambda: article().decode().encode("utf-32"),
    "lone surrogates": lambda: page(f"<p>{chr(0xD800)}{SENTENCE * 3}{chr(0xDFFF)}</p>"),
    "escaped surrogates": lambda: json_ld(
        '{"@type":"NewsArticle","headline":"Crane \\ud800 put off","articleBody":"\\udfff words","author":"\\ud834 B"}'
    ),
    "surrogates as entities": lambda: page(f"<p>&#xD800;{SENTENCE * 3}&#xDFFF;&#x110000;&#0;&#99999999999;</p>"),
    "zero bytes in the text": lambda: article().replace(b"a", b"a\x00"),
    "the year 0000": lambda: dated("0000-00-00T00:00:00Z"),
    "the year 0001": lambda: dated("0001-01-01T00:00:00+14:00"),
    "the year 2099": lambda: dated("2099-12-31T23:59:59Z"),
    "the year 9999": lambda: dated("9999-12-31T23:59:59-14:00"),
    "an offset of 99 hours": lambda: dated("2025-05-20T10:00:00+99:99"),
    "a date of numbers": lambda: json_ld('{"@type":"NewsArticle","datePublished":1e400,"headline":-Infinity}'),
    "base that is no address": lambda: article('<base href="http://[::bad/"><link rel="canonical" href="http://[x">'),
    "addresses of 1 MB": lambda: article(f'<link rel="canonical" href="http://selby.example/{"a/" * 500_000}">'),
    "a frameset": lambda: b"<html><frameset><frame src=a><frame src=b></frameset></html>",
    "body in head in body": lambda: b"<html><head><body><head><body><html>" * 5_000 + SENTENCE.encode() * 5,
    "tags that are none": lambda: page(f"<{'x' * 100_000}><1><-><!><?><//><p {SENTENCE}>{SENTENCE * 4}" * 3),
    "namespaces": lambda: page("<svg:a:b xlink:href=x><o:p>words</o:p></svg:a:b>" * 20_000),
    "svg and math": lambda: page("<svg><foreignObject><math><mtext><p>words</svg>" * 20_000),
    "templates": lambda: page("<template><p>words" * 50_000),
    "plaintext": lambda: page("<plaintext>" + SENTENCE * 10_000),
    "textareas": lambda: page("<textarea><title><p>" * 20_000 + SENTENCE),
    "select": lambda: page("<select>" + "<option>words" * 100_000),
}

ENCODED: dict[str, tuple[bytes, str | None, str]] = {
    "windows-1251, the header says UTF-8": (
        page(RUSSIAN).decode().encode("cp1251"),
        "text/html; charset=utf-8",
        "порта",
    ),
    "windows-1251, the page says gb2312": (
        page(RUSSIAN, '<meta charset="gb2312">').decode().encode("cp1251"),
        "text/html; charset=windows-1251",
        "порта",
    ),
    "UTF-8, the header says windows-1251": (page(RUSSIAN), "text/html; charset=windows-1251", "порта"),
    "UTF-8, the page says UTF-16": (page(RUSSIAN, '<meta charset="utf-16">'), None, "порта"),
    "GB 18030, the page says gb2312": (
        page(CHINESE, '<meta charset="gb2312">').decode().encode("gb18030"),
        None,
        "起重机",
    ),
    "UTF-8, the header names no charset there is": (page(RUSSIAN), "text/html; charset=x-no-such", "порта"),
    "UTF-8, the header says hex": (page(RUSSIAN), 'text/html; charset="hex"', "порта"),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[BoundedReader]:
    with BoundedReader(seconds=4.0) as bounded:  # half the usual: two of the pages need all there is
        yield bounded


def read(reader: BoundedReader, raw: bytes, content_type: str | None = None) -> PageReading:
    return reader.read(PageInput(raw=raw, url=URL, fetched_at=FETCHED_AT, content_type=content_type))


ALONE = read_page(GOOD, url=URL, fetched_at=FETCHED_AT)


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_page_ends_with_a_status_in_time_and_the_next_reads_as_if_alone(reader: BoundedReader, name: str) -> None:
    raw = PAGES[name]()
    started_at = time.monotonic()
    reading = read(reader, raw)
    took_seconds = time.monotonic() - started_at
    assert reading.status in set(ArticleStatus)
    assert took_seconds < LONGEST_SECONDS
    assert read(reader, GOOD) == ALONE
    limited = ("took longer", "needed more", "the reader ended")
    assert reading.status != ArticleStatus.QUARANTINED or (reading.reason or "").startswith(limited), reading.reason
    print(f"{name}: {reading.status} {took_seconds:.2f} s")


def test_a_page_cut_anywhere_ends_with_a_status() -> None:
    for end in range(0, len(GOOD), max(1, len(GOOD) // 10)):
        reading = read_page(GOOD[:end], url=URL, fetched_at=FETCHED_AT)
        assert reading.status in set(ArticleStatus) - {ArticleStatus.QUARANTINED}, reading.reason


def test_a_page_of_200_megabytes_is_refused_unread(reader: BoundedReader) -> None:
    started_at = time.monotonic()
    reading = read(reader, bytes(200_000_000))
    assert (reading.status, reading.reason) == (ArticleStatus.QUARANTINED, "larger than 20 MB: 200 MB")
    assert time.monotonic() - started_at < 2
    assert read(reader, GOOD) == ALONE


@pytest.mark.parametrize("name", ENCODED)
def test_a_wrong_word_about_the_encoding_does_no_harm(reader: BoundedReader, name: str) -> None:
    raw, content_type, word = ENCODED[name]
    reading = read(reader, raw, content_type)
    assert reading.status == ArticleStatus.NEW
    assert word in (reading.body or "")


@pytest.mark.parametrize("name", ["the year 0000", "the year 0001", "the year 2099", "the year 9999"])
def test_a_date_that_cannot_be_is_not_taken(name: str) -> None:
    reading = read_page(PAGES[name](), url="http://selby.example/crane", fetched_at=FETCHED_AT)
    assert reading.status == ArticleStatus.NEW
    assert reading.published is None
