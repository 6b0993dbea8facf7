"""What is learnt from many pages of one source, and what is not: lines that carry news."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.read.learned_furniture import FORGOTTEN_AFTER, keys_of, learn, without_learned
from pipeline.read.source_comparison import Sighting
from pipeline.records import FurnitureLine, stable_id
from tests.read.made_articles import FIRST_DAY, article, paragraphs, words

WIDGET = "Print Mail Large Medium Small"
BOX = "Come and see the printing works on any first Sunday, and bring the family along."
DISCLAIMER = (
    "What guests write on these pages is theirs to defend. We check what can be checked before it is printed, and "
    "put right what turns out to be wrong. Nothing here is meant as counsel on money, on health or on the courts; "
    "whoever needs counsel should ask somebody trained to give it, who has heard the whole of the matter and knows "
    "the people it concerns."
)


def learnt(articles: list[Sighting], known: list[FurnitureLine] | None = None) -> list[str]:
    return [line.line for line in learn("selby", articles, known or [])]


def plain(count: int) -> list[list[str]]:
    return [paragraphs(f"plain {number}") for number in range(count)]


def numbered(bodies: list[list[str]]) -> list[Sighting]:
    return [article(number, body) for number, body in enumerate(bodies)]


def test_words_of_the_share_buttons_are_learnt_and_taken_out() -> None:
    articles = numbered([[WIDGET, *text] for text in plain(8)])
    (line,) = learn("selby", articles, [])
    assert (line.line, line.article_count, line.compared_count) == (WIDGET, 8, 8)
    assert (line.first_seen_at, line.last_seen_at) == (articles[0].seen_at, articles[7].seen_at)
    assert line.line_key == stable_id("selby", "print mail large medium small")
    assert without_learned(articles[3].body, keys_of([line])) == "\n\n".join(plain(8)[3])


@pytest.mark.parametrize(("count", "expected"), [(4, []), (5, [WIDGET])])
def test_five_articles_are_the_fewest(count: int, expected: list[str]) -> None:
    assert learnt(numbered([[WIDGET, *text] for text in plain(count)])) == expected


def test_articles_that_share_nothing_teach_nothing() -> None:
    assert learnt(numbered(plain(30))) == []
    assert learnt([]) == []


@pytest.mark.parametrize("spelling", [str.upper, str.lower, lambda line: line.replace(",", " –")])
def test_case_and_punctuation_do_not_count(spelling) -> None:  # type: ignore[no-untyped-def]  # a lambda among others
    bodies = [[*text, BOX if number % 2 else spelling(BOX)] for number, text in enumerate(plain(9))]
    (line,) = learn("selby", numbered(bodies), [])
    assert line.article_count == 9
    assert all(
        without_learned(a.body, keys_of([line])).endswith(plain(9)[n][-1]) for n, a in enumerate(numbered(bodies))
    )


def test_a_line_of_the_text_may_stand_in_any_place_where_most_articles_have_it() -> None:
    bodies = [[*text[: number % 4 + 1], BOX, *text[number % 4 + 1 :]] for number, text in enumerate(plain(12))]
    assert learnt(numbered(bodies)) == [BOX]


def test_a_sentence_amid_few_of_the_articles_stays() -> None:
    """A wire paragraph or a quotation."""
    bodies = [[*text[:2], BOX, *text[2:]] if number % 6 == 0 else text for number, text in enumerate(plain(60))]
    assert learnt(numbered(bodies)) == []


def test_a_long_line_at_the_end_of_few_articles_about_anything_is_learnt() -> None:
    bodies = [[*text, BOX] if number % 6 == 0 else text for number, text in enumerate(plain(60))]
    assert learnt(numbered(bodies)) == [BOX]


def test_such_a_line_must_have_been_seen_on_several_days() -> None:
    bodies = [[*text, BOX] if number % 6 == 0 else text for number, text in enumerate(plain(60))]
    assert learnt([article(number, body, day=0) for number, body in enumerate(bodies)]) == []


def test_a_short_sentence_that_anybody_might_write_stays() -> None:
    bodies = [[*text, "The trial continues."] if number % 6 == 0 else text for number, text in enumerate(plain(60))]
    assert learnt(numbered(bodies)) == []


@pytest.mark.parametrize("place", ["start", "text", "end"])
def test_the_background_of_a_running_story_stays(place: str) -> None:
    story = words("the running story", 12)
    background = f"The quarrel over the old {story[0]} began in spring, when the owners shut the gate for good."
    bodies = plain(30)
    for number in range(12):
        text = paragraphs(f"story {number}", about=story)
        at = {"start": 0, "text": 2, "end": len(text)}[place]
        bodies.append([*text[:at], background, *text[at:]])
    random.Random(1).shuffle(bodies)
    assert learnt(numbered(bodies)) == []


def test_a_quotation_in_the_articles_of_few_stories_stays() -> None:
    """Its words are nobody else's, and the articles of different stories have nothing in common."""
    stories = [words(f"story {number}", 20) for number in range(3)]
    having = [[*paragraphs(f"told {number}", about=stories[number % 3]), BOX] for number in range(6)]
    assert learnt(numbered([*plain(30), *having])) == []
    assert learnt(numbered([*plain(30), *([*text, BOX] for text in plain(36)[30:])])) == [BOX]


