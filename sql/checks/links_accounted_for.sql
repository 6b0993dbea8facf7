-- severity: warn
-- says: every new link that a feed offered was dealt with, or was too old: none vanished on the way
-- Over all passes that this run loaded: links new to us, less those too old to be followed, against the links with a
-- row of their own. A link counts as new for the feed that offers it first and never again, so more new links than rows
-- means that some have none; fewer is no fault (an old link whose time was corrected, a link seen before the counts
-- were kept). A warning, because a killed pass may have counted links that the next one had to count again.
SELECT
    source_id,
    sum(new_link_count - old_link_count) AS links_to_be_dealt_with,
    count(DISTINCT url) FILTER (kind = 'page' AND feed_id IS NOT NULL) AS links_dealt_with
FROM fetches
WHERE run_id = getvariable('run_id')
GROUP BY source_id HAVING links_to_be_dealt_with > links_dealt_with
ORDER BY source_id;
