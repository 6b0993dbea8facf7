-- Who we read from, and how every request ended.

CREATE TABLE sources (
    source_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    homepage VARCHAR NOT NULL,
    country_code VARCHAR NOT NULL CHECK (length(country_code) = 3),
    language VARCHAR NOT NULL CHECK (length(language) = 2),
    timezone VARCHAR NOT NULL,
    enabled BOOLEAN NOT NULL,
    expected_per_day_min BIGINT,
    expected_per_day_max BIGINT
);
COMMENT ON TABLE sources IS 'One row for each publisher we read from; taken from its YAML file at every load.';
COMMENT ON COLUMN sources.source_id IS 'Slug of the publisher: the name of its YAML file. Key.';
COMMENT ON COLUMN sources.name IS 'Name of the publication, as its readers know it.';
COMMENT ON COLUMN sources.homepage IS 'URL of the front page.';
COMMENT ON COLUMN sources.country_code IS 'Country it publishes from, ISO 3166 alpha-3.';
COMMENT ON COLUMN sources.language IS 'Language it publishes in, ISO 639-1.';
COMMENT ON COLUMN sources.timezone IS 'IANA time zone for pages whose times carry none.';
COMMENT ON COLUMN sources.enabled IS 'False: no longer visited; its articles stay.';
COMMENT ON COLUMN sources.expected_per_day_min IS 'Fewest articles we expect on a normal day. NULL: no expectation written down.';
COMMENT ON COLUMN sources.expected_per_day_max IS 'Most articles we expect on a normal day. NULL: no expectation written down.';

CREATE TABLE feeds (
    feed_id VARCHAR PRIMARY KEY,
    source_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
        CHECK (kind IN ('rss', 'atom', 'rdf', 'json_feed', 'news_sitemap', 'sitemap', 'section')),
    url VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    http_status BIGINT,
    last_visited_at TIMESTAMPTZ NOT NULL,
    last_success_at TIMESTAMPTZ,
    etag VARCHAR,
    last_modified VARCHAR,
    content_sha256 VARCHAR,
    link_count BIGINT NOT NULL,
    consecutive_failures BIGINT NOT NULL,
    error VARCHAR
);
COMMENT ON TABLE feeds IS 'One row for each endpoint that lists links, in its state after the last visit of a published run.';
COMMENT ON COLUMN feeds.feed_id IS 'Hash of source_id and url. Key.';
COMMENT ON COLUMN feeds.source_id IS 'The source it belongs to.';
COMMENT ON COLUMN feeds.kind IS 'rss, atom, rdf, json_feed, news_sitemap, sitemap or section (a page of links).';
COMMENT ON COLUMN feeds.url IS 'Its address, as the YAML file gives it.';
COMMENT ON COLUMN feeds.status IS 'How the last visit ended: read_feed, unchanged, empty_feed, or what went wrong.';
COMMENT ON COLUMN feeds.http_status IS 'HTTP status of the last visit. NULL: no answer came, or none was asked for.';
COMMENT ON COLUMN feeds.last_visited_at IS 'When it was last asked (UTC instant).';
COMMENT ON COLUMN feeds.last_success_at IS 'When it last answered as a feed: read_feed, empty_feed or unchanged. NULL: never.';
COMMENT ON COLUMN feeds.etag IS 'ETag of the last answer that had content; sent back to ask "has it changed?". NULL: none given.';
COMMENT ON COLUMN feeds.last_modified IS 'Last-Modified of the last answer that had content, as sent. NULL: none given.';
COMMENT ON COLUMN feeds.content_sha256 IS 'SHA-256 of the last answer that had content. NULL: there has been none.';
COMMENT ON COLUMN feeds.link_count IS 'Links it offered in the last visit; 0 where it was unchanged or failed.';
COMMENT ON COLUMN feeds.consecutive_failures IS 'Visits that failed since the last success.';
COMMENT ON COLUMN feeds.error IS 'What went wrong in the last visit, in words. NULL: nothing.';

-- No primary key here nor on the other big tables: DuckDB's index doubled the load time of a million rows and
-- tripled the file (21 MB to 67 MB). sql/checks/ proves their keys unique before every edition instead.
CREATE TABLE fetches (
    fetch_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    feed_id VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN ('feed', 'page')),
    url VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN (
        'unchanged', 'robots_denied', 'gone', 'forbidden', 'rate_limited', 'client_error', 'server_error',
        'unreachable', 'timed_out', 'broken_response', 'redirect_loop', 'unsafe_address', 'too_large', 'not_html',
        'consent_wall', 'not_a_feed', 'empty_feed', 'read_feed', 'new', 'revised', 'duplicate', 'no_article',
        'soft_404', 'other_language', 'repeated_link', 'quarantined')),
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
    link_count BIGINT,
    article_id VARCHAR,
    error VARCHAR
);
COMMENT ON TABLE fetches IS 'How every link and every feed visit of every published run ended: one row, one final status. Append-only.';
COMMENT ON COLUMN fetches.fetch_id IS 'Hash of run, source and URL (pages) or run and feed (feeds). Key.';
COMMENT ON COLUMN fetches.run_id IS 'The run that asked.';
COMMENT ON COLUMN fetches.source_id IS 'The source it belongs to.';
COMMENT ON COLUMN fetches.feed_id IS 'The feed that offered the link, or the feed itself. NULL: we visited the page again of our own accord.';
COMMENT ON COLUMN fetches.kind IS 'feed: a visit to a feed. page: a link followed.';
COMMENT ON COLUMN fetches.url IS 'The address asked for, absolute and normalised.';
COMMENT ON COLUMN fetches.status IS 'The final word: the article''s status where the page was captured, else how the request ended.';
COMMENT ON COLUMN fetches.http_status IS 'HTTP status of the last hop. NULL: no answer came, or none was asked for.';
COMMENT ON COLUMN fetches.requested_at IS 'When it was asked for (UTC instant). NULL: never asked (robots_denied, unsafe_address).';
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
COMMENT ON COLUMN fetches.link_count IS 'Links the feed offered in this visit. NULL: a page.';
COMMENT ON COLUMN fetches.article_id IS 'The article the page holds, also where it was unchanged. NULL: no article, or not known.';
COMMENT ON COLUMN fetches.error IS 'What went wrong, in words. NULL: nothing.';
