-- Every run, how it ended, and which checks found something.
SELECT r.started_at, r.run_id, coalesce(r.verdict, 'not finished') AS verdict, r.edition, r.note,
    list(q.check_name ORDER BY q.check_name) FILTER (NOT q.passed) AS checks_not_passed
FROM runs AS r LEFT JOIN quality_checks AS q USING (run_id)
GROUP BY ALL ORDER BY r.started_at DESC;
