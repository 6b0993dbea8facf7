"""What `dateline sources show` shows of one source: its file in words, and what the edition knows of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ConfigurationError, NoEditionError
from pipeline.known import Known
from pipeline.records import FurnitureLine
from pipeline.settings import Settings
from pipeline.sources.loader import find_source
from pipeline.sources.model import SiteRule, Source
from pipeline.warehouse.query import open_current

_LINE_CHARACTERS = 160  # of a furniture line that is shown
_LABEL_CHARACTERS = 11

_TOTALS = """
SELECT
    count(*) AS articles,
    count(*) FILTER (duplicate_of IS NOT NULL) AS repeats,
    coalesce(sum(current_revision - 1), 0)::BIGINT AS changes,
    min(first_seen_at) AS first_seen_at,
    max(last_seen_at) AS last_seen_at
FROM articles
WHERE source_id = ?
"""


def show_source(settings: Settings, source_id: str) -> str:
    """One source as a readable page: what its file says, its articles, and the furniture learnt from its pages.

    Raises:
        ConfigurationError: neither a file nor the edition knows the id.
        SourceFileError: its file is wrong.
    """
    try:
        with open_current(settings) as connection:
            is_known = source_id in Known(connection).source_ids()
            totals = connection.execute(_TOTALS, [source_id])
            names = [column[0] for column in totals.description or ()]
            found = dict(zip(names, totals.fetchone() or (), strict=True))
            furniture = Known(connection).furniture([source_id])
        edition = [*_articles_in_words(found), "", *_furniture_in_words(furniture)]
    except NoEditionError:
        is_known = False
        edition = ["Nothing has been published yet: what its pages hold is not known."]
    return "\n".join([*_file_in_words(settings, source_id, is_known=is_known), "", *edition])


def _file_in_words(settings: Settings, source_id: str, *, is_known: bool) -> Iterator[str]:
    try:
        source = find_source(settings, source_id, disabled_too=True)
    except ConfigurationError:
        if not is_known:
            raise
        yield f"{source_id}: its file is gone; what was read of it stays"
        return
    yield f"{source.name} ({source.id})"
    yield _row("homepage", source.homepage)
    yield _row("country", source.country_code)
    yield _row("language", source.language)
    yield _row("time zone", source.timezone)
    yield _row("visited", "yes" if source.enabled else "no (`dateline sources list` says why)")
    yield _row("pace", _pace_in_words(source, settings))
    if source.expected_per_day:
        yield _row("expected", f"{source.expected_per_day.min} to {source.expected_per_day.max} articles a day")
    for feed in source.feeds:
        learned = f", articles match {feed.link_pattern}" if feed.link_pattern else ""
        yield _row("feed", f"{feed.kind} {feed.url}{learned}")
    for rule in source.site_rules:
        yield _row("site rule", _rule_in_words(rule))
    if not source.site_rules:
        yield _row("site rule", "none: its pages are read as any other's")


def _pace_in_words(source: Source, settings: Settings) -> str:
    asked = source.politeness
    delay = settings.delay_seconds if asked.delay_seconds is None else asked.delay_seconds
    links = asked.max_links or settings.max_links_per_source
    days = source.link_window_days or settings.link_window_days
    return f"{delay:g} seconds between two requests, {links} links a pass, none dated over {days:g} days ago"


def _rule_in_words(rule: SiteRule) -> str:
    days = f"{rule.valid_from or 'always'} to {rule.valid_until or 'today'}"
    fields = {
        name: getattr(rule, name)
        for name in ("headline", "standfirst", "byline", "published_at", "body")
        if getattr(rule, name)
    }
    parts = [f"{name.replace('_', ' ')} at `{selector}`" for name, selector in fields.items()]
    parts += [f"without `{selector}`" for selector in rule.remove]
    return f"{days}: {', '.join(parts) or 'names nothing'}"


def _articles_in_words(totals: dict[str, Any]) -> Iterator[str]:
    yield "In the edition"
    if not totals["articles"]:
        yield _row("articles", "none")
        return
    yield _row("articles", f"{totals['articles']:,} (repeats of another's text: {totals['repeats']:,})")
    yield _row("revisions", f"{totals['articles'] + totals['changes']:,}")
    yield _row("first seen", f"{totals['first_seen_at']:%Y-%m-%d %H:%M} UTC")
    yield _row("last seen", f"{totals['last_seen_at']:%Y-%m-%d %H:%M} UTC")


def _furniture_in_words(lines: list[FurnitureLine]) -> Iterator[str]:
    if not lines:
        yield "Furniture: no line was found to recur across its articles"
        return
    yield "Furniture: lines that recur across its articles and are left out of their texts, the most frequent first"
    for line in sorted(lines, key=lambda line: (-line.article_count / line.compared_count, line.line)):
        shown = textwrap.shorten(line.line, _LINE_CHARACTERS, placeholder=" ...")
        counts = f"in {line.article_count:,} of {line.compared_count:,} articles"
        yield f"  {counts}, since {line.first_seen_at:%Y-%m-%d}: {shown}"


def _row(label: str, value: str) -> str:
    return f"  {label.ljust(_LABEL_CHARACTERS)} {value}"
