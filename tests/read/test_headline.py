"""Which of several forms of a headline is taken, and what is cut from it."""

import pytest

from pipeline.read.headline import Headline, read_headline
from pipeline.read.headline_choice import Forms, choose
from pipeline.read.page import parse_page
from pipeline.read.structured import StructuredArticle

URL = "https://www.selby-star.example/business/grain"
QUEUE = "Grain ships queue at Selby as crews walk out"


def headline_of(
    head: str = "", body: str = "", *, json_ld: str | None = None, url: str = URL, source_name: str | None = None
) -> Headline | None:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", url)
    assert page is not None
    structured = [StructuredArticle(origin="json_ld", headline=json_ld)] if json_ld else []
    return read_headline(page, structured, source_name=source_name)


def text_of(head: str = "", body: str = "", **known: str) -> str | None:
    found = headline_of(head, body, **known)  # type: ignore[arg-type]  # the cases give strings only
    return found.text if found else None


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


@pytest.mark.parametrize(
    ("title", "known"),
    [
        (f"{QUEUE} | Selby Star", {}),
        (f"{QUEUE} - Selby Star Online", {"source_name": "The Selby Star"}),
        (f"{QUEUE} | Business | Selby Star", {}),
        (f"{QUEUE} « The Evening Post", {"source_name": "Evening Post"}),
        (f"{QUEUE} | EP", {"source_name": "Evening Post"}),
        (f"{QUEUE} – selby-star.example", {}),
    ],
)
def test_the_site_and_the_section_are_cut_from_the_title(title: str, known: dict[str, str]) -> None:
    assert text_of(f"<title>{title}</title>", **known) == QUEUE


@pytest.mark.parametrize(
    "title",
    [
        "Mayor Reyl - the man who closed the port",
        "Harbour strike | What we know",
        "Selby: the port that never sleeps",
        "Star: how a trawler got its name",
    ],
)
def test_half_of_a_headline_behind_a_separator_stays(title: str) -> None:
    assert text_of(f"<title>{title}</title>", url="https://news.example/x") == title


def test_a_short_heading_does_not_shorten_a_headline_that_begins_with_it() -> None:
    whole = "Reyl – the harbour master who said no to everyone"
    assert text_of(f"<title>Portrait</title>{og('Reyl')}", "<h1>Reyl</h1>", json_ld=whole) == whole


def test_json_ld_goes_first_where_nothing_speaks_against_it() -> None:
    found = headline_of(og("Selby: crews walk out"), "<h1>Crews walk out at Selby</h1>", json_ld=QUEUE)
    assert found is not None
    assert (found.text, found.source) == (QUEUE, "json_ld")


def test_json_ld_that_repeats_the_title_gives_way_to_the_heading() -> None:
    seo = "Selby strike 2025: grain ships, crews, latest"
    found = headline_of(f"<title>{seo}</title>" + og(seo), f"<h1>{QUEUE}, 2025 latest strike</h1>", json_ld=seo)
    assert found is not None
    assert (found.text, found.source) == (f"{QUEUE}, 2025 latest strike", "page")


def test_a_heading_with_one_word_mended_does_not_make_json_ld_a_title_for_search_machines() -> None:
    stated = "Nine grain ships queue at Selby as the crews walk out on Monday"
    mended = stated.replace("Nine", "Eleven")
    forms = Forms(json_ld=stated, title=stated, open_graph=stated, heading=mended)
    assert choose(forms) == (stated, "json_ld")


def test_a_heading_without_the_kicker_does_not_replace_the_headline_with_it() -> None:
    full = "Strike: grain ships queue at Selby"
    head = f"<title>{full}</title>" + og(full)
    assert text_of(head, "<h1>Grain ships queue at Selby</h1>", json_ld=full) == full


def test_a_heading_that_speaks_of_something_else_is_not_the_headline() -> None:
    assert text_of(f"<title>{QUEUE}</title>", "<h1>Harbour diary</h1>", json_ld=QUEUE) == QUEUE


