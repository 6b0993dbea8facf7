"""Whether one text is another one re-used: a question about the two texts and nothing else.

Shared shingles are verified by containment: the share of the *smaller* text that stands in the other. Jaccard
similarity fails on wire copy, which is cut or padded (measured 2026-11 on 11,000 news texts: F1 .17 at Jaccard .8,
.98 and more with containment .5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import xxhash

from pipeline.dedupe.shingles import LEAST_WORDS, Shingles, shingles_in_order, words_of

LEAST_CONTAINMENT = 0.5


@dataclass(frozen=True, slots=True)
class TextShape:
    """What is kept of a text while it is compared."""

    words_hash: int  # 64 bits, of its words in order: equal for equal texts
    word_count: int
    in_order: Shingles  # the hash of the shingle that begins at each word
    distinct: Shingles  # the same, each once, sorted

    @property
    def is_too_short(self) -> bool:
        """Whether the text has too few words for its re-use to be told from chance."""
        return self.word_count < LEAST_WORDS

    def without(self, positions: npt.NDArray[np.bool_]) -> TextShape:
        """The same text without the shingles at some positions."""
        return replace(self, distinct=np.unique(self.in_order[~positions]))


@dataclass(frozen=True, slots=True)
class Reuse:
    """One text is another one re-used."""

    own_share: float  # share of the one's distinct shingles found in the other, 0..1
    matched_share: float  # the other way round


def shape_of(body: str) -> TextShape:
    """The shape of a text."""
    words = words_of(body)
    in_order = shingles_in_order(words)
    words_hash = xxhash.xxh3_64_intdigest(" ".join(words).encode())
    return TextShape(words_hash, len(words), in_order, np.unique(in_order))


def reuse_of(one: TextShape, other: TextShape) -> Reuse | None:
    """The shares of two texts in each other where enough of the smaller one stands in the larger; None elsewhere."""
    smaller = min(len(one.distinct), len(other.distinct))
    if one.is_too_short or other.is_too_short or smaller == 0:
        return None
    shared = len(np.intersect1d(one.distinct, other.distinct, assume_unique=True))
    if shared < LEAST_CONTAINMENT * smaller:
        return None
    return Reuse(shared / len(one.distinct), shared / len(other.distinct))
