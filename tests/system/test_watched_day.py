"""A day with a watcher: what it gathers between the nights is in the next edition, every text that stood there too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import CheckFailedError
from pipeline.gather.ledger import open_ledger
from pipeline.gather_now import gather_now, import_now
from pipeline.newsroom import RunningNewsroom, running_newsroom
from pipeline.refresh import refresh
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict

# A wire, and two papers of which one revises articles on the second visit.
SITES = frozenset({"meridian-wire", "harbour-gazette", "cape-chronicle"})


def silent(_line: str) -> None:
    """For runs whose progress nobody reads."""


@dataclass
class Day:
    settings: Settings
    newsroom: RunningNewsroom

    def watch(self) -> None:
        """What `watch_sources` does, with every feed due."""
        with open_ledger(self.settings) as ledger:
            ledger.connection.execute("UPDATE feeds SET next_visit_at = 0")
        gather_now(self.settings, [], only_due=True, say=silent)

    def visit(self, number: int) -> None:
        """Let the newsroom's few sites show another visit."""
        self.newsroom.set_visit(number)
        for path in self.newsroom.sources_folder.glob("*.yml"):
            if path.stem not in SITES:
                path.unlink()

    def ask(self, sql: str) -> list[Any]:
        with duckdb.connect(str(self.settings.current_edition_file), read_only=True) as edition:
            return edition.execute(sql).fetchall()


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    settings = Settings(home=tmp_path / "home", sources_folder=tmp_path / "none")
    with running_newsroom(settings, port=0, visit=1, date=date(2026, 11, 20), slow_seconds=0.1) as newsroom:
        day = Day(settings, newsroom)
        day.visit(1)
        yield day


@pytest.fixture
def published(day: Day) -> Callable[[str], None]:
    def refresh_and_publish(run_id: str) -> None:
        assert refresh(day.settings, say=silent, run_id=run_id).verdict is RunVerdict.PUBLISHED

    return refresh_and_publish


def test_the_night_builds_from_what_was_watched_and_keeps_every_text_between(
    day: Day, published: Callable[[str], None], tmp_path: Path
) -> None:
    day.watch()
    asked_before = len(day.newsroom.requests)
    day.visit(2)
    published("night")
    # The pages of the first visit are asked for once more, for revisions, and none of them is lost to the second.
    revisions = day.ask("SELECT article_id, list(revision ORDER BY revision) FROM article_revisions GROUP BY 1")
    revised = [article_id for article_id, numbers in revisions if numbers == [1, 2]]
    assert revised, "the newsroom revises some articles on its second visit"
    assert {tuple(numbers) for _, numbers in revisions} == {(1,), (1, 2)}
    gold = {a["url"] for a in day.newsroom.gold()["articles"] if a["language"] == "en" and is_ours(a)}
    assert {url for (url,) in day.ask("SELECT canonical_url FROM articles")} == gold
    passes = {row[0] for row in day.ask("SELECT DISTINCT gather_run_id FROM fetches")}
    assert "night" in passes
    assert len(passes) == 2
    assert day.ask("SELECT DISTINCT run_id FROM fetches") == [("night",)]
    assert len(day.newsroom.requests) > asked_before

    # Two nights without a watcher come to the same texts.
    other = Day(day.settings.model_copy(update={"home": tmp_path / "other"}), day.newsroom)
    copy_sources(day, other)
    for visit in (1, 2):
        day.visit(visit)
        refresh(other.settings, say=silent, run_id=f"night-{visit}")
    texts = "SELECT article_id, revision, headline, body, changed_fields FROM article_revisions ORDER BY ALL"
    assert other.ask(texts) == day.ask(texts)
    events = "SELECT event_id, event_type, mention_count, source_count FROM events ORDER BY ALL"
    assert other.ask(events) == day.ask(events)


def test_a_night_that_is_held_loses_nothing_that_was_gathered(
    day: Day, published: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    day.watch()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.refresh.check_or_hold", holds)
        with pytest.raises(CheckFailedError):
            refresh(day.settings, say=silent, run_id="held")
    asked_before = len(day.newsroom.requests)
    published("after")
    statuses = dict(day.ask("SELECT status, count(*) FROM fetches WHERE kind = 'page' GROUP BY 1"))
    gold = [a for a in day.newsroom.gold()["articles"] if a["language"] == "en" and is_ours(a)]
    assert statuses["new"] + statuses["duplicate"] == len(gold)
    assert len(day.ask("SELECT DISTINCT gather_run_id FROM fetches")) == 3
    # No page is fetched anew: they are asked for conditionally, and some sites have no validators.
    pages = [r for r in day.newsroom.requests[asked_before:] if r.status == 200 and r.path.count("/") > 1]
    assert len(pages) < len(gold)


def test_the_captures_of_another_archive_are_read_like_our_own(
    day: Day, published: Callable[[str], None], tmp_path: Path
) -> None:
    """Another installation's WARC files stand for those of others."""
    other = Day(day.settings.model_copy(update={"home": tmp_path / "other"}), day.newsroom)
    copy_sources(day, other)
    gather_now(other.settings, ["meridian-wire"], only_due=False, say=silent)
    pattern = str(other.settings.captures_folder / "*" / "*.warc.gz")
    first = import_now(day.settings, [pattern], say=silent)
    again = import_now(day.settings, [pattern], say=silent)
    gold = [a for a in day.newsroom.gold()["articles"] if a["site"] == "meridian-wire"]
    assert first["taken"] == len(gold)
    assert again["taken"] == 0
    asked_before = len(day.newsroom.requests)
    published("night")
    asked = [r.path for r in day.newsroom.requests[asked_before:] if r.host.startswith("meridian-wire")]
    imported = "SELECT count(*) FROM fetches WHERE gather_run_id LIKE 'backfill%' AND status IN ('new', 'duplicate')"
    assert day.ask(imported) == [(len(gold),)]
    assert "/robots.txt" in asked


def is_ours(article: dict[str, Any]) -> bool:
    return article["site"] in SITES


def holds(_run: object) -> None:
    raise CheckFailedError("a check failed")


def copy_sources(day: Day, other: Day) -> None:
    folder = other.settings.newsroom_folder / "sources"
    folder.mkdir(parents=True)
    for path in day.newsroom.sources_folder.glob("*.yml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
