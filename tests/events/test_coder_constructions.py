"""Constructions that tell an act without its plain verb: who gives, asks, agrees or kills is found all the same."""

from __future__ import annotations

import pytest

from pipeline.events.coder import code_text

TOLD = [
    ("Donations worth $3,000 had come to Haiti from Iceland by Monday.", "AID", "Iceland", "Haiti"),
    (
        "Sweden's relief package consisted of tents for Haiti.",
        "AID",
        "Sweden",
        "Haiti",
    ),
    ("Danish aid helped 4,000 girls in Niger.", "AID", "Danish", "4,000 girls"),
    ("Sweden is the largest donor to Palestine.", "AID", "Sweden", "Palestine"),
    ("Norway is one of the donors to Malawi.", "AID", "Norway", "Malawi"),
    ("Ireland backed the Malawian clinics with a grant.", "AID", "Ireland", "the Malawian clinics"),
    (
        "The UN refugee agency distributed blankets among Sudanese families.",
        "AID",
        "The UN refugee agency",
        "Sudanese families",
    ),
    ("A militia said it will hand back lorries it had seized from the convoy.", "AGREE", "A militia", "the convoy"),
    ("Kenyan judges freed on bail a smuggler from Lamu.", "YIELD", "Kenyan judges", "a smuggler"),
    (
        "Fiji agreed with Tonga that whales must be counted.",
        "AGREE",
        "Fiji",
        "Tonga",
    ),
    ("The king called for calm in Lesotho.", "REQUEST", "The king", "Lesotho"),
    ("The Norwegian premier is pushing hard for calm in Yemen.", "REQUEST", "The Norwegian premier", "Yemen"),
    ("Zimbabwe asked South Africa for a loan.", "REQUEST", "Zimbabwe", "South Africa"),
    (
        "The bandits were responsible for massacres in Sonora.",
        "ASSAULT",
        "The bandits",
        "Sonora",
    ),
    ("A Peruvian miner died of torture.", "ASSAULT", None, "A Peruvian miner"),
    ("The Greek navy stopped a boat with migrants.", "COERCE", "The Greek navy", "a boat"),
    ("Lithuania stood by Ukraine.", "SUPPORT", "Lithuania", "Ukraine"),
    ("Gambia took Myanmar to court over the spill.", "ACCUSE", "Gambia", "Myanmar"),
]


@pytest.mark.parametrize(("text", "event_type", "actor", "recipient"), TOLD, ids=[row[0] for row in TOLD])
def test_act_without_its_plain_verb(text: str, event_type: str, actor: str | None, recipient: str | None) -> None:
    events = [
        (e.event_type, e.actor.text if e.actor else None, e.recipient.text if e.recipient else None)
        for e in code_text(text)
    ]

    assert events == [(event_type, actor, recipient)]


def test_country_acts_where_the_parser_takes_its_name_for_a_common_noun() -> None:
    (event,) = code_text("Suriname banned Dutch ships from its ports.")

    assert event.actor is not None
    assert event.actor.country_code == "SUR"


@pytest.mark.parametrize(
    "text",
    [
        "Opening the border to Bolivian lorries is out of the question, the Chilean premier said.",
        "Both lawyers say they agree with the mayor that children should learn to swim.",
        "The government's relief package consisted of tax cuts.",
        "The king called for calm.",
    ],
)
def test_what_is_only_spoken_of_or_addressed_to_nobody_is_no_event(text: str) -> None:
    assert code_text(text) == []
