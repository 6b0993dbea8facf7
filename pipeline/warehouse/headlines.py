"""What a person reads at the end of a run: a few headlines of the newest edition and what they report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.settings import Settings
from pipeline.warehouse.query import open_current

_EVENTS_PER_HEADLINE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One article and the events it reports, in words."""

    headline: str
    publisher: str
    url: str
    published_at: datetime | None
    events: tuple[str, ...]  # such as "dock workers PROTEST > Ministry of Transport, 2013-11-12, London"


def headlines_with_events(settings: Settings, limit: int = 3) -> list[Headline]:
    """Headlines with their events, each of another story: the newest run's first, then those that most sources tell.

    Empty where the edition holds no event. Raises NoEditionError where nothing has been published.
    """
    with open_current(settings) as connection:
        articles = connection.execute(
            """
            WITH candidates AS (
                SELECT e.article_id, s.story_id, runs.edition, t.source_count, max(e.confidence) AS confidence,
                    count(*) AS event_count
                FROM event_articles AS e
                JOIN articles AS a USING (article_id)
                JOIN story_articles AS s USING (article_id)
                JOIN stories AS t USING (story_id)
                JOIN runs ON runs.run_id = a.last_revised_run_id
                WHERE NOT e.inherited AND e.headline IS NOT NULL
                GROUP BY e.article_id, s.story_id, runs.edition, t.source_count
                QUALIFY row_number() OVER (
                    PARTITION BY s.story_id
                    ORDER BY runs.edition DESC, max(e.confidence) DESC, count(*) DESC, e.article_id) = 1
            )
            SELECT c.article_id, a.headline, a.publisher, a.url, a.published_at
            FROM candidates AS c JOIN articles_current AS a USING (article_id)
            ORDER BY c.edition DESC, c.source_count DESC, c.confidence DESC, c.event_count DESC, c.article_id
            LIMIT $limit
            """,
            {"limit": limit},
        ).fetchall()
        found = []
        for article_id, headline, publisher, url, published_at in articles:
            events = connection.execute(
                """
                SELECT actor_name, event_type, recipient_name, event_date, event_date_precision, place_name, modality,
                    negated
                FROM event_articles WHERE article_id = $article_id
                ORDER BY modality IN ('actual', 'ongoing') DESC, confidence DESC, event_id LIMIT $limit
                """,
                {"article_id": article_id, "limit": _EVENTS_PER_HEADLINE},
            )
            names = [column[0] for column in events.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in events.fetchall()]
            found.append(
                Headline(
                    headline=headline,
                    publisher=publisher,
                    url=url,
                    published_at=published_at,
                    events=tuple(_in_words(row) for row in rows),
                )
            )
    return found


def _in_words(event: Mapping[str, Any]) -> str:
    who = f"{event['actor_name'] or 'somebody'} {'NOT ' if event['negated'] else ''}{event['event_type']}"
    what = f"{who} > {event['recipient_name']}" if event["recipient_name"] else who
    when = _day_in_words(event["event_date"], event["event_date_precision"])
    modality = event["modality"] if event["modality"] != "actual" else None
    return ", ".join(part for part in (what, when, event["place_name"], modality) if part)


def _day_in_words(day: date | None, precision: str | None) -> str | None:
    """The first day of a period, as exactly as the reports give it: 2013-11-12, 2013-11, 2013, week of 2013-11-11."""
    if day is None:
        return None
    exact = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}.get(precision or "")
    return day.strftime(exact) if exact else f"{precision} of {day.isoformat()}"
