"""An edition that was published with an older schema is the base of the next run all the same."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from pipeline.warehouse import query_edition
from pipeline.warehouse.connection import STORAGE_VERSION
from pipeline.warehouse.migrate import SQL_FOLDER, migrate

# The schema of the first part, and the views that named columns which are gone since.
OLD_MIGRATIONS = ("0001", "0002", "0003", "0004", "0005")
OLD_VIEW = "CREATE OR REPLACE VIEW source_health AS SELECT source_id, consecutive_failures, etag FROM feeds;"

OLD_ROWS = """
INSERT INTO sources VALUES
    ('harbour-gazette', 'Harbour Gazette', 'http://harbour-gazette.example/', 'IRL', 'en', 'Europe/Dublin', true, 1, 9);
INSERT INTO runs VALUES
    ('night-0', NULL, NULL, '2024-03-03 02:00:00+00', '2024-03-03 02:09:00+00', 'published', 1, 'a note', true);
INSERT INTO feeds BY NAME SELECT
    'f1' AS feed_id, 'harbour-gazette' AS source_id, 'rss' AS kind, 'http://harbour-gazette.example/rss.xml' AS url,
    'unreachable' AS status, TIMESTAMPTZ '2024-03-03 02:00:00+00' AS last_visited_at, '"x"' AS etag, 0 AS link_count,
    3 AS consecutive_failures, 'connection refused' AS error;
INSERT INTO fetches BY NAME SELECT
    'v1' AS fetch_id, 'night-0' AS run_id, 'harbour-gazette' AS source_id, 'f1' AS feed_id, 'feed' AS kind,
    'http://harbour-gazette.example/rss.xml' AS url, 'unreachable' AS status,
    TIMESTAMPTZ '2024-03-03 02:00:00+00' AS requested_at, 0 AS link_count;
INSERT INTO fetches BY NAME SELECT
    'p1' AS fetch_id, 'night-0' AS run_id, 'harbour-gazette' AS source_id, 'f1' AS feed_id, 'page' AS kind,
    'http://harbour-gazette.example/private' AS url, 'robots_denied' AS status, [] AS redirects;
INSERT INTO articles BY NAME SELECT
    'a1' AS article_id, 'harbour-gazette' AS source_id, 'http://harbour-gazette.example/a1' AS canonical_url,
    TIMESTAMPTZ '2024-03-03 02:00:00+00' AS first_seen_at, TIMESTAMPTZ '2024-03-03 02:00:00+00' AS last_seen_at,
    'night-0' AS first_run_id, 'night-0' AS last_revised_run_id, 1 AS current_revision;
INSERT INTO article_revisions BY NAME SELECT
    'a1' AS article_id, 1 AS revision, 'night-0' AS run_id, 'c1' AS capture_id, 'p1' AS fetch_id,
    'harbour-gazette' AS source_id, 'http://harbour-gazette.example/a1' AS url, [] AS byline, [] AS keywords,
    'Norway gave tents to Nepal.' AS body, 'ab' AS text_sha256, [] AS changed_fields,
    TIMESTAMPTZ '2024-03-03 02:00:00+00' AS fetched_at, '1' AS extractor_version;
INSERT INTO stories BY NAME SELECT
    's1' AS story_id, 'a1' AS representative_article_id, 1 AS article_count, 1 AS source_count,
    TIMESTAMPTZ '2024-03-03 02:00:00+00' AS first_published_at,
    TIMESTAMPTZ '2024-03-03 02:00:00+00' AS last_published_at;
INSERT INTO story_articles BY NAME SELECT 's1' AS story_id, 'a1' AS article_id, 'night-0' AS run_id;
INSERT INTO events BY NAME SELECT
    'e1' AS event_id, 'AID' AS event_type, 2 AS quad_class, 'actual' AS modality, false AS negated,
    1 AS mention_count, 1 AS article_count, 1 AS source_count,
    TIMESTAMPTZ '2024-03-03 02:00:00+00' AS first_reported_at,
    TIMESTAMPTZ '2024-03-03 02:00:00+00' AS last_reported_at, 'a1' AS first_article_id, 0.5 AS confidence,
    ['rules 1'] AS coder_versions;
