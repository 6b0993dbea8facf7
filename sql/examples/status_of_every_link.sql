-- How the links of the newest run ended, by source and status.
SELECT s.name AS publisher, c.status, c.count
FROM run_counts AS c JOIN sources AS s USING (source_id)
WHERE c.stage = 'load' AND c.run_id = (SELECT arg_max(run_id, edition) FROM runs WHERE is_loaded)
ORDER BY publisher, c.count DESC, c.status;
