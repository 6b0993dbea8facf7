-- "Now" is the newest visit in the edition, not the reader's clock: an old edition says what was true then.
CREATE OR REPLACE VIEW source_health AS
WITH newest AS (
    SELECT
        arg_max(run_id, started_at) AS run_id,
        greatest(max(started_at), (SELECT max(visited_at) FROM fetches)) AS instant
    FROM runs WHERE is_loaded
),
-- Feeds that nobody has asked in the week before the source's last visit are gone from its file or from its sitemap
-- index (a feed that was given up is still asked once a week).
visits AS (
    SELECT
        source_id,
        max(last_visited_at) AS last_visited_at,
        max(last_success_at) AS last_success_at,
        count(*) FILTER (is_asked) AS feed_count,
        count(*) FILTER (is_asked AND is_failing) AS failing_feed_count,
        count(*) FILTER (is_asked AND given_up) AS given_up_feed_count,
        arg_max(status, (is_asked AND is_failing, last_visited_at)) AS feed_status
    FROM (
        SELECT
            *,
            status NOT IN ('read_feed', 'unchanged', 'empty_feed') AS is_failing,
            last_visited_at >= max(last_visited_at) OVER (PARTITION BY source_id) - INTERVAL 8 DAYS AS is_asked
        FROM feeds
    )
    GROUP BY source_id
),
pages AS (
    SELECT
        source_id,
        count(*) FILTER (last_run_id = newest.run_id) AS links_last_run,
        count(*) FILTER (last_run_id = newest.run_id AND status IN (
            'forbidden', 'rate_limited', 'client_error', 'server_error', 'unreachable', 'timed_out', 'broken_response',
            'redirect_loop', 'unsafe_address', 'too_large', 'consent_wall', 'bot_wall', 'paywall', 'login_wall',
            'quarantined')) AS failed_links_last_run,
        count(*) FILTER (will_be_asked_again AND NOT has_article) AS pending_link_count
    FROM links, newest GROUP BY source_id
),
-- Of each article the time from its publication to our first text of it; nobody can have read it before it was
-- published, so where the page says so, its clock or its time zone is wrong and the time is not known.
delays AS (
    SELECT
        source_id,
        count(*) AS articles_7_days,
        median(delay_minutes) AS delay_minutes_median,
        quantile_cont(delay_minutes, 0.9) AS delay_minutes_p90,
        count(*) FILTER (delay_minutes IS NULL) AS articles_without_delay_7_days
    FROM (
        SELECT a.source_id, CASE
            WHEN r.published_at <= a.first_seen_at THEN epoch(a.first_seen_at - r.published_at) / 60 END AS delay_minutes
        FROM articles AS a
        JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = 1
        WHERE a.first_seen_at > (SELECT instant FROM newest) - INTERVAL 7 DAYS
    )
    GROUP BY source_id
),
volumes AS (
    SELECT source_id, count(*) AS article_count, max(first_seen_at) AS last_new_article_at
    FROM articles GROUP BY source_id
),
-- What is usual is the source's own: of each day of the last 28 the longest pause that ended on it, and of these the
-- one that nine in ten do not exceed. The longest of a day, because nights are quiet; nine in ten, because weekends are.
pauses AS (
    SELECT
        source_id,
        first_seen_at::DATE AS day,
        max(epoch(first_seen_at - before) / 3600) AS longest_pause_hours
    FROM (
        SELECT source_id, first_seen_at, lag(first_seen_at) OVER (PARTITION BY source_id ORDER BY first_seen_at) AS before
        FROM articles
        -- Twice as far back, so that a pause that ended within the 28 days and began before them is known.
        WHERE first_seen_at > (SELECT instant FROM newest) - INTERVAL 56 DAYS
    )
    WHERE first_seen_at > (SELECT instant FROM newest) - INTERVAL 28 DAYS AND before IS NOT NULL
    GROUP BY ALL
),
usual AS (
    SELECT source_id, quantile_cont(longest_pause_hours, 0.9) AS usual_silence_hours
    FROM pauses GROUP BY source_id HAVING count(*) >= 3
),
measured AS (
    SELECT
        s.*,
        v.* EXCLUDE (source_id),
        a.* EXCLUDE (source_id),
        d.* EXCLUDE (source_id),
        p.* EXCLUDE (source_id),
        epoch(newest.instant - a.last_new_article_at) / 3600 AS silent_hours,
        u.usual_silence_hours
    FROM sources AS s
    CROSS JOIN newest
    LEFT JOIN visits AS v USING (source_id)
    LEFT JOIN volumes AS a USING (source_id)
    LEFT JOIN delays AS d USING (source_id)
    LEFT JOIN usual AS u USING (source_id)
    LEFT JOIN pages AS p USING (source_id)
),
-- One and a half times the usual, and six hours at least: a night that begins an hour later is no silence.
judged AS (
    SELECT
        *,
        CASE WHEN enabled THEN silent_hours > greatest(1.5 * usual_silence_hours, 6)
            AND usual_silence_hours IS NOT NULL END AS silent_longer_than_usual
    FROM measured
)
SELECT
    source_id,
    name,
    enabled,
    CASE
        WHEN NOT enabled THEN 'disabled'
        WHEN last_visited_at IS NULL THEN 'never_visited'
        WHEN failing_feed_count = feed_count THEN 'failing'
        WHEN silent_longer_than_usual OR (expected_per_day_min > 0 AND coalesce(articles_7_days, 0) = 0) THEN 'silent'
        WHEN failing_feed_count > 0 OR failed_links_last_run > 0 THEN 'troubled'
        ELSE 'well'
    END AS health,
    feed_status,
    last_visited_at,
    last_success_at,
    last_new_article_at,
    round(silent_hours, 1) AS silent_hours,
    round(usual_silence_hours, 1) AS usual_silence_hours,
    CASE WHEN last_new_article_at IS NOT NULL AND usual_silence_hours IS NOT NULL THEN silent_longer_than_usual END
        AS silent_longer_than_usual,
    coalesce(articles_7_days, 0) AS articles_7_days,
    round(delay_minutes_median, 1) AS delay_minutes_median,
    round(delay_minutes_p90, 1) AS delay_minutes_p90,
    coalesce(articles_without_delay_7_days, 0) AS articles_without_delay_7_days,
    coalesce(article_count, 0) AS article_count,
    coalesce(feed_count, 0) AS feed_count,
    coalesce(failing_feed_count, 0) AS failing_feed_count,
    coalesce(given_up_feed_count, 0) AS given_up_feed_count,
    coalesce(links_last_run, 0) AS links_last_run,
    coalesce(failed_links_last_run, 0) AS failed_links_last_run,
    coalesce(pending_link_count, 0) AS pending_link_count
