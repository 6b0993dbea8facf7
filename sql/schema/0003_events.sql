-- What the articles report: events, the passages that report them, who took part, where.

CREATE TABLE events (
    event_id VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL CHECK (event_type IN (
        'AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'YIELD', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN',
        'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')),
    event_mode VARCHAR,
    quad_class BIGINT NOT NULL CHECK (quad_class BETWEEN 1 AND 4),
    cameo_root VARCHAR CHECK (length(cameo_root) = 2),
    intensity DOUBLE CHECK (intensity BETWEEN -10 AND 10),
    modality VARCHAR NOT NULL
        CHECK (modality IN ('actual', 'ongoing', 'future', 'conditional', 'denied', 'historical')),
    negated BOOLEAN NOT NULL,
    event_date_value VARCHAR,
    event_date_first DATE,
    event_date_last DATE,
    event_date_precision VARCHAR
        CHECK (event_date_precision IN ('day', 'week', 'month', 'quarter', 'year', 'decade')),
    actor_id VARCHAR,
    recipient_id VARCHAR,
    place_id VARCHAR,
    mention_count BIGINT NOT NULL,
    article_count BIGINT NOT NULL,
    source_count BIGINT NOT NULL,
    first_reported_at TIMESTAMPTZ NOT NULL,
    last_reported_at TIMESTAMPTZ NOT NULL,
    first_article_id VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    coder_versions VARCHAR[] NOT NULL,
    withdrawn_run_id VARCHAR
);
COMMENT ON TABLE events IS 'One row for each happening, put together from all its mentions in current article revisions: of each field the value with the highest sum of confidence. Key: event_id.';
COMMENT ON COLUMN events.event_id IS 'Id of the event. Key.';
COMMENT ON COLUMN events.event_type IS 'What kind of act, PLOVER: AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT.';
COMMENT ON COLUMN events.event_mode IS 'PLOVER mode of the act. NULL: the type has none, or the text does not say.';
COMMENT ON COLUMN events.quad_class IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN events.cameo_root IS 'CAMEO root code, two digits. NULL: none fits.';
COMMENT ON COLUMN events.intensity IS 'Goldstein-style intensity, -10 (most hostile) to 10 (most friendly). NULL: none assigned.';
COMMENT ON COLUMN events.modality IS 'actual, ongoing, future, conditional, denied or historical.';
COMMENT ON COLUMN events.negated IS 'True: the reports say that it did not happen.';
COMMENT ON COLUMN events.event_date_value IS 'When it happened as a TIMEX3 value: 2013-11-12, 2013-W46, 2013-03. NULL: the reports do not say.';
COMMENT ON COLUMN events.event_date_first IS 'First day it can have happened (calendar day). NULL: the reports do not say.';
COMMENT ON COLUMN events.event_date_last IS 'Last day it can have happened (calendar day). NULL: the reports do not say.';
COMMENT ON COLUMN events.event_date_precision IS 'day, week, month, quarter, year or decade. NULL: no date.';
COMMENT ON COLUMN events.actor_id IS 'Who did it: actors.actor_id. NULL: the reports do not say.';
COMMENT ON COLUMN events.recipient_id IS 'To whom: actors.actor_id. NULL: nobody, or the reports do not say.';
COMMENT ON COLUMN events.place_id IS 'Where: places.place_id. NULL: not said, or not geocoded.';
COMMENT ON COLUMN events.mention_count IS 'Mentions in current revisions. 0: withdrawn, no current text reports it any more.';
COMMENT ON COLUMN events.article_count IS 'Articles that report it now, duplicates of them included.';
COMMENT ON COLUMN events.source_count IS 'Different sources of those articles.';
COMMENT ON COLUMN events.first_reported_at IS 'Earliest publication among those articles; where a page gives no time, when we first saw it (UTC instant).';
COMMENT ON COLUMN events.last_reported_at IS 'Latest publication among those articles, likewise (UTC instant).';
COMMENT ON COLUMN events.first_article_id IS 'The article of first_reported_at.';
COMMENT ON COLUMN events.confidence IS 'Highest confidence of its mentions, 0 to 1. How many sources agree is source_count, kept apart on purpose.';
COMMENT ON COLUMN events.coder_versions IS 'Coders and versions that found it, sorted.';
COMMENT ON COLUMN events.withdrawn_run_id IS 'The run in which its last mention vanished; the fields keep their last values. NULL: it is still reported.';

