"""Which stories lost articles to which, told from where articles were and where they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.records import StoryChange

LIKENESS, DECISION, ORIGINAL = "likeness", "decision", "original"
MERGED, SPLIT = "merged", "split"

Moves: TypeAlias = dict[tuple[str, str], str]  # why articles went from one story to another
MembersOf: TypeAlias = Callable[[Collection[str]], Mapping[str, Mapping[str, str]]]  # story: {article: original}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where articles were before a night, and where they are after it."""

    before: Mapping[str, str]  # article: story, of known articles
    after: Mapping[str, str]  # article: story
    merged_into: Mapping[str, str]  # of stories that became part of another: also of articles that nobody looked at

    def of(self, article_id: str, original_id: str, story_id: str) -> str:
        """Where a known article of a story is now. One that was not looked at is where its original is."""
        story = self.after.get(article_id) or self.after.get(original_id)
        return story or self.merged_into.get(story_id, story_id)


def changes_of(whereabouts: Whereabouts, reasons: Moves, members_of: MembersOf) -> tuple[StoryChange, ...]:
    """The changes of known stories, sorted.

    Args:
        whereabouts: of the articles that were looked at.
        reasons: why articles went from the one story to the other; where it does not say, they followed an original.
        members_of: all known articles of stories, with the original of each.
    """
    left = {story for article, story in whereabouts.before.items() if whereabouts.after[article] != story}
    if not left:
        return ()
    members = members_of(left)
    still_used = set(whereabouts.after.values())
    changes = []
    for story in sorted(left):
        to: Counter[str] = Counter()
        known = {a: a for a, s in whereabouts.before.items() if s == story} | dict(members.get(story, {}))
        for article, original in known.items():
            to[whereabouts.of(article, original, story)] += 1
        is_gone = story not in to and story not in still_used
        others = sorted((other for other in to if other != story), key=lambda other: (-to[other], other))
        for rank, other in enumerate(others):
            changes.append(
                StoryChange(
                    story_id=story,
                    change=MERGED if is_gone and rank == 0 else SPLIT,
                    other_story_id=other,
                    reason=reasons.get((story, other), ORIGINAL),
                )
            )
    return tuple(changes)
