"""Who, to whom, when and where, and the words that prove it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.events.coder import code_text
from pipeline.events.pairs import code_pair
from pipeline.events.spans import CodedEvent

PUBLISHED_AT = datetime(2013, 11, 15, 12, tzinfo=UTC)  # a Friday


def coded(text: str) -> list[CodedEvent]:
    return code_text(text, published_at=PUBLISHED_AT)


def parties(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (e.event_type, e.actor.text if e.actor else None, e.recipient.text if e.recipient else None)
        for e in coded(text)
    ]


def test_passive_with_agent_turns_the_roles_round() -> None:
    assert parties("The Kurdish editor was arrested by Turkish police.") == [
        ("COERCE", "Turkish police", "The Kurdish editor")
    ]


def test_passive_without_agent_leaves_the_actor_open() -> None:
    assert parties("Two miners were arrested on Monday.") == [("COERCE", None, "Two miners")]


def test_joined_verbs_share_their_subject() -> None:
    assert parties("Soldiers stormed the village and killed three farmers.")[-1] == (
        "ASSAULT",
        "Soldiers",
        "three farmers",
    )


def test_a_visit_to_two_countries_is_two_events() -> None:
    found = parties("President Marta Oyelo's visit to Ghana and Togo ended on Monday.")
    assert {recipient for _, _, recipient in found} == {"Ghana", "Togo"}


def test_a_relative_clause_takes_its_subject_from_the_noun() -> None:
    assert ("ASSAULT", "The rebels", "two priests") in parties("The rebels, who killed two priests, fled to Chad.")


def test_control_gives_the_promised_act_its_recipient() -> None:
    assert parties("France promised to sell helicopters to Egypt.") == [("AGREE", "France", "Egypt")]


def test_the_speaker_stands_behind_it_in_his_own_words() -> None:
    assert parties("Hungary says it will expel the Syrian workers.") == [("THREATEN", "Hungary", "the Syrian workers")]


def test_a_pronoun_keeps_its_own_words_and_gets_the_name() -> None:
    text = "Swedish Prime Minister Lena Brandt met the Danish king on Tuesday. She praised Denmark for its patience."
    event = next(e for e in coded(text) if e.event_type == "SUPPORT")
    assert event.actor is not None
    assert event.actor.text == "She"
    assert event.actor.country_code == "SWE"
    assert event.actor.name == "Lena Brandt"


def test_country_and_sector_are_described() -> None:
    event = coded("Kenyan police arrested two French journalists.")[0]
    assert event.actor is not None
    assert event.recipient is not None
    assert (event.actor.country_code, event.actor.sector) == ("KEN", "COP")
    assert (event.recipient.country_code, event.recipient.sector) == ("FRA", "MED")


def test_something_that_cannot_act_is_no_actor() -> None:
    assert parties("The new road threatens the village.") == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Gunmen attacked a police post on Tuesday.", "2013-11-12"),
        ("On Tuesday gunmen attacked a police post.", "2013-11-12"),
        ("Gunmen attacked a police post, the ministry said on Tuesday.", None),
        ("Gunmen attacked a police post.", None),
        ("Gunmen attacked a police post that was built in March.", None),
        ("Gunmen attacked a police post in March.", "2013-03"),
        ("Before Monday's vote, gunmen attacked a police post on Sunday.", "2013-11-10"),
    ],
)
def test_the_date_is_the_one_that_the_event_carries(sentence: str, value: str | None) -> None:
    event = next(e for e in coded(sentence) if e.event_type == "ASSAULT")
    assert (event.event_date.value if event.event_date else None) == value


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Gunmen attacked a police post in Nairobi.", "Nairobi"),
        ("In Nairobi, gunmen attacked a police post.", "Nairobi"),
        ("Gunmen attacked a police post, officials in Nairobi said.", None),
        ("The Kenyan president visited Uganda.", "Uganda"),
    ],
)
def test_the_place_is_the_one_that_the_words_attach(sentence: str, place: str | None) -> None:
    event = coded(sentence)[0]
    assert (event.place.text if event.place else None) == place


def test_evidence_is_the_sentence_and_the_trigger_lies_in_it() -> None:
    text = "It was a quiet week.\n\nPoland expelled two Belarusian diplomats. Nothing else happened."
    (event,) = coded(text)
    assert event.evidence.text == "Poland expelled two Belarusian diplomats."
    assert text[event.evidence.start : event.evidence.end] == event.evidence.text
    assert event.sentence_index == 1
    assert event.trigger.text.startswith("expelled")


def test_what_only_details_an_attack_is_not_a_second_attack() -> None:
    assert len(coded("Rebels attacked an army post, killing three soldiers.")) == 1


# ---- the pair is given


def span_of(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "event_type"),
    [
        ("Poland expelled a diplomat after Belarus arrested a teacher.", "Poland", "a diplomat", "SANCTION"),
        ("Poland expelled a diplomat after Belarus arrested a teacher.", "Belarus", "a teacher", "COERCE"),
        ("Norway will give money to Malta next year.", "Norway", "Malta", "AGREE"),  # an act to come is a promise
        ("Norway is far from Malta.", "Norway", "Malta", None),
    ],
)
def test_a_given_pair_gets_one_event(text: str, actor: str, recipient: str, event_type: str | None) -> None:
    event = code_pair(text, actor_span=span_of(text, actor), recipient_span=span_of(text, recipient))
    assert event.event_type
    if event_type is not None:
        assert event.event_type == event_type
    assert event.actor is not None
    assert event.recipient is not None
    assert (event.actor.text, event.recipient.text) == (actor, recipient)


def test_a_guess_without_any_trigger_has_low_confidence() -> None:
    text = "Norway is far from Malta."
    event = code_pair(text, actor_span=(0, 6), recipient_span=span_of(text, "Malta"))
    assert event.confidence <= 0.1


def test_a_plain_event_is_more_certain_than_a_hedged_one() -> None:
    plain = coded("Poland expelled two Belarusian diplomats.")[0]
    hedged = coded("Poland will expel them.")[0]
    assert 0 <= hedged.confidence < plain.confidence <= 1


def test_a_pronoun_that_is_done_something_to_is_not_the_actor() -> None:
    (event,) = code_text("The Baobab Alliance boycotted them on Monday.")
    assert event.actor is not None
    assert event.recipient is not None
    assert (event.actor.name, event.recipient.text, event.recipient.name) == ("The Baobab Alliance", "them", None)


def test_what_spans_a_continent_is_of_no_country() -> None:
    (event,) = code_text("Farmers blocked the Pan-American Highway on Sunday.")
    assert event.recipient is not None
    assert (event.recipient.text, event.recipient.country_code) == ("the Pan-American Highway", None)
