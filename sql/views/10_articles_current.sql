CREATE OR REPLACE VIEW articles_current AS
SELECT
    a.article_id,
    r.headline,
    r.headline_source,
    r.standfirst,
    r.standfirst_source,
    r.byline,
    r.byline_source,
    r.agencies,
    s.name AS publisher,
    a.source_id,
    a.canonical_url AS url,
    r.published_at,
    r.published_at_source,
    r.modified_at,
    r.modified_at_source,
    coalesce(first.published_at, a.first_seen_at) AS firstcreated,
    coalesce(r.modified_at, r.fetched_at) AS versioncreated,
    r.section,
    r.section_source,
    r.language,
    r.language_source,
    r.keywords,
    r.images,
    r.is_accessible_for_free,
    r.body,
    r.correction_notice,
    a.current_revision AS revision,
    r.changed_fields,
    a.duplicate_of,
    a.shared_share,
    t.story_id,
    a.first_seen_at,
    a.last_seen_at,
    r.capture_id
FROM articles AS a
JOIN article_revisions AS r ON r.article_id = a.article_id AND r.revision = a.current_revision
JOIN article_revisions AS first ON first.article_id = a.article_id AND first.revision = 1
JOIN sources AS s ON s.source_id = a.source_id
JOIN story_articles AS t ON t.article_id = a.article_id;
COMMENT ON VIEW articles_current IS 'Every article with its newest text, duplicates included (duplicate_of tells them).';
COMMENT ON COLUMN articles_current.article_id IS 'The article. One row each.';
COMMENT ON COLUMN articles_current.headline IS 'Headline of the current revision. NULL: the page shows none.';
COMMENT ON COLUMN articles_current.headline_source IS 'Where the headline stood: json_ld, microdata, meta, page (what a reader sees), site_rule (the source''s own rule), feed. NULL: no headline.';
COMMENT ON COLUMN articles_current.standfirst IS 'Summary under the headline. NULL: the page shows none.';
COMMENT ON COLUMN articles_current.standfirst_source IS 'Where the standfirst stood: json_ld, microdata, meta, page, site_rule. NULL: no standfirst, or not recorded.';
COMMENT ON COLUMN articles_current.byline IS 'Who is credited, in order: people, and desks and agencies where they are; empty where nobody is.';
COMMENT ON COLUMN articles_current.byline_source IS 'Where the byline stood: json_ld, microdata, meta, page, site_rule, body (a line of the text). NULL: no byline, or not recorded.';
COMMENT ON COLUMN articles_current.agencies IS 'News agencies that the page credits, by their usual name; empty where none is.';
COMMENT ON COLUMN articles_current.publisher IS 'Name of the source.';
COMMENT ON COLUMN articles_current.source_id IS 'The source it was first read from.';
COMMENT ON COLUMN articles_current.url IS 'Canonical URL.';
COMMENT ON COLUMN articles_current.published_at IS 'When the publisher says it was published (UTC instant). NULL: it does not say.';
COMMENT ON COLUMN articles_current.published_at_source IS 'Where published_at stood: json_ld, microdata, meta, page, site_rule, url, feed. NULL: no instant.';
COMMENT ON COLUMN articles_current.modified_at IS 'When the publisher says it was changed (UTC instant). NULL: it does not say.';
COMMENT ON COLUMN articles_current.modified_at_source IS 'Where modified_at stood: json_ld, microdata, meta, page, site_rule. NULL: no modified_at, or not recorded.';
COMMENT ON COLUMN articles_current.firstcreated IS 'IPTC ninjs firstcreated: first publication; where the page gives no time, when we first saw it (UTC instant).';
COMMENT ON COLUMN articles_current.versioncreated IS 'IPTC ninjs versioncreated: when this version was made; where the page gives no time, when we fetched it (UTC instant).';
COMMENT ON COLUMN articles_current.section IS 'Section as named. NULL: not named.';
COMMENT ON COLUMN articles_current.section_source IS 'Where the section stood: json_ld, microdata, meta, page, url. NULL: no section, or not recorded.';
COMMENT ON COLUMN articles_current.language IS 'ISO 639-1. NULL: not recognised.';
COMMENT ON COLUMN articles_current.language_source IS 'What told the language: words (of the text); page, json_ld, microdata or meta, which declare it; source (its YAML). NULL: no language, or not recorded.';
COMMENT ON COLUMN articles_current.keywords IS 'Keywords as given; empty where none are.';
COMMENT ON COLUMN articles_current.images IS 'Pictures that belong to the article, the leading one first, with caption and credit; empty where there are none.';
COMMENT ON COLUMN articles_current.is_accessible_for_free IS 'False: behind a paywall, the text may be its beginning only. NULL: the page does not say.';
COMMENT ON COLUMN articles_current.body IS 'Text, paragraphs divided by one empty line.';
COMMENT ON COLUMN articles_current.correction_notice IS 'The words on the page that own up to a correction. NULL: there are none, or not recorded.';
COMMENT ON COLUMN articles_current.revision IS 'Number of the current revision, counted from 1.';
COMMENT ON COLUMN articles_current.changed_fields IS 'Fields that differ from the revision before; empty for revision 1.';
COMMENT ON COLUMN articles_current.duplicate_of IS 'The original whose text it re-uses. NULL: an original.';
COMMENT ON COLUMN articles_current.shared_share IS 'Share of text shared with what it was matched with, 0 to 1. NULL: an original.';
COMMENT ON COLUMN articles_current.story_id IS 'The story it belongs to.';
COMMENT ON COLUMN articles_current.first_seen_at IS 'When its first revision was fetched (UTC instant).';
COMMENT ON COLUMN articles_current.last_seen_at IS 'When it was last found on the site (UTC instant).';
COMMENT ON COLUMN articles_current.capture_id IS 'The archived response the current revision was read from.';
