-- severity: error
-- says: of every source as many links have a final status as were gathered, and every capture was read and deduplicated
SELECT source_id,
    coalesce(sum(count) FILTER (stage = 'gather'), 0) AS links,
    coalesce(sum(count) FILTER (stage = 'load'), 0) AS final_statuses,
    coalesce(sum(count) FILTER (stage = 'gather' AND status = 'captured'), 0) AS captures,
    coalesce(sum(count) FILTER (stage = 'read'), 0) AS read_captures,
    coalesce(sum(count) FILTER (stage = 'dedupe'), 0) AS deduplicated
FROM run_counts WHERE run_id = getvariable('run_id')
GROUP BY source_id
HAVING links <> final_statuses OR captures <> deduplicated OR captures <> read_captures;
