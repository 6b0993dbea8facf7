-- Reading says where each field came from, which agencies are credited, which pictures belong to the article and
-- whether it is behind a paywall; what holds no article is told apart; an article may have several pages.

ALTER TABLE article_revisions ADD COLUMN standfirst_source VARCHAR;
ALTER TABLE article_revisions ADD COLUMN byline_source VARCHAR;
ALTER TABLE article_revisions ADD COLUMN agencies VARCHAR[] DEFAULT [];
ALTER TABLE article_revisions ADD COLUMN modified_at_source VARCHAR;
ALTER TABLE article_revisions ADD COLUMN section_source VARCHAR;
ALTER TABLE article_revisions ADD COLUMN language_source VARCHAR;
ALTER TABLE article_revisions ADD COLUMN images STRUCT(url VARCHAR, caption VARCHAR, credit VARCHAR)[] DEFAULT [];
ALTER TABLE article_revisions ADD COLUMN is_accessible_for_free BOOLEAN;
ALTER TABLE article_revisions ADD COLUMN page_count BIGINT DEFAULT 1;
ALTER TABLE article_revisions ALTER COLUMN agencies SET NOT NULL;
ALTER TABLE article_revisions ALTER COLUMN images SET NOT NULL;
ALTER TABLE article_revisions ALTER COLUMN page_count SET NOT NULL;
COMMENT ON COLUMN article_revisions.headline_source IS 'Where the headline stood: json_ld, microdata, meta, page (what a reader sees), site_rule (the source''s own rule), feed. NULL: no headline.';
COMMENT ON COLUMN article_revisions.standfirst_source IS 'Where the standfirst stood: json_ld, microdata, meta, page, site_rule. NULL: no standfirst, or not recorded.';
COMMENT ON COLUMN article_revisions.byline IS 'Who is credited, in order (schema.org author): people, and desks and agencies where they are; empty where nobody is.';
COMMENT ON COLUMN article_revisions.byline_source IS 'Where the byline stood: json_ld, microdata, meta, page, site_rule, body (a line of the text). NULL: no byline, or not recorded.';
COMMENT ON COLUMN article_revisions.agencies IS 'News agencies that the page credits, in the byline or with a line of the text, by their usual name; empty where none is.';
COMMENT ON COLUMN article_revisions.published_at_source IS 'Where published_at stood: json_ld, microdata, meta, page, site_rule, url, feed. NULL: no published_at.';
COMMENT ON COLUMN article_revisions.modified_at_source IS 'Where modified_at stood: json_ld, microdata, meta, page, site_rule. NULL: no modified_at, or not recorded.';
COMMENT ON COLUMN article_revisions.section_source IS 'Where the section stood: json_ld, microdata, meta, page, url. NULL: no section, or not recorded.';
COMMENT ON COLUMN article_revisions.language_source IS 'What told the language: words (of the text); page, json_ld, microdata or meta, which declare it; source (its YAML). NULL: no language, or not recorded.';
COMMENT ON COLUMN article_revisions.images IS 'Pictures that belong to the article, the leading one first: address, caption (NULL: none), credit (NULL: none); empty where there are none.';
COMMENT ON COLUMN article_revisions.is_accessible_for_free IS 'schema.org isAccessibleForFree. False: behind a paywall, the text may be its beginning only. NULL: the page does not say.';
COMMENT ON COLUMN article_revisions.page_count IS 'Pages of the site that the text was joined from.';
COMMENT ON COLUMN article_revisions.extractor IS 'What found the text: main_text (our own), trafilatura, json_ld (its articleBody), page (its densest part), site_rule. NULL: not recorded.';

-- DuckDB cannot change a CHECK: fetches is made anew, with the words for what holds no article.
CREATE TEMP TABLE fetches_before AS SELECT * FROM fetches;
DROP TABLE fetches;

