-- Events that were reported once and whose reports were taken out of the articles later.
SELECT e.event_id, e.event_date_first, e.event_type, actor.name AS actor_name, recipient.name AS recipient_name,
    e.first_reported_at, e.withdrawn_run_id, a.canonical_url AS url
FROM events AS e
JOIN articles AS a ON a.article_id = e.first_article_id
LEFT JOIN actors AS actor ON actor.actor_id = e.actor_id
LEFT JOIN actors AS recipient ON recipient.actor_id = e.recipient_id
WHERE e.mention_count = 0
ORDER BY e.first_reported_at DESC, e.event_id;
