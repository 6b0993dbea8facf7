"""What is a standfirst, what is none, and what leaves the text with it."""

from pipeline.read.blocks import Block
from pipeline.read.page import parse_page
from pipeline.read.standfirst import Standfirst, find_standfirst
from pipeline.read.structured import StructuredArticle

HEADLINE = "Grain ships queue at Selby"
LEAD = "Forty ships lie off the harbour since the crane crews walked out on Monday."
FIRST = "Tomas Reyl has counted the ships from his kitchen window every morning of the strike at the port."
SECOND = "The harbour master says that two of them have been there for nine days, with grain on board."
THIRD = "Talks between the crews and the port go on tonight, and nobody expects them to be short this time."
BLOCKS = tuple(Block(text, "p") for text in (FIRST, SECOND, THIRD))
TEXT = "".join(f"<p>{block.text}</p>" for block in BLOCKS)


def found_in(
    body: str, blocks: tuple[Block, ...] = BLOCKS, *, head: str = "", description: str | None = None
) -> Standfirst:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", "https://selby.example/grain")
    assert page is not None
    structured = [StructuredArticle(origin="json_ld", description=description)] if description else []
    return find_standfirst(page, structured, HEADLINE, blocks)


def og(text: str) -> str:
    return f'<meta property="og:description" content="{text}">'


def test_a_marked_element_under_the_headline_is_the_standfirst_and_leaves_the_text() -> None:
    body = f"<h1>{HEADLINE}</h1><p class='article-lead'>{LEAD}</p>{TEXT}"
    found = found_in(body, (Block(LEAD, "p"), *BLOCKS), description="Something else that an editor wrote of it all.")
    assert found == Standfirst(LEAD, "page", BLOCKS)


def test_marks_in_links_lists_and_boxes_do_not_count() -> None:
    for box in ("<a href='/x'>{}</a>", "<li>{}</li>", "<aside>{}</aside>", "<div class='newsletter-box'>{}</div>"):
        teaser = box.format("<span class='intro'>Get the best of the harbour in your inbox</span>")
        assert found_in(f"<h1>{HEADLINE}</h1>{teaser}{TEXT}").text is None


def test_marks_after_the_text_has_begun_do_not_count() -> None:
    long = "".join(f"<p>{block.text * 2}</p>" for block in BLOCKS)
    body = f"<h1>{HEADLINE}</h1>{long}<div class='summary'>What else happened in Selby</div>"
    assert found_in(body).text is None


def test_marks_before_the_headline_do_not_count() -> None:
    assert found_in(f"<p class='intro'>Welcome to the Star of Selby</p><h1>{HEADLINE}</h1>{TEXT}").text is None


def test_a_paragraph_set_apart_under_the_headline_is_the_standfirst() -> None:
    body = f"<header><h1>{HEADLINE}</h1><p>{LEAD}</p></header><div>{TEXT}</div>"
    more = (*BLOCKS, Block(THIRD + " More.", "p"))
    assert found_in(body, (Block(LEAD, "p"), *more)) == Standfirst(LEAD, "page", more)


def test_the_first_paragraph_among_the_others_is_none() -> None:
    assert found_in(f"<h1>{HEADLINE}</h1>{TEXT}") == Standfirst(None, None, BLOCKS)


def test_a_description_that_is_shown_apart_from_the_text_is_the_standfirst() -> None:
    body = f"<h1>{HEADLINE}</h1><div class='x1'><p>Selby. {LEAD}</p></div><div class='x2'>{TEXT}</div>"
    found = found_in(body, (Block(f"Selby. {LEAD}", "p"), *BLOCKS), head=og(LEAD))
    assert found == Standfirst(f"Selby. {LEAD}", "page", BLOCKS)


def test_a_description_that_is_the_first_paragraph_is_none() -> None:
    assert found_in(f"<h1>{HEADLINE}</h1>{TEXT}", head=og(FIRST)) == Standfirst(None, None, BLOCKS)


def test_a_description_that_an_editor_wrote_is_the_standfirst() -> None:
    assert found_in(f"<h1>{HEADLINE}</h1>{TEXT}", description=LEAD) == Standfirst(LEAD, "json_ld", BLOCKS)
    assert found_in(f"<h1>{HEADLINE}</h1>{TEXT}", head=og(LEAD)) == Standfirst(LEAD, "meta", BLOCKS)


def test_a_caption_is_no_standfirst() -> None:
    caption = "Crane crews at the gate of the port of Selby on Monday morning."
    body = f"<h1>{HEADLINE}</h1><figure><img src='a.jpg'><figcaption>{caption} Photo: Reyl</figcaption></figure>{TEXT}"
    assert found_in(body, description=caption, head=og(LEAD)).text == LEAD
    body = f"<h1>{HEADLINE}</h1><img src='a.jpg' alt='{caption}'>{TEXT}"
    assert found_in(body, description=caption).text is None


def test_a_text_that_was_cut_is_no_standfirst() -> None:
    assert found_in(f"<h1>{HEADLINE}</h1>{TEXT}", description="Forty ships lie off the harbour since...").text is None
    over_two_paragraphs = f"{FIRST} {SECOND[:40]}"
    assert found_in(f"<h1>{HEADLINE}</h1>{TEXT}", description=over_two_paragraphs).text is None


def test_the_motto_of_the_site_is_no_standfirst() -> None:
    assert found_in(f"<h1>{HEADLINE}</h1>{TEXT}", head=og("Fresh stories, sharp opinions, every day")).text is None


def test_the_headline_again_is_no_standfirst() -> None:
    body = f"<h1>{HEADLINE}</h1><p class='subtitle'>{HEADLINE}</p>{TEXT}"
    assert found_in(body, description=f"{HEADLINE}!").text is None


def test_a_sub_heading_between_the_tools_and_the_box_of_the_text_is_one() -> None:
    lead = "Ferries return to the river after a winter of repairs"
    text = ["The first ferry left the quay at six with forty people on board and a brass band on the pier."] * 1
    text += [f"Passenger number {n} said that the bridge had been a long way round all winter." for n in range(4)]
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    body = (
        "<div><h1>River ferries are back</h1><div class='info'>By Ann Byrne</div><div class='tools'>Print</div>"
        f"<h2 class='sub'>{lead}</h2><div id='content'>{paragraphs}</div></div>"
    )
    page = parse_page(f"<html><head></head><body>{body}</body></html>", "https://selby.example/ferry")
    assert page is not None
    found = find_standfirst(page, [], "River ferries are back", [Block(paragraph) for paragraph in text])
    assert (found.text, found.source) == (lead, "page")


def test_a_sub_heading_of_the_text_itself_is_none() -> None:
    text = [f"Passenger number {n} said that the bridge had been a long way round all winter." for n in range(6)]
    body = (
        f"<div><h1>River ferries are back</h1><p>{text[0]}</p><h2>What the passengers say of it</h2>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in text[1:])
        + "</div>"
    )
    page = parse_page(f"<html><head></head><body>{body}</body></html>", "https://selby.example/ferry")
    assert page is not None
    assert find_standfirst(page, [], "River ferries are back", [Block(paragraph) for paragraph in text]).text is None