def test_a_title_set_apart_that_og_title_confirms_goes_before_a_hidden_h1() -> None:
    head = f"<title>Selby strike news: ships, crews</title>{og(QUEUE)}"
    body = f"<h1>Selby strike news: ships, crews</h1><h2 class='entry-title'>{QUEUE}</h2>"
    assert text_of(head, body, json_ld="Selby strike news: ships, crews") == QUEUE


def test_og_title_in_a_list_of_links_confirms_nothing() -> None:
    head = f"<title>Crews walk out at Selby</title>{og(QUEUE)}"
    body = f"<h1>Crews walk out at Selby</h1><ul><li><a href='/x'><span class='title'>{QUEUE}</span></a></li></ul>"
    assert text_of(head, body, json_ld="Crews walk out at Selby") == "Crews walk out at Selby"


def test_og_title_that_stands_alone_against_one_template_is_the_headline() -> None:
    forms = Forms(json_ld="A b c", heading="A b c", open_graph="D e f", title="A b c", twitter="A b c")
    assert choose(forms) == ("D e f", "meta")
    assert choose(Forms(json_ld="A b c", heading="A b c", open_graph="D e f", title="D e f")) == ("A b c", "json_ld")


def test_of_two_spellings_the_usual_one_is_taken() -> None:
    forms = Forms(json_ld="Strike - ships wait", open_graph="Strike: ships wait", title="Strike: ships wait")
    assert choose(forms) == ("Strike: ships wait", "json_ld")


@pytest.mark.parametrize("cut", ["Grain ships queue at Selby as...", "Grain ships queue at Selby as …"])
def test_a_form_that_was_cut_gives_way_to_the_whole(cut: str) -> None:
    assert choose(Forms(json_ld=cut, heading=QUEUE)) == (QUEUE, "page")


def test_a_form_cut_at_the_limit_of_110_characters_gives_way_to_the_whole() -> None:
    whole = "Grain ships queue " * 8
    assert choose(Forms(json_ld=whole[:110], open_graph=whole.strip())) == (whole.strip(), "meta")


def test_an_ellipsis_that_no_form_continues_stays() -> None:
    assert choose(Forms(json_ld="And then came the crane…", heading="Harbour")) == (
        "And then came the crane…",
        "json_ld",
    )


def test_kicker_and_byline_in_the_h1_stay_out_where_another_form_shows_the_headline_alone() -> None:
    body = f"<h1><span>Port</span><span>{QUEUE}</span><span>Posted by Reyl</span></h1>"
    assert text_of(og(QUEUE), body) == QUEUE


def test_a_kicker_glued_to_the_headline_gets_its_space() -> None:
    body = f"<h1><span>Strike in Selby</span><span> :{QUEUE}</span></h1>"
    assert text_of("", body) == f"Strike in Selby: {QUEUE}"


def test_of_several_h1_the_one_that_the_title_knows_is_taken() -> None:
    body = f"<h1>Selby Star</h1><h1>Menu and search</h1><h1>{QUEUE}</h1>"
    assert text_of(f"<title>{QUEUE} now | Selby Star</title>", body) == QUEUE


def test_without_an_h1_the_marked_title_tells_where_the_site_begins() -> None:
    body = f"<div class='post-title'>{QUEUE}</div>"
    assert text_of(f"<title>{QUEUE} | Harbour Times Group</title>", body) == QUEUE


def test_every_form_is_kept_for_those_who_need_them() -> None:
    found = headline_of(og("Crews out") + "<title>Out | Star</title>", "<h1>Selby crews out</h1>", json_ld=QUEUE)
    assert found is not None
    assert found.forms == (QUEUE, "Crews out", "Selby crews out", "Out | Star")


def test_the_feed_is_the_last_resort() -> None:
    page = parse_page("<html><body><p>text</p></body></html>", URL)
    assert page is not None
    assert read_headline(page, [], QUEUE) == Headline(QUEUE, "feed", ())
    assert read_headline(page, []) is None


def test_an_address_that_is_none_leaves_the_headline_readable() -> None:
    assert text_of(f"<title>{QUEUE}</title>", url="http://[broken") == QUEUE
