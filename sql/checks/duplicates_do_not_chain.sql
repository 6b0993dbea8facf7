-- severity: error
-- says: the original of every duplicate is there, is another article, and is no duplicate itself
SELECT copy.article_id, copy.duplicate_of, original.duplicate_of AS original_is_duplicate_of
FROM articles AS copy LEFT JOIN articles AS original ON original.article_id = copy.duplicate_of
WHERE copy.duplicate_of IS NOT NULL
  AND (original.article_id IS NULL OR original.duplicate_of IS NOT NULL OR copy.article_id = copy.duplicate_of);
