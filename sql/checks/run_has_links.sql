-- severity: error
-- says: the run is in the book of runs, and a feed was asked or a link dealt with in the day before it or during it
-- A run that follows another closely may find nothing due and have no rows of its own; it ends as empty, not as held.
SELECT getvariable('run_id') AS run_id, max(f.visited_at) AS newest_visit_at
FROM fetches AS f
HAVING count(*) FILTER (f.run_id = getvariable('run_id')) = 0
   AND coalesce(max(f.visited_at) < (
        SELECT started_at - INTERVAL 1 DAY FROM runs WHERE run_id = getvariable('run_id')), true)
UNION ALL
SELECT getvariable('run_id'), NULL
WHERE getvariable('run_id') NOT IN (SELECT run_id FROM runs WHERE is_loaded);
