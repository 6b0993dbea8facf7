-- Revisions are only ever added; articles, which is narrow, says which one is current and whose text it re-uses.
INSERT INTO article_revisions BY NAME
SELECT
    article_id, revision, getvariable('run_id') AS run_id, capture_id, fetch_id, source_id, url, headline,
    headline_source, standfirst, standfirst_source, byline, byline_source, agencies, published_at, published_at_source,
    modified_at, modified_at_source, section, section_source, language, language_source, keywords, publisher, images,
    is_accessible_for_free, page_count, body, text_sha256, changed_fields, added_passages,
    removed_passages, correction_notice, fetched_at, extractor, extractor_version
FROM staged_articles
WHERE is_stored
ORDER BY source_id, fetched_at, article_id, revision;

-- Articles whose reports may have changed: what is in this run, and the originals it was or is a duplicate of.
-- Taken once before and once after the verdicts are applied.
CREATE OR REPLACE TEMP TABLE touched_articles AS
SELECT article_id FROM staged_verdicts
UNION
SELECT a.duplicate_of FROM articles AS a JOIN staged_verdicts USING (article_id) WHERE a.duplicate_of IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched_stories AS
SELECT story_id FROM staged_verdicts
UNION
SELECT t.story_id FROM story_articles AS t JOIN staged_verdicts USING (article_id);

-- Of several revisions that came in one run the newest is current; the article was first seen with the earliest.
CREATE OR REPLACE TEMP TABLE newest_revisions AS
SELECT *, min(fetched_at) OVER (PARTITION BY article_id) AS first_seen_at
FROM staged_articles
WHERE is_stored
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1;

INSERT INTO articles BY NAME
SELECT
    s.article_id, s.source_id, s.canonical_url, s.first_seen_at, s.fetched_at AS last_seen_at,
    getvariable('run_id') AS first_run_id, getvariable('run_id') AS last_revised_run_id,
    s.revision AS current_revision, v.duplicate_of, v.matched_article_id, v.own_share, v.matched_share,
    greatest(v.own_share, v.matched_share) AS shared_share
FROM newest_revisions AS s
JOIN staged_verdicts AS v USING (article_id, revision)
ON CONFLICT (article_id) DO UPDATE SET
    last_seen_at = greatest(last_seen_at, excluded.last_seen_at),
    last_revised_run_id = excluded.last_revised_run_id,
    current_revision = excluded.current_revision,
    duplicate_of = excluded.duplicate_of,
    matched_article_id = excluded.matched_article_id,
    own_share = excluded.own_share,
    matched_share = excluded.matched_share,
    shared_share = excluded.shared_share;

-- What tonight's texts change about articles that the edition has: an original that turned out to be a copy, a copy
-- that is none any more.
UPDATE articles
SET duplicate_of = v.duplicate_of, matched_article_id = v.matched_article_id, own_share = v.own_share,
    matched_share = v.matched_share, shared_share = greatest(v.own_share, v.matched_share)
FROM staged_verdicts AS v
WHERE v.article_id = articles.article_id
  AND v.article_id NOT IN (SELECT article_id FROM staged_articles WHERE is_stored);