INSERT INTO event_mentions BY NAME SELECT
    'm1' AS mention_id, 'e1' AS event_id, 'a1' AS article_id, 1 AS revision, 0 AS sentence_index, 'night-0' AS run_id,
    'AID' AS event_type, 2 AS quad_class, 'actual' AS modality, false AS negated, 0.5 AS confidence,
    0 AS evidence_start, 9 AS evidence_end, 0 AS trigger_start, 4 AS trigger_end, 'rules' AS coder,
    '1' AS coder_version;
"""


@pytest.fixture
def old_edition(settings, tmp_path):
    """An installation whose current edition has the old schema."""
    sql = tmp_path / "old_sql"
    (sql / "views").mkdir(parents=True)
    (sql / "schema").mkdir()
    for number in OLD_MIGRATIONS:
        (path,) = (SQL_FOLDER / "schema").glob(f"{number}_*.sql")
        shutil.copy(path, sql / "schema")
    (sql / "views" / "40_source_health.sql").write_text(OLD_VIEW)
    settings.editions_folder.mkdir(parents=True)
    edition = settings.editions_folder / "edition-000001.duckdb"
    with duckdb.connect(str(edition), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection, sql)
        connection.execute(OLD_ROWS)
    edition.chmod(0o444)
    settings.current_edition_file.hardlink_to(edition)
    return settings


def test_an_old_edition_can_be_read_as_it_is(old_edition):
    assert query_edition(old_edition, "SELECT etag FROM feeds").rows == [('"x"',)]


def test_the_next_run_takes_over_the_old_rows(old_edition, nights):
    assert nights.publish(nights.first(old_edition)).number == 2
    old = "SELECT fetch_id, gather_run_id, visited_at::VARCHAR, will_be_asked_again, new_link_count FROM fetches"
    assert query_edition(old_edition, f"{old} WHERE run_id = 'night-0' ORDER BY 1").rows == [
        ("p1", "night-0", "2024-03-03 02:00:00+00", False, None),  # never asked: when its run began
        ("v1", "night-0", "2024-03-03 02:00:00+00", None, None),
    ]
    feed = "SELECT failure_points, given_up, last_visited_at::VARCHAR, next_visit_at, error FROM feeds"
    assert query_edition(old_edition, f"{feed} WHERE feed_id = 'f1'").rows == [
        (1.5, False, "2024-03-03 02:00:00+00", None, "connection refused")
    ]
    assert query_edition(old_edition, "SELECT count(*) FROM fetches").rows == [(10,)]
    assert query_edition(old_edition, "SELECT count(*) FROM source_health").rows == [(3,)]


def test_events_stored_before_their_identity_was_recorded_keep_their_ids(old_edition, nights):
    nights.publish(nights.first(old_edition))
    old = "SELECT own_event_id, event_id, told_words FROM event_mentions WHERE mention_id = 'm1'"
    assert query_edition(old_edition, old).rows == [("e1", "e1", [])]
    assert query_edition(old_edition, "SELECT original_count FROM events WHERE event_id = 'e1'").rows == [(1,)]
    regions = "SELECT place_region, place_region_code FROM event_mentions WHERE mention_id = 'm1'"
    assert query_edition(old_edition, regions).rows == [(None, None)]
    revision = "SELECT agencies, added_passages, page_count FROM article_revisions WHERE article_id = 'a1'"
    assert query_edition(old_edition, revision).rows == [([], [], 1)]


def test_what_a_pass_left_can_be_loaded_with_the_new_statuses(old_edition, nights):
    night = nights.first(old_edition)
    for status in ("bot_wall", "paywall", "login_wall", "left_over"):
        night.fetch("wire-post", status, status)
    nights.publish(night)
    walls = "SELECT status FROM links WHERE status LIKE '%wall' ORDER BY 1"
    assert query_edition(old_edition, walls).rows == [("bot_wall",), ("login_wall",), ("paywall",)]
