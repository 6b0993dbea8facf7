"""Reading one story from the published edition by key: the texts of its articles, and no other ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

import duckdb

from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from pipeline.warehouse.story_differences import Differences, differences
from pipeline.warehouse.story_found import Change, articles_of, changes_of, find_story, open_stories, rows
from pipeline.warehouse.story_timeline import Copying, Decision, Report, Revised, Story


def read_story(settings: Settings, what: str) -> Story:
    """The story that `what` means: an id of a story, also a merged one, an article's id, or its canonical URL.

    Raises:
        NoEditionError: nothing has been published yet.
        PermanentError: an earlier version published the current edition.
        ConfigurationError: the edition knows no such story and no such article.
    """
    with open_stories(settings) as connection:
        found = find_story(connection, what)
        return story_in(connection, found.story_id, merges=found.merges)


def story_in(connection: duckdb.DuckDBPyConnection, story_id: str, *, merges: Iterable[Change] = ()) -> Story:
    """A story that the edition has, by its id.

    Raises:
        ConfigurationError: it has no such story.
    """
    stories = rows(connection, _STORY, {"id": story_id})
    if not stories:
        raise ConfigurationError(f"the current edition has no story {story_id!r}")
    articles = _articles(connection, articles_of(connection, story_id))
    # Of a copy whose original stands in another story (people may have split them in between) that one too.
    elsewhere = {row["duplicate_of"] for row in articles.values()} | {
        row["matched_article_id"] for row in articles.values()
    }
    known = articles | _articles(connection, elsewhere - articles.keys() - {None})
    revisions = _revisions(connection, known)
    copies = Counter(row["duplicate_of"] for row in articles.values())
    timeline: list[Report | Revised] = []
    for article_id, article in articles.items():
        timeline.append(_report(article, known, revisions, copies[article_id]))
        timeline += _revised(article, revisions[article_id])
    return Story(
        **stories[0],
        merges=tuple(merges),
        changes=tuple(changes_of(connection, story_id)),
        decisions=tuple(
            Decision(**{**row, "moved": tuple(row["moved"])}) for row in rows(connection, _DECISIONS, {"id": story_id})
        ),
        timeline=tuple(sorted(timeline, key=_order)),
    )


def _report(
    article: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Any]],
    revisions: Mapping[str, list[dict[str, Any]]],
    copy_count: int,
) -> Report:
    current = _current(article, revisions)
    return Report(
        at=current["published_at"] or article["first_seen_at"],
        time_is_stated=current["published_at"] is not None,
        article_id=article["article_id"],
        source_id=article["source_id"],
        source=article["source"],
        first_headline=revisions[article["article_id"]][0]["headline"],
        headline=current["headline"],
        url=article["canonical_url"],
        revision=article["current_revision"],
        agencies=tuple(current["agencies"]),
        copying=_copying(article, known, revisions),
        copy_count=copy_count,
    )


def _copying(
    article: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Any]],
    revisions: Mapping[str, list[dict[str, Any]]],
) -> Copying | None:
    original = known.get(article["duplicate_of"])
    if original is None:
        return None
    here = _current(article, revisions)
    there, differ = _nearest(here, revisions[original["article_id"]])
    matched = known.get(article["matched_article_id"])
    return Copying(
        original_id=original["article_id"],
        original_source=original["source"],
        original_revision=there["revision"],
        original_was_revised_since=there["revision"] < original["current_revision"],
        original_headline=there["headline"],
        matched_article_id=article["matched_article_id"],
        matched_source=matched["source"] if matched else None,
        own_share=article["own_share"],
        matched_share=article["matched_share"],
        headline_is_kept=_folded(here["headline"]) == _folded(there["headline"]),
        only_in_copy=differ.only_in_copy,
        only_in_original=differ.only_in_original,
    )


def _nearest(copy: Mapping[str, Any], originals: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], Differences]:
    """The revision of the original that differs least from the copy, the newest of equals, and what differs.

    A copy is made of what the original said then; what was changed there since is no difference of the copy's making.
    """
    compared = [(revision, differences(copy["body"], revision["body"])) for revision in originals]
    return min(compared, key=lambda found: (len(found[1]), -found[0]["revision"]))


def _revised(article: Mapping[str, Any], revisions: list[dict[str, Any]]) -> Iterable[Revised]:
    for before, after in pairwise(revisions):
        headlines = {before["headline"], after["headline"]} if "headline" in after["changed_fields"] else set()
        recorded = after["added_passages"] or after["removed_passages"]
        yield Revised(
            at=_revised_at(before, after),
            article_id=article["article_id"],
            source=article["source"],
            revision=after["revision"],
            headline=after["headline"],
            headline_before=before["headline"],
            changed_fields=tuple(after["changed_fields"]),
            added_passages=tuple(p for p in after["added_passages"] if p not in headlines),
            removed_passages=tuple(p for p in after["removed_passages"] if p not in headlines),
            passages_are_recorded=bool(recorded) or "body" not in after["changed_fields"],
            correction_notice=after["correction_notice"],
        )


def _revised_at(before: Mapping[str, Any], after: Mapping[str, Any]) -> datetime:
    """When it was changed: the page's own word where it lies between the fetches of the old and the new text."""
    said: datetime | None = after["modified_at"]
    fetched: datetime = after["fetched_at"]
    return said if said is not None and before["fetched_at"] <= said <= fetched else fetched


