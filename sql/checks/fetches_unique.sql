-- severity: error
-- says: fetch_id is a key
SELECT fetch_id, count(*) AS row_count FROM fetches GROUP BY ALL HAVING count(*) > 1;
