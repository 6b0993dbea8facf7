"""The articles of one source, side by side: which of the lines that recur in them are furniture.

A line is one if it stands in enough of the articles, by its shape and by where it stands, and these articles have
nothing else in common: they are about different things, and the line speaks of none of them.

Where a source is about one thing only, all its articles are alike and the likeness of some says nothing; there a line
must stand in nearly all of them.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.read.likeness import compare, names_in, share_found, spread_sample, terms_of
from pipeline.read.recurring_lines import (
    Where,
    figures_in,
    fold_line,
    is_label,
    is_short,
    lines_of,
    removable,
)
from pipeline.records import FurnitureLine, stable_id

FEWEST_ARTICLES = 5
_FEWEST_OF_A_RARE_LINE = 6
_SHARE_OF_RARE_LINE = 0.25  # of the source's articles; a line that stands in fewer is a rare one
# The share of the source's articles that a line must stand in.
_SHARE_OF_LONG_LINE_AT_AN_EDGE = 0.01  # nobody writes the same long sentence by chance
_SHARE_AT_AN_EDGE = 0.25
_SHARE_OF_LONG_LINE_IN_THE_TEXT = 0.25
_SHARE_IN_THE_TEXT = 0.5
_SHARE_OF_LABEL_BEFORE_TEXT = 0.5
_SHARE_WITH_FIGURES = 0.8  # its figures change: the minutes to read, how many comments
_FEWEST_WITH_FIGURES = 10
_SHARE_OF_ONE_DAY = 0.5  # below it, a line must have been seen on several days
_FEWEST_DAYS = 3
_MOSTLY = 0.9  # of the articles it stands in
_NEARLY_ALL = 0.9  # of the source's articles
# What the articles that a line stands in have in common.
_SAMPLE = 24  # articles: 276 pairs
_OWN_TEXT_CHARACTERS = 2500  # of an article that are looked at: long articles would be more alike than short ones
_FEWEST_TERMS = 20  # an article of fewer outside its recurring lines is a form or a stub, and no witness
_ALWAYS_UNLIKE = 0.06  # mean cosine; articles of so little likeness are about different things
_LIKER_THAN_THE_SOURCE = 1.6
_SOURCE_OF_ONE_SUBJECT = 0.075  # mean cosine of its articles; of papers that report on everything about 0.05
_SPEAKS_OF_ITS_ARTICLES = 0.2  # share of the line's terms that the rest of its articles has, on average
# That share, less the one that the articles without the line have: of a rare line, and of others.
_MORE_THAN_OTHERS_OF_RARE = 0.07
_MORE_THAN_OTHERS = 0.15
_FEWEST_TERMS_OF_A_LINE = 2
_FEWEST_OTHERS = 10  # articles without the line
_NAMED_IN = 1 / 3  # share of the line's articles that have one of its names in the rest of their text
_NAMED_MORE_THAN_IN_OTHERS = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One article of a source as it was read: its text with all lines that only learning can know.

    `is_new` is False for an article that the edition has: its lines were counted when it came.
    """

    article_id: str
    headline: str | None
    body: str
    seen_at: datetime
    published_at: datetime | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class ComparedArticle:
    """One article with its lines, and each of them as it is compared."""

    sighting: Sighting
    lines: list[str]
    keys: list[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """One article that a line stands in so that it could be taken out there."""

    article: ComparedArticle
    line: str
    where: Where


def compared_articles(sightings: Iterable[Sighting]) -> list[ComparedArticle]:
    """One for each article, in the order in which they were seen."""
    newest: dict[str, Sighting] = {}
    for sighting in sorted(sightings, key=lambda s: (s.seen_at, s.article_id, s.body)):
        newest[sighting.article_id] = sighting
    articles = []
    for sighting in sorted(newest.values(), key=lambda s: (s.seen_at, s.article_id)):
        lines = lines_of(sighting.body)
        articles.append(ComparedArticle(sighting, lines, [fold_line(line) for line in lines]))
    return articles


class SourceComparison:
    """The articles of one source, side by side."""

    def __init__(self, source_id: str, articles: Sequence[ComparedArticle], known: frozenset[str]) -> None:
        self._source_id = source_id
        self._articles = articles
        self._known = known
        counts = Counter(key for article in articles for key in set(article.keys) if key)
        self._recurring = {key for key, count in counts.items() if count >= FEWEST_ARTICLES} | known
        self._terms: dict[str, frozenset[str]] = {}
        self._usual_likeness: float | None = None

    def discovered(self) -> list[FurnitureLine]:
        """The lines that are furniture and were not known.

        Whether a line stands at an edge depends on which of the lines around it are furniture: all that recur are
        supposed to be at first, and the supposition is narrowed until it holds.
        """
        supposed = frozenset(self._recurring)
        while True:
            places = self._places(supposed)
            found = {key: self._line(key, at) for key, at in places.items() if self._is_furniture(key, at)}
            confirmed = self._known | frozenset(found)
            if confirmed == supposed:
                return list(found.values())
            supposed = confirmed

    def _places(self, furniture: frozenset[str]) -> dict[str, list[_Place]]:
        """Where each of the lines that are not known stands so that it could be taken out, once for each article."""
        places: defaultdict[str, list[_Place]] = defaultdict(list)
        if furniture <= self._known:
            return places
        for article in self._articles:
            seen = set()
            for index, where in removable(article.lines, article.keys, furniture).items():
                key = article.keys[index]
                if key not in self._known and key not in seen:
                    seen.add(key)
                    places[key].append(_Place(article, article.lines[index], where))
        return places

    def _is_furniture(self, key: str, places: Sequence[_Place]) -> bool:
        if len(places) < FEWEST_ARTICLES:
            return False
        fewest = _fewest_articles(places, len(self._since(places)))
        if len(places) < fewest:
            return False
        witnesses = [place for place in places if len(self._about(place.article)) >= _FEWEST_TERMS]
        if len(witnesses) < fewest:
            return False
        if len(witnesses) < _SHARE_OF_ONE_DAY * len(self._articles) and len(_days(witnesses)) < _FEWEST_DAYS:
            return False
        is_everywhere = _is_mostly_at_an_edge(places) and len(places) >= _NEARLY_ALL * len(self._articles)
        if not is_everywhere and self._likeness_of_source() > _SOURCE_OF_ONE_SUBJECT:
            return False
        sample = spread_sample(witnesses, _SAMPLE)
        return (
            self._are_unlike([self._about(place.article) for place in sample])
            and not self._speaks_of_its_articles(key, sample)
            and (is_everywhere or not self._names_what_its_articles_name(key, sample))
        )

    def _are_unlike(self, texts: Sequence[frozenset[str]]) -> bool:
        compared = compare(texts)
        if compared.stories < max(FEWEST_ARTICLES, len(texts) / 2):
            return False
        return compared.mean <= max(_ALWAYS_UNLIKE, _LIKER_THAN_THE_SOURCE * self._likeness_of_source())

    def _speaks_of_its_articles(self, key: str, places: Sequence[_Place]) -> bool:
        """Whether the line's words come in the rest of its articles more than in the articles without it."""
        terms = terms_of(key)
        if len(terms) < _FEWEST_TERMS_OF_A_LINE:
            return False
        share = share_found(terms, [self._about(place.article) for place in places])
        others = self._others(key)
        if len(others) < _FEWEST_OTHERS:
            return share > _SPEAKS_OF_ITS_ARTICLES
        is_rare = len(others) > (1 - _SHARE_OF_RARE_LINE) * len(self._articles)
        more = _MORE_THAN_OTHERS_OF_RARE if is_rare else _MORE_THAN_OTHERS
        usual = share_found(terms, [self._about(article) for article in spread_sample(others, _SAMPLE)])
        return share > min(_SPEAKS_OF_ITS_ARTICLES, usual + more)

    def _names_what_its_articles_name(self, key: str, places: Sequence[_Place]) -> bool:
        """Whether the line has a name that many of its articles have too, and the articles without it have not."""
        if is_label(places[0].line):
            return False
        texts = [self._about(place.article) for place in places]
        others = self._others(key)
        usual = [self._about(article) for article in spread_sample(others, _SAMPLE)]
        for name in names_in(places[0].line):
            share = share_found(frozenset({name}), texts)
            if share < _NAMED_IN:
                continue
            if len(others) < _FEWEST_OTHERS or share > _NAMED_MORE_THAN_IN_OTHERS * share_found(
                frozenset({name}), usual
            ):
                return True
        return False

    def _others(self, key: str) -> list[ComparedArticle]:
        return [article for article in self._articles if key not in article.keys]

    def _likeness_of_source(self) -> float:
        if self._usual_likeness is None:
            sample = [self._about(article) for article in spread_sample(self._articles, _SAMPLE)]
            self._usual_likeness = compare([terms for terms in sample if len(terms) >= _FEWEST_TERMS]).mean
        return self._usual_likeness

    def _about(self, article: ComparedArticle) -> frozenset[str]:
        """What an article is about: its headline and the lines that no other articles have."""
        article_id = article.sighting.article_id
        if article_id not in self._terms:
            own = [line for line, key in zip(article.lines, article.keys, strict=True) if key not in self._recurring]
            text = "\n".join([article.sighting.headline or "", *own])
            self._terms[article_id] = terms_of(text[:_OWN_TEXT_CHARACTERS])
        return self._terms[article_id]

    def _since(self, places: Sequence[_Place]) -> Sequence[ComparedArticle]:
        """The articles of the day on which a line was first seen, and after it."""
        first = places[0].article.sighting.seen_at.date()
        start = bisect_left(self._articles, first, key=lambda article: article.sighting.seen_at.date())
        return self._articles[start:]

    def _line(self, key: str, places: Sequence[_Place]) -> FurnitureLine:
        spellings = Counter(place.line for place in places)
        return FurnitureLine(
            source_id=self._source_id,
            line_key=stable_id(self._source_id, key),
            line=min(spellings, key=lambda spelling: (-spellings[spelling], spelling)),
            article_count=len(places),
            compared_count=len(self._since(places)),
            first_seen_at=places[0].article.sighting.seen_at,
            last_seen_at=places[-1].article.sighting.seen_at,
        )


def _fewest_articles(places: Sequence[_Place], compared: int) -> float:
    """In how many of the `compared` articles a line must stand, by its shape and by where it stands."""
    count = len(places)
    label = is_label(places[0].line)
    short = is_short(places[0].line)
    before_text = sum(place.where is Where.START for place in places)
    at_an_edge = _is_mostly_at_an_edge(places)
    if Counter(figures_in(place.line) for place in places).most_common(1)[0][1] < _MOSTLY * count:
        if not label or not at_an_edge:
            return math.inf
        return max(_FEWEST_WITH_FIGURES, _SHARE_WITH_FIGURES * compared)
    if not at_an_edge:
        share = _SHARE_IN_THE_TEXT if short else _SHARE_OF_LONG_LINE_IN_THE_TEXT
    elif label and before_text > count / 2:
        share = _SHARE_OF_LABEL_BEFORE_TEXT
    else:
        share = _SHARE_AT_AN_EDGE if short else _SHARE_OF_LONG_LINE_AT_AN_EDGE
    fewest = _FEWEST_OF_A_RARE_LINE if count < _SHARE_OF_RARE_LINE * compared else FEWEST_ARTICLES
    return max(fewest, share * compared)


def _is_mostly_at_an_edge(places: Sequence[_Place]) -> bool:
    return sum(place.where is not Where.TEXT for place in places) >= _MOSTLY * len(places)


def _days(places: Iterable[_Place]) -> set[date]:
    return {(place.article.sighting.published_at or place.article.sighting.seen_at).date() for place in places}
