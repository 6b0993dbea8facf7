-- severity: error
-- says: the run is in the book of runs and gathered at least one link or feed
SELECT r.run_id, count(f.fetch_id) AS fetch_count
FROM (SELECT getvariable('run_id') AS run_id) AS r
LEFT JOIN fetches AS f USING (run_id)
GROUP BY ALL HAVING count(f.fetch_id) = 0
UNION ALL
SELECT getvariable('run_id'), 0
WHERE getvariable('run_id') NOT IN (SELECT run_id FROM runs WHERE is_loaded);
