"""Acts that two parties do with each other."""

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


def test_nobody_talks_with_a_thing() -> None:
    found = parties("Chilean President Ana Rojas met Peruvian miners, and they discussed wages with a focus on safety.")
    assert all(recipient != "a focus on safety" for _, _, recipient in found)
