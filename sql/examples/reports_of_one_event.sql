-- All reports of the most reported event, with the sentence that proves each; put an event_id of yours in its place.
SELECT event_date, event_type, actor_name, recipient_name, publisher, published_at, inherited, headline, evidence, url
FROM event_articles
WHERE event_id = (SELECT event_id FROM events ORDER BY article_count DESC, mention_count DESC, event_id LIMIT 1)
ORDER BY published_at, url;
