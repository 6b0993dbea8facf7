-- severity: error
-- says: mention_id is unique, and event, article, revision and sentence are a key
SELECT mention_id AS id, count(*) AS row_count FROM event_mentions GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT concat_ws(' ', event_id, article_id, revision, sentence_index), count(*) FROM event_mentions
GROUP BY ALL HAVING count(*) > 1;
