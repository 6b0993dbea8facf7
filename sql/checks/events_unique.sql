-- severity: error
-- says: event_id, actor_id, place_id and story_id are keys of their tables
SELECT 'events' AS table_name, event_id AS id, count(*) AS row_count FROM events GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'actors', actor_id, count(*) FROM actors GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'places', place_id, count(*) FROM places GROUP BY ALL HAVING count(*) > 1
UNION ALL SELECT 'stories', story_id, count(*) FROM stories GROUP BY ALL HAVING count(*) > 1;
