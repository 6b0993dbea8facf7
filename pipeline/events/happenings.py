"""Mentions of one happening, told by many articles, become one event.

Two steps, each a pure function of the set of mentions, so that neither their order nor the nights on which they came
count:

1. Within a story and a type, mentions are joined by falling `likeness` as long as no two of a group exclude each
   other (agglomeration with constraints). "Police arrested six" therefore joins the arrest that it is most like, and
   never makes one event of two arrests that other reports tell apart. The revisions of an article are told together.
2. Groups of different stories that have a `shared_key` are one event.

What people have parted (`parted`) excludes each other in both steps.

`name_events` then gives ids: an event that is known keeps its id while mentions come and go; a new one is named after
its founder, the mention published first. Where the groups say that two known events are one, the older id stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, count

from pipeline.event_decisions import EventSplit
from pipeline.events.likeness import ENOUGH, Telling, likeness
from pipeline.events.parted import Parted
from pipeline.records import stable_id

# In a larger story, mentions of a type are compared only where their own words are equal: bounded time.
MOST_COMPARED = 400

Group = tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class NamedEvents:
    """The event of each mention, and which known events lost mentions to which other ones."""

    event_of: dict[str, str]  # by mention_id
    moves: tuple[tuple[str, str], ...]  # from, to


def group_tellings(tellings: Iterable[Telling], splits: Iterable[EventSplit] = ()) -> list[Group]:
    """The mentions of each happening, founder first, in the order of their founders.

    Args:
        tellings: mentions; of each story that occurs, all of them.
        splits: what people decided; all that are in force.
    """
    every = list(tellings)
    parted = Parted(every, splits)
    blocks: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for telling in every:
        blocks[(telling.story_id, telling.event_type)].append(telling)
    groups = [group for block in blocks.values() for group in _group_block(block, parted)]
    return _share(sorted(groups, key=_by_founder), parted)


def name_events(groups: Sequence[Group], known: Mapping[str, str], taken: Collection[str] = frozenset()) -> NamedEvents:
    """An id for each group.

    Args:
        groups: of `group_tellings`.
        known: the events of mentions that had one before, by mention_id.
        taken: ids that were given to other events at any time.
    """
    members: dict[str, Counter[int]] = defaultdict(Counter)
    for number, group in enumerate(groups):
        for telling in group:
            if telling.mention_id in known:
                members[known[telling.mention_id]][number] += 1
    # A known event is the group that has most of its mentions; between equals the one founded first.
    owned: dict[int, list[str]] = defaultdict(list)
    for event_id, found in members.items():
        owned[min(found, key=lambda number: (-found[number], number))].append(event_id)
    used = set(taken) | set(members)
    event_of: dict[str, str] = {}
    for number, group in enumerate(groups):
        event_id = _oldest(owned[number], group, known) if number in owned else _new_id(group, used)
        used.add(event_id)
        event_of |= {telling.mention_id: event_id for telling in group}
    moves = {(event_id, event_of[m]) for m, event_id in known.items() if event_of.get(m, event_id) != event_id}
    return NamedEvents(event_of, tuple(sorted(moves)))


def _group_block(block: list[Telling], parted: Parted) -> list[Group]:
    units = _same_words(sorted(block, key=_founding), parted)
    if len(units) > MOST_COMPARED:
        return units
    compared = {(i, j): _units_likeness(units[i], units[j], parted) for i, j in combinations(range(len(units)), 2)}
    group_of = list(range(len(units)))
    members = {i: [i] for i in group_of}
    # Units are in the order of their founders: equal likenesses fall to the older pair.
    ranked = sorted((-known, i, j) for (i, j), known in compared.items() if known is not None and known >= ENOUGH)
    for _, i, j in ranked:
        one, other = group_of[i], group_of[j]
        if one == other:
            continue
        pairs = ((min(a, b), max(a, b)) for a in members[one] for b in members[other])
        if any(compared[pair] is None for pair in pairs):
            continue
        members[one] += members.pop(other)
        for unit in members[one]:
            group_of[unit] = one
    return [_sorted(t for unit in unit_numbers for t in units[unit]) for unit_numbers in members.values()]


def _same_words(block: Iterable[Telling], parted: Parted) -> list[Group]:
    """What one article tells in the same terms, in any of its revisions, is one from the start."""
    units: dict[str, list[list[Telling]]] = defaultdict(list)
    for telling in block:
        for unit in units[telling.own_event_id]:
            if not _excluded([telling], unit, parted):
                unit.append(telling)
                break
        else:
            units[telling.own_event_id].append([telling])
    return sorted((tuple(unit) for found in units.values() for unit in found), key=_by_founder)


def _units_likeness(one: Group, other: Group, parted: Parted) -> float | None:
    """The best likeness of any two, None where any two exclude each other."""
    if _excluded(one, other, parted):
        return None
    best: float | None = None
    for a in one:
        for b in other:
            known = likeness(a, b)
            if known is None:
                return None
            best = known if best is None or known > best else best
    return best


def _share(groups: list[Group], parted: Parted) -> list[Group]:
    """Join groups that share a key, the oldest first."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for key in {telling.shared_key for telling in group if telling.shared_key}:
            by_key[key].append(number)
    joined_in = list(range(len(groups)))
    joined = dict(enumerate(groups))
    for key in sorted(by_key):
        for earlier, number in combinations(by_key[key], 2):
            one, other = sorted((joined_in[earlier], joined_in[number]))
            if one == other or _excluded(joined[one], joined[other], parted):
                continue
            joined[one] += joined.pop(other)
            joined_in = [one if found == other else found for found in joined_in]
    return sorted((_sorted(group) for group in joined.values()), key=_by_founder)


def _excluded(one: Iterable[Telling], other: Iterable[Telling], parted: Parted) -> bool:
    """One sentence reports an event once; and what people have parted stays apart."""
    others = list(other)
    for a in one:
        for b in others:
            if (a.article_id, a.revision, a.sentence_index) == (b.article_id, b.revision, b.sentence_index):
                return True
            if parted.apart(a, b):
                return True
    return False


def _oldest(event_ids: Sequence[str], group: Group, known: Mapping[str, str]) -> str:
    for telling in group:  # founder first
        if (event_id := known.get(telling.mention_id, "")) in event_ids:
            return event_id
    raise AssertionError("a group owns an event of which it has no mention")


def _new_id(group: Group, used: Collection[str]) -> str:
    """The founder's own id; where another event has it, that of the next one."""
    for telling in group:
        if telling.own_event_id not in used:
            return telling.own_event_id
    founder = group[0].own_event_id
    return next(made for n in count(2) if (made := stable_id("event", founder, str(n))) not in used)


def _founding(telling: Telling) -> tuple[str, str, int, int, str]:
    day = telling.published_on.isoformat() if telling.published_on else "9999"
    return day, telling.article_id, telling.revision, telling.sentence_index, telling.mention_id


def _by_founder(group: Group) -> tuple[str, str, int, int, str]:
    return _founding(group[0])


def _sorted(group: Iterable[Telling]) -> Group:
    return tuple(sorted(group, key=_founding))
