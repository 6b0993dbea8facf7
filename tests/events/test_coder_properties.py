"""Whatever the text: no exception, offsets that hold, bounded values."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.events.coder import code_text
from pipeline.events.pairs import code_pair
from pipeline.events.plover import EVENT_TYPES, MODES, quad_class_of
from pipeline.events.spans import CodedEvent

PIECES = [
    "Poland expelled two Belarusian diplomats.",
    "“We will sign the treaty,” said President Élise Dupré.",
    "Police arrested 3 men in Kraków on Tuesday",
    "talks between Chad and Niger",
    "and killed",
    "by rebels",
    "He refused to meet them.",
    "to",
    ",",
    "—",
    "\n\n",
    "\n",
    "🙂",
    "the",
    "لم يهاجم أحد السفارة.",
    "ATTACKED",
    "said that",
    "will not",
    "who",
]
MODALITIES = {"actual", "ongoing", "future", "conditional", "denied", "historical"}


def check(text: str, events: list[CodedEvent]) -> None:
    for event in events:
        for span in (event.evidence, event.trigger, event.actor, event.recipient, event.event_date, event.place):
            if span is not None:
                assert 0 <= span.start < span.end <= len(text)
                assert text[span.start : span.end] == span.text
        assert event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end
        assert event.event_type in EVENT_TYPES
        assert event.event_mode is None or event.event_mode in MODES
        assert event.quad_class == quad_class_of(event.event_type)
        assert event.modality in MODALITIES
        assert 0 <= event.confidence <= 1
        assert event.actor is not None or event.recipient is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_offsets_hold_in_any_mixture_of_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    check(text, code_text(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.text(max_size=120))
def test_any_characters_are_survived(text: str) -> None:
    check(text, code_text(text))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.data())
def test_a_given_pair_always_gets_one_event(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    event = code_pair(text, actor_span=(start, end), recipient_span=None)
    assert event.event_type
    assert event.actor is not None
    assert (event.actor.start, event.actor.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "attack " * 3000,
        "Poland expelled two diplomats and " * 150 + "left.",
        "Poland met " + ", ".join(["Norway", "Malta", "Chad"] * 400) + " and Peru.",
        "Poland attacked the house " + "of the son " * 400 + "in Oslo.",
        "Norway " + "said that it " * 300 + "met Peru.",
        "\n".join(f"{n} | Oslo | 3-{n} | +0.{n}" for n in range(200)),
        "POLAND EXPELLED TWO BELARUSIAN DIPLOMATS ON TUESDAY.",
        "«Польша выслала двух дипломатов», — сообщил министр.",
        "“He said ‘they told us “leave” and shot’,” she said.",
    ],
    ids=[
        "one word",
        "one endless sentence",
        "long list",
        "deep phrase",
        "deep clauses",
        "table",
        "capitals",
        "another language",
        "nested quotations",
    ],
)
def test_odd_texts_end_without_an_exception(text: str) -> None:
    check(text, code_text(text))


def test_the_same_text_gives_the_same_events() -> None:
    text = "Kenya and Uganda signed a treaty. Police arrested two men in Nairobi on Friday."
    assert code_text(text) == code_text(text)
