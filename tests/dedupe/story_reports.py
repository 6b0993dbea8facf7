"""Reports for the tests of stories: the invented running stories, and a memory of nights without a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from pipeline.decisions import new_split
from pipeline.dedupe.stories import StoryAssignment, find_stories
from pipeline.dedupe.texts import Text
from pipeline.records import SplitDecision

DAWN = datetime(2026, 3, 2, 6, tzinfo=UTC)
WINDOW = timedelta(days=4)
_FOLDER = Path(__file__).with_name("stories")


def report(name: str, headline: str, body: str, hours: float = 0, **fields: object) -> Text:
    text = Text(article_id=name, headline=headline, body=body, published_at=DAWN + timedelta(hours=hours))
    return replace(text, **fields)  # type: ignore[arg-type]  # fields of Text, by name


def running_stories() -> tuple[list[Text], dict[str, str]]:
    """Every invented report, and by article the happening it tells."""
    texts, gold = [], {}
    for story, reports in yaml.safe_load((_FOLDER / "running_stories.yml").read_text(encoding="utf-8")).items():
        for name, (hours, headline, body) in reports.items():
            texts.append(report(name, headline, body, hours))
            gold[name] = story
    for name, (hours, headline, body) in yaml.safe_load(
        (_FOLDER / "topic_singles.yml").read_text(encoding="utf-8")
    ).items():
        texts.append(report(name, headline, body, hours))
        gold[name] = name
    return texts, gold


def of_story(story: str) -> list[Text]:
    texts, gold = running_stories()
    return [text for text in texts if gold[text.article_id] == story]


def others(*stories: str) -> list[Text]:
    """Reports of everything else, so that rare terms are rare."""
    texts, gold = running_stories()
    return [text for text in texts if gold[text.article_id] not in stories]


def split(moved: Collection[str], apart_from: Collection[str], scope: str = "story", story: str = "s") -> SplitDecision:
    return new_split(
        decided_at=DAWN, scope=scope, story_id=story, moved=moved, apart_from=apart_from, reason="another happening"
    )


class RememberedStories:
    """Nights, one after the other, as the warehouse would remember them."""

    def __init__(self) -> None:
        self.texts: dict[str, Text] = {}
        self.splits: list[SplitDecision] = []
        self.ever: set[str] = set()
        self.asked: list[str] = []
        self._honoured: list[SplitDecision] = []

    def night(self, fresh: Iterable[Text], original_of: Mapping[str, str] | None = None) -> StoryAssignment:
        fresh = list(fresh)
        now = max((text.reported_at for text in fresh if text.reported_at), default=DAWN)
        named = {i for s in (*self.splits, *self._honoured) for i in (*s.moved, *s.apart_from)}
        copied = set((original_of or {}).values())
        known = [
            text
            for text in self.texts.values()
            if text.reported_at is None or text.reported_at >= now - WINDOW or text.article_id in named | copied
        ]
        taken_back = [s for s in self._honoured if s not in self.splits]
        judged = [
            replace(self.texts[t.article_id], headline=t.headline, body=t.body) if t.article_id in self.texts else t
            for t in fresh
        ]
        found = find_stories(
            known,
            judged,
            original_of or {},
            window=WINDOW,
            splits=self.splits,
            released={i for s in taken_back for i in (*s.moved, *s.apart_from)},
            book=self,
        )
        self._honoured = list(self.splits)
        merged = {change.story_id: change.other_story_id for change in found.changes if change.change == "merged"}
        for article_id, text in self.texts.items():
            self.texts[article_id] = replace(text, known_story=merged.get(text.known_story or "", text.known_story))
        for text in (*known, *judged):
            original = (original_of or {}).get(text.article_id) if text in judged else text.known_original
            story = found.story_of[text.article_id]
            self.texts[text.article_id] = replace(text, known_revision=1, known_story=story, known_original=original)
        for article_id, text in self.texts.items():
            if text.known_original in self.texts:
                story_of_original = self.texts[text.known_original or ""].known_story
                self.texts[article_id] = replace(text, known_story=story_of_original)
        self.ever |= {text.known_story for text in self.texts.values() if text.known_story}
        return found

    def stories(self) -> dict[str, str]:
        return {article_id: text.known_story or "" for article_id, text in self.texts.items()}

    # what a night asks

    def used(self, story_ids: Collection[str]) -> set[str]:
        self.asked += story_ids
        return self.ever & set(story_ids)

    def members(self, story_ids: Collection[str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for article_id, text in self.texts.items():
            if text.known_story in story_ids:
                found.setdefault(text.known_story or "", {})[article_id] = text.known_original or article_id
        return found
