-- severity: warn
-- says: no source brought more articles than the max of its YAML file in the day before the run ended
-- The day and the articles are those of sources_not_silent. The first day of a source is left out: it brings all that
-- its feeds hold.
WITH this_run AS (
    SELECT started_at, greatest(started_at, (SELECT max(visited_at) FROM fetches WHERE run_id = r.run_id)) AS ended_at
    FROM runs AS r WHERE r.run_id = getvariable('run_id')
),
known AS (
    SELECT f.source_id FROM fetches AS f, this_run AS t
    WHERE f.kind = 'feed'
    GROUP BY f.source_id HAVING min(f.visited_at) <= any_value(t.ended_at) - INTERVAL 1 DAY
),
brought AS (
    SELECT a.source_id, count(*) AS article_count
    FROM articles AS a
    JOIN runs AS r ON r.run_id = a.first_run_id
    CROSS JOIN this_run AS t
    WHERE a.first_seen_at > t.ended_at - INTERVAL 1 DAY AND r.started_at > t.started_at - INTERVAL 23 HOURS
    GROUP BY a.source_id
)
SELECT s.source_id, s.expected_per_day_max, b.article_count AS articles_last_day
FROM sources AS s
JOIN known USING (source_id)
JOIN brought AS b USING (source_id)
WHERE s.enabled AND b.article_count > s.expected_per_day_max
ORDER BY s.source_id;
