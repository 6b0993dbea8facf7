"""The schema: every word commented, text packed, codes the same in SQL and Python, migrations honest."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import MigrationError
from pipeline.events.plover import EVENT_TYPES
from pipeline.settings import PROJECT_FOLDER
from pipeline.statuses import ArticleStatus, FetchStatus, RunVerdict
from pipeline.warehouse.connection import STORAGE_VERSION
from pipeline.warehouse.migrate import SQL_FOLDER, migrate
from pipeline.warehouse.table_docs import TABLE_DOCS_FILE, render_table_docs

TABLES = [
    "sources",
    "feeds",
    "fetches",
    "articles",
    "article_revisions",
    "stories",
    "story_articles",
    "events",
    "event_mentions",
    "actors",
    "places",
    "runs",
    "run_counts",
    "quality_checks",
]
VIEWS = [
    "articles_current",
    "event_articles",
    "events_daily",
    "dyads_daily",
    "links",
    "source_health",
    "coverage_gaps",
    "data_dictionary",
    "gdelt_events",
    "gdelt_mentions",
    "polecat_events",
]


@pytest.fixture(scope="module")
def schema():
    with duckdb.connect() as connection:
        migrate(connection)
        yield connection


def test_every_promised_table_and_view_is_there(schema):
    rows = schema.execute("SELECT DISTINCT table_name, object_type FROM data_dictionary").fetchall()
    objects = dict(rows)
    assert {t for t in TABLES if objects.get(t) != "table"} == set()
    assert {v for v in VIEWS if objects.get(v) != "view"} == set()


def test_every_table_view_and_column_has_a_comment(schema):
    silent = schema.execute(
        """
        SELECT table_name, NULL FROM duckdb_tables() WHERE coalesce(comment, '') = '' AND NOT internal
        UNION ALL SELECT view_name, NULL FROM duckdb_views() WHERE coalesce(comment, '') = '' AND NOT internal
        UNION ALL SELECT table_name, column_name FROM duckdb_columns()
            WHERE coalesce(comment, '') = '' AND NOT internal
        """
    ).fetchall()
    assert silent == []


def test_columns_that_may_be_null_say_what_null_means(schema):
    silent = schema.execute(
        """
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE NOT internal AND is_nullable AND comment NOT LIKE '%NULL%'
          AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT internal)
        """
    ).fetchall()
    assert silent == []


def test_the_data_dictionary_knows_every_column(schema):
    missing = schema.execute(
        """
        SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal
        EXCEPT SELECT table_name, column_name FROM data_dictionary WHERE column_comment IS NOT NULL
        """
    ).fetchall()
    assert missing == []


def test_the_page_about_the_tables_is_current():
    assert TABLE_DOCS_FILE.read_text(encoding="utf-8") == render_table_docs(), "run `make docs`"


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("fetches", "status", ({*FetchStatus} - {FetchStatus.CAPTURED}) | {*ArticleStatus}),
        ("runs", "verdict", {*RunVerdict}),
        ("events", "event_type", set(EVENT_TYPES)),
        ("event_mentions", "event_type", set(EVENT_TYPES)),
    ],
)
def test_codes_are_the_same_in_sql_and_in_python(schema, table, column, words):
    constraints = schema.execute(
        """
        SELECT expression FROM duckdb_constraints()
        WHERE table_name = ? AND constraint_type = 'CHECK' AND constraint_column_names = [?]
        """,
        [table, column],
    ).fetchall()
    found = set(re.findall(r"'([A-Za-z0-9_]+)'", "".join(text for (text,) in constraints)))
    assert found == {str(word) for word in words}


def test_text_is_stored_as_zstd(tmp_path):
    with duckdb.connect(str(tmp_path / "w"), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        migrate(connection)
        connection.execute(
            """
            INSERT INTO article_revisions BY NAME
            SELECT i::VARCHAR AS article_id, 1 AS revision, '' AS run_id, '' AS capture_id, '' AS fetch_id,
                '' AS source_id, '' AS url, 'Headline ' || i AS headline, repeat('some words ' || i, 50) AS body,
                [] AS byline, [] AS keywords, [] AS changed_fields, '' AS text_sha256, now() AS fetched_at,
                '1' AS extractor_version
            FROM range(2000) AS t(i)
            """
        )
        connection.execute("CHECKPOINT")
        used = connection.execute(
            """
            SELECT DISTINCT column_name, compression FROM pragma_storage_info('article_revisions')
            WHERE column_name IN ('headline', 'body') AND segment_type = 'VARCHAR' ORDER BY ALL
            """
        ).fetchall()
    assert used == [("body", "ZSTD"), ("headline", "ZSTD")]


def _copy_of_sql(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SQL_FOLDER, tmp_path / "sql"))


def test_migrations_are_applied_once(tmp_path):
    with duckdb.connect(str(tmp_path / "w")) as connection:
        first = migrate(connection)
        assert first == sorted(path.name for path in (SQL_FOLDER / "schema").glob("*.sql"))
        assert migrate(connection) == []


def test_a_changed_view_is_made_anew(tmp_path):
    sql = _copy_of_sql(tmp_path)
    with duckdb.connect() as connection:
        migrate(connection, sql)
        view = sql / "views" / "30_events_daily.sql"
        view.write_text(view.read_text().replace("'Different events.'", "'Another word.'"))
        assert migrate(connection, sql) == []
        comments = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'events_daily'"
        ).fetchall()
        assert ("Another word.",) in comments


def test_a_changed_migration_is_an_error(tmp_path):
    sql = _copy_of_sql(tmp_path)
    with duckdb.connect() as connection:
        migrate(connection, sql)
        changed = sql / "schema" / "0004_runs.sql"
        changed.write_text(changed.read_text() + "-- one more word\n")
        with pytest.raises(MigrationError, match=r"0004_runs\.sql was changed"):
            migrate(connection, sql)


def test_a_missing_migration_is_an_error(tmp_path):
    sql = _copy_of_sql(tmp_path)
    with duckdb.connect() as connection:
        migrate(connection, sql)
        (sql / "schema" / "0005_countries.sql").unlink()
        with pytest.raises(MigrationError, match=r"0005_countries.sql .* is gone"):
            migrate(connection, sql)


def test_a_migration_that_comes_too_late_is_an_error(tmp_path):
    sql = _copy_of_sql(tmp_path)
    with duckdb.connect() as connection:
        migrate(connection, sql)
        (sql / "schema" / "0003_more.sql").write_text("CREATE TABLE more (i INTEGER);")
        with pytest.raises(MigrationError, match=r"0003_more.sql comes before"):
            migrate(connection, sql)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path):
    sql = _copy_of_sql(tmp_path)
    with duckdb.connect() as connection:
        migrate(connection, sql)
        (sql / "schema" / "0099_wrong.sql").write_text("CREATE TABLE half (i INTEGER); SELECT no_such_column;")
        with pytest.raises(duckdb.BinderException):
            migrate(connection, sql)
        assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'").fetchone() == (0,)


def test_sql_lies_where_the_code_looks_for_it():
    assert SQL_FOLDER == PROJECT_FOLDER / "sql"