def test_what_the_articles_of_one_subject_repeat_stays() -> None:
    subject = words("the one subject", 200)
    having = [[*paragraphs(f"of it {number}", count=9, about=subject), BOX] for number in range(12)]
    others = [paragraphs(f"of others {number}", count=9) for number in range(48)]
    assert learnt(numbered([*others, *having])) == []


def test_a_line_that_speaks_of_what_its_articles_speak_of_stays() -> None:
    subject = words("a subject", 3)
    line = f"{subject[0].title()} and {subject[1]} have been tried in {subject[2]} for many years."
    bodies = plain(40)
    for number in range(0, 40, 5):
        bodies[number] = [
            *bodies[number],
            f"Not so the {subject[number % 3]} and its {subject[(number + 1) % 3]}.",
            line,
        ]
    assert learnt(numbered(bodies)) == []
    assert learnt(numbered([[*text, line] if n % 5 == 0 else text for n, text in enumerate(plain(40))])) == [line]


def test_a_line_that_names_what_its_articles_name_stays() -> None:
    name = words("a name", 1)[0].title()
    line = f"The case of {name} has never been given a hearing in open court, {', '.join(words('the line', 18))}."
    having = [paragraphs(f"about {number}", about=[name, *words(f"own {number}", 30)]) for number in range(12)]
    named = [[f"It is {name} that asks for {words(line + text[0], 1)[0]}.", *text, line] for text in having]
    assert learnt(numbered([*plain(30), *named])) == []
    assert learnt(numbered([*plain(30), *([*text, line] for text in plain(42)[30:])])) == [line]


def test_in_a_source_of_one_subject_only_what_stands_in_nearly_all_articles_is_learnt() -> None:
    subject = words("the one subject", 200)
    texts = [paragraphs(f"of one subject {number}", count=9, about=subject) for number in range(30)]
    assert learnt(numbered([[*text, BOX] if n % 5 == 0 else text for n, text in enumerate(texts)])) == []
    assert learnt(numbered([[*text, BOX] for text in texts])) == [BOX]


def test_the_lines_of_a_weekly_report_stay() -> None:
    chance = random.Random(3)
    bodies = plain(35)
    for number in range(0, 35, 5):
        figure = chance.randint(100, 999)
        bodies[number] = [
            f"The harbour index closed at {figure} points on Friday after a quiet week of trading.",
            "Trading was thin before the holiday, as it has been for most of the season.",
            f"Wheat: {figure / 7:.2f}",
            f"Copper: {figure / 3:.2f}",
            "The exchange opens again on Monday morning at the usual hour.",
        ]
    assert learnt(numbered(bodies)) == []


def test_figures_that_change_are_news() -> None:
    bodies = [[*text, f"Sales {number * 17 + 3} million"] for number, text in enumerate(plain(9))]
    assert learnt(numbered(bodies)) == []
    bodies = [[*text[:2], f"Sales {number * 17 + 3} million", *text[2:]] for number, text in enumerate(plain(40))]
    assert learnt(numbered(bodies)) == []


def test_the_minutes_to_read_are_none() -> None:
    bodies = [[f"{number % 7 + 2} min read", *text] for number, text in enumerate(plain(12))]
    lines = learn("selby", numbered(bodies), [])
    assert len(lines) == 1
    assert without_learned("31 MIN READ\n\nThe text.", keys_of(lines)) == "The text."
    assert without_learned("Min read\n\nThe text.", keys_of(lines)) == "Min read\n\nThe text."


def test_a_sub_heading_stays_however_often_it_comes() -> None:
    bodies = [[*text[:2], "What happened", *text[2:]] for text in plain(20)]
    assert learnt(numbered(bodies)) == []


def test_a_label_goes_at_the_end_and_stays_amid_the_text() -> None:
    bodies = [[*text, "More of today"] for text in plain(10)]
    lines = learn("selby", numbered(bodies), [])
    assert [line.line for line in lines] == ["More of today"]
    assert without_learned("One.\n\nMore of today\n\nTwo.", keys_of(lines)) == "One.\n\nMore of today\n\nTwo."
    assert without_learned("One.\n\nTwo.\n\nMore of today", keys_of(lines)) == "One.\n\nTwo."


def test_a_label_that_comes_twice_in_one_article_is_no_sub_heading() -> None:
    bodies = [[text[0], "Mainos", *text[1:3], "Mainos", *text[3:]] for text in plain(10)]
    lines = learn("selby", numbered(bodies), [])
    assert [line.line for line in lines] == ["Mainos"]
    assert without_learned(numbered(bodies)[4].body, keys_of(lines)) == "\n\n".join(plain(10)[4])


