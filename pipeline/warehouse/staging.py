"""A run's Parquet files as temporary tables, and the proof that nothing was lost or doubled on the way.

A stage file that is missing is an empty table; whether it may be missing is for `prove_accounts` to say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.errors import AccountingError, PermanentError
from pipeline.handover import parquet_schema
from pipeline.records import (
    ActorSighting,
    Article,
    DedupeVerdict,
    FeedVisit,
    Fetch,
    FurnitureLine,
    Mention,
    SplitDecision,
    StoryChange,
)
from pipeline.runs import Run
from pipeline.statuses import ARTICLE_STATUSES_STORED
from pipeline.text_prints import COMMON_SCHEMA, PRINTS_SCHEMA

_STORED = ", ".join(f"'{status}'" for status in sorted(ARTICLE_STATUSES_STORED))


def stage_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Fill the temporary tables `staged_...` from the files of `run`, replacing what they held.

    `staged_feeds` and `staged_fetches` from gather; `staged_reads` (source_id, status) and `staged_furniture` from
    read; `staged_articles` (with `is_stored`), `staged_verdicts`, `staged_prints`, `staged_common`, `staged_splits`
    and `staged_story_changes` from dedupe; `staged_coded` (article_id, revision), `staged_mentions`,
    `staged_sightings` and `staged_code_failures` (as staged_coded) from code.
    """
    dedupe_articles = run.stage_files("dedupe", "articles")
    _stage(connection, "staged_feeds", FeedVisit, run.stage_files("gather", "*.feeds"))
    _stage(connection, "staged_fetches", Fetch, run.stage_files("gather", "*.fetches"))
    _stage(connection, "staged_reads", Article, run.stage_files("read", "batch-*.out"), "source_id, status")
    _stage(connection, "staged_furniture", FurnitureLine, run.stage_files("read", "furniture.learned"))
    _stage(
        connection,
        "staged_articles",
        Article,
        dedupe_articles,
        f"*, status IN ({_STORED}) AS is_stored",
    )
    _stage(connection, "staged_verdicts", DedupeVerdict, run.stage_files("dedupe", "verdicts"))
    _stage_columns(connection, "staged_prints", PRINTS_SCHEMA, run.stage_files("dedupe", "prints"))
    _stage_columns(connection, "staged_common", COMMON_SCHEMA, run.stage_files("dedupe", "common"))
    _stage(connection, "staged_splits", SplitDecision, run.stage_files("dedupe", "splits"))
    _stage(connection, "staged_story_changes", StoryChange, run.stage_files("dedupe", "story_changes"))
    _stage(connection, "staged_coded", Article, run.stage_files("code", "batch-*.in"), "article_id, revision")
    _stage(connection, "staged_mentions", Mention, run.stage_files("code", "batch-*.out"))
    _stage(connection, "staged_sightings", ActorSighting, run.stage_files("code", "batch-*.sightings"))
    _stage_code_failures(connection, sorted((run.folder / "code").glob("batch-*.quarantine.jsonl")))


