-- severity: error
-- says: every event counts its mentions in current revisions of originals rightly, and has none exactly when it is withdrawn
SELECT e.event_id, e.mention_count, count(m.mention_id) AS mentions_found, e.withdrawn_run_id
FROM events AS e
LEFT JOIN (
    SELECT m.event_id, m.mention_id FROM event_mentions AS m
    JOIN articles AS a ON a.article_id = m.article_id AND a.current_revision = m.revision
        AND a.duplicate_of IS NULL
) AS m USING (event_id)
GROUP BY ALL
HAVING e.mention_count <> count(m.mention_id) OR (e.mention_count = 0) <> (e.withdrawn_run_id IS NOT NULL);
