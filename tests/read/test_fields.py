"""Headline, byline, dates, standfirst and canonical address: which of several answers on a page is taken."""

from datetime import UTC, datetime

import pytest

from pipeline.read.byline import clean_names, find_byline
from pipeline.read.canonical import read_canonical_url
from pipeline.read.dates import read_dates
from pipeline.read.headline import read_headline
from pipeline.read.json_repair import load_values
from pipeline.read.page import Page, parse_page
from pipeline.read.structured import read_json_ld, read_microdata
from pipeline.read.text import clean_line

URL = "https://www.selby.example/news/grain"
LATEST = datetime(2025, 6, 1, tzinfo=UTC)


def page_of(head: str = "", body: str = "", url: str = URL) -> Page:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", url)
    assert page is not None
    return page


def ld(json_text: str) -> str:
    return f'<script type="application/ld+json">{json_text}</script>'


def og(name: str, value: str) -> str:
    return f'<meta property="og:{name}" content="{value}">'


def headline_of(page: Page) -> str | None:
    structured = [item for item in (read_json_ld(page), read_microdata(page)) if item]
    found = read_headline(page, structured)
    return found.text if found else None


def published_of(page: Page) -> tuple[str, str] | None:
    structured = [item for item in (read_json_ld(page), read_microdata(page)) if item]
    found = read_dates(page, structured, latest=LATEST, day_first=True).published
    return (found.moment.as_text(), found.source) if found else None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            "<title>Grain ships queue at Selby | Star</title>",
            "<h1>Star</h1><h1>Grain ships queue at Selby</h1>",
        ),
        ("<title>Grain ships queue at Selby - Selby</title>", "<h1>Blog</h1>"),
        (
            og("site_name", "Star") + og("title", "Grain ships queue at Selby | Star"),
            "",
        ),
        (
            og("title", "Grain ships queue at Selby – News"),
            "<h1>Grain ships queue at Selby</h1>",
        ),
        (
            ld('{"@type":"NewsArticle","headline":"Grain ships queue at Selby"}') + "<title>Star</title>",
            "<h1>Star</h1>",
        ),
        ("", "<h1>Grain ships queue at Selby</h1>"),
    ],
)
def test_the_headline_stands_without_the_name_of_the_site(head: str, body: str) -> None:
    assert headline_of(page_of(head, body)) == "Grain ships queue at Selby"


def test_a_dash_within_a_headline_is_no_site_name() -> None:
    page = page_of("<title>Selby – the port that never sleeps</title>", "<h1>Selby – the port that never sleeps</h1>")
    assert headline_of(page) == "Selby – the port that never sleeps"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Tomas Reyl", ("Tomas Reyl",)),
        ("By Tomas Reyl and Anna Brook, transport correspondent", ("Tomas Reyl", "Anna Brook")),
        ("Von Karl Ohm, Lena Weiß und Ida Rau", ("Karl Ohm", "Lena Weiß", "Ida Rau")),
        ("TOMAS REYL (Evening Star)", ("TOMAS REYL",)),
        ("Shen Guolin and Wu Meiru in Luyang", ("Shen Guolin", "Wu Meiru")),
        ("Reyl, Tomas", ("Tomas Reyl",)),
        ("Tomas Reyl | Updated 14:05", ("Tomas Reyl",)),
        ("Tomas Reyl; Anna Brook", ("Tomas Reyl", "Anna Brook")),
        ("Associated Press", ("Associated Press",)),
        ("https://www.facebook.com/selby", ()),
        ("web-desk@selby.example", ()),
        ("(Image: Getty Images)", ()),
        ("admin", ()),
        ("", ()),
    ],
)
def test_names_are_divided_and_stand_without_roles(text: str, names: tuple[str, ...]) -> None:
    assert clean_names([text]) == names


def test_a_person_on_the_page_goes_before_the_publisher_in_structured_data() -> None:
    head = ld(
        '{"@type":"NewsArticle","headline":"x","author":{"@type":"Organization","name":"Star"},"publisher":{"name":"Star"}}'
    )
    body = '<h1>x</h1><div class="byline">By <a href="/reyl">Tomas Reyl</a></div>'
    page = page_of(head, body)
    structured = read_json_ld(page)
    assert structured is not None
    assert find_byline(page, [structured]).names == ("Tomas Reyl",)
    assert find_byline(page_of(head, "<h1>x</h1>"), [structured]).names == ("Star",)


