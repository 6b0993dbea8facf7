"""Groups of texts that re-use each other, and which of them is the original.

A group is what links connect, whatever the order in which they are found. People may have decided that some articles
do not belong together: then the strongest links count first, and a link that would bring two such articles into one
group does not count (single linkage with cannot-link constraints; Wagstaff and Cardie, "Clustering with
instance-level constraints", 2000).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.dedupe.texts import Text, publication_order
from pipeline.records import SplitDecision


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two articles, the smaller id first, one of which re-uses the other's text."""

    one: str
    other: str
    one_share: float  # share of the one's shingles found in the other, 0..1
    other_share: float  # the other way round

    @property
    def strength(self) -> tuple[float, float]:
        """The share of the smaller text that stands in the larger one, then that of the larger in the smaller."""
        return max(self.one_share, self.other_share), min(self.one_share, self.other_share)


def link_between(article_id: str, other_id: str, own_share: float, other_share: float) -> Link:
    """The link of two articles, whichever of them is named first."""
    if article_id < other_id:
        return Link(article_id, other_id, own_share, other_share)
    return Link(other_id, article_id, other_share, own_share)


class Apart:
    """Which articles people decided to keep apart."""

    def __init__(self, splits: Iterable[SplitDecision]) -> None:
        self._from: defaultdict[str, set[str]] = defaultdict(set)
        for split in splits:
            for moved in split.moved:
                self._from[moved].update(split.apart_from)
            for stayed in split.apart_from:
                self._from[stayed].update(split.moved)

    @property
    def article_ids(self) -> frozenset[str]:
        """Every article that is kept apart from some other one."""
        return frozenset(self._from)

    def are_apart(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether any of `some` is kept apart from any of `others`."""
        others = set(others)
        return any(not others.isdisjoint(self._from[one]) for one in some if one in self._from)

    def is_torn(self, articles: Iterable[str]) -> bool:
        """Whether two of these articles are kept apart from each other."""
        articles = set(articles)
        return self.are_apart(articles, articles)


class Groups:
    """Articles in groups, joined link by link."""

    def __init__(self, apart: Apart) -> None:
        self._apart = apart
        self._split = apart.article_ids
        self._parent: dict[str, str] = {}
        # Of each group only the members that somebody is kept apart from: mostly none.
        self._kept_apart: dict[str, set[str]] = {}

    def add(self, article_id: str) -> None:
        """An article on its own."""
        self._parent[article_id] = article_id
        self._kept_apart[article_id] = {article_id} & self._split

    def join(self, one: str, other: str) -> bool:
        """Bring two articles into one group; False where people decided against it."""
        one, other = self.group_of(one), self.group_of(other)
        if one == other:
            return True
        if self._apart.are_apart(self._kept_apart[one], self._kept_apart[other]):
            return False
        one, other = min(one, other), max(one, other)
        self._parent[other] = one
        self._kept_apart[one] |= self._kept_apart.pop(other)
        return True

    def group_of(self, article_id: str) -> str:
        """The group's name, which is one of its members."""
        while self._parent[article_id] != article_id:
            self._parent[article_id] = article_id = self._parent[self._parent[article_id]]
        return article_id

    def members(self) -> dict[str, list[str]]:
        """The members of every group, sorted."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for article_id in sorted(self._parent):
            found[self.group_of(article_id)].append(article_id)
        return dict(found)


def join_by(links: Iterable[Link], groups: Groups, node_of: Mapping[str, str]) -> None:
    """Join groups by links, the strongest first.

    Args:
        links: between articles.
        groups: the nodes, each in a group.
        node_of: the node of an article that is none itself: its original stands for a group that stays whole.
    """
    for link in sorted(links, key=strongest_first):
        groups.join(node_of.get(link.one, link.one), node_of.get(link.other, link.other))


def strongest_first(link: Link) -> tuple[float, float, Link]:
    """Sorts links by strength; ids break ties."""
    of_smaller, of_larger = link.strength
    return (-of_smaller, -of_larger, link)


def original_among(texts: Iterable[Text]) -> Text:
    """The text that the others copied, as far as anybody can tell from outside.

    An agency's own article, since agencies write what others print; else the one published first; else, of several
    published at the same instant, the fullest; else the one whose id comes first.
    """
    return min(texts, key=_originality)


def first_among(texts: Iterable[Text]) -> list[str]:
    """Those of the texts that come first by all but their length: of several the fullest is the original."""
    texts = list(texts)
    first = min(map(_precedence, texts))
    return [text.article_id for text in texts if _precedence(text) == first]


def _precedence(text: Text) -> tuple[bool, bool, datetime]:
    is_undated, instant, _ = publication_order(text)
    return (not text.is_agency, is_undated, instant)


def _originality(text: Text) -> tuple[tuple[bool, bool, datetime], int, str]:
    return (_precedence(text), -len(text.body), text.article_id)
