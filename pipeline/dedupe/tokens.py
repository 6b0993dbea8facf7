"""A text as a row of numbers: of each word and mark what it is, letter case and forms folded away.

Reading a text for its figures, names and quotations looks at each token a few times. Words repeat, so that what a
token is gets found out once for each spelling, and the rest is arithmetic on arrays.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
import xxhash
from babel.dates import get_day_names, get_month_names

from pipeline.dedupe.shingles import QUOTATION_MARKS, SENTENCE_MARKS, tokens_of

# Whose names of days and months are known, from the Unicode CLDR.
LOCALES = (
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "sv",
    "da",
    "nb",
    "pl",
    "cs",
    "ru",
    "uk",
    "tr",
    "ro",
    "hu",
    "el",
    "id",
)
# What a token is. From END on it is a mark.
WORD, FIGURE, NAME, END, QUOTATION, LINE = range(6)
_LINE_ENDS = "\n"
_KIND_BITS = 3
_MOST_SPELLINGS = 500_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of a text, in order."""

    spellings: npt.NDArray[np.uint64]  # equal for words that count as one: "Twelve" and "12"
    kinds: npt.NDArray[np.uint64]

    @property
    def are_words(self) -> npt.NDArray[np.bool_]:
        """Which of them are words: the same, in the same order, as `words_of` the text."""
        return self.kinds < END


def read_tokens(body: str) -> Tokens:
    """The tokens of a text."""
    found = tokens_of(body)
    codes = np.fromiter(map(_CODES.__getitem__, found), dtype=np.uint64, count=len(found))
    return Tokens(codes >> np.uint64(_KIND_BITS), codes & np.uint64(2**_KIND_BITS - 1))


class _Codes(dict[str, int]):
    """Of each spelling asked for: its hash, the kind in the lowest bits."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _MOST_SPELLINGS:
            self.clear()
        word, kind = _word_and_kind(token)
        spelling = xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))
        code = self[token] = (spelling >> _KIND_BITS << _KIND_BITS) | kind
        return code


_CODES = _Codes()


def _word_and_kind(token: str) -> tuple[str, int]:
    if token in SENTENCE_MARKS:
        return token, QUOTATION if token in QUOTATION_MARKS else LINE if token in _LINE_ENDS else END
    word = token.casefold()
    if not (word.isalpha() and word.isascii()) and any(character.isnumeric() for character in word):
        return word, FIGURE
    if (number := _number_words().get(word)) is not None:
        return number, FIGURE
    # "march" and "may" are words as well.
    if word in _calendar_names() and (token != word or word not in {"may", "march"}):
        return word, FIGURE
    return word, NAME if token[0].isupper() else WORD


@functools.cache
def _calendar_names() -> frozenset[str]:
    """Names of days and months as they stand in dates and alone, letter case folded; no abbreviations of one form with
    a word, as "mar" (sea) and "dom" (house) are."""
    names = (
        get(width="wide", context=context, locale=locale).values()
        for get in (get_day_names, get_month_names)
        for context in ("format", "stand-alone")
        for locale in LOCALES
    )
    return frozenset(name.casefold() for name in chain.from_iterable(names))


@functools.cache
def _number_words() -> dict[str, str]:
    """Numbers in words, and the same in digits."""
    lines = Path(__file__).with_name("number_words.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines if not line.startswith("#"))
    return {word: number for number, *words in entries for word in words}