def _articles(connection: duckdb.DuckDBPyConnection, article_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {row["article_id"]: row for row in rows(connection, _ARTICLES, {"ids": sorted(article_ids)})}


def _revisions(
    connection: duckdb.DuckDBPyConnection, articles: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Every revision of the articles, oldest first."""
    found: dict[str, list[dict[str, Any]]] = {article_id: [] for article_id in articles}
    for row in rows(connection, _REVISIONS, {"ids": sorted(articles)}):
        found[row["article_id"]].append(row)
    return found


def _current(article: Mapping[str, Any], revisions: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return next(r for r in revisions[article["article_id"]] if r["revision"] == article["current_revision"])


def _order(entry: Report | Revised) -> tuple[datetime, bool, str, int]:
    is_copy = isinstance(entry, Report) and entry.copying is not None
    return (entry.at, isinstance(entry, Revised) or is_copy, entry.article_id, entry.revision)


def _folded(headline: str | None) -> str:
    return " ".join((headline or "").casefold().split())


_STORY = """
SELECT story_id, first_article_id, representative_article_id, source_count, article_count, original_count,
    first_published_at, last_published_at, spread_seconds
FROM stories WHERE story_id = $id
"""
_ARTICLES = """
SELECT a.article_id, a.source_id, coalesce(s.name, a.source_id) AS source, a.canonical_url, a.first_seen_at,
    a.current_revision, a.duplicate_of, a.matched_article_id, a.own_share, a.matched_share
FROM articles AS a
LEFT JOIN sources AS s USING (source_id)
WHERE a.article_id IN (SELECT unnest($ids))
"""
# article_revisions has no index, and texts are what is large: first the rows are found by a narrow column, then only
# these are read whole (0.01 s at 200,000 articles instead of 0.07 s, and flat in the size of the texts).
_REVISIONS = """
SELECT r.article_id, r.revision, r.headline, r.published_at, r.modified_at, r.fetched_at, r.agencies, r.changed_fields,
    r.added_passages, r.removed_passages, r.correction_notice, r.body
FROM article_revisions AS r
WHERE r.rowid IN (SELECT rowid FROM article_revisions WHERE article_id IN (SELECT unnest($ids)))
ORDER BY r.article_id, r.revision
"""
_DECISIONS = """
SELECT split_id, decided_at, scope, moved, reason FROM story_splits WHERE story_id = $id ORDER BY decided_at, split_id
"""
