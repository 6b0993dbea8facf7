"""The text finder: what of a page is the article, and when it is not sure of that."""

from collections.abc import Callable

import pytest
from lxml import etree

from pipeline.read.main_text import MainText, read_main_text
from pipeline.read.page import parse_page

SENTENCE = "The harbour board met on Tuesday, and after three hours of talk it put off the vote on paragraph {} again."
HEADLINE = "Harbour board puts off its vote"


def paragraphs(count: int, start: int = 0) -> list[str]:
    return [SENTENCE.format(number) for number in range(start, start + count)]


def in_p(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body: str, *, stated_body: str | None = None, headline: str | None = HEADLINE) -> MainText:
    page = parse_page(f"<html><head><title>x</title></head><body>{body}</body></html>", "http://selby.example/a")
    assert page is not None
    found = read_main_text(page, headline=headline, stated_body=stated_body)
    assert found is not None
    return found


def texts(found: MainText) -> list[str]:
    return [block.text for block in found.blocks]


def test_the_paragraphs_of_a_plain_page_are_the_text_and_sure() -> None:
    wanted = paragraphs(8)
    found = read(
        "<nav><a href='/'>Home</a></nav><div class='story'><h1>Harbour board puts off its vote</h1>"
        f"{in_p(wanted)}</div><footer><p>Selby Courier, all the news of the town since 1901.</p></footer>"
    )
    assert texts(found) == wanted
    assert found.is_sure
    assert found.reason is None


def test_sub_headings_lists_quotes_and_tables_stay_in_order() -> None:
    one, two, three, four = paragraphs(4)
    found = read(
        f"<article><p>{one}</p><p>{two}</p><h2>What comes next</h2><ul><li>A new date</li><li>A new chair</li></ul>"
        f"<blockquote><p>We are tired.</p></blockquote><p>{three}</p><table><tr><td>Yes</td><td>4</td></tr>"
        f"<tr><td>No</td><td>9</td></tr></table><p>{four}</p></article>"
    )
    assert [(block.text, block.kind) for block in found.blocks] == [
        (one, "text"),
        (two, "text"),
        ("What comes next", "heading"),
        ("A new date", "item"),
        ("A new chair", "item"),
        ("We are tired.", "text"),
        (three, "text"),
        ("Yes | 4", "row"),
        ("No | 9", "row"),
        (four, "text"),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "<aside><p>Once a week we write to our readers about the harbour.</p></aside>",
        "<div class='newsletter-box'><p>Once a week we write to our readers about the harbour.</p></div>",
        "<figure><img src='a.jpg'><figcaption>The pier, seen from the north in May.</figcaption></figure>",
        "<div><img src='a.jpg'><span>The pier, seen from the north in May.</span></div>",
        "<ul><li><a href='/1'>Ferry fares rise again</a></li><li><a href='/2'>Lighthouse for sale</a></li></ul>",
        "<div><h3><a href='/1'>Ferry fares rise by a tenth in spring</a></h3><span>3 May</span></div>",
        "<p><a href='/1'>Ferry fares rise by a tenth in spring</a></p>",
        "<p>Lisez aussi : <a href='/1'>Ferry fares rise by a tenth in spring</a></p>",
        "<div>4 min</div>",
        "<script>var text = 'The harbour board met, and the board put it off, and so on and on.';</script>",
        "<p hidden>The harbour board is not to be seen in this paragraph, which nobody is shown.</p>",
    ],
)
def test_furniture_between_paragraphs_is_left_out(furniture: str) -> None:
    before, after = paragraphs(4), paragraphs(4, start=4)
    found = read(f"<article><h1>{HEADLINE}</h1>{in_p(before)}{furniture}{in_p(after)}</article>")
    assert texts(found) == before + after


def test_a_link_inside_a_sentence_stays() -> None:
    linked = (
        "The board, whose <a class='menu' href='/b'>minutes are public</a>, meets again in the second week of June."
    )
    found = read(f"<article>{in_p(paragraphs(4))}<p>{linked}</p>{in_p(paragraphs(2, start=4))}</article>")
    assert "The board, whose minutes are public, meets again in the second week of June." in texts(found)


def test_line_breaks_divide_the_paragraphs_of_a_page_without_any() -> None:
    wanted = paragraphs(6)
    found = read(f"<table><tr><td><font>{'<br><br>'.join(wanted)}</font></td></tr></table>")
    assert texts(found) == wanted


def test_boxes_may_be_the_paragraphs() -> None:
    wanted = paragraphs(6)
    assert texts(read("<div>" + "".join(f"<div>{text}</div>" for text in wanted) + "</div>")) == wanted


def test_text_that_is_interrupted_by_an_advertisement_is_read_to_its_end() -> None:
    one, two, three = paragraphs(4), paragraphs(4, start=4), paragraphs(4, start=8)
    found = read(
        f"<div id='c'><div>{in_p(one)}</div><div class='ad-slot'>Buy</div><div>{in_p(two)}</div>"
        f"<div class='ad-slot'>Buy</div><div>{in_p(three)}</div></div>"
    )
    assert texts(found) == one + two + three


def test_comments_are_not_the_article_even_if_they_are_longer() -> None:
    wanted, comments = paragraphs(6), paragraphs(9, start=20)
    found = read(f"<article><h1>{HEADLINE}</h1>{in_p(wanted)}</article><div id='comments'>{in_p(comments)}</div>")
    assert texts(found) == wanted


