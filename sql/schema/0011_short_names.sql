-- A name is not always shortened to its last word.

COMMENT ON COLUMN actor_sightings.short_name IS 'Word of name_key by which later articles may call the person: the last, or the first where the family name stands there.';
