CREATE OR REPLACE VIEW dyads_daily AS
SELECT
    e.event_date_first AS day,
    actor.country_code AS actor_country_code,
    actor.sector AS actor_sector,
    recipient.country_code AS recipient_country_code,
    recipient.sector AS recipient_sector,
    count(*) AS event_count,
    count(*) FILTER (e.quad_class IN (1, 2)) AS cooperation_count,
    count(*) FILTER (e.quad_class IN (3, 4)) AS conflict_count,
    avg(e.intensity) AS mean_intensity
FROM events AS e
JOIN actors AS actor ON actor.actor_id = e.actor_id
JOIN actors AS recipient ON recipient.actor_id = e.recipient_id
WHERE e.event_date_precision = 'day' AND e.mention_count > 0
  AND NOT e.negated AND e.modality IN ('actual', 'ongoing', 'historical')
GROUP BY ALL;
COMMENT ON VIEW dyads_daily IS 'Who acts on whom, per day: pairs of country and sector. Only events with both sides, dated to the day and reported as having happened.';
COMMENT ON COLUMN dyads_daily.day IS 'Day of the events (calendar day).';
COMMENT ON COLUMN dyads_daily.actor_country_code IS 'Country of the actor, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN dyads_daily.actor_sector IS 'PLOVER sector of the actor. NULL: not known.';
COMMENT ON COLUMN dyads_daily.recipient_country_code IS 'Country of the recipient, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN dyads_daily.recipient_sector IS 'PLOVER sector of the recipient. NULL: not known.';
COMMENT ON COLUMN dyads_daily.event_count IS 'Different events between them.';
COMMENT ON COLUMN dyads_daily.cooperation_count IS 'Of these, cooperation (quad class 1 and 2).';
COMMENT ON COLUMN dyads_daily.conflict_count IS 'Of these, conflict (quad class 3 and 4).';
COMMENT ON COLUMN dyads_daily.mean_intensity IS 'Mean Goldstein-style intensity, -10 to 10. NULL: none assigned.';
