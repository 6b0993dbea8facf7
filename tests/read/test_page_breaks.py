"""Paper editions and PDF: what ended a line or a page is undone, what is right stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.blocks import Block
from pipeline.read.page_breaks import mended_paragraphs


def mended(*texts: str) -> list[str]:
    return [block.text for block in mended_paragraphs([Block(text) for text in texts])]


@pytest.mark.parametrize(
    "line",
    [
        "Page 2 of 5",
        "Seite 3 von 4",
        "page 7",
        "- 3 -",
        "– 12 –",
        "Página 1 de 3",
        "Pagina 2 di 4",
        "Sida 1 av 2",
        "Strona 1 z 3",
        "Страница 1 из 3",
        "第2页",
        "第 2 页 / 共 5 页",
        "(Continued on page A4)",
        "Continued from page 1",
        "Fortsetzung auf Seite 7",
        "Fortsetzung von Seite 1",
        "Suite page 4",
        "Lire la suite en page 4",
        "Sigue en la página 5",
        "Continua a pagina 5",
        "Vervolg op pagina 5",
        "Продолжение на стр. 4",
        "Ciąg dalszy na str. 4",
        "下转第4版",
        "See BRIDGE, page A6",
    ],
)
def test_lines_about_pages_go(line: str) -> None:
    assert mended("The bridge is closed.", line, "The mill is open.") == ["The bridge is closed.", "The mill is open."]


@pytest.mark.parametrize(
    "line",
    [
        "10",
        "2024",
        "Page Six is a column.",
        "Page turner of the year",
        "Seite an Seite mit Gegnern",
        "2 of 5 teams go on",
        "The page 3 girls",
        "Fortsetzung folgt",
        "To be continued",
        "Side by side",
        "S. 12 und S. 14 nennen die Summe",
        "Ends page-turning saga",
        "-3 °C",
    ],
)
def test_lines_that_look_like_page_numbers_stay(line: str) -> None:
    texts = ["The bridge is closed.", line, "The mill is open."]
    assert mended(*texts) == texts


def test_a_bare_number_goes_where_it_divides_a_sentence() -> None:
    assert mended("The council closed the", "12", "old bridge on Monday.") == [
        "The council closed the old bridge on Monday."
    ]


def test_a_sentence_divided_by_a_page_is_one_paragraph_again() -> None:
    assert mended("The council closed the", "Page 2 of 5", "old bridge.") == ["The council closed the old bridge."]
    assert (
        mended("Die Stadt sperrt die Brü-", "- 3 -", "cke. Die Brücke ist alt.")[0]
        == "Die Stadt sperrt die Brücke. Die Brücke ist alt."
    )


def test_paragraphs_without_a_page_between_them_are_not_joined() -> None:
    lines = ["The water under the arches", "has carried the year away,", "a boot and a boat"]
    assert mended(*lines) == lines


def test_a_note_at_the_end_of_a_paragraph_goes() -> None:
    assert mended("The bridge is closed. (Continued on page A4)") == ["The bridge is closed."]


def test_a_divided_word_is_joined_where_the_text_has_it_whole() -> None:
    assert mended("Die Regie- rung berät.", "Die Regierung schweigt.") == [
        "Die Regierung berät.",
        "Die Regierung schweigt.",
    ]


def test_divided_words_of_a_text_set_in_lines_are_joined_and_own_hyphens_kept() -> None:
    text = "The coun- cil voted for a three- year plan, the coun- cillor said; the council had hesi- tated."
    assert mended(text) == ["The council voted for a three-year plan, the councillor said; the council had hesitated."]


def test_the_first_halves_of_pairs_are_kept_in_a_text_set_in_lines() -> None:
    text = "Die Regie- rung senkt die Ein- und Ausfuhr, der Minis- ter lobt die Regierung, das Parla- ment nicht."
    whole = "Die Regierung senkt die Ein- und Ausfuhr, der Minister lobt die Regierung, das Parlament nicht."
    assert mended(text) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "Die Ein- und Ausfuhr von Regie- und Technik",
        "from mid- to late May",
        "two- or three-year terms",
        "Haupt-, Real- und Sonderschulen",
        "He was early- they were late- and that was that, she said- again.",
        "pre- and post-war houses",
        "Vor- oder Nachteile",
        "in- en uitvoer",
        "Too noisy- change place. No time- make time. Body aches- try to sit.",
        "The 2020- 21 season",
        "well- known",
    ],
)
def test_hyphens_that_are_right_or_used_as_dashes_stay(text: str) -> None:
    assert mended(text) == [text]


def test_rows_and_headings_are_never_joined() -> None:
    blocks = (Block("The council closed the", "heading"), Block("Page 2 of 5"), Block("old bridge", "row"))
    assert mended_paragraphs(blocks) == (blocks[0], blocks[2])


PARTS = st.sampled_from(
    [
        "the coun- cil",
        "council",
        "Seite 3",
        "12",
        "Page 2 of 5",
        "and",
        "old-",
        "bridge.",
        "- 3 -",
        "mid- to late",
        "(Suite page 4)",
    ]
)


@given(st.lists(st.lists(PARTS, min_size=1, max_size=5).map(" ".join), max_size=8))
@settings(max_examples=300, deadline=None)
def test_no_letter_is_added_or_lost_but_for_lines_about_pages(texts: list[str]) -> None:
    result = "".join(mended(*texts))
    assert len(result) <= len(" ".join(texts))
    assert result.count("bridge.") == "".join(texts).count("bridge.")
    assert result.count("council") >= sum(text.count("council") for text in texts)
