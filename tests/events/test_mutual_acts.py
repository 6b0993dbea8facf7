"""Acts that two parties do with each other, and who is meant by a pronoun or by "his country"."""

from __future__ import annotations

import pytest

from pipeline.events.answer import answer_code
from pipeline.events.coder import code_text


def parties(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (e.event_type, e.actor.text if e.actor else None, e.recipient.text if e.recipient else None)
        for e in code_text(text)
    ]


def answered(text: str) -> list[tuple[str, str, str]]:
    events = answer_code({"text": text})["events"]
    return [(e["event_type"], e["actor"]["text"], e["recipient"]["text"]) for e in events]


@pytest.mark.parametrize(
    ("text", "words", "countries"),
    [
        ("Kenya and Tanzania signed a fisheries treaty.", "Kenya and Tanzania", ("KEN", "TZA")),
        ("The presidents of Peru and Ecuador met on Monday.", "The presidents of Peru and Ecuador", ("PER", "ECU")),
        ("Estonian and Finnish officials held talks in Turku.", "Estonian and Finnish officials", ("EST", "FIN")),
    ],
)
def test_parties_joined_in_a_mutual_act_have_the_words_of_both_and_each_its_country(
    text: str, words: str, countries: tuple[str, str]
) -> None:
    (event,) = code_text(text)
    assert event.actor is not None
    assert event.recipient is not None
    assert (event.actor.text, event.recipient.text) == (words, words)
    assert (event.actor.country_code, event.recipient.country_code) == countries
    assert event.actor.name != event.recipient.name
    assert not event.reciprocal


def test_a_third_party_beside_joined_actors_is_the_recipient() -> None:
    assert parties("Kenya and Tanzania agreed with Malawi to patrol the lake.") == [
        ("AGREE", "Kenya", "Malawi"),
        ("AGREE", "Tanzania", "Malawi"),
    ]


def test_a_meeting_is_answered_from_both_sides_and_coded_once() -> None:
    text = "Danish Foreign Minister Lise Holm met Ghanaian President Kofi Adomako in Accra."
    premier, president = "Danish Foreign Minister Lise Holm", "Ghanaian President Kofi Adomako"
    assert parties(text) == [("CONSULT", premier, president)]
    assert answered(text) == [("CONSULT", premier, president), ("CONSULT", president, premier)]


def test_a_visit_is_answered_from_the_side_of_the_visitor() -> None:
    assert answered("Danish Foreign Minister Lise Holm visited Ghana.") == [
        ("CONSULT", "Danish Foreign Minister Lise Holm", "Ghana")
    ]


def test_a_pronoun_is_the_name_before_it_in_its_sentence() -> None:
    found = parties("Chilean President Ana Rojas flew to Lima, where she met Peruvian miners.")
    assert ("CONSULT", "Chilean President Ana Rojas", "Peruvian miners") in found


def test_a_pronoun_keeps_its_own_words_where_the_name_stands_in_another_sentence() -> None:
    found = parties("Chilean President Ana Rojas flew to Lima. She met Peruvian miners.")
    assert ("CONSULT", "She", "Peruvian miners") in found


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Prime Minister Lise Holm said her country will not extradite the Chadian banker.",
            "Prime Minister Lise Holm",
        ),
        (
            "President Ana Rojas announced that the government will send food to the Peruvian miners.",
            "President Ana Rojas",
        ),
        ("Opposition leader Omar Diallo said the government will arrest more reporters.", "the government"),
        ("President Ana Rojas said her country had bombed the rebels.", "her country"),
    ],
)
def test_whoever_says_what_his_side_will_do_promises_it(text: str, actor: str) -> None:
    assert actor in {one for _, one, _ in parties(text)}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "The rebel Green Valley Front on Sunday threatened to shell the port of Ambo.",
            "The rebel Green Valley Front",
        ),
        ("Hours earlier Okello expelled the Danish ambassador.", "Okello"),
        ("Lars Vik, the mayor of Bergen, sued the Danish government.", "Lars Vik, the mayor of Bergen"),
    ],
)
def test_the_words_of_an_actor(text: str, actor: str) -> None:
    assert actor in {one for _, one, _ in parties(text)}


def test_what_was_sent_to_strike_and_the_strike_are_one_attack_of_the_sender() -> None:
    text = "The rockets fired by the Chadian army struck a depot of the rebels."
    (event,) = code_text(text)
    assert event.actor is not None
    assert (event.actor.text, event.actor.country_code) == ("The rockets fired by the Chadian army", "TCD")


def test_an_attack_that_only_explains_whom_the_news_is_about_is_none_of_its_own() -> None:
    found = parties("Danish soldiers demolished the house of a man held over an attack that killed two nurses.")
    assert [event_type for event_type, _, _ in found] == ["COERCE"]


def test_backing_somebody_is_no_act_where_it_says_who_acts() -> None:
    found = parties("Rebels backed by Chad captured the Malian town of Ambo.")
    assert [actor for _, actor, _ in found] == ["Rebels backed by Chad"]


def test_nobody_talks_with_a_thing() -> None:
    found = parties("Chilean President Ana Rojas met Peruvian miners, and they discussed wages with a focus on safety.")
    assert all(recipient != "a focus on safety" for _, _, recipient in found)


def test_what_somebody_demands_again_is_a_demand_and_not_done() -> None:
    assert parties("Chad reiterated its demand that Mali withdraw its troops.") == [("REQUEST", "Chad", "Mali")]
