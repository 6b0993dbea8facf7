-- For people who know GDELT 2: its 61 columns, in its order, filled from our events. What we cannot fill is NULL.
-- All events that are still reported are here, also future, denied and negated ones; GDELT does not tell them apart.
CREATE OR REPLACE VIEW gdelt_events AS
SELECT
    e.event_id AS GLOBALEVENTID,
    strftime(e.event_date_first, '%Y%m%d')::INTEGER AS SQLDATE,
    strftime(e.event_date_first, '%Y%m')::INTEGER AS MonthYear,
    year(e.event_date_first)::INTEGER AS Year,
    round(year(e.event_date_first) + (month(e.event_date_first) * 30 + day(e.event_date_first)) / 365.0, 4) AS FractionDate,
    nullif(coalesce(actor.country_code, '') || coalesce(actor.sector, ''), '') AS Actor1Code,
    actor.name AS Actor1Name,
    actor.country_code AS Actor1CountryCode,
    NULL::VARCHAR AS Actor1KnownGroupCode,
    NULL::VARCHAR AS Actor1EthnicCode,
    NULL::VARCHAR AS Actor1Religion1Code,
    NULL::VARCHAR AS Actor1Religion2Code,
    actor.sector AS Actor1Type1Code,
    NULL::VARCHAR AS Actor1Type2Code,
    NULL::VARCHAR AS Actor1Type3Code,
    nullif(coalesce(recipient.country_code, '') || coalesce(recipient.sector, ''), '') AS Actor2Code,
    recipient.name AS Actor2Name,
    recipient.country_code AS Actor2CountryCode,
    NULL::VARCHAR AS Actor2KnownGroupCode,
    NULL::VARCHAR AS Actor2EthnicCode,
    NULL::VARCHAR AS Actor2Religion1Code,
    NULL::VARCHAR AS Actor2Religion2Code,
    recipient.sector AS Actor2Type1Code,
    NULL::VARCHAR AS Actor2Type2Code,
    NULL::VARCHAR AS Actor2Type3Code,
    (m.first_sentence = 0)::INTEGER AS IsRootEvent,
    e.cameo_root || '0' AS EventCode,
    e.cameo_root || '0' AS EventBaseCode,
    e.cameo_root AS EventRootCode,
    e.quad_class::INTEGER AS QuadClass,
    e.intensity AS GoldsteinScale,
    e.mention_count AS NumMentions,
    e.source_count AS NumSources,
    e.article_count AS NumArticles,
    NULL::DOUBLE AS AvgTone,
    NULL::INTEGER AS Actor1Geo_Type,
    NULL::VARCHAR AS Actor1Geo_FullName,
    NULL::VARCHAR AS Actor1Geo_CountryCode,
    NULL::VARCHAR AS Actor1Geo_ADM1Code,
    NULL::VARCHAR AS Actor1Geo_ADM2Code,
    NULL::DOUBLE AS Actor1Geo_Lat,
    NULL::DOUBLE AS Actor1Geo_Long,
    NULL::VARCHAR AS Actor1Geo_FeatureID,
    NULL::INTEGER AS Actor2Geo_Type,
    NULL::VARCHAR AS Actor2Geo_FullName,
    NULL::VARCHAR AS Actor2Geo_CountryCode,
    NULL::VARCHAR AS Actor2Geo_ADM1Code,
    NULL::VARCHAR AS Actor2Geo_ADM2Code,
    NULL::DOUBLE AS Actor2Geo_Lat,
    NULL::DOUBLE AS Actor2Geo_Long,
    NULL::VARCHAR AS Actor2Geo_FeatureID,
    NULL::INTEGER AS ActionGeo_Type,
    place.name || coalesce(', ' || nullif(place.region, place.name), '') || coalesce(', ' || nullif(country.name, place.name), '')
        AS ActionGeo_FullName,
    country.fips_code AS ActionGeo_CountryCode,
    NULL::VARCHAR AS ActionGeo_ADM1Code,
    NULL::VARCHAR AS ActionGeo_ADM2Code,
    place.latitude AS ActionGeo_Lat,
    place.longitude AS ActionGeo_Long,
    NULL::VARCHAR AS ActionGeo_FeatureID,
    strftime(first_seen.first_seen_at, '%Y%m%d%H%M%S')::BIGINT AS DATEADDED,
    first_seen.canonical_url AS SOURCEURL
