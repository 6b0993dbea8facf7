-- The first-level region of a place, beside its country.

ALTER TABLE event_mentions ADD COLUMN place_region VARCHAR;
ALTER TABLE event_mentions ADD COLUMN place_region_code VARCHAR;
COMMENT ON COLUMN event_mentions.place_region IS 'First-level region that the place lies in, or is: name in GeoNames. NULL: a whole country, a sea, not geocoded, or stored before this was recorded.';
COMMENT ON COLUMN event_mentions.place_region_code IS 'ISO 3166-2 code of that region (GB-SCT); where ISO has none, country (alpha-3) and GeoNames'' code (GBR.SCT). NULL: as place_region.';

ALTER TABLE places ADD COLUMN region VARCHAR;
ALTER TABLE places ADD COLUMN region_code VARCHAR;
COMMENT ON COLUMN places.region IS 'First-level region that it lies in, or is: name in GeoNames. NULL: a whole country, a sea, or stored before this was recorded.';
COMMENT ON COLUMN places.region_code IS 'ISO 3166-2 code of that region (GB-SCT); where ISO has none, country (alpha-3) and GeoNames'' code (GBR.SCT). NULL: as region.';
