"""What the published edition already knows: the view of the past that the stages from `collect` to `code` have.

What gathering remembers of feeds and links stands in its own ledger. The edition is read here and nowhere else,
read-only, and never the working file, so that stages never wait for the writer. Without an edition everything is
unknown, and every article is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.records import FurnitureLine

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """The current revision of an article."""

    article_id: str
    revision: int
    text_sha256: str
    headline: str | None
    standfirst: str | None
    byline: tuple[str, ...]
    body: str
    last_seen_at: datetime  # when the page was last seen with this text


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """An article's current text, for finding repeats of it."""

    article_id: str
    source_id: str
    duplicate_of: str | None
    story_id: str
    headline: str | None
    body: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBody:
    """An article's current text, for finding what recurs in its source."""

    article_id: str
    source_id: str
    first_seen_at: datetime
    published_at: datetime | None
    headline: str | None
    body: str


class Known:
    """A reader of one published edition, or of nothing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection | None) -> None:
        self._connection = connection

    def loaded(self, fetch_ids: Sequence[str]) -> set[str]:
        """Those of the fetches (feed visits and pages) that the edition has."""
        rows = self._rows("SELECT fetch_id FROM fetches WHERE fetch_id IN (SELECT unnest(?))", [list(fetch_ids)])
        return {row["fetch_id"] for row in rows}

    def source_ids(self) -> set[str]:
        """The sources that the edition has, those whose file is gone too."""
        return {row["source_id"] for row in self._rows("SELECT source_id FROM sources", [])}

    def articles(self, article_ids: Sequence[str]) -> dict[str, KnownArticle]:
        """The current revisions of those articles that are known."""
        rows = self._rows(
            """
            SELECT article_id, revision, text_sha256, headline, standfirst, byline, body, last_seen_at
            FROM article_revisions
            JOIN articles USING (article_id)
            WHERE revision = current_revision AND article_id IN (SELECT unnest(?))
            """,
            [list(article_ids)],
        )
        return {row["article_id"]: KnownArticle(**{**row, "byline": tuple(row["byline"] or ())}) for row in rows}

    def article_ids(self, article_ids: Sequence[str]) -> set[str]:
        """Those of the articles that are known."""
        rows = self._rows("SELECT article_id FROM articles WHERE article_id IN (SELECT unnest(?))", [list(article_ids)])
        return {row["article_id"] for row in rows}

    def recent_bodies(self, source_ids: Sequence[str], *, per_source: int) -> list[KnownBody]:
        """The current texts of the `per_source` articles of each source that were first seen last, oldest first."""
        rows = self._rows(
            """
            WITH newest AS (
                SELECT article_id, current_revision, source_id, first_seen_at
                FROM articles
                WHERE source_id IN (SELECT unnest(?))
                QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY first_seen_at DESC, article_id) <= ?
            )
            SELECT n.article_id, n.source_id, n.first_seen_at, r.published_at, r.headline, r.body
            FROM newest AS n
            JOIN article_revisions AS r ON r.article_id = n.article_id AND r.revision = n.current_revision
            ORDER BY n.source_id, n.first_seen_at, n.article_id
            """,
            [list(source_ids), per_source],
        )
        return [KnownBody(**row) for row in rows]

    def furniture(self, source_ids: Sequence[str]) -> list[FurnitureLine]:
        """The lines of those sources that are known to recur across their articles, by source and key."""
        if not self._rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'source_furniture'", []):
            return []  # an edition of before there was the table
        rows = self._rows(
            """
            SELECT source_id, line_key, line, article_count, compared_count, first_seen_at, last_seen_at
            FROM source_furniture
            WHERE source_id IN (SELECT unnest(?))
            ORDER BY source_id, line_key
            """,
            [list(source_ids)],
        )
        return [FurnitureLine(**row) for row in rows]

    def texts(self, since: datetime) -> list[KnownText]:
        """The current texts of articles first seen since an instant, oldest first."""
        rows = self._rows(
            """
            SELECT a.article_id, a.source_id, a.duplicate_of, s.story_id, r.headline, r.body, r.published_at
            FROM articles AS a
            JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
            JOIN story_articles AS s ON s.article_id = a.article_id
            WHERE a.first_seen_at >= ?
            ORDER BY a.first_seen_at, a.article_id
            """,
            [since],
        )
        return [KnownText(**row) for row in rows]

    def _rows(self, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
        if self._connection is None:
            return []
        result = self._connection.execute(sql, parameters)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@contextmanager
def open_known(edition_file: Path) -> Iterator[Known]:
    """What the edition in `edition_file` knows; knows nothing where there is no such file."""
    import duckdb  # noqa: PLC0415  a DAG parse must not pay for it

    if not edition_file.exists():
        yield Known(None)
        return
    with duckdb.connect(str(edition_file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield Known(connection)
