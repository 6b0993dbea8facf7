"""What a run did, in one line; and whether it found anything at all. Read from the run's own files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipeline.errors import AccountingError, NoEditionError
from pipeline.event_decisions import EVENT_SPLITS
from pipeline.runs import RUN_FILE, Run, read_run
from pipeline.settings import Settings
from pipeline.statuses import ARTICLE_STATUSES_STORED, ArticleStatus, FetchStatus
from pipeline.warehouse.event_identity import count_events
from pipeline.warehouse.query import open_current


def is_empty(run: Run) -> bool:
    """Whether there is nothing to publish: nothing new, nothing revised, no other verdict, and no other decision.

    Raises:
        AccountingError: pages were captured, but dedupe left no articles: the run is not empty, it is unfinished.
    """
    articles = _count_by_status(run, "dedupe", "articles")
    if not articles and _count_by_status(run, "gather", "*.fetches").get(FetchStatus.CAPTURED):
        raise AccountingError(f"run {run.run_id} captured pages, but dedupe/articles is missing or empty")
    if any(articles.get(status) for status in ARTICLE_STATUSES_STORED):
        return False
    if _count_by_status(run, "dedupe", "verdicts", column="article_id"):
        return False
    return not _event_splits_changed(run.settings)


def _event_splits_changed(settings: Settings) -> bool:
    """People have decided or taken back a split of an event since the current edition."""
    in_force = {split.split_id for split in EVENT_SPLITS.in_force(settings)}
    try:
        with open_current(settings) as connection:
            honoured = connection.execute("SELECT split_id FROM event_splits").fetchall()
    except (NoEditionError, duckdb.CatalogException):  # or an edition from before there were splits
        honoured = []
    return in_force != {split_id for (split_id,) in honoured}


def stages_in_words(run: Run) -> list[str]:
    """What the run gathered, read, repeated and coded: one line for each stage, from the run's own files."""
    links = _count_by_status(run, "gather", "*.fetches")
    articles = _count_by_status(run, "dedupe", "articles")
    repeats = articles.get(ArticleStatus.DUPLICATE, 0)
    mentions = sum(_count_by_status(run, "code", "batch-*.out", column="modality").values())
    return [
        f"Gathered  {sum(links.values())} links of {_count_sources(run)} sources: {_in_words(links)}",
        f"Read      {sum(articles.values())} pages: {_in_words(articles)}",
        f"Repeats   {repeats} articles re-use another's text and are not coded again",
        f"Coded     {mentions} mentions of {count_events(run)} events",
    ]


def _in_words(counts: dict[str, int]) -> str:
    """The counts, largest first: `96 new, 11 duplicate`."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in ordered) or "none"


def run_note(run: Run, *, edition: int | None = None) -> str:
    """One line such as "12 sources, 96 new, 4 revised, 11 repeats, 143 events, edition 7".

    Args:
        run: the run; its files are counted.
        edition: the edition it published; None: the one that its run.json names, else "no new edition".
    """
    articles = _count_by_status(run, "dedupe", "articles")
    parts = [
        f"{_count_sources(run)} sources",
        f"{articles.get(ArticleStatus.NEW, 0)} new",
        f"{articles.get(ArticleStatus.REVISED, 0)} revised",
        f"{articles.get(ArticleStatus.DUPLICATE, 0)} repeats",
        f"{count_events(run)} events",
    ]
    quarantined = articles.get(ArticleStatus.QUARANTINED, 0)
    if quarantined:
        parts.append(f"{quarantined} quarantined")
    if edition is None:
        run_file = run.folder / RUN_FILE
        edition = read_run(run.settings, run_file).edition if run_file.exists() else run.edition
    parts.append(f"edition {edition}" if edition is not None else "no new edition")
    return ", ".join(parts)


def _count_by_status(run: Run, stage: str, pattern: str, *, column: str = "status") -> dict[str, int]:
    files = [str(path) for path in run.stage_files(stage, pattern)]
    if not files:
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT {column}, count(*) FROM read_parquet($files) GROUP BY ALL",  # noqa: S608  a column of ours
            {"files": files},
        ).fetchall()
    return dict(rows)


def _count_sources(run: Run) -> int:
    """The sources whose feeds or links this run worked on."""
    return _count_distinct(
        "source_id", [*run.stage_files("gather", "*.fetches"), *run.stage_files("gather", "*.feeds")]
    )


def _count_distinct(column: str, files: Sequence[Path]) -> int:
    if not files:
        return 0
    with duckdb.connect() as connection:
        row = connection.execute(
            f"SELECT count(DISTINCT {column}) FROM read_parquet($files, union_by_name = true)",  # noqa: S608  a column of ours
            {"files": [str(file) for file in files]},
        )
        return int((row.fetchone() or (0,))[0])
