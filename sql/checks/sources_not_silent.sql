-- severity: warn
-- says: every enabled source brought as many articles in the last day as its YAML file expects
SELECT s.source_id, s.expected_per_day_min, count(a.article_id) AS articles_last_day
FROM sources AS s
LEFT JOIN articles AS a ON a.source_id = s.source_id AND a.first_seen_at >= (
    SELECT started_at FROM runs WHERE run_id = getvariable('run_id')) - INTERVAL 1 DAY
WHERE s.enabled AND s.expected_per_day_min IS NOT NULL
GROUP BY ALL HAVING count(a.article_id) < s.expected_per_day_min;
