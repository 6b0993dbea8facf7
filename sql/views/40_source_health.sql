-- "Now" is the start of the newest run in the edition, not the reader's clock: an old edition says what was true then.
CREATE OR REPLACE VIEW source_health AS
WITH newest AS (
    SELECT arg_max(run_id, started_at) AS run_id, max(started_at) AS started_at FROM runs WHERE is_loaded
),
pages AS (
    SELECT
        source_id,
        count(*) FILTER (fetches.run_id = newest.run_id) AS links_last_run,
        count(*) FILTER (fetches.run_id = newest.run_id AND status IN (
            'forbidden', 'rate_limited', 'client_error', 'server_error', 'unreachable', 'timed_out', 'broken_response',
            'redirect_loop', 'unsafe_address', 'too_large', 'consent_wall', 'quarantined')) AS failed_links_last_run
    FROM fetches, newest WHERE kind = 'page' GROUP BY source_id
),
visits AS (
    SELECT
        source_id,
        max(last_visited_at) AS last_visited_at,
        max(last_success_at) AS last_success_at,
        count(*) AS feed_count,
        count(*) FILTER (consecutive_failures > 0) AS failing_feed_count,
        arg_max(status, (consecutive_failures > 0, last_visited_at)) AS feed_status
    FROM feeds GROUP BY source_id
),
volumes AS (
    SELECT
        source_id,
        count(*) AS article_count,
        count(*) FILTER (first_seen_at >= newest.started_at - INTERVAL 7 DAYS) AS articles_7_days,
        max(first_seen_at) AS last_new_article_at
    FROM articles, newest GROUP BY source_id
)
SELECT
    s.source_id,
    s.name,
    s.enabled,
    CASE
        WHEN NOT s.enabled THEN 'disabled'
        WHEN v.last_visited_at IS NULL THEN 'never_visited'
        WHEN v.failing_feed_count = v.feed_count THEN 'failing'
        WHEN v.failing_feed_count > 0 OR p.failed_links_last_run > 0 THEN 'troubled'
        WHEN s.expected_per_day_min > 0 AND coalesce(a.articles_7_days, 0) = 0 THEN 'silent'
        ELSE 'well'
    END AS health,
    v.feed_status,
    v.last_visited_at,
    v.last_success_at,
    a.last_new_article_at,
    coalesce(a.articles_7_days, 0) AS articles_7_days,
    coalesce(a.article_count, 0) AS article_count,
    coalesce(v.feed_count, 0) AS feed_count,
    coalesce(v.failing_feed_count, 0) AS failing_feed_count,
    coalesce(p.links_last_run, 0) AS links_last_run,
    coalesce(p.failed_links_last_run, 0) AS failed_links_last_run
FROM sources AS s
LEFT JOIN visits AS v USING (source_id)
LEFT JOIN volumes AS a USING (source_id)
LEFT JOIN pages AS p USING (source_id);
COMMENT ON VIEW source_health IS 'How every source does, as of the newest published run. Key: source_id.';
COMMENT ON COLUMN source_health.source_id IS 'The source.';
COMMENT ON COLUMN source_health.name IS 'Its name.';
COMMENT ON COLUMN source_health.enabled IS 'False: no longer visited.';
COMMENT ON COLUMN source_health.health IS 'disabled, never_visited, failing (no feed answers), troubled (some feed or link failed), silent (nothing new in 7 days where something is expected), well.';
COMMENT ON COLUMN source_health.feed_status IS 'Status of the last visit to a failing feed, else to the last feed visited. NULL: never visited.';
COMMENT ON COLUMN source_health.last_visited_at IS 'When a feed was last asked (UTC instant). NULL: never.';
COMMENT ON COLUMN source_health.last_success_at IS 'When a feed last answered as one (UTC instant). NULL: never.';
COMMENT ON COLUMN source_health.last_new_article_at IS 'When its newest article was first seen (UTC instant). NULL: it has none.';
COMMENT ON COLUMN source_health.articles_7_days IS 'Articles first seen in the 7 days before the newest run began.';
COMMENT ON COLUMN source_health.article_count IS 'All its articles.';
COMMENT ON COLUMN source_health.feed_count IS 'Feeds visited so far.';
COMMENT ON COLUMN source_health.failing_feed_count IS 'Of these, feeds whose last visit failed.';
COMMENT ON COLUMN source_health.links_last_run IS 'Links followed in the newest run.';
COMMENT ON COLUMN source_health.failed_links_last_run IS 'Of these, links that failed on the way or in reading; gone, robots_denied and the like are answers, not failures.';
