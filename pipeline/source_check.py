"""`dateline sources check`: a source tried end to end, from robots.txt to what we would read on its pages.

`pipeline.gather.check_source` asks, `pipeline.read` reads; neither may look into the other, so they meet here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from pipeline.gather.answer import Answer
from pipeline.gather.check_source import CheckLine, SourceReport, check_source
from pipeline.gather.offers import Offer
from pipeline.gather.pace import Pace
from pipeline.read.reader import PageReading, read_page
from pipeline.settings import Settings
from pipeline.sources.loader import enabled_source_ids, find_source
from pipeline.sources.model import Source
from pipeline.statuses import ArticleStatus

SHORTEST_BODY_CHARACTERS = 250
AHEAD_OF_NOW = timedelta(minutes=10)
SAME_TIME = timedelta(minutes=2)


def check_sources(
    settings: Settings, source_id: str | None = None, *, pace: Pace | None = None
) -> Iterator[SourceReport]:
    """Try one source, or all that are read; each report as soon as it is there.

    Args:
        settings: limits, our name, and which languages are kept.
        source_id: one source, enabled or not; None: all that a run would visit.
        pace: who says when a host may be asked next; by default this process alone.

    Raises:
        ConfigurationError: no source has that id, none is read, or a source file is wrong.
    """
    for one in [source_id] if source_id is not None else enabled_source_ids(settings):
        source = find_source(settings, one, disabled_too=True)
        yield check_source(settings, source, pace=pace, look=partial(look_at_page, settings))


def look_at_page(settings: Settings, source: Source, offer: Offer, answer: Answer) -> list[CheckLine]:
    """What the reader finds on a page: one line of facts, and one for each thing that is wrong.

    Args:
        settings: which languages are kept.
        source: whose page it is.
        offer: what the feed said of it.
        answer: the page; it has a body.
    """
    fetched_at = answer.requested_at or datetime.now(UTC)
    reading = read_page(
        answer.body or b"",
        url=answer.final_url or answer.url,
        fetched_at=fetched_at,
        content_type=answer.content_type,
        source=source,
    )
    if reading.status is not ArticleStatus.NEW:
        words = f"no article was found on it: {reading.reason}. If there is one, name its parts in site_rules"
        return [CheckLine(False, answer.url, words)]
    wrong = [*_missing(reading), *_wrong_language(settings, source, reading)]
    wrong += _wrong_time(source, reading, offer.published_at, fetched_at)
    return [
        CheckLine(True, answer.url, _facts(reading)),
        *(CheckLine(False, answer.url, words) for words in wrong),
    ]


def _facts(reading: PageReading) -> str:
    published = f"published {reading.published.as_text()}" if reading.published else "no time of publication"
    byline = f"by {', '.join(reading.byline)}" if reading.byline else "no byline"
    headline = f"{reading.headline!r}" if reading.headline else "no headline"
    language = reading.language or "a language that nothing tells"
    return f"{headline}, {byline}, {published}, {len(reading.body or ''):,} characters in {language}"


def _missing(reading: PageReading) -> Iterator[str]:
    if not reading.headline:
        yield "the page shows no headline; name its element in site_rules (headline)"
    if reading.published is None:
        yield "the page shows no time of publication; name its element in site_rules (published_at)"
    length = len(reading.body or "")
    if length < SHORTEST_BODY_CHARACTERS:
        yield (
            f"only {length} characters of text: a teaser for subscribers, or its element is to be named in "
            f"site_rules (body)"
        )


def _wrong_language(settings: Settings, source: Source, reading: PageReading) -> Iterator[str]:
    if reading.language and reading.language != source.language:
        yield f"the page is in {reading.language}, and the source file says language: {source.language}"
    if settings.languages and (reading.language or source.language) not in settings.languages:
        kept = ", ".join(settings.languages)
        yield f"articles in {reading.language or source.language} are not kept: DATELINE_LANGUAGES keeps {kept} only"


def _wrong_time(
    source: Source, reading: PageReading, feed_says: datetime | None, fetched_at: datetime
) -> Iterator[str]:
    """What a wrong time zone shows itself by: a time yet to come, or one that is off the feed's by its very offset."""
    if reading.published is None or not reading.published.has_time or not reading.published.has_zone:
        return
    published_at = reading.published.instant()
    if published_at - fetched_at > AHEAD_OF_NOW:
        said = f"{published_at:%Y-%m-%d %H:%M} UTC"
        yield f"the page says {said}, which is yet to come: is timezone {source.timezone} right?"
        return
    offset = published_at.astimezone(ZoneInfo(source.timezone)).utcoffset() or timedelta()
    if feed_says is not None and offset and abs(abs(published_at - feed_says) - abs(offset)) <= SAME_TIME:
        yield (
            f"the page says {published_at:%H:%M} UTC and the feed {feed_says:%H:%M} UTC, off by just the offset of "
            f"{source.timezone}: one of them writes another zone's time; is timezone right?"
        )
