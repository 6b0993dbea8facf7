-- Articles whose text others re-used most, and who did.
SELECT o.headline, o.publisher, o.url, count(*) AS copies, list_sort(list(DISTINCT c.publisher)) AS copied_by
FROM articles_current AS c JOIN articles_current AS o ON o.article_id = c.duplicate_of
GROUP BY ALL ORDER BY copies DESC, o.url LIMIT 20;
