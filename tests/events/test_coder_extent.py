"""Where a party's words begin and end, what is background, and what stands before a report."""

from __future__ import annotations

import pytest

from pipeline.events.coder import code_text
from pipeline.events.parser import dateline_end


def words_of(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (e.event_type, e.actor.text if e.actor else None, e.recipient.text if e.recipient else None)
        for e in code_text(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway rejected the demand of the Danish union.", ("REJECT", "Norway", "the demand of the Danish union")),
        (
            "The mayor, Jan Kees, met the French ambassador.",
            ("CONSULT", "The mayor, Jan Kees", "the French ambassador"),
        ),
        ("Chad and US signed a treaty.", ("SUPPORT", "Chad and US", "Chad and US")),
        ("Soldiers stopped firing on the protesters.", ("YIELD", "Soldiers", "the protesters")),
    ],
)
def test_the_words_of_a_party_are_its_whole_phrase(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in words_of(text)


def test_what_a_party_of_the_news_did_before_is_background() -> None:
    found = words_of("Police arrested two gunmen who attacked a bank in Lima.")
    assert [event_type for event_type, _, _ in found] == ["COERCE"]


def test_two_happenings_of_other_parties_are_both_told() -> None:
    found = words_of("Niger moved a battalion to the border with Mali after rebels killed nine soldiers.")
    assert {event_type for event_type, _, _ in found} == {"MOBILIZE", "ASSAULT"}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("LIMA, Peru (Agency) -- Police arrested two men.", 23),
        ("Lagos - President Ada Obi met the king.", 8),
        ("Peru -- the host of the talks -- sent a note.", 0),
        ("Police: The man was shot.", 0),
    ],
)
def test_a_dateline_ends_before_the_report(text: str, end: int) -> None:
    assert dateline_end(text) == end


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "The rebel Green Valley Front on Sunday seized the port of Ambo.",
            "The rebel Green Valley Front",
        ),
        ("Days later Okello arrested the Danish captain.", "Okello"),
        ("Lars Vik, the mayor of Bergen, sued the Danish government.", "Lars Vik, the mayor of Bergen"),
    ],
)
def test_the_words_of_an_actor(text: str, actor: str) -> None:
    assert actor in {one for _, one, _ in words_of(text)}


def test_what_was_sent_to_strike_and_the_strike_are_one_attack_of_the_sender() -> None:
    text = "The shells sent by the Chadian army hit a school of the nomads."
    (event,) = code_text(text)
    assert event.actor is not None
    assert (event.actor.text, event.actor.country_code) == ("The shells sent by the Chadian army", "TCD")


def test_an_attack_that_only_explains_whom_the_news_is_about_is_none_of_its_own() -> None:
    found = words_of("Soldiers detained a teacher who had survived an ambush that killed two nurses.")
    assert [event_type for event_type, _, _ in found] == ["COERCE"]


def test_backing_somebody_is_no_act_where_it_says_who_acts() -> None:
    found = words_of("Rebels backed by Chad captured the Malian town of Ambo.")
    assert [actor for _, actor, _ in found] == ["Rebels backed by Chad"]
