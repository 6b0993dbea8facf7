"""What `dateline stories list` lists: the stories of a time that most sources carried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from pipeline.warehouse.story_found import open_stories, rows
from pipeline.warehouse.story_shown import WIDTH_CELLS, counted, spread_in_words
from pipeline.warehouse.terminal_text import shortened

_MARGIN = " " * 18


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStory:
    """One story in two lines."""

    story_id: str
    first_published_at: datetime
    last_published_at: datetime
    source_count: int
    article_count: int
    original_count: int
    spread_seconds: int
    source: str  # name of the publisher of its representative article
    headline: str | None  # of the representative article


def list_stories(
    settings: Settings, *, since: datetime | None = None, limit: int = 20, source_id: str | None = None
) -> list[ListedStory]:
    """Of the stories that were reported on since an instant those that most sources carried, newest first.

    Args:
        settings: the installation.
        since: None: the last seven days of the edition.
        limit: so many stories at most.
        source_id: only stories that this source carried.

    Raises:
        NoEditionError: nothing has been published yet.
        PermanentError: an earlier version published the current edition.
        ConfigurationError: the edition has no such source.
    """
    with open_stories(settings) as connection:
        asked = {"source_id": source_id}
        if source_id and not rows(connection, "SELECT 1 FROM sources WHERE source_id = $source_id", asked):
            raise ConfigurationError(f"the current edition has no source {shortened(source_id, WIDTH_CELLS)!r}")
        found = rows(connection, _STORIES, asked | {"since": since, "limit": limit})
    return [ListedStory(**row) for row in found]


def stories_in_lines(stories: Iterable[ListedStory], *, width_cells: int = WIDTH_CELLS) -> Iterator[str]:
    """Two lines for each story: when and how widely it was carried; its headline and its id."""
    for story in stories:
        counts = ", ".join(
            (
                counted(story.source_count, "source"),
                counted(story.article_count, "article"),
                counted(story.original_count, "original"),
            )
        )
        yield (
            f"{story.first_published_at:%Y-%m-%d %H:%M}  {story.story_id:<16}  {counts}, "
            f"over {spread_in_words(story.spread_seconds)}"
        )
        words = f"{shortened(story.source, 40)}: {shortened(story.headline, width_cells) or '(no headline)'}"
        yield _MARGIN + shortened(words, width_cells - len(_MARGIN))


_STORIES = """
WITH asked AS (
    SELECT * FROM stories
    WHERE last_published_at
        >= coalesce($since::TIMESTAMPTZ, (SELECT max(started_at) FROM runs WHERE is_loaded) - INTERVAL 7 DAYS)
      AND ($source_id::VARCHAR IS NULL OR story_id IN (
          SELECT t.story_id FROM story_articles AS t JOIN articles AS a USING (article_id)
          WHERE a.source_id = $source_id))
    ORDER BY source_count DESC, article_count DESC, first_published_at DESC, story_id
    LIMIT $limit
), headlines AS (
    SELECT article_id, revision, headline
    FROM article_revisions
    WHERE rowid IN (
        SELECT rowid FROM article_revisions WHERE article_id IN (SELECT representative_article_id FROM asked))
)
SELECT s.story_id, s.first_published_at, s.last_published_at, s.source_count, s.article_count, s.original_count,
    s.spread_seconds, coalesce(p.name, a.source_id) AS source, h.headline
FROM asked AS s
JOIN articles AS a ON a.article_id = s.representative_article_id
JOIN headlines AS h ON h.article_id = a.article_id AND h.revision = a.current_revision
LEFT JOIN sources AS p ON p.source_id = a.source_id
ORDER BY s.first_published_at DESC, s.source_count DESC, s.story_id
"""
