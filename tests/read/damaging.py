"""Golden pages damaged by chance, the same ones in every run: what `test_fuzz_pages.py` reads."""

import random
import re
from collections.abc import Callable
from pathlib import Path

from pipeline.sources.model import Source

PAGES = [path.read_bytes() for path in sorted((Path(__file__).parent / "golden").glob("*.html"))]
SOURCE = Source.model_validate(
    {
        "id": "selby",
        "name": "Selby",
        "homepage": "http://selby.example/",
        "country_code": "GBR",
        "language": "en",
        "timezone": "Europe/London",
        "feeds": [{"url": "http://selby.example/rss", "kind": "rss"}],
        "site_rules": [{"headline": "h1", "byline": ".byline", "published_at": "time", "body": "article"}],
    }
)
CONTENT_TYPES = (
    None,
    "text/html; charset=utf-8",
    "text/html; charset=windows-1251",
    "text/html; charset=utf-16",
    "text/html; charset=",
    "text/html; charset=\x00",
    "text/html; charset=gb2312",
    'text/html; charset="idna"',
    "text/html; charset=utf-7",
    "\udc80",
)
URLS = (
    "http://selby.example/a/b",
    "http://selby.example/2025/13/45/x",
    "",
    "x",
    "http://[::1",
    "http://selby.example/" + "9" * 400,
    "http://sélby.example/ä?ö=ü#ß",
    "//selby.example",
    "http://selby.example:99999/a",
    "javascript:void(0)",
)
TAGS = (
    b"div",
    b"p",
    b"table",
    b"tr",
    b"td",
    b"li",
    b"ul",
    b"span",
    b"b",
    b"h1",
    b"time",
    b"script",
    b"style",
    b"article",
    b"figure",
    b"figcaption",
    b"noscript",
    b"template",
    b"svg",
    b"title",
    b"head",
    b"body",
    b"a",
    b"br",
    b"iframe",
    b"select",
    b"textarea",
    b"plaintext",
    b"frameset",
    b"math",
    b"base",
    b"meta",
    b"link",
    b"img",
    b"blockquote",
    b"pre",
)
ATTRIBUTES = (
    b"class=byline",
    b"class=''",
    b"id=author",
    b'itemprop="author name"',
    b"datetime=2025-02-30T25:61:61+99:99",
    b"href=http://[",
    b"hidden",
    b"style=display:none",
    b"lang=xx-\xff",
    b'content="\x00"',
    b"datetime=0000-00-00",
    b"datetime=" + b"9" * 30,
    b"itemscope itemtype=http://schema.org/NewsArticle",
    b"rel=canonical",
    b"property=og:url content=//",
    b"class=caption",
    b'srcset=", ,, 2w 3x"',
    b"src=http://[::",
    b"width=99999999999999999999",
    b"property=article:published_time content=1e999",
)
SCRAPS = (
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"&#99999999999;",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"<!--",
    b"-->",
    b"]]>",
    b"<![CDATA[",
    b"<?xml version=1?>",
    b"\xe2\x80\xae",
    b"\xcc\x81" * 50,
    b"\xc2\x85",
    b"\x0b",
    b"\r",
    b"\xe2\x80\xa8",
    b'{"@type":"NewsArticle"}',
    b'"@graph":[[[',
    b"\\ud800",
    b"\\u0000",
    b"null",
    b"NaN",
    b"Infinity",
    b"1e999",
    b"-0",
    b"9" * 5_000,
    b"true",
    b"[]",
    b"{}",
    b'{"@id":"#a"}',
    b'{"@value":null}',
    "«Ünïcödé»".encode(),
    "的".encode("gb18030"),
    "ж".encode("cp1251"),
    "İıſß".encode(),
    "\U0001f1e6\u200d\ufe0f".encode(),
    b"31 February 2025",
    b"12/13/14",
    b"00:00",
    b"24:60 pm",
    b"by and , ",
    b"By ",
)


def random_place(page: bytearray, chance: random.Random) -> slice:
    start = chance.randint(0, len(page))
    return slice(start, start + chance.choice((1, 3, 20, 200, 1_000)))


