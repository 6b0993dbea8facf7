-- Links with their final word. A page that has not changed is known by the article it held when we last had it, which
-- may have been earlier in this very run.
CREATE OR REPLACE TEMP TABLE articles_by_url AS
SELECT source_id, url, arg_max(article_id, visited_at) AS article_id
FROM (
    SELECT source_id, url, article_id, visited_at FROM fetches WHERE kind = 'page' AND article_id IS NOT NULL
    UNION ALL
    SELECT f.source_id, f.url, a.article_id, f.visited_at
    FROM staged_fetches AS f
    JOIN staged_articles AS s USING (fetch_id)
    JOIN articles AS a ON a.article_id = s.article_id
)
WHERE url IN (SELECT url FROM staged_fetches WHERE status = 'unchanged')
GROUP BY source_id, url;

INSERT INTO fetches BY NAME
SELECT
    f.* EXCLUDE (status),
    getvariable('run_id') AS run_id,
    'page' AS kind,
    coalesce(s.status, f.status) AS status,
    coalesce(a.article_id, u.article_id) AS article_id
FROM staged_fetches AS f
LEFT JOIN staged_articles AS s ON s.fetch_id = f.fetch_id
LEFT JOIN articles AS a ON a.article_id = s.article_id
LEFT JOIN articles_by_url AS u
    ON f.status = 'unchanged' AND u.source_id = f.source_id AND u.url = f.url
ORDER BY f.source_id, f.visited_at, f.fetch_id;

UPDATE articles
SET last_seen_at = greatest(last_seen_at, seen.requested_at)
FROM (
    SELECT article_id, max(requested_at) AS requested_at
    FROM fetches
    WHERE run_id = getvariable('run_id') AND status = 'unchanged' AND article_id IS NOT NULL
    GROUP BY article_id
) AS seen
WHERE seen.article_id = articles.article_id;
