-- Visits come from run_counts, which also knows the runs that published nothing: a quiet night is no gap.
CREATE OR REPLACE VIEW coverage_gaps AS
WITH days AS (
    SELECT unnest(range(
        (SELECT min(started_at)::DATE FROM runs), (SELECT max(started_at)::DATE FROM runs WHERE is_loaded) + 1,
        INTERVAL 1 DAY))::DATE AS day
),
visits AS (
    SELECT c.source_id, r.started_at::DATE AS day, sum(c.count) AS visit_count,
        sum(c.count) FILTER (c.status IN ('read_feed', 'unchanged', 'empty_feed')) AS answer_count
    FROM run_counts AS c JOIN runs AS r USING (run_id)
    WHERE c.stage = 'feeds' GROUP BY ALL
),
first_visits AS (
    SELECT source_id, min(day) AS day FROM visits GROUP BY source_id
),
volumes AS (
    SELECT source_id, first_seen_at::DATE AS day, count(*) AS article_count FROM articles GROUP BY ALL
)
SELECT
    s.source_id,
    d.day,
    CASE
        WHEN v.visit_count IS NULL THEN 'not_visited'
        WHEN coalesce(v.answer_count, 0) = 0 THEN 'no_answer'
        ELSE 'below_minimum'
    END AS reason,
    coalesce(n.article_count, 0) AS article_count,
    s.expected_per_day_min
FROM sources AS s
JOIN first_visits AS f ON f.source_id = s.source_id
JOIN days AS d ON d.day >= f.day
LEFT JOIN visits AS v ON v.source_id = s.source_id AND v.day = d.day
LEFT JOIN volumes AS n ON n.source_id = s.source_id AND n.day = d.day
WHERE s.enabled
  AND (v.visit_count IS NULL OR coalesce(v.answer_count, 0) = 0
       OR coalesce(n.article_count, 0) < s.expected_per_day_min);
COMMENT ON VIEW coverage_gaps IS 'Days (UTC) since its first visit on which an enabled source was not visited, did not answer, or brought fewer articles than expected. Key: source_id, day.';
COMMENT ON COLUMN coverage_gaps.source_id IS 'The source.';
COMMENT ON COLUMN coverage_gaps.day IS 'The day (UTC).';
COMMENT ON COLUMN coverage_gaps.reason IS 'not_visited (no run asked), no_answer (no feed answered) or below_minimum.';
COMMENT ON COLUMN coverage_gaps.article_count IS 'Articles first seen that day.';
COMMENT ON COLUMN coverage_gaps.expected_per_day_min IS 'Fewest expected. NULL: no expectation written down.';
