"""The ledger's own rules: what is written is read back, once, whole or not at all, by any number of processes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import MigrationError
from pipeline.gather.archive import CaptureEntry
from pipeline.gather.ledger import open_ledger
from pipeline.gather.ledger_schema import MIGRATIONS
from pipeline.records import FeedVisit, Fetch, FurtherPage, stable_id
from pipeline.settings import Settings

NOW = datetime(2026, 3, 2, 2, 0, 0, 123_456, tzinfo=UTC)
FEED_URL = "https://gazette.example/rss.xml"


def visit(at: datetime = NOW, **fields):
    given = {
        "visit_id": stable_id("gazette", FEED_URL, at.isoformat()),
        "feed_id": "f1",
        "source_id": "gazette",
        "gather_run_id": "run-1",
        "found_in": None,
        "kind": "rss",
        "url": FEED_URL,
        "visited_at": at,
        "status": "read_feed",
        "http_status": 200,
        "etag": '"1"',
        "last_modified": None,
        "content_sha256": "ab",
        "link_count": 3,
        "new_link_count": 2,
        "old_link_count": 0,
        "failure_points": 0.0,
        "poll_interval_seconds": 3600.0,
        "next_visit_at": at + timedelta(hours=1),
        "given_up": False,
        "error": None,
    }
    return FeedVisit(**given | fields)


def fetch(path: str = "/a", status: str = "captured", at: datetime = NOW, **fields):
    url = f"https://gazette.example{path}"
    given = {
        "fetch_id": stable_id("gazette", url, at.isoformat()),
        "gather_run_id": "run-1",
        "source_id": "gazette",
        "url": url,
        "visited_at": at,
        "status": status,
        "requested_at": at,
        "redirects": ("https://gazette.example/first",),
        "further_pages": (
            FurtherPage(url="https://gazette.example/a?page=2", capture_id="c2", warc_file="a.warc.gz", warc_offset=9),
        ),
        "will_be_asked_again": False,
        **fields,
    }
    return Fetch(**{name: given.get(name) for name in Fetch.__dataclass_fields__})


def entry(capture_id: str = "c1") -> CaptureEntry:
    given = {
        "capture_id": capture_id,
        "source_id": "gazette",
        "gather_run_id": "run-1",
        "url": "https://gazette.example/a",
        "requested_at": NOW,
        "record_type": "response",
        "warc_file": "run-1/gazette-1.warc.gz",
        "warc_offset": 512,
        "warc_bytes": 900,
    }
    return CaptureEntry(**{name: given.get(name) for name in CaptureEntry._fields})


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path)


@pytest.fixture
def ledger(settings):
    with open_ledger(settings) as opened:
        yield opened


def test_rows_come_back_as_they_were(ledger):
    ledger.record(visits=[visit()], fetches=[fetch()], captures=[entry()])
    assert ledger.visits.of_pass("run-1", "gazette") == [visit()]
    assert ledger.fetches.of_pass("run-1", "gazette") == [fetch()]
    assert ledger.capture("c1") == entry()
    assert ledger.capture("c2") is None


def test_the_same_rows_are_kept_once(ledger):
    for _ in range(2):
        ledger.record(visits=[visit()], fetches=[fetch()], captures=[entry()])
    assert len(ledger.fetches.ids()) == len(ledger.visits.ids()) == 1


def test_a_transaction_that_fails_leaves_nothing(ledger):
    with pytest.raises(AttributeError):
        ledger.record(visits=[visit()], fetches=[fetch(), None])
    assert ledger.visits.ids() == ledger.fetches.ids() == []
    assert ledger.feed_states("gazette") == {}


def test_a_feed_keeps_the_validators_of_its_last_full_answer(ledger):
    later = NOW + timedelta(hours=1)
    ledger.record(visits=[visit()])
    ledger.record(visits=[visit(later, status="timed_out", http_status=None, etag=None, failure_points=0.25)])
    state = ledger.feed_states("gazette")["f1"]
    assert (state.etag, state.content_sha256, state.last_read_at) == ('"1"', "ab", NOW)
    assert state.last_visited_at == later
    assert state.failure_points == 0.25


def test_a_304_is_no_full_reading(ledger):
    later = NOW + timedelta(hours=1)
    ledger.record(visits=[visit()])
    ledger.record(visits=[visit(later, status="unchanged", http_status=304)])
    assert ledger.feed_states("gazette")["f1"].last_read_at == NOW


def test_the_visits_of_a_killed_pass_leave_the_feeds_to_be_read_again(ledger):
    ledger.record(visits=[visit()], keep_feed_states=True)
    assert ledger.feed_states("gazette") == {}
    assert ledger.visits.ids() == [visit().visit_id]


def test_links_are_pending_until_their_time_and_done_after_an_answer(ledger):
    ledger.record(fetches=[fetch("/a", "timed_out", will_be_asked_again=True), fetch("/b")])
    assert ledger.pending_links("gazette", NOW, 10) == []
    (waiting,) = ledger.pending_links("gazette", NOW + timedelta(hours=1), 10)
    assert waiting.url.endswith("/a")
    assert ledger.due_sources(NOW + timedelta(hours=1)) == {"gazette"}
    ledger.record(fetches=[fetch("/a", at=NOW + timedelta(hours=1))])
    assert ledger.pending_links("gazette", NOW + timedelta(days=9), 10) == []
    assert ledger.due_sources(NOW + timedelta(days=9)) == set()


def test_more_urls_than_sqlite_takes_parameters(ledger):
    ledger.record(fetches=[fetch(f"/{number}") for number in range(1_200)])
    urls = [f"https://gazette.example/{number}" for number in range(5_000)]
    assert len(ledger.known_urls("gazette", urls)) == 1_200
    assert len(ledger.link_states("gazette", urls)) == 1_200


def test_pages_that_fail_now_are_no_longer_visited_for_revisions(ledger):
    ledger.record(fetches=[fetch("/a"), fetch("/b")])
    ledger.record(fetches=[fetch("/b", "gone", at=NOW + timedelta(hours=1), http_status=410)])
    assert [state.url[-2:] for state in ledger.young_links("gazette", NOW)] == ["/a"]
    assert ledger.young_links("gazette", NOW + timedelta(seconds=1)) == []


def test_rows_are_forgotten_by_id_and_found_by_age(ledger):
    old, new = fetch("/a"), fetch("/b", at=NOW + timedelta(days=40))
    ledger.record(fetches=[old, new])
    assert ledger.fetches.ids(before=NOW + timedelta(days=1)) == [old.fetch_id]
    ledger.fetches.forget([old.fetch_id])
    assert list(ledger.fetches.of_ids([new.fetch_id])) == [new]
    assert ledger.known_urls("gazette", [old.url]) == {old.url}


def test_progress_of_an_import_is_kept_with_its_rows(ledger):
    assert ledger.import_progress("file") == 0
    ledger.record(fetches=[fetch()], progress=("file", 4_096))
    assert ledger.import_progress("file") == 4_096


def test_a_pass_is_open_until_it_is_written_down(ledger):
    ledger.begin_pass("run-1", "gazette")
    ledger.begin_pass("run-1", "herald")
    assert ledger.open_passes("gazette") == [("run-1", "gazette")]
    ledger.record(ended=("run-1", "gazette"))
    assert ledger.open_passes() == [("run-1", "herald")]


def test_a_newer_ledger_is_refused_in_words(settings):
    with open_ledger(settings):
        pass
    connection = sqlite3.connect(settings.ledger_file)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(MigrationError, match="newer Dateline"), open_ledger(settings):
        pass


WRITES_ROWS = """
import sys
from dataclasses import replace
from pathlib import Path
from pipeline.gather.ledger import open_ledger
from pipeline.row_json import row_from_json
from pipeline.records import Fetch
from pipeline.settings import Settings

