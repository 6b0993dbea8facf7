"""The dedupe stage of one run: Parquet in, Parquet out, every article counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from pipeline.dedupe.duplicates import Repeat, find_repeats
from pipeline.dedupe.revisions import FRESH_STATUSES, captured_again, newest_revisions, settle_revisions
from pipeline.dedupe.stories import assign_stories
from pipeline.dedupe.texts import Text
from pipeline.errors import AccountingError
from pipeline.handover import StageResult, read_records, write_records
from pipeline.known import KnownText, open_known
from pipeline.records import Article, DedupeVerdict
from pipeline.runs import Run
from pipeline.statuses import ARTICLE_STATUSES_STORED, ArticleStatus


def dedupe_run(run: Run) -> StageResult:
    """Bring the captures of each article into revisions, recognise repeats among the articles, and their stories.

    An article is judged by its newest text; all its revisions of this run share that verdict.

    Reads every `read/batch-*.out`; writes `dedupe/articles` (the same articles, final statuses) and
    `dedupe/verdicts` (one DedupeVerdict for each article revision that will be stored).

    Raises:
        AccountingError: the articles out are not the articles in.
    """
    articles = [article for path in run.stage_files("read", "batch-*.out") for article in read_records(path, Article)]
    with open_known(run.settings.current_edition_file) as known:
        settled = settle_revisions(articles, known.articles(captured_again(articles)))
        since = run.started_at - timedelta(days=run.settings.duplicate_window_days)
        archived = [_known_as_text(text) for text in known.texts(since)]
    story_before = {text.article_id: text.known_story for text in archived}
    fresh = [_as_text(a, story_before.get(a.article_id)) for a in newest_revisions(settled)]
    repeats = find_repeats(archived, fresh)
    stories = assign_stories(archived, fresh, repeats)

    final = [
        replace(a, status=ArticleStatus.DUPLICATE) if a.status in FRESH_STATUSES and a.article_id in repeats else a
        for a in settled
    ]
    verdicts = [
        _verdict(a, repeats.get(a.article_id), stories[a.article_id])
        for a in final
        if a.status in ARTICLE_STATUSES_STORED
    ]
    to_judge = sum(a.status in FRESH_STATUSES for a in settled)
    if len(final) != len(articles) or len(verdicts) != to_judge:
        raise AccountingError(
            f"run {run.run_id}: dedupe took {len(articles)} articles ({to_judge} to be judged) and has {len(final)} "
            f"and {len(verdicts)} verdicts to hand on; nothing was written"
        )
    write_records(run.stage_file("dedupe", "verdicts"), DedupeVerdict, verdicts)
    path = run.stage_file("dedupe", "articles")
    write_records(path, Article, final)
    return StageResult(str(path), dict(Counter(str(a.status) for a in final)))


def _as_text(article: Article, known_story: str | None) -> Text:
    return Text(
        article_id=article.article_id,
        source_id=article.source_id,
        headline=article.headline or "",
        body=article.body or "",
        published_at=article.published_at,
        known_story=known_story,
    )


def _known_as_text(text: KnownText) -> Text:
    return Text(
        article_id=text.article_id,
        source_id=text.source_id,
        headline=text.headline or "",
        body=text.body,
        published_at=text.published_at,
        known_original=text.duplicate_of,
        known_story=text.story_id,
    )


def _verdict(article: Article, repeat: Repeat | None, story_id: str) -> DedupeVerdict:
    return DedupeVerdict(
        article_id=article.article_id,
        revision=article.revision,
        duplicate_of=repeat.original_id if repeat else None,
        matched_article_id=repeat.original_id if repeat else None,
        own_share=repeat.shared_share if repeat else None,
        matched_share=repeat.shared_share if repeat else None,
        story_id=story_id,
    )
