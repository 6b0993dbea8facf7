"""Furniture that only many pages of a source show: lines that recur across its articles and belong to none of them.

Share-widget words, standing boxes, disclaimers and pitches are repeated wherever the site puts them, whatever the
article is about. What recurs for another reason is news and stays: the background of a running story, a wire
paragraph, a quotation, the fixed sentences of a weekly report. They stand in articles that are alike, they speak of
what the article speaks of, or their figures change. `learn` looks at all of that; where it is in doubt a line stays.

The idea to tell a site's template from its content by what its pages share is that of site-level template detection
(Yi, Liu and Li 2003, "Eliminating noisy information in web pages for data mining"); the tests of likeness are ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.read.recurring_lines import PARAGRAPH_BREAK, fold_line, lines_of, removable
from pipeline.read.source_comparison import (
    FEWEST_ARTICLES,
    ComparedArticle,
    Sighting,
    SourceComparison,
    compared_articles,
)
from pipeline.records import FurnitureLine

FORGOTTEN_AFTER = timedelta(days=60)  # a line that no article had for so long: the site has another template


def learn(source_id: str, sightings: Iterable[Sighting], known: Iterable[FurnitureLine]) -> list[FurnitureLine]:
    """The furniture of one source, as it is known after these articles.

    Args:
        source_id: the source that all of them are of.
        sightings: the articles to compare: those read now and some of the last ones stored. Where an article comes
            twice, its newest text counts. Their order is of no consequence.
        known: the lines that were known before. They keep their counts, to which the new articles are added; those
            that no article had for `FORGOTTEN_AFTER` are left out.

    Returns:
        One row for each line, by `line_key`.
    """
    articles = compared_articles(sightings)
    before = {fold_line(line.line): line for line in known}
    lines = [_counted_on(line, key, articles) for key, line in before.items()]
    if len(articles) >= FEWEST_ARTICLES:
        lines += SourceComparison(source_id, articles, frozenset(before)).discovered()
    if articles:
        oldest = articles[-1].sighting.seen_at - FORGOTTEN_AFTER
        lines = [line for line in lines if line.last_seen_at >= oldest]
    return sorted(lines, key=lambda line: line.line_key)


def keys_of(lines: Iterable[FurnitureLine]) -> frozenset[str]:
    """The lines in the form in which `without_learned` finds them."""
    return frozenset(fold_line(line.line) for line in lines)


def without_learned(body: str, keys: Collection[str]) -> str:
    """`body` without the learnt lines (`keys_of` them); empty where it holds nothing else."""
    if not keys:
        return body
    lines = lines_of(body)
    taken_out = removable(lines, [fold_line(line) for line in lines], keys)
    if not taken_out:
        return body
    return PARAGRAPH_BREAK.join(line for index, line in enumerate(lines) if index not in taken_out)


def _counted_on(line: FurnitureLine, key: str, articles: Sequence[ComparedArticle]) -> FurnitureLine:
    having = [article.sighting for article in articles if key in article.keys]
    return replace(
        line,
        article_count=line.article_count + sum(sighting.is_new for sighting in having),
        compared_count=line.compared_count + sum(article.sighting.is_new for article in articles),
        last_seen_at=max([line.last_seen_at, *(sighting.seen_at for sighting in having)]),
    )
