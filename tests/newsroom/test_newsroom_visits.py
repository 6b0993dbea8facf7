"""Determinism, and what a second visit finds: exactly what changed."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from pipeline.newsroom import running_newsroom, serve
from pipeline.newsroom.articles import ARTICLES_FOLDER
from pipeline.newsroom.edition import Newsroom, latest_possible_date, open_newsroom, written_articles
from pipeline.newsroom.exchange import Request
from pipeline.newsroom.gold import gold_records
from pipeline.newsroom.news_host import NewsHost
from pipeline.settings import Settings

DATE = date(2026, 11, 20)
PORT = 8642


def opened(seed: int = 7, day: date = DATE, visit: int = 1) -> Newsroom:
    return open_newsroom(seed=seed, date=day, visit=visit, written=written_articles(ARTICLES_FOLDER))


def everything(newsroom: Newsroom) -> dict[str, bytes]:
    """The bytes at every address of every site."""
    found = {}
    for site in newsroom.sites.values():
        host = NewsHost(newsroom, site, PORT)
        for path in host.paths:
            found[f"{host.base}{path}"] = host.document(Request("GET", host.host, path, {})).body
    return found


@pytest.fixture(scope="module")
def first() -> Newsroom:
    return opened()


@pytest.fixture(scope="module")
def first_bytes(first: Newsroom) -> dict[str, bytes]:
    return everything(first)


def article_urls(newsroom: Newsroom) -> dict[str, dict[str, Any]]:
    return {record["url"]: record for record in gold_records(newsroom, PORT)["articles"]}


def test_the_same_seed_date_and_visit_give_the_same_bytes(first_bytes: dict[str, bytes]) -> None:
    again = everything(opened())
    assert len(again) > 400
    assert again == first_bytes


def test_another_seed_gives_other_pages_and_holds_back_other_articles(
    first: Newsroom, first_bytes: dict[str, bytes]
) -> None:
    other = opened(seed=8)
    assert everything(other) != first_bytes
    assert other.held_back != first.held_back


def test_another_date_moves_the_articles(first_bytes: dict[str, bytes]) -> None:
    assert set(everything(opened(day=date(2026, 3, 2)))) != set(first_bytes)


@pytest.mark.parametrize("seed", range(1, 30))
def test_three_articles_of_three_sites_are_held_back(first: Newsroom, seed: int) -> None:
    newsroom = open_newsroom(seed=seed, date=DATE, visit=1, written=written_articles(ARTICLES_FOLDER))
    held = newsroom.held_back
    assert len({site_id for site_id, _ in held}) == 3
    for site_id, slug in held:
        article = next(a for a in newsroom.articles[site_id] if a.slug == slug)
        assert article.duplicate_group is None
        assert article.second is None


def test_the_second_visit_shows_the_held_back_and_the_second_versions_and_nothing_else_new(
    first: Newsroom, first_bytes: dict[str, bytes]
) -> None:
    second = first.at_visit(2)
    second_bytes = everything(second)
    pages, new_pages = article_urls(first), article_urls(second)
    appeared = new_pages.keys() - pages.keys()
    assert {url for url in appeared if new_pages[url]["held_back"]} == appeared
    assert len(appeared) == 3
    changed = {url for url in pages if first_bytes[url] != second_bytes[url]}
    assert changed == {url for url in pages if pages[url]["has_second_version"]}
    assert changed
    for url in changed:
        before, after = pages[url], new_pages[url]
        assert (before["headline"], before["body"]) != (after["headline"], after["body"])
        assert after["body"].split("\n\n")[0].encode() in second_bytes[url].replace(b"&#39;", b"'").replace(
            b"&#34;", b'"'
        )


def test_the_third_visit_is_as_the_second(first: Newsroom) -> None:
    assert everything(first.at_visit(3)) == everything(first.at_visit(2))


def test_a_list_that_grew_is_younger_than_before(first: Newsroom) -> None:
    """Otherwise If-Modified-Since alone would hide an article that was held back."""
    site_id = min(site_id for site_id, _ in first.held_back)
    path = first.sites[site_id].feeds[0].path
    times = [
        NewsHost(newsroom, first.sites[site_id], PORT)
        .document(Request("GET", f"{site_id}.localhost", path, {}))
        .last_modified
        for newsroom in (first, first.at_visit(2))
    ]
    assert times[0] is not None
    assert times[1] is not None
    assert times[0] < times[1]


def test_visits_are_counted_from_1(first: Newsroom) -> None:
    with pytest.raises(ConfigurationError, match="counted from 1"):
        first.at_visit(0)


@pytest.mark.parametrize("hour", [0, 2, 11, 23])
def test_the_first_start_chooses_the_latest_date_without_an_article_of_the_future(hour: int) -> None:
    now = datetime(2026, 11, 20, hour, 30, tzinfo=UTC)
    written = written_articles(ARTICLES_FOLDER)
    chosen = latest_possible_date(now, written)
    assert abs((DATE - chosen).days) <= 2

    def last_instant(day: date) -> datetime:
        newsroom = open_newsroom(seed=7, date=day, visit=2, written=written)
        records = article_urls(newsroom).values()
        return max(datetime.fromisoformat(r["modified_at"] or r["published_at"]) for r in records)

    assert last_instant(chosen) <= now
    assert last_instant(date.fromordinal(chosen.toordinal() + 1)) > now


def starts(settings: Settings, articles_folder: Path, **options: Any) -> tuple[int, str]:
    now = datetime(2026, 11, 20, 22, tzinfo=UTC)
    with running_newsroom(settings, port=0, articles_folder=articles_folder, now=lambda: now, **options) as running:
        gold = running.gold()
        return gold["visit"], gold["date"]


def test_every_start_is_another_visit_on_the_date_of_the_first(settings: Settings, articles_folder: Path) -> None:
    assert starts(settings, articles_folder) == (1, "2026-11-20")
    assert starts(settings, articles_folder) == (2, "2026-11-20")
    assert starts(settings, articles_folder, visit=7) == (7, "2026-11-20")
    assert starts(settings, articles_folder) == (3, "2026-11-20")
    assert starts(settings, articles_folder, date=date(2026, 10, 1)) == (4, "2026-10-01")
    assert starts(settings, articles_folder) == (5, "2026-10-01")


def test_another_seed_starts_afresh(settings: Settings, articles_folder: Path) -> None:
    starts(settings, articles_folder)
    starts(settings, articles_folder)
    other = settings.model_copy(update={"newsroom_seed": 8})
    assert starts(other, articles_folder) == (1, "2026-11-20")


def test_a_damaged_state_file_is_said_so(settings: Settings, articles_folder: Path) -> None:
    starts(settings, articles_folder)
    (settings.newsroom_folder / "newsroom.json").write_text(json.dumps({"seed": 7, "date": "soon", "visit": 1}))
    with pytest.raises(ConfigurationError, match=r"newsroom\.json is damaged"):
        starts(settings, articles_folder)


def test_set_visit_changes_a_running_newsroom(settings: Settings, articles_folder: Path, get: Any) -> None:
    with running_newsroom(settings, port=0, articles_folder=articles_folder, date=DATE, visit=1) as running:
        url = next(a["url"] for a in running.gold()["articles"] if a["has_second_version"])
        before = get(url)
        running.set_visit(2)
        after = get(url, {"If-None-Match": before.headers["ETag"]})
        assert after.status == 200
        assert b"Quiet day at the fish market ends with a rush" in after.body
        assert get(url, {"If-Modified-Since": before.headers["Last-Modified"]}).status == 200
        assert {a["headline"] for a in running.gold()["articles"]} >= {"Quiet day at the fish market ends with a rush"}


def test_source_files_of_an_earlier_start_are_removed(settings: Settings, articles_folder: Path) -> None:
    stale = settings.newsroom_folder / "sources" / "closed-paper.yml"
    stale.parent.mkdir(parents=True)
    stale.write_text("id: closed-paper\n")
    starts(settings, articles_folder)
    assert [path.name for path in stale.parent.iterdir()] == ["harbour-gazette.yml"]


def test_serve_says_where_it_is_until_interrupted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket
    import threading

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        monkeypatch.setattr(threading.Event, "wait", interrupt) if len(said) == 1 else monkeypatch.undo()

    serve(settings.model_copy(update={"newsroom_port": port}), visit=1, date=DATE, say=say)
    assert "14 sites" in said[0]
    assert f"http://127.0.0.1:{port}/" in said[0]


def test_the_gold_of_what_is_shown_lies_beside_the_newsroom(settings: Settings) -> None:
    with running_newsroom(settings, port=0, visit=1, date=DATE) as newsroom:
        gold_file = settings.newsroom_folder / "gold.json"
        assert json.loads(gold_file.read_text(encoding="utf-8")) == newsroom.gold()
        newsroom.set_visit(2)
        assert json.loads(gold_file.read_text(encoding="utf-8"))["visit"] == 2
