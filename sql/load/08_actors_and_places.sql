-- The actors and places of the events this run touched, counted anew over all current mentions.
CREATE OR REPLACE TEMP TABLE touched_roles AS
SELECT actor_id FROM event_mentions WHERE event_id IN (SELECT event_id FROM touched_events) AND actor_id IS NOT NULL
UNION
SELECT recipient_id FROM event_mentions
WHERE event_id IN (SELECT event_id FROM touched_events) AND recipient_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE rebuilt_actors AS
WITH roles AS (
    SELECT m.actor_id AS actor_id, m.actor_name AS full_name, m.actor_text AS words,
        m.actor_country_code AS country_code, m.actor_sector AS sector, m.event_id, m.mention_id, m.article_id, m.revision
    FROM event_mentions AS m WHERE m.actor_id IN (SELECT actor_id FROM touched_roles)
    UNION ALL
    SELECT m.recipient_id, m.recipient_name, m.recipient_text,
        m.recipient_country_code, m.recipient_sector, m.event_id, m.mention_id, m.article_id, m.revision
    FROM event_mentions AS m WHERE m.recipient_id IN (SELECT actor_id FROM touched_roles)
)
SELECT
    r.actor_id,
    min(folded_name(r.full_name, r.words)) AS name,
    min(r.country_code) AS country_code,
    min(r.sector) AS sector,
    count(DISTINCT r.event_id) FILTER (a.current_revision = r.revision AND a.duplicate_of IS NULL) AS event_count,
    count(DISTINCT r.mention_id) FILTER (a.current_revision = r.revision AND a.duplicate_of IS NULL) AS mention_count
FROM roles AS r
JOIN articles AS a USING (article_id)
GROUP BY r.actor_id;

DELETE FROM actors WHERE actor_id IN (SELECT actor_id FROM rebuilt_actors);
INSERT INTO actors BY NAME SELECT * FROM rebuilt_actors ORDER BY actor_id;

CREATE OR REPLACE TEMP TABLE rebuilt_places AS
SELECT
    m.place_id,
    min(m.place_geonames_id) AS geonames_id,
    arg_max(m.place_name, m.mention_id) AS name,
    arg_max(m.place_country_code, m.mention_id) AS country_code,
    -- Mentions stored before regions were recorded have none: the others tell.
    arg_max(m.place_region, m.mention_id) AS region,
    arg_max(m.place_region_code, m.mention_id) AS region_code,
    arg_max(m.place_latitude, m.mention_id) AS latitude,
    arg_max(m.place_longitude, m.mention_id) AS longitude,
    count(DISTINCT m.event_id) FILTER (a.current_revision = m.revision AND a.duplicate_of IS NULL) AS event_count,
    count(*) FILTER (a.current_revision = m.revision AND a.duplicate_of IS NULL) AS mention_count
FROM event_mentions AS m
JOIN articles AS a USING (article_id)
WHERE m.place_id IN (
    SELECT place_id FROM event_mentions WHERE event_id IN (SELECT event_id FROM touched_events)
)
GROUP BY m.place_id;

DELETE FROM places WHERE place_id IN (SELECT place_id FROM rebuilt_places);
INSERT INTO places BY NAME SELECT * FROM rebuilt_places ORDER BY place_id;
