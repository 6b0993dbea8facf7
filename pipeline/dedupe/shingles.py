"""Word shingles of a text as a sorted array of 64-bit hashes.

A shingle is five consecutive words, letter case and punctuation folded away. Five words are long enough that two
reports of one match rarely share them by chance, and short enough to survive light edits (Broder, "On the
resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import functools
import re
import unicodedata

import numpy as np
import numpy.typing as npt
import xxhash

SHINGLE_WORDS = 5
# Fewer words than this make no text whose re-use could be told from chance.
LEAST_WORDS = 20

_WORD = re.compile(r"\w+")
Shingles = npt.NDArray[np.uint64]


def words_of(text: str) -> list[str]:
    """The words of a text, compatibility forms and letter case folded."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def shingles_of(text: str) -> Shingles:
    """The distinct shingles of a text, sorted; empty where the text has under LEAST_WORDS words."""
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return np.empty(0, dtype=np.uint64)
    hashes = {
        xxhash.xxh3_64_intdigest(" ".join(words[i : i + SHINGLE_WORDS]).encode())
        for i in range(len(words) - SHINGLE_WORDS + 1)
    }
    return np.array(sorted(hashes), dtype=np.uint64)


def containment(one: Shingles, other: Shingles) -> float:
    """The share of the smaller set that the larger one holds, 0..1; 0 where either is empty."""
    smaller = min(len(one), len(other))
    if smaller == 0:
        return 0.0
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller


# Odd multipliers with well-spread bits, one for each word of a shingle (multiply and xor-shift, as in SplitMix64).
_MULTIPLIERS = tuple(
    np.uint64(number)
    for number in (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    )
)


@functools.lru_cache(maxsize=1_000_000)
def _word_hash(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.encode())


def shingles_in_order(words: list[str]) -> Shingles:
    """The hash of the five words that begin at each word, in the order of the text; empty under five words."""
    count = len(words) - SHINGLE_WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_word_hash, words), dtype=np.uint64, count=len(words))
    mixed = np.zeros(count, dtype=np.uint64)
    for place, multiplier in enumerate(_MULTIPLIERS):
        mixed = (mixed ^ hashes[place : place + count]) * multiplier
        mixed ^= mixed >> np.uint64(29)
    return mixed
