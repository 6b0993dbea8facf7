"""The verb `code`: JSON Lines in and out, and the readable answer for a person."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.events.answer import answer_code, explain_for_person
from pipeline.events.plover import EVENT_TYPES
from pipeline.jsonl import answer_lines

TEXT = "Norwegian Foreign Minister Ingrid Solheim visited Portugal on Tuesday."
EVENT_FIELDS = {
    "event_type", "event_mode", "quad_class", "actor", "recipient", "event_date", "event_date_precision", "place",
    "evidence", "trigger", "negated", "modality", "confidence",
}  # fmt: skip


def test_a_coded_text_has_every_field_of_the_contract() -> None:
    answer = answer_code({"id": "a", "text": TEXT, "published_at": "2013-11-15T01:13:00+08:00"})
    assert answer["status"] == "coded"
    (event,) = answer["events"]
    assert set(event) == EVENT_FIELDS
    assert (event["event_type"], event["event_mode"], event["quad_class"]) == ("CONSULT", "visit", 1)
    assert event["actor"]["text"] == TEXT[event["actor"]["start"] : event["actor"]["end"]]
    assert (event["actor"]["country_code"], event["actor"]["sector"]) == ("NOR", "GOV")
    assert (event["event_date"], event["event_date_precision"]) == ("2013-11-12", "day")
    assert event["place"]["country_code"] == "PRT"
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"text": "The lake is deep."}, "no_event"),
        ({"text": ""}, "no_text"),
        ({"text": " \n\t "}, "no_text"),
        ({}, "no_text"),
        ({"text": None}, "no_text"),
        ({"text": 7}, "bad_input"),
        ({"text": ["a"]}, "bad_input"),
        ({"text": TEXT, "published_at": "yesterday"}, "bad_input"),
        ({"text": TEXT, "published_at": 20131115}, "bad_input"),
        ({"text": TEXT, "actor_span": [5, 2]}, "bad_input"),
        ({"text": TEXT, "actor_span": [0, 10_000]}, "bad_input"),
        ({"text": TEXT, "actor_span": [True, 2]}, "bad_input"),
        ({"text": TEXT, "recipient_span": "0-5"}, "bad_input"),
    ],
)
def test_what_cannot_be_coded_says_why(question: dict[str, Any], status: str) -> None:
    answer = answer_code(question)
    assert answer["status"] == status
    assert answer["events"] == []
    assert ("error" in answer) == (status == "bad_input")


def test_a_given_pair_is_answered_with_one_event_in_its_own_offsets() -> None:
    text = "Chile is not Peru."
    answer = answer_code({"text": text, "actor_span": [0, 5], "recipient_span": [13, 17]})
    (event,) = answer["events"]
    assert event["event_type"] in EVENT_TYPES
    assert (event["actor"]["start"], event["actor"]["end"]) == (0, 5)
    assert (event["recipient"]["start"], event["recipient"]["end"]) == (13, 17)


def test_one_bad_line_never_ends_the_run() -> None:
    lines = ["not json", '{"id": "a", "text": 5}', json.dumps({"id": "b", "text": TEXT})]
    answers = [json.loads(line) for line in answer_lines(lines, answer_code)]
    assert [answer["status"] for answer in answers] == ["bad_input", "bad_input", "coded"]


def test_a_person_sees_rule_entry_and_score_and_what_was_left_out() -> None:
    shown = explain_for_person("Poland expelled two Belarusian diplomats. Norway may sign a treaty with Malta.")
    assert "SANCTION/expel (quad class 4" in shown
    assert "entry SANCTION/expel" in shown
    assert "score" in shown
    assert "only possible or wished ('may')" in shown
    assert shown.endswith("1 event")


def test_a_person_gets_a_sentence_for_an_empty_text() -> None:
    assert explain_for_person("  ") == "There is no text to code."
