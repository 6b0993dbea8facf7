-- What people decided about events.

CREATE TABLE event_splits (
    split_id VARCHAR NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    event_id VARCHAR NOT NULL,
    moved VARCHAR[] NOT NULL,
    apart_from VARCHAR[] NOT NULL,
    reason VARCHAR
);
COMMENT ON TABLE event_splits IS 'What people decided with `dateline events split`, and every run since honours. As of this edition; the decisions themselves lie outside it. Key: split_id.';
COMMENT ON COLUMN event_splits.split_id IS 'Hash of the decision. Key.';
COMMENT ON COLUMN event_splits.decided_at IS 'When it was decided (UTC instant).';
COMMENT ON COLUMN event_splits.event_id IS 'The event they were in.';
COMMENT ON COLUMN event_splits.moved IS 'Mentions (mention_id) that tell of another happening than the others.';
COMMENT ON COLUMN event_splits.apart_from IS 'Mentions that stayed.';
COMMENT ON COLUMN event_splits.reason IS 'Why, in the person''s words. NULL: none given.';
