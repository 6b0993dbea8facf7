"""What the published edition already knows: the view of the past that the stages from `collect` to `code` have.

What gathering remembers of feeds and links stands in its own ledger. The edition is read here and nowhere else,
read-only, and never the working file, so that stages never wait for the writer. Without an edition everything is
unknown, and every article is new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigurationError
from pipeline.known_records import KnownArticle, KnownBody, KnownText
from pipeline.records import ActorOffice, Article, FurnitureLine, Image
from pipeline.statuses import ArticleStatus

if TYPE_CHECKING:
    import duckdb
    import numpy.typing as npt
    import pyarrow as pa

_TEXTS = """
    SELECT a.article_id, r.revision, a.source_id, a.duplicate_of, s.story_id, r.headline, r.body, r.published_at,
        a.first_seen_at
    FROM articles AS a
    JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
    JOIN story_articles AS s ON s.article_id = a.article_id
"""


# Where the texts of some articles stand, by narrow columns alone.
_PLACES = """
    SELECT r.rowid AS place, a.article_id, r.revision, a.source_id, a.duplicate_of, s.story_id, r.published_at,
        a.first_seen_at, a.last_seen_at
    FROM articles AS a
    JOIN asked ON asked.article_id = a.article_id
    JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
    LEFT JOIN story_articles AS s ON s.article_id = a.article_id
    ORDER BY a.article_id
