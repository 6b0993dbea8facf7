-- Feed visits: each is a fetch of kind `feed`; the table feeds keeps the state after the newest one.
INSERT INTO fetches BY NAME
SELECT
    left(sha256(concat_ws(chr(31), run_id, 'feed', feed_id)), 16) AS fetch_id,
    run_id, source_id, feed_id, 'feed' AS kind, url, status, http_status, visited_at AS requested_at,
    content_sha256, etag, last_modified, link_count, error
FROM staged_feeds;

-- The validators are those of the last answer that had content: a 304 or an error page must not wipe them out.
INSERT INTO feeds BY NAME
SELECT
    feed_id, source_id, kind, url, status, http_status, visited_at AS last_visited_at,
    CASE WHEN status IN ('read_feed', 'empty_feed', 'unchanged') THEN visited_at END AS last_success_at,
    CASE WHEN status IN ('read_feed', 'empty_feed') THEN etag END AS etag,
    CASE WHEN status IN ('read_feed', 'empty_feed') THEN last_modified END AS last_modified,
    CASE WHEN status IN ('read_feed', 'empty_feed') THEN content_sha256 END AS content_sha256,
    link_count,
    CASE WHEN status IN ('read_feed', 'empty_feed', 'unchanged') THEN 0 ELSE 1 END AS consecutive_failures,
    error
FROM staged_feeds
ON CONFLICT (feed_id) DO UPDATE SET
    kind = excluded.kind,
    url = excluded.url,
    status = excluded.status,
    http_status = excluded.http_status,
    last_visited_at = excluded.last_visited_at,
    last_success_at = coalesce(excluded.last_success_at, last_success_at),
    etag = CASE WHEN excluded.status IN ('read_feed', 'empty_feed') THEN excluded.etag ELSE etag END,
    last_modified = CASE
        WHEN excluded.status IN ('read_feed', 'empty_feed') THEN excluded.last_modified ELSE last_modified END,
    content_sha256 = CASE
        WHEN excluded.status IN ('read_feed', 'empty_feed') THEN excluded.content_sha256 ELSE content_sha256 END,
    link_count = excluded.link_count,
    consecutive_failures = CASE
        WHEN excluded.consecutive_failures = 0 THEN 0 ELSE consecutive_failures + 1 END,
    error = excluded.error;
