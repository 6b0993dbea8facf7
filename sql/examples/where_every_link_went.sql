-- Where every link went: of each source the links its feeds offered anew, those too old to be followed, and the last
-- word on each of the others, which add up to `dealt_with`.
WITH offered AS (
    SELECT source_id, sum(new_link_count)::BIGINT AS offered_anew, sum(old_link_count)::BIGINT AS too_old
    FROM fetches WHERE kind = 'feed' GROUP BY source_id
)
SELECT s.source_id, o.offered_anew, o.too_old, count(l.url) AS dealt_with,
    count(*) FILTER (l.has_article) AS became_articles,
    count(*) FILTER (NOT l.has_article AND l.will_be_asked_again) AS asked_again,
    count(*) FILTER (NOT l.has_article AND NOT l.will_be_asked_again) AS ended_otherwise,
    list_sort(list(DISTINCT l.status) FILTER (NOT l.has_article)) AS otherwise
FROM sources AS s LEFT JOIN offered AS o USING (source_id) LEFT JOIN links AS l USING (source_id)
GROUP BY ALL HAVING dealt_with > 0 OR o.offered_anew > 0
ORDER BY s.source_id;
