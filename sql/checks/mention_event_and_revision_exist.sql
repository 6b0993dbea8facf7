-- severity: error
-- says: the event and the article revision of every mention are there
SELECT m.mention_id, m.event_id, m.article_id, m.revision
FROM event_mentions AS m
LEFT JOIN events AS e USING (event_id)
LEFT JOIN article_revisions AS r USING (article_id, revision)
WHERE e.event_id IS NULL OR r.article_id IS NULL;
