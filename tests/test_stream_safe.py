"""Normalising text, and the heaps of marks that would make it costly."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stream_safe import normalize


@given(st.text(max_size=500), st.sampled_from(["NFC", "NFKC"]))
def test_what_people_write_is_normalised_as_unicode_says(text, form):
    assert normalize(form, text) == unicodedata.normalize(form, text)


def test_a_heap_of_marks_on_one_letter_is_cut():
    heap = "a" + "\u0316\u0301" * 100_000
    assert len(normalize("NFC", heap)) <= 31


def test_the_marks_of_a_long_vietnamese_or_hebrew_text_stay():
    long = "thủ tướng nói \u05d1\u05b0\u05bc\u05e8\u05b5\u05d0\u05e9\u05b4\u05c1\u05d9\u05ea " * 200
    assert normalize("NFC", long) == unicodedata.normalize("NFC", long)
