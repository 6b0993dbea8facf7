"""Mentions that people have parted: two of them, one from each side of a split, never tell of one happening.

A split names mentions of the revisions that were current. A later revision of the same article tells the same again,
under another mention id: it is on the side of the mentions that agree with it in article, terms and words, else in
article and terms (`own_event_id`), as long as these stand on one side only. Every other mention is on no side and
joins whichever it is more like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.event_decisions import EventSplit
from pipeline.events.likeness import Telling


class Parted:
    """Which of the mentions are kept apart by which splits; the order of either does not count."""

    def __init__(self, tellings: Iterable[Telling] = (), splits: Iterable[EventSplit] = ()) -> None:
        self._sides: dict[str, dict[str, bool]] = defaultdict(dict)
        in_force = list(splits)
        if in_force:
            every = list(tellings)
            for split in in_force:
                self._take_sides(every, split)

    def apart(self, one: Telling, other: Telling) -> bool:
        """Some split has one of them on one side and one on the other."""
        if not self._sides:
            return False
        first, second = self._sides.get(one.mention_id), self._sides.get(other.mention_id)
        if not first or not second:
            return False
        return any(split_id in second and second[split_id] != side for split_id, side in first.items())

    def _take_sides(self, tellings: list[Telling], split: EventSplit) -> None:
        named = dict.fromkeys(split.apart_from, False) | dict.fromkeys(split.moved, True)
        told: dict[object, set[bool]] = defaultdict(set)
        for telling in tellings:
            if telling.mention_id in named:
                for key in _keys(telling):
                    told[key].add(named[telling.mention_id])
        for telling in tellings:
            side = named.get(telling.mention_id)
            if side is None:
                sides = next((told[key] for key in _keys(telling) if len(told.get(key, ())) == 1), set())
                side = next(iter(sides), None)
            if side is not None:
                self._sides[telling.mention_id][split.split_id] = side


def _keys(telling: Telling) -> tuple[object, object]:
    """By what a mention is known again in another revision, the more exact first."""
    return (telling.own_event_id, telling.words), telling.own_event_id
