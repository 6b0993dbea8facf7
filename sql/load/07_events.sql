-- The events this run touched, put together anew from all their mentions in current revisions.
INSERT INTO touched_articles
SELECT a.duplicate_of FROM articles AS a JOIN staged_verdicts USING (article_id) WHERE a.duplicate_of IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched_events AS
SELECT event_id FROM event_mentions WHERE article_id IN (SELECT article_id FROM touched_articles)
UNION
SELECT event_id FROM recoded_events;

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
-- Of each field (or group of fields that belong together) the value with the highest sum of confidence; between equal
-- sums the greater value, so that the choice never depends on the order of rows.
types AS (
    SELECT event_id, arg_max(value, (weight, value)) AS value
    FROM (
        SELECT event_id, round(sum(confidence), 6) AS weight,
            {'event_type': event_type, 'event_mode': event_mode, 'quad_class': quad_class,
             'cameo_root': cameo_root, 'intensity': intensity} AS value
        FROM counted_mentions GROUP BY ALL
    ) GROUP BY event_id
),
modalities AS (
    SELECT event_id, arg_max(value, (weight, value)) AS value
    FROM (
        SELECT event_id, round(sum(confidence), 6) AS weight,
            {'modality': modality, 'negated': negated} AS value
        FROM counted_mentions GROUP BY ALL
    ) GROUP BY event_id
),
dates AS (
    SELECT event_id, arg_max(value, (weight, value)) AS value
    FROM (
        SELECT event_id, round(sum(confidence), 6) AS weight,
            {'date_value': event_date_value, 'date_first': event_date_first, 'date_last': event_date_last,
             'date_precision': event_date_precision} AS value
        FROM counted_mentions WHERE event_date_first IS NOT NULL GROUP BY ALL
    ) GROUP BY event_id
),
-- Both sides at once: of "A met B" and "B met A" neither may become "A met A".
sides AS (
    SELECT event_id, arg_max(value, (weight, value)) AS value
    FROM (
        SELECT event_id, round(sum(confidence), 6) AS weight,
            {'actor_id': actor_id, 'recipient_id': recipient_id} AS value
        FROM counted_mentions GROUP BY ALL
    ) GROUP BY event_id
),
place_choices AS (
    SELECT event_id, arg_max(place_id, (weight, place_id)) AS place_id
    FROM (
        SELECT event_id, place_id, round(sum(confidence), 6) AS weight
        FROM counted_mentions WHERE place_id IS NOT NULL GROUP BY ALL
    ) GROUP BY event_id
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
    o.value.modality, o.value.negated,
    d.value.date_value AS event_date_value, d.value.date_first AS event_date_first,
    d.value.date_last AS event_date_last, d.value.date_precision AS event_date_precision,
    w.value.actor_id, w.value.recipient_id, p.place_id,
    n.mention_count, r.article_count, r.source_count, r.first_reported_at, r.last_reported_at, r.first_article_id,
    n.confidence, n.coder_versions, NULL::VARCHAR AS withdrawn_run_id
FROM types AS t
JOIN modalities AS o USING (event_id)
JOIN sides AS w USING (event_id)
JOIN reports AS r USING (event_id)
JOIN mention_totals AS n USING (event_id)
LEFT JOIN dates AS d USING (event_id)
LEFT JOIN place_choices AS p USING (event_id);

DELETE FROM events WHERE event_id IN (SELECT event_id FROM rebuilt_events);
INSERT INTO events BY NAME SELECT * FROM rebuilt_events ORDER BY event_id;

-- An event that no current text reports any more keeps its row: somebody may hold its id, and that a report was taken
-- back is itself news.
UPDATE events
SET mention_count = 0, article_count = 0, source_count = 0, withdrawn_run_id = getvariable('run_id')
WHERE event_id IN (SELECT event_id FROM touched_events)
  AND event_id NOT IN (SELECT event_id FROM counted_mentions WHERE is_reported);
