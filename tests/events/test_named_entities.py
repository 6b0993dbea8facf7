"""Named entities in another make: the same as the package's own component finds, in any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE

from pipeline.events.named_entities import NamedEntities
from pipeline.events.parser import load_components, load_parser

TEXTS = (
    "Kenyan President Amos Kirwa of the National Alliance Party met Ms Ilves in New York City on 3 March 2011.",
    "The European Bank for Reconstruction and Development lent 40,000 euros to Peru , Chile and the U.S.A.",
    "On Tuesday morning at half past ten more than two thirds of the 1,200 delegates left. They came back in May.",
    "Rain.",
    "",
    "\n\n",
    "The House of the House of the House of the House of the House of the House of Lords of the North of the South of",
    "Mr Smith met Mr Jones. " * 40,
    "OSLO BERGEN OSLO 12 13 14 May May May \t  $ 5 % \u00a3 7 \u8b66\u5bdf",
)
ENTITY = [ENT_IOB, ENT_TYPE, ENT_KB_ID, ENT_ID]


def named_twice(texts, sentence=0):
    """The entities of texts, read in one batch: ours, and the package's of the same words.

    With `sentence`, one begins at every so many words; without, where the parser finds that it does.
    """
    ours = [load_parser().make_doc(text) for text in texts]
    if sentence:
        for doc in ours:
            for token in doc:
                token.is_sent_start = token.i % sentence == 0
    else:
        load_components().parse(ours)
    theirs = [doc.copy() for doc in ours]
    component = load_parser().get_pipe("ner")
    load_components().names(ours)
    component.set_annotations(theirs, component.predict(theirs))
    return ours, theirs


def same(ours, theirs):
    return [doc.to_array(ENTITY).tolist() for doc in ours] == [doc.to_array(ENTITY).tolist() for doc in theirs]


def test_entities_are_those_of_the_package():
    ours, theirs = named_twice(TEXTS)
    assert same(ours, theirs)
    assert {ent.label_ for doc in ours for ent in doc.ents} >= {"PERSON", "ORG", "GPE", "DATE", "CARDINAL"}
    assert max(len(ent) for doc in ours for ent in doc.ents) >= 5


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_alone_has_the_entities_that_it_has_among_others(text):
    assert same(*named_twice([text]))


WORDS = ("Bank", "of", "the", "New", "York", "May", "3", "%", "$", "Amos", "Kirwa", "said", ".", "\n", "  ", "\u00e9")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), max_size=4), st.integers(0, 3))
def test_any_texts_have_the_entities_of_the_package(texts, sentence):
    assert same(*named_twice(texts, sentence))


def test_no_entity_goes_on_behind_its_sentence():
    ours, theirs = named_twice(TEXTS, sentence=2)
    assert same(ours, theirs)
    assert max(len(ent) for doc in ours for ent in doc.ents) == 2


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_any_signs_have_the_entities_of_the_package(text):
    assert same(*named_twice([text]))


def test_no_texts_are_no_work():
    load_components().names([])


def test_a_recogniser_of_another_build_is_refused():
    parser = load_parser()

    class Renamed:
        vocab = parser.vocab

        def get_pipe(self, name):
            assert name == "ner"
            return parser.get_pipe("parser")

    with pytest.raises(ValueError, match="not known"):
        NamedEntities(Renamed())
