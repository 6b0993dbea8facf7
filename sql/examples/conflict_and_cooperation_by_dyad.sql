-- Which countries cooperate and which are in conflict, over all days.
SELECT actor_country_code, recipient_country_code, sum(event_count)::BIGINT AS events,
    sum(cooperation_count)::BIGINT AS cooperation, sum(conflict_count)::BIGINT AS conflict,
    round(sum(mean_intensity * event_count) / sum(event_count), 2) AS mean_intensity
FROM dyads_daily
WHERE actor_country_code IS NOT NULL AND recipient_country_code IS NOT NULL
GROUP BY ALL ORDER BY events DESC, actor_country_code, recipient_country_code;
