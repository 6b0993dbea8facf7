-- Sources without a new article for more than twice their usual gap.
WITH gaps AS (
    SELECT source_id, first_seen_at,
        first_seen_at - lag(first_seen_at) OVER (PARTITION BY source_id ORDER BY first_seen_at) AS gap
    FROM articles
),
usual AS (
    SELECT source_id, max(first_seen_at) AS last_new_at, quantile_cont(epoch(gap), 0.9) / 3600 AS usual_gap_hours
    FROM gaps WHERE gap > INTERVAL 1 MINUTE OR gap IS NULL GROUP BY source_id
)
SELECT s.source_id, s.name, u.last_new_at, round(u.usual_gap_hours, 1) AS usual_gap_hours,
    round(epoch((SELECT max(started_at) FROM runs WHERE is_loaded) - u.last_new_at) / 3600, 1) AS silent_hours
FROM sources AS s LEFT JOIN usual AS u USING (source_id)
WHERE s.enabled AND (u.last_new_at IS NULL OR silent_hours > 2 * u.usual_gap_hours)
ORDER BY silent_hours DESC NULLS FIRST, s.source_id;
