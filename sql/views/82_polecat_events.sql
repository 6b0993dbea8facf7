-- For people who know POLECAT: its 40 columns. NULL where POLECAT's files have the text None.
-- The raw words are those of the event's most confident mention.
CREATE OR REPLACE VIEW polecat_events AS
SELECT
    e.event_id AS "Event ID",
    e.event_date_first AS "Event Date",
    e.event_type AS "Event Type",
    e.event_mode AS "Event Mode",
    e.intensity AS Intensity,
    (['VERBAL COOPERATION', 'MATERIAL COOPERATION', 'VERBAL CONFLICT', 'MATERIAL CONFLICT'])[e.quad_class] AS "Quad Code",
    NULL::VARCHAR AS Contexts,
    actor.name AS "Actor Name",
    actor.country_code AS "Actor Country",
    NULL::VARCHAR AS "Actor COW",
    actor.sector AS "Primary Actor Sector",
    actor.sector AS "Actor Sectors",
    NULL::VARCHAR AS "Actor Title",
    m.actor_text AS "Actor Name Raw",
    NULL::VARCHAR AS "Wikipedia Actor ID",
    recipient.name AS "Recipient Name",
    recipient.country_code AS "Recipient Country",
    NULL::VARCHAR AS "Recipient COW",
    recipient.sector AS "Primary Recipient Sector",
    recipient.sector AS "Recipient Sectors",
    NULL::VARCHAR AS "Recipient Title",
    m.recipient_text AS "Recipient Name Raw",
    NULL::VARCHAR AS "Wikipedia Recipient ID",
    place.name AS Placename,
    NULL::VARCHAR AS City,
    NULL::VARCHAR AS District,
    place.region AS Province,
    place.country_code AS Country,
    place.latitude AS Latitude,
    place.longitude AS Longitude,
    place.geonames_id AS "GeoNames ID",
    m.place_text AS "Raw Placename",
    NULL::VARCHAR AS "Feature Type",
    s.name AS Source,
    e.first_reported_at::DATE AS "Publication Date",
    NULL::VARCHAR AS "Story People",
    NULL::VARCHAR AS "Story Organizations",
    NULL::VARCHAR AS "Story Locations",
    r.language AS Language,
    list_aggregate(e.coder_versions, 'string_agg', ';') AS Version
