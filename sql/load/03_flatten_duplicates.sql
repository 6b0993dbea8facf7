-- Run again and again until it changes nothing: a duplicate of a duplicate points to the original itself. This comes
-- about when an original is revised and found to re-use another text.
INSERT INTO touched_articles
SELECT original.duplicate_of
FROM articles AS copy
JOIN articles AS original ON original.article_id = copy.duplicate_of
WHERE original.duplicate_of IS NOT NULL AND original.duplicate_of <> copy.article_id;

UPDATE articles
SET duplicate_of = original.duplicate_of
FROM articles AS original
WHERE original.article_id = articles.duplicate_of
  AND original.duplicate_of IS NOT NULL
  AND original.duplicate_of <> articles.article_id;
