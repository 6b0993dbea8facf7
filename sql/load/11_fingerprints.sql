-- What later nights find texts by; older than the window is removed (variable fingerprints_since).
UPDATE articles SET words_hash = p.words_hash FROM staged_prints AS p WHERE p.article_id = articles.article_id;

DELETE FROM article_fingerprints
WHERE first_seen_at < getvariable('fingerprints_since')
   OR article_id IN (SELECT article_id FROM staged_prints WHERE is_known);

INSERT INTO article_fingerprints BY NAME
SELECT p.article_id, a.first_seen_at, unnest(p.fingerprints) AS fingerprint
FROM staged_prints AS p JOIN articles AS a USING (article_id)
WHERE a.first_seen_at >= getvariable('fingerprints_since')
ORDER BY a.first_seen_at, p.article_id;

DELETE FROM common_fingerprints
WHERE last_seen_at < getvariable('fingerprints_since') OR fingerprint IN (SELECT fingerprint FROM staged_common);

INSERT INTO common_fingerprints BY NAME
SELECT fingerprint, getvariable('run_started_at') AS last_seen_at FROM staged_common ORDER BY fingerprint;