def test_names_in_comments_and_teasers_are_no_byline() -> None:
    body = """<h1>x</h1><div class="comments"><span class="author">Angry Reader</span></div>
    <div class="related-card"><span class="author">Someone Else</span></div>"""
    assert find_byline(page_of("", body), []).names == ()


def test_a_vague_date_gives_way_to_an_exact_one_of_the_same_day() -> None:
    head = ld('{"@type":"NewsArticle","headline":"x","datePublished":"2024-05-03"}')
    body = '<h1>x</h1><time datetime="2024-05-03T10:15:00+02:00">3 May</time>'
    assert published_of(page_of(head, body)) == ("2024-05-03T10:15:00+02:00", "page")


def test_an_exact_date_of_another_day_does_not_replace_the_stated_one() -> None:
    head = ld('{"@type":"NewsArticle","headline":"x","datePublished":"2024-05-03"}')
    body = '<h1>x</h1><time datetime="2024-05-09T10:15:00+02:00">9 May</time>'
    assert published_of(page_of(head, body)) == ("2024-05-03", "json_ld")


def test_a_dateline_near_the_headline_goes_before_dates_elsewhere() -> None:
    body = """<div>Monday 2 June 2025</div><h1>x</h1><div class="info">Posted 3 May 2024, 10:15</div>
    <div class="related"><time datetime="2024-04-01">1 April</time></div><footer>© 2025 Star, 1 January 2025</footer>"""
    assert published_of(page_of("", body)) == ("2024-05-03T10:15:00", "page")


def test_the_address_tells_the_day_where_the_page_does_not() -> None:
    page = page_of("", "<h1>x</h1>", "https://selby.example/2024/05/03/grain.html")
    assert published_of(page) == ("2024-05-03", "url")


def test_updated_is_both_dates_where_it_is_the_only_one() -> None:
    page = page_of("", "<h1>x</h1><p>Updated: 2013-11-15 01:13</p>")
    dates = read_dates(page, [], latest=LATEST, day_first=True)
    assert dates.published is not None
    assert dates.modified is not None
    assert dates.published.moment == dates.modified.moment


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"Grain",}',
        '<!-- {"@type":"NewsArticle","headline":"Grain"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Grain"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Grain"};',
        '{"@type":"NewsArticle",\n"headline":"Grain"} {"@type":"WebSite"}',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Grain&quot;}",
    ],
)
def test_json_that_is_broken_in_a_usual_way_is_mended(text: str) -> None:
    assert load_values(text)[0]["headline"] == "Grain"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "nonsense"])
def test_json_beyond_mending_is_none(text: str) -> None:
    assert load_values(text) == []


def test_the_node_of_this_page_is_chosen_among_teasers() -> None:
    nodes = '[{"@type":"NewsArticle","headline":"Another story","url":"https://www.selby.example/news/other"},'
    nodes += '{"@type":"NewsArticle","headline":"Grain","url":"https://www.selby.example/news/grain/"}]'
    found = read_json_ld(page_of(ld(nodes), "<h1>Something</h1>"))
    assert found is not None
    assert found.headline == "Grain"


@pytest.mark.parametrize(
    ("declared", "url", "expected"),
    [
        (
            "https://www.selby.example/news/grain",
            "https://m.selby.example/amp/grain?utm_source=x",
            "https://www.selby.example/news/grain",
        ),
        ("/news/grain", "https://www.selby.example/amp/grain", "https://www.selby.example/news/grain"),
        (
            "https://www.selby.example/news/grain",
            "http://www.selby.example.localhost:8642/news/grain",
            "https://www.selby.example/news/grain",
        ),
        ("https://other.example/news/grain", URL, URL),
        ("https://www.selby.example/", URL, URL),
        ("javascript:void(0)", URL, URL),
        ("http://[broken", URL, URL),
    ],
)
def test_a_canonical_address_counts_on_its_own_site_only(declared: str, url: str, expected: str) -> None:
    page = page_of(f'<link rel="canonical" href="{declared}">', url=url)
    assert read_canonical_url(page, url) == expected


def test_letters_that_nobody_sees_are_gone_and_the_rest_is_composed() -> None:
    assert clean_line("Wed\u00adnes\u200bday\u00a0 cafe\u0301\x07 \ufeffnow") == "Wednesday café now"
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"
