"""One captured page read: bytes in, everything the page says of its article out, with a status in every case."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.read.body import BodyText, read_body
from pipeline.read.byline import clean_names, read_byline
from pipeline.read.canonical import normalised, read_canonical_url
from pipeline.read.charset import decode_page
from pipeline.read.dates import Dates, Found, day_first_of, read_dates, says_updated
from pipeline.read.details import read_keywords, read_publisher, read_section
from pipeline.read.furniture import without_furniture
from pipeline.read.headline import Headline, read_headline
from pipeline.read.language import read_language
from pipeline.read.moments import Moment, parse_moment
from pipeline.read.page import Page, parse_page
from pipeline.read.page_kind import judge_page
from pipeline.read.site_rules import RuledFields, read_by_rule, rule_of_day
from pipeline.read.standfirst import read_standfirst
from pipeline.read.structured import StructuredArticle, read_json_ld, read_microdata
from pipeline.sources.model import Source
from pipeline.statuses import ArticleStatus

READER_VERSION = "1"  # goes up whenever the same page may read differently


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What one page says. `status` is NEW for an article: whether it is known is not the reader's business.

    Instants are `Moment`s: whether the page says a time, and a zone, is kept.
    """

    status: ArticleStatus
    reason: str | None = None  # why there is no article, or what failed
    url: str
    canonical_url: str
    headline: str | None = None
    headline_source: str | None = None
    standfirst: str | None = None
    byline: tuple[str, ...] = ()
    published: Moment | None = None
    published_source: str | None = None
    modified: Moment | None = None
    section: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    publisher: str | None = None
    body: str | None = None
    extractor: str | None = None
    encoding: str | None = None


def read_page(
    raw: bytes,
    *,
    url: str,
    fetched_at: datetime,
    content_type: str | None = None,
    source: Source | None = None,
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


def text_sha256(headline: str | None, body: str | None) -> str:
    """The fingerprint of what counts as the article's text: headline and body, white space folded."""
    folded = " ".join(f"{headline or ''}\n{body or ''}".split())
    return hashlib.sha256(folded.encode()).hexdigest()


def _read(
    raw: bytes,
    *,
    url: str,
    fetched_at: datetime,
    content_type: str | None,
    source: Source | None,
    feed_title: str | None,
    feed_published_at: datetime | None,
) -> PageReading:
    decoded = decode_page(raw, content_type)
    page = parse_page(decoded.text, url) if "<" in decoded.text else None
    if page is None:
        return PageReading(
            status=ArticleStatus.NO_ARTICLE,
            reason="empty" if not raw.strip() else "no HTML",
            url=url,
            canonical_url=normalised(url),
            encoding=decoded.encoding,
        )
    structured = [item for item in (read_json_ld(page), read_microdata(page)) if item is not None]
    day_first = day_first_of(page.tree.get("lang"), source.country_code if source else None)
    dates = read_dates(page, structured, latest=fetched_at, day_first=day_first)
    ruled = _ruled(decoded.text, source, dates, fetched_at, day_first)
    dates = _with_rule(dates, ruled, fetched_at, day_first)

    headline = read_headline(page, structured, feed_title)
    if ruled.headline:
        headline = Headline(ruled.headline, "page", (*(headline.forms if headline else ()), ruled.headline))
    byline = clean_names(ruled.byline) or read_byline(page, structured)
    text_of_headline = headline.text if headline else None
    section = read_section(page, structured, text_of_headline)
    labels = (*(headline.forms if headline else ()), *([section] if section else []))
    body = _body(page, structured, ruled, labels, byline)
    blocks = body.blocks if body else ()
    if ruled.standfirst:
        standfirst: str | None = ruled.standfirst
    else:
        standfirst, blocks = read_standfirst(page, structured, text_of_headline, blocks)
    no_article = judge_page(page, structured, text_of_headline, blocks)
    text = BodyText(blocks, "").text or None
    published = dates.published or (
        Found(Moment(feed_published_at, has_time=True), "feed") if feed_published_at else None
    )
    zone = ZoneInfo(source.timezone) if source else None
    return PageReading(
        status=no_article.status if no_article else ArticleStatus.NEW,
        reason=no_article.reason if no_article else None,
        url=url,
        canonical_url=read_canonical_url(page, url),
        headline=text_of_headline,
        headline_source=headline.source if headline else None,
        standfirst=standfirst,
        byline=byline,
        published=published.moment.in_zone(zone) if published else None,
        published_source=published.source if published else None,
        modified=dates.modified.moment.in_zone(zone) if dates.modified else None,
        section=section,
        language=read_language(page, structured, text, source.language if source else None),
        keywords=read_keywords(page, structured),
        publisher=read_publisher(page, structured, source.name if source else None),
        body=text,
        extractor=body.extractor if body else None,
        encoding=decoded.encoding,
    )


def _ruled(text: str, source: Source | None, dates: Dates, fetched_at: datetime, day_first: bool) -> RuledFields:
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
    found = Found(moment, "page")
    return Dates(published=found, modified=found if says_updated(ruled.published) else dates.modified)


def _body(
    page: Page,
    structured: list[StructuredArticle],
    ruled: RuledFields,
    labels: tuple[str, ...],
    byline: tuple[str, ...],
) -> BodyText | None:
    if ruled.blocks:
        blocks = without_furniture(ruled.blocks, labels=labels, names=byline)
        return BodyText(tuple(blocks), "site_rule") if blocks else None
    stated = next((item.body for item in structured if item.body), None)
    return read_body(page, labels=labels, names=byline, stated_body=stated)
