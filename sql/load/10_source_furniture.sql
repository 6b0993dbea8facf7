-- What recurs on the pages of each source that was read: its state after this run, in the place of the one before.
DELETE FROM source_furniture WHERE source_id IN (SELECT source_id FROM staged_articles);

INSERT INTO source_furniture BY NAME
SELECT *, getvariable('run_id') AS last_run_id
FROM staged_furniture
ORDER BY source_id, line_key;
