"""Texts that are no articles: `dateline code` and `dateline annotate` answer them, and what they answer holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.events import parser as parser_module
from pipeline.events.annotate import answer_annotate
from pipeline.events.answer import answer_code
from pipeline.events.plover import EVENT_TYPES
from pipeline.jsonl import answer_lines

INSTANT = "2013-11-15T01:13:00+08:00"
VERBS = {"code": answer_code, "annotate": answer_annotate}
REPORT = "Police arrested two men in Riga on Tuesday. "
HOSTILE = {
    "empty": "",
    "spaces": " \t\r\n\u00a0\u2003" * 400,
    "two megabytes in one sentence": "Poland expelled two Belarusian diplomats in Warsaw on Tuesday and " * 31_000,
    "five thousand sentences": REPORT * 5_000,
    "list": "\n".join(f"- {name}" for name in ("Norway", "Police", "Rebels", "Tuesday", "Attack") * 60),
    "table": "\n".join(f"{n} | Oslo | 3-{n} | +0.{n} | killed" for n in range(150)),
    "numbered": " ".join(f"{n}. Strike" for n in range(400)),
    "capitals": "POLAND EXPELLED TWO BELARUSIAN DIPLOMATS ON TUESDAY. " * 40,
    "no capitals": "poland expelled two belarusian diplomats on tuesday. " * 40,
    "Russian": "«Польша выслала двух дипломатов», — сообщил министр. " * 40,
    "Chinese": "波兰星期二驱逐了两名外交官。" * 150,
    "Arabic": "هاجم الجيش مواقع المتمردين قرب الحدود يوم الثلاثاء. " * 40,
    "Thai": "ตำรวจจับกุมชายสองคนเมื่อวันอังคาร " * 60,
    "direction marks": "\u202bالشرطة\u202c Police \u2067arrested\u2069 two \u200emen\u200f. " * 60,
    "nested quotations": "“He said ‘they said " * 100 + "police arrested two men" + "’”" * 100,
    "a hundred thousand quotation marks": "“" * 100_000,
    "straight quotation marks": '"' * 3_000,
    "brackets": "(" * 800 + REPORT + ")" * 800,
    "control characters": "".join(map(chr, range(32))) * 20 + "\x7f\x80\x9f" * 40 + REPORT,
    "null characters": "Police\x00arrested\x00two\x00men. " * 60,
    "half surrogates": "Police \ud800 arrested \udfff two men. " * 40,
    "zero width": "P\u200bo\u200bl\u200bi\u200bc\u200be arrested\u200b two\u2060 men. " * 40,
    "combining marks": "P" + "\u0301" * 2_000 + "olice arrested two men.",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 arrested 🇳🇴 on Tuesday. " * 60,
    "one word": "x" * 20_000,
    "hyphens": "attack-" * 600,
    "dates": "on 3 March 2013, 4 April 2014, " * 80,
    "figures": "1990-1991-" * 400,
    "great years": "In 99999999999999999999 rebels attacked, in 0 BC and on 31 February 0000. " * 20,
    "links": "https://news.example/a?b=c&d=%20#attack " * 80,
    "markup": "<p onclick='attack()'>Police &amp; rebels</p> {{% if killed %}} " * 40,
    "joined verbs": "attacked and " * 300,
    "one after another": "Norway said that " * 150 + "it met Peru.",
}


@pytest.fixture(autouse=True)
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real limit is the same mechanism at a greater price; that it holds is told in test_bounded_work."""
    monkeypatch.setattr(parser_module, "MAX_PARSED_CHARACTERS", 3_000)


def as_parsed(text: str) -> str:
    """`text` with U+FFFD for what no encoding has: this is what an answer tells of it."""
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)


def check(verb: str, text: str, answer: dict[str, Any]) -> None:
    told = as_parsed(text)
    if verb == "annotate":
        assert answer["status"] in {"annotated", "annotated_in_part"}
        for found in (*answer["dates"], *answer["places"], *answer["actors"]):
            assert told[found["start"] : found["end"]] == found["text"] != ""
        return
    assert answer["status"] in {"coded", "no_event", "no_text"}
    assert (answer["status"] == "coded") == bool(answer["events"])
    for event in answer["events"]:
        assert event["event_type"] in EVENT_TYPES
        assert event["actor"] is not None or event["recipient"] is not None
        evidence, trigger = event["evidence"], event["trigger"]
        assert 0 <= evidence["start"] <= trigger["start"] < trigger["end"] <= evidence["end"] <= len(text)
        assert told[trigger["start"] : trigger["end"]].strip()
        for role in ("actor", "recipient", "place"):
            if event[role] is not None:
                assert told[event[role]["start"] : event[role]["end"]] == event[role]["text"] != ""


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_answered_in_one_line_that_can_be_written(verb: str, name: str) -> None:
    question = json.dumps({"id": name, "text": HOSTILE[name], "published_at": INSTANT})
    (line,) = answer_lines([question], VERBS[verb])
    assert "\n" not in line
    answer = json.loads(line.encode("utf-8"))
    assert answer["id"] == name
    check(verb, HOSTILE[name], answer)


@pytest.mark.parametrize("verb", VERBS)
def test_the_answer_is_the_same_every_time(verb: str) -> None:
    question = {"text": HOSTILE["direction marks"] + REPORT + HOSTILE["list"], "published_at": INSTANT}
    assert VERBS[verb](question) == VERBS[verb](question)


@pytest.mark.parametrize("verb", VERBS)
def test_an_id_that_no_encoding_has_comes_back_and_the_next_line_is_answered(verb: str) -> None:
    questions = [json.dumps({"id": name, "text": REPORT}) for name in ("\ud800", "b")]
    lines = [line.encode("utf-8") for line in answer_lines(questions, VERBS[verb])]
    assert [json.loads(line)["id"] for line in lines] == ["\ud800", "b"]


@pytest.mark.parametrize(
    "name", ["Chinese", "Arabic", "Thai", "Russian", "list", "table", "numbered", "one word", "markup", "links"]
)
def test_what_is_no_english_report_has_no_event(name: str) -> None:
    assert answer_code({"text": HOSTILE[name], "published_at": INSTANT})["events"] == []


def test_a_report_is_found_in_front_of_what_is_none() -> None:
    for name in ("control characters", "table", "Arabic", "straight quotation marks"):
        answer = answer_code({"text": f"{REPORT}\n\n{HOSTILE[name]}", "published_at": INSTANT})
        assert "COERCE" in [event["event_type"] for event in answer["events"]], name


WORDS = st.sampled_from(
    [*REPORT.split(), "Norway", "“", "”", "‘", "’", '"', "\n\n", "\u200b", "\u202a", "\x00", "\ud800"]
)
SIGNS = st.characters(codec=None)


@pytest.mark.parametrize("verb", VERBS)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    text=st.one_of(
        st.text(SIGNS, max_size=150), st.lists(st.one_of(WORDS, st.text(SIGNS, max_size=3)), max_size=30).map(" ".join)
    )
)
@example(text="\ud800")
@example(text="Police arrested \udfff two men in Riga\u2028on Tuesday.\u0085")
def test_offsets_hold_and_the_evidence_holds_the_trigger(verb: str, text: str) -> None:
    check(verb, text, VERBS[verb]({"text": text, "published_at": INSTANT}))
