-- Who reports first: for events with several sources, how often each was the first.
SELECT s.name AS publisher, count(*) AS events_reported_first
FROM events AS e
JOIN articles AS a ON a.article_id = e.first_article_id
JOIN sources AS s USING (source_id)
WHERE e.source_count > 1
GROUP BY ALL ORDER BY events_reported_first DESC, publisher;
