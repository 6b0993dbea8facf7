"""Pairs of texts that share fingerprints: the few among millions that are worth a look.

All work is in proportion to the fingerprints that come in, whatever they are: a fingerprint with more than
`MOST_TEXTS` holders is common and makes no pairs, except between texts that are common as a whole (a report that
hundreds print), and these are only paired with its first few holders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.fingerprints import Fingerprints, is_in

# What stands in more texts than this is boilerplate (a disclaimer, the frame of a table), or a very common report.
MOST_TEXTS = 40
# A text that is common as a whole is compared with so many first holders of each of its fingerprints.
FIRST_HOLDERS = 8
# Of each text's partners those that share most are looked at.
MOST_CANDIDATES = 24
LEAST_SHARED = 2

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Holders:
    """Which text holds which fingerprint: two columns, sorted by fingerprint, then by text."""

    fingerprints: Fingerprints
    texts: Integers

    @classmethod
    def of(cls, prints: Sequence[Fingerprints]) -> Holders:
        """The holders among texts 0, 1, 2, ..., whose order is the order in which holders are first."""
        if not prints:
            return cls(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.int64))
        fingerprints = np.concatenate(prints)
        texts = np.repeat(np.arange(len(prints), dtype=np.int64), [len(p) for p in prints])
        return cls._sorted(fingerprints, texts)

    def counted(self) -> tuple[Fingerprints, Integers]:
        """Each fingerprint once, and how many hold it."""
        starts, lengths = self.runs()
        return self.fingerprints[starts], lengths

    def without(self, fingerprints: Fingerprints) -> Holders:
        """The holders of all others; `fingerprints` is sorted."""
        return self._where(~is_in(self.fingerprints, fingerprints))

    def only(self, fingerprints: Fingerprints) -> Holders:
        """The holders of these, which are sorted."""
        return self._where(is_in(self.fingerprints, fingerprints))

    def among(self, texts: Integers) -> Holders:
        """The holders among these texts."""
        return self._where(np.isin(self.texts, texts))

    def with_more(self, fingerprints: Fingerprints, texts: Integers) -> Holders:
        """These holders and more, in any order."""
        return self._sorted(np.concatenate([self.fingerprints, fingerprints]), np.concatenate([self.texts, texts]))

    @classmethod
    def _sorted(cls, fingerprints: Fingerprints, texts: Integers) -> Holders:
        """Both columns in one number: sorting these takes a quarter of the time of sorting by two columns."""
        keys = np.sort(fingerprints.astype(np.uint64) << np.uint64(32) | texts.astype(np.uint64))
        return cls((keys >> np.uint64(32)).astype(np.uint32), (keys & np.uint64(2**32 - 1)).astype(np.int64))

    def _where(self, kept: npt.NDArray[np.bool_]) -> Holders:
        return Holders(self.fingerprints[kept], self.texts[kept])

    def runs(self) -> tuple[Integers, Integers]:
        """Where each fingerprint's holders begin, and how many they are."""
        if len(self.fingerprints) == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        starts = np.flatnonzero(np.concatenate(([True], self.fingerprints[1:] != self.fingerprints[:-1])))
        return starts, np.diff(np.append(starts, len(self.fingerprints)))


def pairs_within(holders: Holders) -> tuple[Integers, Integers]:
    """(one, other), one < other, for each fingerprint that both hold: as often as they share one."""
    starts, lengths = holders.runs()
    ones, others = [], []
    for length in np.unique(lengths):
        if length < 2:
            continue
        rows = holders.texts[starts[lengths == length][:, None] + np.arange(length)]
        left, right = np.triu_indices(int(length), k=1)
        ones.append(rows[:, left].ravel())
        others.append(rows[:, right].ravel())
    return _joined(ones), _joined(others)


def pairs_with_first(holders: Holders) -> tuple[Integers, Integers]:
    """(first, other) for each fingerprint: its first FIRST_HOLDERS with all that hold it."""
    starts, lengths = holders.runs()
    ends = starts + lengths
    ones, others = [], []
    for rank in range(FIRST_HOLDERS):
        here = lengths > rank + 1
        first = starts[here] + rank
        later = ends[here] - first - 1
        ones.append(np.repeat(holders.texts[first], later))
        others.append(holders.texts[_ranges(first + 1, later)])
    return _joined(ones), _joined(others)


def pairs_between(holders: Holders, known: Holders) -> tuple[Integers, Integers]:
    """(text of `holders`, text of `known`) for each fingerprint that both hold: as often as they share one."""
    starts, lengths = holders.runs()
    if len(starts) == 0 or len(known.fingerprints) == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    distinct = holders.fingerprints[starts]
    places = np.minimum(np.searchsorted(distinct, known.fingerprints), len(distinct) - 1)
    held = distinct[places] == known.fingerprints
    places = places[held]
    ones = holders.texts[_ranges(starts[places], lengths[places])]
    return ones, np.repeat(known.texts[held], lengths[places])


def most_shared(ones: Integers, others: Integers) -> list[tuple[int, int]]:
    """The distinct pairs worth a look: that share enough, and are among the best of at least one of the two.

    Args:
        ones, others: the pairs, as often as they share a fingerprint; texts are numbers, in the order in which of
            equally good partners the first are taken.
    """
    count = int(others.max()) + 1 if len(others) else 1
    keys, shared = np.unique(ones * count + others, return_counts=True)
    keys, shared = keys[shared >= LEAST_SHARED], shared[shared >= LEAST_SHARED]
    ones, others = keys // count, keys % count
    kept = _best(ones, others, shared) | _best(others, ones, shared)
    return list(zip(ones[kept].tolist(), others[kept].tolist(), strict=True))


def _best(texts: Integers, partners: Integers, shared: Integers) -> npt.NDArray[np.bool_]:
    """Which rows are among their text's MOST_CANDIDATES by what is shared; earlier partners first among equals."""
    order = np.lexsort((partners, -shared, texts))
    ordered = texts[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(ordered) else ordered
    ranks = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.append(starts, len(ordered))))
    kept = np.zeros(len(texts), dtype=np.bool_)
    kept[order[ranks < MOST_CANDIDATES]] = True
    return kept


def _ranges(starts: Integers, lengths: Integers) -> Integers:
    """starts[0], starts[0] + 1, ... (lengths[0] of them), then those of starts[1], and so on."""
    total = int(lengths.sum())
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(starts, lengths) + np.arange(total, dtype=np.int64) - before


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
