"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from pipeline.gather.offers import (
    MOST_OFFERS,
    FeedContent,
    FeedDocument,
    NotAFeedError,
    Offer,
    parse_instant,
    tidy_title,
)

VERSION = "https://jsonfeed.org/version/"
FIELDS = (("date_published", "published"), ("date_modified", "updated"))


def read_json_feed(document: FeedDocument) -> FeedContent:
    """The items of a JSON Feed.

    Raises:
        NotAFeedError: it is none.
    """
    try:
        feed = json.loads(document.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"not JSON ({error})") from error
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(VERSION):
        raise NotAFeedError("JSON, but without the version of a JSON Feed")
    items = feed.get("items")
    if not isinstance(items, list):
        raise NotAFeedError("a JSON Feed without a list of items")
    offers = [_offer_of(item, document) for item in items if isinstance(item, dict) and _text(item.get("url"))]
    surplus = f"it lists {len(offers)} links; the first {MOST_OFFERS} were read"
    return FeedContent(
        offers=offers[:MOST_OFFERS],
        next_url=_text(feed.get("next_url")),
        flaw=surplus if len(offers) > MOST_OFFERS else None,
    )


def _offer_of(item: dict[str, Any], document: FeedDocument) -> Offer:
    times = ((parse_instant(_text(item.get(name)), document.zone), source) for name, source in FIELDS)
    instant, source = next(((instant, source) for instant, source in times if instant is not None), (None, None))
    return Offer(
        url=item["url"],
        base_url=document.url,
        title=tidy_title(_text(item.get("title"))),
        published_at=instant,
        published_at_source=source,
        changed_at=instant,
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
