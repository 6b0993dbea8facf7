"""Load one run: its Parquet files become rows, all in one transaction or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import duckdb

from pipeline.errors import AccountingError, PermanentError
from pipeline.event_decisions import EVENT_SPLITS, EventSplit
from pipeline.handover import StageResult
from pipeline.runs import Run, all_runs
from pipeline.sources.loader import load_catalogue
from pipeline.sources.model import Source
from pipeline.warehouse.base import current_contents, rebase_working
from pipeline.warehouse.connection import open_working, transaction, writer_lock
from pipeline.warehouse.earlier_runs import count_stages, insert_earlier_runs, insert_runs, stage_earlier_runs
from pipeline.warehouse.event_identity import identify_events
from pipeline.warehouse.migrate import LOAD_FOLDER, migrate
from pipeline.warehouse.staging import prove_accounts, stage_run

_FIRST_STEPS = ("01_feeds", "02_articles")
_FLATTEN = "03_flatten_duplicates"
_STEPS_TO_MENTIONS = ("04_fetches", "05_stories", "06_mentions")
_LAST_STEPS = (
    "07_events",
    "08_actors_and_places",
    "09_run_counts",
    "10_source_furniture",
    "11_fingerprints",
    "12_splits",
    "13_actor_memory",
)
_LONGEST_DUPLICATE_CHAIN = 20


def load_run(run: Run) -> StageResult:
    """Load the run's records into the working file.

    The tables start from the current edition, so that loading a run a second time gives the same tables. A run that
    has been published is sealed: it is not loaded again, and the counts of its first load are returned.

    Returns:
        The working file; counts: `sources`, `links`, one for each final status of a link, `mentions`, `events`
        (events with a mention in this run), `stories` (stories of this run's articles).

    Raises:
        WarehouseBusyError: another process writes to the working file; nothing was done.
        AccountingError: something was lost or doubled on the way here; nothing was loaded.
        PermanentError: the run was read against an older edition, or a record breaks a rule of the schema.
        MigrationError: the working file and sql/schema/ disagree.
        SourceFileError: a source's YAML file is wrong.
        ConfigurationError: a line of what people decided about events is no decision.
    """
    settings = run.settings
    sources = load_catalogue(settings)
    event_splits = EVENT_SPLITS.in_force(settings)
    with writer_lock(settings):
        rebase_working(settings)
        with open_working(settings) as connection:
            migrate(connection)
            if run.run_id not in current_contents(settings).loaded:
                _load_staged(connection, run, sources.values(), event_splits)
            counts = _counts(connection, run.run_id)
    return StageResult(str(settings.warehouse_file), counts)


def _load_staged(
    connection: duckdb.DuckDBPyConnection, run: Run, sources: Iterable[Source], event_splits: Sequence[EventSplit]
) -> None:
    earlier = [other for other in all_runs(run.settings) if other.run_id != run.run_id]
    earlier_results = stage_earlier_runs(connection, earlier)
    _stage_sources(connection, sources)
    stage_run(connection, run)
    count_stages(connection, run.run_id)
    prove_accounts(connection, run)
    connection.execute("SET VARIABLE run_started_at = $started_at", {"started_at": run.started_at})
    since = run.started_at - timedelta(days=run.settings.duplicate_window_days)
    connection.execute("SET VARIABLE fingerprints_since = $since", {"since": since})
    try:
        with transaction(connection):
            insert_earlier_runs(connection, earlier, earlier_results)
            insert_runs(connection, [run], loaded=True)
            _insert_sources(connection)
            for step in _FIRST_STEPS:
                _take_step(connection, step)
            _flatten_duplicates(connection)
            for step in _STEPS_TO_MENTIONS:
                _take_step(connection, step)
            identify_events(connection, event_splits)
            for step in _LAST_STEPS:
                _take_step(connection, step)
            _prove_stored(connection, run)
    except duckdb.ConstraintException as error:
        raise PermanentError(f"run {run.run_id} was not loaded: {str(error).splitlines()[0]}") from error


def _take_step(connection: duckdb.DuckDBPyConnection, step: str) -> None:
    connection.execute((LOAD_FOLDER / f"{step}.sql").read_text(encoding="utf-8"))


def _flatten_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    """Let every duplicate point to an original; a circle, which has none, is left to the checks to find."""
    for _ in range(_LONGEST_DUPLICATE_CHAIN):
        chained = connection.execute(
            """
            SELECT count(*) FROM articles AS copy JOIN articles AS original ON original.article_id = copy.duplicate_of
            WHERE original.duplicate_of IS NOT NULL
            """
        ).fetchone()
        if chained == (0,):
            return
        _take_step(connection, _FLATTEN)


def _prove_stored(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """What is stored of this run is what came in."""
    for what, sql in _STORED_PROOFS.items():
        came_in, stored = connection.execute(sql).fetchone() or (0, 0)
        if came_in != stored:
            raise AccountingError(
                f"run {run.run_id}: {came_in} {what} came in, {stored} were stored; nothing was loaded"
            )


# Each selects how many came in, and how many are stored.
_STORED_PROOFS = {
    "links": """
        SELECT (SELECT count(*) FROM staged_fetches),
               (SELECT count(*) FROM fetches WHERE run_id = getvariable('run_id') AND kind = 'page')""",
    "feed visits": """
        SELECT (SELECT count(*) FROM staged_feeds),
               (SELECT count(*) FROM fetches WHERE run_id = getvariable('run_id') AND kind = 'feed')""",
    "articles": """
        SELECT (SELECT count(*) FROM staged_articles WHERE is_stored),
               (SELECT count(*) FROM article_revisions WHERE run_id = getvariable('run_id'))""",
    "mentions": """
        SELECT (SELECT count(*) FROM staged_mentions),
               (SELECT count(*) FROM event_mentions WHERE run_id = getvariable('run_id'))
               + (SELECT coalesce(sum(count), 0) FROM run_counts
                  WHERE run_id = getvariable('run_id') AND stage = 'code' AND status = 'same_sentence')""",
}


def _stage_sources(connection: duckdb.DuckDBPyConnection, sources: Iterable[Source]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE staged_sources AS SELECT * FROM sources LIMIT 0")
    for source in sources:
        expected = source.expected_per_day
        connection.execute(
            "INSERT INTO staged_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                source.id,
                source.name,
                source.homepage,
                source.country_code,
                source.language,
                source.timezone,
                source.enabled,
                expected.min if expected else None,
                expected.max if expected else None,
            ],
        )


def _insert_sources(connection: duckdb.DuckDBPyConnection) -> None:
    """Sources as their YAML files say; one whose file is gone stays for its articles' sake, disabled."""
    connection.execute("INSERT OR REPLACE INTO sources BY NAME SELECT * FROM staged_sources ORDER BY source_id")
    connection.execute(
        "UPDATE sources SET enabled = false WHERE source_id NOT IN (SELECT source_id FROM staged_sources)"
    )


def _counts(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """The run's totals, from the tables."""
    statuses = connection.execute(
        "SELECT status, count(*) FROM fetches WHERE run_id = ? AND kind = 'page' GROUP BY status ORDER BY status",
        [run_id],
    ).fetchall()
    totals = connection.execute(
        """
        SELECT
            (SELECT count(DISTINCT source_id) FROM fetches WHERE run_id = $run_id) AS sources,
            (SELECT count(*) FROM fetches WHERE run_id = $run_id AND kind = 'page') AS links,
            (SELECT count(*) FROM event_mentions WHERE run_id = $run_id) AS mentions,
            (SELECT count(DISTINCT event_id) FROM event_mentions WHERE run_id = $run_id) AS events,
            (SELECT count(DISTINCT story_id) FROM story_articles WHERE run_id = $run_id) AS stories
        """,
        {"run_id": run_id},
    )
    names = [column[0] for column in totals.description or ()]
    counts: dict[str, int] = dict(zip(names, totals.fetchone() or (), strict=True))
    return {"sources": counts.pop("sources"), "links": counts.pop("links"), **dict(statuses), **counts}
