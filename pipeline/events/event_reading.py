"""A text read for its events: parsed where an event can stand, and only there.

`parser.parse_text` reads every sentence in full, which is what annotation is for. For coding it is enough to parse the
sentences whose words may report an event (`screening`), to look for names where the tree has a candidate, and to read

- the sentence before one whose party is a pronoun: it tells who is meant;
- the first full mention of a name that such a sentence has in short ("Russian President Vladimir Putin").

The rest is tokens with their forms as lemmas, each sentence a flat tree, so that offsets and the words that tell what
a whole text is about are those of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, LOWER
from spacy.tokens import Doc

from pipeline.events.candidates import candidates_of
from pipeline.events.lexicon import load_lexicon
from pipeline.events.parser import MAX_PARSED_CHARACTERS, load_components, load_parser, split_paragraphs
from pipeline.events.screening import load_screen
from pipeline.events.sentence_ends import split_sentences

_BATCH_SENTENCES = 64
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "both", "themselves"})


def parse_for_events(text: str) -> Doc:
    """`text` (or its first `MAX_PARSED_CHARACTERS` characters), parsed where it may report an event.

    The result's text, tokens and offsets are those of `parse_text`; sentences without an event have no tree, no parts
    of speech and no named entities.
    """
    parser = load_parser()
    docs = [
        parser.make_doc(sentence)
        for paragraph in split_paragraphs(text[:MAX_PARSED_CHARACTERS])
        for sentence in split_sentences(paragraph)
    ]
    if not docs:
        return Doc(parser.vocab)
    screen = load_screen()
    parsed = {number for number, doc in enumerate(docs) if screen.may_hold(doc)}
    _parse(docs, parsed)
    with_candidates = {number for number in parsed if _has_candidate(docs[number])}
    explaining = _sentences_before(docs, with_candidates) | _full_mentions(docs, with_candidates)
    _parse(docs, explaining - parsed)
    _name(docs, with_candidates | explaining)
    no_vectors: Any = np.empty((0, 0))  # they have served, and texts without any do not join with texts that have them
    for number, doc in enumerate(docs):
        doc.tensor = no_vectors
        if number not in parsed | explaining:
            _flatten(doc)
    joined: Doc = Doc.from_docs(docs, ensure_whitespace=False)
    return joined


def _parse(docs: list[Doc], numbers: Collection[int]) -> None:
    for batch in _batches(numbers):
        load_components().parse([docs[number] for number in batch])


def _name(docs: list[Doc], numbers: Collection[int]) -> None:
    for batch in _batches(numbers):
        load_components().names([docs[number] for number in batch])


def _batches(numbers: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _BATCH_SENTENCES):
        yield ordered[start : start + _BATCH_SENTENCES]


def _has_candidate(doc: Doc) -> bool:
    """Whether the coder may find an event here once it knows which words are names."""
    lexicon = load_lexicon()
    return any(candidates_of(sentence, lexicon) for sentence in doc.sents)


def _sentences_before(docs: list[Doc], numbers: Collection[int]) -> set[int]:
    """The sentences before those with a pronoun that may be a party."""
    return {
        number - 1
        for number in numbers
        if number > 0 and any(token.lower_ in _PRONOUNS and token.dep_ not in {"expl"} for token in docs[number])
    }


def _full_mentions(docs: list[Doc], numbers: Collection[int]) -> set[int]:
    """The first sentences in which a name follows another, for the names that stand alone in these sentences."""
    short = {names[0] for number in numbers for names in _runs_of_names(docs[number]) if len(names) == 1}
    found: set[int] = set()
    for number, doc in enumerate(docs):
        for names in _runs_of_names(doc):
            if len(names) > 1 and names[-1] in short:
                short.discard(names[-1])
                found.add(number)
    return found


def _runs_of_names(doc: Doc) -> Iterable[list[str]]:
    """Words with a capital that stand side by side."""
    run: list[str] = []
    for token in doc:
        if token.is_title and token.is_alpha:
            run.append(token.text)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _flatten(doc: Doc) -> None:
    """One sentence: every word hangs under the first, its lemma is its form."""
    if len(doc) == 0:
        return
    heads = -np.arange(len(doc), dtype=np.int64)
    dep = np.full(len(doc), doc.vocab.strings.add("dep"), dtype=np.uint64)
    dep[0] = doc.vocab.strings.add("ROOT")
    lemmas = doc.to_array([LOWER]).reshape(-1)
    values: Any = np.stack([heads.view(np.uint64), dep, lemmas], axis=1)  # spaCy's stubs name a type of their own
    doc.from_array([HEAD, DEP, LEMMA], values)
