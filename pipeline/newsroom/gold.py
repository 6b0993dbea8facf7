"""What a perfect pipeline would find in the newsroom: every article's fields and events, every odd link's end."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pipeline.newsroom.edition import NewsArticle, Newsroom
from pipeline.newsroom.oddities import EXPECTED_STATUS
from pipeline.newsroom.sites import Site
from pipeline.settings import Settings

GOLD_FILE = "gold.json"


def gold_records(newsroom: Newsroom, port: int) -> dict[str, Any]:
    """The gold of everything that is out at the newsroom's visit, as JSON-able values.

    Returns:
        `seed`, `date`, `visit`; `articles`, one record for each article (see `_article_record`; dates of
        events and `body` are concrete, `modified_at` is null where the page does not show one, `further_urls` are the
        second and each further page of an article that its site divides); and
        `odd_links`, the links that lead to no article, each with the `status` a perfect run ends it with.
    """
    return {
        "seed": newsroom.seed,
        "date": newsroom.date.isoformat(),
        "visit": newsroom.visit,
        "articles": [
            _article_record(newsroom, site, article, port)
            for site in newsroom.sites.values()
            for article in newsroom.published(site.id)
        ],
        "odd_links": [
            {
                "site": site.id,
                "url": f"http://{site.host}:{port}{link.path}",
                "title": link.title,
                "oddity": link.oddity.value,
                "status": EXPECTED_STATUS[link.oddity],
            }
            for site in newsroom.sites.values()
            for link in site.odd_links
        ],
    }


def write_gold(settings: Settings, gold: dict[str, Any]) -> Path:
    """Keep `gold` beside the newsroom's state as gold.json, for whoever wants to measure a run; returns the file."""
    path = settings.newsroom_folder / GOLD_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{GOLD_FILE}.{os.getpid()}.part")
    part.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)
    return path


def _article_record(newsroom: Newsroom, site: Site, article: NewsArticle, port: int) -> dict[str, Any]:
    version = article.at_visit(newsroom.visit)
    modified_at = version.modified_at if site.shows_modified else None
    return {
        "site": site.id,
        "slug": article.slug,
        "url": f"http://{site.host}:{port}{article.path}",
        "further_urls": [f"http://{site.host}:{port}{path}" for path in article.page_paths[1:]],
        "language": article.language,
        "headline": version.headline,
        "standfirst": version.standfirst,
        "byline": list(article.byline),
        "agency": article.agency,
        "published_at": article.published_at.isoformat(),
        "modified_at": modified_at.isoformat() if modified_at else None,
        "section": article.section,
        "keywords": list(article.keywords),
        "body": "\n\n".join(version.paragraphs),
        "duplicate_group": article.duplicate_group,
        "story": article.story,
        "held_back": (site.id, article.slug) in newsroom.held_back,
        "has_second_version": article.second is not None,
        "events": [event.model_dump(mode="json") for event in version.events],
    }
