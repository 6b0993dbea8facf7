-- Who held which office of which country when, as articles named them; and which mentions lean on it.

-- No key: append-ordered, read by name.
CREATE TABLE actor_sightings (
    article_id VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    office VARCHAR,
    country_code VARCHAR,
    sector VARCHAR NOT NULL,
    seen_on DATE NOT NULL
);
COMMENT ON TABLE actor_sightings IS 'Office holders that coded article revisions name in full, with the office that the article gives them; one row for each person of a revision. Append-only, but for revisions that are coded again. Key: article_id, revision, name_key.';
COMMENT ON COLUMN actor_sightings.article_id IS 'The article.';
COMMENT ON COLUMN actor_sightings.revision IS 'Its revision.';
COMMENT ON COLUMN actor_sightings.run_id IS 'The run that coded it.';
COMMENT ON COLUMN actor_sightings.name IS 'The fullest name that the article gives.';
COMMENT ON COLUMN actor_sightings.name_key IS 'The name in lower case without accents and honorifics.';
COMMENT ON COLUMN actor_sightings.short_name IS 'Last word of name_key: how later articles may call the person.';
COMMENT ON COLUMN actor_sightings.office IS 'The title words without the country, in lower case: foreign minister. NULL: none that could be told apart.';
COMMENT ON COLUMN actor_sightings.country_code IS 'Country of the office, ISO 3166 alpha-3. NULL: an office of a body of several states.';
COMMENT ON COLUMN actor_sightings.sector IS 'PLOVER sector of the office, three letters.';
COMMENT ON COLUMN actor_sightings.seen_on IS 'Day of the article in the zone of its source; where it gives no date, the day it was fetched (UTC).';

CREATE TABLE actor_offices (
    name_key VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    office VARCHAR,
    country_code VARCHAR,
    sector VARCHAR NOT NULL,
    first_seen_on DATE NOT NULL,
    last_seen_on DATE NOT NULL,
    article_count BIGINT NOT NULL CHECK (article_count >= 1),
    CHECK (first_seen_on <= last_seen_on)
);
COMMENT ON TABLE actor_offices IS 'The actor memory: the sightings in current revisions of originals, counted by person and office. The next run uses it for names that an article does not explain (`dateline actors show NAME`). Key: name_key, office, country_code, sector.';
COMMENT ON COLUMN actor_offices.name_key IS 'As in actor_sightings.';
COMMENT ON COLUMN actor_offices.name IS 'The name in the spelling that most articles use.';
COMMENT ON COLUMN actor_offices.short_name IS 'As in actor_sightings.';
COMMENT ON COLUMN actor_offices.office IS 'As in actor_sightings. NULL likewise.';
COMMENT ON COLUMN actor_offices.country_code IS 'As in actor_sightings. NULL likewise.';
COMMENT ON COLUMN actor_offices.sector IS 'As in actor_sightings.';
COMMENT ON COLUMN actor_offices.first_seen_on IS 'Day of the first article that says so.';
COMMENT ON COLUMN actor_offices.last_seen_on IS 'Day of the last article that says so. The office may have been left since.';
COMMENT ON COLUMN actor_offices.article_count IS 'Articles that say so.';

ALTER TABLE event_mentions ADD COLUMN actor_known_from VARCHAR;
ALTER TABLE event_mentions ADD COLUMN recipient_known_from VARCHAR;
COMMENT ON COLUMN event_mentions.actor_known_from IS 'How country and sector of the actor are known where the article does not tell: the archive, since when, from how many articles. NULL: from the article itself, or not at all.';
COMMENT ON COLUMN event_mentions.recipient_known_from IS 'The same for the recipient. NULL likewise.';
