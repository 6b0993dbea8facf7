-- What was read: articles, their revisions, and the stories they belong to.

CREATE TABLE articles (
    article_id VARCHAR PRIMARY KEY,
    source_id VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    first_run_id VARCHAR NOT NULL,
    last_revised_run_id VARCHAR NOT NULL,
    current_revision BIGINT NOT NULL CHECK (current_revision >= 1),
    duplicate_of VARCHAR,
    shared_share DOUBLE CHECK (shared_share BETWEEN 0 AND 1)
);
COMMENT ON TABLE articles IS 'One row for each canonical URL that held an article. Narrow and mutable; the text is in article_revisions.';
COMMENT ON COLUMN articles.article_id IS 'Hash of canonical_url. Key.';
COMMENT ON COLUMN articles.source_id IS 'The source it was first read from.';
COMMENT ON COLUMN articles.canonical_url IS 'The URL the page names as its own, else the normalised URL.';
COMMENT ON COLUMN articles.first_seen_at IS 'When its first revision was fetched (UTC instant).';
COMMENT ON COLUMN articles.last_seen_at IS 'When it was last found on the site, changed or not (UTC instant).';
COMMENT ON COLUMN articles.first_run_id IS 'The run that found it.';
COMMENT ON COLUMN articles.last_revised_run_id IS 'The run that stored its current revision.';
COMMENT ON COLUMN articles.current_revision IS 'Number of its newest revision in article_revisions, counted from 1.';
COMMENT ON COLUMN articles.duplicate_of IS 'The original whose text it re-uses; never itself a duplicate. NULL: an original.';
COMMENT ON COLUMN articles.shared_share IS 'Share of the smaller text''s shingles found in the text it was matched with, 0 to 1. NULL: an original.';

CREATE TABLE article_revisions (
    article_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL CHECK (revision >= 1),
    run_id VARCHAR NOT NULL,
    capture_id VARCHAR NOT NULL,
    fetch_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    headline VARCHAR USING COMPRESSION zstd,
    headline_source VARCHAR,
    standfirst VARCHAR USING COMPRESSION zstd,
    byline VARCHAR[] NOT NULL,
    published_at TIMESTAMPTZ,
    published_at_source VARCHAR,
    modified_at TIMESTAMPTZ,
    section VARCHAR,
    language VARCHAR,
    keywords VARCHAR[] NOT NULL,
    publisher VARCHAR,
    body VARCHAR NOT NULL USING COMPRESSION zstd,
    text_sha256 VARCHAR NOT NULL,
    changed_fields VARCHAR[] NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    extractor VARCHAR,
    extractor_version VARCHAR NOT NULL
);
COMMENT ON TABLE article_revisions IS 'Every text an article has had. Append-only. Key: article_id, revision.';
COMMENT ON COLUMN article_revisions.article_id IS 'The article.';
COMMENT ON COLUMN article_revisions.revision IS 'Counted from 1.';
COMMENT ON COLUMN article_revisions.run_id IS 'The run that read it.';
COMMENT ON COLUMN article_revisions.capture_id IS 'The archived response it was read from.';
COMMENT ON COLUMN article_revisions.fetch_id IS 'The fetch that brought it.';
COMMENT ON COLUMN article_revisions.source_id IS 'The source it was read from in that run.';
COMMENT ON COLUMN article_revisions.url IS 'The address it was read at.';
COMMENT ON COLUMN article_revisions.headline IS 'Headline (schema.org headline). NULL: the page shows none.';
COMMENT ON COLUMN article_revisions.headline_source IS 'Where the headline stood: json_ld, microdata, meta, page, feed, trafilatura. NULL: no headline.';
COMMENT ON COLUMN article_revisions.standfirst IS 'Summary under the headline (schema.org description). NULL: the page shows none.';
COMMENT ON COLUMN article_revisions.byline IS 'Authors as named, in order (schema.org author); empty where none is named.';
COMMENT ON COLUMN article_revisions.published_at IS 'When the publisher says it was published (UTC instant). NULL: it does not say.';
COMMENT ON COLUMN article_revisions.published_at_source IS 'Where published_at stood: json_ld, microdata, meta, page, url, feed. NULL: no published_at.';
COMMENT ON COLUMN article_revisions.modified_at IS 'When the publisher says it was changed (UTC instant). NULL: it does not say.';
COMMENT ON COLUMN article_revisions.section IS 'Section as named (schema.org articleSection). NULL: not named.';
COMMENT ON COLUMN article_revisions.language IS 'Language of the text, ISO 639-1. NULL: not recognised.';
COMMENT ON COLUMN article_revisions.keywords IS 'Keywords as given; empty where none are.';
COMMENT ON COLUMN article_revisions.publisher IS 'Publisher as the page names it. NULL: not named.';
COMMENT ON COLUMN article_revisions.body IS 'Text (schema.org articleBody), paragraphs divided by one empty line. Every offset counts code points into it.';
COMMENT ON COLUMN article_revisions.text_sha256 IS 'SHA-256 of headline and body with white space folded: what counts as changed.';
COMMENT ON COLUMN article_revisions.changed_fields IS 'Fields that differ from the revision before; empty for revision 1.';
COMMENT ON COLUMN article_revisions.fetched_at IS 'When this text was fetched (UTC instant).';
COMMENT ON COLUMN article_revisions.extractor IS 'What found the text: json_ld, trafilatura, site_rule. NULL: not recorded.';
COMMENT ON COLUMN article_revisions.extractor_version IS 'Version of the reader.';

CREATE TABLE stories (
    story_id VARCHAR NOT NULL,
    representative_article_id VARCHAR NOT NULL,
    article_count BIGINT NOT NULL,
    source_count BIGINT NOT NULL,
    first_published_at TIMESTAMPTZ NOT NULL,
    last_published_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE stories IS 'Groups of articles about the same happening, duplicates included. Key: story_id.';
COMMENT ON COLUMN stories.story_id IS 'Id of the story. Key.';
COMMENT ON COLUMN stories.representative_article_id IS 'Its earliest original; its earliest article where all are duplicates.';
COMMENT ON COLUMN stories.article_count IS 'Articles in it, duplicates included.';
COMMENT ON COLUMN stories.source_count IS 'Different sources that carried it.';
COMMENT ON COLUMN stories.first_published_at IS 'Earliest publication in it; where a page gives no time, when we first saw it (UTC instant).';
COMMENT ON COLUMN stories.last_published_at IS 'Latest publication in it, likewise (UTC instant).';

CREATE TABLE story_articles (
    article_id VARCHAR PRIMARY KEY,
    story_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE story_articles IS 'Which story each article belongs to: exactly one.';
COMMENT ON COLUMN story_articles.article_id IS 'The article. Key.';
COMMENT ON COLUMN story_articles.story_id IS 'The story its current revision belongs to.';
COMMENT ON COLUMN story_articles.run_id IS 'The run that decided so last.';
