"""An archive in memory: what the load and the edition do between two nights, without a database."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.archive import Sightings, TextHolder
from pipeline.dedupe.candidates import FIRST_HOLDERS
from pipeline.dedupe.duplicates import Duplicates, find_duplicates
from pipeline.dedupe.fingerprints import Fingerprints
from pipeline.dedupe.texts import Text
from pipeline.records import SplitDecision


class RememberedArchive:
    """Nights, one after the other, as the warehouse would remember them."""

    def __init__(self) -> None:
        self.known: dict[str, Text] = {}
        self.splits: list[SplitDecision] = []
        self._honoured: list[SplitDecision] = []
        self._words: dict[str, int] = {}
        self._fingerprints: dict[str, Fingerprints] = {}
        self._common: Fingerprints = np.empty(0, dtype=np.uint32)

    def night(self, fresh: Iterable[Text]) -> Duplicates:
        before = [
            replace(
                text,
                known_revision=1 if text.article_id in self.known else None,
                known_original=self._original(text.article_id),
            )
            for text in fresh
        ]
        taken_back = [split for split in self._honoured if split not in self.splits]
        released = {i for split in taken_back for i in (*split.moved, *split.apart_from)}
        found = find_duplicates(before, self, self.splits, released)
        self._honoured = list(self.splits)
        for text in found.judged:
            repeat = found.repeats.get(text.article_id)
            original = repeat.original_id if repeat else None
            # A known original that is demoted comes without its text.
            stands = text if text.body else self.known.get(text.article_id, text)
            self.known[text.article_id] = replace(stands, known_revision=1, known_original=original)
        for article_id, text in self.known.items():  # as 03_flatten_duplicates.sql
            original = self.known.get(text.known_original or "")
            if original is not None and original.known_original is not None:
                self.known[article_id] = replace(text, known_original=original.known_original)
        for placed in found.placed:
            self._words[placed.text.article_id] = placed.shape.words_hash if not placed.shape.is_too_short else 0
            self._fingerprints.pop(placed.text.article_id, None)
            if placed.text.article_id in found.indexed:
                self._fingerprints[placed.text.article_id] = placed.fingerprints
        self._common = found.common
        return found

    def groups(self) -> set[frozenset[str]]:
        """Every group of two or more."""
        found: dict[str, set[str]] = {}
        for article_id, text in self.known.items():
            found.setdefault(text.known_original or article_id, set()).add(article_id)
        return {frozenset(members) for members in found.values() if len(members) > 1}

    def originals_of(self) -> dict[str, str]:
        return {i: text.known_original for i, text in self.known.items() if text.known_original is not None}

    def _original(self, article_id: str) -> str | None:
        return self.known[article_id].known_original if article_id in self.known else None

    # what a night asks

    def holders_of_texts(self, words_hashes: npt.NDArray[np.uint64]) -> list[TextHolder]:
        wanted = {int(words_hash) for words_hash in words_hashes}
        return [TextHolder(words, i, is_in_window=True) for i, words in self._words.items() if words in wanted]

    def common_fingerprints(self) -> Fingerprints:
        return self._common

    def sightings(self, fingerprints: Fingerprints) -> Sightings:
        found = [
            (fingerprint, number)
            for number, held in enumerate(self._fingerprints.values())
            for fingerprint in np.intersect1d(held, fingerprints)
        ]
        return Sightings(
            np.array([f for f, _ in found], dtype=np.uint32),
            np.array([n for _, n in found], dtype=np.int64),
            tuple(self._fingerprints),
        )

    def first_sightings(self, fingerprints: Fingerprints) -> Sightings:
        seen = self.sightings(fingerprints)
        kept, count = [], dict.fromkeys(fingerprints.tolist(), 0)
        for row, fingerprint in enumerate(seen.fingerprints.tolist()):
            count[fingerprint] += 1
            if count[fingerprint] <= FIRST_HOLDERS:
                kept.append(row)
        return Sightings(seen.fingerprints[kept], seen.holders[kept], seen.articles)

    def originals(self, article_ids: Collection[str]) -> dict[str, str]:
        return {i: self.known[i].known_original or i for i in article_ids if i in self.known}

    def group_members(self, originals: Collection[str]) -> list[str]:
        return [i for i, text in self.known.items() if (text.known_original or i) in originals]

    def texts(self, article_ids: Collection[str]) -> list[Text]:
        return [self.known[article_id] for article_id in article_ids if article_id in self.known]

    def headers(self, article_ids: Collection[str]) -> list[Text]:
        return [replace(text, headline="", body="") for text in self.texts(article_ids)]

    def unindexed_texts(self) -> list[str]:
        return []
