-- What is missing, in two grains: whole days of a source, and links that did not become an article. Visits are counted
-- in fetches, where each is once, however many runs worked on it before one was published.
CREATE OR REPLACE VIEW coverage_gaps AS
WITH today AS (
    SELECT greatest(max(started_at), (SELECT max(visited_at) FROM fetches))::DATE AS day FROM runs WHERE is_loaded
),
visits AS (
    SELECT source_id, visited_at::DATE AS day, count(*) AS visit_count,
        count(*) FILTER (status IN ('read_feed', 'unchanged', 'empty_feed')) AS answer_count
    FROM fetches WHERE kind = 'feed' GROUP BY ALL
),
first_visits AS (
    SELECT source_id, min(day) AS day FROM visits GROUP BY source_id
),
days AS (
    SELECT f.source_id, f.day AS first_day, unnest(range(f.day, today.day + 1, INTERVAL 1 DAY))::DATE AS day
    FROM first_visits AS f, today
),
volumes AS (
    SELECT source_id, first_seen_at::DATE AS day, count(*) AS article_count FROM articles GROUP BY ALL
),
-- The first day and the one that is not over yet can only tell that nobody answered.
day_gaps AS (
    SELECT
        d.source_id,
        d.day,
        CASE
            WHEN v.visit_count IS NULL THEN 'not_visited'
            WHEN v.answer_count = 0 THEN 'no_answer'
            WHEN coalesce(n.article_count, 0) < s.expected_per_day_min THEN 'below_minimum'
        END AS reason,
        coalesce(n.article_count, 0) AS article_count,
        s.expected_per_day_min,
        d.first_day < d.day AND d.day < today.day AS is_whole_day
    FROM days AS d
    CROSS JOIN today
    JOIN sources AS s USING (source_id)
    LEFT JOIN visits AS v ON v.source_id = d.source_id AND v.day = d.day
    LEFT JOIN volumes AS n ON n.source_id = d.source_id AND n.day = d.day
    WHERE s.enabled
)
SELECT
    source_id,
    day,
    NULL::VARCHAR AS feed_id,
    reason,
    NULL::BIGINT AS link_count,
    NULL::BIGINT AS pending_link_count,
    NULL::BIGINT AS given_up_link_count,
    article_count,
    expected_per_day_min
FROM day_gaps
WHERE reason = 'no_answer' OR (reason IS NOT NULL AND is_whole_day)
UNION ALL
SELECT
    source_id,
    last_visited_at::DATE,
    feed_id,
    status,
    count(*),
    count(*) FILTER (will_be_asked_again),
    count(*) FILTER (NOT will_be_asked_again),
    NULL,
    NULL
FROM links
WHERE NOT has_article
    AND status NOT IN (
        'no_article', 'section_front', 'tag_page', 'video_page', 'gallery_page', 'live_ticker', 'other_language')
GROUP BY ALL;
COMMENT ON VIEW coverage_gaps IS 'What is missing, and why. Whole days (UTC) since its first visit on which an enabled source was not visited, did not answer, or brought fewer articles than expected; and links that did not become an article, by feed, day of the last word on them, and that word. A link that was had once, before or after a failure, is not missing; nor is a page that holds no article, or one in a language we do not keep. Key: source_id, day, feed_id, reason.';
COMMENT ON COLUMN coverage_gaps.source_id IS 'The source.';
COMMENT ON COLUMN coverage_gaps.day IS 'The day (UTC); of links, the day of the last word on them.';
COMMENT ON COLUMN coverage_gaps.feed_id IS 'The feed that offered the links first. NULL: the source''s whole day, or links that no feed offered.';
COMMENT ON COLUMN coverage_gaps.reason IS 'Of a whole day: not_visited (no pass asked), no_answer (no feed answered) or below_minimum. Of links: the status they ended in, as in fetches.';
COMMENT ON COLUMN coverage_gaps.link_count IS 'Links that are missing for this reason. NULL: a whole day.';
COMMENT ON COLUMN coverage_gaps.pending_link_count IS 'Of these, links that a later pass asks for again. NULL: a whole day.';
COMMENT ON COLUMN coverage_gaps.given_up_link_count IS 'Of these, links that nobody asks for again. NULL: a whole day.';
COMMENT ON COLUMN coverage_gaps.article_count IS 'Articles first seen that day. NULL: links.';
COMMENT ON COLUMN coverage_gaps.expected_per_day_min IS 'Fewest expected. NULL: no expectation written down, or links.';
