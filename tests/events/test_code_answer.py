"""The verb `code`: JSON Lines in and out, and the readable answer for a person."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeline.events.actors.memory import ActorMemory
from pipeline.events.answer import answer_code
from pipeline.events.coders.rules import RuleCoder
from pipeline.events.explanation import explain_text
from pipeline.events.lexicon import load_lexicon
from pipeline.events.plover import EVENT_TYPES
from pipeline.jsonl import answer_lines
from pipeline.records import ActorOffice

TEXT = "Norwegian Foreign Minister Ingrid Solheim visited Portugal on Tuesday."
EVENT_FIELDS = {
    "event_type", "event_mode", "quad_class", "actor", "recipient", "event_date", "event_date_precision", "place",
    "evidence", "trigger", "negated", "modality", "confidence",
}  # fmt: skip


def explained(text: str) -> str:
    return "\n".join(explain_text(text, coder=RuleCoder()))


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


@pytest.mark.parametrize("instant", ["yesterday", "None+00:00", 20131115])
def test_a_text_with_a_wrong_instant_is_coded_without_its_relative_dates(instant: object) -> None:
    answer = answer_code({"text": TEXT, "published_at": instant})
    assert answer["status"] == "bad_input"
    assert "published_at" in answer["error"]
    (event,) = answer["events"]
    assert (event["event_type"], event["event_date"]) == ("CONSULT", None)


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
    text = "Poland expelled two Belarusian diplomats. Norway may sign a treaty with Malta."
    shown = explained(text)
    assert "1. SANCTION/expel  actual" in shown
    assert "quad class 4 (material conflict)" in shown
    assert "who       Poland [0:6]: POL" in shown
    assert "entry SANCTION/expel" in shown
    assert "score" in shown
    assert "only possible or wished ('may')" in shown
    assert "\n1 event\n" in shown


def test_a_person_sees_the_entry_of_the_lexicon_with_its_source_and_example() -> None:
    entry = next(t for t, _ in load_lexicon().verbs["expel"] if t.id == "expel")
    shown = " ".join(explained("Poland expelled two Belarusian diplomats.").split())
    assert f"lexicon SANCTION/expel after {entry.source}, as in: {entry.example}" in shown


def test_a_person_gets_a_sentence_for_an_empty_text() -> None:
    assert explained("  ") == "There is no text to code."


def test_the_explanation_keeps_to_the_width_of_the_terminal() -> None:
    lines = list(explain_text(f"{TEXT} " * 3 + "x" * 500, coder=RuleCoder(), width=60))
    assert max(len(line) for line in lines[:4]) <= 60
    assert "".join(TEXT.split()) in "".join("".join(lines).split())


def test_colours_mark_the_very_words_and_come_only_where_they_are_wanted() -> None:
    plain, coloured = (list(explain_text(TEXT, coder=RuleCoder(), colour=colour)) for colour in (False, True))
    assert "\x1b" not in "".join(plain)
    assert "\x1b[1;4mvisited\x1b[0m" in coloured[0]
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == plain


def test_a_text_cannot_write_to_the_terminal() -> None:
    shown = explained("Poland \x1b[31mexpelled\u202e two Belarusian diplomats.\x07")
    assert not {"\x1b", "\u202e", "\x07"} & set(shown)


def test_what_the_archive_knows_is_marked() -> None:
    office = ActorOffice(
        name_key="ingrid solheim",
        name="Ingrid Solheim",
        short_name="solheim",
        office="foreign minister",
        country_code="NOR",
        sector="GOV",
        first_seen_on=date(2013, 3, 2),
        last_seen_on=date(2013, 11, 2),
        article_count=4,
    )
    memory = ActorMemory(lambda word: [office] if word == "solheim" else [])
    lines = explain_text(
        "Ms Solheim visited Portugal.",
        coder=RuleCoder(),
        published_at=datetime(2013, 11, 15, tzinfo=UTC),
        memory=memory,
        width=200,
    )
    assert "known from the archive as foreign minister since 2013-03-02, 4 articles" in "\n".join(lines)
