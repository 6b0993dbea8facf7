-- severity: error
-- says: a place has both coordinates or neither, and is not at 0, 0
SELECT place_id, name, latitude, longitude FROM places
WHERE (latitude IS NULL) <> (longitude IS NULL) OR (latitude = 0 AND longitude = 0);
