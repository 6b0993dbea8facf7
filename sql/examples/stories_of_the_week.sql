-- The stories that most sources carried in the last seven days of this edition.
SELECT s.source_count, s.article_count, s.first_published_at, a.headline, a.publisher, a.url
FROM stories AS s JOIN articles_current AS a ON a.article_id = s.representative_article_id
WHERE s.last_published_at >= (SELECT max(started_at) FROM runs WHERE is_loaded) - INTERVAL 7 DAYS
ORDER BY s.source_count DESC, s.article_count DESC, s.story_id LIMIT 20;
