"""Cleaning keeps what a reader sees, and nothing else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.text import clean_line, folded

PIECES = st.sampled_from(
    [
        "Brücke",
        "café",
        "cafe\u0301",
        "über\u00adgang",
        "a\u200bb",
        "\u200e",
        "\ufeff",
        "\u00a0",
        "\u3000",
        "\t\n",
        "&amp;",
        "&amp;amp;",
        "&#38;#160;",
        "&lt;b&gt;",
        "Ã¼ber",
        "donâ€™t",
        "\x92",
        "\x07",
        "ﬁre",
        "👩\u200d💻",
        "❤\ufe0f",
        "a\ufe0f",
        "#\ufe0f\u20e3",
        "می\u200cخواهم",
        "क्\u200dष",
        "\ue80a",
        "\ud800",
        "🏴\U000e0067\U000e007f",
        "東京",
        "ب",
        "½",
        "²",
        "x\u0323\u0307",
    ]
)
LETTERS = st.text(
    alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs", "Pd", "Po", "Cf", "Cc"], exclude_characters="&"),
    max_size=80,
)


@given(st.lists(PIECES | LETTERS, max_size=12).map("".join))
@settings(max_examples=400, deadline=None)
def test_what_is_cleaned_is_clean_and_stays_as_it_is(text: str) -> None:
    once = clean_line(text)
    assert clean_line(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Zl", "Zp"} for c in once)
    assert "  " not in once
    assert once == once.strip()
    assert len(once) <= 3 * len(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Lo"], max_codepoint=0x2FFF), max_size=60))
@settings(max_examples=300, deadline=None)
def test_every_letter_and_digit_is_kept(text: str) -> None:
    spaced = " \u00ad".join(text)  # nothing can be taken for mojibake
    kept = clean_line(spaced).replace(" ", "")
    assert kept == unicodedata.normalize("NFC", "".join(unicodedata.normalize("NFC", c) for c in text))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  The\n  bridge\tis closed. ", "The bridge is closed."),
        ("Salt &amp; pepper", "Salt & pepper"),
        ("Salt &amp;amp; pepper &#8211; again", "Salt & pepper – again"),
        ("R&D and AT&T; fine", "R&D and AT&T; fine"),
        ("Ãœber die BrÃ¼cke", "Über die Brücke"),
        ("It donâ€™t matter", "It don’t matter"),
        ("the town\x92s \x93open door\x94", "the town’s “open door”"),
        ("Übergangs\u00adlösung", "Übergangslösung"),
        ("Übergangs\u00ad\n   lösung", "Übergangslösung"),
        ("10\u202f000\u00a0km", "10 000 km"),
        ("Cafe\u0301", "Café"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202bשלום\u202c", "שלום"),
        ("the ﬁrst ﬂood", "the first flood"),
        ("\ue80a Share", "Share"),
        ("well done 👩\u200d💻 ❤\ufe0f", "well done 👩\u200d💻 ❤\ufe0f"),
        ("1\ufe0f\u20e3 first", "1\ufe0f\u20e3 first"),
        ("text\ufe0f only\ufe0e", "text only"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Latin\u200c letters\u200d", "Latin letters"),
        ("« déjà » ; à côté", "« déjà » ; à côté"),
        ("половина ½ и № 5", "половина ½ и № 5"),
        ("\ud800lone half", "lone half"),
        ("\u200b\u00ad\u00a0", ""),
        (None, ""),
    ],
)
def test_a_line_is_cleaned(raw: str | None, clean: str) -> None:
    assert clean_line(raw) == clean


def test_ampersands_escaped_a_thousand_times_end_as_one() -> None:
    assert clean_line("salt &" + "amp;" * 1000 + " pepper") == "salt & pepper"


def test_case_and_punctuation_do_not_count_in_a_comparison() -> None:
    assert folded("“Brücke” gesperrt – STRASSE!") == folded("brücke gesperrt: Straße")
    assert folded(None) == ""
