"""The benchmark of duplicates is only as good as the news it generates, and as its counting."""

from __future__ import annotations

import importlib
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import numpy as np
import pytest

from pipeline.dedupe.reuse import shape_of
from pipeline.handover import read_records
from pipeline.records import Article
from pipeline.settings import Settings
from pipeline.statuses import ArticleStatus

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
SEED, NIGHT, COUNT = 11, 3, 400


class Bench:
    """The modules of the benchmark, which are no package."""

    def __getattr__(self, name: str) -> ModuleType:
        return importlib.import_module(name)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield Bench()
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def night(bench: Bench) -> list[Any]:
    return bench.generated_night.write_night(SEED, NIGHT, COUNT)


@pytest.fixture(scope="module")
def bodies(bench: Bench, night: list[Any]) -> list[str]:
    return bench.generated_news.texts_of([one.body for one in night]).to_pylist()


@pytest.fixture(scope="module")
def shingles(bodies: list[str]) -> list[set[int]]:
    return [set(shape_of(body).distinct.tolist()) for body in bodies]


def shared_share(one: set[int], other: set[int]) -> float:
    return len(one & other) / min(len(one), len(other))


# ---------------------------------------------------------------- the news


def test_the_same_seed_gives_the_same_night_and_another_seed_another(bench: Bench, bodies: list[str]) -> None:
    again, other = (bench.generated_night.write_night(seed, NIGHT, COUNT) for seed in (SEED, SEED + 1))
    assert bench.generated_news.texts_of([one.body for one in again]).to_pylist() == bodies
    assert bench.generated_news.texts_of([one.body for one in other[:5]]).to_pylist() != bodies[:5]


