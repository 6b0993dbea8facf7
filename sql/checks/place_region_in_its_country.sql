-- severity: error
-- says: a region has name and code, and its code is one of the country that the place lies in
SELECT p.place_id, p.name, p.country_code, p.region, p.region_code
FROM places AS p LEFT JOIN countries AS c USING (country_code)
WHERE (p.region IS NULL) <> (p.region_code IS NULL)
   OR (p.region_code IS NOT NULL
       AND NOT coalesce(starts_with(p.region_code, c.iso_alpha2 || '-') OR starts_with(p.region_code, p.country_code || '.'), false));
