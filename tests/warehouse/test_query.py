"""Asking the edition: what comes back, in which form, and what is refused."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from pipeline.errors import ConfigurationError, DatelineError, NoEditionError
from pipeline.warehouse import example_queries, format_result, headlines_with_events, query_edition

COMPATIBLE = {"gdelt_events": 61, "gdelt_mentions": 16, "polecat_events": 40}


@pytest.fixture
def edition(first_edition):
    return first_edition


@pytest.fixture(scope="module")
def second_edition(tmp_path_factory, nights):
    made = nights.settings_in(tmp_path_factory.mktemp("second_edition"))
    nights.publish(nights.first(made))
    nights.publish(nights.second(made))
    return made


def test_without_an_edition_the_answer_says_what_to_do(settings):
    with pytest.raises(NoEditionError, match="start with `make run`"):
        query_edition(settings, "SELECT 1")


@pytest.mark.parametrize("name", example_queries())
def test_every_example_runs_and_says_what_it_answers(edition, second_edition, name):
    assert len(example_queries()[name]) > 20
    assert query_edition(edition, name).columns
    assert query_edition(second_edition, name).columns


def test_examples_find_what_is_there(edition, second_edition):
    protests = query_edition(edition, "protests_by_country_and_week")
    assert [row[1:] for row in protests.rows] == [("Ireland", 1, 3)]
    assert len(query_edition(edition, "reports_of_one_event").rows) == 3
    assert query_edition(edition, "most_copied_articles").rows[0][3:] == (1, ["Wire Post"])
    assert query_edition(edition, "articles_with_an_event_near_a_place").rows[0][:2] == (2.0, "Dublin")
    assert len(query_edition(second_edition, "what_changed_in_articles").rows) == 1


def test_a_file_is_run_and_a_missing_one_named(edition, tmp_path):
    file = tmp_path / "mine.sql"
    file.write_text("-- mine\nSELECT count(*) AS articles FROM articles;")
    result = query_edition(edition, str(file))
    assert (result.columns, result.rows) == (("articles",), [(3,)])
    with pytest.raises(ConfigurationError, match="there is no file"):
        query_edition(edition, str(tmp_path / "other.sql"))


def test_a_word_that_is_no_example_lists_the_examples(edition):
    with pytest.raises(ConfigurationError, match=r"'protest' is no example; there are .*protests_by_country"):
        query_edition(edition, "protest")


def test_a_mistake_in_sql_is_told_in_duckdbs_words(edition):
    with pytest.raises(DatelineError, match="no_such_column"):
        query_edition(edition, "SELECT no_such_column FROM articles")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM articles",
        "CREATE TABLE mine (i INTEGER)",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY articles TO 'stolen.csv'",
        "ATTACH 'other.duckdb' AS other",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET TimeZone = 'Asia/Tokyo'",
    ],
)
def test_an_edition_is_read_only_and_shut_off(edition, sql):
    with pytest.raises(DatelineError):
        query_edition(edition, sql)


def test_instants_come_in_utc(edition):
    result = query_edition(edition, "SELECT started_at, started_at::VARCHAR AS text FROM runs")
    assert result.rows[0][0].isoformat() == "2024-03-04T02:00:00+00:00"
    assert result.rows[0][1] == "2024-03-04 02:00:00+00"


SAMPLE = """SELECT sum(2) AS whole, 'café, "x"' AS name, 1.5 AS share, NULL::VARCHAR AS nothing, ['a', 'b'] AS list,
    TIMESTAMPTZ '2024-03-04 02:00:00+00' AS instant, DATE '2024-03-04' AS day, 12::DECIMAL(4,1) AS exact,
    'nan'::DOUBLE AS odd"""


def test_csv_can_be_read_back(edition):
    text = format_result(query_edition(edition, SAMPLE), "csv").decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["name"] == 'café, "x"'
    assert row["nothing"] == ""
    assert json.loads(row["list"]) == ["a", "b"]
    assert row["instant"] == "2024-03-04T02:00:00+00:00"


def test_json_is_strict_json(edition):
    (row,) = json.loads(format_result(query_edition(edition, SAMPLE), "json"))
    assert row == {
        "whole": 2,
        "name": 'café, "x"',
        "share": 1.5,
        "nothing": None,
        "list": ["a", "b"],
        "instant": "2024-03-04T02:00:00+00:00",
        "day": "2024-03-04",
        "exact": 12.0,
        "odd": None,
    }


def test_columns_of_one_name_are_all_kept(edition):
    assert json.loads(format_result(query_edition(edition, "SELECT 1 AS a, 2 AS a"), "json")) == [{"a": 1, "a_2": 2}]


def test_parquet_keeps_the_types(edition):
    table = pq.read_table(io.BytesIO(format_result(query_edition(edition, SAMPLE), "parquet")))
    assert str(table.schema.field("instant").type).startswith("timestamp[us, tz=")
    assert table.to_pylist()[0]["list"] == ["a", "b"]


def test_the_table_for_people_lines_up_and_says_how_many(edition, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    text = format_result(
        query_edition(edition, "SELECT 'né' AS a, 2 AS b UNION ALL SELECT '東京', 10"), "table"
    ).decode()
    assert text.splitlines() == ["a     b", "----  --", "né    2", "東京  10", "(2 rows)"]


def test_a_wide_row_is_shown_one_field_a_line(edition, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = format_result(query_edition(edition, "SELECT * FROM event_articles LIMIT 1"), "table").decode()
    assert text.startswith("event_id ")
    assert "\nactor_name " in text


def test_another_format_is_refused(edition):
    with pytest.raises(ConfigurationError, match="expected one of table, csv, json, parquet"):
        format_result(query_edition(edition, "SELECT 1"), "xml")


@pytest.mark.parametrize(("view", "column_count"), COMPATIBLE.items())
def test_views_for_users_of_other_data_sets_have_all_their_columns(edition, view, column_count):
    result = query_edition(edition, f"SELECT * FROM {view}")
    assert len(result.columns) == column_count
    assert result.rows


def test_the_gdelt_view_speaks_gdelts_codes(edition, nights):
    sql = f"""SELECT SQLDATE, FractionDate, Actor1Code, EventCode, EventRootCode, QuadClass, IsRootEvent,
        ActionGeo_FullName, ActionGeo_CountryCode, NumMentions, NumSources, NumArticles, DATEADDED
        FROM gdelt_events WHERE GLOBALEVENTID = '{nights.strike}'"""
    assert query_edition(edition, sql).rows == [
        (20240303, 2024.2548, "IRLLAB", "140", "14", 4, 1, "Dublin, Leinster, Ireland", "EI", 2, 2, 3, 20240304020001)
    ]


def test_the_polecat_view_speaks_polecats_words(edition, nights):
    sql = f"""SELECT "Event Type", "Quad Code", "Actor Name Raw", "Primary Actor Sector", "Raw Placename", "Country"
        FROM polecat_events WHERE "Event ID" = '{nights.strike}'"""
    assert query_edition(edition, sql).rows == [
        ("PROTEST", "MATERIAL CONFLICT", "Dock workers", "LAB", "Dublin", "IRL")
    ]


def test_daily_views_count_only_what_is_dated_to_the_day(edition):
    days = query_edition(edition, "SELECT day::VARCHAR, country_code, event_type, event_count FROM events_daily").rows
    assert days == [("2024-03-03", "IRL", "PROTEST", 1)]
    dyads = query_edition(edition, "SELECT actor_sector, recipient_sector, conflict_count FROM dyads_daily").rows
    assert dyads == [("LAB", "GOV", 1)]


def test_source_health_and_gaps_name_the_source_that_does_not_answer(edition):
    assert query_edition(edition, "SELECT source_id, health FROM source_health ORDER BY 1").rows == [
        ("harbour-gazette", "well"),
        ("quiet-times", "failing"),
        ("wire-post", "well"),
    ]
    sql = "SELECT source_id, reason, article_count FROM coverage_gaps WHERE link_count IS NULL"
    assert query_edition(edition, sql).rows == [("quiet-times", "no_answer", 0)]


def test_headlines_come_with_their_events_in_words(edition):
    (headline,) = headlines_with_events(edition)  # all three articles tell one story
    assert headline.headline == "Headline of dock"
    assert headline.publisher == "Harbour Gazette"
    assert headline.events == ("Dock workers PROTEST > the Ministry of Transport, 2024-03-03, Dublin",)


def test_days_are_told_as_exactly_as_the_reports_give_them(second_edition):
    (headline,) = headlines_with_events(second_edition)
    assert headline.events == (
        "The prime minister CONSULT > union leaders, week of 2024-03-04",
        "Dockers PROTEST > the Ministry of Transport, 2024-03-03",
    )


def test_an_edition_without_events_has_no_headlines_to_show(settings, nights):
    first = nights.first(settings)
    first.mentions.clear()
    nights.publish(first)
    assert headlines_with_events(settings) == []
