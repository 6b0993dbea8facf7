-- severity: warn
-- says: no article of this run says it was published more than two days after it was fetched
SELECT article_id, revision, url, published_at, fetched_at FROM article_revisions
WHERE run_id = getvariable('run_id') AND published_at > fetched_at + INTERVAL 2 DAYS;
