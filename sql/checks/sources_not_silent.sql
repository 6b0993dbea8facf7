-- severity: error
-- says: every source that was asked brought at least as many articles as the min of its YAML file in the day before the run ended
-- The day is the 24 hours before the run's newest visit. An article counts when it was first seen in them and was loaded
-- by this run or by one that began less than 23 hours before it: a night that is shorter than the last one must not
-- count the last one's articles again, and a second run on the same day must not miss the first one's.
-- A source is judged once it has been known for a day (a feed of it was asked longer ago than that) and only when a
-- feed of it was asked within the day, whether it answered or not: a source that was added today, a first run, and a
-- source that nobody asked cannot hold the edition. A source whose min is 0 may be silent.
-- What to do: if the source is at fault for longer, lower its min or set `enabled: false`, and start a new run; it
-- collects what this one had.
WITH this_run AS (
    SELECT started_at, greatest(started_at, (SELECT max(visited_at) FROM fetches WHERE run_id = r.run_id)) AS ended_at
    FROM runs AS r WHERE r.run_id = getvariable('run_id')
),
asked AS (
    SELECT f.source_id, arg_max(f.status, f.visited_at) AS last_feed_status
    FROM fetches AS f, this_run AS t
    WHERE f.kind = 'feed'
    GROUP BY f.source_id
    HAVING min(f.visited_at) <= any_value(t.ended_at) - INTERVAL 1 DAY
       AND max(f.visited_at) > any_value(t.ended_at) - INTERVAL 1 DAY
),
brought AS (
    SELECT a.source_id, count(*) AS article_count
    FROM articles AS a
    JOIN runs AS r ON r.run_id = a.first_run_id
    CROSS JOIN this_run AS t
    WHERE a.first_seen_at > t.ended_at - INTERVAL 1 DAY AND r.started_at > t.started_at - INTERVAL 23 HOURS
    GROUP BY a.source_id
)
SELECT s.source_id, s.expected_per_day_min, coalesce(b.article_count, 0) AS articles_last_day, k.last_feed_status
FROM sources AS s
JOIN asked AS k USING (source_id)
LEFT JOIN brought AS b USING (source_id)
WHERE s.enabled AND coalesce(b.article_count, 0) < s.expected_per_day_min
ORDER BY s.source_id;
