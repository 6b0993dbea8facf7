"""The pages that a site divides an article into become one article again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.read.joined_pages import join_pages
from pipeline.read.page_reading import PageReading
from pipeline.records import Image
from pipeline.statuses import ArticleStatus

URL = "https://lantern.example/2026/03/the-lighthouse-keeper"
HEADLINE = "The last keeper of Tarn Point comes ashore"
LEAD = "For forty winters a man and his lamp stood between the shipping lane and the reef at Tarn Point."
KEEPER = "The keeper, who never learned to swim, says that the silence was harder than the storms."
LAMP = "The lamp was switched to electricity in the year of the great flood, against his advice."
BOAT = "A supply boat came on Tuesdays, when the swell allowed it, with bread and newspapers."
REEF = "Since the reef was charted anew, ships keep two miles further out and need no lamp."
HOUSE = "The house beside the tower is to become a hostel for people who walk along the coast."
AUTHOR = "Marit Solheim writes about the coast and those who live on it for this newspaper."


def page(number: int = 1, *paragraphs: str, **more: Any) -> PageReading:
    given: dict[str, Any] = {
        "status": ArticleStatus.NEW,
        "url": URL if number == 1 else f"{URL}/{number}",
        "canonical_url": URL,
        "headline": HEADLINE,
        "body": "\n\n".join(paragraphs) or None,
    }
    return PageReading(**given | more)


def joined_body(*pages: PageReading) -> list[str]:
    return (join_pages(pages[0], pages[1:]).body or "").split("\n\n")


def test_the_text_of_all_pages_stands_in_their_order() -> None:
    joined = join_pages(page(1, LEAD, KEEPER), [page(2, LAMP, BOAT), page(3, REEF)])
    assert joined.body == f"{LEAD}\n\n{KEEPER}\n\n{LAMP}\n\n{BOAT}\n\n{REEF}"
    assert joined.page_count == 3
    assert (joined.url, joined.canonical_url, joined.headline) == (URL, URL, HEADLINE)


def test_an_article_of_one_page_stays_as_it_is() -> None:
    first = page(1, LEAD, "Page 1: a heading", KEEPER)
    assert join_pages(first, []) == first


def test_a_lead_that_every_page_says_again_stands_once() -> None:
    assert joined_body(page(1, LEAD, KEEPER), page(2, LEAD, LAMP), page(3, LEAD, REEF)) == [LEAD, KEEPER, LAMP, REEF]


def test_headline_and_standfirst_are_no_text_of_a_further_page() -> None:
    first = page(1, LEAD, KEEPER, standfirst=BOAT)
    assert joined_body(first, page(2, HEADLINE, BOAT, LAMP, REEF)) == [LEAD, KEEPER, LAMP, REEF]


def test_the_note_about_the_author_stands_behind_the_whole() -> None:
    assert joined_body(page(1, LEAD, KEEPER, AUTHOR), page(2, LAMP, BOAT, AUTHOR), page(3, REEF, AUTHOR)) == [
        LEAD, KEEPER, LAMP, BOAT, REEF, AUTHOR,
    ]  # fmt: skip


def test_a_short_answer_may_be_given_on_two_pages() -> None:
    pages = page(1, LEAD, "No.", KEEPER), page(2, LAMP, "No.", REEF)
    assert joined_body(*pages) == [LEAD, "No.", KEEPER, LAMP, "No.", REEF]


@pytest.mark.parametrize(
    "line",
    [
        "Page 2 of 4", "Seite 2 von 4", "Page 2/4", "Next page", "Next page »", "« Zurück | Weiter »", "1 2 3 4",
        "Continued on page 2", "Continued from page 1", "Lesen Sie weiter auf Seite 2", "Fortsetzung auf Seite 2",
        "Lire la suite page 2", "Continúa en la página 2", "Auf einer Seite lesen", "View as single page", "第2页",
        "Страница 2 из 4", "Page 3: What the storms took", "下一页",
    ],
)  # fmt: skip
def test_lines_that_turn_the_page_are_no_text(line: str) -> None:
    assert joined_body(page(1, LEAD, KEEPER, line), page(2, line, LAMP, BOAT, line)) == [LEAD, KEEPER, LAMP, BOAT]


@pytest.mark.parametrize(
    "line", ["The story continued.", "2026", "Read the full story", "On the way back", "An article"]
)
def test_short_lines_that_turn_no_page_stay(line: str) -> None:
    assert joined_body(page(1, LEAD, KEEPER), page(2, LAMP, line, REEF)) == [LEAD, KEEPER, LAMP, line, REEF]


def test_the_heading_of_a_page_stays_without_its_number() -> None:
    second = page(2, "Seite 2: Der Leuchtturm", LAMP, headline="Seite 2: Der Leuchtturm")
    assert joined_body(page(1, LEAD, "Page 2: Der Leuchtturm"), second) == [LEAD, "Der Leuchtturm", LAMP]


@pytest.mark.parametrize(
    ("end", "beginning", "sentence"),
    [
        ("He rowed out alone,", "and came back with two.", "He rowed out alone, and came back with two."),
        ("The harbour master", "said nothing.", "The harbour master said nothing."),
        ("The light went …", "… out before noon.", "The light went out before noon."),
        ("The light went...", "...out before noon.", "The light went out before noon."),
    ],
)
def test_a_sentence_that_the_end_of_a_page_broke_goes_on(end: str, beginning: str, sentence: str) -> None:
    assert joined_body(page(1, LEAD, end, "Continued on page 2"), page(2, beginning, REEF)) == [LEAD, sentence, REEF]


@pytest.mark.parametrize(
    ("end", "beginning"), [("He rowed out.", "iron was scarce."), ("The boats", "The nets were dry.")]
)
def test_two_sentences_are_not_made_one(end: str, beginning: str) -> None:
    assert joined_body(page(1, LEAD, end), page(2, beginning, REEF)) == [LEAD, end, beginning, REEF]


def test_a_page_that_says_the_same_again_is_left_out() -> None:
    first = page(1, LEAD, KEEPER, LAMP)
    joined = join_pages(first, [page(2, LEAD, KEEPER, LAMP, "Share this")])
    assert joined == first
    assert join_pages(first, [page(2, LEAD, KEEPER, LAMP), page(3, REEF)]).page_count == 2


@pytest.mark.parametrize("status", ["soft_404", "consent_wall", "quarantined", "no_article"])
def test_a_page_in_which_nothing_is_read_is_left_out_and_the_rest_goes_on(status: str) -> None:
    words = "This page could not be found, but there is much more to read on our front page."
    lost = page(2, words, status=ArticleStatus(status), headline=None)
    joined = join_pages(page(1, LEAD), [lost, page(3, REEF), page(4)])
    assert (joined.body, joined.page_count) == (f"{LEAD}\n\n{REEF}", 2)


def test_a_last_page_of_one_sentence_belongs_to_the_article() -> None:
    end = page(2, "The lamp stays.", status=ArticleStatus.NO_ARTICLE, reason="15 characters of text")
    assert joined_body(page(1, LEAD, KEEPER), end) == [LEAD, KEEPER, "The lamp stays."]


@pytest.mark.parametrize(
    "canonical_url",
    [
        "https://lantern.example/2026/03/harbour-fees",
        "https://lantern.example/",
        "https://other.example/lighthouse",
        "https://[broken",
    ],
)
def test_a_page_of_another_article_by_its_canonical_address_is_left_out(canonical_url: str) -> None:
    first = page(1, LEAD, KEEPER)
    assert join_pages(first, [page(2, LAMP, REEF, canonical_url=canonical_url)]) == first


@pytest.mark.parametrize(
    ("first_url", "second_url"),
    [
        (URL, f"{URL}/2"),
        (URL, "https://www.lantern.example/2026/03/the-lighthouse-keeper?page=2"),
        ("https://lantern.example/keeper.html", "https://lantern.example/keeper-2.html"),
        ("https://lantern.example/keeper.html", "https://lantern.example/keeper_2.html"),
    ],
)
def test_a_page_that_is_canonical_itself_belongs_to_the_article(first_url: str, second_url: str) -> None:
    first = page(1, LEAD, KEEPER, url=first_url, canonical_url=first_url)
    second = page(2, LAMP, REEF, url=second_url, canonical_url=second_url)
    assert join_pages(first, [second]).page_count == 2


HARBOUR = (
    "Council members argued until midnight about parking tariffs, pedestrian crossings and the municipal budget. "
    "Opposition speakers demanded a referendum; the treasurer called their arithmetic adventurous and left early."
)
LIGHTHOUSE = (
    "Keepers of lighthouses along this coast speak about storms, silence and newspapers that came with supply boats. "
    "Ships passed the tower further out when the shipping lane was moved behind the reef at Tarn Point in winters past."
)


@pytest.mark.parametrize(("text", "belongs"), [(HARBOUR, False), (LIGHTHOUSE, True)])
def test_a_page_with_a_heading_of_its_own_belongs_where_it_is_about_the_same(text: str, *, belongs: bool) -> None:
    first = page(1, LEAD, KEEPER, LAMP, BOAT, REEF)
    second = page(2, text, headline="An evening of great words", canonical_url=f"{URL}/2")
    assert join_pages(first, [second]).page_count == (2 if belongs else 1)


def test_the_byline_is_that_of_the_last_page_where_the_first_has_none() -> None:
    pages = [page(2, LAMP), page(3, REEF, byline=("Marit Solheim",), byline_source="page", agencies=("NTB",))]
    joined = join_pages(page(1, LEAD), pages)
    assert (joined.byline, joined.byline_source, joined.agencies) == (("Marit Solheim",), "page", ("NTB",))
    named = join_pages(page(1, LEAD, byline=("Jon Vik",), byline_source="json_ld"), pages)
    assert (named.byline, named.byline_source) == (("Jon Vik",), "json_ld")


def test_the_pictures_of_all_pages_are_the_articles_each_once() -> None:
    tower, boat, hostel = (Image(url=f"https://lantern.example/{n}.jpg", caption=n, credit=None) for n in "abc")
    again = replace(tower, caption="the tower once more")
    joined = join_pages(
        page(1, LEAD, images=(tower,)), [page(2, LAMP, images=(again, boat)), page(3, REEF, images=(hostel,))]
    )
    assert joined.images == (tower, boat, hostel)


def test_a_standfirst_that_only_a_further_page_shows_is_text_of_it() -> None:
    second = page(2, LAMP, standfirst=BOAT, standfirst_source="page")
    assert joined_body(page(1, LEAD, standfirst=HOUSE), second) == [LEAD, BOAT, LAMP]
    described = replace(second, standfirst_source="meta")
    assert joined_body(page(1, LEAD, standfirst=HOUSE), described) == [LEAD, LAMP]


def test_a_first_page_that_is_no_article_comes_back_as_it_is() -> None:
    first = page(1, LEAD, status=ArticleStatus.CONSENT_WALL)
    assert join_pages(first, [page(2, LAMP)]) is first
    empty = page(1)
    assert join_pages(empty, [page(2, LAMP)]) is empty


def test_pages_in_another_language_than_we_keep_are_joined_too() -> None:
    pages = [replace(one, status=ArticleStatus.OTHER_LANGUAGE) for one in (page(1, LEAD, KEEPER), page(2, LAMP))]
    joined = join_pages(pages[0], pages[1:])
    assert (joined.status, joined.page_count) == (ArticleStatus.OTHER_LANGUAGE, 2)
