-- severity: error
-- says: every actor, recipient and place of an event is in its table
SELECT event_id, actor_id AS missing_id FROM events
WHERE actor_id IS NOT NULL AND actor_id NOT IN (SELECT actor_id FROM actors)
UNION ALL
SELECT event_id, recipient_id FROM events
WHERE recipient_id IS NOT NULL AND recipient_id NOT IN (SELECT actor_id FROM actors)
UNION ALL
SELECT event_id, place_id FROM events
WHERE place_id IS NOT NULL AND place_id NOT IN (SELECT place_id FROM places);
