"""Which address is an article's next page: its own with a number in it, and nothing else that a page calls next."""

from __future__ import annotations

import time

import pytest

from pipeline.gather import next_page
from pipeline.gather.next_page import next_page_of

SITE = "https://lantern.example"
ARTICLE = f"{SITE}/2026/03/the-lighthouse-keeper"
HTML_PAGE = f"{SITE}/news/the-lighthouse-keeper.html"


def page(*, head: str = "", body: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><p>For forty winters ...</p>{body}</body></html>".encode()


def paged(href: str, words: str = "Next") -> bytes:
    return page(body=f'<div class="pagination"><a href="{href}">{words}</a></div>')


@pytest.mark.parametrize(
    ("url", "href"),
    [
        (ARTICLE, f"{ARTICLE}/2"),
        (ARTICLE, f"{ARTICLE}/2/"),
        (f"{ARTICLE}/", f"{ARTICLE}/2/"),
        (ARTICLE, "/2026/03/the-lighthouse-keeper/page/2/"),
        (ARTICLE, f"{ARTICLE}?page=2"),
        (ARTICLE, "?page=2"),
        (ARTICLE, "?p=2"),
        (ARTICLE, "?pg=2"),
        (ARTICLE, "?seite=2"),
        (ARTICLE, "?currentPage=2"),
        (ARTICLE, f"{ARTICLE}/seite-2"),
        (ARTICLE, f"{ARTICLE}/p2"),
        (ARTICLE, f"{ARTICLE},2"),
        (ARTICLE, f"{ARTICLE}-2"),
        (HTML_PAGE, f"{SITE}/news/the-lighthouse-keeper-2.html"),
        (HTML_PAGE, f"{SITE}/news/the-lighthouse-keeper_2.html"),
        (HTML_PAGE, f"{SITE}/news/the-lighthouse-keeper-p2.html"),
        (HTML_PAGE, f"{SITE}/news/the-lighthouse-keeper-seite2.html"),
        (HTML_PAGE, f"{SITE}/news/the-lighthouse-keeper.html?page=2"),
        (HTML_PAGE, f"{SITE}/news/the-lighthouse-keeper.html/2"),
        (f"{SITE}/read.php?id=4711", f"{SITE}/read.php?id=4711&amp;page=2"),
        (f"{SITE}/read.php?id=4711", "?page=2&amp;id=4711"),
        (f"{ARTICLE}?page=1", f"{ARTICLE}?page=2"),
        (f"{ARTICLE}/page/1", f"{ARTICLE}/page/2"),
        (f"{ARTICLE}?utm_source=rss", "?page=2"),
        (f"{ARTICLE}?from=front", f"{ARTICLE}?page=2"),
        ("http://www.lantern.example/2026/03/the-lighthouse-keeper", f"{ARTICLE}/2"),
        (f"{SITE}/nachrichten/der-leuchtturmw%C3%A4rter", f"{SITE}/nachrichten/der-leuchtturmwärter?page=2"),
        (f"{SITE}/novosti/%D0%BC%D0%B0%D1%8F%D0%BA", f"{SITE}/novosti/%D0%BC%D0%B0%D1%8F%D0%BA/2"),
        (f"{SITE}/a/201311/t20131115_4711.htm", f"{SITE}/a/201311/t20131115_4711_2.htm"),
    ],
)
def test_the_articles_own_address_with_the_next_number_is_its_next_page(url: str, href: str) -> None:
    found = next_page_of(paged(href), url, "text/html; charset=utf-8")
    assert found is not None
    assert found.startswith(SITE)
    assert "2" in found


@pytest.mark.parametrize(
    "offered",
    [
        page(head=f'<link rel="next" href="{ARTICLE}/2">'),
        page(head=f"<link rel=next href={ARTICLE}/2>"),
        page(body=f'<a rel="next" href="{ARTICLE}/2">More</a>'),
        page(body=f'<div class="page-links">Pages: <span>1</span> <a href="{ARTICLE}/2">second</a></div>'),
        page(body=f'<nav aria-label="Pagination"><ul><li><a href="{ARTICLE}/2">Weiter</a></li></ul></nav>'),
        page(body=f'<p><a href="{ARTICLE}/2"><span> 2 </span></a></p>'),
        page(head='<base href="https://[broken">', body=f'<nav><a href="{ARTICLE}/2">Next</a></nav>'),
        page(head=f'<base href="{SITE}/2026/">', body='<nav><a href="03/the-lighthouse-keeper/2">Next</a></nav>'),
    ],
)
def test_a_page_offers_the_next_one_in_many_ways(offered: bytes) -> None:
    assert next_page_of(offered, ARTICLE, None) == f"{ARTICLE}/2"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        (ARTICLE, f"{SITE}/2026/03/harbour-fees"),  # the next article
        (ARTICLE, f"{SITE}/2026/03/harbour-fees/2"),
        (ARTICLE, f"{ARTICLE}-returns/2"),
        (ARTICLE, f"{ARTICLE}/3"),
        (ARTICLE, f"{ARTICLE}/1"),
        (ARTICLE, f"{ARTICLE}/22"),
        (ARTICLE, f"{ARTICLE}/2/print"),
        (ARTICLE, f"{ARTICLE}/photo/2"),
        (ARTICLE, f"{ARTICLE}/comment-page-2/"),
        (ARTICLE, f"{ARTICLE}/comment-page-2/#comments"),
        (ARTICLE, f"{ARTICLE}?page=2#comments"),
        (ARTICLE, f"{ARTICLE}?cpage=2"),
        (ARTICLE, f"{ARTICLE}?slide=2"),
        (ARTICLE, f"{ARTICLE}?page=2&amp;sort=new"),
        (ARTICLE, "https://other.example/2026/03/the-lighthouse-keeper/2"),
        (ARTICLE, "https://comments.lantern.example/2026/03/the-lighthouse-keeper/2"),
        (ARTICLE, "https://lantern.example:8443/2026/03/the-lighthouse-keeper/2"),
        (ARTICLE, "javascript:turn('/2026/03/the-lighthouse-keeper/2')"),
        (ARTICLE, "https://[broken/2026/03/the-lighthouse-keeper/2"),
        (f"{SITE}/read.php?id=4711", f"{SITE}/read.php?id=4712&amp;page=2"),
        (f"{SITE}/read.php?id=4711", f"{SITE}/read.php?page=2"),
        (f"{SITE}/article/1", f"{SITE}/article/2"),
        (f"{SITE}/", f"{SITE}/page/2"),
        (f"{SITE}/world", f"{SITE}/world/2"),
        (f"{SITE}/tag/light-houses", f"{SITE}/tag/light-houses/2"),
        (f"{SITE}/author/marit-solheim", f"{SITE}/author/marit-solheim/page/2"),
        (f"{ARTICLE}?page=5", f"{ARTICLE}?page=2"),
        (f"{SITE}/weather-report-1", f"{SITE}/weather-report-2"),
    ],
)
def test_no_other_address_is_a_page_of_the_article(url: str, href: str) -> None:
    assert next_page_of(paged(href), url, None) is None
    assert next_page_of(page(head=f'<link rel="next" href="{href}">'), url, None) is None


