-- The events this run touched, put together anew from all their mentions in current revisions.
INSERT INTO touched_articles
SELECT a.duplicate_of FROM articles AS a JOIN staged_verdicts USING (article_id) WHERE a.duplicate_of IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched_events AS
SELECT event_id FROM event_mentions WHERE article_id IN (SELECT article_id FROM touched_articles)
UNION
SELECT event_id FROM recoded_events
UNION
SELECT event_id FROM regrouped_events;

-- An event counts its mentions in current revisions of originals. One that is new and has none was reported and taken back between
-- two captures of one run: it is put together from the last texts that reported it, and is withdrawn from the start.
CREATE OR REPLACE TEMP TABLE counted_mentions AS
WITH touched_mentions AS (
    SELECT
        m.*,
        a.current_revision = m.revision AND a.duplicate_of IS NULL AS is_current,
        bool_or(a.current_revision = m.revision AND a.duplicate_of IS NULL) OVER (PARTITION BY m.event_id) AS is_reported,
        max(m.revision) OVER (PARTITION BY m.event_id, m.article_id) AS last_reporting_revision
    FROM event_mentions AS m
    JOIN articles AS a USING (article_id)
    WHERE m.event_id IN (SELECT event_id FROM touched_events)
)
SELECT * EXCLUDE (is_current, last_reporting_revision)
FROM touched_mentions
WHERE is_current
   OR (NOT is_reported AND revision = last_reporting_revision AND event_id NOT IN (SELECT event_id FROM events));

