"""What a run takes: everything gathered that the current edition does not have, whoever gathered it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from pipeline.gather.collecting import KEPT_DAYS, collect_run
from pipeline.gather.ledger import open_ledger
from pipeline.gather.source_lock import source_lock
from pipeline.handover import read_records
from pipeline.records import FeedVisit, Fetch
from pipeline.runs import RunVerdict, close_run, open_run


@pytest.fixture
def two_pages(site):
    site.page("/a", "The story of a.")
    site.page("/b", "The story of b.")
    site.rss("/a", "/b")


def nightly(gathering, run_id="night-1"):
    return open_run(gathering.settings, run_id)


def collected(run):
    fetches = list(read_records(run.stage_file("gather", "collected.fetches"), Fetch))
    visits = list(read_records(run.stage_file("gather", "collected.feeds"), FeedVisit))
    return fetches, visits


def publish(gathering, rows, sources=("gazette",)):
    """An edition that has these rows, and nothing else."""
    file = gathering.settings.current_edition_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    ids = [row.fetch_id if isinstance(row, Fetch) else row.visit_id for row in rows]
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE fetches AS SELECT unnest(?::VARCHAR[]) AS fetch_id", [ids])
        connection.execute("CREATE TABLE sources AS SELECT unnest(?::VARCHAR[]) AS source_id", [sources])


def test_a_run_takes_what_others_gathered(gathering, site, two_pages):
    gathering.run_id = "watch_1"
    gathering.gather()
    run = nightly(gathering)
    counts = collect_run(run).counts
    fetches, visits = collected(run)
    assert {fetch.gather_run_id for fetch in fetches} == {"watch_1"}
    assert sorted(fetch.url for fetch in fetches) == [site.url("/a"), site.url("/b")]
    assert len(visits) == 1
    assert counts == {"links": 2, "feeds": 1, "passes": 1, "without_source": 0, "captured": 2, "feed_read_feed": 1}


def test_what_the_edition_has_is_not_taken_again_and_the_rest_is(gathering, site, two_pages):
    gathering.run_id = "watch_1"
    gathering.gather()
    first = nightly(gathering)
    collect_run(first)
    publish(gathering, [row for rows in collected(first) for row in rows])
    site.rss("/a", "/b", "/c")
    site.page("/c", "The story of c.")
    gathering.run_id = "watch_2"
    gathering.gather(revisit=False)
    second = nightly(gathering, "night-2")
    collect_run(second)
    fetches, visits = collected(second)
    assert [fetch.url for fetch in fetches] == [site.url("/c")]
    assert [visit.gather_run_id for visit in visits] == ["watch_2"]


def test_what_a_night_without_an_edition_took_comes_again(gathering, two_pages):
    gathering.gather()
    held = nightly(gathering)
    collect_run(held)
    close_run(held, RunVerdict.HELD, edition=None, note="held")
    after = nightly(gathering, "night-2")
    collect_run(after)
    assert collected(after) == collected(held)


def test_when_an_older_edition_is_put_back_what_it_lacks_comes_again(gathering, two_pages):
    gathering.gather()
    first = nightly(gathering)
    collect_run(first)
    fetches, visits = collected(first)
    publish(gathering, [*fetches, *visits])
    publish(gathering, [fetches[0]])
    second = nightly(gathering, "night-2")
    collect_run(second)
    assert collected(second) == (fetches[1:], visits)


def test_a_published_run_keeps_what_it_took(gathering, site, two_pages):
    gathering.gather()
    run = nightly(gathering)
    collect_run(run)
    before = collected(run)
    close_run(run, RunVerdict.PUBLISHED, edition=1, note="published")
    publish(gathering, [row for rows in before for row in rows])
    collect_run(run)
    assert collected(run) == before


def test_rows_that_the_edition_has_are_forgotten_after_a_month_and_others_never(gathering, two_pages):
    gathering.gather()
    first = nightly(gathering)
    collect_run(first)
    fetches, visits = collected(first)
    publish(gathering, [fetches[0], *visits])
    later = nightly(gathering, "night-2")
    object.__setattr__(later, "started_at", datetime.now(UTC) + timedelta(days=KEPT_DAYS + 1))
    collect_run(later)
    with open_ledger(gathering.settings) as ledger:
        assert ledger.fetches.ids() == [fetches[1].fetch_id]
        assert ledger.visits.ids() == []


def test_captures_of_a_killed_pass_are_taken_and_its_feed_is_read_again(gathering, site, two_pages):
    gathering.run_id = "watch_1"
    gathering.gather()
    rows = list(gathering.fetches().values())
    gathering.settings.ledger_file.unlink()  # as if the pass had been killed before it wrote
    with open_ledger(gathering.settings) as ledger:
        ledger.begin_pass("watch_1", "gazette")
    run = nightly(gathering)
    collect_run(run)
    assert collected(run)[0] == rows
    gathering.run_id = "watch_2"
    site.asked.clear()
    gathering.gather(revisit=False)
    assert site.paths() == ["/rss.xml"]


def test_a_pass_that_is_under_way_is_left_alone(gathering, two_pages):
    gathering.gather()
    with open_ledger(gathering.settings) as ledger:
        ledger.begin_pass("watch_2", "gazette")
        with source_lock(gathering.settings, "gazette", wait_seconds=0):
            collect_run(nightly(gathering))
        assert ledger.open_passes("gazette") == [("watch_2", "gazette")]


def test_rows_of_a_source_whose_file_is_gone_wait_until_it_is_back_or_the_edition_knows_it(gathering, two_pages):
    gathering.gather()
    file = gathering.settings.newsroom_folder / "sources" / "gazette.yml"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    run = nightly(gathering)
    assert collect_run(run).counts == {"links": 0, "feeds": 0, "passes": 0, "without_source": 3}
    publish(gathering, [])
    assert collect_run(run).counts["links"] == 2
    publish(gathering, [], sources=[])
    assert collect_run(run).counts["links"] == 0
    file.write_text(text, encoding="utf-8")
    assert collect_run(run).counts["links"] == 2
