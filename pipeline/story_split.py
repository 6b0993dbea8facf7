"""Splitting a story: what a person says of some of its articles, checked against the edition and put into words.

The decision itself is written by `pipeline.decisions`; the edition is only read. The next run carries it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from pipeline.decisions import STORY_SPLITS, new_split
from pipeline.errors import ConfigurationError, PermanentError
from pipeline.records import DUPLICATE_SCOPE, STORY_SCOPE, SplitDecision
from pipeline.settings import Settings
from pipeline.warehouse.story_found import find_article, find_story, open_stories, rows, story_of
from pipeline.warehouse.story_reading import story_in
from pipeline.warehouse.story_shown import WIDTH_CELLS, counted
from pipeline.warehouse.story_timeline import Report, Story
from pipeline.warehouse.terminal_text import shortened

_MOST_SHOWN = 10  # articles that stay


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSplit:
    """A split that could be decided."""

    decision: SplitDecision
    decided_before: SplitDecision | None  # a split in force that says as much already
    lines: tuple[str, ...]  # in words: who leaves, who stays, and what becomes of copies


def plan_split(
    settings: Settings,
    story: str,
    articles: Sequence[str],
    *,
    duplicates_only: bool = False,
    with_copies: bool | None = None,
    reason: str | None = None,
) -> PlannedSplit:
    """What it would mean to split `articles` off a story; nothing is written.

    Args:
        settings: the installation.
        story: as in `story_found.find_story`.
        articles: ids or canonical URLs of articles in it.
        duplicates_only: they are no duplicates of the others, but stay in the story.
        with_copies: the copies of a named original move along. None: they do where the articles leave the story,
            since the same text tells the same happening, and do not where only duplicates are undone.
        reason: in the person's words.

    Raises:
        NoEditionError: nothing has been published yet.
        ConfigurationError: there is no such story or article, an article is not in the story, nothing would stay, or
            no article re-uses a text from the other side (`duplicates_only`); a line of the decisions is none.
    """
    scope = DUPLICATE_SCOPE if duplicates_only else STORY_SCOPE
    in_force = [split for split in STORY_SPLITS.in_force(settings) if split.scope in {scope, STORY_SCOPE}]
    with open_stories(settings) as connection:
        story_id = _story_id(connection, story, in_force)
        named = list(dict.fromkeys(find_article(connection, article) for article in articles))
        before = next((s for s in in_force if s.story_id == story_id and set(named) <= set(s.moved)), None)
        elsewhere = {a: found for a, found in story_of(connection, named).items() if found != story_id}
        if elsewhere and before is not None:
            done = f"The current edition has carried it out: {_list(elsewhere)} left story {story_id}."
            return PlannedSplit(decision=before, decided_before=before, lines=(done,))
        if elsewhere:
            article_id, other = next(iter(elsewhere.items()))
            raise ConfigurationError(f"article {article_id} is not in story {story_id}, but in story {other}")
        shown = story_in(connection, story_id)
    moves_copies = with_copies if with_copies is not None else not duplicates_only
    moved = set(named) | (_copies_of(shown, named) if moves_copies else set())
    stays = shown.reports.keys() - moved
    _refuse_what_parts_nothing(shown, moved, stays, named, duplicates_only=duplicates_only)
    decision = new_split(
        decided_at=datetime.now(UTC),
        scope=scope,
        story_id=story_id,
        moved=moved,
        apart_from=stays,
        reason=reason,
    )
    return PlannedSplit(
        decision=decision,
        decided_before=next((s for s in in_force if moved <= set(s.moved) and stays <= set(s.apart_from)), None),
        lines=tuple(_in_words(shown, decision)),
    )


def splits_in_lines(settings: Settings) -> Iterator[str]:
    """Every split that was decided, newest last: its words, and whether it holds and the edition has heard of it."""
    history = STORY_SPLITS.history(settings)
    if not history:
        yield "Nobody has decided a split."
        return
    honoured = _honoured(settings)
    for split in history:
        decision = split.decision
        yield f"{decision.split_id}  {decision.decided_at:%Y-%m-%d %H:%M}  {split.state(honoured)}"
        one = len(decision.moved) == 1
        if decision.scope == STORY_SCOPE:
            what = "leaves story" if one else "leave story"
        else:
            what = "is no duplicate, but stays in story" if one else "are no duplicates, but stay in story"
        articles = f"{counted(len(decision.moved), 'article')} {what} {decision.story_id}"
        yield f"    {articles}, apart from {len(decision.apart_from):,}: {_list(decision.moved)}"
        if decision.reason:
            yield f"    reason: {shortened(decision.reason, WIDTH_CELLS - 12)}"


def _story_id(connection: duckdb.DuckDBPyConnection, story: str, in_force: Sequence[SplitDecision]) -> str:
    # A story may be no more because a split has taken it apart.
    if any(split.story_id == story for split in in_force) and not rows(
        connection, "SELECT 1 FROM stories WHERE story_id = $id", {"id": story}
    ):
        return story
    found = find_story(connection, story)
    if found.merges:
        raise ConfigurationError(f"story {story} is no more: it went into {found.story_id}; split that one")
    return found.story_id


def _copies_of(story: Story, originals: Sequence[str]) -> set[str]:
    return {r.article_id for r in story.reports.values() if r.copying and r.copying.original_id in originals}


def _refuse_what_parts_nothing(
    story: Story, moved: set[str], stays: set[str], named: Sequence[str], *, duplicates_only: bool
) -> None:
    if not stays:
        copies = len(moved) - len(named)
        along = f" ({counted(copies, 'copy', 'copies')} would move along; --without-copies leaves them)"
        raise ConfigurationError(
            f"all {len(moved)} articles of story {story.story_id} would leave it{along if copies else ''}: name those "
            "that are another happening, so that at least one stays"
        )
    if duplicates_only and not any(
        (report.article_id in moved) != (report.copying.original_id in moved)
        for report in story.reports.values()
        if report.copying
    ):
        raise ConfigurationError(
            f"in story {story.story_id} none of these articles is a copy of one that stays, nor its original: there "
            "is no duplicate to undo"
        )


def _in_words(story: Story, decision: SplitDecision) -> Iterator[str]:
    moved = set(decision.moved)
    leaving = [report for report in story.reports.values() if report.article_id in moved]
    staying = [report for report in story.reports.values() if report.article_id not in moved]
    if decision.scope == STORY_SCOPE:
        yield f"Another happening, and no duplicates of what stays in story {story.story_id}:"
    else:
        yield f"No duplicates of the others in story {story.story_id}, but about the same happening:"
    for report in leaving:
        yield f"  {_named(report)}"
    yield "Apart from them:"
    for report in staying[:_MOST_SHOWN]:
        yield f"  {_named(report)}"
    if len(staying) > _MOST_SHOWN:
        yield f"  and {len(staying) - _MOST_SHOWN:,} more"
    freed = [report for report in leaving if report.copying and report.copying.original_id not in moved]
    for report in freed:
        source = shortened(report.copying.original_source if report.copying else None, 40)
        yield f"{report.article_id} is no copy of {source} any more."
    for report in leaving:
        left = sum(r.copying is not None and r.copying.original_id == report.article_id for r in staying)
        along = sum(r.copying is not None and r.copying.original_id == report.article_id for r in leaving)
        if along:
            yield f"{counted(along, 'copy moves', 'copies move')} along with the original {report.article_id}."
        if left:
            stay = "stays behind: the next run places it" if left == 1 else "stay behind: the next run places them"
            yield f"{counted(left, 'copy', 'copies')} of {report.article_id} {stay} anew, without that original."


def _named(report: Report) -> str:
    words = f"{shortened(report.source, 40)}: {shortened(report.headline, WIDTH_CELLS) or '(no headline)'}"
    return f"{report.article_id}  {shortened(words, WIDTH_CELLS - 20)}"


def _list(article_ids: Sequence[str] | dict[str, str]) -> str:
    shown = list(article_ids)
    more = f" and {len(shown) - _MOST_SHOWN:,} more" if len(shown) > _MOST_SHOWN else ""
    return ", ".join(shown[:_MOST_SHOWN]) + more


def _honoured(settings: Settings) -> set[str]:
    try:
        with open_stories(settings) as connection:
            return {row["split_id"] for row in rows(connection, "SELECT split_id FROM story_splits", {})}
    except PermanentError:  # there is no edition yet, or one that knows of no splits
        return set()
