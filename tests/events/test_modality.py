"""Negation, future, condition, denial, history, and how they change the type."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.events.coder import code_text
from pipeline.events.spans import CodedEvent

PUBLISHED_AT = datetime(2013, 11, 15, 12, tzinfo=UTC)


def only(sentence: str) -> CodedEvent:
    events = code_text(sentence, published_at=PUBLISHED_AT)
    assert len(events) == 1, [(event.event_type, event.rule) for event in events]
    return events[0]


@pytest.mark.parametrize(
    ("sentence", "event_type", "modality", "negated"),
    [
        ("Poland expelled two Belarusian diplomats.", "SANCTION", "actual", False),
        ("Poland is expelling two Belarusian diplomats.", "SANCTION", "ongoing", False),
        ("Poland did not expel the Belarusian diplomats.", "SANCTION", "actual", True),
        ("Japan will give Kenya new loans.", "AGREE", "future", False),
        ("Japan will not give Kenya new loans.", "REJECT", "future", False),
        ("Turkey will bomb the rebels.", "THREATEN", "future", False),
        ("Turkey said it would bomb the rebels.", "THREATEN", "future", False),
        ("Turkey is going to expel the Dutch ambassador.", "THREATEN", "future", False),
        ("Poland is not going to withdraw its complaint against Malta.", "REJECT", "future", False),
        ("Norway will no longer send aid to Mali.", "REJECT", "future", False),
        ("The king would not pardon the general.", "REJECT", "future", False),
        ("China has not agreed to Manila's call for arbitration.", "REJECT", "actual", False),
        ("The general vowed to attack the rebels unless they left the city.", "THREATEN", "conditional", False),
        ("The union will strike against the railway if wages are cut.", "THREATEN", "conditional", False),
        ("Chad denied that its troops had attacked the village.", "ASSAULT", "denied", False),
        ("Peru fought Ecuador in 1995.", "ASSAULT", "historical", False),
        ("The rebels never attacked the embassy.", "ASSAULT", "actual", True),
    ],
)
def test_modality_and_negation(sentence: str, event_type: str, modality: str, negated: bool) -> None:
    event = only(sentence)
    assert (event.event_type, event.modality, event.negated) == (event_type, modality, negated)


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("Iran promised to free the American sailors.", "AGREE"),
        ("Iran threatened to shoot the American sailors.", "THREATEN"),
        ("Iran refused to free the American sailors.", "REJECT"),
        ("Iran vowed to punish the American sailors.", "THREATEN"),
        ("Iran asked Iraq to free the American sailors.", "REQUEST"),
        ("Iran accused Iraq of killing the American sailors.", "ACCUSE"),
        ("Iran is ready to free the American sailors.", "AGREE"),
        ("Iran agreed not to attack the American ships.", "AGREE"),
    ],
)
def test_a_governing_verb_decides_the_type(sentence: str, event_type: str) -> None:
    assert only(sentence).event_type == event_type


def test_an_accused_act_is_no_event_of_its_own() -> None:
    events = code_text("Armenia accused Azerbaijan of bombing a school.")
    assert [event.event_type for event in events] == ["ACCUSE"]


def test_the_speaker_is_attribution_and_the_inner_clause_the_event() -> None:
    event = only("The Kenyan army killed four militants, the interior ministry said.")
    assert event.event_type == "ASSAULT"
    assert event.actor is not None
    assert event.actor.text == "The Kenyan army"
    assert "told by 'ministry'" in event.rule


def test_a_forecast_by_an_analyst_is_no_promise() -> None:
    assert code_text("Russia will sell more gas to China, analysts said.") == []
