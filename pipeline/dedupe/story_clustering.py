"""Texts that report one happening, put together by their likeness as wholes.

Clusters are made from the likest pair on (agglomerative clustering). Two clusters become one where the cosine of
their centroids is high enough, less the more they lie apart in time, and the average cosine over all their pairs
(UPGMA; Sokal and Michener 1958) too: one pair that is alike by chance does not join two stories, and a story that
has become a topic, whose reports are less and less alike, takes no more. Known stories begin as clusters, and only
through new texts do they come together.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.dedupe.story_features import Floats, Vectors
from pipeline.dedupe.story_links import FADE, find_links

LEAST_LIKENESS = 0.31
LEAST_AVERAGE = 0.20
LEAST_MERGE_LIKENESS = 0.34  # of two stories that readers know as two
MOST_RETRIES = 3


@dataclass(frozen=True, slots=True)
class Clustering:
    """The cluster of each row, named by one of its rows, and how many pairs and clusters were compared."""

    cluster_of: list[int]
    compared: int


def find_clusters(
    vectors: Vectors,
    instants: Floats,
    stories: Sequence[int],
    apart: Mapping[int, set[int]],
    window_seconds: float,
) -> Clustering:
    """Put rows into clusters.

    Args:
        vectors: one row for each text, in order of publication.
        instants: when each was reported, seconds; NaN: nobody knows, and it is near everything.
        stories: the number of the known story of each row, 0 or more; -1: a new text.
        apart: rows that are never in one cluster, both ways.
        window_seconds: texts that are further apart in time are not compared.
    """
    links = find_links(vectors, instants, np.asarray(stories, dtype=np.int64) < 0, window_seconds)
    clusters = _Clusters(vectors, instants, stories, apart, window_seconds)
    waiting = [
        (-likeness, one, other, 0)
        for likeness, one, other in zip(links.likeness.tolist(), links.one.tolist(), links.other.tolist(), strict=True)
    ]
    heapq.heapify(waiting)
    compared = links.compared
    while waiting:
        key, one, other, tries = heapq.heappop(waiting)
        first, second = clusters.of(one), clusters.of(other)
        if first == second or clusters.are_apart(first, second):
            continue
        compared += 1
        likeness = -key if clusters.are_single(first, second) else clusters.likeness(first, second)
        if likeness < clusters.least_likeness(first, second):
            continue
        # Since it was put there its clusters may have become less alike; others may be more alike now.
        if likeness < -key - 1e-9 and waiting and likeness < -waiting[0][0] and tries < MOST_RETRIES:
            heapq.heappush(waiting, (-likeness, one, other, tries + 1))
            continue
        clusters.join(first, second)
    return Clustering([clusters.of(row) for row in range(len(instants))], compared)


class _Clusters:
    """Clusters of rows that grow together; each is named by a row of it."""

    def __init__(
        self,
        vectors: Vectors,
        instants: Floats,
        stories: Sequence[int],
        apart: Mapping[int, set[int]],
        window_seconds: float,
    ) -> None:
        self._vectors, self._instants, self._window_seconds = vectors, instants, window_seconds
        self._parents = list(range(len(instants)))
        self._rows: dict[int, list[int]] = {}  # of clusters of several rows
        self._sums: dict[int, dict[int, float]] = {}
        self._squares: dict[int, float] = {}
        self._times: dict[int, tuple[float, int]] = {}  # sum of the known instants, and how many they are
        self._story: dict[int, int] = {}
        first_of: dict[int, int] = {}
        for row, story in enumerate(stories):
            if story >= 0:
                first = first_of.setdefault(story, row)
                self._parents[row] = first
                self._rows.setdefault(first, []).append(row)
                self._story[first] = story
        self._apart: dict[int, set[int]] = {}
        for row, others in apart.items():
            self._apart.setdefault(self.of(row), set()).update(others)

    def of(self, row: int) -> int:
        """The cluster of a row."""
        parents = self._parents
        while parents[row] != row:
            parents[row] = parents[parents[row]]
            row = parents[row]
        return row

    def are_apart(self, first: int, second: int) -> bool:
        """Whether a row of the one may not be with a row of the other."""
        return any(self.of(row) == second for row in self._apart.get(first, ()))

    def are_single(self, first: int, second: int) -> bool:
        """Whether each is one row: then they are as alike as the rows."""
        return first not in self._rows and second not in self._rows

    def least_likeness(self, first: int, second: int) -> float:
        """How alike the two must be to become one."""
        return LEAST_MERGE_LIKENESS if first in self._story and second in self._story else LEAST_LIKENESS

    def likeness(self, first: int, second: int) -> float:
        """The cosine of the centroids, less by their distance in time; 0 where their pairs are hardly alike."""
        one, other = self._sum(first), self._sum(second)
        if len(one) > len(other):
            one, other = other, one
        product = sum(weight * other[term] for term, weight in one.items() if term in other)
        if product < LEAST_AVERAGE * self._size(first) * self._size(second):
            return 0.0
        return self._fresh(first, second) * product / math.sqrt(self._squares[first] * self._squares[second])

    def join(self, first: int, second: int) -> None:
        """Make one cluster of two."""
        into, gone = (first, second) if self._size(first) >= self._size(second) else (second, first)
        one, other = self._sum(into), self._sum(gone)
        product = 0.0
        for term, weight in other.items():
            before = one.get(term, 0.0)
            product += before * weight
            one[term] = before + weight
        self._squares[into] += self._squares.pop(gone) + 2 * product
        total, count = self._time(into)
        more, others = self._time(gone)
        self._times[into] = (total + more, count + others)
        self._rows[into] = [*self._rows.get(into, [into]), *self._rows.pop(gone, [gone])]
        if gone in self._story:
            self._story.setdefault(into, self._story[gone])
        if gone in self._apart:
            self._apart.setdefault(into, set()).update(self._apart[gone])
        self._parents[gone] = into
        del self._sums[gone]

    def _size(self, cluster: int) -> int:
        return len(self._rows.get(cluster, (cluster,)))

    def _sum(self, cluster: int) -> dict[int, float]:
        """The sum of its vectors, made when it is first asked for."""
        if cluster not in self._sums:
            rows = self._rows.get(cluster)
            if rows is None:
                self._sums[cluster], self._squares[cluster] = self._vectors.row(cluster), 1.0
                return self._sums[cluster]
            total: dict[int, float] = {}
            own = float(len(rows))  # every vector has length 1, also by terms that are in no other
            for row in rows:
                for term, weight in self._vectors.row(row).items():
                    total[term] = total.get(term, 0.0) + weight
                    own -= weight * weight
            self._sums[cluster] = total
            self._squares[cluster] = sum(weight * weight for weight in total.values()) + max(0.0, own)
        return self._sums[cluster]

    def _time(self, cluster: int) -> tuple[float, int]:
        if cluster not in self._times:
            instants = [self._instants[row] for row in self._rows.get(cluster, (cluster,))]
            known = [float(instant) for instant in instants if not math.isnan(instant)]
            self._times[cluster] = (math.fsum(known), len(known))
        return self._times[cluster]

    def _fresh(self, first: int, second: int) -> float:
        (total, count), (other_total, other_count) = self._time(first), self._time(second)
        if not count or not other_count:
            return 1.0
        gap = abs(total / count - other_total / other_count)
        return 1 - FADE * min(1.0, gap / self._window_seconds)
