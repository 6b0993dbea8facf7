-- Sources that have been silent for longer than is usual for them, or have never brought an article.
SELECT source_id, name, health, feed_status, last_new_article_at, silent_hours, usual_silence_hours
FROM source_health
WHERE enabled AND (silent_longer_than_usual OR last_new_article_at IS NULL)
ORDER BY silent_hours DESC NULLS FIRST, source_id;
