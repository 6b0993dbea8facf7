-- For people who know GDELT 2: its 16 columns. Unlike GDELT it has a key: event, URL and sentence.
CREATE OR REPLACE VIEW gdelt_mentions AS
SELECT
    m.event_id AS GLOBALEVENTID,
    strftime(f.first_seen_at, '%Y%m%d%H%M%S')::BIGINT AS EventTimeDate,
    strftime(a.first_seen_at, '%Y%m%d%H%M%S')::BIGINT AS MentionTimeDate,
    1::INTEGER AS MentionType,
    regexp_extract(a.canonical_url, '^[a-z]+://([^/:]+)', 1) AS MentionSourceName,
    a.canonical_url AS MentionIdentifier,
    m.sentence_index + 1 AS SentenceID,
    m.actor_start AS Actor1CharOffset,
    m.recipient_start AS Actor2CharOffset,
    m.trigger_start AS ActionCharOffset,
    1::INTEGER AS InRawText,
    round(m.confidence * 10)::INTEGER * 10 AS Confidence,
    length(r.body) AS MentionDocLen,
    NULL::DOUBLE AS MentionDocTone,
    NULL::VARCHAR AS MentionDocTranslationInfo,
    NULL::VARCHAR AS Extras
FROM event_mentions AS m
JOIN articles AS original ON original.article_id = m.article_id AND original.current_revision = m.revision
JOIN articles AS a ON coalesce(a.duplicate_of, a.article_id) = m.article_id
JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
JOIN events AS e ON e.event_id = m.event_id
JOIN articles AS f ON f.article_id = e.first_article_id;
COMMENT ON VIEW gdelt_mentions IS 'Our mentions under the column names of the GDELT 2 mentions table, current revisions only; a duplicate has its original''s mentions. Key: GLOBALEVENTID, MentionIdentifier, SentenceID.';
COMMENT ON COLUMN gdelt_mentions.GLOBALEVENTID IS 'Our event_id.';
COMMENT ON COLUMN gdelt_mentions.EventTimeDate IS 'When the event was first recorded, YYYYMMDDHHMMSS in UTC, as in GDELT; not when it happened.';
COMMENT ON COLUMN gdelt_mentions.MentionTimeDate IS 'When the mentioning article was first seen, YYYYMMDDHHMMSS in UTC.';
COMMENT ON COLUMN gdelt_mentions.MentionType IS '1: a web page. We read nothing else.';
COMMENT ON COLUMN gdelt_mentions.MentionSourceName IS 'Host name of the article''s URL.';
COMMENT ON COLUMN gdelt_mentions.MentionIdentifier IS 'URL of the article.';
COMMENT ON COLUMN gdelt_mentions.SentenceID IS 'Sentence of the text, counted from 1 as in GDELT. Of a duplicate: of the original''s text.';
COMMENT ON COLUMN gdelt_mentions.Actor1CharOffset IS 'First character of the actor in our stored text (code points, from 0); GDELT''s text differs. NULL: none named.';
COMMENT ON COLUMN gdelt_mentions.Actor2CharOffset IS 'First character of the recipient, likewise. NULL: none named.';
COMMENT ON COLUMN gdelt_mentions.ActionCharOffset IS 'First character of the word that reports the act, likewise.';
COMMENT ON COLUMN gdelt_mentions.InRawText IS '1: found in the text as published, without rewriting.';
COMMENT ON COLUMN gdelt_mentions.Confidence IS 'Confidence in per cent, in steps of ten as in GDELT.';
COMMENT ON COLUMN gdelt_mentions.MentionDocLen IS 'Length of the article''s text in code points; GDELT counts characters of the English text.';
COMMENT ON COLUMN gdelt_mentions.MentionDocTone IS 'Always NULL: we do not measure tone.';
COMMENT ON COLUMN gdelt_mentions.MentionDocTranslationInfo IS 'Always NULL: we do not translate.';
COMMENT ON COLUMN gdelt_mentions.Extras IS 'Always NULL: GDELT reserves it.';
