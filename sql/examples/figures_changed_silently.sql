-- Figures that an article first gave and then gave otherwise, with no word of it: the sentences as they were and as they are.
SELECT first_seen_at, publisher, url, headline_before, headline, passages_taken_back, added_passages, says_modified
FROM silent_corrections
WHERE kind = 'figure' AND NOT has_later_notice
ORDER BY first_seen_at DESC, article_id
LIMIT 50;
