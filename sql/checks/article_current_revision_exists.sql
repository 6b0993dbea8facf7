-- severity: error
-- says: every article's current revision is stored, and is its newest
SELECT a.article_id, a.current_revision, max(r.revision) AS newest_revision
FROM articles AS a LEFT JOIN article_revisions AS r USING (article_id)
GROUP BY ALL HAVING max(r.revision) IS DISTINCT FROM a.current_revision;
