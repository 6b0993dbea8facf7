-- A duplicate shows its evidence; fingerprints make the nightly search flat; revisions say what changed; stories keep
-- a record of their merges and splits, and of what people decided about them.

ALTER TABLE articles ADD COLUMN words_hash UBIGINT;
ALTER TABLE articles ADD COLUMN matched_article_id VARCHAR;
ALTER TABLE articles ADD COLUMN own_share DOUBLE;
ALTER TABLE articles ADD COLUMN matched_share DOUBLE;
COMMENT ON COLUMN articles.words_hash IS 'Hash of the words of its current body, letter case and punctuation folded: equal for equal texts, in the whole archive. NULL: under 20 words, or stored before this was recorded.';
COMMENT ON COLUMN articles.matched_article_id IS 'The text the likeness was verified against: the original, or another copy of it. NULL: an original, or not recorded.';
COMMENT ON COLUMN articles.own_share IS 'Share of this text''s shingles (five words each) found in the matched text, 0 to 1: 1 means that all of it stands there. NULL: an original, or not recorded.';
COMMENT ON COLUMN articles.matched_share IS 'Share of the matched text''s shingles found in this text, 0 to 1: 1 means that all of that one stands here. NULL: an original, or not recorded.';
COMMENT ON COLUMN articles.shared_share IS 'The larger of own_share and matched_share: the share of the smaller text found in the other, 0 to 1. NULL: an original.';

-- No key: append-ordered, read in whole nights, and cut behind the window.
CREATE TABLE article_fingerprints (
    article_id VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    fingerprint UINTEGER NOT NULL
);
COMMENT ON TABLE article_fingerprints IS 'A sample of the shingles of each article of the last weeks (DATELINE_DUPLICATE_WINDOW_DAYS), by which texts that share passages are found. Older rows are removed.';
COMMENT ON COLUMN article_fingerprints.article_id IS 'The article; its current revision.';
COMMENT ON COLUMN article_fingerprints.first_seen_at IS 'As in articles (UTC instant).';
COMMENT ON COLUMN article_fingerprints.fingerprint IS 'Lower 32 bits of the hash of five consecutive words.';

CREATE TABLE common_fingerprints (
    fingerprint UINTEGER NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE common_fingerprints IS 'Fingerprints that were found in many different texts: boilerplate, or a report that very many print. Those not seen again for as long as the window is are removed.';
COMMENT ON COLUMN common_fingerprints.fingerprint IS 'As in article_fingerprints. Key.';
COMMENT ON COLUMN common_fingerprints.last_seen_at IS 'Start of the last run with a text that has it (UTC instant).';

ALTER TABLE article_revisions ADD COLUMN added_passages VARCHAR[] DEFAULT [];
ALTER TABLE article_revisions ADD COLUMN removed_passages VARCHAR[] DEFAULT [];
ALTER TABLE article_revisions ADD COLUMN correction_notice VARCHAR;
ALTER TABLE article_revisions ALTER COLUMN added_passages SET NOT NULL;
ALTER TABLE article_revisions ALTER COLUMN removed_passages SET NOT NULL;
COMMENT ON COLUMN article_revisions.added_passages IS 'Sentences and headlines that the revision before did not have, in the order of the text; empty for revision 1, and where it was stored before this was recorded.';
COMMENT ON COLUMN article_revisions.removed_passages IS 'Sentences and headlines of the revision before that are gone, in the order of that text; empty likewise.';
COMMENT ON COLUMN article_revisions.correction_notice IS 'The words on the page that own up to a correction. NULL: there are none, or not recorded.';

ALTER TABLE stories ADD COLUMN first_article_id VARCHAR;
ALTER TABLE stories ADD COLUMN original_count BIGINT;
ALTER TABLE stories ADD COLUMN spread_seconds BIGINT;
UPDATE stories
SET first_article_id = f.first_article_id,
    original_count = f.original_count,
    spread_seconds = epoch(stories.last_published_at - stories.first_published_at)::BIGINT
FROM (
    SELECT s.story_id,
        arg_min(a.article_id, (coalesce(r.published_at, a.first_seen_at), a.duplicate_of IS NOT NULL, a.article_id))
            AS first_article_id,
        count(*) FILTER (a.duplicate_of IS NULL) AS original_count
    FROM story_articles AS s
    JOIN articles AS a USING (article_id)
    JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
    GROUP BY s.story_id
) AS f
WHERE f.story_id = stories.story_id;
ALTER TABLE stories ALTER COLUMN first_article_id SET NOT NULL;
ALTER TABLE stories ALTER COLUMN original_count SET NOT NULL;
ALTER TABLE stories ALTER COLUMN spread_seconds SET NOT NULL;
COMMENT ON COLUMN stories.story_id IS 'Id of the story. Key. It stays while articles join, and is never used for another story.';
COMMENT ON COLUMN stories.first_article_id IS 'Its first report: the article published first, copies included.';
COMMENT ON COLUMN stories.original_count IS 'Articles in it that re-use nobody''s text.';
COMMENT ON COLUMN stories.spread_seconds IS 'From first_published_at to last_published_at, in seconds.';

CREATE TABLE story_changes (
    run_id VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    change VARCHAR NOT NULL CHECK (change IN ('merged', 'split')),
    other_story_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL CHECK (reason IN ('likeness', 'decision', 'original'))
);
COMMENT ON TABLE story_changes IS 'Stories that lost articles to another story, and in which run. Append-only. Key: run_id, story_id, other_story_id.';
COMMENT ON COLUMN story_changes.run_id IS 'The run that did so.';
COMMENT ON COLUMN story_changes.story_id IS 'The story that lost articles.';
COMMENT ON COLUMN story_changes.change IS 'merged: it lost all of them, and the id is no more. split: it lost some.';
COMMENT ON COLUMN story_changes.other_story_id IS 'The story that has them now.';
COMMENT ON COLUMN story_changes.reason IS 'likeness: a text that belongs to both. decision: a person''s split. original: the original they copy is in that story.';

CREATE TABLE story_splits (
    split_id VARCHAR NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    scope VARCHAR NOT NULL CHECK (scope IN ('story', 'duplicate')),
    story_id VARCHAR NOT NULL,
    moved VARCHAR[] NOT NULL,
    apart_from VARCHAR[] NOT NULL,
    reason VARCHAR
);
COMMENT ON TABLE story_splits IS 'What people decided with `dateline stories split`, and every run since honours. As of this edition; the decisions themselves lie outside it. Key: split_id.';
COMMENT ON COLUMN story_splits.split_id IS 'Hash of the decision. Key.';
COMMENT ON COLUMN story_splits.decided_at IS 'When it was decided (UTC instant).';
COMMENT ON COLUMN story_splits.scope IS 'story: another happening, and no duplicates. duplicate: no duplicates, but one story.';
COMMENT ON COLUMN story_splits.story_id IS 'The story they were in.';
COMMENT ON COLUMN story_splits.moved IS 'Articles that left it, or that are no duplicates of the others.';
COMMENT ON COLUMN story_splits.apart_from IS 'Articles that stayed.';
COMMENT ON COLUMN story_splits.reason IS 'Why, in the person''s words. NULL: none given.';