CREATE TABLE event_mentions (
    mention_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    sentence_index BIGINT NOT NULL CHECK (sentence_index >= 0),
    run_id VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL CHECK (event_type IN (
        'AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'YIELD', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN',
        'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')),
    event_mode VARCHAR,
    quad_class BIGINT NOT NULL CHECK (quad_class BETWEEN 1 AND 4),
    cameo_root VARCHAR CHECK (length(cameo_root) = 2),
    intensity DOUBLE CHECK (intensity BETWEEN -10 AND 10),
    modality VARCHAR NOT NULL
        CHECK (modality IN ('actual', 'ongoing', 'future', 'conditional', 'denied', 'historical')),
    negated BOOLEAN NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    actor_id VARCHAR,
    actor_text VARCHAR,
    actor_start BIGINT,
    actor_end BIGINT,
    actor_name VARCHAR,
    actor_country_code VARCHAR,
    actor_sector VARCHAR,
    recipient_id VARCHAR,
    recipient_text VARCHAR,
    recipient_start BIGINT,
    recipient_end BIGINT,
    recipient_name VARCHAR,
    recipient_country_code VARCHAR,
    recipient_sector VARCHAR,
    date_text VARCHAR,
    date_start BIGINT,
    date_end BIGINT,
    event_date_value VARCHAR,
    event_date_first DATE,
    event_date_last DATE,
    event_date_precision VARCHAR
        CHECK (event_date_precision IN ('day', 'week', 'month', 'quarter', 'year', 'decade')),
    place_id VARCHAR,
    place_text VARCHAR,
    place_start BIGINT,
    place_end BIGINT,
    place_name VARCHAR,
    place_latitude DOUBLE,
    place_longitude DOUBLE,
    place_country_code VARCHAR,
    place_geonames_id BIGINT,
    evidence_start BIGINT NOT NULL,
    evidence_end BIGINT NOT NULL,
    trigger_start BIGINT NOT NULL,
    trigger_end BIGINT NOT NULL,
    coder VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL
);
COMMENT ON TABLE event_mentions IS 'One row for each sentence of an article revision that reports an event, with the words that prove it. Append-only: mentions of older revisions stay. Key: event_id, article_id, revision, sentence_index.';
COMMENT ON COLUMN event_mentions.mention_id IS 'Hash of article, revision, place in the text, type, actor and recipient. Unique.';
COMMENT ON COLUMN event_mentions.event_id IS 'The event it reports.';
COMMENT ON COLUMN event_mentions.article_id IS 'The article it stands in; always an original.';
COMMENT ON COLUMN event_mentions.revision IS 'The revision it stands in; it counts only while that is the article''s current_revision.';
COMMENT ON COLUMN event_mentions.sentence_index IS 'Sentence of the body, counted from 0.';
COMMENT ON COLUMN event_mentions.run_id IS 'The run that coded it.';
COMMENT ON COLUMN event_mentions.event_type IS 'PLOVER event type, as in events.';
COMMENT ON COLUMN event_mentions.event_mode IS 'PLOVER mode. NULL: the type has none, or the text does not say.';
COMMENT ON COLUMN event_mentions.quad_class IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN event_mentions.cameo_root IS 'CAMEO root code, two digits. NULL: none fits.';
COMMENT ON COLUMN event_mentions.intensity IS 'Goldstein-style intensity, -10 to 10. NULL: none assigned.';
COMMENT ON COLUMN event_mentions.modality IS 'actual, ongoing, future, conditional, denied or historical.';
COMMENT ON COLUMN event_mentions.negated IS 'True: the sentence says that it did not happen.';
COMMENT ON COLUMN event_mentions.confidence IS 'How sure the coder is, 0 to 1.';
COMMENT ON COLUMN event_mentions.actor_id IS 'actors.actor_id of the actor. NULL: the sentence names none.';
COMMENT ON COLUMN event_mentions.actor_text IS 'Words that name the actor here. NULL: none.';
COMMENT ON COLUMN event_mentions.actor_start IS 'First character of actor_text in the body (code points, from 0). NULL: none.';
COMMENT ON COLUMN event_mentions.actor_end IS 'One past its last character. NULL: none.';
COMMENT ON COLUMN event_mentions.actor_name IS 'Fullest name the article gives the actor. NULL: it gives none.';
COMMENT ON COLUMN event_mentions.actor_country_code IS 'Country of the actor, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN event_mentions.actor_sector IS 'PLOVER sector of the actor: GOV MIL COP LEG JUD OPP REB BUS and so on. NULL: not known.';
COMMENT ON COLUMN event_mentions.recipient_id IS 'actors.actor_id of the recipient. NULL: the sentence names none.';
COMMENT ON COLUMN event_mentions.recipient_text IS 'Words that name the recipient here. NULL: none.';
COMMENT ON COLUMN event_mentions.recipient_start IS 'First character of recipient_text in the body (code points, from 0). NULL: none.';
COMMENT ON COLUMN event_mentions.recipient_end IS 'One past its last character. NULL: none.';
COMMENT ON COLUMN event_mentions.recipient_name IS 'Fullest name the article gives the recipient. NULL: it gives none.';
COMMENT ON COLUMN event_mentions.recipient_country_code IS 'Country of the recipient, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN event_mentions.recipient_sector IS 'PLOVER sector of the recipient. NULL: not known.';
COMMENT ON COLUMN event_mentions.date_text IS 'Words that date the event. NULL: none; a date may still follow from the context.';
COMMENT ON COLUMN event_mentions.date_start IS 'First character of date_text in the body (code points, from 0). NULL: none.';
COMMENT ON COLUMN event_mentions.date_end IS 'One past its last character. NULL: none.';
COMMENT ON COLUMN event_mentions.event_date_value IS 'TIMEX3 value of the date. NULL: not known.';
COMMENT ON COLUMN event_mentions.event_date_first IS 'First day it can have happened (calendar day). NULL: not known.';
COMMENT ON COLUMN event_mentions.event_date_last IS 'Last day it can have happened (calendar day). NULL: not known.';
COMMENT ON COLUMN event_mentions.event_date_precision IS 'day, week, month, quarter, year or decade. NULL: no date.';
COMMENT ON COLUMN event_mentions.place_id IS 'places.place_id. NULL: no place, or one that could not be geocoded.';
COMMENT ON COLUMN event_mentions.place_text IS 'Words that name the place. NULL: none.';
COMMENT ON COLUMN event_mentions.place_start IS 'First character of place_text in the body (code points, from 0). NULL: none.';
COMMENT ON COLUMN event_mentions.place_end IS 'One past its last character. NULL: none.';
COMMENT ON COLUMN event_mentions.place_name IS 'Name of the place in GeoNames. NULL: not geocoded.';
COMMENT ON COLUMN event_mentions.place_latitude IS 'Latitude, degrees north, WGS 84. NULL: not geocoded.';
COMMENT ON COLUMN event_mentions.place_longitude IS 'Longitude, degrees east, WGS 84. NULL: not geocoded.';
COMMENT ON COLUMN event_mentions.place_country_code IS 'Country of the place, ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN event_mentions.place_geonames_id IS 'GeoNames id. NULL: not geocoded.';
COMMENT ON COLUMN event_mentions.evidence_start IS 'First character of the passage in the body (code points, from 0).';
COMMENT ON COLUMN event_mentions.evidence_end IS 'One past its last character.';
COMMENT ON COLUMN event_mentions.trigger_start IS 'First character of the word that reports the act (code points, from 0).';
COMMENT ON COLUMN event_mentions.trigger_end IS 'One past its last character.';
COMMENT ON COLUMN event_mentions.coder IS 'Which coder found it.';
COMMENT ON COLUMN event_mentions.coder_version IS 'Version of the coder and its lexicon.';

