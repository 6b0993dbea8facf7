-- Feed visits: each is a fetch of kind `feed`; the table feeds keeps the state after the newest one.
INSERT INTO fetches BY NAME
SELECT
    visit_id AS fetch_id, getvariable('run_id') AS run_id, gather_run_id, source_id, feed_id, 'feed' AS kind, url,
    status, visited_at, http_status, visited_at AS requested_at, content_sha256, etag, last_modified, found_in,
    link_count, new_link_count, old_link_count, error
FROM staged_feeds
ORDER BY source_id, visited_at, visit_id;

CREATE OR REPLACE TEMP TABLE newest_visits AS
SELECT
    *,
    max(visited_at) FILTER (status IN ('read_feed', 'empty_feed', 'unchanged')) OVER (PARTITION BY feed_id)
        AS last_success_at
FROM staged_feeds
QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY visited_at DESC, visit_id DESC) = 1;

-- A visit of a killed pass may come to light after a newer one was loaded; it says nothing about the feed's state now.
INSERT INTO feeds BY NAME
SELECT
    feed_id, source_id, kind, url, found_in, status, http_status, visited_at AS last_visited_at, last_success_at,
    link_count, failure_points, given_up, poll_interval_seconds, next_visit_at, error
FROM newest_visits
ON CONFLICT (feed_id) DO UPDATE SET
    kind = excluded.kind,
    url = excluded.url,
    found_in = excluded.found_in,
    status = excluded.status,
    http_status = excluded.http_status,
    last_visited_at = excluded.last_visited_at,
    last_success_at = coalesce(excluded.last_success_at, last_success_at),
    link_count = excluded.link_count,
    failure_points = excluded.failure_points,
    given_up = excluded.given_up,
    poll_interval_seconds = excluded.poll_interval_seconds,
    next_visit_at = excluded.next_visit_at,
    error = excluded.error
WHERE excluded.last_visited_at >= last_visited_at;
