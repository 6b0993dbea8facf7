-- severity: error
-- says: article and revision are a key, and revisions are counted from 1 without a gap
SELECT article_id, count(*) AS row_count, max(revision) AS newest_revision FROM article_revisions
GROUP BY article_id HAVING count(*) <> max(revision) OR count(DISTINCT revision) <> count(*);
