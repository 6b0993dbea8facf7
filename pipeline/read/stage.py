"""The stage, first step: captures of a run, in batches, become one Article for each Fetch, with a status in every case.

The second step, which sees all batches, is `pipeline.read.finish`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipeline.batches import source_finder, split_batches
from pipeline.errors import AccountingError, QuarantineError
from pipeline.gather.archive import Capture, read_capture
from pipeline.handover import StageResult, read_records, write_records
from pipeline.read.canonical import normalised
from pipeline.read.finish import LEARNED, STAGE
from pipeline.read.joined_pages import join_pages
from pipeline.read.moments import Moment
from pipeline.read.page_process import lasting_reader
from pipeline.read.page_protocol import PageInput
from pipeline.read.page_reading import READER_VERSION, PageReading, text_sha256
from pipeline.records import Article, Fetch, FurtherPage, stable_id
from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.sources.facts import facts_of
from pipeline.sources.model import Source
from pipeline.statuses import ArticleStatus, FetchStatus


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
    for pattern in ("batch-*.in", "batch-*.read", "batch-*.out", LEARNED):
        for left_over in run.stage_files(STAGE, pattern):
            left_over.unlink()
    batches = split_batches(captured, run.settings.read_batch_size)
    for name, batch in batches.items():
        write_records(run.stage_file(STAGE, f"batch-{name}.in"), Fetch, batch)
    return list(batches)


def read_batch(run: Run, name: str) -> StageResult:
    """Read one batch of captures; its counts are ArticleStatus words, NEW for every article.

    Writes `read/batch-<name>.read` (Article rows), exactly one for each Fetch of `batch-<name>.in`, not yet compared
    with anything: `finish_read` takes the source's furniture out of the texts and compares them with the edition, each
    as if it were the only capture of its article; `dedupe` brings several captures of one article into one row of
    revisions.

    Raises:
        AccountingError: there are not as many articles as fetches.
        SourceFileError: the file of a source is wrong.
    """
    fetches = list(read_records(run.stage_file(STAGE, f"batch-{name}.in"), Fetch))
    source_of = source_finder(run.settings)
    articles = [_read_fetch(fetch, source_of(fetch.source_id), run.settings) for fetch in fetches]
    path = run.stage_file(STAGE, f"batch-{name}.read")
    written = write_records(path, Article, articles)
    if written != len(fetches):
        raise AccountingError(f"read batch {name}: {len(fetches)} captures went in, {written} articles came out")
    return StageResult(path=str(path), counts=dict(Counter(article.status for article in articles)))


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
        page = PageInput(
            raw=capture.body,
            url=fetch.final_url or capture.url,
            fetched_at=fetched_at,
            content_type=capture.content_type,
            source=facts_of(source),
            feed_title=fetch.feed_title,
            feed_published_at=fetch.feed_published_at,
            languages=settings.languages,
        )
        reading = lasting_reader().read(page)
        if fetch.further_pages:
            reading = join_pages(reading, [_read_further(further, page, settings) for further in fetch.further_pages])
    return _article(reading, fetch, fetched_at, ZoneInfo(source.timezone) if source else None)


def _read_further(further: FurtherPage, first: PageInput, settings: Settings) -> PageReading:
    """A further page of an article; one whose capture is damaged is left out by `join_pages`."""
    try:
        capture = read_capture(settings.captures_folder, further.warc_file, further.warc_offset)
    except QuarantineError as error:
        return PageReading(
            status=ArticleStatus.QUARANTINED,
            reason=str(error),
            url=further.url,
            canonical_url=normalised(further.url),
        )
    return lasting_reader().read(
        replace(
            first,
            raw=capture.body,
            url=capture.url,
            content_type=capture.content_type,
            feed_title=None,
            feed_published_at=None,
        )
    )


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
        standfirst_source=reading.standfirst_source if is_article else None,
        byline=reading.byline if is_article else (),
        byline_source=reading.byline_source if is_article else None,
        agencies=reading.agencies if is_article else (),
        published_at=_instant(reading.published, zone),
        published_at_source=reading.published_source if _instant(reading.published, zone) else None,
        modified_at=_instant(reading.modified, zone),
        modified_at_source=reading.modified_source if _instant(reading.modified, zone) else None,
        section=reading.section,
        section_source=reading.section_source,
        language=reading.language,
        language_source=reading.language_source,
        keywords=reading.keywords,
        publisher=reading.publisher,
        images=reading.images if is_article else (),
        is_accessible_for_free=reading.is_accessible_for_free,
        page_count=reading.page_count,
        body=reading.body if is_article else None,
        text_sha256=text_sha256(reading.headline, reading.body) if is_article else None,
        changed_fields=(),
        correction_notice=reading.correction_notice if is_article else None,
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
