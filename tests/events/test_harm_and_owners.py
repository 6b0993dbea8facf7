"""Harm that nobody did, whom an arrest belongs to, and pronouns that mean who acts."""

from __future__ import annotations

import pytest

from pipeline.events.coder import code_text


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (e.event_type, e.actor.text if e.actor else None, e.recipient.text if e.recipient else None)
        for e in code_text(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Seven nuns were killed when a ferry capsized near Ambo.",
        "More than forty villagers were injured. The earthquake struck at noon and the hospital at Ambo was full.",
        "Two climbers were killed in a landslide.",
    ],
)
def test_harm_in_an_accident_is_no_attack(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Seven nuns were killed when a bomb sank a ferry near Ambo.",
        "Nine passengers were killed. Gunmen had stopped the train at dawn.",
        "Two monks were killed in Ambo on Monday.",
    ],
)
def test_harm_where_somebody_attacked_is_an_attack(text: str) -> None:
    assert "ASSAULT" in {event_type for event_type, _, _ in told(text)}


def test_an_arrest_is_done_to_whom_it_belongs() -> None:
    assert told("The editor was freed after her arrest on suspicion of fraud.") == [("YIELD", None, "The editor")]
    assert told("Denmark spoke of Chad's arrest of two Danish priests.") == [("COERCE", "Chad", "two Danish priests")]


def test_nobody_blames_himself_by_what_he_lost() -> None:
    found = told("The Chilean governor blamed his resignation on the electoral court.")
    assert found == [("ACCUSE", "The Chilean governor", "the electoral court")]


def test_a_curve_is_not_negotiated_with() -> None:
    assert told("The Chilean president was negotiating a sharp bend at the time.") == []


def test_we_whom_nobody_knows_is_nobody() -> None:
    assert told('"We are telling everyone to boil the water."') == []
