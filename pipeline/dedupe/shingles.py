"""Words of a text, and word shingles as 64-bit hashes.

A shingle is five consecutive words, letter case and punctuation folded away. Five words are long enough that two
reports of one match rarely share them by chance, and short enough to survive light edits (Broder, "On the
resemblance and containment of documents", 1997).

What a word is, in any script:

- a run of letters, digits and the marks that belong to them (vowel signs, points);
- a number with its separators: 1,000 and 1.000 and 1000 are one word, in whatever house style;
- in scripts that write no spaces between words, each Han or kana character; of the others of them (Thai, Lao, Khmer,
  Burmese), in which a character says less, pieces of four characters on average that end at certain characters,
  so that they fall alike wherever a passage stands (content-defined chunks; Muthitacharoen and others, "A
  low-bandwidth network file system", 2001).
"""

from __future__ import annotations

import functools
import re
import unicodedata

import numpy as np
import numpy.typing as npt

from pipeline.stream_safe import normalize

SHINGLE_WORDS = 5
# Fewer words than this make no text whose re-use could be told from chance.
LEAST_WORDS = 20

Shingles = npt.NDArray[np.uint64]

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_UNSPACED = "".join(
    letter
    for first, last in ((0x0E01, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
    for letter in map(chr, range(first, last + 1))
    if unicodedata.category(letter) == "Lo"
)
# One in four letters of those scripts, spread evenly: a piece ends after it.
_PIECE_ENDS = "".join(letter for letter in _UNSPACED if ord(letter) % 4 == 1)
_NO_PIECE_ENDS = "".join(letter for letter in _UNSPACED if ord(letter) % 4 != 1)
_MOST_LETTERS = 12
_THOUSANDS = re.compile(r"([0-9])[.,'\u2019 ](?=[0-9]{3}(?![0-9]))")
# What `tokens_of` gives beside words.
QUOTATION_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f'
SENTENCE_MARKS = QUOTATION_MARKS + ".!?:;\u2018\u2026\u3002\u061f\u06d4\u0964\n"
_SPACED_WORD = r"\w+"


# The rest of Unicode has none but ideographs and what is private or not assigned; looking there takes 0.3 s.
_PLANES_WITH_MARKS = (*range(0x300, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x20000), *range(0xE0100, 0xE01F0))


@functools.cache
def _marks() -> str:
    """The characters that belong to the letter before them, as ranges of a regular expression."""
    points = [point for point in _PLANES_WITH_MARKS if unicodedata.category(chr(point))[0] == "M"]
    begins = [point for point, before in zip(points, [-2, *points], strict=False) if point != before + 1]
    ends = [point for point, after in zip(points, [*points[1:], -2], strict=True) if point != after - 1]
    return "".join(f"{chr(begin)}-{chr(end)}" for begin, end in zip(begins, ends, strict=True))


@functools.cache
def _needs_scripts() -> re.Pattern[str]:
    return re.compile(f"[{_marks()}{_UNSPACED}{_IDEOGRAPHS}]")


@functools.cache
def _words_and(others: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The pattern of words, and of some other characters: of ASCII, where words are runs of letters, in any script."""
    marks = f"[{_marks()}]*"
    any_word = (
        f"[{_IDEOGRAPHS}]{marks}"
        f"|(?:[{_NO_PIECE_ENDS}]{marks}){{1,{_MOST_LETTERS}}}(?:[{_PIECE_ENDS}]{marks})?"
        f"|[{_PIECE_ENDS}]{marks}"
        f"|(?:[^\\W{_IDEOGRAPHS}{_UNSPACED}]{marks})+"
    )
    spaced = _SPACED_WORD + others
    return re.compile(spaced, re.ASCII), re.compile(spaced), re.compile(any_word + others)


def words_of(text: str) -> list[str]:
    """The words of a text, compatibility forms and letter case folded."""
    return words_in(folded_text(text))


def folded_text(text: str) -> str:
    """A text with compatibility forms, separators in numbers and letter case folded."""
    return _normalised(text).casefold()


def words_in(folded: str) -> list[str]:
    """The words of a folded text."""
    return _found(folded, "")


def needs_scripts(text: str) -> bool:
    r"""Whether words are more than runs of `\w` in a text: it has marks, or a script without spaces."""
    return _needs_scripts().search(text) is not None


def tokens_of(text: str) -> list[str]:
    """The words of a text with letter case as it stands, and the marks that end a sentence, a line or a quotation."""
    return _found(_normalised(text), f"|[{SENTENCE_MARKS}]")


def _normalised(text: str) -> str:
    return _THOUSANDS.sub(r"\1", normalize("NFKC", text))


def _found(text: str, others: str) -> list[str]:
    of_ascii, spaced, any_script = _words_and(others)
    if text.isascii():
        return of_ascii.findall(text)
    return (any_script if _needs_scripts().search(text) else spaced).findall(text)


# Odd multipliers, one for each word of a shingle or a context (multiply and xor-shift: SplitMix64).
MULTIPLIERS = tuple(
    np.uint64(number)
    for number in (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    )
)


def shingles_in_order(hashes: npt.NDArray[np.uint64]) -> Shingles:
    """The hash of the five words that begin at each word, in the order of the text; empty under five words.

    Args:
        hashes: of the words of the text, in order (`word_hashes.word_hashes_of`).
    """
    count = len(hashes) - SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for place, multiplier in enumerate(MULTIPLIERS):
        mixed = (mixed ^ hashes[place : place + count]) * multiplier
        mixed ^= mixed >> np.uint64(29)
    return mixed


def distinct(shingles: Shingles) -> Shingles:
    """Each shingle once, sorted. For a few hundred numbers sorting takes a tenth of the time of `numpy.unique`."""
    ordered = np.sort(shingles)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered
