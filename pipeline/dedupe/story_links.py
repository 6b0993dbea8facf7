"""Pairs of texts that may report one happening, and how alike they are.

Candidates are texts that have some of their heaviest terms in common. Each text is compared for each such term with
the MOST_NEIGHBOURS texts next to it in time that have it too, however many there are: the work grows with the texts
alone, also where ten thousand report one thing. A pair is as alike as its vectors (cosine), less the more the two lie
apart in time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.dedupe.story_features import NAME, NUMBER, Floats, Integers, Truths, Vectors

ANCHORS = 14  # of a text: its heaviest terms, by which candidates are found
MOST_NEIGHBOURS = 24  # in time, for each anchor
MOST_LINKS = 12  # of a text: its likest candidates
LEAST_ANCHOR_COSINE = 0.06
LEAST_LINK = 0.14
LEAST_NAMES = 0.06  # of the cosine, from names in common
SAME_FORM = 0.4  # cosine without the numbers
SAME_FIGURES = 0.25  # of the numbers' part of a vector
LEAST_FIGURES = 0.05  # the numbers' part of a vector, from which on they can tell two texts apart
SERIES_SECONDS = 12 * 3600  # the next of a series comes later than this
FADE = 0.2  # how much less likeness counts at the end of the window

_NO_PAIRS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of rows that may report one happening, in no order; `one` is a new text."""

    one: Integers
    other: Integers
    likeness: Floats
    compared: int  # pairs that were looked at


def find_links(vectors: Vectors, instants: Floats, is_new: Truths, window_seconds: float) -> Links:
    """The links of texts that are not further apart in time than the window.

    Args:
        vectors: one row for each text, in order of publication.
        instants: when each was reported, seconds; NaN: nobody knows, and it is near everything.
        is_new: whether each is a new text; known ones are not compared with each other.
        window_seconds: the longest distance in time.
    """
    one, other, share, compared = _candidates(vectors, is_new)
    if len(one) == 0:
        return Links(one, other, share, compared)
    gap = np.abs(instants[one] - instants[other])
    kept = (share >= LEAST_ANCHOR_COSINE) & ~(gap > window_seconds)
    one, other, gap = one[kept], other[kept], gap[kept]
    shared = _products(vectors, one, other)
    likeness = shared.total * freshness(gap, window_seconds)
    kept = (likeness >= LEAST_LINK) & _may_be_one(vectors, one, other, shared, gap)
    one, other, likeness = one[kept], other[kept], likeness[kept]
    # A pair of new texts counts for both.
    kept = _among_likest(one, likeness) | (is_new[other] & _among_likest(other, likeness))
    return Links(one[kept], other[kept], likeness[kept], compared)


def _candidates(vectors: Vectors, is_new: Truths) -> tuple[Integers, Integers, Floats, int]:
    """Pairs with anchors in common, one of them new, and what their anchors add to their cosine."""
    rows = vectors.rows
    heaviest = np.lexsort((vectors.terms, -vectors.weights, rows))
    rank = np.arange(len(rows)) - np.repeat(vectors.starts[:-1], np.diff(vectors.starts))
    anchors = np.sort(heaviest[rank < ANCHORS])
    anchors = anchors[np.argsort(vectors.terms[anchors], kind="stable")]  # by term, then by time
    terms, weights, rows = vectors.terms[anchors], vectors.weights[anchors], rows[anchors]
    found, products = [_NO_PAIRS], [np.empty(0)]
    for distance in range(1, MOST_NEIGHBOURS + 1):
        here = np.flatnonzero(terms[distance:] == terms[:-distance])
        if len(here) == 0:
            break
        here = here[is_new[rows[here]] | is_new[rows[here + distance]]]
        found.append(rows[here + distance] * len(is_new) + rows[here])
        products.append(weights[here + distance] * weights[here])
    keys = np.concatenate(found)
    if len(keys) == 0:
        return _NO_PAIRS, _NO_PAIRS, np.empty(0), 0
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], np.concatenate(products)[order]
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    later, earlier = np.divmod(keys[begins], len(is_new))
    one, other = np.where(is_new[later], later, earlier), np.where(is_new[later], earlier, later)
    return one, other, np.add.reduceat(values, begins), len(keys)


@dataclass(frozen=True, slots=True)
class _Products:
    """Of pairs of rows the products of their vectors, over all terms, the names, and the numbers."""

    total: Floats
    names: Floats
    numbers: Floats


def _products(vectors: Vectors, one: Integers, other: Integers) -> _Products:
    """The terms of one looked up in the other."""
    keys = vectors.rows * len(vectors.kinds) + vectors.terms
    lengths = vectors.starts[one + 1] - vectors.starts[one]
    pair = np.repeat(np.arange(len(one)), lengths)
    entry = np.arange(len(pair)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + vectors.starts[one][pair]
    wanted = other[pair] * len(vectors.kinds) + vectors.terms[entry]
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    hit = keys[place] == wanted
    pair, entry, place = pair[hit], entry[hit], place[hit]
    products = vectors.weights[entry] * vectors.weights[place]
    kinds = vectors.kinds[vectors.terms[entry]]

    def summed(chosen: Truths) -> Floats:
        found = np.bincount(pair[chosen], weights=products[chosen], minlength=len(one))
        return found.astype(np.float64, copy=False)

    return _Products(summed(kinds >= 0), summed(kinds == NAME), summed(kinds == NUMBER))


def _may_be_one(vectors: Vectors, one: Integers, other: Integers, shared: _Products, gap: Floats) -> Truths:
    """Whether no pair is of two happenings of one kind, by what tells these apart: names and figures.

    Where both name somebody they name somebody in common. And a text of the same form with other figures, that comes
    later than an update would, is the next of a series: a rate, a count, a list.
    """
    names, numbers = vectors.name_parts, vectors.number_parts
    strangers = (shared.names < LEAST_NAMES) & (np.minimum(names[one], names[other]) > 0)
    figures = np.minimum(numbers[one], numbers[other])
    rest = np.sqrt((1 - numbers[one]) * (1 - numbers[other]))
    same_form = shared.total - shared.numbers >= SAME_FORM * rest
    other_figures = (shared.numbers < SAME_FIGURES * figures) & (figures > LEAST_FIGURES)
    is_next: Truths = same_form & other_figures & ~(gap < SERIES_SECONDS)
    return np.logical_not(strangers | is_next)


def _among_likest(rows: Integers, likeness: Floats) -> Truths:
    """Whether a pair is among the MOST_LINKS likest ones of its row."""
    order = np.lexsort((-likeness, rows))
    in_order = rows[order]
    rank = np.arange(len(rows)) - np.searchsorted(in_order, in_order)
    kept = np.zeros(len(rows), dtype=bool)
    kept[order[rank < MOST_LINKS]] = True
    return kept


def freshness(gap_seconds: Floats, window_seconds: float) -> Floats:
    """The factor by which likeness counts at a distance in time; 1 where that is unknown (NaN)."""
    known = np.nan_to_num(gap_seconds, nan=0.0)
    return np.asarray(1 - FADE * np.minimum(1.0, known / window_seconds), dtype=np.float64)
