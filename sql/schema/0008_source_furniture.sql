-- Lines that recur across the articles of one source and belong to none of them, learnt by reading.

CREATE TABLE source_furniture (
    source_id VARCHAR NOT NULL,
    line_key VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    article_count BIGINT NOT NULL CHECK (article_count >= 1),
    compared_count BIGINT NOT NULL CHECK (compared_count >= article_count),
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    last_run_id VARCHAR NOT NULL
);
COMMENT ON TABLE source_furniture IS 'Lines that recur across the articles of one source, whatever these are about, and are left out of their texts: share buttons, disclaimers, pitches. Learnt by comparing the source''s articles. Key: source_id, line_key.';
COMMENT ON COLUMN source_furniture.source_id IS 'The source on whose pages it stands.';
COMMENT ON COLUMN source_furniture.line_key IS 'Hash of source_id and the line without case, punctuation and the values of its figures.';
COMMENT ON COLUMN source_furniture.line IS 'The line, in one of its spellings.';
COMMENT ON COLUMN source_furniture.article_count IS 'Articles of the source that it was seen in since first_seen_at, those that it was learnt from included.';
COMMENT ON COLUMN source_furniture.compared_count IS 'Articles of the source that were looked at in the same time.';
COMMENT ON COLUMN source_furniture.first_seen_at IS 'When the first article with it was fetched (UTC instant).';
COMMENT ON COLUMN source_furniture.last_seen_at IS 'When the last article with it was fetched (UTC instant). A line that none of the source''s articles had for 60 days is forgotten.';
COMMENT ON COLUMN source_furniture.last_run_id IS 'The run that counted it last.';