def test_a_quarter_is_near_copies_of_every_kind_and_a_twentieth_exact_ones(bench: Bench, night: list[Any]) -> None:
    kinds = Counter(one.kind for one in night)
    near = {kind: count for kind, count in kinds.items() if kind in bench.edited_news.RE_USED}
    assert (sum(near.values()), kinds["exact"], len(night)) == (COUNT // 4, COUNT // 20, COUNT)
    assert set(near) == set(bench.edited_news.RE_USED)


def test_reports_are_as_long_as_news_and_made_of_sentences(night: list[Any], bodies: list[str]) -> None:
    reports = [body for one, body in zip(night, bodies, strict=True) if one.kind == "report"]
    lengths = [len(body.split()) for body in reports]
    assert 300 < np.median(lengths) < 420
    assert min(lengths) >= 60
    for body in reports:
        assert body.endswith(".")
        assert body[0].isupper() or body[0].isdigit()
        assert 8 <= len(body.split()) / len(re.findall(r"[a-z]\.(?=\s|$)", body)) <= 31


def test_reports_of_strangers_share_no_passage_by_chance(night: list[Any], shingles: list[set[int]]) -> None:
    reports = [shingles[one.number] for one in night if one.kind == "report"]
    shared = [len(one & other) for one, other in itertools.combinations(reports, 2)]
    # Some sources print the same lines below each article: 32 words, 28 whole shingles and the four that lead to them.
    assert all(count <= 1 or 28 <= count <= 32 for count in shared)
    assert sum(count > 0 for count in shared) < 0.02 * len(shared)


def test_reports_of_one_happening_share_its_names(bench: Bench) -> None:
    happenings = np.array([5, 5, 6, 7])
    names = bench.generated_news.names_of(happenings)
    assert names[0].tolist() == names[1].tolist()
    assert len({*names[0].tolist()} & {*names[2].tolist()}) <= 1
    one, other, *strangers = bench.generated_news.reports(np.random.default_rng(1), happenings)
    words = [set((text // bench.generated_news.FORMS).tolist()) for text in (one, other, *strangers)]
    of_happening = set(names[0].tolist())
    assert len(words[0] & of_happening) > 6
    assert len(words[1] & of_happening) > 6
    assert len(words[2] & of_happening) <= 2


def test_a_copy_is_published_later_by_another_source_and_holds_the_text(
    night: list[Any], bodies: list[str], shingles: list[set[int]]
) -> None:
    copies = [one for one in night if one.group != one.number]
    for copy in copies:
        original = night[copy.group]
        assert original.kind == "report"
        assert copy.minute > original.minute
        assert copy.source != original.source
        assert copy.happening == original.happening
        assert shared_share(shingles[copy.number], shingles[original.number]) >= 0.5
        assert (bodies[copy.number] == bodies[original.number]) == (copy.kind == "exact")


def test_texts_that_are_only_alike_are_groups_of_their_own(
    bench: Bench, night: list[Any], bodies: list[str], shingles: list[set[int]]
) -> None:
    alike = [one for one in night if one.kind in bench.edited_news.ALIKE]
    assert {one.kind for one in alike} == set(bench.edited_news.ALIKE)
    for one in alike:
        assert one.group == one.number
        best = max(shared_share(shingles[one.number], other) for n, other in enumerate(shingles) if n != one.number)
        if one.kind == "update":
            assert best < 0.35
        else:
            assert best > 0.3


def test_a_periodic_report_has_other_figures_in_the_same_form(bench: Bench) -> None:
    rng = np.random.default_rng(2)
    table, stranger = bench.generated_news.reports(rng, np.array([1, 2]), number_share=0.12)
    news = bench.generated_news
    is_figure = (table // news.FORMS >= news.FIRST_NUMBER) & (table // news.FORMS < news.FIRST_CONTENT)
    later = bench.edited_news.new_figures(table, rng, stranger)
    assert (later[~is_figure] == table[~is_figure]).all()
    assert (later[is_figure] != table[is_figure]).mean() > 0.95


def test_a_light_edit_changes_words_but_no_figure(bench: Bench) -> None:
    rng = np.random.default_rng(2)
    text, stranger = bench.generated_news.reports(rng, np.array([1, 2]), number_share=0.12)
    news = bench.generated_news

    def figures(tokens: Any) -> list[int]:
        words = tokens // news.FORMS
        return words[(words >= news.FIRST_NUMBER) & (words < news.FIRST_CONTENT)].tolist()

    edited = bench.edited_news.words(text, rng, stranger)
    assert figures(edited) == figures(text)
    assert edited.tolist() != text.tolist()
    assert abs(len(edited) - len(text)) < 0.06 * len(text)


# ---------------------------------------------------------------- the archive


LAYOUT = (1_000, 20)


@pytest.fixture(scope="module")
def home(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    layout = bench.archive_layout.Layout(*LAYOUT)
    return bench.generated_archive.archive_home(tmp_path_factory.mktemp("archives"), layout)


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "editions" / "current.duckdb"), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(sql).fetchall()


def test_archives_of_all_sizes_have_the_same_window(bench: Bench) -> None:
    small, large = (bench.archive_layout.Layout(articles, 100) for articles in (3_050, 9_999))
    for layout in (small, large):
        assert sum(count for _, count in layout.nights()) == layout.articles
        assert [night for night, _ in layout.nights()] == sorted(night for night, _ in layout.nights())
    window = [(night, 100) for night in range(30)]
    assert [night for night in small.nights() if night[0] >= 0] == window
    assert [night for night in large.nights() if night[0] >= 0] == window


def test_reprints_are_spread_over_all_that_lies_behind_the_window(bench: Bench) -> None:
    reprinted = bench.archive_layout.Layout(9_000, 100).reprinted(150)
    assert sum(len(numbers) for numbers in reprinted.values()) == 150
    assert (min(reprinted), len(reprinted)) == (-60, 30)
    with pytest.raises(ValueError, match="too few"):
        bench.archive_layout.Layout(3_010, 100).reprinted(150)


def test_the_archive_has_every_article_with_its_text_and_story_in_the_order_of_the_nights(home: Path) -> None:
    articles = LAYOUT[0]
    assert rows(home, "SELECT count(*), count(DISTINCT article_id), count(words_hash) FROM articles") == [
        (articles, articles, articles)
    ]
    sql = (
        "SELECT count(*) FROM articles AS a JOIN article_revisions AS r USING (article_id) "
        "JOIN story_articles USING (article_id) JOIN stories USING (story_id) "
        "JOIN runs ON runs.run_id = a.first_run_id JOIN sources AS s ON s.source_id = a.source_id "
        "WHERE length(r.body) > 100 AND r.revision = a.current_revision"
    )
    assert rows(home, sql) == [(articles,)]
    in_order = (
        "SELECT bool_and(d >= before) FROM (SELECT {0}::DATE AS d, lag(d) OVER (ORDER BY rowid) AS before FROM {1})"
    )
    for column, table in (("first_seen_at", "articles"), ("fetched_at", "article_revisions")):
        assert rows(home, in_order.format(column, table)) == [(True,)]


def test_duplicates_in_the_archive_point_to_originals(home: Path) -> None:
    sql = (
        "SELECT count(*), count(o.article_id), count(o.duplicate_of) FROM articles AS a "
        "LEFT JOIN articles AS o ON o.article_id = a.duplicate_of WHERE a.duplicate_of IS NOT NULL"
    )
    (copies, with_original, chained), *_ = rows(home, sql)
    assert copies == with_original > 200
    assert chained == 0


def test_only_the_window_has_fingerprints_one_set_for_each_distinct_text(home: Path) -> None:
    sql = (
        "SELECT min(f.first_seen_at) >= TIMESTAMPTZ '2026-05-02 02:00:00+00', count(DISTINCT f.article_id), "
        "count(DISTINCT words_hash) FROM article_fingerprints AS f JOIN articles USING (article_id)"
    )
    (in_window, texts, distinct), *_ = rows(home, sql)
    assert in_window
    assert texts == distinct
    assert 0.9 * 30 * LAYOUT[1] < distinct <= 0.95 * 30 * LAYOUT[1]


def test_equal_texts_have_equal_hashes_in_the_whole_archive(home: Path) -> None:
    sql = (
        "SELECT count(*), count(*) FILTER (a.words_hash = o.words_hash) FROM articles AS a "
        "JOIN articles AS o ON o.article_id = a.duplicate_of WHERE a.own_share = 1"
    )
    assert rows(home, sql) == [(50, 50)]


def test_an_archive_is_made_once_and_one_of_an_older_generator_is_removed(bench: Bench, home: Path) -> None:
    edition = home / "editions" / "current.duckdb"
    made_at = edition.stat().st_mtime_ns
    (home.parent / "0123456789ab-1000-20" / "editions").mkdir(parents=True)
    assert bench.generated_archive.archive_home(home.parent, bench.archive_layout.Layout(*LAYOUT)) == home
    assert edition.stat().st_mtime_ns == made_at
    assert [folder.name for folder in home.parent.iterdir()] == [home.name]


# ---------------------------------------------------------------- tonight


def test_tonight_brings_copies_of_tonight_the_window_and_behind_it(bench: Bench, home: Path) -> None:
    tonight = bench.generated_tonight
    run = tonight.tonight_run(Settings(home=home, newsroom=False), "tonight")
    expected = tonight.write_tonight(run, bench.archive_layout.Layout(*LAYOUT), 250)
    articles = [a for path in run.stage_files("read", "batch-*.out") for a in read_records(path, Article)]
    assert {article.article_id for article in articles} == set(expected)
    assert len(articles) == 250
    where = Counter(known.re_uses for known in expected.values() if known.re_uses)
    assert set(where) == {
        tonight.TONIGHT_TOO,
        tonight.NEAR_IN_WINDOW,
        tonight.SAME_IN_WINDOW,
        tonight.SAME_BEHIND,
    }

    known = dict(rows(home, "SELECT article_id, coalesce(duplicate_of, article_id) FROM articles"))
    texts = {words_hash: article for article, words_hash in rows(home, "SELECT article_id, words_hash FROM articles")}
    for article in articles:
        about = expected[article.article_id]
        is_known = article.article_id in known
        assert is_known == about.is_revision == (article.status == ArticleStatus.REVISED)
        if about.re_uses in {tonight.SAME_IN_WINDOW, tonight.SAME_BEHIND}:
            holder = texts[shape_of(str(article.body)).words_hash]
            assert known[holder] == about.group
        elif about.re_uses == tonight.NEAR_IN_WINDOW or about.is_revision:
            assert known[about.group] == about.group


# ---------------------------------------------------------------- the counting


def test_pairs_are_scored_over_all_that_were_put_together(bench: Bench) -> None:
    groups = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "3"}
    score = bench.dedupe_scores.pair_scores(groups, {"b": "a", "e": "d"})
    assert (score["precision"], score["recall"]) == (0.5, pytest.approx(1 / 3))
    assert bench.dedupe_scores.pair_scores(groups, {})["recall"] == 0


def test_a_night_is_scored_by_the_group_of_the_original_it_names(bench: Bench) -> None:
    of = bench.generated_tonight.Expected
    expected = {
        "first": of("first", None),
        "copy": of("first", "tonight"),
        "of an old one": of("old", "window, near"),
        "missed": of("old", "window, near"),
        "revised": of("older", None, is_revision=True),
        "stranger": of("stranger", None),
    }
    said = {"copy": "first", "of an old one": "old", "stranger": "first", "revised": "somebody"}
    score = bench.dedupe_scores.night_scores(expected, said)
    assert score["precision"] == pytest.approx(2 / 3)
    assert score["found"] == {"tonight": 1.0, "window, near": 0.5}


def night_of(cpu: float, near: float | None) -> dict[str, Any]:
    found = {"tonight": 1.0}
    return {"cpu_seconds": cpu, "near_cpu_seconds": near, "peak_bytes": 1, "precision": 1.0, "found": found}


def test_growth_is_the_median_of_the_rounds_ratios(bench: Bench) -> None:
    nights = {100: [night_of(10, 1), night_of(20, 1), night_of(10, 1)], 900: [night_of(12, 1)] * 3}
    report = bench.dedupe_figures.DedupeReport(nights=nights)
    assert report.growth("cpu_seconds").median == pytest.approx(1.2)
    assert report.missed == []
    assert json.loads(report.as_json())["nights"]["growth"]["near_cpu_seconds"]["median"] == 1


def test_what_was_not_measured_is_not_met(bench: Bench) -> None:
    nights = {100: [night_of(10, None)], 900: [night_of(16, None)]}
    report = bench.dedupe_figures.DedupeReport(real={}, nights=nights, stories={})
    assert len(report.missed) == 4
    assert report.in_words().count("NOT MET") == 4
    assert report.in_words().count("not measured") >= 3


def test_the_chart_is_well_formed_and_says_every_median(bench: Bench, tmp_path: Path) -> None:
    import xml.etree.ElementTree as ET

    nights = {100_000: [night_of(8.25, 0.5)], 1_000_000: [night_of(9.5, 0.625)]}
    report = bench.dedupe_figures.DedupeReport(nights=nights, night_articles=5_000)
    bench.cost_chart.write_chart(tmp_path / "cost.svg", report)
    words = " ".join(ET.parse(tmp_path / "cost.svg").getroot().itertext())
    assert all(value in words for value in ("8.25", "9.5", "0.5", "0.625", "100 k", "1 M", "5,000"))
