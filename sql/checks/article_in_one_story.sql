-- severity: error
-- says: every article belongs to a story that is there
SELECT a.article_id, t.story_id
FROM articles AS a
LEFT JOIN story_articles AS t USING (article_id)
LEFT JOIN stories AS s USING (story_id)
WHERE s.story_id IS NULL;
