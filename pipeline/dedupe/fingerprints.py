"""A sample of a text's shingles, by which texts that share passages are found.

A shingle is in the sample of a text where its hash is small: whether it is depends on the shingle alone, so that two
texts that share a passage have the same sample of it (FracMinHash; Irber et al., "Lightweight compositional analysis
of metagenomes with FracMinHash and minimum metagenome covers", 2022; "mod p" of Manber, "Finding similar files in a
large file system", 1994). Longer texts are sampled more thinly, in steps that are nested: what is in the thin sample
is in the dense one. Against MinHash bands: two samples of texts of very different lengths still show how much of the
short one stands in the long one, and the number of shared fingerprints ranks candidates before any text is read.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.reuse import TextShape

Fingerprints = npt.NDArray[np.uint32]

# (a text of at most so many shingles, keeps one in so many): at most about 512 fingerprints a text.
_STEPS = ((128, 1), (512, 4), (2_048, 8), (8_192, 32), (65_536, 256), (2**62, 4_096))


def fingerprints_of(shape: TextShape) -> Fingerprints:
    """The sorted fingerprints of a text: the lower 32 bits of the hashes in its sample; none where it is too short."""
    if shape.is_too_short:
        return np.empty(0, dtype=np.uint32)
    ordered = np.sort(shape.distinct[_in_sample(shape.distinct)].astype(np.uint32))
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def boilerplate_of(shape: TextShape, common: Fingerprints, *, most_of_it: float) -> npt.NDArray[np.bool_] | None:
    """The positions of a text's shingles that stand in many texts; None where there are none to leave out.

    Between two common fingerprints with no other one between them the text is common too. A text of which
    `most_of_it` or more is common is not made of boilerplate: it is itself what many print, and nothing is left out.

    Args:
        shape: the text.
        common: fingerprints that are common, sorted.
        most_of_it: share of the text's fingerprints, 0..1.
    """
    sampled = np.flatnonzero(_in_sample(shape.in_order, len(shape.distinct)))
    if len(sampled) == 0 or len(common) == 0:
        return None
    is_common = is_in(shape.in_order[sampled].astype(np.uint32), common)
    found = np.count_nonzero(is_common)
    if found == 0 or found >= most_of_it * len(is_common):
        return None
    positions = np.zeros(len(shape.in_order), dtype=np.bool_)
    positions[sampled[is_common]] = True
    both = is_common[:-1] & is_common[1:]
    # +1 where a common stretch begins, -1 where it ends: the sum is above 0 inside.
    change = np.zeros(len(positions) + 1, dtype=np.int32)
    np.add.at(change, sampled[:-1][both], 1)
    np.add.at(change, sampled[1:][both], -1)
    return positions | (np.cumsum(change)[:-1] > 0)


def is_common_text(fingerprints: Fingerprints, common: Fingerprints, *, most_of_it: float) -> bool:
    """Whether `most_of_it` or more of a text stands in many texts, so that it is itself what many print."""
    count = len(fingerprints)
    return count > 0 and bool(np.count_nonzero(is_in(fingerprints, common)) >= most_of_it * count)


def _in_sample(hashes: npt.NDArray[np.uint64], distinct_count: int | None = None) -> npt.NDArray[np.bool_]:
    count = len(hashes) if distinct_count is None else distinct_count
    one_in = next(one_in for most, one_in in _STEPS if count <= most)
    # The upper half decides, the lower half is kept: what is kept stays evenly spread.
    return (hashes >> np.uint64(32)) < np.uint64(2**32 // one_in)


def is_in(values: npt.NDArray[np.uint32], among: Fingerprints) -> npt.NDArray[np.bool_]:
    """Which of the values are among some sorted fingerprints; `numpy.isin` would sort both, or hash them."""
    if len(among) == 0:
        return np.zeros(len(values), dtype=np.bool_)
    places = np.minimum(np.searchsorted(among, values), len(among) - 1)
    found: npt.NDArray[np.bool_] = among[places] == values
    return found