FROM events AS e
JOIN articles AS first_seen ON first_seen.article_id = e.first_article_id
JOIN (
    SELECT m.event_id, min(m.sentence_index) AS first_sentence
    FROM event_mentions AS m
    JOIN articles AS a ON a.article_id = m.article_id AND a.current_revision = m.revision AND a.duplicate_of IS NULL
    GROUP BY m.event_id
) AS m ON m.event_id = e.event_id
LEFT JOIN actors AS actor ON actor.actor_id = e.actor_id
LEFT JOIN actors AS recipient ON recipient.actor_id = e.recipient_id
LEFT JOIN places AS place ON place.place_id = e.place_id
LEFT JOIN countries AS country ON country.country_code = place.country_code
WHERE e.mention_count > 0;
COMMENT ON VIEW gdelt_events IS 'Our events under the column names of the GDELT 2 event table. Look at events for what GDELT has no word for: modality, negation, date precision. Key: GLOBALEVENTID.';
COMMENT ON COLUMN gdelt_events.GLOBALEVENTID IS 'Our event_id, a hexadecimal text; GDELT has a number.';
COMMENT ON COLUMN gdelt_events.SQLDATE IS 'First day of the event as YYYYMMDD. GDELT always has one. NULL: the reports do not say.';
COMMENT ON COLUMN gdelt_events.MonthYear IS 'YYYYMM. NULL: no date.';
COMMENT ON COLUMN gdelt_events.Year IS 'YYYY. NULL: no date.';
COMMENT ON COLUMN gdelt_events.FractionDate IS 'GDELT''s YYYY.FFFF: year + (month * 30 + day) / 365. NULL: no date.';
COMMENT ON COLUMN gdelt_events.Actor1Code IS 'Country and sector of the actor joined, as GDELT joins CAMEO codes; the sectors are PLOVER''s. NULL: neither known.';
COMMENT ON COLUMN gdelt_events.Actor1Name IS 'Name of the actor; GDELT has it in capitals. NULL: none reported.';
COMMENT ON COLUMN gdelt_events.Actor1CountryCode IS 'Country of the actor, ISO 3166 alpha-3. CAMEO''s codes are the same for most states, not for all (CAMEO has ROM for ROU, for instance). NULL: not known.';
COMMENT ON COLUMN gdelt_events.Actor1KnownGroupCode IS 'Always NULL: we do not code named groups.';
COMMENT ON COLUMN gdelt_events.Actor1EthnicCode IS 'Always NULL: we do not code ethnicity.';
COMMENT ON COLUMN gdelt_events.Actor1Religion1Code IS 'Always NULL: we do not code religion.';
COMMENT ON COLUMN gdelt_events.Actor1Religion2Code IS 'Always NULL: we do not code religion.';
COMMENT ON COLUMN gdelt_events.Actor1Type1Code IS 'PLOVER sector of the actor; most are CAMEO role codes too. NULL: not known.';
COMMENT ON COLUMN gdelt_events.Actor1Type2Code IS 'Always NULL: we give one sector.';
COMMENT ON COLUMN gdelt_events.Actor1Type3Code IS 'Always NULL: we give one sector.';
COMMENT ON COLUMN gdelt_events.Actor2Code IS 'Country and sector of the recipient joined, as GDELT joins CAMEO codes; the sectors are PLOVER''s. NULL: neither known.';
COMMENT ON COLUMN gdelt_events.Actor2Name IS 'Name of the recipient; GDELT has it in capitals. NULL: none reported.';
COMMENT ON COLUMN gdelt_events.Actor2CountryCode IS 'Country of the recipient, ISO 3166 alpha-3. CAMEO''s codes are the same for most states, not for all (CAMEO has ROM for ROU, for instance). NULL: not known.';
COMMENT ON COLUMN gdelt_events.Actor2KnownGroupCode IS 'Always NULL: we do not code named groups.';
COMMENT ON COLUMN gdelt_events.Actor2EthnicCode IS 'Always NULL: we do not code ethnicity.';
COMMENT ON COLUMN gdelt_events.Actor2Religion1Code IS 'Always NULL: we do not code religion.';
COMMENT ON COLUMN gdelt_events.Actor2Religion2Code IS 'Always NULL: we do not code religion.';
COMMENT ON COLUMN gdelt_events.Actor2Type1Code IS 'PLOVER sector of the recipient; most are CAMEO role codes too. NULL: not known.';
COMMENT ON COLUMN gdelt_events.Actor2Type2Code IS 'Always NULL: we give one sector.';
COMMENT ON COLUMN gdelt_events.Actor2Type3Code IS 'Always NULL: we give one sector.';
COMMENT ON COLUMN gdelt_events.IsRootEvent IS '1: a report has it in its first sentence; GDELT means the lead paragraph.';
COMMENT ON COLUMN gdelt_events.EventCode IS 'CAMEO code of the root, ''not specified below'' (140 for 14). We code no finer CAMEO class. NULL: no root fits.';
COMMENT ON COLUMN gdelt_events.EventBaseCode IS 'The same as EventCode.';
COMMENT ON COLUMN gdelt_events.EventRootCode IS 'CAMEO root code, two digits. NULL: none fits.';
COMMENT ON COLUMN gdelt_events.QuadClass IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. By PLOVER: protests are 4 here and 3 in GDELT, investigations 3 here and 2 in GDELT.';
COMMENT ON COLUMN gdelt_events.GoldsteinScale IS 'Goldstein-style intensity of the type, -10 to 10. NULL: none assigned.';
COMMENT ON COLUMN gdelt_events.NumMentions IS 'Sentences that report it, in originals only; GDELT counts all documents of 15 minutes.';
COMMENT ON COLUMN gdelt_events.NumSources IS 'Different sources that report it, to this day.';
COMMENT ON COLUMN gdelt_events.NumArticles IS 'Articles that report it, duplicates included, to this day.';
COMMENT ON COLUMN gdelt_events.AvgTone IS 'Always NULL: we do not measure tone.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_Type IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_FullName IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_CountryCode IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_ADM1Code IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_ADM2Code IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_Lat IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_Long IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor1Geo_FeatureID IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_Type IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_FullName IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_CountryCode IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_ADM1Code IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_ADM2Code IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_Lat IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_Long IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.Actor2Geo_FeatureID IS 'Always NULL: we place the event, not its sides.';
COMMENT ON COLUMN gdelt_events.ActionGeo_Type IS 'Always NULL: we do not keep the kind of place.';
COMMENT ON COLUMN gdelt_events.ActionGeo_FullName IS 'Place, first-level region and country, as far as they differ and are known. NULL: not geocoded.';
COMMENT ON COLUMN gdelt_events.ActionGeo_CountryCode IS 'Country of the place, FIPS 10-4 as in GDELT (UK, not GBR), through the table countries. NULL: not geocoded, or FIPS has none.';
COMMENT ON COLUMN gdelt_events.ActionGeo_ADM1Code IS 'Always NULL: GDELT has FIPS codes of regions here; the ISO 3166-2 code is places.region_code.';
COMMENT ON COLUMN gdelt_events.ActionGeo_ADM2Code IS 'Always NULL: we do not keep districts.';
COMMENT ON COLUMN gdelt_events.ActionGeo_Lat IS 'Degrees north, WGS 84. NULL: not geocoded.';
COMMENT ON COLUMN gdelt_events.ActionGeo_Long IS 'Degrees east, WGS 84. NULL: not geocoded.';
COMMENT ON COLUMN gdelt_events.ActionGeo_FeatureID IS 'Always NULL: GDELT has GNS and GNIS ids, we have GeoNames ids (places.geonames_id).';
COMMENT ON COLUMN gdelt_events.DATEADDED IS 'When its first report was first seen, YYYYMMDDHHMMSS in UTC.';
COMMENT ON COLUMN gdelt_events.SOURCEURL IS 'URL of its earliest report.';