def test_a_layout_that_is_named_after_its_furniture_keeps_its_text() -> None:
    wanted = paragraphs(6)
    found = read(f"<div class='content related modal'><h1>{HEADLINE}</h1>{in_p(wanted)}</div>")
    assert texts(found) == wanted


def test_the_marked_text_wins_over_what_stands_around_it() -> None:
    wanted = paragraphs(6)
    teasers = "".join(f"<div><p>{text}</p></div>" for text in paragraphs(4, start=30))
    found = read(f"<div><div itemprop='articleBody'>{in_p(wanted)}</div><div>{teasers}</div></div>")
    assert texts(found) == wanted


def test_a_question_that_an_interview_repeats_stays() -> None:
    question = "And what did you do on the morning after that?"
    rows = [f"<p>{question}</p><p>{text}</p>" for text in paragraphs(5)]
    assert texts(read(f"<article>{''.join(rows)}</article>")).count(question) == 5


def test_a_second_copy_of_the_text_is_left_out() -> None:
    wanted = paragraphs(5)
    found = read(f"<div><div class='wide'>{in_p([*wanted, 'And that was that.'])}</div><div>{in_p(wanted)}</div></div>")
    assert texts(found) == [*wanted, "And that was that."]


def test_an_unspaced_script_is_weighed_as_text() -> None:
    wanted = [f"港湾委員会は火曜日に会合を開き、第{number}号議案の採決を見送った。" for number in range(20)]
    found = read(f"<div class='story'>{in_p(wanted)}</div>")
    assert texts(found) == wanted
    assert found.is_sure


def test_paragraphs_beside_the_box_that_holds_most_of_them_belong_to_the_text() -> None:
    before, inside, after = paragraphs(2), paragraphs(8, start=2), paragraphs(2, start=10)
    found = read(f"<div><div>{in_p(before)}<div>{in_p(inside)}</div>{in_p(after)}</div></div>")
    assert texts(found) == before + inside + after


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<article>{in_p(paragraphs(3))}</article>", "little text"),
        (
            f"<div><div>{in_p(paragraphs(9))}</div><div><em>x</em><div><ul>"
            + "".join(f"<li>{text}</li>" for text in paragraphs(4, start=50))
            + "</ul></div>"
            + "<h4>Ferry fares rise by a tenth in spring, and the lighthouse is for sale</h4>" * 8
            + "</div></div>",
            "running text outside of it",
        ),
        (
            "<article>" + "".join(f"<p>{text}</p><h3>{text[:60]}</h3>" for text in paragraphs(8)) + "</article>",
            "many headings",
        ),
    ],
)
def test_doubt_is_said_with_its_reason(body: str, reason: str) -> None:
    found = read(body)
    assert not found.is_sure
    assert found.reason == reason


def test_a_longer_text_in_structured_data_raises_doubt() -> None:
    body = f"<article>{in_p(paragraphs(8))}</article>"
    assert read(body, stated_body=" ".join(paragraphs(8))).is_sure
    assert read(body, stated_body=" ".join(paragraphs(20))).reason == "structured data states more text"


@pytest.mark.parametrize(
    "body", ["", "<p></p>", "<ul><li><a href='/'>Home</a></li></ul>", "<script>" + "a, b. " * 99 + "</script>"]
)
def test_a_page_without_running_text_has_none(body: str) -> None:
    page = parse_page(f"<html><body>{body}</body></html>", "http://selby.example/a")
    assert page is not None
    assert read_main_text(page, headline=None, stated_body=None) is None


def test_the_tree_is_left_as_it_is() -> None:
    page = parse_page(
        f"<body><div class='newsletter'>x</div><article>{in_p(paragraphs(6))}</article></body>", "http://s.example/"
    )
    assert page is not None
    before = etree.tostring(page.tree)
    read_main_text(page, headline=HEADLINE, stated_body=None)
    assert etree.tostring(page.tree) == before


LINK_LINE = "<p><a href='/x'>Ferry fares rise by a tenth in spring</a></p>"
HOSTILE: dict[str, Callable[[int], str]] = {
    "many paragraphs": lambda n: "".join(f"<p>{SENTENCE}</p>" for _ in range(6_000 * n)),
    "many links": lambda n: "<div>" + LINK_LINE * (4_000 * n) + "</div>" + in_p(paragraphs(6)),
    "one long paragraph": lambda n: f"<p>{SENTENCE * (4_000 * n)}</p>",
    "deep": lambda n: ("<div>" * 120 + f"<p>{SENTENCE}</p>" * 5 + "</div>" * 120) * (20 * n),
    "many line breaks": lambda n: "<div>" + f"{SENTENCE}<br>" * (5_000 * n) + "</div>",
    "one wide row": lambda n: f"<table><tr>{f'<td>{SENTENCE}</td>' * (5_000 * n)}</tr></table>",
    "many boxes": lambda n: f"<div class='related'><div><img src='a'>{SENTENCE}</div></div>" * (2_500 * n),
}


@pytest.mark.usefixtures("page_limit")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_is_searched_within_the_limit_of_a_page(kind: str) -> None:
    page = parse_page(f"<html><body>{HOSTILE[kind](4)}</body></html>", "http://selby.example/a")
    assert page is not None
    found = read_main_text(page, headline=HEADLINE, stated_body=None)
    assert found is None or all(block.text for block in found.blocks)
