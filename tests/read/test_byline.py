"""Bylines: names out of texts, and which of several credits on a page is taken."""

import json

import pytest

from pipeline.read.byline import Byline, clean_names, find_byline
from pipeline.read.page import Page, parse_page
from pipeline.read.structured import StructuredArticle, read_json_ld, read_microdata

URL = "https://www.marrowstar.example/news/grain"
HEADLINE = "<h1>Grain ships queue at the port of Selby</h1>"
LONG = f"<p>{'The board met and agreed on a plan for the harbour. ' * 4}</p>"


def page_of(head: str = "", body: str = "", url: str = URL) -> Page:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", url)
    assert page is not None
    return page


def ld(author: object, publisher: str = "Marrow Star") -> str:
    node = {"@type": "NewsArticle", "headline": "Grain", "author": author, "publisher": {"name": publisher}}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(value: str) -> str:
    return f'<meta name="author" content="{value}">'


def byline_of(head: str = "", body: str = "", url: str = URL) -> Byline:
    page = page_of(head, body, url)
    structured = [item for item in (read_json_ld(page), read_microdata(page)) if item]
    return find_byline(page, structured)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Tomas Reyl", ("Tomas Reyl",)),
        ("ByTomas Reyl", ("Tomas Reyl",)),
        ("Written by: Tomas Reyl", ("Tomas Reyl",)),
        ("Ein Gastbeitrag von Karl Ohm", ("Karl Ohm",)),
        ("Von Karl Ohm, Lena Weiß und Ida Rau", ("Karl Ohm", "Lena Weiß", "Ida Rau")),
        ("Par Luc Morin et Ana Petit", ("Luc Morin", "Ana Petit")),
        ("Por Ana Gil y Luis Mar", ("Ana Gil", "Luis Mar")),
        ("di Marco Rossi e Anna Verdi", ("Marco Rossi", "Anna Verdi")),
        ("Door Jan Smit en Piet Bakker", ("Jan Smit", "Piet Bakker")),
        ("Av Nils Berg og Kari Dahl", ("Nils Berg", "Kari Dahl")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Per Hansen", ("Per Hansen",)),
        ("Di Marco", ("Di Marco",)),
        ("TOMAS REYL", ("TOMAS REYL",)),
        ("Tomas Reyl Tomas Reyl", ("Tomas Reyl",)),
        ("Dr. Ida Rau", ("Dr. Ida Rau",)),
        ("Ida Rau, Ph.D.", ("Ida Rau, Ph.D.",)),
        ("Sam Dean, Jr.", ("Sam Dean Jr.",)),
        ("Sam Dean III", ("Sam Dean III",)),
        ("J. K. Reyl", ("J. K. Reyl",)),
        ("Tomas Reyl, Political Editor", ("Tomas Reyl",)),
        ("Tomas Reyl Senior Political Correspondent", ("Tomas Reyl",)),
        ("Staff Writer Tomas Reyl", ("Tomas Reyl",)),
        ("Tomas Reyl in Berlin", ("Tomas Reyl",)),
        ("Tomas Reyl, New York", ("Tomas Reyl",)),
        ("Tomas Reyl, Selby", ("Tomas Reyl",)),
        ("Tomas Reyl, dpa", ("Tomas Reyl", "dpa")),
        ("Tomas Reyl (Reuters)", ("Tomas Reyl",)),
        ("Text: Karl Ohm, Fotos: Ida Rau", ("Karl Ohm",)),
        ("Translated by Ida Rau", ()),
        ("Medically reviewed by Ida Rau", ()),
        ("Tomas Reyl <treyl@star.example>", ("Tomas Reyl",)),
        ("dpa", ("dpa",)),
        ("Institute for Research and Science", ("Institute for Research and Science",)),
        ("Yusuf Yılmaz ve Ayşe Kaya", ("Yusuf Yılmaz", "Ayşe Kaya")),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("山田太郎、佐藤花子", ("山田太郎", "佐藤花子")),
        ("https://www.facebook.com/selby", ()),
        ("wordpress", ()),
        ("Email Tomas Reyl", ()),
        ("site.meta.author.label", ()),
    ],
)
def test_names_come_out_of_a_byline_text_one_by_one(text: str, names: tuple[str, ...]) -> None:
    assert clean_names([text]) == names


