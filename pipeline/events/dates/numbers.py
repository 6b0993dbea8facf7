"""Numbers in words and figures, as they stand before a unit of time."""

from __future__ import annotations

import re

_words = re.compile(r"\w+").findall
_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)

_UNITS = {word: value for value, word in enumerate(_ONES)}
_UNITS |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_UNITS |= {"a": 1, "an": 1, "hundred": 100, "thousand": 1000, "dozen": 12}

_WORD = "|".join(sorted((w for w in _UNITS if w not in {"a", "an"}), key=len, reverse=True))

NUMBER = (
    r"(?:\d{1,5}(?:,\d{3})?(?:\.\d)?(?:[ -]1/2)?"
    rf"|(?:(?:an?[ -](?:hundred|thousand|dozen)|an?|{_WORD})(?:[ -](?:{_WORD})){{0,3}}(?:[ -]and[ -]a[ -]half)?))"
)
"""A regular expression for an exact count: `14`, `2,500`, `5 1/2`, `twenty-five`, `a hundred`, `an`."""

VAGUE_NUMBER = (
    r"(?:(?:a[ ])?(?:few|couple(?:[ ]of)?)(?:[ ]more)?|several|many|some|a[ ]number[ ]of"
    r"|(?:tens|dozens|hundreds)[ ]of)"
)
"""A regular expression for a count that cannot be given: `several`, `a few`."""

ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}|twenty-(?:{'|'.join(_ORDINALS[:9])}))"
"""A regular expression for an ordinal: `21st`, `third`, `twenty-first`."""


def number_of(words: str) -> float | None:
    """The number that `words` says, None for a vague or unreadable one. `two and a half` is 2.5."""
    words = words.lower().strip()
    half = 0.0
    if re.search(r"[ -](?:and[ -]a[ -]half|1/2)$", words):
        half = 0.5
        words = re.sub(r"[ -](?:and[ -]a[ -]half|1/2)$", "", words)
    figures = words.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", figures):
        return float(figures) + half
    # The article of "a five-day visit" counts nothing.
    words = re.sub(r"^an?[ -](?!hundred|thousand|dozen|$)", "", words)
    total = 0
    for word in re.split(r"[ -]+", words):
        value = _UNITS.get(word)
        if value is None:
            return None
        total = max(total, 1) * value if value in {12, 100, 1000} and total else total + value
    return total + half


def ordinal_of(words: str) -> int | None:
    """The rank that an ordinal says: `third` is 3, `21st` is 21."""
    words = words.lower()
    figures = re.match(r"\d+", words)
    if figures:
        return int(figures.group())
    tens, _, ones = words.rpartition("-")
    if ones not in _ORDINALS:
        return None
    return (20 if tens else 0) + _ORDINALS.index(ones) + 1
