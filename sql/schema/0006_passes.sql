-- Gathering has passes of its own (watch_sources, backfill_archive): a run loads what several of them left. Every row
-- says which pass asked, and when it was dealt with. DuckDB cannot change a CHECK, so both tables are made anew.

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
        'new', 'revised', 'duplicate', 'no_article', 'soft_404', 'other_language', 'repeated_link', 'outdated', 'quarantined')),
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
COMMENT ON COLUMN fetches.feed_title IS 'Title the feed gave the link. NULL: none given.';
COMMENT ON COLUMN fetches.feed_published_at IS 'Publication time the feed gave the link (UTC instant). NULL: none given.';
COMMENT ON COLUMN fetches.feed_published_at_source IS 'The feed''s field it stood in: published, updated, publication_date, lastmod. NULL: no feed_published_at, or not recorded.';
COMMENT ON COLUMN fetches.found_in IS 'The sitemap index or page that named this feed: its feed_id. NULL: the source''s file names it, or a page.';
COMMENT ON COLUMN fetches.link_count IS 'Links the feed offered in this visit. NULL: a page.';
COMMENT ON COLUMN fetches.new_link_count IS 'Of these, links that no feed had offered before. NULL: a page, or not recorded.';
COMMENT ON COLUMN fetches.old_link_count IS 'Of the new ones, links whose own time was too long ago to be followed. NULL: a page, or not recorded.';
COMMENT ON COLUMN fetches.article_id IS 'The article the page holds, also where it was unchanged. NULL: no article, or not known.';
COMMENT ON COLUMN fetches.error IS 'What went wrong, in words. NULL: nothing.';

-- What was loaded so far was asked for by the run that loaded it; nothing is left of it that a pass would ask again.
INSERT INTO fetches BY NAME
SELECT
    f.*,
    f.run_id AS gather_run_id,
    coalesce(f.requested_at, r.started_at, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS visited_at,
    CASE WHEN f.kind = 'page' THEN false END AS will_be_asked_again
FROM fetches_before AS f LEFT JOIN runs AS r ON r.run_id = f.run_id
ORDER BY r.started_at, f.source_id, f.requested_at, f.fetch_id;
DROP TABLE fetches_before;

CREATE TEMP TABLE feeds_before AS SELECT * FROM feeds;
DROP TABLE feeds;

-- What the next visit needs (ETag, Last-Modified) is no longer here: gathering keeps it itself.
CREATE TABLE feeds (
    feed_id VARCHAR PRIMARY KEY,
    source_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
        CHECK (kind IN ('rss', 'atom', 'rdf', 'json_feed', 'news_sitemap', 'sitemap', 'section')),
    url VARCHAR NOT NULL,
    found_in VARCHAR,
    status VARCHAR NOT NULL,
    http_status BIGINT,
    last_visited_at TIMESTAMPTZ NOT NULL,
    last_success_at TIMESTAMPTZ,
    link_count BIGINT NOT NULL,
    failure_points DOUBLE NOT NULL CHECK (failure_points >= 0),
    given_up BOOLEAN NOT NULL,
    poll_interval_seconds DOUBLE,
    next_visit_at TIMESTAMPTZ,
    error VARCHAR
);
COMMENT ON TABLE feeds IS 'One row for each endpoint that lists links, in its state after the newest visit that this edition has.';
COMMENT ON COLUMN feeds.feed_id IS 'Hash of source_id and url. Key.';
COMMENT ON COLUMN feeds.source_id IS 'The source it belongs to.';
COMMENT ON COLUMN feeds.kind IS 'rss, atom, rdf, json_feed, news_sitemap, sitemap or section (a page of links).';
COMMENT ON COLUMN feeds.url IS 'Its address.';
COMMENT ON COLUMN feeds.found_in IS 'The sitemap index or page that named it: its feed_id. NULL: the source''s file names it.';
COMMENT ON COLUMN feeds.status IS 'How the last visit ended: read_feed, unchanged, empty_feed, or what went wrong.';
COMMENT ON COLUMN feeds.http_status IS 'HTTP status of the last visit. NULL: no answer came, or none was asked for.';
COMMENT ON COLUMN feeds.last_visited_at IS 'When it was last asked (UTC instant).';
COMMENT ON COLUMN feeds.last_success_at IS 'When it last answered as a feed: read_feed, empty_feed or unchanged. NULL: never.';
COMMENT ON COLUMN feeds.link_count IS 'Links it offered in the last visit; 0 where it was unchanged or failed.';
COMMENT ON COLUMN feeds.failure_points IS 'Failures since the last success: 1 for a hard one (gone), 0.5 for a soft one, 0.25 for one that will pass. 0: the last visit succeeded.';
COMMENT ON COLUMN feeds.given_up IS 'True: it has too many failure points and is only asked once a week.';
COMMENT ON COLUMN feeds.poll_interval_seconds IS 'Seconds between visits, by how much news they bring. NULL: not recorded.';
COMMENT ON COLUMN feeds.next_visit_at IS 'When it is due to be asked again (UTC instant). NULL: not recorded.';
COMMENT ON COLUMN feeds.error IS 'What went wrong in the last visit, in words. NULL: nothing.';

-- Failures were counted without their kind: each becomes a soft one.
INSERT INTO feeds BY NAME
SELECT
    * EXCLUDE (etag, last_modified, content_sha256, consecutive_failures),
    consecutive_failures * 0.5 AS failure_points,
    false AS given_up
FROM feeds_before ORDER BY feed_id;
DROP TABLE feeds_before;

COMMENT ON TABLE run_counts IS 'What every run worked on, by source, stage and status, also for runs that published nothing. What such a run collected is collected again by the next one and counted there too: do not add up runs, count fetches. Key: run_id, source_id, stage, status.';
COMMENT ON COLUMN run_counts.stage IS 'feeds: feed visits collected. gather: links as gathering left them. read: captures as read left them. dedupe: captures as dedupe left them. code: article revisions coded, quarantined or not_coded; sentences stored (mention) or folded into another (same_sentence). load: links by their final status.';
COMMENT ON COLUMN articles.first_seen_at IS 'When its first text was fetched (UTC instant).';
COMMENT ON COLUMN sources.enabled IS 'False: this installation does not visit it (now); its articles stay.';
COMMENT ON COLUMN sources.expected_per_day_min IS 'Fewest articles of a day; fewer hold the edition. 0: a day without news is normal. NULL: no expectation written down.';
COMMENT ON COLUMN sources.expected_per_day_max IS 'Most articles of a day; more are worth a look. NULL: no expectation written down.';