"""
# Rows that are no further apart are read in one stretch: to pass over so many costs what another query does.
_SAME_STRETCH_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the current revision of an article stands."""

    row: int  # of article_revisions
    last_seen_at: datetime
    header: KnownText


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

    def articles(self, article_ids: Collection[str]) -> dict[str, KnownArticle]:
        """The current revisions of those articles that are known."""
        columns = "r.text_sha256, r.headline, r.standfirst, r.byline, r.body"
        return {
            place.header.article_id: KnownArticle(
                article_id=place.header.article_id,
                revision=place.header.revision,
                last_seen_at=place.last_seen_at,
                **{**row, "byline": tuple(row["byline"] or ())},
            )
            for place, row in self._read_at(self._places(article_ids), columns)
        }

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
        if not self.has_table("source_furniture"):
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

    def headers(self, article_ids: Collection[str]) -> list[KnownText]:
        """Those of the articles that are known, by id, without their headlines and texts."""
        return [place.header for place in self._places(article_ids)]

    def texts(self, article_ids: Collection[str]) -> list[KnownText]:
        """The current texts of those articles that are known, by id."""
        return [replace(p.header, **row) for p, row in self._read_at(self._places(article_ids), "r.headline, r.body")]

    def _places(self, article_ids: Collection[str]) -> list[_Place]:
        rows = self.rows(_PLACES, {}, asked={"article_id": sorted(set(article_ids))}) if article_ids else []
        return [
            _Place(row.pop("place"), row.pop("last_seen_at"), KnownText(**row, headline=None, body="")) for row in rows
        ]

    def _read_at(self, places: Sequence[_Place], columns: str) -> Iterator[tuple[_Place, dict[str, Any]]]:
        """Some columns of the revisions at some places.

        A text is wide: to join ids with the table of texts reads every text of the archive (2 s of CPU at a million
        articles). So only the stretches of the table are read in which these stand, which is one stretch for what was
        stored in the last weeks.
        """
        found: dict[int, dict[str, Any]] = {}
        for stretch in _stretches(sorted(place.row for place in places)):
            rows = self.rows(
                f"SELECT r.rowid AS place, {columns} "  # noqa: S608  the columns are written in this file
                "FROM article_revisions AS r JOIN asked ON asked.place = r.rowid "
                "WHERE r.rowid BETWEEN $first AND $last",
                {"first": stretch[0], "last": stretch[-1]},
                asked={"place": stretch},
            )
            found |= {row.pop("place"): row for row in rows}
        return ((place, found[place.row]) for place in places)

    def openings(self, since: datetime, characters: int) -> list[KnownText]:
        """Of the originals reported since an instant the first characters of the current texts, by id."""
        rows = self.rows(
            # What was published then was first seen then or later; the second condition alone would read every text.
            f"{_openings(characters)} WHERE r.fetched_at >= $since AND a.duplicate_of IS NULL "
            "AND coalesce(r.published_at, a.first_seen_at) >= $since ORDER BY 1",
            {"since": since},
        )
        return [KnownText(**row) for row in rows]

    def openings_of(self, article_ids: Collection[str], characters: int) -> list[KnownText]:
        """Of those articles that are known the first characters of the current texts, by id."""
        if not article_ids:
            return []
        sql = f"{_openings(characters)} WHERE a.article_id IN (SELECT unnest($ids)) ORDER BY 1"
        return [KnownText(**row) for row in self.rows(sql, {"ids": sorted(article_ids)})]

    def whole_articles(self, article_ids: Collection[str]) -> list[Article]:
        """The current revisions of those articles that are known, as they were read, by id."""
        rows = self.rows(
            "SELECT article_id, canonical_url FROM articles SEMI JOIN asked USING (article_id)",
            {},
            asked={"article_id": sorted(article_ids)},
        )
        address = {row["article_id"]: row["canonical_url"] for row in rows}
        found = self._read_at(self._places(article_ids), "r.*")
        return [_as_read({**row, "canonical_url": address[place.header.article_id]}) for place, row in found]

    def actor_offices(self) -> list[ActorOffice]:
        """The whole actor memory, by short name."""
        if not self.has_table("actor_offices"):
            return []  # an edition of before there was the table
        rows = self.rows("SELECT * FROM actor_offices ORDER BY short_name, name_key, country_code, sector, office", {})
        return [ActorOffice(**row) for row in rows]

    def has_loaded(self, run_id: str) -> bool:
        """Whether the edition holds what that run found."""
        return bool(self.rows("SELECT 1 FROM runs WHERE run_id = $run_id AND is_loaded", {"run_id": run_id}))

    def splits(self, scope: str | None = None) -> dict[str, list[str]]:
        """The articles of each of people's splits (of one scope) that the edition's run honoured, by split_id."""
        if not self.has_table("story_splits"):
            return {}
        rows = self.rows(
            "SELECT split_id, moved || apart_from AS articles FROM story_splits "
            "WHERE $scope::VARCHAR IS NULL OR scope = $scope ORDER BY 1",
            {"scope": scope},
        )
        return {row["split_id"]: row["articles"] for row in rows}

    def first_seen_since(self, since: datetime) -> list[str]:
        """The ids of the articles first seen since an instant."""
        rows = self.rows("SELECT article_id FROM articles WHERE first_seen_at >= $since ORDER BY 1", {"since": since})
        return [row["article_id"] for row in rows]

    def has_table(self, name: str) -> bool:
        """Whether the edition has a table: one of an older version may not."""
        return bool(self.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = $name", {"name": name}))

    def rows(
        self, sql: str, parameters: Mapping[str, Any], asked: Mapping[str, Sequence[Any]] | None = None
    ) -> list[dict[str, Any]]:
        """The rows of a query with named parameters, which sees the columns `asked` as a table of that name.

        None where there is no edition. Many values go into `asked`: as a parameter each costs 0.05 ms.
        """
        with self._table_asked(asked):
            return self._rows(sql, dict(parameters))

    def table(self, sql: str, parameters: Mapping[str, Any], asked: Mapping[str, npt.NDArray[Any]]) -> pa.Table:
        """The answer to a query of many rows, otherwise as `rows`.

        Raises:
            ConfigurationError: there is no edition, so that nobody can say which columns there are.
        """
        if self._connection is None:
            raise ConfigurationError("there is no edition to ask for a table; ask for rows")
        with self._table_asked(asked):
            return self._connection.execute(sql, dict(parameters)).to_arrow_table()

    @contextmanager
    def _table_asked(self, asked: Mapping[str, Any] | None) -> Iterator[None]:
        if self._connection is None or asked is None:
            yield
            return
        import pyarrow as pa  # noqa: PLC0415  0.1 s that a DAG parse must not pay

        self._connection.register("asked", pa.table(dict(asked)))
        try:
            yield
        finally:
            self._connection.unregister("asked")

    def _rows(self, sql: str, parameters: list[Any] | dict[str, Any]) -> list[dict[str, Any]]:
        if self._connection is None:
            return []
        result = self._connection.execute(sql, parameters)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _stretches(places: Sequence[int]) -> Iterator[list[int]]:
    """Sorted places in runs that lie close together."""
    begin = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] - places[end - 1] > _SAME_STRETCH_ROWS:
            yield list(places[begin:end])
            begin = end


def _openings(characters: int) -> str:
    return _TEXTS.replace("r.body", f"r.body[:{characters:d}] AS body")


def _as_read(row: Mapping[str, Any]) -> Article:
    stored = {field.name: row[field.name] for field in fields(Article) if field.name in row}
    lists = {name: tuple(value) for name, value in stored.items() if isinstance(value, list)}
    images = tuple(Image(**image) for image in lists.get("images", ()))
    return Article(**{**stored, **lists, "images": images, "status": ArticleStatus.NEW, "error": None})


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
