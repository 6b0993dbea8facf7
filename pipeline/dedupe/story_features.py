"""What a text says about which happening it reports: its terms, weighted by how much each of them tells.

A term is a word of the headline or the opening, letter case folded. Words of a script without spaces are taken as
pairs of characters. Three things make a term weigh:

- how rare it is among the stories and new texts at hand (inverse document frequency; Sparck Jones, "A statistical
  interpretation of term specificity", 1972). A story counts once, however many reports it has: its own names are not
  common because much is written about it;
- where it stands: the headline and the first sentences tell what happened, the rest is background that strangers share;
- whether it is a name, in scripts that have letter case: names of people, places and bodies tell happenings of one
  kind apart. A name is what is mostly written with a capital inside running text, by the texts at hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.texts import Text

HEADLINE_CHARACTERS = 300
OPENING_CHARACTERS = 1_000
# Weights of one occurrence.
HEADLINE_WEIGHT = 2.0
LEAD_WORDS = 30
LEAD_WEIGHT = 1.0
LATER_WEIGHT = 0.5
# Factors for what a term is.
NAME_WEIGHT = 1.6
NAME_CAPITAL_SHARE = 0.6
NUMBER_WEIGHT = 1.0
LEAST_LETTERS = 3
# Longer words are cut: their endings are grammar ("collapse", "collapsed"). A cut needs no grammar of any language
# (McNamee and Mayfield, "Character n-gram tokenization for European language text retrieval", 2004).
STEM_LETTERS = 6

# Among few texts nothing is rare: rarity is counted as among this many.
LEAST_GROUPS = 2_000

WORD, NAME, NUMBER = 0, 1, 2

_STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())
_FIGURE = r"\d+(?:[.,:/]\d+)+"  # 3.1, 1,050 and 04/09 are one each
_WORD = re.compile(rf"{_FIGURE}|\w+")
_ASCII_WORD = re.compile(_WORD.pattern, re.ASCII)
# Thai, Lao, Burmese, Khmer, kana and Han: scripts that write no spaces between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD_OR_PAIR = re.compile(rf"(?=([{_UNSPACED}]{{2}}))|({_FIGURE}|[^\W{_UNSPACED}]+)")

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Sparse unit vectors, one row for each text: row r has `terms[starts[r]:starts[r + 1]]`, ascending.

    Terms of one text only are left out: they are in the length of the vector, and in no product.
    """

    starts: Integers
    terms: Integers
    weights: Floats
    kinds: Integers  # by term: WORD, NAME or NUMBER
    name_parts: Floats  # by row, the share of names in the square of its length: 0..1
    number_parts: Floats  # likewise of numbers

    @property
    def rows(self) -> Integers:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def row(self, number: int) -> dict[int, float]:
        """One vector, by term."""
        place = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return dict(zip(self.terms[place].tolist(), self.weights[place].tolist(), strict=True))


class _Spellings(dict[str, int]):
    """Numbers the spellings it is asked for, and notes of each its term (-1: tells nothing) and its kind."""

    def __init__(self) -> None:
        self.terms: list[int] = []
        self.capitals: list[bool] = []
        self.figures: list[bool] = []  # by term, whether it is a number
        self._term_numbers: dict[str, int] = {}

    def __missing__(self, spelling: str) -> int:
        number = self[spelling] = len(self.terms)
        self.terms.append(self._term(spelling))
        self.capitals.append(spelling[0].isupper())
        return number

    def _term(self, spelling: str) -> int:
        folded = spelling.casefold()
        is_figure = folded[0].isdecimal()
        short = len(folded) < LEAST_LETTERS and not is_figure and not spelling.isupper()
        if (short and not _HAS_UNSPACED.match(folded)) or len(folded) == 1 or folded in _STOP_WORDS:
            return -1
        term = self._term_numbers.setdefault(folded if is_figure else folded[:STEM_LETTERS], len(self.figures))
        if term == len(self.figures):
            self.figures.append(is_figure)
        return term


