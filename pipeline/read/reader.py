"""One captured page read: bytes in, everything the page says of its article out, with a status in every case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.read.access import read_access
from pipeline.read.binary import is_binary
from pipeline.read.body import BodyText, read_body
from pipeline.read.byline import clean_names, find_byline
from pipeline.read.canonical import normalised, read_canonical_url
from pipeline.read.charset import decode_page
from pipeline.read.correction_notice import correction_notice_in
from pipeline.read.credits import without_credits
from pipeline.read.dates import Dates, Found, day_first_of, read_dates, says_updated
from pipeline.read.furniture import without_furniture
from pipeline.read.headline import Headline, read_headline
from pipeline.read.images import read_images
from pipeline.read.keywords import read_keywords
from pipeline.read.language import find_language
from pipeline.read.main_text import read_main_text
from pipeline.read.moments import Moment, parse_moment
from pipeline.read.page import Page, parse_page
from pipeline.read.page_breaks import mended_paragraphs
from pipeline.read.page_kind import judge_page
from pipeline.read.page_lines import PageLines, page_lines
from pipeline.read.page_reading import READER_VERSION, PageReading, text_sha256
from pipeline.read.publisher import read_publisher
from pipeline.read.section import find_section
from pipeline.read.site_rules import RuledFields, read_by_rule, rule_of_day
from pipeline.read.standfirst import Standfirst, find_standfirst
from pipeline.read.structured import StructuredArticle, read_json_ld, read_microdata
from pipeline.statuses import ArticleStatus

if TYPE_CHECKING:  # pydantic is not the page process's business
    from pipeline.sources.facts import SourceFacts
    from pipeline.sources.model import Source

SITE_RULE = "site_rule"  # where a value came from: the source's own rule

__all__ = ["READER_VERSION", "PageReading", "read_page", "text_sha256"]


def read_page(
    raw: bytes,
    *,
    url: str,
    fetched_at: datetime,
    content_type: str | None = None,
    source: Source | SourceFacts | None = None,
    feed_title: str | None = None,
    feed_published_at: datetime | None = None,
    languages: Collection[str] | None = None,
) -> PageReading:
    """Read one page. It never raises: what fails ends as QUARANTINED with its reason.

    Args:
        raw: the page's bytes, content encoding undone.
        url: where it was found in the end, after redirects.
        fetched_at: when; later dates are not believed.
        content_type: the Content-Type header.
        source: the publisher, for its time zone, language and site rules; None where it is not known.
        feed_title: what the feed called it, the last resort for the headline.
        feed_published_at: what the feed said of its time, the last resort for the date.
        languages: the ISO 639-1 codes that are kept; None keeps all.
    """
    try:
        reading = _read(
            raw,
            url=url,
            fetched_at=fetched_at,
            content_type=content_type,
            source=source,
            feed_title=feed_title,
            feed_published_at=feed_published_at,
        )
    except Exception as error:  # noqa: BLE001  the record boundary: one page never ends the run
        return PageReading(
            status=ArticleStatus.QUARANTINED,
            reason=f"{type(error).__name__}: {error}"[:500],
            url=url,
            canonical_url=normalised(url),
        )
    if reading.status is ArticleStatus.NEW and languages is not None and reading.language not in {None, *languages}:
        return replace(
            reading, status=ArticleStatus.OTHER_LANGUAGE, reason=f"in {reading.language}, which is not enabled"
        )
    return reading


def _read(
    raw: bytes,
    *,
    url: str,
    fetched_at: datetime,
    content_type: str | None,
    source: Source | SourceFacts | None,
    feed_title: str | None,
    feed_published_at: datetime | None,
) -> PageReading:
    if is_binary(raw):
        return _no_html(url, "no text: a picture, a document or the like")
    decoded = decode_page(raw, content_type)
    page = parse_page(decoded.text, url, decoded.utf_8) if "<" in decoded.text else None
    if page is None:
        return _no_html(url, "empty" if not raw.strip() else "no HTML", decoded.encoding)
    structured = [item for item in (read_json_ld(page), read_microdata(page)) if item is not None]
    day_first = day_first_of(page.tree.get("lang"), source.country_code if source else None, url)
    dates = read_dates(page, structured, latest=fetched_at, day_first=day_first)
    ruled = _ruled(decoded.text, source, dates, fetched_at, day_first)
    dates = _with_rule(dates, ruled, fetched_at, day_first)

    headline = read_headline(page, structured, feed_title, source_name=source.name if source else None)
    if ruled.headline:
        headline = Headline(ruled.headline, SITE_RULE, (*(headline.forms if headline else ()), ruled.headline))
    text_of_headline = headline.text if headline else None
    section, section_source = find_section(page, structured, text_of_headline)
    byline = find_byline(page, structured, source_name=source.name if source else None)
    if ruled_names := clean_names(ruled.byline):
        byline = replace(byline, names=ruled_names, source=SITE_RULE)
    labels = (*(headline.forms if headline else ()), *([section] if section else []))
    lines = page_lines(page)
    body = _body(page, lines, structured, ruled, headline=text_of_headline, labels=labels, byline=byline.names)
    blocks, credited, agencies = without_credits(mended_paragraphs(body.blocks)) if body else ((), (), ())
    standfirst = (
        Standfirst(ruled.standfirst, SITE_RULE, tuple(blocks))
        if ruled.standfirst
        else find_standfirst(page, structured, text_of_headline, blocks)
    )
    if credited and not byline.names:
        byline = replace(byline, names=credited, source="body")
    if not standfirst.blocks:  # an item of two sentences: they are its text
        standfirst = Standfirst(None, None, tuple(blocks))
    no_article = judge_page(page, structured, text_of_headline, blocks)
    text = BodyText(tuple(standfirst.blocks), "").text or None
    published = dates.published or (
        Found(Moment(feed_published_at, has_time=True), "feed") if feed_published_at else None
    )
    zone = ZoneInfo(source.timezone) if source else None
    language, language_source = find_language(page, structured, text, source.language if source else None)
    return PageReading(
        status=no_article.status if no_article else ArticleStatus.NEW,
        reason=no_article.reason if no_article else None,
        url=url,
        canonical_url=read_canonical_url(page, url),
        headline=text_of_headline,
        headline_source=headline.source if headline else None,
        standfirst=standfirst.text,
        standfirst_source=standfirst.source,
        byline=byline.names,
        byline_source=byline.source,
        agencies=tuple(dict.fromkeys((*byline.agencies, *agencies))),
        published=published.moment.in_zone(zone) if published else None,
        published_source=published.source if published else None,
        modified=dates.modified.moment.in_zone(zone) if dates.modified else None,
        modified_source=dates.modified.source if dates.modified else None,
        section=section,
        section_source=section_source,
        language=language,
        language_source=language_source,
        keywords=read_keywords(page, structured),
        publisher=read_publisher(page, structured, source.name if source else None),
        images=read_images(page, structured, text_of_headline),
        is_accessible_for_free=read_access(page, structured),
        body=text,
        correction_notice=correction_notice_in(lines),
        extractor=body.extractor if body else None,
        encoding=decoded.encoding,
    )


def _no_html(url: str, reason: str, encoding: str | None = None) -> PageReading:
    return PageReading(
        status=ArticleStatus.NO_ARTICLE,
        reason=reason,
        url=url,
        canonical_url=normalised(url),
        encoding=encoding,
    )


def _ruled(
    text: str, source: Source | SourceFacts | None, dates: Dates, fetched_at: datetime, day_first: bool
) -> RuledFields:
    """What the source's rule for the page's day finds.

    The day is the page's own where it can be told without a rule; else each rule is asked, the newest first, and
    the first that holds on the day it finds itself is the one; else the day of the fetch counts.
    """
    if source is None or not source.site_rules:
        return RuledFields()
    if dates.published is not None:
        rule = rule_of_day(source.site_rules, dates.published.moment.local.date())
        return read_by_rule(text, rule) if rule else RuledFields()
    for rule in source.site_rules:
        fields = read_by_rule(text, rule)
        moment = parse_moment(fields.published, latest=fetched_at, day_first=day_first)
        if moment is not None and rule_of_day(source.site_rules, moment.local.date()) is rule:
            return fields
    rule = rule_of_day(source.site_rules, fetched_at.date())
    return read_by_rule(text, rule) if rule else RuledFields()


def _with_rule(dates: Dates, ruled: RuledFields, fetched_at: datetime, day_first: bool) -> Dates:
    """The dates, with what the rule found in first place; "Updated: ..." says when it was changed as well."""
    moment = parse_moment(ruled.published, latest=fetched_at, day_first=day_first)
    if moment is None:
        return dates
    found = Found(moment, SITE_RULE)
    return Dates(published=found, modified=found if says_updated(ruled.published) else dates.modified)


def _body(
    page: Page,
    lines: PageLines,
    structured: list[StructuredArticle],
    ruled: RuledFields,
    *,
    headline: str | None,
    labels: tuple[str, ...],
    byline: tuple[str, ...],
) -> BodyText | None:
    if ruled.blocks:
        blocks = without_furniture(ruled.blocks, labels=labels, names=byline)
        return BodyText(tuple(blocks), SITE_RULE) if blocks else None
    stated = next((item.body for item in structured if item.body), None)
    found = read_main_text(page, headline=headline, stated_body=stated, lines=lines)
    if found is not None and found.is_sure:
        blocks = without_furniture(found.blocks, labels=labels, names=byline)
        return BodyText(tuple(blocks), "main_text")
    return read_body(page, labels=labels, names=byline, stated_body=stated, has_running_text=found is not None)
