"""The dedupe stage of one run: Parquet in, Parquet out, every article counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from pipeline.decisions import STORY_SPLITS
from pipeline.dedupe.archive import Archive, EditionArchive
from pipeline.dedupe.duplicates import Duplicates, Repeat, find_duplicates
from pipeline.dedupe.prints import write_common, write_prints
from pipeline.dedupe.revisions import FRESH_STATUSES, captured_again, newest_revisions, settle_revisions
from pipeline.dedupe.stories import StoryAssignment, find_stories
from pipeline.dedupe.story_book import EditionStories
from pipeline.dedupe.story_changes import MERGED
from pipeline.dedupe.story_features import OPENING_CHARACTERS
from pipeline.dedupe.texts import Text
from pipeline.errors import AccountingError
from pipeline.handover import StageResult, read_records, write_records
from pipeline.known import Known, open_known
from pipeline.known_records import KnownText
from pipeline.read.agencies import agency_named
from pipeline.records import STORY_SCOPE, Article, DedupeVerdict, SplitDecision, StoryChange
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.sources.loader import load_catalogue
from pipeline.statuses import ARTICLE_STATUSES_STORED, ArticleStatus


def dedupe_run(run: Run) -> StageResult:
    """Bring the captures of each article into revisions, recognise repeats among the articles, and their stories.

    An article is judged by its newest text; all its revisions of this run share that verdict.

    Reads every `read/batch-*.out`. Writes

    - `dedupe/articles`: the same articles, final statuses;
    - `dedupe/verdicts`: a DedupeVerdict for each article revision that will be stored, and for each known article
      whose verdict changed;
    - `dedupe/originals_again`: the known articles (Article rows) that were duplicates and are none any more;
    - `dedupe/story_changes`: the known stories that lost articles to another (StoryChange rows);
    - `dedupe/splits`: what people decided, as this run honoured it (SplitDecision rows);
    - `dedupe/prints` and `dedupe/common`: what later nights find texts by (`pipeline.dedupe.prints`).

    Raises:
        AccountingError: the articles out are not the articles in.
        ConfigurationError: the file of people's decisions has a line that cannot be read.
    """
    articles = [article for path in run.stage_files("read", "batch-*.out") for article in read_records(path, Article)]
    agencies = _agencies(run.settings)
    with open_known(run.settings.current_edition_file) as known:
        settled = settle_revisions(articles, known.articles(captured_again(articles)))
        fresh_articles = newest_revisions(settled)
        before = {text.article_id: text for text in known.headers([a.article_id for a in fresh_articles])}
        since = run.started_at - timedelta(days=run.settings.duplicate_window_days)
        archive = EditionArchive(known, since, agencies)
        fresh = [_as_text(a, before.get(a.article_id), agencies) for a in fresh_articles]
        splits = STORY_SPLITS.in_force(run.settings)
        in_force = {split.split_id for split in splits}
        honoured = known.splits().items()
        released = {article for split_id, articles in honoured if split_id not in in_force for article in articles}
        found = find_duplicates(fresh, archive, splits, released)
        openings = _openings(run, known, archive, found, splits)
        assigned = _stories(run, known, openings, found, splits)
        stories = assigned.story_of
        originals_again = known.whole_articles(found.originals_again) if found.originals_again else []

    final = [
        replace(a, status=ArticleStatus.DUPLICATE)
        if a.status in FRESH_STATUSES and a.article_id in found.repeats
        else a
        for a in settled
    ]
    verdicts = [
        _verdict(a.article_id, a.revision, found.repeats.get(a.article_id), stories[a.article_id])
        for a in final
        if a.status in ARTICLE_STATUSES_STORED
    ]
    to_judge = sum(a.status in FRESH_STATUSES for a in settled)
    if len(final) != len(articles) or len(verdicts) != to_judge:
        raise AccountingError(
            f"run {run.run_id}: dedupe took {len(articles)} articles ({to_judge} to be judged) and has {len(final)} "
            f"and {len(verdicts)} verdicts to hand on; nothing was written"
        )
    verdicts += _changed(openings, found, {a.article_id for a in fresh_articles}, assigned)
    write_prints(run.stage_file("dedupe", "prints"), found)
    write_common(run.stage_file("dedupe", "common"), found)
    write_records(run.stage_file("dedupe", "splits"), SplitDecision, splits)
    write_records(run.stage_file("dedupe", "story_changes"), StoryChange, assigned.changes)
    write_records(run.stage_file("dedupe", "originals_again"), Article, originals_again)
    write_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict, verdicts)
    path = run.stage_file("dedupe", "articles")
    write_records(path, Article, final)
    return StageResult(str(path), dict(Counter(str(a.status) for a in final)))


def _agencies(settings: Settings) -> frozenset[str]:
    """The sources that are news agencies, by their names."""
    return frozenset(source.id for source in load_catalogue(settings).values() if agency_named(source.name))


def _openings(
    run: Run, known: Known, archive: Archive, found: Duplicates, splits: Iterable[SplitDecision]
) -> dict[str, Text]:
    """The known articles that may have to do with tonight's stories.

    Those of the window; those that people's splits name, of any age; and the originals of tonight's copies.
    """
    since = run.started_at - timedelta(days=run.settings.story_window_days)
    named = {i for split in splits if split.scope == STORY_SCOPE for i in (*split.moved, *split.apart_from)}
    named |= _released(known, splits)
    openings = [*known.openings(since, OPENING_CHARACTERS), *known.openings_of(named, OPENING_CHARACTERS)]
    texts = {text.article_id: _known_as_text(text) for text in openings}
    originals = {repeat.original_id for repeat in found.repeats.values()}
    return texts | {text.article_id: text for text in archive.headers(originals - texts.keys())}


def _released(known: Known, splits: Iterable[SplitDecision]) -> set[str]:
    """The articles of splits of stories that the edition honoured, and that were taken back since."""
    in_force = {split.split_id for split in splits}
    honoured = known.splits(STORY_SCOPE).items()
    return {article for split_id, articles in honoured if split_id not in in_force for article in articles}


def _stories(
    run: Run, known: Known, openings: Mapping[str, Text], found: Duplicates, splits: Iterable[SplitDecision]
) -> StoryAssignment:
    """The story of every judged and every known article."""
    return find_stories(
        openings.values(),
        found.judged,
        {article_id: repeat.original_id for article_id, repeat in found.repeats.items()},
        window=timedelta(days=run.settings.story_window_days),
        splits=splits,
        released=_released(known, splits),
        book=EditionStories(known),
    )


def _changed(
    openings: Mapping[str, Text], found: Duplicates, fresh: Collection[str], assigned: StoryAssignment
) -> list[DedupeVerdict]:
    """The verdicts on known articles that are others than the edition says.

    Where a whole story became part of another, `story_changes` says so for all its articles. A known copy that nobody
    judged tonight is in its original's story: the load sees to that.
    """
    judged = {text.article_id for text in found.judged}
    merged_into = {c.story_id: c.other_story_id for c in assigned.changes if c.change == MERGED}
    changed = []
    for text in (*found.judged, *(t for t in openings.values() if t.article_id not in judged)):
        if text.article_id in fresh or text.known_revision is None or text.known_story is None:
            continue
        repeat = found.repeats.get(text.article_id)
        is_judged = text.article_id in judged
        other_original = is_judged and (repeat.original_id if repeat else None) != text.known_original
        story = assigned.story_of[text.article_id]
        other_story = story != merged_into.get(text.known_story, text.known_story)
        if other_original or (other_story and (is_judged or text.known_original is None)):
            changed.append(_verdict(text.article_id, text.known_revision, repeat, story))
    return changed


def _as_text(article: Article, before: KnownText | None, agencies: Collection[str]) -> Text:
    return Text(
        article_id=article.article_id,
        source_id=article.source_id,
        headline=article.headline or "",
        body=article.body or "",
        published_at=article.published_at,
        first_seen_at=before.first_seen_at if before else article.fetched_at,
        is_agency=article.source_id in agencies,
        known_revision=before.revision if before else None,
        known_original=before.duplicate_of if before else None,
        known_story=before.story_id if before else None,
    )


def _known_as_text(text: KnownText) -> Text:
    return Text(
        article_id=text.article_id,
        source_id=text.source_id,
        headline=text.headline or "",
        body=text.body,
        published_at=text.published_at,
        first_seen_at=text.first_seen_at,
        known_revision=text.revision,
        known_original=text.duplicate_of,
        known_story=text.story_id,
    )


def _verdict(article_id: str, revision: int, repeat: Repeat | None, story_id: str) -> DedupeVerdict:
    return DedupeVerdict(
        article_id=article_id,
        revision=revision,
        duplicate_of=repeat.original_id if repeat else None,
        matched_article_id=repeat.matched_id if repeat else None,
        own_share=repeat.own_share if repeat else None,
        matched_share=repeat.matched_share if repeat else None,
        story_id=story_id,
    )
