-- The last word on every link; no two rows of a link have the same visited_at, which is part of their id. A link that led to an article once is not missing, whatever a later visit met with.
CREATE OR REPLACE VIEW links AS
SELECT
    source_id,
    url,
    arg_min(feed_id, visited_at) AS feed_id,
    -- A page that holds no article and has not changed still holds none.
    coalesce(arg_max(status, visited_at) FILTER (status <> 'unchanged' OR article_id IS NOT NULL), 'unchanged')
        AS status,
    bool_or(article_id IS NOT NULL AND status IN ('new', 'revised', 'unchanged', 'duplicate', 'repeated_link', 'outdated'))
        AS has_article,
    arg_max(article_id, visited_at) AS article_id,
    arg_max(will_be_asked_again, visited_at) AS will_be_asked_again,
    arg_min(feed_published_at, visited_at) AS feed_published_at,
    min(visited_at) AS first_visited_at,
    max(visited_at) AS last_visited_at,
    count(*) AS visit_count,
    count(requested_at) AS request_count,
    arg_max_null(error, visited_at) AS error,
    arg_max(run_id, visited_at) AS last_run_id
FROM fetches
WHERE kind = 'page'
GROUP BY source_id, url;
COMMENT ON VIEW links IS 'The last word on every link that was ever dealt with: why a page is here, or why it is missing. Key: source_id, url.';
COMMENT ON COLUMN links.source_id IS 'The source.';
COMMENT ON COLUMN links.url IS 'The address, absolute and normalised.';
COMMENT ON COLUMN links.feed_id IS 'The feed that offered it first. NULL: no feed did (it came from a WARC file of others, or the like).';
COMMENT ON COLUMN links.status IS 'How it ended last, as in fetches; a page that held no article and has not changed since keeps its word.';
COMMENT ON COLUMN links.has_article IS 'True: it led to an article at least once. A later visit for revisions may have failed all the same.';
COMMENT ON COLUMN links.article_id IS 'The article it last led to. NULL: none.';
COMMENT ON COLUMN links.will_be_asked_again IS 'True: a later pass asks again. False: status is the last word, unless the page is visited again for revisions.';
COMMENT ON COLUMN links.feed_published_at IS 'Publication time its feed gave it first (UTC instant). NULL: none given.';
COMMENT ON COLUMN links.first_visited_at IS 'When it was first dealt with (UTC instant).';
COMMENT ON COLUMN links.last_visited_at IS 'When it was last dealt with (UTC instant).';
COMMENT ON COLUMN links.visit_count IS 'Passes that dealt with it.';
COMMENT ON COLUMN links.request_count IS 'Of these, passes in which it was asked for.';
COMMENT ON COLUMN links.error IS 'What went wrong the last time, in words. NULL: nothing.';
COMMENT ON COLUMN links.last_run_id IS 'The run that loaded its last word.';
