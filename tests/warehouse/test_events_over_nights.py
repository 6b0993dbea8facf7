"""One happening that is reported over several nights, and across stories, is one event with a lasting id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from pipeline.handover import write_records
from pipeline.records import StoryChange
from pipeline.warehouse import check_run, load_run, publish_run, query_edition

SEIZED = "The navy seized a trawler on Sunday.\n\nThe crew was taken to Cork."
CAPTURED = "A patrol ship captured a trawler near Cork, the owners said."
ACT = {
    "event_type": "COERCE",
    "event_mode": "seize",
    "quad_class": 4,
    "cameo_root": "17",
    "intensity": -7.0,
    "actor_country_code": "IRL",
    "actor_sector": "MIL",
    "recipient_country_code": "ESP",
    "recipient_sector": None,
}
SIDES = {
    "The n": {"actor": "The navy", "recipient": "a trawler"},
    "A pat": {"actor": "A patrol ship", "recipient": "a trawler"},
}
UNDATED = dict.fromkeys(("event_date_value", "event_date_first", "event_date_last", "event_date_precision"))
WEEK = {
    "event_date_value": "2024-W09",
    "event_date_first": date(2024, 2, 26),
    "event_date_last": date(2024, 3, 3),
    "event_date_precision": "week",
}


def report(night, page, text, trigger, own_id, *, story_id="story-trawler", source_id="wire-post", **fields):
    """An article with one mention of a seizure."""
    article = night.article(source_id, page, text, story_id=story_id)
    night.mention(article, own_id, trigger, **{**ACT, **SIDES[text[:5]], **fields})
    return article


def one_night(nights, settings, number):
    made = nights.make(settings, number)
    made.visit("wire-post")
    made.visit("harbour-gazette")
    return made


def events(settings, columns="event_id[:2], mention_count"):
    return query_edition(settings, f"SELECT {columns} FROM events ORDER BY ALL").rows


def test_an_event_of_last_night_that_is_reported_again_keeps_its_id_and_gains_mentions(settings, nights):
    first = one_night(nights, settings, 1)
    report(first, "seized", SEIZED, "seized", "e1" * 8)
    nights.publish(first)
    assert events(settings) == [("e1", 1)]
    second = one_night(nights, settings, 2)
    fields = {**UNDATED, "event_mode": "arrest", "actor_sector": None}
    # Published before the first, which does not matter any more.
    report(second, "captured", CAPTURED, "captured", "a0" * 8, source_id="harbour-gazette", **fields)
    nights.publish(second)
    columns = "event_id[:2], event_mode, event_date_value, mention_count, original_count, source_count, disagreements"
    assert events(settings, columns) == [("e1", "seize", "2024-03-03", 2, 2, 2, ["mode"])]
    assert query_edition(settings, "SELECT DISTINCT GLOBALEVENTID[:2] FROM gdelt_mentions").rows == [("e1",)]
    assert query_edition(settings, 'SELECT "Event ID"[:2] FROM polecat_events').rows == [("e1",)]
    assert query_edition(settings, "SELECT NumMentions, NumSources FROM gdelt_events").rows == [(2, 2)]
    assert query_edition(settings, "SELECT count(*) FROM event_changes").rows == [(0,)]


def test_the_date_that_most_originals_allow_is_the_most_exact_of_them(settings, nights):
    night = one_night(nights, settings, 1)
    report(night, "one", SEIZED, "seized", "e1" * 8)
    report(night, "two", CAPTURED, "captured", "e2" * 8, source_id="harbour-gazette", **WEEK)
    report(night, "three", CAPTURED + " They are well.", "captured", "e3" * 8, **WEEK)
    nights.publish(night)
    assert events(settings, "event_date_value, event_date_precision, original_count, disagreements") == [
        ("2024-03-03", "day", 3, [])
    ]


def test_the_side_that_one_report_leaves_out_is_taken_from_the_others(settings, nights):
    night = one_night(nights, settings, 1)
    nobody = {"recipient": None, "recipient_country_code": None}
    report(night, "one", SEIZED, "seized", "e1" * 8, **nobody)
    report(night, "two", SEIZED + " It rained.", "seized", "e2" * 8, **nobody)
    text = CAPTURED.replace("captured", "seized")
    report(night, "three", text, "seized", "e3" * 8)
    nights.publish(night)
    sql = "SELECT a.name FROM events AS e JOIN actors AS a ON a.actor_id = e.recipient_id"
    assert query_edition(settings, sql).rows == [("a trawler",)]


def test_what_happened_outweighs_what_was_planned_and_the_disagreement_is_told(settings, nights):
    night = one_night(nights, settings, 1)
    for number, modality in enumerate(("future", "future", "actual")):
        text = f"{SEIZED} Report {number}."
        report(night, f"page-{number}", text, "seized", f"e{number}" * 8, modality=modality)
    nights.publish(night)
    assert events(settings, "modality, disagreements, mention_count") == [("actual", ["modality"], 3)]


def test_a_duplicate_adds_an_article_and_a_source_but_no_mention_and_no_original(settings, nights):
    night = one_night(nights, settings, 1)
    original = report(night, "seized", SEIZED, "seized", "e1" * 8)
    night.article(
        "harbour-gazette",
        "copy",
        SEIZED,
        status="duplicate",
        duplicate_of=original.article_id,
        story_id="story-trawler",
    )
    nights.publish(night)
    columns = "mention_count, original_count, article_count, source_count"
    assert events(settings, columns) == [(1, 1, 2, 2)]
    sql = "SELECT source_id, inherited FROM event_articles ORDER BY 1"
    assert query_edition(settings, sql).rows == [("harbour-gazette", True), ("wire-post", False)]


def two_stories(nights, settings, **fields):
    """Two nights, two stories, one seizure."""
    first = one_night(nights, settings, 1)
    report(first, "seized", SEIZED, "seized", "e1" * 8, story_id="story-1", **fields)
    nights.publish(first)
    second = one_night(nights, settings, 2)
    text = CAPTURED + " It was said again."
    report(second, "captured", text, "captured", "e2" * 8, story_id="story-2", event_mode="arrest", **fields)
    nights.publish(second)


def test_what_its_words_identify_is_one_event_in_every_story(settings, nights):
    two_stories(nights, settings, shared_key="k")
    assert events(settings) == [("e1", 2)]


@pytest.fixture
def stories_merged(settings, nights):
    """Two events of two stories; the third night finds that the stories are one."""
    two_stories(nights, settings)
    assert events(settings) == [("e1", 1), ("e2", 1)]
    third = one_night(nights, settings, 3)
    third.article("wire-post", "more", "The owners of the trawler asked for it back.", story_id="story-1")
    run = third.write()
    merged = StoryChange(story_id="story-2", change="merged", other_story_id="story-1", reason="likeness")
    write_records(run.stage_file("dedupe", "story_changes"), StoryChange, [merged])
    return run


def ask(settings, sql):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_two_known_events_that_must_become_one_leave_a_record(settings, stories_merged):
    load_run(stories_merged)
    assert ask(settings, "SELECT event_id[:2], mention_count FROM events") == [("e1", 2)]
    assert ask(
        settings, "SELECT run_id, event_id[:2], change, other_event_id[:2], mention_count FROM event_changes"
    ) == [("night-3", "e2", "merged", "e1", 1)]
    load_run(stories_merged)
    assert ask(settings, "SELECT count(*) FROM event_changes") == [(1,)], "a run that is loaded again says it once"


def test_a_story_that_is_split_again_gives_its_events_back(settings, nights, stories_merged):
    load_run(stories_merged)
    check_run(stories_merged)
    publish_run(stories_merged)
    fourth = one_night(nights, settings, 4)
    other = fourth.article("wire-post", "other", "The owners of the second trawler kept quiet.", story_id="story-3")
    (captured,) = query_edition(settings, "SELECT article_id FROM articles WHERE canonical_url LIKE '%/captured'").rows[
        0
    ]
    fourth.verdicts.append(replace(fourth.verdicts[-1], article_id=captured, revision=1, story_id="story-3"))
    run = fourth.write()
    assert other.article_id != captured
    split = StoryChange(story_id="story-1", change="split", other_story_id="story-3", reason="decision")
    write_records(run.stage_file("dedupe", "story_changes"), StoryChange, [split])
    load_run(run)
    rows = ask(settings, "SELECT event_id, mention_count FROM events ORDER BY first_reported_at")
    assert [count for _, count in rows] == [1, 1]
    assert rows[0][0] == "e1" * 8
    assert rows[1][0] not in {"e1" * 8, "e2" * 8}, "an id that is no more is not given again"
    changes = "SELECT event_id[:2], change, mention_count FROM event_changes WHERE run_id = 'night-4'"
    assert ask(settings, changes) == [("e1", "split", 1)]


def test_one_night_with_all_reports_has_the_events_of_two_nights(settings, nights, tmp_path):
    two_stories(nights, settings, shared_key="k")
    apart = nights.settings_in(tmp_path / "apart")
    night = one_night(nights, apart, 2)
    for page, text, trigger, own_id, mode in (
        ("captured", CAPTURED + " It was said again.", "captured", "e2" * 8, "arrest"),
        ("seized", SEIZED, "seized", "e1" * 8, "seize"),
    ):
        story_id = "story-1" if page == "seized" else "story-2"
        article = night.article(
            "wire-post", page, text, story_id=story_id, published_at=night.run.started_at - timedelta(hours=27)
        )
        night.mention(article, own_id, trigger, **{**ACT, "event_mode": mode, "shared_key": "k"})
    nights.publish(night)
    grouped = "SELECT list(article_id ORDER BY article_id) FROM event_mentions GROUP BY event_id"
    assert query_edition(apart, grouped).rows == query_edition(settings, grouped).rows


def test_a_withdrawn_event_keeps_the_run_that_withdrew_it_while_its_story_goes_on(settings, nights):
    first = one_night(nights, settings, 1)
    report(first, "seized", SEIZED, "seized", "e1" * 8)
    nights.publish(first)
    second = one_night(nights, settings, 2)
    second.article("wire-post", "seized", "Nothing happened.", status="revised", revision=2, story_id="story-trawler")
    nights.publish(second)
    third = one_night(nights, settings, 3)
    third.article("wire-post", "more", "The owners thanked the navy.", story_id="story-trawler")
    nights.publish(third)
    assert events(settings, "event_id[:2], mention_count, original_count, withdrawn_run_id") == [
        ("e1", 0, 0, "night-2")
    ]
