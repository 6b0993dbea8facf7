"""News texts made by a seed: as long as news, with its word frequencies, sentences, names and figures, and nobody's.

Words are drawn from a Zipf distribution (Mandelbrot's form) over made-up words, between English function words; every
happening has names of its own, so that reports of it are alike without sharing passages. Two reports share five
consecutive words by chance about as rarely as two real ones do. A text is an array of tokens, so that a million of
them are made in minutes; `texts_of` writes them out.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Tokens = npt.NDArray[np.int32]
Generator = np.random.Generator

# A token is a word and how it is written: whether capitalised, and what follows it.
FORMS = 8
CAPITAL = 4
COMMA, FULL_STOP, PARAGRAPH = 1, 2, 3
_ENDINGS = (" ", ", ", ". ", ".\n\n")

_FUNCTION_WORD_LIST = (
    "the of to and a in that for on is with was it by as at be from are his has have will not an its were he they "
    "which but been their had this or would who after more than about up also one out new last other over could when "
    "two we into first some no she there if her all can them between before against under during while through since"
)
_FUNCTION_WORDS = _FUNCTION_WORD_LIST.split()
_NUMBERS = [str(n) for n in range(2, 1000)] + [f"{n / 10:.1f}" for n in range(11, 999, 2)]
_CONTENT_WORDS = 40_000
FIRST_NUMBER = len(_FUNCTION_WORDS)
FIRST_CONTENT = FIRST_NUMBER + len(_NUMBERS)
# Names come from the rare end of the vocabulary.
_FIRST_NAME = FIRST_CONTENT + 6_000

NAMES_PER_HAPPENING = 12
_FUNCTION_SHARE, _NUMBER_SHARE, _NAME_SHARE = 0.44, 0.03, 0.07
_MEDIAN_WORDS, _WORDS_SIGMA = 350, 0.55
FEWEST_WORDS, MOST_WORDS = 60, 1500
_SENTENCE_WORDS = (8, 31)
_PARAGRAPH_SHARE, _COMMA_SHARE = 0.35, 0.06
_SAMPLE_BITS = 18


@functools.cache
def _spellings() -> pa.Array:
    """How each token is written, what follows it included."""
    words = [*_FUNCTION_WORDS, *_NUMBERS, *_content_words()]
    return pa.array(
        [
            (word.capitalize() if capital else word) + ending
            for word in words
            for capital in (0, 1)
            for ending in _ENDINGS
        ]
    )


def _content_words() -> list[str]:
    """Made-up words of one to three syllables, the frequent ones short."""
    rng = np.random.default_rng(1)
    onsets = [*"bcdfghjklmnprstvw", "br", "cl", "dr", "fl", "gr", "pl", "pr", "sh", "st", "th", "tr"]
    vowels = [*"aeiouaeiou", "ai", "ea", "ee", "ou"]
    codas = ["", "", "", "", *"nrstl", "nd"]
    syllables = [onset + vowel + coda for onset in onsets for vowel in vowels for coda in codas]
    taken = set(_FUNCTION_WORDS)
    words: list[str] = []
    while len(words) < _CONTENT_WORDS:
        count = 1 + (len(words) > 1_000) + (len(words) > 12_000)
        word = "".join(syllables[i] for i in rng.integers(0, len(syllables), count))
        if word not in taken:
            taken.add(word)
            words.append(word)
    return words


@functools.cache
def _sampler(first: int, count: int, offset: float) -> Tokens:
    """2**18 words with frequencies 1 / (rank + offset), so that a random index is a random word."""
    weights = 1 / (np.arange(1, count + 1) + offset)
    quantiles = (np.arange(2**_SAMPLE_BITS) + 0.5) / 2**_SAMPLE_BITS
    return (first + np.searchsorted(np.cumsum(weights) / weights.sum(), quantiles)).astype(np.int32)


def _drawn(rng: Generator, first: int, count: int, offset: float, size: int) -> Tokens:
    return _sampler(first, count, offset)[rng.integers(0, 2**_SAMPLE_BITS, size)]


def names_of(happenings: npt.NDArray[np.int64]) -> Tokens:
    """The words of the names of each happening, one row each: a function of its number."""
    with np.errstate(over="ignore"):
        mixed = happenings.astype(np.uint64)[:, None] * np.uint64(64) + np.arange(NAMES_PER_HAPPENING, dtype=np.uint64)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
    return (_FIRST_NAME + mixed % np.uint64(_CONTENT_WORDS - (_FIRST_NAME - FIRST_CONTENT))).astype(np.int32)


def reports(rng: Generator, happenings: npt.NDArray[np.int64], *, number_share: float = _NUMBER_SHARE) -> list[Tokens]:
    """A report of each of these happenings, written independently of all others; lengths are log-normal."""
    count = len(happenings)
    if count == 0:
        return []
    lengths = np.exp(rng.normal(np.log(_MEDIAN_WORDS), _WORDS_SIGMA, count))
    lengths = np.clip(lengths, FEWEST_WORDS, MOST_WORDS).astype(np.int64)
    ends = np.cumsum(lengths)
    words = _words(rng, np.repeat(np.arange(count), lengths), names_of(happenings), number_share)
    return np.split(_written(rng, words, ends), ends[:-1])


def _words(rng: Generator, owner: npt.NDArray[np.int64], names: Tokens, number_share: float) -> Tokens:
    """Words, with the capital of names already in."""
    size = len(owner)
    what = rng.random(size, dtype=np.float32)
    words = _drawn(rng, FIRST_CONTENT, _CONTENT_WORDS, 2.7, size) * FORMS
    cut = number_share
    here = np.flatnonzero(what < cut)
    words[here] = rng.integers(FIRST_NUMBER, FIRST_CONTENT, len(here)) * FORMS
    here = np.flatnonzero((what >= cut) & (what < cut + _NAME_SHARE))
    which = np.minimum(rng.integers(0, NAMES_PER_HAPPENING, len(here)), rng.integers(0, NAMES_PER_HAPPENING, len(here)))
    words[here] = names[owner[here], which] * FORMS + CAPITAL
    cut += _NAME_SHARE
    here = np.flatnonzero((what >= cut) & (what < cut + _FUNCTION_SHARE))
    words[here] = _drawn(rng, 0, len(_FUNCTION_WORDS), 1.0, len(here)) * FORMS
    return words


def _written(rng: Generator, words: Tokens, ends: npt.NDArray[np.int64]) -> Tokens:
    """The same with sentences, paragraphs and commas; each text ends with its last sentence."""
    size = len(words)
    gaps = rng.integers(*_SENTENCE_WORDS, size // _SENTENCE_WORDS[0] + 1)
    sentence_ends = np.cumsum(gaps) - 1
    last = np.union1d(sentence_ends[sentence_ends < size], ends - 1)
    ending = np.where(rng.random(size, dtype=np.float32) < _COMMA_SHARE, COMMA, 0).astype(np.int32)
    ending[last] = np.where(rng.random(len(last)) < _PARAGRAPH_SHARE, PARAGRAPH, FULL_STOP)
    capital = np.zeros(size, dtype=np.int32)
    capital[np.concatenate(([0], last[:-1] + 1))] = CAPITAL
    return (words | capital) + ending


def headlines(rng: Generator, happenings: npt.NDArray[np.int64]) -> list[Tokens]:
    """A headline of seven words for each happening: three of its names and words of the vocabulary."""
    names = names_of(happenings) * FORMS + CAPITAL
    lines = _drawn(rng, FIRST_CONTENT, _CONTENT_WORDS, 2.7, len(happenings) * 7).reshape(-1, 7) * FORMS
    lines[:, 1] = _drawn(rng, 0, len(_FUNCTION_WORDS), 1.0, len(happenings)) * FORMS
    for place in (0, 2, 5):
        lines[:, place] = names[np.arange(len(names)), rng.integers(0, NAMES_PER_HAPPENING, len(names))]
    return list(lines)


def house_tail(source: int) -> Tokens:
    """The lines that a source prints under its articles, the same under each."""
    rng = np.random.default_rng([7, source])
    tail = np.concatenate([_drawn(rng, 0, len(_FUNCTION_WORDS), 1.0, 16), _drawn(rng, FIRST_CONTENT, 9_000, 2.7, 16)])
    rng.shuffle(tail)
    tail = tail * FORMS
    tail[[0, 18]] += CAPITAL
    tail[[17, 31]] += FULL_STOP
    return tail.astype(np.int32)


def texts_of(tokens: Sequence[Tokens]) -> pa.Array:
    """The texts as a reader sees them, in an Arrow array of strings."""
    offsets = np.concatenate(([0], np.cumsum([len(one) for one in tokens]))).astype(np.int32)
    written = _spellings().take(pa.array(np.concatenate(tokens) if tokens else np.empty(0, dtype=np.int32)))
    return pc.utf8_trim_whitespace(pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), written), ""))