def flip(page: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 5, 40))):
        if page:
            page[chance.randrange(len(page))] = chance.randrange(256)


def cut(page: bytearray, chance: random.Random) -> None:
    del page[random_place(page, chance)]


def cut_off(page: bytearray, chance: random.Random) -> None:
    del page[chance.randint(0, len(page)) :]


def double(page: bytearray, chance: random.Random) -> None:
    place = random_place(page, chance)
    page[place.start : place.start] = page[place] * chance.choice((1, 2, 30))


def swap(page: bytearray, chance: random.Random) -> None:
    first, second = random_place(page, chance), random_place(page, chance)
    page[first], page[second] = page[second], page[first]


def put_scrap(page: bytearray, chance: random.Random) -> None:
    at = chance.randint(0, len(page))
    page[at:at] = chance.choice(SCRAPS) * chance.choice((1, 1, 1, 20))


def edit_tag(page: bytearray, chance: random.Random) -> None:
    """Another name for a tag, or another tag before it."""
    found = list(re.finditer(rb"</?([a-zA-Z]\w*)", page))
    if found:
        tag = chance.choice(found)
        if chance.random() < 0.5:
            page[tag.start(1) : tag.end(1)] = chance.choice(TAGS)
        else:
            page[tag.start() : tag.start()] = b"<" + chance.choice((b"", b"/")) + chance.choice(TAGS) + b">"


def edit_attribute(page: bytearray, chance: random.Random) -> None:
    found = list(re.finditer(rb"<[a-zA-Z]\w*", page))
    if found:
        at = chance.choice(found).end()
        page[at:at] = b" " + chance.choice(ATTRIBUTES)


def edit_json(page: bytearray, chance: random.Random) -> None:
    """Another value, or the lack of a mark, in the structured data; some where there is none."""
    found = list(re.finditer(rb'"\s*:\s*("(?:[^"\\]|\\.)*"|[\[{]|\d+)|[{}\[\],:"]', page))
    if found:
        place = chance.choice(found)
        group = 1 if place[1] is not None else 0
        page[place.start(group) : place.end(group)] = chance.choice((*SCRAPS, b"", b'"', b"["))


def splice(page: bytearray, chance: random.Random) -> None:
    other = chance.choice(PAGES)
    page[chance.randint(0, len(page)) :] = other[chance.randint(0, len(other)) :]


def lie_about_charset(page: bytearray, chance: random.Random) -> None:
    label = chance.choice((b"utf-16", b"gb2312", b"windows-1251", b"utf-7", b"hex", b"shift_jis", b"\xff", b"a" * 99))
    page[:0] = b"<meta charset=" + label + b">"


def encode_anew(page: bytearray, chance: random.Random) -> None:
    encoding = chance.choice(("utf-16", "utf-16-be", "utf-7", "cp1251", "gb18030", "utf-8-sig", "shift_jis", "cp500"))
    page[:] = bytes(page).decode("utf-8", "replace").encode(encoding, "xmlcharrefreplace")


MUTATORS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip,
    cut,
    cut_off,
    double,
    swap,
    put_scrap,
    put_scrap,
    edit_tag,
    edit_tag,
    edit_attribute,
    edit_attribute,
    edit_json,
    edit_json,
    splice,
    lie_about_charset,
    encode_anew,
)


def mutated(number: int) -> tuple[bytes, str, str | None, Source | None]:
    """The page of a number, its address, its header, and its source; always the same."""
    chance = random.Random(number)
    page = bytearray(chance.choice(PAGES))
    for _ in range(chance.choice((1, 1, 2, 3, 6, 15))):
        chance.choice(MUTATORS)(page, chance)
    url = URLS[0] if chance.random() < 0.8 else chance.choice(URLS)
    content_type = None if chance.random() < 0.6 else chance.choice(CONTENT_TYPES)
    return bytes(page[:300_000]), url, content_type, SOURCE if chance.random() < 0.2 else None
