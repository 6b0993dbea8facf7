from __future__ import annotations

import pytest

from pipeline.events.coder import code_text
from pipeline.events.quotations import quotation_depth


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("She left here.", 0),
        ("“We left here,” she said.", 1),
        ("“They said ‘go’ and left,” he said. “It is here.”", 1),
        ("“They said ‘leave here’,” he said.", 2),
        ('"They said ‘leave here’," he said.', 2),
        ("“We don’t live here,” she said.", 1),
        ("’Tis the ships’ crew that is here.", 0),
        ("”’ here", 0),
        ("““““ here", 4),
    ],
)
def test_open_quotations_are_counted(text: str, depth: int) -> None:
    assert quotation_depth(text, text.index("here")) == depth


def test_what_is_quoted_reports_and_what_that_quotes_does_not() -> None:
    assert [event.event_type for event in code_text("“Rebels killed two judges in Niamey,” the minister said.")]
    assert code_text("“The wall says ‘rebels killed two judges in Niamey’,” the minister said.") == []


@pytest.mark.parametrize(
    ("report", "trap"),
    [
        ("Kenya attacked Somalia on Monday.", "The film tells how Kenya attacks Somalia."),
        ("Police arrested two ministers in Lima.", "In the novel, police arrest two ministers in Lima."),
        ("Latvia and Estonia met in Riga.", "Latvia and Estonia met in the semi-final."),
        ("Serbia bombed Zadar in May.", "Serbia bombed Zadar 94-61."),
        ("Rebels attacked the town at dawn.", "In the 18th century rebels attacked the town."),
        ("Soldiers attacked villages in Chad.", "Soldiers attack villages."),
    ],
)
def test_a_report_is_coded_and_the_trap_beside_it_is_not(report: str, trap: str) -> None:
    assert code_text(report) != []
    assert code_text(trap) == []


@pytest.mark.parametrize("sign", ["\u200b", "\u200f", "\u202a", "\u2067", "\ufeff"])
def test_a_name_is_known_beside_a_sign_that_nobody_sees(sign: str) -> None:
    text = f"{sign}Norway{sign} visited Poland."
    (event,) = code_text(text)
    assert event.actor is not None
    assert (event.actor.text, event.actor.country_code) == ("Norway", "NOR")
    assert text[event.actor.start : event.actor.end] == "Norway"
