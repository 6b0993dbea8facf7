"""Copies of a text as papers make them: cut, dated, restyled, led into, reordered, lightly reworded, embedded.

Every edit is deterministic: the same text gives the same copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# A full stop, perhaps closed by a quotation mark, before white space and something that begins a sentence. Good
# enough for texts that we wrote ourselves; initials and abbreviations only make an edit cut at another place.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘'A-Z(0-9])")

HOUSE_STYLE = (
    (" million", " mln"),
    (" billion", " bln"),
    (" percent", " pct"),
    (" per cent", "%"),
    (" on Monday", " Monday"),
    (" on Tuesday", " Tuesday"),
    (" on Wednesday", " Wednesday"),
    (" on Thursday", " Thursday"),
    (" on Friday", " Friday"),
    ("centre", "center"),
    ("labour", "labor"),
    ("harbour", "harbor"),
    ("metres", "meters"),
    ("tonnes", "tons"),
    (" a.m.", "am"),
    (" p.m.", "pm"),
    ('"', "'"),
    ("ten ", "10 "),
    ("twelve ", "12 "),
)
LEAD = (
    "It was the talk of the town yesterday. People in the cafés asked one another what would come of it, and hardly "
    "anybody had an answer."
)
_SUBSTITUTES = ("however", "many", "recent", "local", "then", "various", "later", "former", "nearby", "known")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    sentences, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    return [*sentences, text[start:].strip()]


def cut(text: str) -> str:
    """The opening: six sentences of ten, and never less than two."""
    sentences = sentences_of(text)
    return " ".join(sentences[: max(2, round(0.6 * len(sentences)))])


def with_dateline_and_byline(text: str) -> str:
    """Printed by another paper under its own reporter's name."""
    return f"By Jo Farraday in Stirwick\n\nSTIRWICK, March 9 (Vantage) - {text}\n\nEditing by Tam Ledger."


def in_other_house_style(text: str) -> str:
    """Spelling, units, quotation marks and days as another desk writes them."""
    for ours, theirs in HOUSE_STYLE:
        text = text.replace(ours, theirs)
    return text


def with_lead(text: str) -> str:
    """A lead of two sentences in front."""
    return f"{LEAD} {text}"


def reordered(text: str) -> str:
    """The second half first; what was the opening ends it."""
    sentences = sentences_of(text)
    middle = len(sentences) // 2
    return " ".join([*sentences[middle:], *sentences[:middle]])


def with_words_changed(text: str) -> str:
    """Every twentieth word dropped or replaced by another."""
    words = text.split(" ")
    edited = []
    for number, word in enumerate(words, 1):
        if number % 40 == 0:
            continue
        edited.append(_SUBSTITUTES[number // 20 % len(_SUBSTITUTES)] if number % 20 == 0 else word)
    return " ".join(edited)


def inside_longer_piece(text: str, host: str) -> str:
    """Printed whole in the middle of another piece."""
    sentences = sentences_of(host)
    middle = len(sentences) // 2
    return " ".join([*sentences[:middle], text, *sentences[middle:]])


EDITS: tuple[Callable[[str], str], ...] = (
    cut,
    with_dateline_and_byline,
    in_other_house_style,
    with_lead,
    reordered,
    with_words_changed,
)
