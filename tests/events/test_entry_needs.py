"""What entries of the lexicon need in their sentence, told before a frame is built."""

from __future__ import annotations

import pytest

from pipeline.events import candidates
from pipeline.events.candidates import candidates_of
from pipeline.events.entry_needs import are_met, needs_of_verbs
from pipeline.events.lexicon import load_lexicon


def test_a_verb_needs_one_word_of_each_list_of_some_entry():
    needs = needs_of_verbs(load_lexicon())
    assert are_met(needs["look"], {"police", "look", "into", "fire"})
    assert not are_met(needs["look"], {"police", "look", "at", "fire"})
    assert are_met(needs["attack"], {"attack"})


@pytest.mark.parametrize(("text", "asked"), [("Kenya looked at the map.", 0), ("Kenya looked into the theft.", 1)])
def test_no_frame_is_built_where_no_entry_has_its_words(parser, monkeypatch, text, asked):
    built = []
    frame_of = candidates.frame_of
    monkeypatch.setattr(candidates, "frame_of", lambda verb, lexicon: built.append(verb) or frame_of(verb, lexicon))
    candidates_of(next(parser(text).sents), load_lexicon())
    assert len(built) == asked
