"""Events of the current edition as `dateline events` asks for them: a list, or one with every mention."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from pipeline.errors import ConfigurationError, PermanentError
from pipeline.settings import Settings
from pipeline.warehouse.query import open_current
from pipeline.warehouse.story_found import rows
from pipeline.warehouse.terminal_text import shortened

_SHOWN_CELLS = 80
_MOST_MERGES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, its parties and its place by name."""

    event_id: str
    event_type: str
    event_mode: str | None
    modality: str
    negated: bool
    event_date_value: str | None
    event_date_first: date | None
    actor_name: str | None
    actor_country_code: str | None
    actor_sector: str | None
    recipient_name: str | None
    recipient_country_code: str | None
    recipient_sector: str | None
    place_name: str | None
    place_region: str | None
    place_country_code: str | None
    confidence: float
    mention_count: int
    article_count: int
    original_count: int
    source_count: int
    first_reported_at: datetime
    disagreements: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """One mention in a current revision, with its sentence. Offsets count from the start of `evidence`."""

    mention_id: str
    own_event_id: str
    article_id: str
    revision: int
    source: str
    url: str
    headline: str | None
    published_at: datetime | None
    copy_count: int  # duplicates of the article, which report the event through it
    evidence: str
    marks: dict[str, tuple[int, int]]  # trigger, actor, recipient, date, place: where their words stand
    actor_text: str | None
    recipient_text: str | None
    date_text: str | None
    event_date_value: str | None
    place_text: str | None
    modality: str
    negated: bool
    confidence: float
    coder: str
    coder_version: str


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event with its mentions in order of publication, and how the id that was asked for leads there."""

    event: Event
    mentions: list[FoundMention]
    merged_from: tuple[str, ...]  # ids that were asked for and are no more; empty where the event has the id itself


@contextmanager
def open_events(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The current edition, read-only.

    Raises:
        NoEditionError: nothing has been published yet.
        PermanentError: an earlier version published the edition, which kept no record of decisions about events.
    """
    with open_current(settings) as connection:
        if not rows(connection, "SELECT 1 FROM duckdb_tables() WHERE table_name = 'event_splits'", {}):
            raise PermanentError(
                "the current edition is of an earlier version, which kept no record of how events came about; "
                "the next run that publishes brings one"
            )
        yield connection


def list_events(
    settings: Settings,
    *,
    day: date | None = None,
    country_code: str | None = None,
    event_type: str | None = None,
    limit: int = 20,
) -> list[Event]:
    """The events that most sources report, of those that are still reported.

    Args:
        settings: the installation.
        day: only what can have happened on this day and is dated to a week or closer.
        country_code: only where this country (ISO 3166 alpha-3) acted, was acted upon, or is where it happened.
        event_type: only of this PLOVER type.
        limit: so many events at most.

    Raises:
        As `open_events`.
    """
    asked = {"day": day, "country": country_code, "type": event_type, "limit": limit}
    with open_events(settings) as connection:
        return [Event(**row) for row in rows(connection, _LIST, asked)]


def find_event(settings: Settings, event_id: str) -> FoundEvent:
    """The event of that id, also of one that has gone into another.

    Raises:
        ConfigurationError: the edition has no such event. Also as `open_events`.
    """
    with open_events(settings) as connection:
        known, merged_from = _follow_merges(connection, event_id)
        found = rows(connection, f"{_EVENTS} WHERE e.event_id = $id", {"id": known})
        mentions = rows(connection, _MENTIONS, {"id": known})
    return FoundEvent(Event(**found[0]), [_mention(row) for row in mentions], merged_from)


def _follow_merges(connection: duckdb.DuckDBPyConnection, event_id: str) -> tuple[str, tuple[str, ...]]:
    merged: list[str] = []
    known = event_id
    while not rows(connection, "SELECT 1 FROM events WHERE event_id = $id", {"id": known}):
        merges = rows(connection, _MERGED_INTO, {"id": known})
        if not merges or known in merged or len(merged) > _MOST_MERGES:
            raise ConfigurationError(
                f"the current edition has no event {shortened(event_id, _SHOWN_CELLS)!r}; `dateline events list` shows "
                "ids"
            )
        merged.append(known)
        known = merges[0]["other_event_id"]
    return known, tuple(merged)


def _mention(row: dict[str, Any]) -> FoundMention:
    first, past = row.pop("evidence_start"), row.pop("evidence_end")
    marks = {}
    for part in ("trigger", "actor", "recipient", "date", "place"):
        start, end = row.pop(f"{part}_start"), row.pop(f"{part}_end")
        if start is not None and first <= start < end <= past:
            marks[part] = (start - first, end - first)
    return FoundMention(**row, marks=marks)


_EVENTS = """
SELECT e.event_id, e.event_type, e.event_mode, e.modality, e.negated, e.event_date_value, e.event_date_first,
    actor.name AS actor_name, actor.country_code AS actor_country_code, actor.sector AS actor_sector,
    recipient.name AS recipient_name, recipient.country_code AS recipient_country_code,
    recipient.sector AS recipient_sector,
    place.name AS place_name, place.region AS place_region, place.country_code AS place_country_code,
    e.confidence, e.mention_count, e.article_count, e.original_count, e.source_count, e.first_reported_at,
    e.disagreements
FROM events AS e
LEFT JOIN actors AS actor ON actor.actor_id = e.actor_id
LEFT JOIN actors AS recipient ON recipient.actor_id = e.recipient_id
LEFT JOIN places AS place ON place.place_id = e.place_id
"""

_LIST = f"""
{_EVENTS}
WHERE e.mention_count > 0
  AND ($day::DATE IS NULL OR ($day BETWEEN e.event_date_first AND e.event_date_last
      AND e.event_date_precision IN ('day', 'week')))
  AND ($country::VARCHAR IS NULL
      OR upper($country) IN (actor.country_code, recipient.country_code, place.country_code))
  AND ($type::VARCHAR IS NULL OR e.event_type = upper($type))
ORDER BY e.source_count DESC, e.article_count DESC, e.first_reported_at DESC, e.event_id
LIMIT $limit
"""

_MENTIONS = """
SELECT m.mention_id, m.own_event_id, m.article_id, m.revision, coalesce(s.name, a.source_id) AS source,
    a.canonical_url AS url, r.headline, r.published_at,
    (SELECT count(*) FROM articles AS copy WHERE copy.duplicate_of = a.article_id) AS copy_count,
    substring(r.body, m.evidence_start + 1, m.evidence_end - m.evidence_start) AS evidence,
    m.evidence_start, m.evidence_end, m.trigger_start, m.trigger_end, m.actor_start, m.actor_end,
    m.recipient_start, m.recipient_end, m.date_start, m.date_end, m.place_start, m.place_end,
    m.actor_text, m.recipient_text, m.date_text, m.event_date_value, m.place_text,
    m.modality, m.negated, m.confidence, m.coder, m.coder_version
FROM event_mentions AS m
JOIN articles AS a ON a.article_id = m.article_id AND a.current_revision = m.revision AND a.duplicate_of IS NULL
JOIN article_revisions AS r ON r.article_id = m.article_id AND r.revision = m.revision
LEFT JOIN sources AS s ON s.source_id = a.source_id
WHERE m.event_id = $id
ORDER BY coalesce(r.published_at, a.first_seen_at), m.article_id, m.sentence_index, m.mention_id
"""

_MERGED_INTO = """
SELECT c.other_event_id FROM event_changes AS c LEFT JOIN runs USING (run_id)
WHERE c.event_id = $id AND c.change = 'merged'
ORDER BY runs.started_at DESC, c.run_id DESC
LIMIT 1
"""
