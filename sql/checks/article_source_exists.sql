-- severity: error
-- says: every article, feed and fetch belongs to a source that is there
SELECT 'article' AS what, article_id AS id, source_id FROM articles ANTI JOIN sources USING (source_id)
UNION ALL SELECT 'feed', feed_id, source_id FROM feeds ANTI JOIN sources USING (source_id)
UNION ALL SELECT 'fetch', fetch_id, source_id FROM fetches ANTI JOIN sources USING (source_id);
