-- An event is the happening that many mentions tell of: what each mention would be on its own, how well its fields are
-- attested, and what became of events that turned out to be one.

ALTER TABLE event_mentions ADD COLUMN own_event_id VARCHAR;
ALTER TABLE event_mentions ADD COLUMN shared_key VARCHAR;
ALTER TABLE event_mentions ADD COLUMN told_words VARCHAR[] DEFAULT [];
UPDATE event_mentions SET own_event_id = event_id;
ALTER TABLE event_mentions ALTER COLUMN own_event_id SET NOT NULL;
ALTER TABLE event_mentions ALTER COLUMN told_words SET NOT NULL;
COMMENT ON COLUMN event_mentions.own_event_id IS 'The event that this mention founds where it joins none: hash of article, type, who, whom and date. With it event_id can be worked out anew at any time.';
COMMENT ON COLUMN event_mentions.shared_key IS 'Equal in all stories that tell of the same happening: hash of type, both parties and the date. NULL: the words do not identify it outside its story, or stored before this was recorded.';
COMMENT ON COLUMN event_mentions.told_words IS 'First five letters of the words of the passage beside trigger, parties, date and place, sorted: by these, two tellings are compared. Empty: stored before this was recorded, or nothing else is said.';

ALTER TABLE events ADD COLUMN original_count BIGINT DEFAULT 0;
ALTER TABLE events ADD COLUMN disagreements VARCHAR[] DEFAULT [];
UPDATE events SET original_count = found.original_count
FROM (
    SELECT m.event_id, count(DISTINCT m.article_id) AS original_count
    FROM event_mentions AS m
    JOIN articles AS a ON a.article_id = m.article_id AND a.current_revision = m.revision AND a.duplicate_of IS NULL
    GROUP BY m.event_id
) AS found
WHERE found.event_id = events.event_id;
ALTER TABLE events ALTER COLUMN original_count SET NOT NULL;
ALTER TABLE events ALTER COLUMN disagreements SET NOT NULL;
COMMENT ON TABLE events IS 'One row for each happening, put together from all its mentions in current article revisions. Of each field the value that most originals attest, then the most exact one, then the one reported first. Key: event_id.';
COMMENT ON COLUMN events.event_id IS 'Id of the event. Key. It stays while mentions come and go; what became of an id that is no more stands in event_changes.';
COMMENT ON COLUMN events.modality IS 'actual, ongoing, historical, future, conditional or denied: the strongest in this order that a mention attests. What was planned and then happened is actual; that there was a plan stays in the mentions.';
COMMENT ON COLUMN events.original_count IS 'Articles that report it in words of their own: article_count without the duplicates.';
COMMENT ON COLUMN events.disagreements IS 'Fields in which its reports contradict each other, beyond one being more exact: mode, modality, date, place. Empty: none.';

CREATE TABLE event_changes (
    run_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    change VARCHAR NOT NULL CHECK (change IN ('merged', 'split')),
    other_event_id VARCHAR NOT NULL,
    mention_count BIGINT NOT NULL
);
COMMENT ON TABLE event_changes IS 'Known events that lost mentions to another event, and in which run. Append-only. Key: run_id, event_id, other_event_id.';
COMMENT ON COLUMN event_changes.run_id IS 'The run that did so.';
COMMENT ON COLUMN event_changes.event_id IS 'The event that lost mentions.';
COMMENT ON COLUMN event_changes.change IS 'merged: it lost all of them, and the id is no more. split: it lost some.';
COMMENT ON COLUMN event_changes.other_event_id IS 'The event that has them now.';
COMMENT ON COLUMN event_changes.mention_count IS 'How many mentions went there, of all revisions.';
