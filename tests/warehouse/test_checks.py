"""Each quality check passes on sound data and fails on data that is broken on purpose."""

from __future__ import annotations

import shutil

import pytest

from pipeline.errors import CheckFailedError, ConfigurationError, PermanentError
from pipeline.warehouse import check_run, load_run, publish_run
from pipeline.warehouse.check import read_results
from pipeline.warehouse.connection import open_working, writer_lock
from pipeline.warehouse.migrate import SQL_FOLDER

CHECKS = sorted(path.stem for path in (SQL_FOLDER / "checks").glob("*.sql"))

# As if every feed had been visited two days earlier, too.
KNOWN_FOR_LONG = (
    "INSERT INTO fetches SELECT * REPLACE ("
    "'earlier-' || fetch_id AS fetch_id, visited_at - INTERVAL 2 DAYS AS visited_at) FROM fetches WHERE kind = 'feed';"
)

# What breaks the data so that the check of that name finds it.
BREAKAGES = {
    "article_current_revision_exists": "UPDATE articles SET current_revision = 9",
    "article_has_text": "UPDATE article_revisions SET body = '  '",
    "article_in_one_story": "DELETE FROM story_articles",
    "article_published_in_future": "UPDATE article_revisions SET published_at = fetched_at + INTERVAL 9 DAYS",
    "article_revisions_unique": "INSERT INTO article_revisions SELECT * FROM article_revisions",
    "article_seen_in_order": "UPDATE articles SET last_seen_at = first_seen_at - INTERVAL 1 DAY",
    "article_source_exists": "DELETE FROM sources",
    "coder_fails_rarely": "UPDATE run_counts SET status = 'quarantined' WHERE status = 'coded'",
    "counts_add_up": "DELETE FROM run_counts WHERE stage = 'load' AND status = 'robots_denied'",
    "duplicates_do_not_chain": "UPDATE articles SET duplicate_of = article_id",
    "event_actor_and_place_exist": "DELETE FROM places",
    "event_counts_match_mentions": "UPDATE events SET mention_count = mention_count + 1",
    "event_dates_in_order": "UPDATE events SET event_date_last = event_date_first - 1",
    "event_dates_plausible": "UPDATE events SET event_date_last = '2124-01-01', event_date_first = '2124-01-01'",
    "events_unique": "INSERT INTO events SELECT * FROM events",
    "fetches_unique": "INSERT INTO fetches SELECT * FROM fetches",
    "links_accounted_for": "UPDATE fetches SET new_link_count = 9 WHERE kind = 'feed'",
    "mention_actor_offsets_match_words": "UPDATE event_mentions SET actor_start = actor_start + 1",
    "mention_event_and_revision_exist": "UPDATE event_mentions SET revision = 7",
    "mention_evidence_in_text": "UPDATE event_mentions SET evidence_end = 100000",
    "mentions_only_in_originals": "UPDATE articles SET duplicate_of = 'other'",
    "mentions_unique": "INSERT INTO event_mentions SELECT * FROM event_mentions",
    "place_coordinates_complete": "UPDATE places SET latitude = NULL",
    "place_region_in_its_country": "UPDATE places SET region_code = 'FR-75'",
    "quarantine_is_rare": "UPDATE run_counts SET status = 'quarantined' WHERE stage = 'dedupe'",
    "run_has_links": "DELETE FROM fetches",
    "sources_not_flooding": KNOWN_FOR_LONG + "UPDATE sources SET expected_per_day_max = 0",
    "sources_not_silent": KNOWN_FOR_LONG + "UPDATE sources SET expected_per_day_min = 3",
    "sources_were_visited": "UPDATE fetches SET status = 'unreachable' WHERE kind = 'feed'",
}


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory, nights):
    made = nights.settings_in(tmp_path_factory.mktemp("loaded"))
    load_run(nights.first(made).write())
    return made


@pytest.fixture
def loaded(loaded_once, settings, nights):
    shutil.copytree(loaded_once.home, settings.home)
    return nights.first(settings).run


def break_data(run, sql):
    with writer_lock(run.settings), open_working(run.settings) as connection:
        connection.execute(sql)


def test_every_check_has_data_that_fails_it():
    assert sorted(BREAKAGES) == CHECKS
    assert len(CHECKS) >= 15


def test_sound_data_passes(loaded):
    assert check_run(loaded).counts == {"passed": len(CHECKS), "warned": 0}


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_what_it_is_for(loaded, check):
    break_data(loaded, BREAKAGES[check])
    try:
        check_run(loaded)
    except CheckFailedError as error:
        held = str(error)
    else:
        held = ""
    (result,) = [r for r in read_results(loaded) if r.check_name == check]
    assert not result.passed
    assert result.wrong_rows > 0
    assert result.first_wrong_row
    assert (f"{check}: {result.wrong_rows} rows, first {{" in held) == (result.severity == "error")


def test_a_failed_check_holds_the_edition(loaded):
    break_data(loaded, "INSERT INTO fetches SELECT * FROM fetches")
    with pytest.raises(CheckFailedError, match=r"night-1 is held, .* checks failed: .*fetches_unique: \d+ rows, first"):
        check_run(loaded)
    with pytest.raises(PermanentError, match="is held and cannot be published"):
        publish_run(loaded)
    assert not loaded.settings.current_edition_file.exists()


def test_a_repaired_run_can_be_checked_again(loaded):
    break_data(loaded, "INSERT INTO fetches SELECT * FROM fetches")
    with pytest.raises(CheckFailedError):
        check_run(loaded)
    load_run(loaded)
    check_run(loaded)
    assert publish_run(loaded).number == 1


def test_a_run_that_is_not_loaded_cannot_be_checked(loaded, settings, nights):
    with pytest.raises(PermanentError, match="load it first"):
        check_run(nights.second(settings).write())


def test_a_check_without_its_header_is_a_mistake(loaded, tmp_path):
    folder = tmp_path / "checks"
    folder.mkdir()
    (folder / "nameless.sql").write_text("SELECT 1")
    with pytest.raises(ConfigurationError, match=r"nameless\.sql: expected to begin with"):
        check_run(loaded, folder)
