-- severity: error
-- says: at least one feed of this run answered: a night without network is no edition
SELECT getvariable('run_id') AS run_id, count(*) AS feed_visits FROM fetches
WHERE run_id = getvariable('run_id') AND kind = 'feed'
HAVING count(*) > 0 AND count(*) FILTER (status IN ('read_feed', 'unchanged', 'empty_feed')) = 0;
