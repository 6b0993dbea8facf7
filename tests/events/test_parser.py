from __future__ import annotations

import pytest

from pipeline.events import parser as parser_module
from pipeline.events.parser import is_truncated, split_paragraphs


def test_the_parsed_text_is_the_text(parser):
    text = "\n\n  Rebels fled.\r\n\r\nThe army\tadvanced ,  slowly.\nIt won. "
    assert parser(text).text == text
    assert parser("x" * 1200).text == "x" * 1200


def test_a_headline_is_a_sentence_of_its_own(parser):
    doc = parser("Ministers meet in Oslo\n\nThe king opened the session.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Ministers meet in Oslo",
        "The king opened the session.",
    ]


def test_single_line_ends_divide_paragraphs_but_not_wrapped_lines():
    wrapped = "The two delegations agreed to open the border again and to let the\nRed Cross visit the camps."
    assert list(split_paragraphs(wrapped)) == [wrapped]
    assert list(split_paragraphs("Print\nThe army advanced.\nIt won.")) == [
        "Print\n",
        "The army advanced.\n",
        "It won.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "a", "a\n", "\n \n a \n\n b", "x" * 25_000, "y " * 12_000])
def test_paragraphs_joined_are_the_text(text):
    pieces = list(split_paragraphs(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= parser_module.MAX_PARAGRAPH_CHARACTERS for piece in pieces)


def test_a_text_over_the_limit_is_parsed_at_its_beginning_only(parser, monkeypatch):
    monkeypatch.setattr(parser_module, "MAX_PARSED_CHARACTERS", 20)
    text = "The rebels left. The army came."
    assert parser(text).text == text[:20]
    assert is_truncated(text)
    assert not is_truncated(text[:20])
