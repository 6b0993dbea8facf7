"""How alike two mentions of one type are: whether they may tell of one happening, and how much speaks for it.

`likeness` weighs what a careful reader weighs: the two parties, the day, the place, the mode of the act, the other
words of the passage, and whether it is one article that says both. The weights were set by hand on the newsroom's
stories; they need no training and give the same for either order of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pipeline.events.merge import OWN_DAYS, REALISED, STATEMENTS
from pipeline.events.parties import Party, relation
from pipeline.events.plover import SYMMETRIC_TYPES

# From here on two mentions of one story tell of one happening.
ENOUGH: Final = 2.0

_SAME_DAY = 1.5
_SAME_SPAN = 0.5
_NEXT_DAY = -1.0  # "late on Thursday" and "on Friday", as reporters of two time zones have it
_SAME_MODE = 0.5
_SAME_PLACE = 0.5
_ONE_ARTICLE = -0.5  # who writes of an act twice mostly writes of two
_OTHER_WORDS = -1.0  # and of one act in words that come back
_SHARED_WORD, _MOST_FOR_WORDS = 0.5, 1.5
_SHARED_WORD_OF_ACTS, _MOST_FOR_WORDS_OF_ACTS = 0.25, 1.0
_OTHER_STATEMENT = -3.5  # two statements that share no word are two
# "Seized the ship" and "captured the vessel" are one act.
_LIKE_MODES = frozenset({"arrest", "seize"})
_PLANS_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One mention, as far as it identifies the happening that it tells of."""

    mention_id: str
    own_event_id: str
    shared_key: str | None
    article_id: str
    revision: int
    sentence_index: int
    story_id: str
    event_type: str
    event_mode: str | None
    modality: str
    negated: bool
    actor: Party | None
    recipient: Party | None
    first_day: date | None
    last_day: date | None
    published_on: date | None
    place_country_code: str | None
    place_id: str | None
    words: frozenset[str]


def likeness(one: Telling, other: Telling) -> float | None:
    """How much speaks for one happening; None where they tell of two."""
    if one.event_type != other.event_type or one.negated != other.negated:
        return None
    same_text = one.article_id == other.article_id and one.revision == other.revision
    if same_text and one.sentence_index == other.sentence_index:
        return None
    parts = (
        _modalities(one, other),
        _sides(one, other, same_text=same_text),
        _dates(one, other, same_text=same_text),
        _modes(one, other),
        _places(one, other),
        _telling(one, other, same_text=same_text),
    )
    total = 0.0
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def _sides(one: Telling, other: Telling, *, same_text: bool) -> float | None:
    straight = _pairs((one.actor, other.actor), (one.recipient, other.recipient), same_text=same_text)
    if one.event_type not in SYMMETRIC_TYPES or "visit" in {one.event_mode, other.event_mode}:
        return straight
    crossed = _pairs((one.actor, other.recipient), (one.recipient, other.actor), same_text=same_text)
    return max((known for known in (straight, crossed) if known is not None), default=None)


def _pairs(*pairs: tuple[Party | None, Party | None], same_text: bool) -> float | None:
    known = [relation(*pair) for pair in pairs]
    if same_text and any(a and b and a.count and b.count and a.count != b.count for a, b in pairs):
        return None  # one article counts the same people once
    return None if None in known else sum(value for value in known if value is not None)


def _modalities(one: Telling, other: Telling) -> float | None:
    """What happened, what is planned and what is only threatened or supposed are told apart, except in statements."""
    if one.event_type in STATEMENTS:
        return 0.0
    kinds = {"realised" if telling.modality in REALISED else telling.modality for telling in (one, other)}
    if len(kinds) == 1 or kinds == {"realised", "denied"}:
        return 0.0
    # What was announced for a day and is then reported of that day.
    if kinds == {"realised", "future"} and one.first_day and other.first_day:
        return 0.0
    return None


def _dates(one: Telling, other: Telling, *, same_text: bool) -> float | None:
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return 0.0
    if first[0] <= second[1] and second[0] <= first[1]:
        if one.first_day is None or other.first_day is None:
            return 0.0
        return _SAME_DAY if first == second and first[0] == first[1] else _SAME_SPAN
    apart = max(first[0] - second[1], second[0] - first[1])
    return _NEXT_DAY if apart <= timedelta(days=1) and not same_text else None


def _days(telling: Telling) -> tuple[date, date] | None:
    """The days it can have happened on; an article that gives no date tells of the days around it."""
    if telling.first_day is not None and telling.last_day is not None:
        return telling.first_day, telling.last_day
    if telling.published_on is None or telling.modality == "historical":
        return None
    ahead = timedelta(days=1) if telling.modality in REALISED else _PLANS_AHEAD
    return telling.published_on - OWN_DAYS, telling.published_on + ahead


def _modes(one: Telling, other: Telling) -> float | None:
    if one.event_mode is None or other.event_mode is None:
        return 0.0
    if one.event_mode == other.event_mode:
        return _SAME_MODE
    return 0.0 if {one.event_mode, other.event_mode} <= _LIKE_MODES else None


def _places(one: Telling, other: Telling) -> float | None:
    if one.place_id is not None and one.place_id == other.place_id:
        return _SAME_PLACE
    if one.place_country_code is None or other.place_country_code is None:
        return 0.0
    if one.place_country_code == other.place_country_code:
        return _SAME_PLACE / 2
    return 0.0 if one.event_type in STATEMENTS else None


def _telling(one: Telling, other: Telling, *, same_text: bool) -> float:
    shared = len(one.words & other.words)
    if not one.words or not other.words:  # "Norway thanked Malta": nothing to tell it apart by
        known = 0.0
    elif one.event_type in STATEMENTS:
        known = min(_MOST_FOR_WORDS, _SHARED_WORD * shared) if shared else _OTHER_STATEMENT
    else:
        known = min(_MOST_FOR_WORDS_OF_ACTS, _SHARED_WORD_OF_ACTS * shared)
    if same_text:
        known += _ONE_ARTICLE if shared else _ONE_ARTICLE + _OTHER_WORDS
    return known
