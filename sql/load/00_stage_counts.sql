-- What the stages counted, by source, stage and status. Also asked of earlier runs that published nothing.
CREATE OR REPLACE TEMP TABLE stage_counts AS
WITH counted AS (
    SELECT source_id, 'feeds' AS stage, status FROM staged_feeds
    UNION ALL
    SELECT source_id, 'gather', status FROM staged_fetches
    UNION ALL
    SELECT source_id, 'read', status FROM staged_reads
    UNION ALL
    SELECT source_id, 'dedupe', status FROM staged_articles
)
SELECT getvariable('run_id') AS run_id, source_id, stage, status, count(*) AS count
FROM counted
GROUP BY ALL;