FROM judged;
COMMENT ON VIEW source_health IS 'How every source does, as of the newest visit that this edition has. Key: source_id.';
COMMENT ON COLUMN source_health.source_id IS 'The source.';
COMMENT ON COLUMN source_health.name IS 'Its name.';
COMMENT ON COLUMN source_health.enabled IS 'False: not visited (now).';
COMMENT ON COLUMN source_health.health IS 'disabled, never_visited, failing (no feed answers), silent (silent longer than usual, or nothing new in 7 days where something is expected), troubled (some feed or link failed), well.';
COMMENT ON COLUMN source_health.feed_status IS 'Status of the last visit to a failing feed, else to the last feed visited. NULL: never visited.';
COMMENT ON COLUMN source_health.last_visited_at IS 'When a feed was last asked (UTC instant). NULL: never.';
COMMENT ON COLUMN source_health.last_success_at IS 'When a feed last answered as one (UTC instant). NULL: never.';
COMMENT ON COLUMN source_health.last_new_article_at IS 'When its newest article was first seen (UTC instant). NULL: it has none.';
COMMENT ON COLUMN source_health.silent_hours IS 'Hours from then to the newest visit in the edition, to any source. NULL: it has no article.';
COMMENT ON COLUMN source_health.usual_silence_hours IS 'Its own usual longest pause between two new articles: of each day of the last 28 the longest pause that ended on it, and of these the 90th percentile. NULL: new articles on fewer than 3 of these days.';
COMMENT ON COLUMN source_health.silent_longer_than_usual IS 'True: silent_hours is more than 1.5 times usual_silence_hours, and more than 6. NULL: not known what is usual, or not enabled.';
COMMENT ON COLUMN source_health.articles_7_days IS 'Articles first seen in the last 7 days.';
COMMENT ON COLUMN source_health.delay_minutes_median IS 'Half of these we had within so many minutes of their publication (as their first text gives it). NULL: not known of any. High in a source''s first week, when its feeds offer older articles.';
COMMENT ON COLUMN source_health.delay_minutes_p90 IS 'Nine in ten of these we had within so many minutes. NULL: likewise.';
COMMENT ON COLUMN source_health.articles_without_delay_7_days IS 'Of articles_7_days those left out of the delays: no publication time, or one after we had them (a wrong clock or time zone).';
COMMENT ON COLUMN source_health.article_count IS 'All its articles.';
COMMENT ON COLUMN source_health.feed_count IS 'Feeds asked in the 8 days before its last visit.';
COMMENT ON COLUMN source_health.failing_feed_count IS 'Of these, feeds whose last visit failed.';
COMMENT ON COLUMN source_health.given_up_feed_count IS 'Of these, feeds that failed so often that they are only asked once a week.';
COMMENT ON COLUMN source_health.links_last_run IS 'Links that the newest run loaded, each once.';
COMMENT ON COLUMN source_health.failed_links_last_run IS 'Of these, links that failed last on the way or in reading; gone, robots_denied and the like are answers, not failures.';
COMMENT ON COLUMN source_health.pending_link_count IS 'Links without an article so far that a later pass asks for again.';
