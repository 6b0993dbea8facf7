"""Loading a run: what becomes of links, articles, duplicates and events, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from pipeline.known import open_known
from pipeline.runs import close_run, write_run
from pipeline.statuses import RunVerdict
from pipeline.warehouse import load_run


def ask(settings, sql):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(sql).fetchall()


def table_hashes(settings):
    with duckdb.connect(str(settings.warehouse_file), read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: connection.execute(f"SELECT count(*), md5(string_agg(h, '' ORDER BY h)) FROM "
                                     f"(SELECT md5(t::VARCHAR) AS h FROM {name} AS t)").fetchone()
            for name in names
        }  # fmt: skip


@pytest.fixture(scope="module")
def second_loaded(tmp_path_factory, nights):
    made = nights.settings_in(tmp_path_factory.mktemp("second_loaded"))
    nights.publish(nights.first(made))
    load_run(nights.second(made).write())
    return made


def test_every_link_ends_in_one_status(settings, nights):
    result = load_run(nights.first(settings).write())
    statuses = {"new": 2, "duplicate": 1, "no_article": 1, "robots_denied": 1}
    assert {word: result.counts[word] for word in statuses} == statuses
    assert result.counts["links"] == sum(statuses.values())
    assert ask(settings, "SELECT count(*) FROM fetches WHERE kind = 'page'") == [(5,)]
    assert ask(settings, "SELECT status, link_count FROM fetches WHERE kind = 'feed' ORDER BY ALL") == [
        ("read_feed", 2),
        ("read_feed", 2),
        ("unreachable", 0),
    ]


def test_loading_a_run_twice_gives_the_same_tables(settings, nights):
    run = nights.first(settings).write()
    first_counts = load_run(run).counts
    first = table_hashes(settings)
    assert load_run(run).counts == first_counts
    assert table_hashes(settings) == first


def test_loading_the_second_run_twice_gives_the_same_tables(published, nights):
    settings = published
    run = nights.second(settings).write()
    load_run(run)
    first = table_hashes(settings)
    load_run(run)
    assert table_hashes(settings) == first


def test_a_published_run_is_sealed(settings, nights):
    night = nights.first(settings)
    before = load_run(night.write()).counts
    nights.publish(night)
    hashes = table_hashes(settings)
    night.articles.clear()  # even if its files were replaced since
    night.fetches.clear()
    night.verdicts.clear()
    night.mentions.clear()
    assert load_run(night.write()).counts == before
    assert table_hashes(settings) == hashes


def test_a_revised_article_keeps_both_texts(second_loaded, nights):
    settings = second_loaded
    assert ask(
        settings, "SELECT revision, changed_fields FROM article_revisions WHERE url LIKE '%/dock' ORDER BY 1"
    ) == [
        (1, []),
        (2, ["body", "headline"]),
    ]
    assert ask(
        settings, "SELECT current_revision, last_revised_run_id FROM articles WHERE canonical_url LIKE '%/dock'"
    ) == [(2, "night-2")]


def test_an_unchanged_page_says_when_it_was_last_seen(second_loaded, nights):
    settings = second_loaded
    rows = ask(
        settings,
        "SELECT a.last_seen_at, f.status FROM articles AS a JOIN fetches AS f USING (article_id) "
        "WHERE f.run_id = 'night-2' AND f.url LIKE '%/harbour'",
    )
    assert rows == [(datetime(2024, 3, 5, 2, 0, 2, tzinfo=UTC), "unchanged")]


def test_a_feed_is_in_the_state_of_its_newest_visit(second_loaded, nights):
    settings = second_loaded
    night = datetime(2024, 3, 5, 2, tzinfo=UTC)
    sql = "SELECT status, failure_points, last_visited_at, last_success_at, next_visit_at FROM feeds ORDER BY url"
    assert ask(settings, sql) == [
        ("read_feed", 0.0, night, night, night + timedelta(hours=1)),
        ("unreachable", 0.25, night, None, night + timedelta(hours=1)),
        ("unchanged", 0.0, night, night, night + timedelta(hours=1)),
    ]


def test_an_event_is_put_together_from_all_its_mentions(first_edition, nights):
    settings = first_edition
    assert ask(
        settings,
        "SELECT e.event_mode, a.name, p.name, e.event_date_first, e.mention_count, e.article_count, e.source_count, "
        f"e.confidence FROM events AS e JOIN actors AS a USING (actor_id) JOIN places AS p USING (place_id) "
        f"WHERE event_id = '{nights.strike}'",
    ) == [("demo", "Dock workers", "Dublin", date(2024, 3, 3), 2, 3, 2, 0.8)]


def test_a_place_has_its_first_level_region_in_tables_and_views(first_edition, nights):
    rows = [("Leinster", "IE-L")]
    where = f"WHERE event_id = '{nights.strike}'"
    assert ask(first_edition, "SELECT region, region_code FROM places") == rows
    assert ask(first_edition, f"SELECT DISTINCT place_region, place_region_code FROM event_articles {where}") == rows
    assert ask(first_edition, "SELECT Province FROM polecat_events WHERE Placename IS NOT NULL") == [("Leinster",)]


def test_a_mention_from_before_regions_were_recorded_takes_none_from_its_place(settings, nights):
    night = nights.first(settings)
    old = night.mentions[0]
    later = nights.make(settings, 2)
    night.mentions[0] = replace(old, place_region=None, place_region_code=None)
    nights.publish(night)
    assert ask(settings, "SELECT region, region_code FROM places") == [(None, None)]
    later.visit("harbour-gazette")
    again = later.article("harbour-gazette", "dock-again", nights.dock_text)
    later.mention(again, nights.strike, "protested", actor="Dock workers", place="Dublin", date="on Sunday")
    nights.publish(later)
    assert ask(settings, "SELECT region, region_code FROM places") == [("Leinster", "IE-L")]


def test_a_duplicate_shows_its_originals_events_as_inherited(first_edition, nights):
    settings = first_edition
    rows = ask(
        settings,
        "SELECT url, inherited, evidence, trigger_word FROM event_articles "
        f"WHERE event_id = '{nights.strike}' ORDER BY url",
    )
    evidence = "Dock workers protested against the Ministry of Transport in Dublin on Sunday."
    assert rows[:2] == [
        ("http://harbour-gazette.example/dock", False, evidence, "protested"),
        ("http://wire-post.example/dock-copy", True, evidence, "protested"),
    ]
    assert rows[2][:2] == ("http://wire-post.example/harbour", False)


def test_a_report_taken_back_leaves_the_other_reports(second_loaded, nights):
    settings = second_loaded
    assert ask(
        settings,
        "SELECT mention_count, article_count, place_id, withdrawn_run_id FROM events "
        f"WHERE event_id = '{nights.strike}'",
    ) == [(1, 1, None, None)]
    assert ask(settings, "SELECT event_count, mention_count FROM actors WHERE name = 'Dock workers'") == [(0, 0)]


def test_an_event_nobody_reports_any_more_is_withdrawn_and_kept(settings, nights):
    first = nights.first(settings)
    first.mentions = [m for m in first.mentions if m.confidence == 0.8]  # only the article that is revised
    nights.publish(first)
    load_run(nights.second(settings).write())
    assert ask(settings, "SELECT event_type, mention_count, article_count, withdrawn_run_id FROM events") == [
        ("PROTEST", 0, 0, "night-2")
    ]
    assert ask(settings, "SELECT count(*) FROM event_articles") == [(0,)]


def test_nobody_becomes_the_other_side_of_himself(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post")
    text = "The prime minister met the envoy in Cork. The envoy met the prime minister over lunch."
    article = night.article("wire-post", "lunch", text)
    night.mention(article, nights.talks, "met", actor="The prime minister", recipient="the envoy")
    night.mention(article, nights.talks, "lunch", 1, actor="The envoy", recipient="the prime minister", confidence=0.8)
    load_run(night.write())
    rows = ask(
        settings,
        "SELECT lower(a.name), lower(r.name) FROM events JOIN actors AS a ON a.actor_id = events.actor_id "
        "JOIN actors AS r ON r.actor_id = events.recipient_id",
    )
    assert sorted(rows[0]) == ["the envoy", "the prime minister"]


def test_an_article_the_coder_failed_on_is_counted_apart(settings, nights):
    night = nights.first(settings)
    run = night.write()
    failed = {
        "article_id": night.articles[0].article_id,
        "url": "http://x.example/",
        "error": "ValueError: for the test",
    }
    (run.folder / "code" / "batch-000.quarantine.jsonl").write_text(json.dumps(failed) + "\n")
    load_run(run)
    counted = (
        "SELECT status, count FROM run_counts WHERE stage = 'code' AND status IN ('coded', 'quarantined') ORDER BY 1"
    )
    assert ask(settings, counted) == [("coded", 1), ("quarantined", 1)]


def test_of_two_mentions_in_one_sentence_the_surer_is_kept(settings, nights):
    night = nights.first(settings)
    surer = night.mentions[0]
    night.mentions.append(replace(surer, mention_id="0" * 16, confidence=0.1))
    result = load_run(night.write())
    assert result.counts["mentions"] == 3
    assert ask(settings, "SELECT count FROM run_counts WHERE status = 'same_sentence'") == [(1,)]
    assert ask(settings, f"SELECT count(*) FROM event_mentions WHERE mention_id = '{surer.mention_id}'") == [(1,)]


def test_a_duplicate_of_a_duplicate_points_to_the_original(published, nights):
    settings = published
    third = nights.make(settings, 3)
    third.visit("wire-post")
    text = "Some other text about the docks that a news agency sent out on Tuesday."
    agency = third.article("wire-post", "agency", text)
    third.article("harbour-gazette", "dock", text, status="duplicate", revision=2, duplicate_of=agency.article_id)
    load_run(third.write())
    rows = ask(
        settings,
        "SELECT c.canonical_url, o.canonical_url FROM articles AS c "
        "JOIN articles AS o ON o.article_id = c.duplicate_of ORDER BY 1",
    )
    assert rows == [
        ("http://harbour-gazette.example/dock", "http://wire-post.example/agency"),
        ("http://wire-post.example/dock-copy", "http://wire-post.example/agency"),
    ]
    assert ask(settings, f"SELECT article_count FROM events WHERE event_id = '{nights.strike}'") == [(1,)]


def test_a_run_without_anything_new_needs_no_code_files(settings, nights):
    night = nights.make(settings, 1)
    night.visit("wire-post")
    night.fetch("wire-post", "lost", "gone")
    run = night.write()
    run.stage_file("dedupe", "articles").unlink()
    run.stage_file("dedupe", "verdicts").unlink()
    assert load_run(run).counts["gone"] == 1


def test_a_source_whose_file_is_gone_stays_disabled(published, nights):
    settings = published
    (settings.sources_folder / "irl" / "quiet-times.yml").unlink()
    second = nights.second(settings)
    second.visits = [v for v in second.visits if v.source_id != "quiet-times"]
    load_run(second.write())
    assert ask(settings, "SELECT source_id, enabled FROM sources ORDER BY 1") == [
        ("harbour-gazette", True),
        ("quiet-times", False),
        ("wire-post", True),
    ]


def test_what_a_held_run_left_is_not_in_the_next_load(settings, nights):
    held = nights.first(settings).write()
    load_run(held)
    close_run(held, RunVerdict.HELD, edition=None, note="held: a check failed")
    again = nights.make(settings, 2)
    first = nights.first(settings)
    again.visits, again.fetches = first.visits, first.fetches  # collected again, and read again
    again.articles, again.verdicts, again.mentions = first.articles, first.verdicts, first.mentions
    load_run(again.write())
    assert ask(settings, "SELECT run_id, verdict, is_loaded FROM runs ORDER BY 1") == [
        ("night-1", "held", False),
        ("night-2", None, True),
    ]
    assert ask(settings, "SELECT DISTINCT run_id FROM article_revisions") == [("night-2",)]
    assert ask(settings, "SELECT DISTINCT run_id, gather_run_id FROM fetches") == [("night-2", "night-1")]
    assert ask(settings, "SELECT count(*) FROM fetches") == [(8,)]
    counted = ask(settings, "SELECT sum(count) FROM run_counts WHERE run_id = 'night-1' AND stage = 'gather'")
    assert counted == [(5,)]


def test_an_earlier_run_with_broken_files_does_not_stop_tonight(settings, nights, caplog):
    broken = nights.make(settings, 1)
    write_run(broken.run)
    file = broken.run.stage_file("gather", "wire-post.fetches")
    file.parent.mkdir()
    file.write_bytes(b"PAR1 half a file")
    load_run(_simple(nights.make(settings, 2)))
    assert "night-1: its files cannot be read" in caplog.text
    assert ask(settings, "SELECT run_id, is_loaded FROM runs ORDER BY 1") == [("night-1", False), ("night-2", True)]


def _simple(night):
    night.visit("wire-post")
    night.article("wire-post", "page", "A short text about a meeting in Cork.")
    return night.write()


def test_stages_of_the_next_run_find_what_they_know_in_the_edition(published, nights):
    settings = published
    first = nights.first(settings)
    dock, copy = first.articles[0], first.articles[1]
    with open_known(settings.current_edition_file) as known:
        assert known.articles([dock.article_id, "0" * 16])[dock.article_id].byline == ("Ann Byrne", "Tom Daly")
        assert {t.article_id: t.duplicate_of for t in known.texts([copy.article_id])}[
            copy.article_id
        ] == dock.article_id
