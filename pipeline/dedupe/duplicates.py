"""Which text re-uses which: shared shingles, verified by containment.

Jaccard similarity fails on wire copy, which is cut or padded; the share of the *smaller* text that stands in the
other does not (measured 2026-11 on 11,000 news texts: F1 .17 at Jaccard .8, .98 and more with containment .5).
Shingles that stand in many texts are boilerplate and would chain strangers together; they are left out.

The original is the text that was known first, then the one published first. `duplicate_of` always names an
original, never another duplicate, so that no chains form.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.dedupe.shingles import Shingles, containment, shingles_of
from pipeline.dedupe.texts import Text, publication_order

LEAST_CONTAINMENT = 0.5
# A shingle in more texts than this is boilerplate: a disclaimer, a market table's frame.
MOST_TEXTS_PER_SHINGLE = 40
# One shingle in this many is looked up; the verification uses all of them.
SAMPLE_EVERY = 4
# Sampling is unfair to short texts: below this many shingles all of them are looked up.
SAMPLE_ABOVE_SHINGLES = 160


@dataclass(frozen=True, slots=True)
class Repeat:
    """The finding that a text re-uses an original's."""

    original_id: str
    shared_share: float


class DuplicateIndex:
    """Texts seen so far, by shingle; asked for the original of the next one."""

    def __init__(self) -> None:
        self._shingles: dict[str, Shingles] = {}
        self._original_of: dict[str, str] = {}
        self._texts_with: defaultdict[int, list[str]] = defaultdict(list)

    def add(self, article_id: str, shingles: Shingles, original_id: str | None = None) -> None:
        """Remember a text, and whose it is when it is a duplicate."""
        self._shingles[article_id] = shingles
        self._original_of[article_id] = original_id or article_id
        for shingle in _looked_up(shingles):
            holders = self._texts_with[shingle]
            # One more than the limit marks the shingle as boilerplate; longer lists would only cost memory.
            if len(holders) <= MOST_TEXTS_PER_SHINGLE:
                holders.append(article_id)

    def find_original(self, article_id: str, shingles: Shingles) -> Repeat | None:
        """The original of a text: that of the remembered text with the largest containment, if enough is shared."""
        shared: Counter[str] = Counter()
        for shingle in _looked_up(shingles):
            holders = self._texts_with.get(shingle, ())
            if len(holders) <= MOST_TEXTS_PER_SHINGLE:
                shared.update(holders)
        best: tuple[float, str] | None = None
        for candidate, _count in shared.most_common(20):
            if candidate == article_id:
                continue
            share = containment(shingles, self._shingles[candidate])
            if share >= LEAST_CONTAINMENT and (best is None or share > best[0]):
                best = (share, candidate)
        if best is None or self._original_of[best[1]] == article_id:
            return None
        return Repeat(self._original_of[best[1]], round(best[0], 4))


def find_repeats(known: Iterable[Text], fresh: Iterable[Text]) -> dict[str, Repeat]:
    """The fresh texts that re-use a known or an earlier fresh text, by article_id.

    A fresh text that is a revision of a known one replaces it: nobody is compared with what it used to say.
    """
    fresh = sorted(fresh, key=publication_order)
    replaced = {text.article_id for text in fresh}
    index = DuplicateIndex()
    for text in known:
        if text.article_id not in replaced:
            index.add(text.article_id, shingles_of(text.body), text.known_original)
    repeats: dict[str, Repeat] = {}
    for text in fresh:
        shingles = shingles_of(text.body)
        repeat = index.find_original(text.article_id, shingles)
        if repeat is not None:
            repeats[text.article_id] = repeat
        index.add(text.article_id, shingles, repeat.original_id if repeat else None)
    return repeats


def _looked_up(shingles: Shingles) -> list[int]:
    if len(shingles) <= SAMPLE_ABOVE_SHINGLES:
        found: list[int] = shingles.tolist()
    else:
        found = shingles[shingles % SAMPLE_EVERY == 0].tolist()
    return found