def test_people_of_structured_data_are_believed() -> None:
    body = HEADLINE + '<div class="byline">By Ida Rau</div>'
    assert byline_of(ld([{"name": "Tomas Reyl"}, {"name": "Anna Brook"}]), body) == Byline(
        ("Tomas Reyl", "Anna Brook"), (), "json_ld"
    )


def test_a_person_near_the_headline_goes_before_the_publisher() -> None:
    body = HEADLINE + '<div class="byline">By Ida Rau</div>' + LONG
    assert byline_of(ld({"name": "Marrow Star"}), body) == Byline(("Ida Rau",), (), "page")


def test_the_name_of_the_site_is_the_publisher_though_nothing_says_so() -> None:
    body = HEADLINE + '<p><a href="/authors/ida-rau">Ida Rau</a></p>' + LONG
    assert byline_of(meta("MarrowStar"), body).names == ("Ida Rau",)


def test_the_publisher_stands_where_nobody_else_does() -> None:
    assert byline_of(ld({"name": "Marrow Star"}), HEADLINE + LONG) == Byline(("Marrow Star",), (), "json_ld")


def test_an_agency_beside_people_stays_and_the_publisher_does_not() -> None:
    found = byline_of(ld([{"name": "Ida Rau, dpa"}, {"name": "Marrow Star"}]))
    assert found == Byline(("Ida Rau", "dpa"), ("dpa",), "json_ld")


def test_an_agency_alone_is_the_byline_and_gives_way_to_no_teaser() -> None:
    body = HEADLINE + '<span class="author">Ida Rau</span>' + LONG
    assert byline_of(ld({"name": "AFP"}), body) == Byline(("AFP",), ("Agence France-Presse",), "json_ld")


def test_a_desk_gives_way_to_a_byline_near_the_headline_only() -> None:
    near = HEADLINE + '<div class="byline">By Ida Rau</div>' + LONG
    assert byline_of(ld({"name": "Night Desk"}), near).names == ("Ida Rau",)
    assert byline_of(ld({"name": "Night Desk"}), HEADLINE + LONG).names == ("Night Desk",)


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="byline">By Ida Rau and Karl Ohm</div>',
        "<p>By Ida Rau and Karl Ohm</p>",
        "<p><em>By </em><span>Ida Rau and Karl Ohm</span></p>",
        '<span class="author-name">Ida Rau</span><span class="author-name">Karl Ohm</span>',
        '<a rel="author" href="/a">Ida Rau</a>, <a rel="author" href="/b">Karl Ohm</a>',
        '<div class="author">Von <a>Ida Rau</a>, Korrespondentin, <a>Karl Ohm</a> | 3. Mai</div>',
        '<div class="byline">By <a>Ida Rau</a> and <a>Karl Ohm</a> | 3 May | <a>Selby Harbour</a></div>',
        '<div class="author">By <b>Ida Rau</b> &amp; <b>Karl Ohm</b><span>Reviewed by</span><a>Sam Dean</a></div>',
    ],
)
def test_a_byline_on_the_page_is_found_however_it_is_written(byline: str) -> None:
    assert byline_of("", HEADLINE + byline + LONG).names == ("Ida Rau", "Karl Ohm")


@pytest.mark.parametrize(
    "other",
    [
        '<div class="comments"><span class="author">Angry Reader</span></div>',
        '<div class="related"><a rel="author">Someone Else</a></div>',
        '<aside><span class="byline">By Someone Else</span></aside>',
        '<figure><figcaption class="author">Someone Else</figcaption></figure>',
        '<nav><a href="/authors/someone">Someone Else</a></nav>',
        '<div class="author">Photo: Someone Else</div>',
        "<p>By Someone Else the harbour is called a ruin, and much in it speaks for this.</p>",
    ],
)
def test_names_that_are_not_the_authors_are_no_byline(other: str) -> None:
    assert byline_of("", HEADLINE + LONG + other) == Byline((), (), None)


