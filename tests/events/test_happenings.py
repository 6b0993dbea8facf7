"""Grouping and naming: the same partition in any order and over any nights; ids that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.event_decisions import EventSplit, new_event_split
from pipeline.events.happenings import MOST_COMPARED, NamedEvents, group_tellings, name_events
from pipeline.events.likeness import Telling
from pipeline.events.parties import Party

DAY = date(2024, 3, 4)
KENYA = Party("KEN", "COP", None, None, "kenyan police")
PARTIES = (
    None,
    KENYA,
    Party("UGA", "COP", None, None, "ugandan police"),
    Party(None, "COP", None, None, "police"),
    Party("KEN", "GOV", None, None, "kenya"),
    Party(None, "CVL", None, 9, "nine men"),
    Party(None, "CVL", None, 4, "four men"),
    Party(None, None, "ann bay", None, "ann bay"),
)


def telling(number: int, **fields: object) -> Telling:
    made = Telling(
        mention_id=f"m{number:03d}",
        own_event_id=f"own{number:03d}",
        shared_key=None,
        article_id=f"a{number:03d}",
        revision=1,
        sentence_index=0,
        story_id="s",
        event_type="COERCE",
        event_mode="arrest",
        modality="actual",
        negated=False,
        actor=KENYA,
        recipient=None,
        first_day=None,
        last_day=None,
        published_on=DAY,
        place_country_code=None,
        place_id=None,
        words=frozenset(),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


@st.composite
def nights(draw: st.DrawFn) -> list[list[Telling]]:
    """Mentions of a few stories, in the nights on which they come; days pass between nights."""
    made: list[list[Telling]] = []
    number = 0
    for night in range(draw(st.integers(1, 4))):
        made.append([])
        for _ in range(draw(st.integers(0, 5))):
            day = draw(st.sampled_from([None, DAY, DAY + timedelta(days=3)]))
            made[-1].append(
                telling(
                    number,
                    story_id=draw(st.sampled_from(["s1", "s2"])),
                    event_type=draw(st.sampled_from(["COERCE", "ACCUSE"])),
                    modality=draw(st.sampled_from(["actual", "future"])),
                    actor=draw(st.sampled_from(PARTIES)),
                    recipient=draw(st.sampled_from(PARTIES)),
                    first_day=day,
                    last_day=day,
                    published_on=DAY + timedelta(days=night),
                    article_id=f"a{draw(st.integers(0, 9))}",
                    sentence_index=draw(st.integers(0, 2)),
                    own_event_id=f"own{draw(st.integers(0, 15))}",
                    shared_key=draw(st.sampled_from([None, None, "k1", "k2"])),
                    words=draw(st.frozensets(st.sampled_from(["ship", "mill", "dam"]))),
                )
            )
            number += 1
    return made


def partition(named: NamedEvents) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for mention_id, event_id in named.event_of.items():
        groups.setdefault(event_id, set()).add(mention_id)
    return {frozenset(group) for group in groups.values()}


def night_by_night(brought: Sequence[Sequence[Telling]]) -> list[NamedEvents]:
    """What each night says: ids of earlier nights are known, and none that was ever given is given again."""
    said: list[NamedEvents] = []
    so_far: list[Telling] = []
    given_ids: set[str] = set()
    for night in brought:
        so_far += night
        named = name_events(group_tellings(so_far), said[-1].event_of if said else {}, given_ids)
        given_ids |= set(named.event_of.values())
        said.append(named)
    return said


@settings(max_examples=150, deadline=None)
@given(nights(), st.randoms(use_true_random=False))
def test_any_order_and_any_split_into_nights_give_the_same_events(
    brought: list[list[Telling]], random: st.DataObject
) -> None:
    everything = [t for night in brought for t in night]
    at_once = name_events(group_tellings(everything), {})
    shuffled = list(everything)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert name_events(group_tellings(shuffled), {}) == at_once, "also the ids are the same"
    assert partition(night_by_night(brought)[-1]) == partition(at_once)


@settings(max_examples=150, deadline=None)
@given(nights())
def test_a_known_id_stays_or_the_moves_say_where_its_mentions_went(brought: list[list[Telling]]) -> None:
    said = night_by_night(brought)
    for before, after in pairwise(said):
        there = set(after.event_of.values())
        moved_from = {event_id for event_id, _ in after.moves}
        for mention_id, event_id in before.event_of.items():
            now = after.event_of[mention_id]
            assert now == event_id or (event_id, now) in after.moves
        assert set(before.event_of.values()) - there <= moved_from


def test_an_event_that_gains_mentions_keeps_its_id_also_when_an_earlier_report_turns_up() -> None:
    first = name_events(group_tellings([telling(5), telling(6)]), {})
    (event_id,) = set(first.event_of.values())
    assert event_id == "own005"
    earlier = telling(1, published_on=DAY - timedelta(days=1))
    second = name_events(group_tellings([telling(5), telling(6), earlier]), first.event_of)
    assert set(second.event_of.values()) == {event_id}
    assert second.moves == ()


def test_two_known_events_that_turn_out_to_be_one_keep_the_older_id_and_say_so() -> None:
    one, other = telling(1, story_id="s1"), telling(2, story_id="s2", published_on=DAY + timedelta(days=1))
    before = name_events(group_tellings([one, other]), {})
    assert set(before.event_of.values()) == {"own001", "own002"}
    merged_story = [replace(one, story_id="s1"), replace(other, story_id="s1")]
    after = name_events(group_tellings(merged_story), before.event_of)
    assert set(after.event_of.values()) == {"own001"}
    assert after.moves == (("own002", "own001"),)
    # The story falls apart again: the event that is known stays with the founder, the other one has a new id.
    again = name_events(group_tellings([one, other]), after.event_of, taken={"own001", "own002"})
    assert again.event_of["m001"] == "own001"
    assert again.event_of["m002"] not in {"own001", "own002"}
    assert again.moves == (("own001", again.event_of["m002"]),)


def test_one_sentence_reports_an_event_once() -> None:
    one = telling(1, article_id="a", shared_key="k")
    other = telling(2, article_id="a", shared_key="k")
    third = telling(3, story_id="t", shared_key="k")
    groups = group_tellings([one, other, third])
    assert not any({one, other} <= set(group) for group in groups)


def test_a_story_with_very_many_mentions_is_grouped_by_their_own_words_alone() -> None:
    many = [telling(n, own_event_id=f"own{n % (MOST_COMPARED + 5)}") for n in range(3 * MOST_COMPARED)]
    assert len(group_tellings(many)) == MOST_COMPARED + 5


def split(moved: Sequence[str], stays: Sequence[str], minute: int = 0) -> EventSplit:
    decided_at = datetime(2024, 3, 5, 9, minute, tzinfo=UTC)
    return new_event_split(decided_at=decided_at, event_id="e", moved=moved, apart_from=stays, reason=None)


@settings(max_examples=150, deadline=None)
@given(nights(), st.randoms(use_true_random=False), st.data())
def test_what_people_parted_is_never_one_event_in_any_order(
    brought: list[list[Telling]], random: st.DataObject, data: st.DataObject
) -> None:
    everything = [t for night in brought for t in night]
    ids = [t.mention_id for t in everything]
    splits = []
    for minute in range(2 if len(ids) > 1 else 0):
        drawn = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=6, unique=True))
        splits.append(split(drawn[:1], drawn[1:], minute))
    at_once = name_events(group_tellings(everything, splits), {})
    for decided in splits:
        for moved in decided.moved:
            assert at_once.event_of[moved] not in {at_once.event_of[stayed] for stayed in decided.apart_from}
    shuffled = list(everything)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert name_events(group_tellings(shuffled, splits[::-1]), {}) == at_once


def test_a_split_holds_in_later_revisions_and_newcomers_join_the_side_they_are_like() -> None:
    mill = telling(1, words=frozenset({"mill", "guard"}))
    ship = telling(2, words=frozenset({"ship", "crew"}))
    assert len(group_tellings([mill, ship])) == 1
    parted = split(["m002"], ["m001"])
    revised = replace(ship, mention_id="m003", revision=2, sentence_index=1)
    newcomer = telling(4, words=frozenset({"ship", "crew"}))
    found = group_tellings([mill, ship, revised, newcomer], [parted])
    assert [{t.mention_id for t in group} for group in found] == [{"m001"}, {"m002", "m003", "m004"}]


def test_two_acts_that_one_article_tells_in_the_same_terms_are_told_apart_by_their_words_in_later_revisions() -> None:
    mill = telling(1, own_event_id="own", article_id="a", words=frozenset({"mill"}))
    ship = telling(2, own_event_id="own", article_id="a", words=frozenset({"ship"}), sentence_index=1)
    assert len(group_tellings([mill, ship])) == 1
    later = [replace(t, mention_id=f"{t.mention_id}-2", revision=2) for t in (mill, ship)]
    found = group_tellings([mill, ship, *later], [split(["m001"], ["m002"])])
    assert [{t.mention_id for t in group} for group in found] == [{"m001", "m001-2"}, {"m002", "m002-2"}]


def test_a_split_also_holds_between_stories_that_share_a_key() -> None:
    one, other = telling(1, story_id="s1", shared_key="k"), telling(2, story_id="s2", shared_key="k")
    assert len(group_tellings([one, other])) == 1
    assert len(group_tellings([one, other], [split(["m001"], ["m002"])])) == 2