def vectors_of(texts: Sequence[Text], groups: Sequence[int]) -> Vectors:
    """The vectors of `texts`, in their order.

    Args:
        texts: of each its headline and the beginning of its body are read.
        groups: for each text the number of the story it is known to be in, or a number of its own.
    """
    spellings = _Spellings()
    found: list[npt.NDArray[np.int32]] = []
    for text in texts:
        for part in (text.headline[:HEADLINE_CHARACTERS], text.body[:OPENING_CHARACTERS]):
            words = _words(part)
            found.append(np.fromiter(map(spellings.__getitem__, words), dtype=np.int32, count=len(words)))
    if not spellings.figures:
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        nothing, no_parts = np.empty(0, np.int64), np.zeros(len(texts))
        return Vectors(starts, nothing, np.empty(0), nothing, no_parts, no_parts)
    written = np.concatenate(found)
    lengths = np.array([len(words) for words in found], dtype=np.int64)
    part_of = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(written)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    is_body = part_of % 2 == 1
    weight = np.where(is_body, np.where(place < LEAD_WORDS, LEAD_WEIGHT, LATER_WEIGHT), HEADLINE_WEIGHT)
    term = np.asarray(spellings.terms, dtype=np.int64)[written]
    kinds = _kinds(term, np.asarray(spellings.capitals)[written], is_body, np.asarray(spellings.figures))
    tells = term >= 0
    return _weighted(part_of[tells] // 2, term[tells], weight[tells], kinds, np.asarray(groups, dtype=np.int64))


def _words(part: str) -> list[str]:
    if part.isascii():
        return _ASCII_WORD.findall(part)
    part = unicodedata.normalize("NFKC", part)
    if not _HAS_UNSPACED.search(part):
        return _WORD.findall(part)
    return [pair or word for pair, word in _WORD_OR_PAIR.findall(part)]


def _kinds(term: Integers, capital: Truths, is_body: Truths, is_figure: Truths) -> Integers:
    """The kind of each term. Headlines are no running text: some papers capitalise every word there."""
    in_text = is_body & (term >= 0)
    count = len(is_figure)
    written = np.bincount(term[in_text], minlength=count)
    capitals = np.bincount(term[in_text & capital], minlength=count)
    is_name = (capitals >= NAME_CAPITAL_SHARE * written) & (written > 0)
    return np.where(is_figure, NUMBER, np.where(is_name, NAME, WORD)).astype(np.int64)


def _weighted(rows: Integers, terms: Integers, weights: Floats, kinds: Integers, groups: Integers) -> Vectors:
    count = len(kinds)
    keys, inverse = np.unique(rows * count + terms, return_inverse=True)
    told = np.log1p(np.bincount(inverse, weights=weights, minlength=len(keys)))
    rows, terms = np.divmod(keys, count)
    # Sorted, then each once: on millions of numbers `numpy.unique`, which hashes them, takes five times as long.
    held = np.sort(groups[rows] * count + terms)
    held = held[np.concatenate(([True], held[1:] != held[:-1]))]
    in_groups = np.bincount(held % count, minlength=count)
    rarity = np.log1p(max(int(groups.max()) + 1, LEAST_GROUPS) / np.maximum(in_groups, 1))
    values = told * rarity[terms] * np.array([1.0, NAME_WEIGHT, NUMBER_WEIGHT])[kinds[terms]]
    lengths = np.sqrt(np.bincount(rows, weights=values * values, minlength=len(groups)))
    values /= lengths[rows]
    shared = np.bincount(terms, minlength=count)[terms] > 1
    starts = np.searchsorted(rows[shared], np.arange(len(groups) + 1))
    squares = values * values
    parts = [
        np.bincount(rows, weights=squares * (kinds[terms] == kind), minlength=len(groups)).astype(np.float64)
        for kind in (NAME, NUMBER)
    ]
    return Vectors(starts, terms[shared], values[shared], kinds, parts[0], parts[1])
