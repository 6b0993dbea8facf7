-- Events within 100 km of a place (here Dublin: 53.35 north, 6.26 west), with their reports.
SELECT round(2 * 6371 * asin(sqrt(
        pow(sin(radians(latitude - 53.35) / 2), 2)
        + cos(radians(53.35)) * cos(radians(latitude)) * pow(sin(radians(longitude + 6.26) / 2), 2)))) AS distance_km,
    place_name, event_date, event_type, actor_name, recipient_name, headline, url
FROM event_articles
WHERE latitude IS NOT NULL AND distance_km <= 100
ORDER BY event_date DESC, distance_km, url;
