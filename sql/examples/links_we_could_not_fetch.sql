-- Which feeds offered links we could not fetch in the last seven days of this edition, why, and who will be asked again.
SELECT g.day, s.name AS publisher, f.url AS feed, g.reason, g.link_count AS links,
    g.pending_link_count AS asked_again, g.given_up_link_count AS given_up
FROM coverage_gaps AS g
JOIN sources AS s USING (source_id)
LEFT JOIN feeds AS f USING (feed_id)
WHERE g.link_count IS NOT NULL AND g.day > (SELECT max(last_visited_at)::DATE - 7 FROM feeds)
ORDER BY g.day DESC, links DESC, publisher, feed, g.reason;
