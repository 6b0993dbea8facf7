-- Who changes what was said without a correction notice, and how often: of all changes, by source, the most silent first.
SELECT
    c.publisher,
    count(*) AS changes,
    count(c.correction_notice) AS with_notice,
    count(s.article_id) AS silent,
    count(*) FILTER (s.kind = 'figure') AS silent_figures,
    count(*) FILTER (s.kind = 'passage_removed') AS silent_removals,
    count(*) FILTER (NOT s.says_modified) AS silent_without_new_time
FROM article_changes AS c
LEFT JOIN silent_corrections AS s USING (article_id, revision)
GROUP BY c.publisher
ORDER BY silent DESC, changes DESC, c.publisher;
