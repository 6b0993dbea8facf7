"""The search for texts near tonight's: among themselves in memory, among the known ones through the edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.dedupe.archive import Archive, Sightings
from pipeline.dedupe.candidates import MOST_TEXTS, Holders, most_shared, pairs_between, pairs_with_first, pairs_within
from pipeline.dedupe.fingerprints import Fingerprints, boilerplate_of, fingerprints_of, is_common_text, is_in
from pipeline.dedupe.reuse import TextShape, shape_of
from pipeline.dedupe.texts import Text, publication_order

# A text of which so much stands in many texts is itself what many print: a wire report, and no boilerplate.
MOST_OF_IT = 0.75


@dataclass(frozen=True, slots=True)
class Placed:
    """A text that is placed tonight."""

    text: Text
    shape: TextShape
    fingerprints: Fingerprints


@dataclass(frozen=True, slots=True)
class Near:
    """What is near to the placed texts, by article_id. No pair has been compared yet."""

    equal: list[tuple[str, str]]  # placed texts with the same words
    equal_known: list[tuple[str, str]]  # a placed text, and a known one with the same words
    pairs: list[tuple[str, str]]  # placed texts that share fingerprints
    known_pairs: list[tuple[str, str]]  # a placed text, and a known one that shares fingerprints with it


class NightSearch:
    """Tonight's texts and what is near them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.placed: dict[str, Placed] = {}
        self.known_placed: set[str] = set()  # those of them that are known and not of tonight
        self.indexed: list[Placed] = []  # one for each distinct text, in order of publication: their fingerprints count
        self.common: Fingerprints = archive.common_fingerprints()
        self._known_common = self.common
        self._looked_up: Fingerprints = np.empty(0, dtype=np.uint32)
        self._numbers: dict[str, int] = {}  # of the known articles that hold fingerprints of tonight
        self._known = Holders.of([])

    def place(self, texts: Iterable[Text]) -> None:
        """Take in texts of tonight."""
        for text in texts:
            shape = shape_of(text.body)
            self.placed[text.article_id] = Placed(text, shape, fingerprints_of(shape))

    def place_anew(self, article_ids: Collection[str]) -> None:
        """Take in known articles whose group is in doubt."""
        texts = self._archive.texts(set(article_ids) - self.placed.keys())
        self.place(texts)
        self.known_placed |= {text.article_id for text in texts}

    def near(self) -> Near:
        """What is near to the placed texts; anew after more of them were placed."""
        equal, equal_known = self._equal_texts()
        tonight = Holders.of([placed.fingerprints for placed in self.indexed])
        self._look_up(tonight)
        known = self._known.among(
            np.array([n for a, n in self._numbers.items() if a not in self.placed], dtype=np.int64)
        )
        self._count_common(tonight, known)
        return Near(equal, equal_known, *self._candidates(tonight, known))

    def lately_common_holders(self) -> set[str]:
        """The known articles, not placed yet, with fingerprints that are common since tonight, and their groups."""
        lately = np.setdiff1d(self.common, self._known_common)
        if len(lately) == 0:
            return set()
        holders = set(self._known.only(lately).texts.tolist())
        articles = {article for article, number in self._numbers.items() if number in holders}
        originals = self._archive.originals(articles - self.placed.keys())
        return set(self._archive.group_members(set(originals.values()))) - self.placed.keys()

    def compared(self, shape: TextShape) -> TextShape:
        """A text without its boilerplate: what is compared with others."""
        boilerplate = boilerplate_of(shape, self.common, most_of_it=MOST_OF_IT)
        return shape if boilerplate is None else shape.without(boilerplate)

    def _equal_texts(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Pairs of the same words; on the way `indexed` is filled."""
        first: dict[int, Placed] = {}
        equal = []
        for placed in sorted(self.placed.values(), key=lambda p: publication_order(p.text)):
            if placed.shape.is_too_short:
                continue
            before = first.setdefault(placed.shape.words_hash, placed)
            if before is not placed:
                equal.append((before.text.article_id, placed.text.article_id))
        holders = self._archive.holders_of_texts(np.array(list(first), dtype=np.uint64))
        equal_known = []
        stand_in: dict[int, bool] = {}  # whether the first known article with these words has their fingerprints
        for holder in holders:
            if holder.article_id in self.placed:
                continue
            stand_in.setdefault(holder.words_hash, holder.is_in_window)
            equal_known.append((first[holder.words_hash].text.article_id, holder.article_id))
        # A known text of the window with the same words stands for a new one, unless it is placed anew itself.
        anew = {self.placed[article_id].shape.words_hash for article_id in self.known_placed}
        self.indexed = [p for words_hash, p in first.items() if words_hash in anew or not stand_in.get(words_hash)]
        return equal, equal_known

    def _look_up(self, tonight: Holders) -> None:
        """Ask the archive for the holders of tonight's fingerprints: of those that are not common all of them."""
        distinct, _ = tonight.counted()
        asked = distinct[~is_in(distinct, self._looked_up) & ~is_in(distinct, self._known_common)]
        self._take_in(self._archive.sightings(asked))
        self._looked_up = np.sort(np.concatenate((self._looked_up, asked)))

    def _take_in(self, found: Sightings) -> None:
        numbers = np.array([self._numbers.setdefault(a, len(self._numbers)) for a in found.articles], dtype=np.int64)
        self._known = self._known.with_more(found.fingerprints, numbers[found.holders])

    def _count_common(self, tonight: Holders, known: Holders) -> None:
        fingerprints, counts = tonight.with_more(known.fingerprints, known.texts + len(self.indexed)).counted()
        self.common = np.union1d(self.common, fingerprints[counts > MOST_TEXTS])

    def _candidates(self, tonight: Holders, known: Holders) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        count = len(self.indexed)
        known = Holders(known.fingerprints, known.texts + count)
        rare, rare_known = tonight.without(self.common), known.without(self.common)
        common_texts = np.array(
            [
                n
                for n, p in enumerate(self.indexed)
                if is_common_text(p.fingerprints, self.common, most_of_it=MOST_OF_IT)
            ],
            dtype=np.int64,
        )
        printed = tonight.only(self.common).among(common_texts)
        printed_known = self._first_known(printed, known, count)
        parts = (
            pairs_within(rare),
            pairs_with_first(printed),
            pairs_between(rare, rare_known),
            pairs_between(printed, printed_known),
        )
        ones, others = (np.concatenate(side) for side in zip(*parts, strict=True))
        names = [p.text.article_id for p in self.indexed] + list(self._numbers)
        pairs = [(names[one], names[other]) for one, other in most_shared(ones, others)]
        return [p for p in pairs if p[1] in self.placed], [p for p in pairs if p[1] not in self.placed]

    def _first_known(self, printed: Holders, known: Holders, offset: int) -> Holders:
        """The known holders of common fingerprints: of those common since earlier nights only the first few."""
        earlier = np.intersect1d(printed.counted()[0], self._known_common, assume_unique=True)
        found = self._archive.first_sightings(earlier)
        numbers = np.array([self._numbers.setdefault(a, len(self._numbers)) for a in found.articles], dtype=np.int64)
        return known.only(self.common).with_more(found.fingerprints, numbers[found.holders] + offset)
