"""Word shingles of a text as a sorted array of 64-bit hashes.

A shingle is five consecutive words, letter case and punctuation folded away. Five words are long enough that two
reports of one match rarely share them by chance, and short enough to survive light edits (Broder, "On the
resemblance and containment of documents", 1997).
"""

from __future__ import annotations

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
