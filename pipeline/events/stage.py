"""The stage `code`: originals of a run become mentions, batch by batch. A re-run replaces its own output.

An article on which the coder fails is set aside with its reason in `code/batch-NNN.quarantine.jsonl`, is counted,
and never ends the batch.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.batches import source_finder, split_batches
from pipeline.errors import AccountingError
from pipeline.events.actors.memory import ActorMemory, Sighting, name_key
from pipeline.events.coders import Coder, Publication, RememberingCoder, find_coder
from pipeline.events.coders.proof import proved_events
from pipeline.events.memory_file import keep_memory, read_memory
from pipeline.events.mentions import mention_of
from pipeline.events.spans import CodedEvent
from pipeline.handover import StageResult, read_records, write_records
from pipeline.records import ActorSighting, Article, Mention
from pipeline.runs import Run
from pipeline.sources.model import Source
from pipeline.statuses import ArticleStatus

_CODED_STATUSES = frozenset({ArticleStatus.NEW, ArticleStatus.REVISED})


def plan_code(run: Run) -> list[str]:
    """Split the run's originals into batches, written as `code/batch-NNN.in`; the names ("000", ...) in order.

    Originals are the articles of `dedupe/articles` that are new or revised and re-use no other's text, and those of
    `dedupe/originals_again`, which nobody coded while they were duplicates; those in a
    language that the coder does not know are left out (a text that does not say its language is tried).
    Files of an earlier plan that this one does not write again are removed. `code/memory` is what the edition
    remembers of office holders.

    Raises:
        ConfigurationError: the coder that the settings name cannot be had.
    """
    languages = find_coder(run.settings.coder).languages
    articles = [
        article
        for name in ("articles", "originals_again")
        for path in run.stage_files("dedupe", name)
        for article in read_records(path, Article)
        if article.status in _CODED_STATUSES and (article.language is None or article.language in languages)
    ]
    articles.sort(key=lambda a: (a.article_id, a.revision))
    batches = split_batches(articles, run.settings.code_batch_size)
    _remove_stale(run, list(batches))
    for name, batch in batches.items():
        write_records(run.stage_file("code", f"batch-{name}.in"), Article, batch)
    if batches:
        keep_memory(run)
    return list(batches)


def code_batch(run: Run, name: str) -> StageResult:
    """Code the articles of batch `name`.

    Writes `code/batch-NNN.out` (Mention rows) and `code/batch-NNN.sightings` (ActorSighting rows: the office holders
    that the articles name, for later nights).

    Counts: articles `coded`, `no_event` and `quarantined`, which add up to the articles that came in; `mentions`.
    How many events these are is found when the run is loaded.

    Raises:
        AccountingError: an article was lost or counted twice.
        ConfigurationError: the coder that the settings name cannot be had.
    """
    coder, memory = find_coder(run.settings.coder), read_memory(run)
    source_of = source_finder(run.settings)
    counts = {"coded": 0, "no_event": 0, "quarantined": 0, "mentions": 0}
    mentions: list[Mention] = []
    sightings: list[ActorSighting] = []
    failures: list[dict[str, str | int]] = []
    asked = 0
    for article in read_records(run.stage_file("code", f"batch-{name}.in"), Article):
        asked += 1
        try:
            found, seen = code_article(article, source_of(article.source_id), coder, memory)
        except Exception as error:  # noqa: BLE001  one article never ends the batch; its reason is kept beside it
            counts["quarantined"] += 1
            failures.append(
                {
                    "article_id": article.article_id,
                    "revision": article.revision,
                    "url": article.url,
                    "error": f"{type(error).__name__}: {error}",
                }
            )
            continue
        counts["coded" if found else "no_event"] += 1
        mentions += found
        sightings += seen
    if counts["coded"] + counts["no_event"] + counts["quarantined"] != asked:
        raise AccountingError(f"code batch {name}: {asked} articles came in, the counts say {counts}")
    counts["mentions"] = len(mentions)
    out = run.stage_file("code", f"batch-{name}.out")
    write_records(out, Mention, mentions)
    write_records(run.stage_file("code", f"batch-{name}.sightings"), ActorSighting, sightings)
    _write_failures(quarantine_file(run, name), failures)
    return StageResult(path=str(out), counts=counts)


def code_article(
    article: Article, source: Source | None, coder: Coder, memory: ActorMemory
) -> tuple[list[Mention], list[ActorSighting]]:
    """The mentions of one article and the office holders that it names; none where it has no text.

    There is one row for each mention id, the most certain one. `source` gives the day that "today" means (its time
    zone) and the country whose places are near; None where its file is gone since: then the day is UTC's.

    Raises:
        AccountingError: the coder's events break the rules of `coders.proof`.
    """
    if not article.body:
        return [], []
    published_at = article.published_at
    if published_at is not None and source is not None:
        published_at = published_at.astimezone(ZoneInfo(source.timezone))
    publication = Publication(
        published_at=published_at,
        headline=article.headline,
        country_hint=source.country_code if source is not None else None,
        language=article.language,
    )
    seen: list[Sighting] = []
    if isinstance(coder, RememberingCoder):
        coded = coder.code_with_memory(article.body, publication, memory)
        events, seen = coded.events, coded.sightings
    else:
        events = coder.code(article.body, publication)
    day = (published_at or article.fetched_at).date()
    mentions = _mentions(proved_events(events, article.body), article, coder)
    return mentions, [_sighting(one, article, day) for one in seen]


def _mentions(events: list[CodedEvent], article: Article, coder: Coder) -> list[Mention]:
    rows: dict[str, Mention] = {}
    for event in events:
        mention = mention_of(event, article, coder)
        kept = rows.get(mention.mention_id)
        if kept is None or mention.confidence > kept.confidence:
            rows[mention.mention_id] = mention
    return list(rows.values())


def _sighting(seen: Sighting, article: Article, day: date) -> ActorSighting:
    return ActorSighting(
        article_id=article.article_id,
        revision=article.revision,
        name=seen.name,
        name_key=name_key(seen.name),
        short_name=seen.short_name,
        office=seen.office,
        country_code=seen.country_code,
        sector=seen.sector,
        seen_on=day,
    )


def quarantine_file(run: Run, name: str) -> Path:
    """Where the articles of a batch lie that could not be coded, one JSON object a line."""
    return run.folder / "code" / f"batch-{name}.quarantine.jsonl"


def _remove_stale(run: Run, names: list[str]) -> None:
    for path in (run.folder / "code").glob("batch-*"):
        number = path.name.removeprefix("batch-").split(".", 1)[0]
        if number not in names or not path.name.endswith(".in.parquet"):
            path.unlink(missing_ok=True)


def _write_failures(path: Path, failures: list[dict[str, str | int]]) -> None:
    if not failures:
        path.unlink(missing_ok=True)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in failures), encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