def test_marks_far_from_the_headline_count_only_where_they_agree() -> None:
    box = '<div class="author-name">Ida Rau</div>'
    assert byline_of("", HEADLINE + LONG * 4 + box).names == ("Ida Rau",)
    teasers = box + "<p>x</p>" * 40 + '<h3 class="author-name">Karl Ohm</h3>'
    assert byline_of("", HEADLINE + LONG * 4 + teasers).names == ()


def test_microdata_authors_of_comments_do_not_go_before_the_byline() -> None:
    article = (
        '<div itemscope itemtype="https://schema.org/NewsArticle">'
        f'{HEADLINE}<div class="byline">By Ida Rau</div>{LONG}'
        '<div class="comments"><span itemprop="author">Angry Reader</span></div></div>'
    )
    assert byline_of("", article).names == ("Ida Rau",)


@pytest.mark.parametrize("signature", ["<strong>Ida Rau</strong>", "— Ida Rau", "(Ida Rau)", "Marrow Star / Ida Rau"])
def test_a_signature_under_the_text_goes_before_the_publisher(signature: str) -> None:
    body = f"{HEADLINE}<article>{LONG}{LONG}<p>{signature}</p></article>"
    assert byline_of(ld({"name": "Marrow Star"}), body) == Byline(("Ida Rau",), (), "body")


@pytest.mark.parametrize(
    "line", ["Happy Easter!", "<a href='/x'><b>Learn More</b></a>", "Selby Harbour", "<b>SUBSCRIBE NOW</b>"]
)
def test_other_short_last_lines_are_no_signature(line: str) -> None:
    body = f"{HEADLINE}<article>{LONG}{LONG}<p>{line}</p></article>"
    assert byline_of(ld({"name": "Marrow Star"}), body).names == ("Marrow Star",)


def test_the_address_of_an_authors_page_gives_the_name_where_nothing_else_does() -> None:
    head = '<meta property="article:author" content="https://www.marrowstar.example/author/ida-rau">'
    assert byline_of(head, HEADLINE + LONG).names == ("Ida Rau",)
    assert (
        byline_of('<meta property="article:author" content="https://www.facebook.com/ida-rau">', HEADLINE).names == ()
    )


def test_a_known_source_is_no_author_beside_others() -> None:
    page = page_of(meta("Selby Star; Ida Rau"))
    assert find_byline(page, [], source_name="Selby Star").names == ("Ida Rau",)


@pytest.mark.parametrize(
    "authors",
    [
        ("Ida Rau " * 125_000,),
        tuple(
            f"Ida Rau{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyz'[n // 100 % 6]}" for n in range(10_000)
        ),
        (", ".join(f"Ida R{'abcdefghijklmnopqrstuvwxyz'[n % 26] * (n // 26 + 1)}" for n in range(200)),),
        ("(" * 500_000,),
        (", " * 500_000,),
    ],
    ids=["a megabyte", "ten thousand", "a long list", "brackets", "commas"],
)
@pytest.mark.usefixtures("page_limit")
def test_endless_authors_are_bounded(authors: tuple[str, ...]) -> None:
    found = find_byline(page_of(), [StructuredArticle(origin="json_ld", authors=authors)])
    assert len(found.names) <= 30


@pytest.mark.parametrize(
    "body",
    [
        HEADLINE + "<div class='author'>" * 3_000 + "Ida Rau",
        HEADLINE + "<span class='author'></span>" * 30_000,
        HEADLINE + "<p>By Ida Rau</p>" * 20_000,
        "<h1>Grain ships queue</h1>" * 20_000,
    ],
    ids=["nested", "empty", "repeated", "headlines"],
)
@pytest.mark.usefixtures("page_limit")
def test_hostile_pages_are_searched_within_the_limit_of_a_page(body: str) -> None:
    page = page_of("", body)
    assert len(find_byline(page, []).names) <= 30
