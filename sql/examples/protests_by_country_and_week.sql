-- Protests by country and week.
SELECT date_trunc('week', day)::DATE AS week, coalesce(c.name, d.country_code, 'place not known') AS country,
    sum(event_count)::BIGINT AS protests, sum(article_count)::BIGINT AS reports
FROM events_daily AS d LEFT JOIN countries AS c USING (country_code)
WHERE event_type = 'PROTEST'
GROUP BY ALL ORDER BY week DESC, protests DESC, country;
