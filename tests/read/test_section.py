"""The section under which an article is filed, and its keywords."""

import pytest

from pipeline.read.keywords import read_keywords
from pipeline.read.page import Page, parse_page
from pipeline.read.section import find_section
from pipeline.read.structured import StructuredArticle

HEADLINE = "Grain ships queue at Selby"
URL = "https://selby-star.example/n/123"


def page_of(head: str = "", body: str = "", url: str = URL) -> Page:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", url)
    assert page is not None
    return page


def stated(section: str | None = None, *breadcrumbs: str) -> list[StructuredArticle]:
    return [StructuredArticle(origin="json_ld", section=section, breadcrumbs=breadcrumbs)]


def test_the_stated_section_goes_first() -> None:
    page = page_of('<meta property="article:section" content="Trade">')
    assert find_section(page, stated("Business", "Home", "Economy"), HEADLINE) == ("Business", "json_ld")
    assert find_section(page, [], HEADLINE) == ("Trade", "meta")


@pytest.mark.parametrize(
    "trail",
    [
        ("Startseite", "Wirtschaft", "Häfen"),
        ("Home", "Häfen", HEADLINE),
        ("Selby Star", "Häfen"),
        ("Häfen", "News"),
    ],
)
def test_the_last_step_of_the_trail_that_says_something_is_the_section(trail: tuple[str, ...]) -> None:
    page = page_of('<meta property="og:site_name" content="Selby Star">')
    assert find_section(page, stated(None, *trail), HEADLINE) == ("Häfen", "json_ld")


def test_a_trail_on_the_page_is_read_from_its_links() -> None:
    body = f"""<nav class="breadcrumbs"><a href="/">Home</a> <a href="/e">Economy</a> <a href="/e/p">Ports</a></nav>
    <h1>{HEADLINE}</h1>"""
    assert find_section(page_of("", body), [], HEADLINE) == ("Ports", "page")


def test_a_slug_is_spelled_as_a_name() -> None:
    assert find_section(page_of(), stated("espana", "Home", "España", "Sevilla"), HEADLINE)[0] == "España"
    assert find_section(page_of(), stated("public-service"), HEADLINE)[0] == "Public service"
    assert find_section(page_of(), stated("life"), HEADLINE)[0] == "Life"
    assert find_section(page_of(), stated("news_news", "Home", "World"), HEADLINE)[0] == "World"


def test_a_name_that_says_nothing_counts_last() -> None:
    page = page_of("", f'<div class="breadcrumb"><a href="/p">Ports</a></div><h1>{HEADLINE}</h1>')
    assert find_section(page, stated("News"), HEADLINE) == ("Ports", "page")
    assert find_section(page_of(), stated("News"), HEADLINE) == ("News", "json_ld")


@pytest.mark.parametrize("text", ["https://selby.example/ports", "/ports/", "2025", "{{section}}", HEADLINE, "Home"])
def test_what_is_no_name_is_no_section(text: str) -> None:
    assert find_section(page_of(), stated(text), HEADLINE) == (None, None)


def test_of_a_list_in_one_text_the_first_counts() -> None:
    assert find_section(page_of(), stated("Ports,Trade,Selby"), HEADLINE)[0] == "Ports"
    assert find_section(page_of(), stated("Ports, Trade and Sea"), HEADLINE)[0] == "Ports, Trade and Sea"


def test_the_kicker_at_the_headline_is_the_section_where_nothing_else_is_said() -> None:
    body = f'<header><span class="kicker">Ports</span><h1>{HEADLINE}</h1></header>'
    assert find_section(page_of("", body), [], HEADLINE) == ("Ports", "page")
    assert find_section(page_of("", body), stated("News"), HEADLINE) == ("News", "json_ld")


def test_a_kicker_of_another_article_is_not_ours() -> None:
    body = f'<article><h1>{HEADLINE}</h1></article><div><div><div><div><div><span class="kicker">Zoo</span>'
    assert find_section(page_of("", body), [], HEADLINE) == (None, None)


def test_the_address_is_asked_last_and_only_for_a_sections_name() -> None:
    assert find_section(page_of(url="https://x.example/politics/grain-ships"), [], HEADLINE) == ("Politics", "url")
    assert find_section(page_of(url="https://x.example/amp/sport/grain"), [], HEADLINE) == ("Sport", "url")
    assert find_section(page_of(url="https://x.example/grain-ships/today"), [], HEADLINE) == (None, None)
    assert find_section(page_of(url="https://x.example/sport"), [], HEADLINE) == (None, None)


def words_of(head: str = "", *words: str) -> tuple[str, ...]:
    return read_keywords(page_of(head), [StructuredArticle(origin="json_ld", keywords=words)])


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def test_keywords_stand_once_and_in_order() -> None:
    assert words_of("", "Grain", "Selby", "grain", "Ports, Harbours") == ("Grain", "Selby", "Ports, Harbours")
    assert words_of(meta("keywords", "Grain, Selby; grain，Ports")) == ("Grain", "Selby", "Ports")


def test_what_a_content_system_adds_for_itself_is_no_keyword() -> None:
    added = (
        "https://selby.example/grain",
        "selby-star.example.com",
        "20071234",
        "1f0c2d3e-0a1b-4c5d-8e9f-00112233aabb",
    )
    assert words_of("", "Grain", *added, "site:main", "", "Category: Ports") == ("Grain", "Ports")


def test_the_first_list_counts() -> None:
    head = meta("news_keywords", "Selby, strike") + meta("keywords", "buy, cheap, grain")
    assert words_of(head, "Grain") == ("Grain",)
    assert words_of(head) == ("Selby", "strike")
    assert words_of('<meta property="article:tag" content="Ports"><meta property="article:tag" content="Grain">') == (
        "Ports",
        "Grain",
    )


def test_a_list_that_lost_its_commas_gives_way_to_one_that_has_them() -> None:
    head = meta("keywords", "Grain,Port of Selby,Tomas Reyl,Strike")
    assert words_of(head, "Grain Strike Tomas Reyl Port of Selby") == ("Grain", "Port of Selby", "Tomas Reyl", "Strike")


def test_forty_keywords_are_enough() -> None:
    assert len(words_of("", *(f"word {number}" for number in range(99)))) == 40
