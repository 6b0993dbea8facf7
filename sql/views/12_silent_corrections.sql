-- Something that was said is gone or says something else, and the page does not own up to it. A sentence that goes on
-- where it ended before takes nothing back. A headline is rewritten for style every day: alone it counts where a figure
-- in it became another, or where a name in it is nowhere on the page any more. Names are told by their capitals, so not
-- in German, which gives them to all nouns, nor in headlines that capitalise every long word. Each sentence that went
-- is held against each that came, so of either the first 1,000 are looked at: no page may make the view costly.
CREATE OR REPLACE VIEW silent_corrections AS
WITH changes AS (
    SELECT
        c.*,
        list_filter(c.removed_passages[:1000], lambda p: p IS DISTINCT FROM c.headline_before) AS sentences_removed,
        list_filter(c.added_passages[:1000], lambda p: p IS DISTINCT FROM c.headline) AS sentences_added,
        list_contains(c.changed_fields, 'headline') AND c.headline_before IS NOT NULL AND c.headline IS NOT NULL
            AS has_other_headline,
        lower(concat_ws(' ', c.headline, r.body)) AS page,
        coalesce(r.language, '') NOT IN ('de', 'lb')
            AND regexp_matches(c.headline_before, '(^|[^\pL])\p{Ll}{4,}') AS shows_names
    FROM article_changes AS c
    JOIN article_revisions AS r ON r.article_id = c.article_id AND r.revision = c.revision
    WHERE c.read_alike AND c.correction_notice IS NULL
),
taken_back AS (
    SELECT
        * EXCLUDE (page, shows_names),
        list_filter(sentences_removed, lambda p: len(list_filter(
            sentences_added, lambda q: starts_with(q, rtrim(p, ' .…'))
                AND (regexp_matches(p, '(…|\.\.\.)$')
                    OR regexp_matches(substr(q, length(rtrim(p, ' .…')) + 1, 4), '^([^\pL\pN\s]{0,3}\s|[，、；])'))
        )) = 0) AS passages_taken_back,
        list_transform(sentences_added, lambda q: regexp_replace(q, '\p{Nd}+([.,٫٬]\p{Nd}+)*', '#', 'g')) AS forms_added,
        list_distinct(regexp_extract_all(headline_before, '\p{Nd}+(?:[.,٫٬]\p{Nd}+)*')) AS figures_before,
        list_distinct(regexp_extract_all(headline, '\p{Nd}+(?:[.,٫٬]\p{Nd}+)*')) AS figures,
        CASE WHEN shows_names THEN list_filter(
            regexp_extract_all(headline_before, '[^\pL](\p{Lu}[\pL''’-]+)', 1), lambda w: NOT contains(page, lower(w)))
            ELSE [] END AS names_gone
    FROM changes
),
judged AS (
    SELECT
        * EXCLUDE (forms_added, figures_before, figures, names_gone, sentences_removed),
        len(list_filter(passages_taken_back, lambda p: regexp_matches(p, '\p{Nd}')
            AND list_contains(forms_added, regexp_replace(p, '\p{Nd}+([.,٫٬]\p{Nd}+)*', '#', 'g')))) > 0 AS has_other_figure,
        has_other_headline AND len(list_filter(figures_before, lambda f: NOT list_contains(figures, f))) > 0
            AND len(list_filter(figures, lambda f: NOT list_contains(figures_before, f))) > 0 AS headline_has_other_figure,
        has_other_headline AND len(names_gone) > 0 AS headline_lost_name
    FROM taken_back
)
SELECT
    article_id,
    revision,
    source_id,
    publisher,
    url,
    first_seen_at,
    text_before_seen_until,
    CASE
        WHEN has_other_figure OR headline_has_other_figure THEN 'figure'
        WHEN headline_lost_name THEN 'headline_name'
        WHEN len(sentences_added) = 0 THEN 'passage_removed'
        ELSE 'passage_replaced'
    END AS kind,
    headline_before,
    headline,
    passages_taken_back,
    added_passages,
    characters_before,
    characters,
    modified_at IS NOT NULL AND modified_at IS DISTINCT FROM modified_at_before AS says_modified,
    modified_at,
    EXISTS (
        SELECT 1 FROM article_revisions AS later
        WHERE later.article_id = judged.article_id AND later.revision > judged.revision
            AND later.correction_notice IS NOT NULL
    ) AS has_later_notice,
    run_id
FROM judged
WHERE len(passages_taken_back) > 0 OR headline_has_other_figure OR headline_lost_name;
COMMENT ON VIEW silent_corrections IS 'Changes that took something back, or made it say something else, on pages without a correction notice. Mere additions, text that only moved, rewritten headlines and changes that may be our reader''s are left out. A developing story belongs here too: whether it is a correction is for people to say. Key: article_id, revision.';
COMMENT ON COLUMN silent_corrections.article_id IS 'The article.';
COMMENT ON COLUMN silent_corrections.revision IS 'The revision that the change made.';
COMMENT ON COLUMN silent_corrections.source_id IS 'The source the article was first read from.';
COMMENT ON COLUMN silent_corrections.publisher IS 'Name of the source.';
COMMENT ON COLUMN silent_corrections.url IS 'Canonical URL.';
COMMENT ON COLUMN silent_corrections.first_seen_at IS 'When we first saw the new text (UTC instant).';
COMMENT ON COLUMN silent_corrections.text_before_seen_until IS 'When we last saw the text before (UTC instant).';
COMMENT ON COLUMN silent_corrections.kind IS 'The first that holds of: figure (the same words with another number, or another number in the headline), headline_name (a name of the old headline is nowhere on the page), passage_removed (sentences went and none came), passage_replaced (sentences went and others came).';
COMMENT ON COLUMN silent_corrections.headline_before IS 'Headline of the revision before. NULL: the page showed none.';
COMMENT ON COLUMN silent_corrections.headline IS 'Headline of this revision. NULL: the page shows none.';
COMMENT ON COLUMN silent_corrections.passages_taken_back IS 'Sentences of the text before that are gone and do not go on as the beginning of another; at most 1,000; empty where only the headline counts.';
COMMENT ON COLUMN silent_corrections.added_passages IS 'As in article_changes.';
COMMENT ON COLUMN silent_corrections.characters_before IS 'Length of the text before, in characters.';
COMMENT ON COLUMN silent_corrections.characters IS 'Length of this text, in characters.';
COMMENT ON COLUMN silent_corrections.says_modified IS 'True: the page gives a time of change, and another one than before. False: it shows readers no sign of the change.';
COMMENT ON COLUMN silent_corrections.modified_at IS 'That time (UTC instant). NULL: the page does not say.';
COMMENT ON COLUMN silent_corrections.has_later_notice IS 'True: a later revision of the article shows a correction notice, perhaps on this change.';
COMMENT ON COLUMN silent_corrections.run_id IS 'The run that read this revision.';
