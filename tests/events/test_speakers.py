"""Who is meant by a pronoun, and by what a speaker says of his own side."""

from __future__ import annotations

import pytest

from pipeline.events.coder import code_text


def parties(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (e.event_type, e.actor.text if e.actor else None, e.recipient.text if e.recipient else None)
        for e in code_text(text)
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


def test_what_somebody_demands_again_is_a_demand_and_not_done() -> None:
    assert parties("Chad reiterated its demand that Mali withdraw its troops.") == [("REQUEST", "Chad", "Mali")]
