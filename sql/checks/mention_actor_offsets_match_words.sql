-- severity: error
-- says: the offsets of actor, recipient, date and place cut the very words out of the text that the mention names
WITH words AS (
    SELECT mention_id, 'actor' AS part, actor_text AS words, actor_start AS first, actor_end AS past, article_id, revision
    FROM event_mentions WHERE run_id = getvariable('run_id')
    UNION ALL SELECT mention_id, 'recipient', recipient_text, recipient_start, recipient_end, article_id, revision
    FROM event_mentions WHERE run_id = getvariable('run_id')
    UNION ALL SELECT mention_id, 'date', date_text, date_start, date_end, article_id, revision
    FROM event_mentions WHERE run_id = getvariable('run_id')
    UNION ALL SELECT mention_id, 'place', place_text, place_start, place_end, article_id, revision
    FROM event_mentions WHERE run_id = getvariable('run_id')
)
SELECT w.mention_id, w.part, w.words, w.first, w.past, substring(r.body, w.first + 1, w.past - w.first) AS found
FROM words AS w JOIN article_revisions AS r USING (article_id, revision)
WHERE w.first IS NOT NULL
  AND (w.first < 0 OR w.past <= w.first OR w.past > length(r.body)
       OR substring(r.body, w.first + 1, w.past - w.first) IS DISTINCT FROM w.words);
