"""A published edition of up to a million generated articles, in the order in which nightly loads would have left it.

All tables that the dedupe stage reads are filled: sources, runs, articles, article_revisions with their bodies,
story_articles, stories, and the fingerprints of the window. The nights are written by several processes and inserted
in bulk. Two things are cheaper than a load would make them, and cost the same to read: behind the window `words_hash`
is an even-spread number made of the article's own (equal for equal texts; the real one where tonight prints the text
again), and the shares of near copies are NULL, which is what "not recorded" looks like.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from archive_layout import (
    REPRINTS,
    SEED,
    Layout,
    article_id_of,
    first_seen_at,
    published_at,
    run_id_of,
    source_id_of,
    started_at,
    story_id_of,
    url_of,
)
from edited_news import SOURCES
from generated_news import texts_of
from generated_night import Written, write_night
from text_prints import insert_common_fingerprints, prints_of

from pipeline.dedupe.fingerprints import Fingerprints
from pipeline.records import stable_id
from pipeline.settings import PROJECT_FOLDER
from pipeline.warehouse.connection import STORAGE_VERSION, transaction
from pipeline.warehouse.migrate import migrate

HERE = Path(__file__).parent
_NIGHTS_PER_INSERT = 25  # about a row group
_INSTANT = pa.timestamp("us", tz="UTC")

# What made an archive; when one of these changes, it is made anew.
_MADE_BY = (
    *(HERE / f"{name}.py" for name in ("archive_layout", "edited_news", "generated_archive", "generated_news")),
    *(HERE / f"{name}.py" for name in ("generated_night", "text_prints")),
    *(PROJECT_FOLDER / "pipeline" / "dedupe" / f"{name}.py" for name in ("candidates", "fingerprints", "reuse")),
    PROJECT_FOLDER / "pipeline" / "dedupe" / "shingles.py",
)


def archive_home(cache: Path, layout: Layout) -> Path:
    """A home whose current edition is that archive; made where the cache does not have it yet.

    Archives that were made by an older generator, schema or fingerprint are removed.
    """
    version = _version()
    for stale in cache.glob("*/"):
        if not stale.name.startswith(version):
            shutil.rmtree(stale)
    home = cache / f"{version}-{layout.articles}-{layout.per_night}"
    edition = home / "editions" / "current.duckdb"
    if not edition.exists():
        edition.parent.mkdir(parents=True, exist_ok=True)
        part = edition.with_suffix(".part")
        part.unlink(missing_ok=True)
        _make(part, layout, home)
        part.replace(edition)
    return home


def _version() -> str:
    files = [*(path for path in _MADE_BY if path.exists()), *sorted((PROJECT_FOLDER / "sql" / "schema").glob("*.sql"))]
    return hashlib.sha256(b"\0".join([duckdb.__version__.encode(), *(f.read_bytes() for f in files)])).hexdigest()[:12]


def _make(file: Path, layout: Layout, folder: Path) -> None:
    staged = folder / "staged"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    reprinted = layout.reprinted(REPRINTS)
    nights = list(layout.nights())
    with (
        ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool,
        duckdb.connect(str(file), config={"storage_compatibility_version": STORAGE_VERSION}) as connection,
    ):
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        _insert_sources_and_runs(connection, [night for night, _ in nights])
        jobs: list[Future[None]] = [
            pool.submit(stage_night, staged, night, count, reprinted.get(night, [])) for night, count in nights
        ]
        for first in range(0, len(nights), _NIGHTS_PER_INSERT):
            for job in jobs[first : first + _NIGHTS_PER_INSERT]:
                job.result()
            _insert_nights(connection, staged, [night for night, _ in nights[first : first + _NIGHTS_PER_INSERT]])
        connection.execute(_STORIES)
        insert_common_fingerprints(connection)
        connection.execute("CHECKPOINT")
    shutil.rmtree(staged)


def stage_night(folder: Path, night: int, count: int, reprinted: Sequence[int]) -> None:
    """Write one night's rows to Parquet files: articles and, in the window, fingerprints."""
    written = write_night(SEED, night, count)
    bodies = texts_of([one.body for one in written])
    hashes = [_stand_in_hash(night, one.number) for one in written]
    prints: list[tuple[int, Fingerprints]] = []  # of each distinct text one set
    indexed: set[int] = set()
    for one in written:
        if one.kind == "exact":
            hashes[one.number] = hashes[one.group]
        elif night >= 0 or one.number in reprinted:
            hashes[one.number], fingerprints = prints_of(bodies[one.number].as_py())
            if night >= 0 and hashes[one.number] not in indexed:
                indexed.add(hashes[one.number])
                prints.append((one.number, fingerprints))
    rows = _rows(night, written).append_column("body", bodies)
    rows = rows.append_column("words_hash", pa.array(hashes, type=pa.uint64()))
    pq.write_table(rows, folder / f"articles{night}.parquet", compression="lz4")
    if prints:
        numbers = np.repeat([number for number, _ in prints], [len(fingerprints) for _, fingerprints in prints])
        ids = rows["article_id"].combine_chunks()
        table = {
            "article_id": pa.DictionaryArray.from_arrays(pa.array(numbers, type=pa.int32()), ids),
            "first_seen_at": rows["first_seen_at"].take(pa.array(numbers)),
            "fingerprint": np.concatenate([fingerprints for _, fingerprints in prints]),
        }
        pq.write_table(pa.table(table), folder / f"fingerprints{night}.parquet", compression="lz4")


