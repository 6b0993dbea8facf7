"""Which story a person means: by its id, by an article in it, by the address of such an article, or by an id of old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.errors import ConfigurationError, PermanentError
from pipeline.gather.urls import normalise_url
from pipeline.records import stable_id
from pipeline.settings import Settings
from pipeline.warehouse.query import open_current
from pipeline.warehouse.terminal_text import shortened

_MOST_MERGES = 1000  # of one id, one after the other; the way ends anyway where an id comes again
_SHOWN_CELLS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A story that lost articles to another one, as the edition keeps record of it."""

    run_id: str
    story_id: str
    change: str  # merged, split
    other_story_id: str
    reason: str  # likeness, decision, original


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story of the edition, and how the id that was asked for leads there."""

    story_id: str
    merges: tuple[Change, ...]  # in order; empty where the story, or an article in it, was asked for


@contextmanager
def open_stories(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The current edition, read-only, for what is known of stories.

    Raises:
        NoEditionError: nothing has been published yet.
        PermanentError: an earlier version published the edition, which does not hold what is shown of stories.
    """
    with open_current(settings) as connection:
        if not rows(connection, "SELECT 1 FROM duckdb_tables() WHERE table_name = 'story_changes'", {}):
            raise PermanentError(
                "the current edition is of an earlier version, which kept no record of how stories came about; "
                "the next run that publishes brings one"
            )
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    result = connection.execute(sql, parameters)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def find_story(connection: duckdb.DuckDBPyConnection, what: str) -> FoundStory:
    """The story that `what` means: an id of a story, also a merged one, an article's id, or its canonical URL.

    Raises:
        ConfigurationError: the edition knows no such story and no such article.
    """
    for article_id in _possible_article_ids(what):
        if story_id := story_of(connection, [article_id]).get(article_id):
            return FoundStory(story_id, ())
    merges: list[Change] = []
    story_id = what
    while not _exists(connection, story_id):
        merge = _merge_of(connection, story_id)
        if merge is None or any(merge == before for before in merges) or len(merges) > _MOST_MERGES:
            raise ConfigurationError(
                f"the current edition has no story, no article and no address {shortened(what, _SHOWN_CELLS)!r}; "
                "`dateline stories list` shows ids, an address must be the one the article names as its own"
            )
        merges.append(merge)
        story_id = merge.other_story_id
    return FoundStory(story_id, tuple(merges))


def find_article(connection: duckdb.DuckDBPyConnection, what: str) -> str:
    """The id of the article that `what` means: its id, or its canonical URL.

    Raises:
        ConfigurationError: the edition has no such article.
    """
    possible = _possible_article_ids(what)
    known = story_of(connection, possible)
    found = next((article_id for article_id in possible if article_id in known), None)
    if found is None:
        raise ConfigurationError(
            f"the current edition has no article {shortened(what, _SHOWN_CELLS)!r}; `dateline stories show` lists the "
            "articles of a story"
        )
    return found


def story_of(connection: duckdb.DuckDBPyConnection, article_ids: list[str]) -> dict[str, str]:
    """The story of each of the articles that the edition has."""
    found = rows(
        connection,
        "SELECT article_id, story_id FROM story_articles WHERE article_id IN (SELECT unnest($ids))",
        {"ids": article_ids},
    )
    return {row["article_id"]: row["story_id"] for row in found}


def articles_of(connection: duckdb.DuckDBPyConnection, story_id: str) -> list[str]:
    """The ids of the articles in a story, sorted."""
    found = rows(
        connection, "SELECT article_id FROM story_articles WHERE story_id = $id ORDER BY article_id", {"id": story_id}
    )
    return [row["article_id"] for row in found]


def changes_of(connection: duckdb.DuckDBPyConnection, story_id: str) -> list[Change]:
    """Merges and splits by which the story lost or won articles, in the order of the runs."""
    found = rows(
        connection,
        """
        SELECT c.run_id, c.story_id, c.change, c.other_story_id, c.reason
        FROM story_changes AS c
        LEFT JOIN runs USING (run_id)
        WHERE c.story_id = $id OR c.other_story_id = $id
        ORDER BY runs.started_at, c.run_id, c.story_id, c.other_story_id
        """,
        {"id": story_id},
    )
    return [Change(**row) for row in found]


def _possible_article_ids(what: str) -> list[str]:
    if "://" not in what:
        return [what]
    addresses = {what: None}
    with suppress(ValueError):  # no address that anybody could ask for; a page may name it all the same
        addresses[normalise_url(what)] = None
    return [stable_id(address) for address in addresses]


def _exists(connection: duckdb.DuckDBPyConnection, story_id: str) -> bool:
    return bool(rows(connection, "SELECT 1 FROM stories WHERE story_id = $id", {"id": story_id}))


def _merge_of(connection: duckdb.DuckDBPyConnection, story_id: str) -> Change | None:
    merges = [c for c in changes_of(connection, story_id) if c.story_id == story_id and c.change == "merged"]
    return merges[-1] if merges else None