def test_a_box_amid_the_text_goes_with_its_heading() -> None:
    box = ["From our shop", BOX, "See all"]
    bodies = [[*text[:3], *box, *text[3:]] if number % 2 else text for number, text in enumerate(plain(20))]
    lines = learn("selby", numbered(bodies), [])
    assert {line.line for line in lines} == set(box)
    assert without_learned(numbered(bodies)[7].body, keys_of(lines)) == "\n\n".join(plain(20)[7])


def test_a_long_disclaimer_counts_at_the_very_end_alone() -> None:
    assert learnt(numbered([[*text, DISCLAIMER] for text in plain(9)])) == [DISCLAIMER]
    assert learnt(numbered([[*text[:3], DISCLAIMER, *text[3:]] for text in plain(9)])) == []
    assert learnt(numbered([[*text, DISCLAIMER * 5] for text in plain(9)])) == []


def test_copies_of_one_text_are_one_witness() -> None:
    copies = [paragraphs("the text that all of them print") for _ in range(12)]
    assert learnt(numbered(copies)) == []
    assert learnt(numbered([*copies, *plain(20)])) == []


def test_revisions_of_one_article_are_one_witness() -> None:
    again = [
        replace(article(0, [*paragraphs(f"later {n}"), BOX]), seen_at=FIRST_DAY + timedelta(days=n)) for n in range(9)
    ]
    assert learnt([*numbered([[*text, BOX] for text in plain(4)]), *again]) == []
    (line,) = learn("selby", [*numbered([[*text, BOX] for text in plain(5)]), *again], [])
    assert (line.article_count, line.compared_count) == (5, 5)


def test_a_new_template_is_measured_from_its_first_day() -> None:
    bodies = [text if number < 50 else [WIDGET, *text] for number, text in enumerate(plain(60))]
    (line,) = learn("selby", numbered(bodies), [])
    assert (line.article_count, line.compared_count) == (10, 10)


def test_the_order_of_the_articles_is_of_no_consequence() -> None:
    bodies = [[WIDGET, *text, BOX] if number % 3 else [*text, BOX.upper()] for number, text in enumerate(plain(30))]
    articles = numbered(bodies)
    first = learn("selby", articles, [])
    assert len(first) == 2
    random.Random(5).shuffle(articles)
    assert learn("selby", articles, list(reversed(first))) == learn("selby", numbered(bodies), first)
    assert learn("selby", articles, []) == first


def test_counts_go_on_with_the_new_articles_of_the_next_night() -> None:
    known = learn("selby", numbered([[WIDGET, *text] for text in plain(8)]), [])
    cleaned = [replace(a, is_new=False) for a in numbered(plain(8))]
    read_again = replace(article(7, [WIDGET, *plain(8)[7]]), is_new=False, seen_at=FIRST_DAY + timedelta(days=9))
    new = [article(20, [WIDGET, *paragraphs("twenty")]), article(21, paragraphs("twenty-one"))]
    (line,) = learn("selby", [*cleaned[:7], read_again, *new], known)
    assert (line.article_count, line.compared_count) == (9, 10)
    assert (line.first_seen_at, line.last_seen_at) == (known[0].first_seen_at, new[0].seen_at)


def test_a_known_line_is_taken_out_of_a_single_article() -> None:
    known = learn("selby", numbered([[WIDGET, *text] for text in plain(8)]), [])
    (line,) = learn("selby", [article(30, [WIDGET, *paragraphs("thirty")])], known)
    assert line.article_count == 9


def test_a_line_that_is_not_seen_for_long_is_forgotten() -> None:
    known = learn("selby", numbered([[WIDGET, *text] for text in plain(8)]), [])
    days = FORGOTTEN_AFTER.days + 7
    assert len(learn("selby", [article(90, paragraphs("later"), day=days - 1)], known)) == 1
    assert learn("selby", [article(91, paragraphs("later"), day=days + 1)], known) == []
    assert learn("selby", [], known) == known


def test_a_body_of_furniture_alone_becomes_empty() -> None:
    assert without_learned(f"{WIDGET}\n\n{BOX}", frozenset({"print mail large medium small", "x"})) == BOX
    assert without_learned(f"{WIDGET}\n\n{WIDGET}", frozenset({"print mail large medium small"})) == ""
    assert without_learned(f"{WIDGET}\n\n{BOX}", frozenset()) == f"{WIDGET}\n\n{BOX}"


def test_languages_without_spaces_are_learnt_from_as_well() -> None:
    chance = random.Random(8)
    signs = [chr(code) for code in range(0x4E00, 0x5200)]

    def text() -> list[str]:
        return ["".join(chance.choices(signs, k=40)) + "。" for _ in range(5)]

    line = "本文仅代表作者个人观点，转载请注明出处，并保留本行文字。"
    assert learnt(numbered([[*text(), line] for _ in range(10)])) == [line]
