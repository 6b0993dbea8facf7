-- severity: warn
-- says: the coder failed on no more than one in twenty articles of this run
SELECT sum(count) FILTER (status = 'quarantined') AS quarantined, sum(count) AS articles
FROM run_counts WHERE run_id = getvariable('run_id') AND stage = 'code' AND status IN ('coded', 'quarantined')
HAVING coalesce(quarantined, 0) * 20 > articles;
