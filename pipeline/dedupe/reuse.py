"""Whether one text is another one re-used: a question about the two texts and nothing else.

1. Shared shingles are verified by containment: the share of the *smaller* text that stands in the other. Jaccard
   similarity fails on wire copy, which is cut or padded.
2. The shared part has to be a fair part of the longer text too: an item in a round-up of a week's news makes neither
   the round-up nor its other items repeats of it.
3. Where both have the same words around a figure or a name, the figures and names have to agree: reports of one form
   (prices, weather, results, obituaries) are alike in everything but these (`pipeline.dedupe.slots`).
4. Where only the ends of both are alike, and both begin with words of their own, it is a standing note, or the
   background that a paper repeats under each of its reports.
5. What both quote is shared by all who heard it: outside quotation marks a fair part has to be shared as well.

Measured 2026-11 on 4,414 news texts, two halves apart, pairs compared directly: of 2,914 true pairs 99 in 100 are
found by containment .4 with no wrong one; without the third rule 500 wrong ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import xxhash

from pipeline.dedupe.quotations import quoted_words
from pipeline.dedupe.shingles import LEAST_WORDS, SHINGLE_WORDS, Shingles, distinct, shingles_in_order
from pipeline.dedupe.slots import Slots, agreement_of
from pipeline.dedupe.word_hashes import word_hashes_of

# Of the smaller text; more of a short one, in which a common phrase or two is much.
LEAST_CONTAINMENT = 0.4
LEAST_CONTAINMENT_SHORT = 0.7
SHORT_SHINGLES, LONG_SHINGLES = 16, 64
# Of the longer one.
LEAST_COVERAGE = 0.2
# Fewer shared shingles are a phrase.
LEAST_SHARED = 8

# Of the smaller text: where less is shared, more speaks against re-use.
HALF_SHARED = 0.6
# News begins with what happened; less than this at the beginning is a phrase.
BEGIN_SHINGLES, LEAST_OF_BEGIN = 20, 0.3
END_SHINGLES, LEAST_OF_END = 5, 0.7
MOST_SHARED_BY_END = 0.65
LEAST_UNQUOTED = 0.25

# Of the figures (names) between the same words so many may differ, as figures do that are corrected or rounded.
MOST_OTHER_FIGURES = 0.35
MOST_OTHER_NAMES = 0.5
LEAST_OTHER_FIGURES = 2
LEAST_OTHER_NAMES = 3
# Less of them where about half of the text is shared: a form that is mostly slots has few of them in common contexts.
MOST_OTHER_FIGURES_OF_HALF = 0.14
LEAST_OTHER_FIGURES_OF_HALF = 1
# One figure that differs among so many shared words is an update of a text, and no other report of its form.
WORDS_FOR_EACH_OTHER = 100


@dataclass(frozen=True, slots=True)
class TextShape:
    """What is kept of a text while it is compared."""

    words_hash: int  # 64 bits, of its words in order: equal for equal texts
    word_count: int
    in_order: Shingles  # the hash of the shingle that begins at each word
    distinct: Shingles  # the same, each once, sorted
    slots: Slots = field(repr=False)  # its figures and names, read when they are first asked for

    @property
    def is_too_short(self) -> bool:
        """Whether the text has too few words for its re-use to be told from chance."""
        return self.word_count < LEAST_WORDS

    def without(self, positions: npt.NDArray[np.bool_]) -> TextShape:
        """The same text without the shingles at some positions."""
        return replace(self, distinct=distinct(self.in_order[~positions]))


@dataclass(frozen=True, slots=True)
class Reuse:
    """One text is another one re-used."""

    own_share: float  # share of the one's distinct shingles found in the other, 0..1
    matched_share: float  # the other way round


def shape_of(body: str) -> TextShape:
    """The shape of a text."""
    hashes = word_hashes_of(body)
    in_order = shingles_in_order(hashes)
    words_hash = xxhash.xxh3_64_intdigest(hashes.tobytes())
    return TextShape(words_hash, len(hashes), in_order, distinct(in_order), Slots(body))


def reuse_of(one: TextShape, other: TextShape) -> Reuse | None:
    """The shares of two texts in each other where one is the other re-used; None elsewhere."""
    smaller, larger = sorted((len(one.distinct), len(other.distinct)))
    if one.is_too_short or other.is_too_short or smaller == 0:
        return None
    shared = len(np.intersect1d(one.distinct, other.distinct, assume_unique=True))
    if shared < max(LEAST_SHARED, least_containment(smaller) * smaller, LEAST_COVERAGE * larger):
        return None
    if shared < MOST_SHARED_BY_END * smaller and (_end_alike_only(one, other) or _quote_alike_only(one, other)):
        return None
    # A figure that differs breaks each shingle it stands in: where hardly any is broken none can differ.
    if smaller - shared > SHINGLE_WORDS and _are_of_one_form(one, other, shared, shared / smaller):
        return None
    return Reuse(shared / len(one.distinct), shared / len(other.distinct))


def least_containment(smaller: int) -> float:
    """The share of a smaller text of so many distinct shingles that has to stand in the longer one."""
    return float(np.interp(smaller, (SHORT_SHINGLES, LONG_SHINGLES), (LEAST_CONTAINMENT_SHORT, LEAST_CONTAINMENT)))


def _end_alike_only(one: TextShape, other: TextShape) -> bool:
    """Whether both texts end with words of the other and neither begins so."""
    ends = min(_share_in(t.in_order[-END_SHINGLES:], o) for t, o in ((one, other), (other, one)))
    begins = max(_share_in(t.in_order[:BEGIN_SHINGLES], o) for t, o in ((one, other), (other, one)))
    return ends >= LEAST_OF_END and begins < LEAST_OF_BEGIN


def _quote_alike_only(one: TextShape, other: TextShape) -> bool:
    """Whether the smaller text has little of the other but what it quotes."""
    smaller, larger = sorted((one, other), key=lambda shape: len(shape.distinct))
    quoted = quoted_words(smaller.slots.tokens)
    if len(quoted) != smaller.word_count or not quoted.any():
        return False
    inside = np.lib.stride_tricks.sliding_window_view(quoted, SHINGLE_WORDS).any(axis=1)
    unquoted = np.intersect1d(smaller.in_order[~inside], smaller.distinct)
    return len(unquoted) >= LEAST_SHARED and _share_in(unquoted, larger) < LEAST_UNQUOTED


def _share_in(shingles: Shingles, other: TextShape) -> float:
    """The share of some shingles that another text, which has any, has too."""
    places = np.minimum(np.searchsorted(other.distinct, shingles), len(other.distinct) - 1)
    return np.count_nonzero(other.distinct[places] == shingles) / len(shingles)


def _are_of_one_form(one: TextShape, other: TextShape, shared: int, share: float) -> bool:
    """Whether two texts, that have `shared` shingles in common, fill the same form with other figures or names."""
    found = agreement_of(one.slots, other.slots)
    if (found.other_figures + found.other_names) * WORDS_FOR_EACH_OTHER < shared:
        return False
    figures, names = found.same_figures + found.other_figures, found.same_names + found.other_names
    is_half = share < HALF_SHARED
    least, most = (
        (LEAST_OTHER_FIGURES_OF_HALF, MOST_OTHER_FIGURES_OF_HALF)
        if is_half
        else (LEAST_OTHER_FIGURES, MOST_OTHER_FIGURES)
    )
    if found.other_figures >= least and found.other_figures >= most * figures:
        return True
    return found.other_names >= LEAST_OTHER_NAMES and found.other_names >= MOST_OTHER_NAMES * names
