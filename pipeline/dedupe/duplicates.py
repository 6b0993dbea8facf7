"""Which of tonight's texts re-use which, tonight's or known ones, and what that changes about known articles.

Whether two texts are the same text re-used depends on the two alone (`reuse_of`), and groups are what such links
connect; so the same articles give the same groups in any order, in one night or in many. A night places

- its new and revised texts,
- and the known texts whose group is in doubt: one of the group was revised, people split it, or words it was joined
  by turned out tonight to be boilerplate. Such a group is dissolved and its members are placed anew.

All other known groups stay whole: a link to any of their members joins them as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.dedupe.archive import Archive
from pipeline.dedupe.fingerprints import Fingerprints
from pipeline.dedupe.grouping import (
    Apart,
    Groups,
    Link,
    first_among,
    join_by,
    link_between,
    original_among,
    strongest_first,
)
from pipeline.dedupe.reuse import TextShape, reuse_of, shape_of
from pipeline.dedupe.search import Near, NightSearch, Placed
from pipeline.dedupe.texts import Text
from pipeline.records import SplitDecision


@dataclass(frozen=True, slots=True)
class Repeat:
    """The finding that a text re-uses an original's."""

    original_id: str
    matched_id: str  # the text it was verified against
    own_share: float | None  # share of this text's shingles found in the matched one; None: they share none directly
    matched_share: float | None  # the other way round


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What a night found out."""

    repeats: dict[str, Repeat]  # the texts that re-use another's, of those in `judged`
    judged: tuple[Text, ...]  # every text that was placed, and the known originals that are none any more
    originals_again: tuple[str, ...]  # known articles that were duplicates and are none any more
    placed: tuple[Placed, ...]  # the placed texts, with their fingerprints
    indexed: frozenset[str]  # those of them whose fingerprints are to be kept: one for each distinct text
    common: Fingerprints  # fingerprints that stand in many texts, those known and those found tonight


def find_duplicates(
    fresh: Iterable[Text], archive: Archive, splits: Iterable[SplitDecision] = (), released: Collection[str] = ()
) -> Duplicates:
    """Place tonight's texts among each other and among the known ones.

    Args:
        fresh: the new and revised texts of a night, each article once, in any order.
        archive: what is known.
        splits: what people decided; all of them, of every night.
        released: articles of splits that were taken back since: the texts alone decide about them again.
    """
    apart = Apart(splits)
    search = NightSearch(archive)
    search.place(fresh)
    search.place_anew(_in_doubt(search, archive, apart, released))
    near = search.near()
    while in_doubt := search.lately_common_holders() | _touched_by_splits(near, search, archive, apart):
        search.place_anew(in_doubt)
        near = search.near()
    return _grouped(near, search, archive, apart)


def _in_doubt(search: NightSearch, archive: Archive, apart: Apart, released: Collection[str]) -> set[str]:
    """The known articles of groups that lose a text tonight, or that people decided to split or no longer to."""
    changed = archive.originals({*search.placed, *released})
    members: defaultdict[str, list[str]] = defaultdict(list)
    for article_id, original in archive.originals(apart.article_ids).items():
        members[original].append(article_id)
    torn = {original for original, articles in members.items() if apart.is_torn(articles)}
    return {*archive.group_members({*changed.values(), *torn}), *archive.unindexed_texts()}


def _touched_by_splits(near: Near, search: NightSearch, archive: Archive, apart: Apart) -> set[str]:
    """The members of known groups that tonight's links may reach, and in which somebody is kept apart from others.

    They are placed one by one, so that a new text joins the side it is nearer to and never bridges the two.
    """
    if not apart.article_ids:
        return set()
    reached = archive.originals({known for _, known in (*near.known_pairs, *near.equal_known)})
    kept_apart = archive.originals(apart.article_ids - search.placed.keys())
    return set(archive.group_members({*reached.values()} & {*kept_apart.values()})) - search.placed.keys()


def _grouped(near: Near, search: NightSearch, archive: Archive, apart: Apart) -> Duplicates:
    shapes = {article_id: search.compared(placed.shape) for article_id, placed in search.placed.items()}
    # A known text with the same words as a placed one has its shape.
    equal_known = [(placed, known) for placed, known in near.equal_known if placed in shapes]
    known = {t.article_id: t for t in archive.headers({known for _, known in equal_known})}
    shapes |= {one: shapes[placed] for placed, one in equal_known if one in known}
    near_known = archive.texts({other for _, other in near.known_pairs} - known.keys())
    known |= {t.article_id: t for t in near_known}
    shapes |= {text.article_id: search.compared(shape_of(text.body)) for text in near_known}
    links = _verified(near, shapes)
    reached = {end for link in links for end in (link.one, link.other)} & known.keys()
    original_of = {article_id: known[article_id].known_original or article_id for article_id in reached}
    originals = _originals(original_of.values(), near_known, archive)
    shapes |= {i: search.compared(shape_of(t.body)) for i, t in originals.items() if t.body and i not in shapes}

    groups = Groups(apart)
    for article_id in (*search.placed, *originals):
        groups.add(article_id)
    join_by(links, groups, original_of)
    texts = {**originals, **{article_id: placed.text for article_id, placed in search.placed.items()}}
    texts |= {text.article_id: text for text in archive.texts(_in_doubt_by_length(groups, texts))}
    evidence = _Evidence(links, shapes)
    repeats: dict[str, Repeat] = {}
    for members in groups.members().values():
        original_id = original_among(texts[member] for member in members).article_id
        repeats |= {member: evidence.of(member, original_id) for member in members if member != original_id}
    again = {i for i in search.known_placed if texts[i].known_original is not None and i not in repeats}
    demoted = [text for article_id, text in originals.items() if article_id in repeats]
    return Duplicates(
        repeats=repeats,
        judged=(*(placed.text for placed in search.placed.values()), *demoted),
        originals_again=tuple(sorted(again)),
        placed=tuple(search.placed.values()),
        indexed=frozenset(placed.text.article_id for placed in search.indexed),
        common=search.common,
    )


def _originals(article_ids: Collection[str], near_known: Collection[Text], archive: Archive) -> dict[str, Text]:
    """The originals of known texts: with their bodies as far back as `near_known` goes, where they stand together.

    Of older ones, which are few and lie scattered in the whole archive, the headers only.
    """
    headers = {text.article_id: text for text in archive.headers(article_ids)}
    since = min((text.first_seen_at for text in near_known if text.first_seen_at), default=None)
    lately = {i for i, text in headers.items() if since and text.first_seen_at and text.first_seen_at >= since}
    return headers | {text.article_id: text for text in archive.texts(lately)}


def _in_doubt_by_length(groups: Groups, texts: Mapping[str, Text]) -> set[str]:
    """The texts without a body that may be the original of a group, if they are the fullest of it."""
    doubtful: set[str] = set()
    for members in groups.members().values():
        first = first_among(texts[member] for member in members) if len(members) > 1 else []
        if len(first) > 1:
            doubtful.update(member for member in first if not texts[member].body)
    return doubtful


def _verified(near: Near, shapes: Mapping[str, TextShape]) -> list[Link]:
    """The pairs in which one text really re-uses the other's."""
    links = [link_between(one, other, 1.0, 1.0) for one, other in (*near.equal, *near.equal_known) if other in shapes]
    for one, other in (*near.pairs, *near.known_pairs):
        if other in shapes and (reuse := reuse_of(shapes[one], shapes[other])):
            links.append(link_between(one, other, reuse.own_share, reuse.matched_share))
    return links


class _Evidence:
    """Why an article stands in its group: best the likeness to the original, else the strongest link it has."""

    def __init__(self, links: Iterable[Link], shapes: Mapping[str, TextShape]) -> None:
        self._shapes = shapes
        self._links: defaultdict[str, list[Link]] = defaultdict(list)
        for link in links:
            self._links[link.one].append(link)
            self._links[link.other].append(link)

    def of(self, article_id: str, original_id: str) -> Repeat:
        own, original = self._shapes.get(article_id), self._shapes.get(original_id)
        if own and original and own.words_hash == original.words_hash:
            return Repeat(original_id, original_id, 1.0, 1.0)
        if own and original and (reuse := reuse_of(own, original)):
            return Repeat(original_id, original_id, round(reuse.own_share, 4), round(reuse.matched_share, 4))
        if links := self._links.get(article_id):
            best = min(links, key=strongest_first)
            if best.one == article_id:
                return Repeat(original_id, best.other, round(best.one_share, 4), round(best.other_share, 4))
            return Repeat(original_id, best.one, round(best.other_share, 4), round(best.one_share, 4))
        # An original of known copies whose copies are linked to the group: it was matched with them, not with this.
        return Repeat(original_id, original_id, None, None)
