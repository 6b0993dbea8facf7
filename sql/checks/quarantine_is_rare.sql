-- severity: warn
-- says: of no source did the reader fail on more than one in five captures of this run
SELECT source_id, sum(count) FILTER (status = 'quarantined') AS quarantined, sum(count) AS captures
FROM run_counts WHERE run_id = getvariable('run_id') AND stage = 'dedupe'
GROUP BY source_id HAVING coalesce(quarantined, 0) * 5 > captures;
