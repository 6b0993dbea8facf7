"""The stage: captures of a run, in batches, become one Article for each Fetch, with a status in every case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipeline.errors import AccountingError, QuarantineError
from pipeline.gather.archive import Capture, read_capture
from pipeline.handover import StageResult, read_records, write_records
from pipeline.known import KnownArticle, open_known
from pipeline.read.canonical import normalised
from pipeline.read.moments import Moment
from pipeline.read.reader import READER_VERSION, PageReading, read_page, text_sha256
from pipeline.records import Article, Fetch, stable_id
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.sources.loader import load_sources
from pipeline.sources.model import Source
from pipeline.statuses import ArticleStatus, FetchStatus

STAGE = "read"
_COMPARED_FIELDS = ("headline", "standfirst", "byline", "body")


def plan_read(run: Run) -> list[str]:
    """Split the run's captures into batches; returns their names, none where nothing was captured.

    Writes `read/batch-<name>.in` (Fetch rows) and removes what an earlier plan left, so that a re-run with
    fewer captures leaves no batch behind.
    """
    captured = [
        fetch
        for path in run.stage_files("gather", "*.fetches")
        for fetch in read_records(path, Fetch)
        if fetch.status == FetchStatus.CAPTURED
    ]
    for left_over in (*run.stage_files(STAGE, "batch-*.in"), *run.stage_files(STAGE, "batch-*.out")):
        left_over.unlink()
    size = run.settings.read_batch_size
    names = []
    for number, start in enumerate(range(0, len(captured), size)):
        name = f"{number:03d}"
        write_records(run.stage_file(STAGE, f"batch-{name}.in"), Fetch, captured[start : start + size])
        names.append(name)
    return names


def read_batch(run: Run, name: str) -> StageResult:
    """Read one batch of captures; its counts are ArticleStatus words.

    Writes `read/batch-<name>.out` (Article rows), exactly one for each Fetch of `batch-<name>.in`.

    Raises:
        AccountingError: there are not as many articles as fetches.
    """
    fetches = list(read_records(run.stage_file(STAGE, f"batch-{name}.in"), Fetch))
    sources = load_sources(run.settings)
    articles = [_read_fetch(fetch, sources.get(fetch.source_id), run.settings) for fetch in fetches]
    with open_known(run.settings.current_edition_file) as known:
        known_articles = known.articles([article.article_id for article in articles])
    articles = [compare_with_known(article, known_articles) for article in articles]
    path = run.stage_file(STAGE, f"batch-{name}.out")
    written = write_records(path, Article, articles)
    if written != len(fetches):
        raise AccountingError(f"read batch {name}: {len(fetches)} captures went in, {written} articles came out")
    return StageResult(path=str(path), counts=dict(Counter(article.status for article in articles)))


def compare_with_known(article: Article, known_articles: Mapping[str, KnownArticle]) -> Article:
    """`article` with its revision, and NEW, REVISED or UNCHANGED against what the edition knows.

    Headline and body decide: a new standfirst or byline alone makes no revision.
    """
    if article.status != ArticleStatus.NEW:
        return article
    known = known_articles.get(article.article_id)
    if known is None:
        return replace(article, revision=1)
    if known.text_sha256 == article.text_sha256:
        return replace(article, revision=known.revision, status=ArticleStatus.UNCHANGED)
    changed = tuple(name for name in _COMPARED_FIELDS if getattr(known, name) != getattr(article, name))
    return replace(article, revision=known.revision + 1, status=ArticleStatus.REVISED, changed_fields=changed)


def _read_fetch(fetch: Fetch, source: Source | None, settings: Settings) -> Article:
    fetched_at = fetch.requested_at or datetime.now(UTC)
    try:
        capture = _capture_of(fetch, settings)
    except QuarantineError as error:
        url = fetch.final_url or fetch.url
        reading = PageReading(
            status=ArticleStatus.QUARANTINED, reason=str(error), url=url, canonical_url=normalised(url)
        )
    else:
        reading = read_page(
            capture.body,
            url=fetch.final_url or capture.url,
            fetched_at=fetched_at,
            content_type=capture.content_type,
            source=source,
            feed_title=fetch.feed_title,
            feed_published_at=fetch.feed_published_at,
            languages=settings.languages,
        )
    return _article(reading, fetch, fetched_at, ZoneInfo(source.timezone) if source else None)


def _capture_of(fetch: Fetch, settings: Settings) -> Capture:
    if fetch.capture_id is None or fetch.warc_file is None or fetch.warc_offset is None:
        raise QuarantineError("the fetch is said to be captured and names no capture")
    return read_capture(settings.captures_folder, fetch.warc_file, fetch.warc_offset)


def _article(reading: PageReading, fetch: Fetch, fetched_at: datetime, zone: ZoneInfo | None) -> Article:
    """The Article record of one reading. What is no article keeps its headline and its dates, and no text."""
    is_article = reading.status == ArticleStatus.NEW
    return Article(
        article_id=stable_id(reading.canonical_url),
        revision=0,
        capture_id=fetch.capture_id or "",
        fetch_id=fetch.fetch_id,
        source_id=fetch.source_id,
        status=reading.status,
        url=fetch.url,
        canonical_url=reading.canonical_url,
        headline=reading.headline,
        headline_source=reading.headline_source,
        standfirst=reading.standfirst if is_article else None,
        byline=reading.byline if is_article else (),
        published_at=_instant(reading.published, zone),
        published_at_source=reading.published_source if _instant(reading.published, zone) else None,
        modified_at=_instant(reading.modified, zone),
        section=reading.section,
        language=reading.language,
        keywords=reading.keywords,
        publisher=reading.publisher,
        body=reading.body if is_article else None,
        text_sha256=text_sha256(reading.headline, reading.body) if is_article else None,
        changed_fields=(),
        fetched_at=fetched_at,
        extractor=reading.extractor if is_article else None,
        extractor_version=READER_VERSION,
        error=reading.reason,
    )


def _instant(moment: Moment | None, zone: ZoneInfo | None) -> datetime | None:
    """The instant in UTC; None where the page says no zone and the source is not known."""
    if moment is None:
        return None
    placed = moment.in_zone(zone)
    return placed.instant() if placed.has_zone else None
