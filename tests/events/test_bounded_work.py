"""However long or odd a text is, the work is bounded: each character is parsed once, and twice the text is about twice
the work. Work is counted in calls that code of ours makes, never in seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from spacy.tokens import Token

from pipeline import events
from pipeline.events import parser as parser_module
from pipeline.events import roles
from pipeline.events.annotate import answer_annotate
from pipeline.events.answer import answer_code
from pipeline.events.candidates import candidates_of
from pipeline.events.lexicon import load_lexicon
from pipeline.events.parser import load_parser, parse_text

VERBS = [answer_code, answer_annotate]
ROOM = str(Path(events.__file__).parent)
INSTANT = "2013-11-15T01:13:00+08:00"
TWO_MEGABYTES = "Poland expelled two Belarusian diplomats in Warsaw on Tuesday and " * 31_000
# Each is repeated; what it asks for too often shows when it stands twice as often.
SHAPES = {
    "sentences": "Police arrested two men in Riga on Tuesday. ",
    "one sentence": "Poland expelled two diplomats in Warsaw on Tuesday and ",
    "lines": "Rebels attacked Bamako\n",
    "list": "Norway, ",
    "titles": "President Anna Velt of Chad and ",
    "dates": "on 3 March 2013, ",
    "phrase": "the king of ",
    "clauses": "Norway said that ",
    "nested quotations": "“He said ‘they said ",
    "possessives": "his army's ",
    "conjunctions": "attacked and ",
    "quotation marks": "“‘",
    "straight marks": '"',
    "brackets": "(",
    "directions": "\u202aRebels\u202c killed\u200b ",
    "capitals": "POLAND EXPELLED TWO DIPLOMATS. ",
}


class CountingTokenizer:
    """Counts the characters that are given to the tokenizer: whatever is parsed goes through it."""

    def __init__(self, tokenizer: Any) -> None:
        self.characters = 0
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Any:
        self.characters += len(text)
        return self._tokenizer(text)


@pytest.fixture
def tokenizer(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingTokenizer]:
    parser = load_parser()
    counting = CountingTokenizer(parser.tokenizer)
    monkeypatch.setattr(parser, "tokenizer", counting)
    return counting


@pytest.mark.parametrize("verb", VERBS)
def test_of_one_sentence_of_two_megabytes_the_beginning_is_parsed_and_only_once(
    verb: Callable[..., Any], tokenizer: CountingTokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser_module, "MAX_PARSED_CHARACTERS", 3_000)
    verb({"text": TWO_MEGABYTES, "published_at": INSTANT})
    assert tokenizer.characters == 3_000


def test_a_text_is_parsed_once_for_a_given_pair(tokenizer: CountingTokenizer) -> None:
    text = "Poland expelled two diplomats of Belarus. It rained in Warsaw."
    answer_code({"text": text, "actor_span": [0, 6], "recipient_span": [33, 40], "published_at": INSTANT})
    assert tokenizer.characters <= len(text)


def test_the_limit_of_a_text_is_no_more_than_a_book_chapter() -> None:
    assert parser_module.MAX_PARSED_CHARACTERS <= 100_000
    assert parser_module.MAX_PARAGRAPH_CHARACTERS <= 10_000


def calls_of(work: Callable[[], object]) -> int:
    """Calls made by code in pipeline/events, of Python and of C, while `work` runs."""
    count = 0

    def on_event(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        if event in {"call", "c_call"} and frame.f_code.co_filename.startswith(ROOM):
            count += 1

    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_somebody_whom_an_act_concerns_is_looked_for_near_its_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Token] = []
    can_act = roles.can_act
    monkeypatch.setattr(roles, "can_act", lambda token, lexicon: looked_at.append(token) or can_act(token, lexicon))
    for stones in (30, 60):
        doc = parse_text("Kenya met " + "with a stone " * stones + ".")
        looked_at.clear()
        candidates_of(doc[:], load_lexicon())
        assert 0 < max(token.i for token in looked_at) < 70


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("verb", VERBS)
def test_twice_the_text_is_about_twice_the_work(verb: Callable[..., Any], shape: str) -> None:
    repeated = 600 // len(SHAPES[shape])
    questions = [{"text": SHAPES[shape] * times, "published_at": INSTANT} for times in (repeated, 2 * repeated)]
    verb(questions[1])  # fills the caches
    once, twice = (calls_of(lambda question=question: verb(question)) for question in questions)
    assert twice <= 2.7 * once + 2_000, f"{once:,} calls, {twice:,} for twice the text"