-- No primary key, as before: sql/checks/ proves fetch_id unique before every edition instead.
CREATE TABLE fetches (
    fetch_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    gather_run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    feed_id VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN ('feed', 'page')),
    url VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN (
        'unchanged', 'robots_denied', 'gone', 'forbidden', 'rate_limited', 'client_error', 'server_error',
        'unreachable', 'timed_out', 'broken_response', 'redirect_loop', 'unsafe_address', 'too_large', 'not_html',
        'consent_wall', 'bot_wall', 'paywall', 'login_wall', 'left_over', 'not_a_feed', 'empty_feed', 'read_feed',
        'new', 'revised', 'duplicate', 'no_article', 'section_front', 'tag_page', 'video_page', 'gallery_page',
        'live_ticker', 'soft_404', 'other_language', 'repeated_link', 'outdated', 'quarantined')),
    visited_at TIMESTAMPTZ NOT NULL,
    will_be_asked_again BOOLEAN,
    http_status BIGINT,
    requested_at TIMESTAMPTZ,
    elapsed_seconds DOUBLE,
    final_url VARCHAR,
    redirects VARCHAR[],
    content_type VARCHAR,
    size_bytes BIGINT,
    content_sha256 VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    capture_id VARCHAR,
    warc_file VARCHAR,
    warc_offset BIGINT,
    further_pages STRUCT(url VARCHAR, capture_id VARCHAR, warc_file VARCHAR, warc_offset BIGINT)[],
    feed_title VARCHAR,
    feed_published_at TIMESTAMPTZ,
    feed_published_at_source VARCHAR,
    found_in VARCHAR,
    link_count BIGINT,
    new_link_count BIGINT,
    old_link_count BIGINT,
    article_id VARCHAR,
    error VARCHAR
);
COMMENT ON TABLE fetches IS 'How every link ended in every pass that dealt with it, and how every feed visit ended: one row, one final status. Append-only. A link may have several rows; the view links has the last word on each.';
COMMENT ON COLUMN fetches.fetch_id IS 'Hash of source, URL and visited_at. Key.';
COMMENT ON COLUMN fetches.run_id IS 'The run that loaded the row.';
COMMENT ON COLUMN fetches.gather_run_id IS 'The pass that asked: of watch_sources, of backfill_archive, of dateline gather, or of a run itself.';
COMMENT ON COLUMN fetches.source_id IS 'The source it belongs to.';
COMMENT ON COLUMN fetches.feed_id IS 'The feed that offered the link first, or the feed itself. NULL: no feed did; it came from a WARC file of others.';
COMMENT ON COLUMN fetches.kind IS 'feed: a visit to a feed. page: a link dealt with.';
COMMENT ON COLUMN fetches.url IS 'The address asked for, absolute and normalised.';
COMMENT ON COLUMN fetches.status IS 'The final word: the article''s status where the page was captured, else how the request ended. left_over: beyond the source''s limit for one pass.';
COMMENT ON COLUMN fetches.visited_at IS 'When it was dealt with: asked for, or decided not to be asked for (UTC instant).';
COMMENT ON COLUMN fetches.will_be_asked_again IS 'True: this is not the last word, a later pass asks again. False: it is the last word of gathering, unless the page is visited again for revisions. NULL: a feed visit.';
COMMENT ON COLUMN fetches.http_status IS 'HTTP status of the last hop. NULL: no answer came, or none was asked for.';
COMMENT ON COLUMN fetches.requested_at IS 'When it was asked for (UTC instant). NULL: never asked (robots_denied, unsafe_address, left_over, or its host was left alone).';
COMMENT ON COLUMN fetches.elapsed_seconds IS 'Seconds from the request to the end of the answer. NULL: not measured (feeds) or never asked.';
COMMENT ON COLUMN fetches.final_url IS 'Address of the last hop. NULL: no answer came.';
COMMENT ON COLUMN fetches.redirects IS 'Addresses passed on the way, in order; empty where there were none. NULL: a feed visit.';
COMMENT ON COLUMN fetches.content_type IS 'Content-Type as sent. NULL: none sent or no answer.';
COMMENT ON COLUMN fetches.size_bytes IS 'Bytes of the body as archived. NULL: no body kept.';
COMMENT ON COLUMN fetches.content_sha256 IS 'SHA-256 of the body. NULL: no body.';
COMMENT ON COLUMN fetches.etag IS 'ETag as sent. NULL: none sent.';
COMMENT ON COLUMN fetches.last_modified IS 'Last-Modified as sent. NULL: none sent.';
COMMENT ON COLUMN fetches.capture_id IS 'Hash of URL and instant: the WARC record. NULL: nothing was archived.';
COMMENT ON COLUMN fetches.warc_file IS 'WARC file below the captures folder. NULL: nothing was archived.';
COMMENT ON COLUMN fetches.warc_offset IS 'Byte offset of the response record in warc_file. NULL: nothing was archived.';
COMMENT ON COLUMN fetches.further_pages IS 'The other pages of an article that its site divides, in order, each with its own WARC record; empty where it has one page. NULL: a feed visit.';
COMMENT ON COLUMN fetches.feed_title IS 'Title the feed gave the link. NULL: none given.';
COMMENT ON COLUMN fetches.feed_published_at IS 'Publication time the feed gave the link (UTC instant). NULL: none given.';
COMMENT ON COLUMN fetches.feed_published_at_source IS 'The feed''s field it stood in: published, updated, publication_date, lastmod. NULL: no feed_published_at, or not recorded.';
COMMENT ON COLUMN fetches.found_in IS 'The sitemap index or page that named this feed: its feed_id. NULL: the source''s file names it, or a page.';
COMMENT ON COLUMN fetches.link_count IS 'Links the feed offered in this visit. NULL: a page.';
COMMENT ON COLUMN fetches.new_link_count IS 'Of these, links that no feed had offered before. NULL: a page, or not recorded.';
COMMENT ON COLUMN fetches.old_link_count IS 'Of the new ones, links whose own time was too long ago to be followed. NULL: a page, or not recorded.';
COMMENT ON COLUMN fetches.article_id IS 'The article the page holds, also where it was unchanged. NULL: no article, or not known.';
COMMENT ON COLUMN fetches.error IS 'What went wrong, in words; of a captured article of several pages, which page failed. NULL: nothing.';

INSERT INTO fetches BY NAME
SELECT *, CASE WHEN kind = 'page' THEN [] END AS further_pages
FROM fetches_before ORDER BY visited_at, source_id, fetch_id;
DROP TABLE fetches_before;
