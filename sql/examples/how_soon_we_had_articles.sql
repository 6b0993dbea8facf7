-- How long after publication we had the articles of the last seven days, slowest sources first (minutes).
SELECT source_id, name, articles_7_days, delay_minutes_median, delay_minutes_p90, articles_without_delay_7_days
FROM source_health
WHERE articles_7_days > 0
ORDER BY delay_minutes_median DESC NULLS LAST, source_id;
