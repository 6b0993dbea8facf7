-- severity: error
-- says: no current text of a duplicate was coded: a wire report counts once
SELECT m.mention_id, a.article_id, a.duplicate_of
FROM event_mentions AS m JOIN articles AS a ON a.article_id = m.article_id AND a.current_revision = m.revision
WHERE a.duplicate_of IS NOT NULL AND m.run_id = getvariable('run_id') AND a.last_revised_run_id = m.run_id;
