"""Which articles are about the same happening, beyond copied text; night after night.

A night puts its new reports into known stories and new ones (`story_clustering`). An article keeps the story it is
in, except where

- the original it copies is in another one: a copy follows its original;
- a person split its story: the moved articles get a story of their own, which no likeness ever joins again with the
  one they left;
- a new report belongs to two stories: they become one. The one with more articles takes in the other; of two of a
  size the one reported first; else the one whose id comes first.

A story's id is made of the id of the article that founds it, and is never used again.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from pipeline.dedupe.story_book import StoriesOf, StoryBook
from pipeline.dedupe.story_changes import DECISION, LIKENESS, Moves, Whereabouts, changes_of
from pipeline.dedupe.story_clustering import find_clusters
from pipeline.dedupe.story_features import vectors_of
from pipeline.dedupe.texts import Text, publication_order
from pipeline.records import STORY_SCOPE, SplitDecision, StoryChange, stable_id


@dataclass(frozen=True, slots=True)
class StoryAssignment:
    """What a night found out."""

    story_of: dict[str, str]  # of every article that was given, known or fresh, and is now in this story
    changes: tuple[StoryChange, ...]  # of known stories, sorted


def find_stories(
    known: Iterable[Text],
    fresh: Iterable[Text],
    original_of: Mapping[str, str],
    *,
    window: timedelta,
    splits: Iterable[SplitDecision] = (),
    released: Collection[str] = (),
    book: StoryBook | None = None,
) -> StoryAssignment:
    """The story of each article.

    Args:
        known: known articles; those of the window, and those that splits name. Their beginnings are enough.
        fresh: the articles that were judged tonight, in any order; of an article in both this text counts.
        original_of: of those of them that are copies the original; of `known` articles their `known_original` counts.
        window: reports that are further apart do not bring each other into a story.
        splits: what people decided, of every night.
        released: articles of splits that were taken back since: the texts alone decide about them again.
        book: the known stories; None: there are none but those of `known` and `fresh`.
    """
    return _Night(known, fresh, original_of, released, book).decide(list(splits), window)


class _Night:
    def __init__(
        self,
        known: Iterable[Text],
        fresh: Iterable[Text],
        original_of: Mapping[str, str],
        released: Collection[str],
        book: StoryBook | None,
    ) -> None:
        judged = {text.article_id: text for text in fresh}
        self._texts = {text.article_id: text for text in known} | judged
        self._original_of = {
            article_id: original
            for article_id, text in self._texts.items()
            if (original := original_of.get(article_id) if article_id in judged else text.known_original) is not None
        }
        self._originals = sorted(
            (text for text in self._texts.values() if text.article_id not in self._original_of), key=publication_order
        )
        self._book = book if book is not None else StoriesOf(self._texts.values())
        self._released = released
        # Of each original its story: of known ones first what the edition says.
        self._story_of = {t.article_id: t.known_story for t in self._originals if t.known_story is not None}
        self._reasons: Moves = {}
        self._merged_into: dict[str, str] = {}
        self._given: set[str] = set()

    def decide(self, splits: list[SplitDecision], window: timedelta) -> StoryAssignment:
        in_force = sorted((s for s in splits if s.scope == STORY_SCOPE), key=lambda s: (s.decided_at, s.split_id))
        for split in in_force:
            self._carry_out(split)
        self._follow_likeness(in_force, window)
        story_of = {article_id: self._final_story(article_id) for article_id in self._texts}
        before = {i: text.known_story for i, text in self._texts.items() if text.known_story is not None}
        whereabouts = Whereabouts(before, story_of, self._merged_into)
        return StoryAssignment(story_of, changes_of(whereabouts, self._reasons, self._book.members))

    def _carry_out(self, split: SplitDecision) -> None:
        """Bring the moved articles out of the stories of those they are kept apart from."""
        stay = {self._story_of.get(self._original(article)) for article in split.apart_from}
        moved = sorted({self._original(article) for article in split.moved} & self._story_of.keys())
        stayed = {self._original(article) for article in split.apart_from}
        leaving = [a for a in moved if self._story_of[a] in stay and a not in stayed]
        if not leaving:
            return
        first = min((self._texts[article] for article in leaving), key=publication_order)
        story_id = self._new_ids([first.article_id])[first.article_id]
        for article in leaving:
            self._reasons[self._story_of[article], story_id] = DECISION
            self._story_of[article] = story_id

    def _follow_likeness(self, splits: list[SplitDecision], window: timedelta) -> None:
        texts = self._originals
        free = {self._original(article) for article in self._released}
        settled = [None if t.article_id in free else self._story_of.get(t.article_id) for t in texts]
        numbers: dict[str, int] = {}
        stories = [-1 if story is None else numbers.setdefault(story, len(numbers)) for story in settled]
        groups = [len(numbers) + row if number < 0 else number for row, number in enumerate(stories)]
        instants = np.array([_seconds(text.reported_at) for text in texts], dtype=np.float64)
        vectors = vectors_of(texts, groups)
        apart = self._rows_apart(splits, stories)
        found = find_clusters(vectors, instants, stories, apart, window.total_seconds())
        members: defaultdict[int, list[int]] = defaultdict(list)
        for row, cluster in enumerate(found.cluster_of):
            members[cluster].append(row)
        self._settle(members.values(), settled)

    def _settle(self, clusters: Iterable[list[int]], settled: list[str | None]) -> None:
        """Give every cluster one story: that of its known ones which takes in the others, else a new one."""
        texts = self._originals
        founders: list[tuple[str, list[str]]] = []
        merging: list[tuple[list[int], set[str]]] = []
        for rows in clusters:
            stories = {story for row in rows if (story := settled[row]) is not None}
            if len(stories) > 1:
                merging.append((rows, stories))
                continue
            # Articles of a split that was taken back stay in a known story where no other claims them.
            before = stories or {s for row in rows if (s := self._story_of.get(texts[row].article_id)) is not None}
            articles = [texts[row].article_id for row in rows]
            if not before:
                founders.append((articles[0], articles))
            else:
                self._bring(articles, min(before))
        members = self._book.members({story for _, stories in merging for story in stories}) if merging else {}
        reported = self._first_reports()
        for rows, stories in merging:
            into = min(stories, key=lambda s: (-len(members.get(s, ())), reported.get(s, math.inf), s))
            for story in stories - {into}:
                self._merged_into[story] = into
            self._bring([texts[row].article_id for row in rows], into)
        ids = self._new_ids([founder for founder, _ in founders])
        for founder, articles in founders:
            self._bring(articles, ids[founder])

    def _bring(self, articles: Iterable[str], story_id: str) -> None:
        for article in articles:
            before = self._story_of.get(article)
            if before is not None and before != story_id:
                self._reasons.setdefault((before, story_id), LIKENESS)
            self._story_of[article] = story_id

    def _first_reports(self) -> dict[str, float]:
        """By story when it was first reported, as far as tonight's articles tell."""
        first: dict[str, float] = {}
        for text in self._originals:
            if text.known_story is not None and text.reported_at is not None:
                first.setdefault(text.known_story, _seconds(text.reported_at))
        return first

    def _rows_apart(self, splits: list[SplitDecision], stories: list[int]) -> dict[int, set[int]]:
        """By row the rows it may not be with; of a story that a person took apart its first row stands for all."""
        row_of = {text.article_id: row for row, text in enumerate(self._originals)}
        first_of: dict[int, int] = {}
        for row, story in enumerate(stories):
            first_of.setdefault(story, row)
        apart: defaultdict[int, set[int]] = defaultdict(set)
        for split in splits:
            moved, stayed = (
                {
                    first_of[stories[row]] if stories[row] >= 0 else row
                    for row in (row_of.get(self._original(article)) for article in side)
                    if row is not None
                }
                for side in (split.moved, split.apart_from)
            )
            for one in moved - stayed:
                apart[one] |= stayed - moved
            for one in stayed - moved:
                apart[one] |= moved - stayed
        return apart

    def _new_ids(self, founders: list[str]) -> dict[str, str]:
        """An id for the story that each of these articles founds, which no story ever had."""
        found: dict[str, str] = {}
        attempt = 1
        while waiting := [founder for founder in founders if founder not in found]:
            ids = {f: stable_id("story", f) if attempt == 1 else stable_id("story", f, str(attempt)) for f in waiting}
            taken = self._book.used(list(ids.values())) | self._given
            found |= {founder: story_id for founder, story_id in ids.items() if story_id not in taken}
            self._given |= set(ids.values()) - taken
            attempt += 1
        return found

    def _original(self, article_id: str) -> str:
        return self._original_of.get(article_id, article_id)

    def _final_story(self, article_id: str) -> str:
        original = self._original(article_id)
        story = self._story_of.get(original)
        # The original of a copy may be an article that nobody gave: then the copy is all that is known of the story.
        return story or self._texts[article_id].known_story or stable_id("story", original)


def _seconds(instant: datetime | None) -> float:
    return math.nan if instant is None else instant.timestamp()
