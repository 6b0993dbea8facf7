-- What changed in articles since a week before the newest change: what they said, what they say, and between which visits.
SELECT publisher, url, text_before_seen_until, first_seen_at, changed_fields, headline_before, headline,
    removed_passages, added_passages, correction_notice
FROM article_changes
WHERE first_seen_at >= (SELECT max(fetched_at) FROM article_revisions WHERE revision > 1) - INTERVAL 7 DAYS
ORDER BY first_seen_at DESC, article_id;
