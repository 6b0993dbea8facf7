"""Words and shingles: what counts as one word in which script, whatever the house style."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dedupe.shingles import SHINGLE_WORDS, shingles_in_order, tokens_of, words_of
from pipeline.dedupe.word_hashes import word_hashes_of


def test_letter_case_punctuation_and_forms_of_letters_are_nothing():
    assert words_of("“The Mayor’s  ofﬁce” — CLOSED!") == words_of("the mayor's office\" closed")


@pytest.mark.parametrize("figure", ["1,234,567", "1.234.567", "1 234 567", "1’234’567", "1\u202f234\u202f567"])
def test_a_number_is_one_word_in_every_house_style(figure):
    assert words_of(f"about {figure} votes") == ["about", "1234567", "votes"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rose 1.5 percent", ["rose", "1", "5", "percent"]),  # no thousands
        ("pages 12, 130 and 14", ["pages", "12", "130", "and", "14"]),  # a comma with a space ends a number
        ("in 1987,2004", ["in", "1987", "2004"]),
    ],
)
def test_other_figures_stay_apart(text, words):
    assert words_of(text) == words


def test_vowel_signs_and_points_belong_to_their_letters():
    assert words_of("हिन्दी समाचार") == ["हिन्दी", "समाचार"]
    assert words_of("كِتَابٌ جديد") == ["كِتَابٌ", "جديد"]


def test_each_character_is_a_word_where_characters_are_words():
    assert words_of("市长昨天说 OK2") == ["市", "长", "昨", "天", "说", "ok2"]


def test_a_passage_falls_into_the_same_pieces_wherever_it_stands_in_a_script_without_spaces():
    passage = "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานแห่งใหม่จะเปิดใช้ก่อนสิ้นปีและจะไม่เก็บค่าผ่านทางจากประชาชน"
    alone = words_of(passage)
    inside = words_of("วันนี้" + passage + "ครับ")
    assert len(alone) >= 15
    shared = set(alone) & set(inside)
    assert len(shared) >= 0.85 * len(set(alone))
    assert "".join(alone) == unicodedata.normalize("NFKC", passage)  # nothing is lost


def test_tokens_keep_letter_case_and_where_sentences_end():
    assert tokens_of("No. The ship\nsank!") == ["No", ".", "The", "ship", "\n", "sank", "!"]


@given(st.text())
def test_any_text_has_words_and_as_many_shingles_as_fit(text):
    words = words_of(text)
    assert all(words)
    hashes = word_hashes_of(text)
    number_of = dict(zip(words, hashes.tolist(), strict=True))
    assert [number_of[word] for word in words] == hashes.tolist()
    assert len(set(number_of.values())) == len(number_of)
    assert len(shingles_in_order(hashes)) == max(0, len(words) - SHINGLE_WORDS + 1)


@given(st.text(alphabet="กขคงจฉ้ิา ab一二", max_size=60))
def test_no_letter_is_lost_or_told_twice(text):
    folded = unicodedata.normalize("NFKC", text).casefold()
    # A mark without a letter before it belongs to no word.
    letters = [c for c in folded if unicodedata.category(c)[0] == "L"]
    assert [c for word in words_of(text) for c in word if unicodedata.category(c)[0] == "L"] == letters


def test_words_in_another_order_make_another_shingle():
    one = shingles_in_order(word_hashes_of("Dog bites man in park"))
    assert one.tolist() != shingles_in_order(word_hashes_of("Man bites dog in park")).tolist()
    assert one.tolist() == shingles_in_order(word_hashes_of("Dog bites man in park")).tolist()


def test_a_word_has_one_number_in_texts_of_any_script_and_length():
    texts = ["dog", "the dog", "\u2019dog\u2019 été", "市dog", "\U0001f600 dog", "word " * 50_000 + "dog"]
    assert len({int(word_hashes_of(text)[words_of(text).index("dog")]) for text in texts}) == 1


def test_words_of_the_same_letters_have_different_numbers():
    words = ["dog", "god", "gdo", "dogs", "sdog", "d", "dd", "ddd", "0", "00", "a" * 63, "a" * 64, "a" * 65]
    assert len(set(word_hashes_of(" ".join(words)).tolist())) == len(words)
