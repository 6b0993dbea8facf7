"""What a load refuses, and that a refused load leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from pipeline.errors import AccountingError, PermanentError, SourceFileError, WarehouseBusyError
from pipeline.warehouse import load_run
from pipeline.warehouse.connection import writer_lock


def ask(settings, sql):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("loses", "says"),
    [
        ("articles", "captures that became no article"),
        ("verdicts", "stored article revisions without exactly one verdict"),
        ("fetches", "articles that no capture"),
    ],
)
def test_a_lost_record_stops_the_load(settings, nights, loses, says):
    night = nights.first(settings)
    getattr(night, loses).pop(0)
    with pytest.raises(AccountingError, match=says):
        load_run(night.write())
    assert ask(settings, "SELECT (SELECT count(*) FROM fetches) + (SELECT count(*) FROM runs)") == [(0,)]


def test_a_mention_in_an_article_that_was_not_coded_stops_the_load(settings, nights):
    night = nights.first(settings)
    night.mentions.append(replace(night.mentions[0], mention_id="0" * 16, article_id="f" * 16))
    with pytest.raises(AccountingError, match="not given to the coder"):
        load_run(night.write())


def test_a_code_batch_without_output_stops_the_load(settings, nights):
    run = nights.first(settings).write()
    run.stage_file("code", "batch-000.out").unlink()
    with pytest.raises(AccountingError, match="code batches without their other half: batch-000"):
        load_run(run)


def test_a_run_that_gathered_nothing_at_all_is_refused(settings, nights):
    run = nights.make(settings, 1).write()
    run.stage_file("gather", "collected.fetches").unlink()
    with pytest.raises(AccountingError, match="nothing was gathered"):
        load_run(run)


def test_a_status_that_contradicts_its_verdict_stops_the_load(settings, nights):
    night = nights.first(settings)
    night.verdicts[1] = replace(night.verdicts[1], duplicate_of=None)
    with pytest.raises(AccountingError, match="disagree about being a duplicate"):
        load_run(night.write())


def test_a_code_outside_the_schema_is_refused_whole(settings, nights):
    night = nights.first(settings)
    night.mentions[0] = replace(night.mentions[0], event_type="QUARREL")
    with pytest.raises(PermanentError, match="CHECK constraint failed"):
        load_run(night.write())
    assert ask(settings, "SELECT (SELECT count(*) FROM fetches) + (SELECT count(*) FROM articles)") == [(0,)]


def test_a_run_read_against_an_older_edition_is_refused(published, nights):
    settings = published
    late = nights.make(settings, 2)
    late.visit("harbour-gazette")
    late.article("harbour-gazette", "dock", nights.dock_text)  # new to it, but not to the edition
    with pytest.raises(PermanentError, match="read against an older edition"):
        load_run(late.write())


def test_a_link_of_an_unknown_source_stops_the_load(settings, nights):
    night = nights.first(settings)
    night.visit("unknown-herald")
    night.fetch("unknown-herald", "page", "gone")
    with pytest.raises(AccountingError, match="no YAML file describes"):
        load_run(night.write())


def test_a_wrong_source_file_stops_the_load(settings, nights):
    run = nights.first(settings).write()
    (settings.sources_folder / "irl" / "broken.yml").write_text("id: other\n")
    with pytest.raises(SourceFileError):
        load_run(run)


def test_a_second_writer_is_told_that_the_warehouse_is_busy(settings, nights):
    run = nights.first(settings).write()
    with writer_lock(settings), pytest.raises(WarehouseBusyError, match="another run is writing"):
        load_run(run)
    load_run(run)


def test_a_failure_in_the_middle_leaves_nothing(settings, nights, monkeypatch):
    run = nights.first(settings).write()

    def fail(*_):
        raise AccountingError("for the test")

    monkeypatch.setattr("pipeline.warehouse.load._prove_stored", fail)
    with pytest.raises(AccountingError, match="for the test"):
        load_run(run)
    assert ask(settings, "SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM runs)") == [(0,)]
