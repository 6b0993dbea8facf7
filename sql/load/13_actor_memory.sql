-- Who was named with which office: this run's sightings, and the offices of everybody whom they or changed verdicts touch.
CREATE OR REPLACE TEMP TABLE touched_names AS
SELECT DISTINCT name_key
FROM (
    SELECT name_key FROM staged_sightings
    UNION ALL
    SELECT name_key FROM actor_sightings
    WHERE article_id IN (SELECT article_id FROM touched_articles UNION SELECT article_id FROM staged_coded)
);

DELETE FROM actor_sightings
WHERE EXISTS (FROM staged_coded AS c WHERE c.article_id = actor_sightings.article_id AND c.revision = actor_sightings.revision);

INSERT INTO actor_sightings BY NAME
SELECT *, getvariable('run_id') AS run_id FROM staged_sightings ORDER BY article_id, revision, name_key;

DELETE FROM actor_offices WHERE name_key IN (SELECT name_key FROM touched_names);

INSERT INTO actor_offices BY NAME
SELECT
    s.name_key,
    -- The spelling of most articles; of equals the greater, so that the order of rows never decides.
    max_by(s.name, (s.spelling_count, s.name)) AS name,
    any_value(s.short_name) AS short_name,
    s.office, s.country_code, s.sector,
    min(s.seen_on) AS first_seen_on,
    max(s.seen_on) AS last_seen_on,
    count(DISTINCT s.article_id) AS article_count
FROM (
    SELECT t.*, count(*) OVER (PARTITION BY t.name_key, t.name) AS spelling_count
    FROM actor_sightings AS t
    JOIN articles AS a ON a.article_id = t.article_id AND a.current_revision = t.revision AND a.duplicate_of IS NULL
    WHERE t.name_key IN (SELECT name_key FROM touched_names)
) AS s
GROUP BY s.name_key, s.office, s.country_code, s.sector
ORDER BY short_name, s.name_key, s.country_code, s.sector, s.office;
