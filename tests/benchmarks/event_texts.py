"""The whole articles that speed is measured on: the newsroom's, and the real ones of the shared set fivew."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time

from event_scores import EVENT_DATA, TASKS

from pipeline.newsroom.articles import ARTICLES_FOLDER, load_articles
from pipeline.newsroom.placeholders import resolve_placeholders

# Whatever day the newsroom has: the texts are then always the same.
NEWSROOM_DATE = date(2026, 3, 11)


def whole_articles() -> list[dict[str, str | None]]:
    """English articles: `set`, `text` and `published_at`, an ISO 8601 instant or None."""
    return [*_newsroom(), *_fivew()]


def _newsroom() -> list[dict[str, str | None]]:
    sites = tuple(path.stem for path in sorted(ARTICLES_FOLDER.glob("*.yml")))
    return [
        {
            "set": "newsroom",
            "text": resolve_placeholders(article.body, NEWSROOM_DATE).strip(),
            "published_at": datetime.combine(NEWSROOM_DATE, time(12), UTC).isoformat(),
        }
        for articles in load_articles(ARTICLES_FOLDER, sites).values()
        for article in articles
        if article.language in {None, "en"}
    ]


def _fivew() -> list[dict[str, str | None]]:
    with (EVENT_DATA / TASKS["fivew"][0]).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [{"set": "fivew", "text": row["text"], "published_at": _instant(row["published_at"])} for row in rows]


def _instant(said: str) -> str | None:
    """The instant of publication; None where the data has none that can be read."""
    try:
        return datetime.fromisoformat(said).isoformat()
    except ValueError:
        return None