row = row_from_json(Fetch, sys.argv[3])
for number in range(40):
    with open_ledger(Settings(home=Path(sys.argv[1]))) as ledger:
        name = f"{sys.argv[2]}-{number}"
        ledger.record(fetches=[replace(row, fetch_id=name, url=row.url + name)])
"""


def test_processes_that_open_and_write_at_once_lose_nothing(settings):
    from pipeline.row_json import row_to_json

    words = [sys.executable, "-c", WRITES_ROWS, str(settings.home)]
    writers = [subprocess.Popen([*words, name, row_to_json(fetch())]) for name in "abc"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    with open_ledger(settings) as ledger:
        assert len(ledger.fetches.ids()) == 120


OPENS = """
import sys
from pathlib import Path
from pipeline.gather.ledger import open_ledger
from pipeline.settings import Settings

print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    with open_ledger(Settings(home=Path(sys.argv[1]) / str(number))):
        pass
"""


def test_processes_that_make_a_new_ledger_at_once_all_get_it(tmp_path):
    """SQLite does not wait where two processes change the journal's mode (19 of 320 openings failed)."""
    words = [sys.executable, "-c", OPENS, str(tmp_path)]
    openers = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for opener in openers:
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        opener.stdin.write("go\n")
        opener.stdin.flush()
    for opener in openers:
        opener.communicate(timeout=60)
        assert opener.returncode == 0


def test_a_row_of_another_version_is_refused_not_bent(ledger):
    ledger.record(fetches=[fetch()])
    ledger.connection.execute("""UPDATE fetch_rows SET row = replace(row, '"url"', '"address"')""")
    with pytest.raises(TypeError):
        ledger.fetches.of_pass("run-1", "gazette")


def test_records_survive_replacing(ledger):
    changed = replace(fetch(), redirects=(), feed_published_at=None)
    ledger.record(fetches=[changed])
    assert ledger.fetches.of_pass("run-1", "gazette") == [changed]
