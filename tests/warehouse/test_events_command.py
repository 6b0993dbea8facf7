"""`dateline events ...` as a person types it, and what the next night makes of a split."""

from __future__ import annotations

import json

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline import cli_events
from pipeline.cli_events import events_app
from pipeline.errors import ConfigurationError
from pipeline.event_decisions import EVENT_SPLITS
from pipeline.warehouse import is_empty, query_edition

SEIZED = "The navy seized a trawler on Sunday.\n\nThe crew was taken to Cork."
AGAIN = "In Kerry the navy seized a trawler on Sunday.\n\nIts nets were cut."
ACT = {
    "event_type": "COERCE",
    "event_mode": "seize",
    "quad_class": 4,
    "cameo_root": "17",
    "intensity": -7.0,
    "actor_sector": "MIL",
    "recipient_country_code": "ESP",
    "recipient_sector": None,
}


def ask(settings, sql):
    return query_edition(settings, sql).rows


def one_night(nights, settings, number):
    made = nights.make(settings, number)
    made.visit("wire-post")
    made.visit("harbour-gazette")
    return made


@pytest.fixture
def trawlers(nights, settings, monkeypatch) -> dict[str, str]:
    """Two seizures that the grouping takes for one, and a copy of the first report; ids of the mentions."""
    night = one_night(nights, settings, 1)
    first = night.article("wire-post", "first", SEIZED, story_id="story-trawler")
    night.article(
        "harbour-gazette",
        "copy",
        SEIZED,
        status="duplicate",
        duplicate_of=first.article_id,
        story_id="story-trawler",
    )
    second = night.article("harbour-gazette", "second", AGAIN, story_id="story-trawler")
    parts = {"recipient": "a trawler", "date": "on Sunday"}
    one = night.mention(first, "e1" * 8, "seized", actor="The navy", **parts, **ACT)
    other = night.mention(second, "e2" * 8, "seized", actor="the navy", **parts, **ACT)
    nights.publish(night)
    monkeypatch.setattr(cli_events, "load_settings", lambda: settings)
    return {"one": one.mention_id, "other": other.mention_id, "second": second.article_id}


def run(*words: str) -> Result:
    return CliRunner().invoke(events_app, list(words))


def said(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.output


def event_of(settings) -> dict[str, str]:
    return dict(ask(settings, "SELECT mention_id, event_id FROM event_mentions"))


def test_the_list_is_narrowed_by_day_country_and_type(trawlers):
    everything = said("list")
    assert "2024-03-03 COERCE seize: The navy (IRL MIL) → a trawler (ESP)\n" in everything
    assert "2 sources, 3 articles, 2 originals, 2 mentions" in everything
    assert said("list", "--day", "2024-03-03", "--country", "esp", "--type", "coerce") == everything
    for nothing in (("--day", "2024-03-04"), ("--country", "KEN"), ("--type", "AID")):
        assert said("list", *nothing) == "the current edition has no event of that kind\n"
    (row,) = map(json.loads, said("list", "--json").splitlines())
    assert (row["event_id"], row["recipient_country_code"]) == ("e1" * 8, "ESP")


def test_an_event_is_shown_with_every_mention_and_the_words_that_prove_it(trawlers, settings):
    (event_id,) = set(event_of(settings).values())
    text = said("show", event_id)
    assert "[The navy](actor) [seized](act) [a trawler](recipient) [on Sunday](date)." in text
    assert "In Kerry [the navy](actor) [seized](act)" in text
    assert "Wire Post: Headline of first" in text
    assert "also in 1 copy of this article" in text
    assert "actual; on 2024-03-03; rules 1, 0.80" in text
    found = json.loads(said("show", event_id, "--json"))
    assert {m["mention_id"] for m in found["mentions"]} == {trawlers["one"], trawlers["other"]}


def test_a_split_takes_effect_the_next_night_holds_and_can_be_taken_back(trawlers, settings, nights):
    (before,) = set(event_of(settings).values())
    assert "Nothing was decided" in said("split", before, trawlers["other"], "--dry-run")
    assert EVENT_SPLITS.history(settings) == []
    assert "Decided: split" in said("split", before, trawlers["second"], "--reason", "two boats")
    (decided,) = EVENT_SPLITS.in_force(settings)
    assert (decided.moved, decided.apart_from) == ((trawlers["other"],), (trawlers["one"],))
    assert "takes effect with the next run" in said("splits")
    assert "decided already" in said("split", before, trawlers["other"])

    night = one_night(nights, settings, 2)
    night.fetch("wire-post", "first", "unchanged", http_status=304)
    assert not is_empty(night.write()), "a decision is something to publish"
    nights.publish(night)
    after = event_of(settings)
    assert len(set(after.values())) == 2
    assert before in after.values(), "the id stays with one of them"
    assert ask(settings, "SELECT change, mention_count FROM event_changes") == [("split", 1)]
    assert ask(settings, "SELECT mention_count FROM events") == [(1,), (1,)]
    assert "in force" in said("splits")
    assert "reason: two boats" in said("splits")

    third = one_night(nights, settings, 3)
    third.fetch("wire-post", "first", "unchanged", http_status=304)
    assert is_empty(third.write())
    more = third.article("wire-post", "third", AGAIN + " It rained.", story_id="story-trawler")
    third.mention(more, "e3" * 8, "seized", actor="the navy", recipient="a trawler", date="on Sunday", **ACT)
    nights.publish(third)
    assert {m: e for m, e in event_of(settings).items() if m in after} == after, "it stays so"

    assert "is taken back" in said("split", "--undo", decided.split_id)
    fourth = one_night(nights, settings, 4)
    fourth.fetch("wire-post", "first", "unchanged", http_status=304)
    nights.publish(fourth)
    assert len(set(event_of(settings).values())) == 1
    assert "taken back" in said("splits")
    (gone,) = set(after.values()) - set(event_of(settings).values())
    assert f"Event {gone} is no more: it is one with" in said("show", gone)


def test_what_cannot_be_parted_is_refused(trawlers, settings):
    (event_id,) = set(event_of(settings).values())

    def refusal(*words: str) -> str:
        result = run(*words)
        assert isinstance(result.exception, ConfigurationError), result.output
        return str(result.exception)

    assert "so that at least one stays" in refusal("split", event_id, trawlers["one"], trawlers["other"])
    assert "has no mention and no article 'nobody'" in refusal("split", event_id, "nobody")
    assert "has no event 'nowhere'" in refusal("split", "nowhere", "m")
    assert "has no event 'nowhere'" in refusal("show", "nowhere")
    assert "`dateline events splits` lists them" in refusal("split", "--undo", "x")
    assert run("split", event_id).exit_code == 2
    assert not EVENT_SPLITS.file(settings).exists() or EVENT_SPLITS.in_force(settings) == []
