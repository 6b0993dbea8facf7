"""Sentences whose words look like events and that report none."""

from __future__ import annotations

import pytest

from pipeline.events.coder import code_text

TRAPS = [
    # forecasts, wishes, possibilities
    "Analysts said Turkey might attack the militia.",
    "Norway could impose sanctions on the company.",
    "The minister hopes to meet the French president.",
    "Poland is considering sending tanks to Ukraine.",
    "If the rebels attack the town, the army must respond.",
    "Egypt may lift the ban on Sudanese cattle.",
    "Economists expect the government to cut aid to farmers.",
    "Experts said Russia will become a stronger power.",
    "The fear of an attack on the embassy has grown.",
    "There is a risk of war between the two states.",
    # questions
    "Will Turkey attack the militia?",
    "Did the president meet the rebels?",
    "Who killed the judge?",
    # plain statements
    "The minister said the talks were useful.",
    "Norway has five million inhabitants.",
    "The president is 61 years old.",
    "The treaty has twelve chapters.",
    "The embassy stands beside the river.",
    "The spokesman declined to comment.",
    "The government is confident about the harvest.",
    "The mayor expressed condolences to the families.",
    "Both leaders believe that trade matters.",
    # sport
    "Chelsea attacked Arsenal's defence from the first minute and won the match 2-0.",
    "The striker fired a shot past the goalkeeper.",
    "Milan beat Lyon in the semi-final of the tournament.",
    "The visitors surrendered a two-goal lead in the second half.",
    "The coach defended his goalkeeper after the match.",
    "The home side bombarded the goalkeeper with crosses.",
    "Spain's captain struck twice as the team won the cup.",
    # markets
    "The dollar struck back against the yen.",
    "Shares in the airline surrendered early gains.",
    "Investors fled the bond market as yields rose.",
    "Oil prices rallied after three weeks of losses.",
    "The bank's stock was hit by a wave of selling.",
    # weather and nature
    "The storm hit the coast at dawn.",
    "Heavy rain attacked the crops in the valley.",
    "The flood killed hundreds of sheep.",
    "A heat wave seized the south of the country.",
    "The earthquake destroyed forty houses.",
    # fiction, history of ideas, figures of speech
    "In the novel, the hero kills the king and marries the queen.",
    "The virus attacks the cells of the lung.",
    "The film strikes a darker note than its sequel.",
    "The proposal met with silence.",
    "The bridge meets the motorway at the river.",
    "The chef attacked the onions with a new knife.",
    # habits and rules
    "Police often arrest drivers on this road.",
    "A court can fine drivers who park there.",
    "Nobody attacked the embassy.",
    # not text of the kind
    "",
    "   \n\n  ",
    "Share Tweet Print Mail",
    "1 2 3 4 5",
]


@pytest.mark.parametrize("text", TRAPS, ids=[trap[:60] or "empty" for trap in TRAPS])
def test_what_reports_no_event_is_left_alone(text: str) -> None:
    assert [(event.event_type, event.rule) for event in code_text(text)] == []


def test_there_are_enough_traps() -> None:
    assert len(TRAPS) >= 40


def test_what_is_said_within_a_family_is_no_event_and_violence_is() -> None:
    assert code_text("The minister's wife praised the president on Monday.") == []
    assert code_text("The minister's brother killed two soldiers in Mali on Monday.")
