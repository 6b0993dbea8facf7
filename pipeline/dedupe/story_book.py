"""What a night asks about known stories: all of it by key, so that the answer costs the same however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Protocol

from pipeline.dedupe.texts import Text
from pipeline.known import Known


class StoryBook(Protocol):
    """The stories that are known before a night."""

    def used(self, story_ids: Collection[str]) -> set[str]:
        """Those of the ids that a story has, or ever had."""

    def members(self, story_ids: Collection[str]) -> dict[str, dict[str, str]]:
        """By story its articles, and of each the original it copies (itself, if it is no copy)."""


class StoriesOf:
    """There are no stories but those that some texts say they are in."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._members: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for text in texts:
            if text.known_story is not None:
                self._members[text.known_story][text.article_id] = text.known_original or text.article_id

    def used(self, story_ids: Collection[str]) -> set[str]:
        """See StoryBook."""
        return {story_id for story_id in story_ids if story_id in self._members}

    def members(self, story_ids: Collection[str]) -> dict[str, dict[str, str]]:
        """See StoryBook."""
        return {story_id: dict(self._members[story_id]) for story_id in story_ids if story_id in self._members}


class EditionStories:
    """The stories of the published edition."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._has_changes = known.has_table("story_changes")

    def used(self, story_ids: Collection[str]) -> set[str]:
        """See StoryBook."""
        if not story_ids:
            return set()
        sql = _USED + (_USED_BEFORE if self._has_changes else "")
        return {row["story_id"] for row in self._known.rows(sql, {"ids": sorted(story_ids)})}

    def members(self, story_ids: Collection[str]) -> dict[str, dict[str, str]]:
        """See StoryBook."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in self._known.rows(_MEMBERS, {"ids": sorted(story_ids)}) if story_ids else ():
            found[row["story_id"]][row["article_id"]] = row["original_id"]
        return dict(found)


_USED = "SELECT story_id FROM stories WHERE story_id IN (SELECT unnest($ids))"
_USED_BEFORE = """
    UNION SELECT story_id FROM story_changes WHERE story_id IN (SELECT unnest($ids))
    UNION SELECT other_story_id FROM story_changes WHERE other_story_id IN (SELECT unnest($ids))
"""
_MEMBERS = """
    SELECT s.story_id, s.article_id, coalesce(a.duplicate_of, a.article_id) AS original_id
    FROM story_articles AS s JOIN articles AS a USING (article_id)
    WHERE s.story_id IN (SELECT unnest($ids))
    ORDER BY s.story_id, s.article_id
"""
