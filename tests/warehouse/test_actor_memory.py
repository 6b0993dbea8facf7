"""The actor memory from night to night: coded articles teach it, the warehouse keeps it, the next night uses it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import duckdb
import pytest
from typer.testing import CliRunner

from pipeline import cli_coders
from pipeline.cli import app
from pipeline.errors import AccountingError, ConfigurationError, PermanentError
from pipeline.events import code_batch, plan_code
from pipeline.handover import read_records, write_records
from pipeline.known import open_known
from pipeline.records import ActorOffice, ActorSighting, Mention
from pipeline.warehouse import check_run, load_run, publish_run
from pipeline.warehouse.actors_shown import find_actor

EXPLAINED = "Irish Finance Minister Padraig Kinsella condemned Poland on Sunday.\n\nThe lake is deep."
ALSO_EXPLAINED = "The Irish finance minister, Padraig Kinsella, met Polish officials in Cork on Sunday evening."
SHORT = "Mr Kinsella condemned Poland again on Monday."


def coded_night(of):
    """The night with its originals coded by the coder itself."""
    run = of.write()
    for name in plan_code(run):
        code_batch(run, name)
    return run


def publish(run):
    load_run(run)
    check_run(run)
    return publish_run(run)


def taught(settings, nights, *bodies):
    first = nights.make(settings, 1)
    first.visit("harbour-gazette")
    for number, body in enumerate(bodies):
        first.article("harbour-gazette", f"known-{number}", body)
    return coded_night(first)


def short_night(settings, nights, number=2, body=SHORT):
    night = nights.make(settings, number)
    night.visit("wire-post")
    night.article("wire-post", f"short-{number}", body)
    return night


def offices(settings):
    with open_known(settings.current_edition_file) as known:
        return known.actor_offices()


def mentions(run):
    return [m for path in run.stage_files("code", "batch-*.out") for m in read_records(path, Mention)]


def sightings(run):
    return [s for path in run.stage_files("code", "batch-*.sightings") for s in read_records(path, ActorSighting)]


def test_two_articles_teach_one_office_with_its_days(settings, nights):
    publish(taught(settings, nights, EXPLAINED, ALSO_EXPLAINED))
    (known,) = offices(settings)
    assert known == ActorOffice(
        name_key="padraig kinsella",
        name="Padraig Kinsella",
        short_name="kinsella",
        office="finance minister",
        country_code="IRL",
        sector="GOV",
        first_seen_on=known.first_seen_on,
        last_seen_on=known.last_seen_on,
        article_count=2,
    )
    assert known.first_seen_on <= known.last_seen_on <= date(2024, 3, 4)


def test_the_next_night_knows_the_name_and_marks_it(settings, nights):
    publish(taught(settings, nights, EXPLAINED))
    second = coded_night(short_night(settings, nights))
    (mention,) = mentions(second)
    assert (mention.actor_name, mention.actor_country_code, mention.actor_sector) == ("Padraig Kinsella", "IRL", "GOV")
    assert mention.actor_known_from.startswith("known from the archive as finance minister since 2024-03-0")
    assert mention.actor_known_from.endswith(", 1 article")
    assert sightings(second) == []
    publish(second)
    with duckdb.connect(str(settings.current_edition_file), read_only=True) as connection:
        stored = connection.execute(
            "SELECT actor_known_from FROM event_mentions WHERE mention_id = ?", [mention.mention_id]
        ).fetchall()
    assert stored == [(mention.actor_known_from,)]


def test_the_same_name_is_unknown_without_an_edition(settings, nights):
    (mention,) = mentions(coded_night(short_night(settings, nights, number=1)))
    assert (mention.actor_country_code, mention.actor_known_from) == (None, None)


def test_a_night_that_is_run_again_changes_nothing(settings, nights):
    publish(taught(settings, nights, EXPLAINED))
    both = short_night(settings, nights, body=f"{SHORT} Latvian Defence Minister Janis Ozols met Polish officials.")
    second = coded_night(both)
    first_time = mentions(second), sightings(second)
    load_run(second)
    load_run(second)
    publish(second)
    before = offices(settings)
    assert len(before) == 2
    # Coded again after its own edition came out: its own sightings must not explain its texts.
    for name in plan_code(second):
        code_batch(second, name)
    assert (mentions(second), sightings(second)) == first_time
    load_run(second)
    assert offices(settings) == before


def test_an_article_that_takes_it_back_is_no_longer_counted(settings, nights):
    publish(taught(settings, nights, EXPLAINED))
    second = nights.make(settings, 2)
    second.visit("harbour-gazette")
    second.article(
        "harbour-gazette",
        "known-0",
        "A minister condemned Poland on Sunday, the paper now says.",
        status="revised",
        revision=2,
        changed_fields=("body",),
    )
    publish(coded_night(second))
    assert offices(settings) == []
    with duckdb.connect(str(settings.current_edition_file), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM actor_sightings").fetchone() == (1,)


def test_a_later_night_adds_to_what_is_known(settings, nights):
    publish(taught(settings, nights, EXPLAINED))
    (before,) = offices(settings)
    publish(coded_night(short_night(settings, nights, body=ALSO_EXPLAINED)))
    (after,) = offices(settings)
    assert (after.article_count, after.first_seen_on) == (2, before.first_seen_on)
    assert after.last_seen_on == before.last_seen_on + timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda row: [row, row], "office holders counted twice"),
        (lambda row: [ActorSighting(**{**fields(row), "article_id": "0" * 16})], "not given to the coder"),
    ],
)
def test_sightings_that_cannot_be_are_refused(settings, nights, change, says):
    run = taught(settings, nights, EXPLAINED)
    (row,) = sightings(run)
    write_records(run.stage_file("code", "batch-000.sightings"), ActorSighting, change(row))
    with pytest.raises(AccountingError, match=says):
        load_run(run)


def fields(row):
    return {name: getattr(row, name) for name in ActorSighting.__slots__}


def run_command(settings, monkeypatch, *words):
    monkeypatch.setattr(cli_coders, "load_settings", lambda: settings)
    return CliRunner().invoke(app, ["actors", *words])


def test_a_person_sees_who_it_is_since_when_and_by_which_articles(settings, nights, monkeypatch):
    publish(taught(settings, nights, EXPLAINED, ALSO_EXPLAINED))
    shown = run_command(settings, monkeypatch, "show", "Mr Kinsella").stdout
    assert "Padraig Kinsella\n    IRL GOV finance minister: 2024-03-0" in shown
    assert ", 2 articles" in shown
    assert shown.count("harbour-gazette: ") == 2
    assert "the name means Padraig Kinsella (IRL, GOV): known from the archive as finance minister since" in shown
    as_json = run_command(settings, monkeypatch, "show", "kinsella", "--json").stdout
    (office,) = [json.loads(line) for line in as_json.splitlines()]
    assert (office["name"], office["article_count"]) == ("Padraig Kinsella", 2)


def test_a_person_sees_why_a_name_means_nobody(settings, nights, monkeypatch):
    namesake = "Scottish trade union leader Moira Kinsella condemned Poland on Sunday."
    publish(taught(settings, nights, EXPLAINED, namesake))
    shown = run_command(settings, monkeypatch, "show", "Kinsella").stdout
    assert "Moira Kinsella\n    GBR LAB trade union leader" in shown
    assert "several persons of that name were in the news" in shown
    (mention,) = mentions(coded_night(short_night(settings, nights)))
    assert (mention.actor_country_code, mention.actor_known_from) == (None, None)


def test_offices_are_listed_by_country_sector_and_day(settings, nights, monkeypatch):
    publish(taught(settings, nights, EXPLAINED, "Latvian Defence Minister Janis Ozols met Polish officials on Sunday."))
    listed = [run_command(settings, monkeypatch, "list", *words).stdout for words in ((), ("--country", "lva"))]
    assert [("Kinsella" in text, "Ozols" in text) for text in listed] == [(True, True), (False, True)]
    assert "remembers nobody" in run_command(settings, monkeypatch, "list", "--since", "2024-03-05").stdout
    assert "remembers nobody" in run_command(settings, monkeypatch, "list", "--sector", "MIL").stdout


@pytest.mark.parametrize(("name", "says"), [("Nobody", "remembers nobody called 'Nobody'"), ("  ", "is no name")])
def test_an_unknown_name_is_said_in_one_sentence(settings, nights, name, says):
    publish(taught(settings, nights, EXPLAINED))
    with pytest.raises(ConfigurationError, match=says):
        find_actor(settings, name)


def test_an_edition_of_before_there_was_a_memory_remembers_nobody(settings, nights):
    publish(taught(settings, nights, EXPLAINED))
    edition = settings.current_edition_file
    with duckdb.connect(str(edition)) as connection:
        connection.execute("DROP TABLE actor_offices")
    assert offices(settings) == []
    with pytest.raises(PermanentError, match="earlier version"):
        find_actor(settings, "Kinsella")
