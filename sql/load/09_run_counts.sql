-- What the run counted: the stages, and what coding and loading made of it.
INSERT INTO run_counts BY NAME
WITH counted AS (
    SELECT s.source_id, 'code' AS stage,
        CASE
            WHEN q.article_id IS NOT NULL THEN 'quarantined'
            WHEN c.article_id IS NOT NULL THEN 'coded'
            ELSE 'not_coded'
        END AS status
    FROM staged_articles AS s
    LEFT JOIN staged_coded AS c USING (article_id, revision)
    LEFT JOIN staged_code_failures AS q ON q.article_id = s.article_id AND coalesce(q.revision, s.revision) = s.revision
    WHERE s.status IN ('new', 'revised')
    UNION ALL
    SELECT s.source_id, 'code', CASE WHEN m.mention_id IS NULL THEN 'same_sentence' ELSE 'mention' END
    FROM staged_mentions AS g
    JOIN staged_articles AS s ON s.article_id = g.article_id AND s.revision = g.revision AND s.is_stored
    LEFT JOIN event_mentions AS m ON m.mention_id = g.mention_id
    UNION ALL
    SELECT source_id, 'load', status FROM fetches WHERE run_id = getvariable('run_id') AND kind = 'page'
)
SELECT * FROM stage_counts
UNION ALL
SELECT getvariable('run_id') AS run_id, source_id, stage, status, count(*) AS count
FROM counted
GROUP BY ALL
ORDER BY ALL;
