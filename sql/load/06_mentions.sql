-- Mentions, with the ids of their actors and places, each in the event it would found: which one it tells of is found
-- next (`pipeline/warehouse/event_identity.py`). One sentence counts once for one event: of several mentions the most
-- confident one stays (the others are counted as same_sentence).
CREATE OR REPLACE TEMP MACRO hash_id(first_field, second_field, third_field) AS
    left(sha256(coalesce(first_field, '') || chr(31) || coalesce(second_field, '') || chr(31)
        || coalesce(third_field, '')), 16);

-- White space folded: the same name broken over two lines is the same name.
CREATE OR REPLACE TEMP MACRO folded_name(full_name, words) AS
    nullif(trim(regexp_replace(coalesce(full_name, words), '\s+', ' ', 'g')), '');

-- An article that is an original again may have been coded before it became a duplicate.
CREATE OR REPLACE TEMP TABLE recoded_mentions AS
SELECT mention_id, event_id FROM event_mentions SEMI JOIN staged_coded USING (article_id, revision);
CREATE OR REPLACE TEMP TABLE recoded_events AS SELECT DISTINCT event_id FROM recoded_mentions;
DELETE FROM event_mentions
WHERE EXISTS (FROM staged_coded AS c WHERE c.article_id = event_mentions.article_id AND c.revision = event_mentions.revision);

INSERT INTO event_mentions BY NAME
SELECT
    * EXCLUDE (told_words),
    event_id AS own_event_id,
    coalesce(told_words, []) AS told_words,
    getvariable('run_id') AS run_id,
    CASE WHEN folded_name(actor_name, actor_text) IS NOT NULL
        THEN hash_id(folded_name(actor_name, actor_text), actor_country_code, actor_sector) END AS actor_id,
    CASE WHEN folded_name(recipient_name, recipient_text) IS NOT NULL
        THEN hash_id(folded_name(recipient_name, recipient_text), recipient_country_code, recipient_sector)
        END AS recipient_id,
    CASE
        WHEN place_geonames_id IS NOT NULL THEN hash_id('geonames', place_geonames_id::VARCHAR, NULL)
        WHEN place_name IS NOT NULL THEN hash_id('name', place_name, place_country_code)
    END AS place_id
FROM staged_mentions
QUALIFY row_number() OVER (
    PARTITION BY event_id, article_id, revision, sentence_index
    ORDER BY confidence DESC, trigger_start, mention_id
) = 1
ORDER BY article_id, sentence_index, mention_id;