def _stand_in_hash(night: int, number: int) -> int:
    return int(stable_id("words", str(night), str(number)), 16)


def _rows(night: int, written: Sequence[Written]) -> pa.Table:
    """All that the tables say of a night's articles but their bodies."""
    seen = [first_seen_at(night, one.number) for one in written]
    ids = [article_id_of(night, one.number) for one in written]
    is_copy = [one.group != one.number for one in written]
    return pa.table(
        {
            "article_id": ids,
            "original_id": [ids[one.group] if copy else None for one, copy in zip(written, is_copy, strict=True)],
            "share": pa.array([1.0 if one.kind == "exact" else None for one in written], type=pa.float64()),
            "story_id": [story_id_of(one.happening) for one in written],
            "source_id": [source_id_of(one.source) for one in written],
            "run_id": [run_id_of(night)] * len(written),
            "url": [url_of(night, one.number) for one in written],
            "first_seen_at": pa.array(seen, type=_INSTANT),
            "published_at": pa.array([published_at(night, one.minute) for one in written], type=_INSTANT),
            "headline": texts_of([one.headline for one in written]),
        }
    )


def _insert_sources_and_runs(connection: duckdb.DuckDBPyConnection, nights: Sequence[int]) -> None:
    sources = pa.table({"source_id": [source_id_of(source) for source in range(SOURCES)]})
    runs = pa.table(
        {
            "run_id": [run_id_of(night) for night in nights],
            "started_at": pa.array([started_at(night) for night in nights], type=_INSTANT),
            "edition": list(range(1, len(nights) + 1)),
        }
    )
    for name, rows, sql in (("made_sources", sources, _SOURCES), ("made_runs", runs, _RUNS)):
        connection.register(name, rows)
        connection.execute(sql)
        connection.unregister(name)


def _insert_nights(connection: duckdb.DuckDBPyConnection, staged: Path, nights: Iterable[int]) -> None:
    """In one transaction, and in the order in which nights were loaded one by one; the files are removed."""
    articles = [staged / f"articles{night}.parquet" for night in nights]
    fingerprints = [file for night in nights if (file := staged / f"fingerprints{night}.parquet").exists()]
    with transaction(connection):
        connection.execute(
            "CREATE OR REPLACE TEMP VIEW made AS SELECT * FROM read_parquet(" + _file_list(articles) + ")"
        )
        for sql in (_REVISIONS, _ARTICLES, _STORY_ARTICLES):
            connection.execute(sql)
        for file in fingerprints:
            connection.execute(f"INSERT INTO article_fingerprints BY NAME SELECT * FROM read_parquet('{file}')")
    for file in (*articles, *fingerprints):
        file.unlink()


def _file_list(files: Iterable[Path]) -> str:
    return "[" + ", ".join(f"'{file}'" for file in files) + "]"


_SOURCES = """
    INSERT INTO sources BY NAME
    SELECT source_id, 'Generated ' || source_id AS name, 'https://' || source_id || '.example/' AS homepage,
        'GBR' AS country_code, 'en' AS language, 'Europe/London' AS timezone, true AS enabled
    FROM made_sources
"""
_RUNS = """
    INSERT INTO runs BY NAME
    SELECT *, started_at + INTERVAL 1 HOUR AS finished_at, 'published' AS verdict, true AS is_loaded FROM made_runs
"""
_REVISIONS = """
    INSERT INTO article_revisions BY NAME
    SELECT
        article_id, 1 AS revision, run_id, substr(md5('c' || url), 1, 16) AS capture_id,
        substr(md5('f' || url), 1, 16) AS fetch_id, source_id, url, headline, 'json_ld' AS headline_source,
        [] AS byline, published_at, 'json_ld' AS published_at_source, 'en' AS language, [] AS keywords, body,
        sha256(headline || body) AS text_sha256, [] AS changed_fields, first_seen_at AS fetched_at,
        'main_text' AS extractor, 'generated' AS extractor_version
    FROM made ORDER BY made.first_seen_at::DATE, source_id, made.first_seen_at, article_id
"""
_ARTICLES = """
    INSERT INTO articles BY NAME
    SELECT
        article_id, source_id, url AS canonical_url, first_seen_at, first_seen_at AS last_seen_at,
        run_id AS first_run_id, run_id AS last_revised_run_id, 1 AS current_revision, original_id AS duplicate_of,
        original_id AS matched_article_id, share AS own_share, share AS matched_share, share AS shared_share, words_hash
    FROM made ORDER BY made.first_seen_at::DATE, source_id, made.first_seen_at, article_id
"""
_STORY_ARTICLES = """
    INSERT INTO story_articles BY NAME
    SELECT article_id, story_id, run_id FROM made ORDER BY first_seen_at, article_id
"""
_STORIES = """
    INSERT INTO stories BY NAME
    SELECT
        s.story_id, arg_min(a.article_id, (a.duplicate_of IS NOT NULL, a.first_seen_at)) AS representative_article_id,
        arg_min(a.article_id, a.first_seen_at) AS first_article_id, count(*) AS article_count,
        count(*) FILTER (a.duplicate_of IS NULL) AS original_count, count(DISTINCT a.source_id) AS source_count,
        min(a.first_seen_at) AS first_published_at, max(a.first_seen_at) AS last_published_at,
        epoch(max(a.first_seen_at) - min(a.first_seen_at))::BIGINT AS spread_seconds
    FROM story_articles AS s JOIN articles AS a USING (article_id)
    GROUP BY s.story_id
    ORDER BY first_published_at, s.story_id
"""
