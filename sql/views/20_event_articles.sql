-- One row for each article that reports an event now. The proof is the article's most confident mention; all of them
-- are in event_mentions. A duplicate reports what its original reports, in the original's words.
CREATE OR REPLACE VIEW event_articles AS
WITH best_mentions AS (
    SELECT
        m.*,
        count(*) OVER (PARTITION BY m.event_id, m.article_id) AS mentions_in_article
    FROM event_mentions AS m
    JOIN articles AS a ON a.article_id = m.article_id AND a.current_revision = m.revision AND a.duplicate_of IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY m.event_id, m.article_id ORDER BY m.confidence DESC, m.sentence_index, m.mention_id) = 1
)
SELECT
    e.event_id,
    e.event_date_first AS event_date,
    e.event_date_last,
    e.event_date_precision,
    e.event_type,
    e.event_mode,
    actor.name AS actor_name,
    actor.country_code AS actor_country_code,
    actor.sector AS actor_sector,
    recipient.name AS recipient_name,
    recipient.country_code AS recipient_country_code,
    recipient.sector AS recipient_sector,
    place.name AS place_name,
    place.country_code AS place_country_code,
    place.region AS place_region,
    place.region_code AS place_region_code,
    place.latitude,
    place.longitude,
    e.modality,
    e.negated,
    e.quad_class,
    e.cameo_root,
    e.intensity,
    r.headline,
    s.name AS publisher,
    a.canonical_url AS url,
    r.published_at,
    substring(proof.body, m.evidence_start + 1, m.evidence_end - m.evidence_start) AS evidence,
    substring(proof.body, m.trigger_start + 1, m.trigger_end - m.trigger_start) AS trigger_word,
    m.confidence,
    a.duplicate_of IS NOT NULL AS inherited,
    m.mentions_in_article,
    e.article_count,
    e.source_count,
    a.article_id,
    a.source_id,
    m.article_id AS evidence_article_id,
    m.revision AS evidence_revision,
    m.mention_id
FROM best_mentions AS m
JOIN events AS e ON e.event_id = m.event_id
JOIN articles AS a ON coalesce(a.duplicate_of, a.article_id) = m.article_id
JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
JOIN article_revisions AS proof ON proof.article_id = m.article_id AND proof.revision = m.revision
JOIN sources AS s ON s.source_id = a.source_id
LEFT JOIN actors AS actor ON actor.actor_id = e.actor_id
LEFT JOIN actors AS recipient ON recipient.actor_id = e.recipient_id
LEFT JOIN places AS place ON place.place_id = e.place_id;
COMMENT ON VIEW event_articles IS 'What an analyst opens first: every event with every article that reports it and the sentence that proves it. Key: event_id, article_id.';
COMMENT ON COLUMN event_articles.event_id IS 'The event.';
COMMENT ON COLUMN event_articles.event_date IS 'First day it can have happened. NULL: the reports do not say.';
COMMENT ON COLUMN event_articles.event_date_last IS 'Last day it can have happened. NULL: the reports do not say.';
COMMENT ON COLUMN event_articles.event_date_precision IS 'day, week, month, quarter, year or decade. NULL: no date.';
COMMENT ON COLUMN event_articles.event_type IS 'PLOVER event type.';
COMMENT ON COLUMN event_articles.event_mode IS 'PLOVER mode. NULL: the type has none, or the text does not say.';
COMMENT ON COLUMN event_articles.actor_name IS 'Who did it. NULL: the reports do not say.';
COMMENT ON COLUMN event_articles.actor_country_code IS 'Country of the actor, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN event_articles.actor_sector IS 'PLOVER sector of the actor. NULL: not known.';
COMMENT ON COLUMN event_articles.recipient_name IS 'To whom. NULL: nobody, or the reports do not say.';
COMMENT ON COLUMN event_articles.recipient_country_code IS 'Country of the recipient, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN event_articles.recipient_sector IS 'PLOVER sector of the recipient. NULL: not known.';
COMMENT ON COLUMN event_articles.place_name IS 'Where. NULL: not said, or not geocoded.';
COMMENT ON COLUMN event_articles.place_country_code IS 'Country of the place, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN event_articles.place_region IS 'First-level region that the place lies in, or is. NULL: a whole country, a sea, or not known.';
COMMENT ON COLUMN event_articles.place_region_code IS 'ISO 3166-2 code of that region, as in places. NULL: as place_region.';
COMMENT ON COLUMN event_articles.latitude IS 'Degrees north, WGS 84. NULL: not known.';
COMMENT ON COLUMN event_articles.longitude IS 'Degrees east, WGS 84. NULL: not known.';
COMMENT ON COLUMN event_articles.modality IS 'actual, ongoing, future, conditional, denied or historical.';
COMMENT ON COLUMN event_articles.negated IS 'True: the reports say that it did not happen.';
COMMENT ON COLUMN event_articles.quad_class IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN event_articles.cameo_root IS 'CAMEO root code, two digits. NULL: none fits.';
COMMENT ON COLUMN event_articles.intensity IS 'Goldstein-style intensity, -10 to 10. NULL: none assigned.';
COMMENT ON COLUMN event_articles.headline IS 'Headline of the reporting article. NULL: the page shows none.';
COMMENT ON COLUMN event_articles.publisher IS 'Name of its source.';
COMMENT ON COLUMN event_articles.url IS 'Its canonical URL.';
COMMENT ON COLUMN event_articles.published_at IS 'When it was published (UTC instant). NULL: the page does not say.';
COMMENT ON COLUMN event_articles.evidence IS 'The passage that reports the event, word for word; of a duplicate, the original''s passage.';
COMMENT ON COLUMN event_articles.trigger_word IS 'The word in it that reports the act.';
COMMENT ON COLUMN event_articles.confidence IS 'How sure the coder is of this passage, 0 to 1.';
COMMENT ON COLUMN event_articles.inherited IS 'True: the article re-uses another''s text and reports the event through it.';
COMMENT ON COLUMN event_articles.mentions_in_article IS 'Sentences of that text that report the event.';
COMMENT ON COLUMN event_articles.article_count IS 'Articles that report the event, duplicates included.';
COMMENT ON COLUMN event_articles.source_count IS 'Different sources that report the event.';
COMMENT ON COLUMN event_articles.article_id IS 'The reporting article.';
COMMENT ON COLUMN event_articles.source_id IS 'Its source.';
COMMENT ON COLUMN event_articles.evidence_article_id IS 'The article the passage stands in: the original where inherited.';
COMMENT ON COLUMN event_articles.evidence_revision IS 'The revision the passage stands in.';
COMMENT ON COLUMN event_articles.mention_id IS 'The mention that is shown, in event_mentions.';
