-- What changed in articles that were edited after we first read them: headline and length before and after.
SELECT r.article_id, r.revision, r.fetched_at, r.changed_fields, before.headline AS headline_before, r.headline,
    length(before.body) AS characters_before, length(r.body) AS characters
FROM article_revisions AS r
JOIN article_revisions AS before ON before.article_id = r.article_id AND before.revision = r.revision - 1
ORDER BY r.fetched_at DESC, r.article_id;
