"""What a run did, in one line; and whether it found anything at all. Read from the run's own files."""

from __future__ import annotations

import duckdb

from pipeline.errors import AccountingError
from pipeline.runs import RUN_FILE, Run, read_run
from pipeline.statuses import ARTICLE_STATUSES_STORED, ArticleStatus, FetchStatus


def is_empty(run: Run) -> bool:
    """Whether the run found nothing new and nothing revised, so that there is nothing to publish.

    Raises:
        AccountingError: pages were captured, but dedupe left no articles: the run is not empty, it is unfinished.
    """
    articles = _count_by_status(run, "dedupe", "articles")
    if not articles and _count_by_status(run, "gather", "*.fetches").get(FetchStatus.CAPTURED):
        raise AccountingError(f"run {run.run_id} captured pages, but dedupe/articles is missing or empty")
    return not any(articles.get(status) for status in ARTICLE_STATUSES_STORED)


def run_note(run: Run, *, edition: int | None = None) -> str:
    """One line such as "12 sources, 96 new, 4 revised, 11 repeats, 143 events, edition 7".

    Args:
        run: the run; its files are counted.
        edition: the edition it published; None: the one that its run.json names, else "no new edition".
    """
    articles = _count_by_status(run, "dedupe", "articles")
    parts = [
        f"{len(run.stage_files('gather', '*.fetches'))} sources",
        f"{articles.get(ArticleStatus.NEW, 0)} new",
        f"{articles.get(ArticleStatus.REVISED, 0)} revised",
        f"{articles.get(ArticleStatus.DUPLICATE, 0)} repeats",
        f"{_count_events(run)} events",
    ]
    quarantined = articles.get(ArticleStatus.QUARANTINED, 0)
    if quarantined:
        parts.append(f"{quarantined} quarantined")
    if edition is None:
        run_file = run.folder / RUN_FILE
        edition = read_run(run.settings, run_file).edition if run_file.exists() else run.edition
    parts.append(f"edition {edition}" if edition is not None else "no new edition")
    return ", ".join(parts)


def _count_by_status(run: Run, stage: str, pattern: str) -> dict[str, int]:
    files = [str(path) for path in run.stage_files(stage, pattern)]
    if not files:
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT status, count(*) FROM read_parquet($files) GROUP BY status", {"files": files}
        ).fetchall()
    return dict(rows)


def _count_events(run: Run) -> int:
    files = [str(path) for path in run.stage_files("code", "batch-*.out")]
    if not files:
        return 0
    with duckdb.connect() as connection:
        row = connection.execute("SELECT count(DISTINCT event_id) FROM read_parquet($files)", {"files": files})
        return int((row.fetchone() or (0,))[0])
