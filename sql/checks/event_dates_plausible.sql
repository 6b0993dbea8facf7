-- severity: warn
-- says: no event begins before 1900 or more than twenty years after it was first reported
SELECT event_id, event_date_first, first_reported_at FROM events
WHERE event_date_first < DATE '1900-01-01' OR event_date_first > first_reported_at::DATE + INTERVAL 20 YEARS;
