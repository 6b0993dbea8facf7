"""Event identity: the same happening gets one id, whatever the order, and different ones do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.events.coder import code_text
from pipeline.events.merge import event_id_of, party_key
from pipeline.events.spans import Actor, CodedEvent

DAY = date(2013, 11, 15)


def event(sentence: str) -> CodedEvent:
    found = code_text(sentence, published_at=datetime(2013, 11, 15, 12, tzinfo=UTC))
    assert len(found) == 1, [e.rule for e in found]
    return found[0]


def id_of(sentence: str, *, day: date | None = DAY, story: str | None = "s1") -> str:
    return event_id_of(event(sentence), published_on=day, story_id=story)


def test_two_tellings_in_one_story_are_one_event() -> None:
    first = id_of("Poland expelled two Russian diplomats on Tuesday.")
    assert id_of("The Polish government expelled two Russian envoys.") == first
    assert id_of("Two Russian diplomats were expelled by Poland.", day=date(2013, 11, 18)) == first


def test_who_is_named_first_does_not_matter_where_both_act() -> None:
    assert id_of("Kenya and Uganda signed a treaty.") == id_of("Uganda and Kenya signed a treaty.")


def test_who_does_it_matters_where_one_acts() -> None:
    assert id_of("Kenya accused Uganda of spying.") != id_of("Uganda accused Kenya of spying.")
    assert id_of("The Kenyan president visited Uganda.") != id_of("The Ugandan president visited Kenya.")


@pytest.mark.parametrize(
    "other",
    [
        "Poland arrested two Russian diplomats on Tuesday.",
        "Poland expelled two Belarusian diplomats on Tuesday.",
        "Latvia expelled two Russian diplomats on Tuesday.",
    ],
)
def test_another_type_or_party_is_another_event(other: str) -> None:
    assert id_of(other) != id_of("Poland expelled two Russian diplomats on Tuesday.")


def test_another_story_is_another_event() -> None:
    sentence = "Police arrested two men on Tuesday."
    assert id_of(sentence, story="s1") != id_of(sentence, story="s2")


def test_background_is_one_event_in_every_story() -> None:
    sentence = "Poland expelled two Russian diplomats in March."
    assert id_of(sentence, story="s1") == id_of(sentence, story="s2")
    assert id_of(sentence, story="s1") != id_of("Poland expelled two Russian diplomats on Tuesday.")


def test_without_a_story_the_week_decides() -> None:
    sentence = "Poland expelled two Russian diplomats."
    assert id_of(sentence, story=None) == id_of(sentence, day=date(2013, 11, 11), story=None)
    assert id_of(sentence, story=None) != id_of(sentence, day=date(2013, 11, 18), story=None)
    assert id_of(sentence, day=None, story=None) == id_of(sentence, day=None, story=None)


def test_confidence_and_offsets_play_no_part() -> None:
    one = event("Poland expelled two Russian diplomats on Tuesday.")
    other = replace(one, confidence=0.1, sentence_index=9, rule="another", modality="ongoing")
    assert event_id_of(one, published_on=DAY, story_id="s") == event_id_of(other, published_on=DAY, story_id="s")


def test_a_country_and_its_government_are_one_party() -> None:
    bare = Actor(0, 6, "Norway", "NOR", None)
    minister = Actor(0, 6, "the Norwegian minister", "NOR", "GOV")
    police = Actor(0, 6, "Norwegian police", "NOR", "COP")
    assert party_key(bare) == party_key(minister) != party_key(police)


def test_an_unknown_party_goes_by_its_name() -> None:
    assert party_key(Actor(0, 3, "The Lantern Group", None, None)) == "lantern group"
    assert party_key(None) != party_key(Actor(0, 1, "x", None, None))
