"""A text read for its events: the same words and offsets as the text, trees where events can stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, NORM, ORTH, POS, SENT_START, SPACY, TAG
from spacy.tokens import Doc

from pipeline.events import event_reading
from pipeline.events.coder import code_doc, code_text
from pipeline.events.document import lemmas_of, text_of
from pipeline.events.event_reading import join_sentences, parse_for_events
from pipeline.events.lexicon import load_lexicon
from pipeline.events.parser import load_components, load_parser, parse_text
from pipeline.events.screening import load_screen
from pipeline.events.sentence_ends import split_sentences

REPORT = (
    "The river is low this year. Kenyan President Amos Kirwa opened a school in Kitale in May. Rain fell on the hills, "
    "and the maize is ripe.\n\nOn Tuesday Kirwa met the prime minister of Uganda. He praised the Ugandan "
    "government. The lake has been warm."
)


def test_a_text_read_for_its_events_keeps_text_and_offsets():
    doc = parse_for_events(REPORT)
    assert text_of(doc) == REPORT
    assert all(REPORT[t.idx : t.idx + len(t)] == t.text for t in doc if not t.is_space)
    assert len(doc.text) == len(REPORT)


def test_sentences_that_can_hold_no_event_are_not_read():
    doc = parse_for_events("Police arrested a banker. " + "The lake is blue. " * 40 + "Rebels attacked a post.")
    read = [sentence.text for sentence in doc.sents if sentence.text.strip()]
    assert [text.strip() for text in read] == ["Police arrested a banker.", "Rebels attacked a post."]
    assert {"lake", "blue"} <= set(lemmas_of(doc))


def test_the_events_are_those_of_the_whole_parse():
    fast, whole = code_text(REPORT), code_doc(parse_text(REPORT))
    assert len(fast) >= 2
    assert [(e.event_type, e.trigger, e.actor, e.recipient) for e in fast] == [
        (e.event_type, e.trigger, e.actor, e.recipient) for e in whole
    ]


def test_a_short_name_is_explained_by_a_sentence_that_holds_no_event():
    events = code_text(
        "The rain stopped. Kenyan President Amos Kirwa is 61. The sea is calm. Kirwa met Ugandan doctors."
    )
    assert [(event.actor.country_code, event.actor.sector) for event in events if event.actor] == [("KEN", "GOV")]


def test_a_pronoun_is_explained_by_the_sentence_before():
    doc = parse_for_events("The sea is calm. Estonian mayor Tiit Saar is tall. He accused the police of theft.")
    assert "Saar" in [token.text for token in doc]


def test_every_example_of_the_lexicon_passes_the_screen():
    parser, screen = load_parser(), load_screen()
    missed = [entry.example for entry in load_lexicon().triggers if not screen.may_hold(parser.make_doc(entry.example))]
    assert missed == []


def test_the_screen_asks_for_what_an_entry_needs():
    parser, screen = load_parser(), load_screen()
    assert screen.may_hold(parser.make_doc("It bombed the town."))
    assert not screen.may_hold(parser.make_doc("The lake is blue and the hills are green."))


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("The army left. The rebels came.", 2),
        ("Gen. Omar Said met Mr. Roy of the U.S. Treasury.", 1),
        ("“We left.” They stayed!  Why? Nobody knows… So it is.", 5),
        ("J. P. Moor sued No. 10 on Jan. 5. He won.", 2),
        ("It fell 3.5 percent. in total", 1),
        ("", 0),
        (" ", 1),
    ],
)
def test_sentences_end_where_there_is_no_doubt(paragraph, count):
    found = list(split_sentences(paragraph))
    assert "".join(found) == paragraph
    assert len(found) == count


def spacy_joins(docs):
    return Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])


def test_joined_sentences_are_what_spacy_joins(parser):
    docs = [parser(text) for text in ("Kenya didn't  sign.\n", " ", "Rain fell. It's cold in Oslo. ", "", "He left")]
    docs = [doc for doc in docs if len(doc)]
    blank = Doc(docs[0].vocab, words=["   "], spaces=[False], heads=[0], deps=["ROOT"])
    joined, expected = join_sentences([3, *docs, 3]), spacy_joins([blank, *docs, blank])
    asked = [ORTH, SPACY, NORM, LEMMA, TAG, POS, DEP, HEAD, ENT_IOB, ENT_TYPE, SENT_START]
    assert (joined.to_array(asked) == expected.to_array(asked)).all()
    assert joined.text == expected.text
    assert [sentence.text for sentence in joined.sents] == [sentence.text for sentence in expected.sents]


@given(st.text(max_size=200))
def test_cut_sentences_joined_are_the_paragraph(paragraph):
    assert "".join(split_sentences(paragraph)) == paragraph


@given(st.text(alphabet="aA.\n \"'’!?Ugandaattackedé\u0301", max_size=120))
def test_any_text_is_read_with_its_offsets(text):
    doc = parse_for_events(text)
    assert len(doc.text) == len(text)
    assert [t.text for t in doc if not t.is_space] == [text[t.idx : t.idx + len(t)] for t in doc if not t.is_space]


def test_the_work_grows_with_the_sentences_that_can_hold_events(monkeypatch):
    components, named = load_components(), []
    monkeypatch.setattr(event_reading, "_name", lambda docs, numbers: named.append(len(numbers)))
    for count in (50, 100):
        parse_for_events("The lake is blue. " * count + "Rebels attacked a post. " * 3)
    assert named == [4, 4]
    assert components is load_components()