CREATE TABLE actors (
    actor_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country_code VARCHAR,
    sector VARCHAR,
    event_count BIGINT NOT NULL,
    mention_count BIGINT NOT NULL
);
COMMENT ON TABLE actors IS 'Everybody who did something or to whom it was done: distinct name, country and sector. Key: actor_id.';
COMMENT ON COLUMN actors.actor_id IS 'Hash of name, country_code and sector. Key.';
COMMENT ON COLUMN actors.name IS 'Fullest name an article gives, else the words that name the actor there.';
COMMENT ON COLUMN actors.country_code IS 'ISO 3166 alpha-3. NULL: not known.';
COMMENT ON COLUMN actors.sector IS 'PLOVER sector, three letters. NULL: not known.';
COMMENT ON COLUMN actors.event_count IS 'Events in whose current mentions it is actor or recipient.';
COMMENT ON COLUMN actors.mention_count IS 'Mentions in current revisions in which it is actor or recipient.';

CREATE TABLE places (
    place_id VARCHAR NOT NULL,
    geonames_id BIGINT,
    name VARCHAR NOT NULL,
    country_code VARCHAR,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    event_count BIGINT NOT NULL,
    mention_count BIGINT NOT NULL
);
COMMENT ON TABLE places IS 'Geocoded places where events happened. Key: place_id.';
COMMENT ON COLUMN places.place_id IS 'Hash of the GeoNames id, else of name and country. Key.';
COMMENT ON COLUMN places.geonames_id IS 'GeoNames id. NULL: named by another gazetteer.';
COMMENT ON COLUMN places.name IS 'Name in the gazetteer.';
COMMENT ON COLUMN places.country_code IS 'ISO 3166 alpha-3. NULL: in no country, or not known.';
COMMENT ON COLUMN places.latitude IS 'Degrees north, WGS 84. NULL: not known.';
COMMENT ON COLUMN places.longitude IS 'Degrees east, WGS 84. NULL: not known.';
COMMENT ON COLUMN places.event_count IS 'Events with a current mention here.';
COMMENT ON COLUMN places.mention_count IS 'Mentions in current revisions that place an event here.';
