-- What changed since T: WHERE first_seen_at >= T. A visit to another link of the article (repeated_link) may show
-- another text, so it is no proof that the old one stood.
CREATE OR REPLACE VIEW article_changes AS
SELECT
    r.article_id,
    r.revision,
    a.source_id,
    s.name AS publisher,
    a.canonical_url AS url,
    r.fetched_at AS first_seen_at,
    coalesce(
        (
            SELECT max(f.requested_at)
            FROM fetches AS f
            WHERE f.kind = 'page' AND f.status = 'unchanged' AND f.article_id = r.article_id
                AND f.requested_at > before.fetched_at AND f.requested_at < r.fetched_at
        ),
        before.fetched_at
    ) AS text_before_seen_until,
    r.changed_fields,
    before.headline AS headline_before,
    r.headline,
    r.added_passages,
    r.removed_passages,
    length(before.body) AS characters_before,
    length(r.body) AS characters,
    before.modified_at AS modified_at_before,
    r.modified_at,
    r.correction_notice,
    before.extractor IS NOT DISTINCT FROM r.extractor AND before.extractor_version = r.extractor_version AS read_alike,
    r.run_id
FROM article_revisions AS r
JOIN article_revisions AS before ON before.article_id = r.article_id AND before.revision = r.revision - 1
JOIN articles AS a ON a.article_id = r.article_id
JOIN sources AS s ON s.source_id = a.source_id
WHERE r.revision > 1;
COMMENT ON VIEW article_changes IS 'One row for each time we found an article with another headline or text: what was there, what is there, and between which two visits it changed. Key: article_id, revision.';
COMMENT ON COLUMN article_changes.article_id IS 'The article.';
COMMENT ON COLUMN article_changes.revision IS 'The revision that the change made, counted from 1; so 2 or more.';
COMMENT ON COLUMN article_changes.source_id IS 'The source the article was first read from.';
COMMENT ON COLUMN article_changes.publisher IS 'Name of the source.';
COMMENT ON COLUMN article_changes.url IS 'Canonical URL.';
COMMENT ON COLUMN article_changes.first_seen_at IS 'When we first saw the new text (UTC instant).';
COMMENT ON COLUMN article_changes.text_before_seen_until IS 'When we last saw the text before (UTC instant): the change was made between then and first_seen_at.';
COMMENT ON COLUMN article_changes.changed_fields IS 'Of headline, standfirst, byline and body those that differ; a change of headline or body is among them.';
COMMENT ON COLUMN article_changes.headline_before IS 'Headline of the revision before. NULL: the page showed none.';
COMMENT ON COLUMN article_changes.headline IS 'Headline of this revision. NULL: the page shows none.';
COMMENT ON COLUMN article_changes.added_passages IS 'Sentences and headlines that the revision before did not have, in the order of the text; empty where text only moved, and where it was stored before this was recorded.';
COMMENT ON COLUMN article_changes.removed_passages IS 'Sentences and headlines of the revision before that are gone, in the order of that text; empty likewise.';
COMMENT ON COLUMN article_changes.characters_before IS 'Length of the text before, in characters.';
COMMENT ON COLUMN article_changes.characters IS 'Length of this text, in characters.';
COMMENT ON COLUMN article_changes.modified_at_before IS 'When the publisher said it was changed, on the page before (UTC instant). NULL: it did not say.';
COMMENT ON COLUMN article_changes.modified_at IS 'When the publisher says it was changed, on this page (UTC instant). NULL: it does not say.';
COMMENT ON COLUMN article_changes.correction_notice IS 'The words on this page that own up to a correction. NULL: there are none, or not recorded.';
COMMENT ON COLUMN article_changes.read_alike IS 'True: both texts were found in the same way by the same version of the reader. False: some of the change may be ours.';
COMMENT ON COLUMN article_changes.run_id IS 'The run that read this revision.';
