"""Publishing: numbered editions, an atomic change of the current one, and nothing without checks."""

from __future__ import annotations

import os
import stat

import duckdb
import pytest

from pipeline.errors import PermanentError
from pipeline.runs import RUN_FILE, read_run
from pipeline.statuses import RunVerdict
from pipeline.warehouse import check_run, is_empty, list_editions, load_run, publish_run, query_edition, run_note
from pipeline.warehouse.editions import edition_file


def test_a_published_run_has_a_number_a_verdict_and_a_note(settings, nights):
    edition = nights.publish(nights.first(settings))
    assert (edition.number, edition.run_id, edition.is_current) == (1, "night-1", True)
    assert edition.note == "3 sources, 2 new, 0 revised, 1 repeats, 2 events, edition 1"
    closed = read_run(settings, settings.runs_folder / "night-1" / RUN_FILE)
    assert (closed.verdict, closed.edition, closed.note) == (RunVerdict.PUBLISHED, 1, edition.note)
    assert run_note(closed) == edition.note


def test_the_current_edition_is_the_numbered_file(published, nights):
    settings = published
    edition = nights.publish(nights.second(settings))
    assert edition.number == 2
    assert edition.path.samefile(settings.current_edition_file)
    assert sorted(path.name for path in settings.editions_folder.iterdir()) == [
        "current.duckdb",
        "edition-000001.duckdb",
        "edition-000002.duckdb",
    ]


def test_editions_are_listed_newest_first(settings, nights):
    assert list_editions(settings) == []
    nights.publish(nights.first(settings))
    nights.publish(nights.second(settings))
    listed = list_editions(settings)
    assert [(e.number, e.run_id, e.is_current) for e in listed] == [(2, "night-2", True), (1, "night-1", False)]
    assert all(e.size_bytes == e.path.stat().st_size for e in listed)


def test_publishing_a_run_twice_gives_one_edition(settings, nights):
    night = nights.first(settings)
    first = nights.publish(night)
    again = publish_run(night.run)
    assert (again.number, again.published_at) == (first.number, first.published_at)
    assert len(list_editions(settings)) == 1


def test_an_edition_cannot_be_written_to(settings, nights):
    edition = nights.publish(nights.first(settings))
    assert stat.S_IMODE(edition.path.stat().st_mode) == 0o444


def test_a_reader_keeps_its_edition_while_the_next_is_published(published, nights):
    settings = published
    with duckdb.connect(str(settings.current_edition_file), read_only=True) as reader:
        before = reader.execute("SELECT count(*) FROM article_revisions").fetchone()
        nights.publish(nights.second(settings))
        assert reader.execute("SELECT count(*) FROM article_revisions").fetchone() == before == (3,)
        # A new question in this very process is answered by the new edition all the same.
        assert query_edition(settings, "SELECT count(*) FROM article_revisions").rows == [(4,)]


def test_a_run_that_was_not_loaded_cannot_be_published(settings, nights):
    with pytest.raises(PermanentError, match="load and check it first"):
        publish_run(nights.first(settings).write())
    assert not settings.current_edition_file.exists()


def test_a_run_that_was_not_checked_cannot_be_published(settings, nights):
    run = nights.first(settings).write()
    load_run(run)
    with pytest.raises(PermanentError, match="has not been checked"):
        publish_run(run)


def test_a_number_is_never_used_again(published, nights):
    settings = published
    nights.publish(nights.second(settings))
    # An operator puts the first edition back.
    settings.current_edition_file.unlink()
    os.link(edition_file(settings, 1), settings.current_edition_file)
    third = nights.make(settings, 3)
    third.visit("harbour-gazette")
    third.article("harbour-gazette", "dock", "Another text about the docks.", status="revised", revision=2)
    edition = nights.publish(third)
    assert edition.number == 3
    assert [e.number for e in list_editions(settings)] == [3, 2, 1]
    assert query_edition(settings, "SELECT run_id FROM runs WHERE is_loaded ORDER BY 1").rows == [
        ("night-1",),
        ("night-3",),
    ]


def test_a_run_with_nothing_new_is_empty(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post")
    night.fetch("wire-post", "harbour", "unchanged")
    night.article("wire-post", "gallery", None, status="no_article")
    run = night.write()
    assert is_empty(run)
    assert run_note(run) == "1 sources, 0 new, 0 revised, 0 repeats, 0 events, no new edition"


def test_a_run_with_a_revision_is_not_empty(settings, nights):
    assert not is_empty(nights.second(settings).write())


def test_an_empty_night_is_in_the_book_of_the_next_edition(published, nights):
    settings = published
    quiet = nights.make(settings, 2)
    quiet.visit("wire-post", "unchanged")
    quiet.visit("harbour-gazette", "unchanged")
    run = quiet.write()
    load_run(run)
    check_run(run)
    third = nights.make(settings, 3)
    third.visits = [*quiet.visits]  # collected again
    third.visit("harbour-gazette")
    third.article("harbour-gazette", "dock", "Another text about the docks.", status="revised", revision=2)
    nights.publish(third)
    visits = "SELECT sum(count)::INTEGER FROM run_counts WHERE run_id = 'night-2' AND stage = 'feeds'"
    assert query_edition(settings, visits).rows == [(2,)]
    loaded = "SELECT run_id, gather_run_id, count(*) FROM fetches WHERE kind = 'feed' GROUP BY ALL ORDER BY ALL"
    assert query_edition(settings, loaded).rows == [
        ("night-1", "night-1", 3),
        ("night-3", "night-2", 2),
        ("night-3", "night-3", 1),
    ]
    assert query_edition(settings, "SELECT count(*) FROM quality_checks WHERE run_id = 'night-2'").rows[0][0] > 0
