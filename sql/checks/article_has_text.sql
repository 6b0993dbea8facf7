-- severity: error
-- says: every text stored by this run has words in it
SELECT article_id, revision, url FROM article_revisions
WHERE run_id = getvariable('run_id') AND trim(body) = '';
