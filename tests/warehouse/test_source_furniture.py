"""The furniture of the sources, as runs leave it in the warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from pipeline.errors import AccountingError
from pipeline.handover import write_records
from pipeline.known import open_known
from pipeline.records import FurnitureLine, stable_id
from pipeline.warehouse import load_run

SEEN_AT = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)


def line(source_id, text, articles=8):
    return FurnitureLine(
        source_id=source_id,
        line_key=stable_id(source_id, text),
        line=text,
        article_count=articles,
        compared_count=10,
        first_seen_at=SEEN_AT,
        last_seen_at=SEEN_AT,
    )


def rows(settings):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        return connection.execute(
            "SELECT source_id, line, article_count, last_run_id FROM source_furniture ORDER BY ALL"
        ).fetchall()


def leave(of, lines):
    run = of.write()
    write_records(run.stage_file("read", "furniture.learned"), FurnitureLine, lines)
    return run


def test_the_rows_of_the_sources_that_were_read_take_the_place_of_those_before(settings, nights):
    first = nights.first(settings)
    leave(first, [line("harbour-gazette", "Print"), line("wire-post", "Share")])
    first.write = lambda: first.run
    nights.publish(first)
    second = nights.second(settings)  # reads harbour-gazette alone
    load_run(leave(second, [line("harbour-gazette", "Mail", 9)]))
    expected = [("harbour-gazette", "Mail", 9, "night-2"), ("wire-post", "Share", 8, "night-1")]
    assert rows(settings) == expected
    load_run(second.run)
    assert rows(settings) == expected
    with open_known(settings.current_edition_file) as known:
        assert known.furniture(["wire-post"]) == [line("wire-post", "Share")]
        assert known.furniture(["harbour-gazette"]) == [line("harbour-gazette", "Print")]
        assert known.furniture([]) == []


def test_a_line_that_comes_twice_or_of_a_source_that_was_not_read_is_refused(settings, nights):
    twice = [line("wire-post", "Share"), replace(line("wire-post", "Share"), line="SHARE")]
    with pytest.raises(AccountingError, match="learnt lines counted twice"):
        load_run(leave(nights.first(settings), twice))
    with pytest.raises(AccountingError, match="of a source that was not read"):
        load_run(leave(nights.first(settings), [line("quiet-times", "Share")]))