CREATE OR REPLACE TEMP TABLE rebuilt_events AS
WITH
-- Of each field (or group of fields that belong together) the value that most originals attest, then the most exact
-- one, then the one reported first, then the surest; between equals the greater value, so that the choice never
-- depends on the order of rows.
attested AS (
    SELECT m.*,
        coalesce(r.published_at, a.first_seen_at) AS reported_at,
        CASE event_date_precision WHEN 'day' THEN 6 WHEN 'week' THEN 5 WHEN 'month' THEN 4 WHEN 'quarter' THEN 3
            WHEN 'year' THEN 2 WHEN 'decade' THEN 1 END AS date_exactness,
        (actor_id IS NOT NULL)::INT + (recipient_id IS NOT NULL)::INT AS sides_given,
        (actor_country_code IS NOT NULL)::INT + (actor_sector IS NOT NULL)::INT
            + (recipient_country_code IS NOT NULL)::INT + (recipient_sector IS NOT NULL)::INT AS sides_exactness
    FROM counted_mentions AS m
    JOIN articles AS a USING (article_id)
    JOIN article_revisions AS r USING (article_id, revision)
),
types AS (
    SELECT event_id, arg_max(value, (originals, exactness, -reported, weight, value)) AS value
    FROM (
        SELECT event_id, count(DISTINCT article_id) AS originals, (event_mode IS NOT NULL)::INT AS exactness,
            epoch_us(min(reported_at)) AS reported, round(sum(confidence), 6) AS weight,
            {'event_type': event_type, 'event_mode': event_mode, 'quad_class': quad_class,
             'cameo_root': cameo_root, 'intensity': intensity} AS value
        FROM attested GROUP BY event_id, event_type, event_mode, quad_class, cameo_root, intensity
    ) GROUP BY event_id
),
-- The strongest that is attested, and negated only where all say so.
modalities AS (
    SELECT event_id,
        arg_max(modality, list_position(
            ['denied', 'conditional', 'future', 'historical', 'ongoing', 'actual'], modality)) AS modality,
        bool_and(negated) AS negated
    FROM attested GROUP BY event_id
),
-- "This week" speaks for "Tuesday": a date is attested by every original whose date holds it.
dates AS (
    SELECT event_id, arg_max(value, (originals, exactness, -reported, weight, value)) AS value
    FROM (
        SELECT d.event_id, count(DISTINCT o.article_id) AS originals, max(d.date_exactness) AS exactness,
            epoch_us(min(d.reported_at)) AS reported,
            round(sum(o.confidence) / count(DISTINCT d.mention_id), 6) AS weight,
            {'date_value': d.event_date_value, 'date_first': d.event_date_first, 'date_last': d.event_date_last,
             'date_precision': d.event_date_precision} AS value
        FROM attested AS d
        JOIN attested AS o ON o.event_id = d.event_id
            AND o.event_date_first <= d.event_date_first AND o.event_date_last >= d.event_date_last
        GROUP BY d.event_id, d.event_date_value, d.event_date_first, d.event_date_last, d.event_date_precision
    ) GROUP BY event_id
),
-- Both sides at once: of "A met B" and "B met A" neither may become "A met A". That one report names no recipient says
-- nothing against another that does.
sides AS (
    SELECT event_id, arg_max(value, (sides_given, originals, exactness, -reported, weight, value)) AS value
    FROM (
        SELECT event_id, sides_given, count(DISTINCT article_id) AS originals, max(sides_exactness) AS exactness,
            epoch_us(min(reported_at)) AS reported, round(sum(confidence), 6) AS weight,
            {'actor_id': actor_id, 'recipient_id': recipient_id} AS value
        FROM attested GROUP BY event_id, sides_given, actor_id, recipient_id
    ) GROUP BY event_id
),
-- A town is more exact than the country it is in.
place_choices AS (
    SELECT event_id, arg_max(place_id, (originals, exactness, -reported, weight, place_id)) AS place_id
    FROM (
        SELECT m.event_id, m.place_id, count(DISTINCT o.article_id) AS originals,
            bool_or(m.place_name IS DISTINCT FROM c.name)::INT AS exactness, epoch_us(min(m.reported_at)) AS reported,
            round(sum(o.confidence) / count(DISTINCT m.mention_id), 6) AS weight
        FROM attested AS m
        LEFT JOIN countries AS c ON c.country_code = m.place_country_code
        JOIN attested AS o ON o.event_id = m.event_id AND (o.place_id = m.place_id OR EXISTS (
            FROM countries AS whole
            WHERE whole.country_code = m.place_country_code AND whole.name = o.place_name
              AND o.place_country_code = m.place_country_code))
        WHERE m.place_id IS NOT NULL
        GROUP BY m.event_id, m.place_id
    ) GROUP BY event_id
),
-- What is more exact contradicts nothing: only values that cannot be true together are told.
disputes AS (
    SELECT event_id, list_filter([
        CASE WHEN count(DISTINCT event_mode) > 1 THEN 'mode' END,
        CASE WHEN count(DISTINCT CASE WHEN modality IN ('actual', 'ongoing', 'historical') THEN 'realised'
            ELSE modality END) > 1 OR count(DISTINCT negated) > 1 THEN 'modality' END,
        CASE WHEN max(event_date_first) > min(event_date_last) THEN 'date' END,
        CASE WHEN count(DISTINCT place_country_code) > 1 THEN 'place' END
    ], lambda field: field IS NOT NULL) AS disagreements
    FROM attested GROUP BY event_id
),
-- An article that re-uses a reporting article's text reports the event too.
reporting_articles AS (
    SELECT DISTINCT m.event_id, a.article_id, a.source_id, a.duplicate_of IS NOT NULL AS is_copy,
        coalesce(r.published_at, a.first_seen_at) AS reported_at
    FROM counted_mentions AS m
    JOIN articles AS a ON coalesce(a.duplicate_of, a.article_id) = m.article_id
    JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
    WHERE m.is_reported
    UNION
    SELECT m.event_id, a.article_id, a.source_id, false, coalesce(r.published_at, a.first_seen_at)
    FROM counted_mentions AS m
    JOIN articles AS a USING (article_id)
    JOIN article_revisions AS r USING (article_id, revision)
    WHERE NOT m.is_reported
),
reports AS (
    SELECT
        event_id,
        count(*) AS article_count,
        count(DISTINCT source_id) AS source_count,
        count(*) FILTER (NOT is_copy) AS original_count,
        min(reported_at) AS first_reported_at,
        max(reported_at) AS last_reported_at,
        arg_min(article_id, (reported_at, is_copy, article_id)) AS first_article_id
    FROM reporting_articles GROUP BY event_id
),
mention_totals AS (
    SELECT
        event_id,
        count(*) AS mention_count,
        max(confidence) AS confidence,
        list_sort(list(DISTINCT coder || ' ' || coder_version)) AS coder_versions
    FROM counted_mentions GROUP BY event_id
)
SELECT
    t.event_id, t.value.event_type, t.value.event_mode, t.value.quad_class, t.value.cameo_root, t.value.intensity,
    o.modality, o.negated,
    d.value.date_value AS event_date_value, d.value.date_first AS event_date_first,
    d.value.date_last AS event_date_last, d.value.date_precision AS event_date_precision,
    w.value.actor_id, w.value.recipient_id, p.place_id,
    n.mention_count, r.article_count, r.source_count, r.original_count, r.first_reported_at, r.last_reported_at,
    r.first_article_id,
    n.confidence, n.coder_versions, x.disagreements, NULL::VARCHAR AS withdrawn_run_id
FROM types AS t
JOIN modalities AS o USING (event_id)
JOIN sides AS w USING (event_id)
JOIN reports AS r USING (event_id)
JOIN mention_totals AS n USING (event_id)
JOIN disputes AS x USING (event_id)
LEFT JOIN dates AS d USING (event_id)
LEFT JOIN place_choices AS p USING (event_id);

DELETE FROM events WHERE event_id IN (SELECT event_id FROM rebuilt_events);
INSERT INTO events BY NAME SELECT * FROM rebuilt_events ORDER BY event_id;

-- An event that no current text reports any more keeps its row: somebody may hold its id, and that a report was taken
-- back is itself news.
UPDATE events
SET mention_count = 0, article_count = 0, original_count = 0, source_count = 0,
    withdrawn_run_id = getvariable('run_id')
WHERE withdrawn_run_id IS NULL
  AND event_id IN (SELECT event_id FROM touched_events)
  AND event_id NOT IN (SELECT event_id FROM counted_mentions WHERE is_reported);
