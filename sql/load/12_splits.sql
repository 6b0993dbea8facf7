-- What people decided, as this run honoured it.
DELETE FROM story_splits;
INSERT INTO story_splits BY NAME SELECT * FROM staged_splits ORDER BY decided_at, split_id;

DELETE FROM event_splits;
INSERT INTO event_splits BY NAME SELECT * FROM staged_event_splits ORDER BY decided_at, split_id;