FROM events AS e
JOIN (
    SELECT m.*
    FROM event_mentions AS m
    JOIN articles AS a ON a.article_id = m.article_id AND a.current_revision = m.revision AND a.duplicate_of IS NULL
    QUALIFY row_number() OVER (PARTITION BY m.event_id ORDER BY m.confidence DESC, m.mention_id) = 1
) AS m ON m.event_id = e.event_id
JOIN articles AS first_seen ON first_seen.article_id = e.first_article_id
JOIN sources AS s ON s.source_id = first_seen.source_id
JOIN article_revisions AS r ON r.article_id = m.article_id AND r.revision = m.revision
LEFT JOIN actors AS actor ON actor.actor_id = e.actor_id
LEFT JOIN actors AS recipient ON recipient.actor_id = e.recipient_id
LEFT JOIN places AS place ON place.place_id = e.place_id
WHERE e.mention_count > 0;
COMMENT ON VIEW polecat_events IS 'Our events under the column names of POLECAT, one row for each event that is still reported. Key: Event ID.';
COMMENT ON COLUMN polecat_events."Event ID" IS 'Our event_id.';
COMMENT ON COLUMN polecat_events."Event Date" IS 'First day of the event. POLECAT falls back to the publication date, we do not. NULL: the reports do not say.';
COMMENT ON COLUMN polecat_events."Event Type" IS 'PLOVER event type. POLECAT has RETREAT apart and writes CONCEDE for YIELD.';
COMMENT ON COLUMN polecat_events."Event Mode" IS 'PLOVER mode. NULL: the type has none, or the text does not say.';
COMMENT ON COLUMN polecat_events.Intensity IS 'Goldstein-style intensity, -10 to 10. NULL: none assigned.';
COMMENT ON COLUMN polecat_events."Quad Code" IS 'Quad class in words.';
COMMENT ON COLUMN polecat_events.Contexts IS 'Always NULL: we do not code PLOVER contexts.';
COMMENT ON COLUMN polecat_events."Actor Name" IS 'Fullest name of the actor; POLECAT resolves to Wikipedia, we do not. NULL: none reported.';
COMMENT ON COLUMN polecat_events."Actor Country" IS 'Country of the actor, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN polecat_events."Actor COW" IS 'Always NULL: we do not keep Correlates of War numbers.';
COMMENT ON COLUMN polecat_events."Primary Actor Sector" IS 'PLOVER sector. NULL: not known.';
COMMENT ON COLUMN polecat_events."Actor Sectors" IS 'The same: we give one sector. NULL: not known.';
COMMENT ON COLUMN polecat_events."Actor Title" IS 'Always NULL: we do not keep titles.';
COMMENT ON COLUMN polecat_events."Actor Name Raw" IS 'Words that name the actor in the sentence shown. NULL: none.';
COMMENT ON COLUMN polecat_events."Wikipedia Actor ID" IS 'Always NULL: we do not link to Wikipedia.';
COMMENT ON COLUMN polecat_events."Recipient Name" IS 'Fullest name of the recipient; POLECAT resolves to Wikipedia, we do not. NULL: none reported.';
COMMENT ON COLUMN polecat_events."Recipient Country" IS 'Country of the recipient, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN polecat_events."Recipient COW" IS 'Always NULL: we do not keep Correlates of War numbers.';
COMMENT ON COLUMN polecat_events."Primary Recipient Sector" IS 'PLOVER sector. NULL: not known.';
COMMENT ON COLUMN polecat_events."Recipient Sectors" IS 'The same: we give one sector. NULL: not known.';
COMMENT ON COLUMN polecat_events."Recipient Title" IS 'Always NULL: we do not keep titles.';
COMMENT ON COLUMN polecat_events."Recipient Name Raw" IS 'Words that name the recipient in the sentence shown. NULL: none.';
COMMENT ON COLUMN polecat_events."Wikipedia Recipient ID" IS 'Always NULL: we do not link to Wikipedia.';
COMMENT ON COLUMN polecat_events.Placename IS 'Place in GeoNames. NULL: not geocoded.';
COMMENT ON COLUMN polecat_events.City IS 'Always NULL: we do not keep the kind of place.';
COMMENT ON COLUMN polecat_events.District IS 'Always NULL: we do not keep districts.';
COMMENT ON COLUMN polecat_events.Province IS 'First-level region that the place lies in, or is. NULL: not known, or a whole country.';
COMMENT ON COLUMN polecat_events.Country IS 'Country of the place, ISO 3166 alpha-3. NULL: not geocoded.';
COMMENT ON COLUMN polecat_events.Latitude IS 'Degrees north, WGS 84. NULL: not geocoded.';
COMMENT ON COLUMN polecat_events.Longitude IS 'Degrees east, WGS 84. NULL: not geocoded.';
COMMENT ON COLUMN polecat_events."GeoNames ID" IS 'GeoNames id. NULL: not geocoded.';
COMMENT ON COLUMN polecat_events."Raw Placename" IS 'Words that name the place in the sentence shown. NULL: none.';
COMMENT ON COLUMN polecat_events."Feature Type" IS 'Always NULL: we do not keep the kind of place.';
COMMENT ON COLUMN polecat_events.Source IS 'Publisher of the earliest report.';
COMMENT ON COLUMN polecat_events."Publication Date" IS 'Day of the earliest report (UTC).';
COMMENT ON COLUMN polecat_events."Story People" IS 'Always NULL: we do not list the people of a story.';
COMMENT ON COLUMN polecat_events."Story Organizations" IS 'Always NULL: we do not list the organisations of a story.';
COMMENT ON COLUMN polecat_events."Story Locations" IS 'Always NULL: we do not list the places of a story.';
COMMENT ON COLUMN polecat_events.Language IS 'Language of the sentence shown, ISO 639-1. NULL: not recognised.';
COMMENT ON COLUMN polecat_events.Version IS 'Coders and versions that found it.';
