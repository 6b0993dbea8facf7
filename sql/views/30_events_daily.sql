CREATE OR REPLACE VIEW events_daily AS
SELECT
    e.event_date_first AS day,
    p.country_code,
    e.event_type,
    e.quad_class,
    count(*) AS event_count,
    sum(e.mention_count)::BIGINT AS mention_count,
    sum(e.article_count)::BIGINT AS article_count,
    avg(e.intensity) AS mean_intensity
FROM events AS e
LEFT JOIN places AS p USING (place_id)
WHERE e.event_date_precision = 'day' AND e.mention_count > 0
  AND NOT e.negated AND e.modality IN ('actual', 'ongoing', 'historical')
GROUP BY ALL;
COMMENT ON VIEW events_daily IS 'Events per day, country of the place and type. Only what is dated to the day and reported as having happened.';
COMMENT ON COLUMN events_daily.day IS 'Day of the events (calendar day).';
COMMENT ON COLUMN events_daily.country_code IS 'Country of the place, ISO 3166 alpha-3. NULL: place not known.';
COMMENT ON COLUMN events_daily.event_type IS 'PLOVER event type.';
COMMENT ON COLUMN events_daily.quad_class IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN events_daily.event_count IS 'Different events.';
COMMENT ON COLUMN events_daily.mention_count IS 'Sentences that report them.';
COMMENT ON COLUMN events_daily.article_count IS 'Reports of them, duplicates included; an article counts once for each event.';
COMMENT ON COLUMN events_daily.mean_intensity IS 'Mean Goldstein-style intensity, -10 to 10. NULL: none assigned.';
