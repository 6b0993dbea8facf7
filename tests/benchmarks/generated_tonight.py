"""The night that is deduplicated against a generated archive: what `read` would hand on, and what is known of it.

Among the articles: copies of each other, near copies and exact reprints of articles of the window, exact reprints of
articles behind it, and known articles that were revised. The night is the same for archives of all sizes, but for the
reprints from behind the window: these are as many, spread over whatever lies there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from archive_layout import (
    REPRINTS,
    SEED,
    TONIGHT,
    TONIGHT_STARTED_AT,
    WINDOW_NIGHTS,
    Layout,
    article_id_of,
    first_seen_at,
    published_at,
    run_id_of,
    source_id_of,
    url_of,
)
from edited_news import RE_USED, revised
from generated_news import Generator, texts_of
from generated_night import Strangers, Written, copy_of, write_night

from pipeline.handover import write_records
from pipeline.records import Article, stable_id
from pipeline.runs import Run, write_run
from pipeline.settings import Settings
from pipeline.statuses import ArticleStatus

_NEAR_SHARE, _REPRINTED_SHARE, _REVISED_SHARE = 0.22, 0.02, 0.04
_REVISED_WITHIN_NIGHTS = 7

# Where the text of an article of tonight was before.
TONIGHT_TOO, NEAR_IN_WINDOW, SAME_IN_WINDOW, SAME_BEHIND = "tonight", "window, near", "window, exact", "behind, exact"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of an article of tonight."""

    group: str  # article_id of the one whose text it is
    re_uses: str | None  # where that was, for a copy
    is_revision: bool = False


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An article of tonight; `night` and `number` are its own, or the known ones of a revised article."""

    written: Written
    night: int
    number: int
    expected: Expected


def write_tonight(run: Run, layout: Layout, count: int) -> dict[str, Expected]:
    """Write the run's `read/batch-*.out` with `count` articles; returns what is known of each, by article_id."""
    arrivals = list(_arrivals(layout, count))
    bodies = texts_of([arrival.written.body for arrival in arrivals]).to_pylist()
    lines = texts_of([arrival.written.headline for arrival in arrivals]).to_pylist()
    articles = [_article(*parts) for parts in zip(arrivals, lines, bodies, strict=True)]
    size = run.settings.read_batch_size
    write_run(run)
    for number, first in enumerate(range(0, count, size)):
        write_records(run.stage_file("read", f"batch-{number:03d}.out"), Article, articles[first : first + size])
    return {article.article_id: arrival.expected for article, arrival in zip(articles, arrivals, strict=True)}


def tonight_run(settings: Settings, run_id: str) -> Run:
    """The run of tonight in a home with a generated archive."""
    return Run(run_id=run_id, settings=settings, started_at=TONIGHT_STARTED_AT)


def reprints_of(count: int) -> int:
    """How many of `count` articles of a night are reprints from behind the window."""
    return min(REPRINTS, round(count * REPRINTS / 5_000))


def _arrivals(layout: Layout, count: int) -> Iterator[_Arrival]:
    rng = np.random.default_rng([SEED, 99])
    near, same, changed = (round(count * share) for share in (_NEAR_SHARE, _REPRINTED_SHARE, _REVISED_SHARE))
    behind = reprints_of(count)
    own = write_night(SEED, TONIGHT, count - near - same - changed - behind)
    for one in own:
        re_uses = TONIGHT_TOO if one.group != one.number else None
        yield _Arrival(one, TONIGHT, one.number, Expected(article_id_of(TONIGHT, one.group), re_uses))
    number = len(own)
    for arrival in (
        *_of_window(rng, layout, near, same, changed),
        *_reprinted(rng, layout, behind),
    ):
        yield arrival if arrival.expected.is_revision else replace(arrival, number=number)
        number += 1


def _of_window(rng: Generator, layout: Layout, near: int, same: int, changed: int) -> Iterator[_Arrival]:
    """Copies and revisions of articles of the window, in equal parts of each of its nights."""
    strangers = Strangers(rng, TONIGHT + 1, originals=0, wanted=0)
    for night in range(WINDOW_NIGHTS):
        known = write_night(SEED, night, layout.per_night)
        places = iter(rng.permutation(len(known)))
        for kind, wanted, where in (("near", near, NEAR_IN_WINDOW), ("exact", same, SAME_IN_WINDOW)):
            for _ in range(_part(wanted, night, WINDOW_NIGHTS)):
                original = known[next(places)]
                name = kind if kind == "exact" else list(RE_USED)[rng.integers(len(RE_USED))]
                copy = copy_of(original, name, rng, strangers, number=0)
                yield _Arrival(copy, TONIGHT, 0, Expected(article_id_of(night, original.group), where))
        since = WINDOW_NIGHTS - _REVISED_WITHIN_NIGHTS
        for _ in range(_part(changed, night - since, _REVISED_WITHIN_NIGHTS) if night >= since else 0):
            before = known[next(places)]
            after = replace(before, body=revised(before.body, rng, strangers.next(0)))
            expected = Expected(article_id_of(night, before.group), None, is_revision=True)
            yield _Arrival(after, night, before.number, expected)


def _reprinted(rng: Generator, layout: Layout, wanted: int) -> Iterator[_Arrival]:
    counts = dict(layout.nights())
    chosen = [(night, number) for night, numbers in layout.reprinted(REPRINTS).items() for number in numbers]
    strangers = Strangers(rng, TONIGHT + 2, originals=0, wanted=0)
    known: dict[int, list[Written]] = {}
    for night, number in chosen[:: max(1, len(chosen) // max(1, wanted))][:wanted]:
        if night not in known:
            known = {night: write_night(SEED, night, counts[night])}
        copy = copy_of(known[night][number], "exact", rng, strangers, number=0)
        yield _Arrival(copy, TONIGHT, 0, Expected(article_id_of(night, copy.group), SAME_BEHIND))


def _part(wanted: int, place: int, places: int) -> int:
    """The share of one of `places`; all shares add up to `wanted`."""
    return wanted * (place + 1) // places - wanted * place // places


def _article(arrival: _Arrival, headline: str, body: str) -> Article:
    written, is_revision = arrival.written, arrival.expected.is_revision
    url = url_of(arrival.night, arrival.number)
    return Article(
        article_id=stable_id(url),
        revision=2 if is_revision else 1,
        capture_id=stable_id("c", url),
        fetch_id=stable_id("f", run_id_of(TONIGHT), url),
        source_id=source_id_of(written.source),
        status=ArticleStatus.REVISED if is_revision else ArticleStatus.NEW,
        url=url,
        canonical_url=url,
        headline=headline,
        headline_source="json_ld",
        standfirst=None,
        byline=(),
        published_at=published_at(arrival.night, written.minute),
        published_at_source="json_ld",
        modified_at=None,
        section=None,
        language="en",
        keywords=(),
        publisher=None,
        body=body,
        text_sha256=hashlib.sha256((headline + body).encode()).hexdigest(),
        changed_fields=("body",) if is_revision else (),
        fetched_at=first_seen_at(TONIGHT, arrival.number) - timedelta(hours=2),
        extractor="main_text",
        extractor_version="generated",
        error=None,
    )
