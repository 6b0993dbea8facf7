-- Which story each article belongs to, what became of stories, and the stories this run touched, counted anew.
INSERT INTO story_changes BY NAME
SELECT getvariable('run_id') AS run_id, story_id, change, other_story_id, reason
FROM staged_story_changes
ORDER BY story_id, other_story_id;

INSERT INTO touched_stories
SELECT story_id FROM staged_story_changes UNION SELECT other_story_id FROM staged_story_changes;

-- All articles of a story that became part of another, also those that no stage looked at.
UPDATE story_articles
SET story_id = c.other_story_id, run_id = getvariable('run_id')
FROM staged_story_changes AS c
WHERE c.change = 'merged' AND c.story_id = story_articles.story_id;

INSERT INTO story_articles BY NAME
SELECT DISTINCT article_id, story_id, getvariable('run_id') AS run_id
FROM staged_verdicts
ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id, run_id = excluded.run_id;

-- A copy is in its original's story, also one that this run did not look at.
CREATE OR REPLACE TEMP TABLE moved_copies AS
SELECT copy.article_id, mine.story_id AS story_before, its.story_id
FROM articles AS copy
JOIN story_articles AS mine ON mine.article_id = copy.article_id
JOIN story_articles AS its ON its.article_id = copy.duplicate_of
WHERE mine.story_id <> its.story_id;

INSERT INTO touched_stories
SELECT story_before FROM moved_copies UNION SELECT story_id FROM moved_copies;

UPDATE story_articles
SET story_id = m.story_id, run_id = getvariable('run_id')
FROM moved_copies AS m
WHERE m.article_id = story_articles.article_id;

DELETE FROM stories WHERE story_id IN (SELECT story_id FROM touched_stories);

INSERT INTO stories BY NAME
SELECT
    s.story_id,
    arg_min(a.article_id, (a.duplicate_of IS NOT NULL, coalesce(r.published_at, a.first_seen_at), a.article_id))
        AS representative_article_id,
    arg_min(a.article_id, (coalesce(r.published_at, a.first_seen_at), a.duplicate_of IS NOT NULL, a.article_id))
        AS first_article_id,
    count(*) AS article_count,
    count(*) FILTER (a.duplicate_of IS NULL) AS original_count,
    count(DISTINCT a.source_id) AS source_count,
    min(coalesce(r.published_at, a.first_seen_at)) AS first_published_at,
    max(coalesce(r.published_at, a.first_seen_at)) AS last_published_at,
    epoch(max(coalesce(r.published_at, a.first_seen_at)) - min(coalesce(r.published_at, a.first_seen_at)))::BIGINT
        AS spread_seconds
FROM story_articles AS s
JOIN articles AS a USING (article_id)
JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
WHERE s.story_id IN (SELECT story_id FROM touched_stories)
GROUP BY s.story_id
ORDER BY s.story_id;