@pytest.mark.parametrize(
    "element",
    [
        '<div class="comments"><div class="pagination">',
        '<div id="gallery"><nav>',
        '<div class="related-articles"><nav>',
    ],
)
def test_the_pages_of_comments_galleries_and_lists_are_none_of_the_article(element: str) -> None:
    offered = page(body=f'{element}<a rel="next" href="{ARTICLE}?page=2">2</a></nav></div></div>')
    assert next_page_of(offered, ARTICLE, None) is None


def test_a_link_in_the_text_is_no_page_turning() -> None:
    assert next_page_of(page(body=f'<p>See <a href="{ARTICLE}/2">the map</a>.</p>'), ARTICLE, None) is None


def test_a_number_at_the_end_of_a_name_counts_only_amid_the_numbers_of_pages() -> None:
    """`weather-report-2` is the next report of that name, unless it stands among the page numbers."""
    second = f"{SITE}/weather-report-2"
    assert next_page_of(page(head=f'<link rel="next" href="{second}">'), f"{SITE}/weather-report", None) is None
    assert next_page_of(page(body=f'<a rel="next" href="{second}">More</a>'), f"{SITE}/weather-report", None) is None
    assert next_page_of(paged(second), f"{SITE}/weather-report", None) == second


@pytest.mark.parametrize("form", ["/{}", "?page={}", "/seite-{}"])
def test_from_page_to_page_only_the_next_number_counts(form: str) -> None:
    addresses = [ARTICLE + form.format(number) for number in range(1, 6)]
    numbers = "".join(f'<a href="{url}">{number}</a>' for number, url in enumerate(addresses, start=1))
    body = page(body=f'<div class="pagination">{numbers}</div>')
    assert next_page_of(body, ARTICLE, None) == addresses[1]
    for number in range(2, 5):
        assert next_page_of(body, addresses[number - 1], None, first_url=ARTICLE, number=number) == addresses[number]
    assert next_page_of(body, addresses[4], None, first_url=ARTICLE, number=5) is None


def test_a_page_without_a_hint_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsing(*_: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(next_page.etree, "fromstring", parsing)
    plain = page(body=f'<a rel="next" href="{SITE}/2026/03/harbour-fees">Next</a><a href="{ARTICLE}#2">2</a>' * 50)
    assert next_page_of(plain, ARTICLE, None) is None
    with pytest.raises(AssertionError, match="parsed"):
        next_page_of(paged("?page=2"), ARTICLE, None)


@pytest.mark.parametrize("body", [b"", b"\x00", b"?page=2", b'"?page=2', b'<a href="?page=2', b'"?page=2' * 50_000])
def test_bytes_that_are_no_page_offer_nothing(body: bytes) -> None:
    assert next_page_of(body, ARTICLE, "text/html; charset=nonsense") is None


def test_a_hostile_page_costs_little_time() -> None:
    names = b"the-lighthouse-keeper?" + b"a&" * 100_000
    body = (names + b'"?' + b"page=" * 20_000) * 3
    began = time.process_time()
    assert next_page_of(body, ARTICLE, None) is None
    assert time.process_time() - began < 1.0
