"""Children of a word, looked up where they stand."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.events.parser import load_parser
from pipeline.events.phrases import children

TEXT = (
    "The minister and the rebels, who fought each other for years, signed a truce in Oslo on Monday with three envoys."
)


def test_children_are_those_of_the_tree_in_text_order(parser):
    doc = parser(TEXT + " They left.")
    labels = ("prep", "nsubj", "dobj", "conj", "det", "punct")
    for _ in range(2):
        for token in doc:
            assert children(token, *labels) == [child for child in token.children if child.dep_ in labels]
    assert any(len(children(token, "prep")) > 1 for token in doc)


def test_words_without_a_tree_have_no_children_until_they_have_one():
    doc = Doc(load_parser().vocab, words=["Rain", "fell"])
    assert children(doc[1], "nsubj") == []
    doc[0].head, doc[0].dep_, doc[1].dep_ = doc[1], "nsubj", "ROOT"
    assert children(doc[1], "nsubj") == [doc[0]]