def prove_accounts(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Prove that every link, article and mention of the staged run is there once, and fits what is stored.

    Raises:
        AccountingError: something is missing, doubled, or contradicts another stage.
        PermanentError: the run was read against an older edition than the working file holds.
    """
    if not run.stage_files("gather", "*.fetches"):
        raise AccountingError(f"run {run.run_id} has no gather/*.fetches.parquet: nothing was gathered")
    missing = {_batch(p) for p in run.stage_files("code", "batch-*.in")} ^ {
        _batch(p) for p in run.stage_files("code", "batch-*.out")
    }
    if missing:
        raise AccountingError(f"run {run.run_id}: code batches without their other half: {', '.join(sorted(missing))}")
    for says, sql in _PROOFS.items():
        _expect_none(connection, AccountingError, f"run {run.run_id}: {says}", sql)
    _expect_none(
        connection,
        PermanentError,
        f"run {run.run_id} was read against an older edition than the one it would be loaded onto; "
        "run its stages again from read on: articles whose revision does not follow the stored one",
        """
        SELECT s.article_id, min(s.revision) AS revision, coalesce(a.current_revision, 0) AS stored_revision
        FROM staged_articles AS s LEFT JOIN articles AS a USING (article_id)
        WHERE s.is_stored
        GROUP BY s.article_id, a.current_revision HAVING min(s.revision) <> coalesce(a.current_revision, 0) + 1
        """,
    )


_PROOFS = {
    "links counted twice": "SELECT fetch_id, count(*) FROM staged_fetches GROUP BY ALL HAVING count(*) > 1",
    "feed visits counted twice": "SELECT visit_id, count(*) FROM staged_feeds GROUP BY ALL HAVING count(*) > 1",
    "links and feed visits that an edition has already (collect and read the run again)": """
        SELECT fetch_id, run_id AS loaded_by_run, url FROM fetches
        WHERE fetch_id IN (SELECT fetch_id FROM staged_fetches UNION ALL SELECT visit_id FROM staged_feeds)""",
    "captures that became no article and got no status": """
        SELECT fetch_id, url FROM staged_fetches WHERE status = 'captured'
        AND fetch_id NOT IN (SELECT fetch_id FROM staged_articles)""",
    "articles that no capture of this run led to": """
        SELECT fetch_id, url FROM staged_articles
        WHERE fetch_id NOT IN (SELECT fetch_id FROM staged_fetches WHERE status = 'captured')""",
    "captures that became several articles": """
        SELECT fetch_id, count(*) FROM staged_articles GROUP BY ALL HAVING count(*) > 1""",
    "article revisions stored twice": """
        SELECT article_id, revision, count(*) FROM staged_articles WHERE is_stored GROUP BY ALL HAVING count(*) > 1""",
    "articles with a revision missing between two others": """
        SELECT article_id, min(revision), max(revision), count(*) FROM staged_articles WHERE is_stored
        GROUP BY article_id HAVING max(revision) - min(revision) + 1 <> count(*)""",
    "revisions that are not in the order in which they were fetched": """
        SELECT article_id, revision, fetched_at FROM staged_articles WHERE is_stored
        QUALIFY fetched_at < lag(fetched_at) OVER (PARTITION BY article_id ORDER BY revision)""",
    "stored article revisions without exactly one verdict": """
        SELECT s.article_id, s.revision, count(v.article_id) FROM staged_articles AS s
        LEFT JOIN staged_verdicts AS v USING (article_id, revision)
        WHERE s.is_stored GROUP BY ALL HAVING count(v.article_id) <> 1""",
    "articles whose revisions have different verdicts": """
        SELECT article_id, count(*) FROM staged_verdicts GROUP BY article_id
        HAVING count(DISTINCT story_id) > 1 OR count(DISTINCT coalesce(duplicate_of, '')) > 1""",
    "verdicts on articles that are not stored": """
        SELECT v.article_id, v.revision FROM staged_verdicts AS v
        ANTI JOIN (
            SELECT article_id, revision FROM staged_articles WHERE is_stored
            UNION ALL SELECT article_id, current_revision FROM articles
        ) AS s ON s.article_id = v.article_id AND s.revision = v.revision""",
    "articles whose status and verdict disagree about being a duplicate": """
        SELECT article_id, status, duplicate_of FROM staged_articles JOIN staged_verdicts USING (article_id, revision)
        WHERE is_stored AND (status = 'duplicate') <> (duplicate_of IS NOT NULL)""",
    "coded articles that are no stored original": """
        SELECT c.article_id, c.revision FROM staged_coded AS c
        ANTI JOIN (SELECT article_id, revision FROM staged_verdicts WHERE duplicate_of IS NULL) AS s
        ON s.article_id = c.article_id AND s.revision = c.revision""",
    "mentions in articles that were not given to the coder": """
        SELECT mention_id, article_id FROM staged_mentions ANTI JOIN staged_coded USING (article_id, revision)""",
    "office holders counted twice": """
        SELECT article_id, revision, name_key, count(*) FROM staged_sightings GROUP BY ALL HAVING count(*) > 1""",
    "office holders of articles that were not given to the coder": """
        SELECT article_id, name FROM staged_sightings ANTI JOIN staged_coded USING (article_id, revision)""",
    "mentions counted twice": "SELECT mention_id, count(*) FROM staged_mentions GROUP BY ALL HAVING count(*) > 1",
    "learnt lines counted twice": """
        SELECT source_id, line_key, count(*) FROM staged_furniture GROUP BY ALL HAVING count(*) > 1""",
    "learnt lines of a source that was not read": """
        SELECT source_id, line FROM staged_furniture
        WHERE source_id NOT IN (SELECT source_id FROM staged_articles)""",
    "links or feeds of a source that no YAML file describes (put its file back, with `enabled: false` if you like)": """
        SELECT DISTINCT source_id
        FROM (SELECT source_id FROM staged_fetches UNION SELECT source_id FROM staged_feeds)
        WHERE source_id NOT IN (SELECT source_id FROM sources)
        AND source_id NOT IN (SELECT source_id FROM staged_sources)""",
}


def _stage(
    connection: duckdb.DuckDBPyConnection, table: str, record_type: type[Any], files: list[Path], columns: str = "*"
) -> None:
    _stage_columns(connection, table, parquet_schema(record_type), files, columns)


def _stage_columns(
    connection: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, files: list[Path], columns: str = "*"
) -> None:
    if files:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {columns} FROM read_parquet($files)",  # noqa: S608  our words
            {"files": [str(file) for file in files]},
        )
        return
    connection.register("no_records", schema.empty_table())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {columns} FROM no_records")  # noqa: S608  our words
    connection.unregister("no_records")


def _stage_code_failures(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> None:
    """The revisions that the coder failed on; the coder writes them as JSON Lines, and only where there are any."""
    connection.execute("CREATE OR REPLACE TEMP TABLE staged_code_failures (article_id VARCHAR, revision BIGINT)")
    if files:
        connection.execute(
            """
            INSERT INTO staged_code_failures
            SELECT DISTINCT article_id, revision
            FROM read_json(
                $files, format = 'newline_delimited', columns = {'article_id': 'VARCHAR', 'revision': 'BIGINT'})
            """,
            {"files": [str(file) for file in files]},
        )


def _expect_none(connection: duckdb.DuckDBPyConnection, error_type: type[PermanentError], says: str, sql: str) -> None:
    wrong = connection.execute(sql)
    names = [column[0] for column in wrong.description or ()]
    rows = wrong.fetchall()
    if rows:
        first = ", ".join(f"{name} {value}" for name, value in zip(names, rows[0], strict=True))
        raise error_type(f"{says}: {len(rows)}, the first is {first}")


def _batch(path: Path) -> str:
    """`batch-000` of `batch-000.in.parquet`."""
    return path.name.split(".")[0]
