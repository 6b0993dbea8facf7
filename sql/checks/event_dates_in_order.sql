-- severity: error
-- says: an event's first day is not after its last, and both and the precision are there or none is
SELECT event_id, event_date_first, event_date_last, event_date_precision FROM events
WHERE event_date_first > event_date_last
   OR (event_date_first IS NULL) <> (event_date_last IS NULL)
   OR (event_date_first IS NULL) <> (event_date_precision IS NULL);
