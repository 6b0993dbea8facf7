"""What was added and removed between two texts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import passages
from pipeline.read.passages import changed_passages, sentences_of
from pipeline.read.typography import plain_type


def change(before: str, after: str) -> tuple[list[str], list[str]]:
    found = changed_passages(sentences_of(None, before), sentences_of(None, after))
    return list(found.added), list(found.removed)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("One fell. Two stood.", ["One fell.", "Two stood."]),
        ("“Go!” he said. ‘Why?’ she asked.", ["“Go!” he said.", "‘Why?’ she asked."]),
        ("He said so.) Then he left.", ["He said so.)", "Then he left."]),
        ("Dr. Moe and J. Lund met Mr. Berg. They spoke.", ["Dr. Moe and J. Lund met Mr. Berg.", "They spoke."]),
        ("Am 3. Mai kam er. Am 4. ging er.", ["Am 3. Mai kam er.", "Am 4. ging er."]),
        ("The U.S. Embassy closed. It reopened.", ["The U.S. Embassy closed.", "It reopened."]),
        ("It came on Jan. 5 at noon. No. 12 won.", ["It came on Jan. 5 at noon.", "No. 12 won."]),
        ("He came in January. 12 men saw him.", ["He came in January.", "12 men saw him."]),
        ("It fell in 2024. Nobody saw it.", ["It fell in 2024.", "Nobody saw it."]),
        ("彼は言った。「そうだ。」と述べた。終わり。", ["彼は言った。", "「そうだ。」", "と述べた。", "終わり。"]),
        ("Он ушёл. Она осталась.", ["Он ушёл.", "Она осталась."]),
        ("ذهب الرجل. هل عاد؟ لا.", ["ذهب الرجل.", "هل عاد؟", "لا."]),
        ("A sub-heading without an end", ["A sub-heading without an end"]),
        ("It rose 4.5 per cent at example.com today.", ["It rose 4.5 per cent at example.com today."]),
    ],
)
def test_lines_are_divided_at_the_ends_of_sentences(line: str, expected: list[str]) -> None:
    assert sentences_of(None, line) == expected


def test_the_headline_is_one_passage_and_comes_first() -> None:
    assert sentences_of("Fire! Town burns.", "It burnt. It stopped.") == [
        "Fire! Town burns.",
        "It burnt.",
        "It stopped.",
    ]
    assert sentences_of(None, None) == []


def test_a_figure_that_changed_shows_the_sentence_as_it_was_and_as_it_is() -> None:
    added, removed = change("It fell. It killed 12. It was loud.", "It fell. It killed 14. It was loud.")
    assert (added, removed) == (["It killed 14."], ["It killed 12."])


def test_a_paragraph_that_moved_is_neither_added_nor_removed() -> None:
    assert change("One. Two.\n\nThree.\n\nFour.", "Four.\n\nOne. Two.\n\nThree.") == ([], [])


def test_another_division_into_paragraphs_changes_nothing() -> None:
    assert change("One. Two.\n\nThree.", "One.\n\nTwo. Three.") == ([], [])


def test_another_setting_changes_nothing() -> None:
    assert change('He said "no".\n\nIt – ended.', "He said “no”.\n\nIt — ended.") == ([], [])


def test_a_sentence_said_once_more_is_added_once_at_its_last_place() -> None:
    assert change("No. Yes.", "No. Yes. No.") == (["No."], [])
    assert change("No. Yes. No.", "Yes. No.") == ([], ["No."])


def test_passages_stand_in_the_order_of_their_own_text() -> None:
    added, removed = change("A one. Keep. B two. C three.", "Z nine. Keep. Y eight.")
    assert (added, removed) == (["Z nine.", "Y eight."], ["A one.", "B two.", "C three."])


def test_counters_and_stamps_are_no_passages() -> None:
    assert change("12 comments\n\nOne.", "31 comments\n\nUpdated 10:45\n\nOne. Two.") == (["Two."], [])


SENTENCES = st.lists(
    st.sampled_from(["A b c.", "A b d.", "No.", "“No.”", '"No."', "x", "12 fell.", "14 fell."]), max_size=30
)


@given(before=SENTENCES, after=SENTENCES)
def test_what_is_removed_and_added_makes_the_one_text_of_the_other(before: list[str], after: list[str]) -> None:
    found = changed_passages(before, after)
    was, gone, came, now = (Counter(map(plain_type, part)) for part in (before, found.removed, found.added, after))
    assert gone <= was
    assert came <= now
    assert was - gone + came == now
    assert not gone & came
    assert is_within(found.added, after)
    assert is_within(found.removed, before)
    again = changed_passages(after, before)
    assert Counter(map(plain_type, again.added)) == gone


def is_within(part: tuple[str, ...], whole: list[str]) -> bool:
    """Whether the items of a part stand in the whole in this order."""
    rest = iter(whole)
    return all(item in rest for item in part)


@given(body=st.text(st.sampled_from("aB1 .!?。”\"')\n"), max_size=120))
def test_nothing_is_lost_in_the_division(body: str) -> None:
    assert "".join("".join(sentences_of(None, body)).split()) == "".join(body.split())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["It rained."] * 20_000, ["It rained."] * 19_999 + ["It snowed."]),
        ([f"Number {n} fell." for n in range(20_000)], [f"Number {n} fell." for n in range(20_000, 0, -1)]),
        (["x"] * 20_000, []),
    ],
)
def test_each_sentence_is_looked_at_once_however_often_it_repeats(
    before: list[str], after: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0

    def counted(text: str) -> str:
        nonlocal looked_at
        looked_at += 1
        return plain_type(text)

    monkeypatch.setattr(passages, "plain_type", counted)
    changed_passages(before, after)
    assert looked_at == len(before) + len(after)


@pytest.mark.parametrize(
    "body", ["!" * 2_000_000, ". " * 1_000_000, "a. b " * 400_000, "”." * 1_000_000, "x" * 2_000_000, "12. " * 500_000]
)
def test_two_million_characters_of_anything_are_divided(body: str) -> None:
    assert "".join("".join(sentences_of(None, body)).split()) == "".join(body.split())
