"""A text read for its events: parsed where an event can stand, and only there.

`parser.parse_text` reads every sentence in full, which is what annotation is for. For coding it is enough to parse the
sentences whose words may report an event (`screening`), to look for names where the tree has a candidate, and to read

- the beginning, which says where and who;
- the sentence before one whose party is a pronoun: it tells who is meant;
- the first full mention of a name that such a sentence has in short ("Russian President Vladimir Putin").

Every other sentence is one blank of its length: offsets and the order of sentences are those of the text, and nothing
goes through words that nobody asks about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import (
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    IS_ALPHA,
    IS_TITLE,
    LEMMA,
    NORM,
    ORTH,
    POS,
    SPACY,
    TAG,
)
from spacy.tokens import Doc

from pipeline.events.candidates import candidates_of
from pipeline.events.document import keep_text
from pipeline.events.lexicon import load_lexicon
from pipeline.events.parser import load_components, load_parser, split_paragraphs, text_to_parse
from pipeline.events.screening import load_screen
from pipeline.events.sentence_ends import split_sentences

_BATCH_SENTENCES = 64
_JOINED = (ORTH, SPACY, NORM, TAG, POS, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE)
# Reasons to drop a candidate that a name may do away with.
_FOR_LACK_OF_PARTIES = ("no recipient", "no actor", "neither actor", "the subject cannot act", "object of")
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "both", "themselves"})


def parse_for_events(text: str) -> Doc:
    """`text` (what `parser.text_to_parse` leaves of it), parsed where it may report an event.

    Offsets count as in `text`, which is `document.text_of` the result; its words, those of blanks included, are
    `document.lemmas_of` it.
    """
    parser = load_parser()
    text = text_to_parse(text)
    docs = [
        parser.make_doc(sentence) for paragraph in split_paragraphs(text) for sentence in split_sentences(paragraph)
    ]
    if not docs:
        return Doc(parser.vocab)
    screen = load_screen()
    parsed = {number for number, doc in enumerate(docs) if screen.may_hold(doc)}
    _parse(docs, parsed)
    parties = {number: _parties(docs[number]) for number in sorted(parsed)}
    reporting = {number for number, found in parties.items() if found}
    meant = {number - 1 for number in reporting if number and not _PRONOUNS.isdisjoint(parties[number])}
    read = {0} | reporting | meant | _full_mentions(docs, reporting)
    _parse(docs, read - parsed)
    _name(docs, read)
    lemmas = set().union(*(_lemmas(doc) if n in parsed | read else screen.lemmas_of(doc) for n, doc in enumerate(docs)))
    joined = join_sentences([doc if number in read else len(doc.text) for number, doc in enumerate(docs)])
    keep_text(joined, text, lemmas)
    return joined


def join_sentences(sentences: Sequence[Doc | int]) -> Doc:
    """Sentences as one `Doc`; a number stands for a blank of that length, which is a sentence of its own.

    What `Doc.from_docs` makes, without what nobody asks of a text that is coded: vectors and morphology.
    """
    vocab = load_parser().vocab
    root = vocab.strings.add("ROOT")
    arrays: list[npt.NDArray[np.uint64]] = []
    for sentence in sentences:
        if isinstance(sentence, Doc):
            arrays.append(sentence.to_array(_JOINED))  # type: ignore[arg-type]  # spaCy's stubs know fewer attributes
        else:
            blank = np.zeros((1, len(_JOINED)), dtype=np.uint64)
            blank[0, _JOINED.index(ORTH)], blank[0, _JOINED.index(DEP)] = vocab.strings.add(" " * sentence), root
            arrays.append(blank)
    joined: Any = np.concatenate(arrays)
    words, spaces = joined[:, :2].T.tolist()
    return Doc(vocab, words=words, spaces=spaces).from_array(list(_JOINED[2:]), joined[:, 2:])


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


def _parties(doc: Doc) -> set[str]:
    """The words that head the parties of the events that a sentence may report, before it is known which are names.

    Who the parties are decides over some candidates, and without names they are not seen: where two names stand in the
    sentence it may report these events too (17 of 590 sentences with events, 2026-12-01).
    """
    lexicon = load_lexicon()
    candidates = [candidate for sentence in doc.sents for candidate in candidates_of(sentence, lexicon)]
    names_two = len({names[-1] for names in _runs_of_names(doc)}) > 1
    return {
        party.lower_ if party is not None else ""
        for candidate in candidates
        if candidate.dropped is None or (names_two and candidate.dropped.startswith(_FOR_LACK_OF_PARTIES))
        for party in (candidate.actor, candidate.recipient)
    }


def _full_mentions(docs: list[Doc], numbers: Collection[int]) -> set[int]:
    """The first sentences in which a name follows another, for the last names in these sentences."""
    short = {names[-1] for number in numbers for names in _runs_of_names(docs[number])}
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
    strings = doc.vocab.strings
    for orth, is_title, is_alpha in doc.to_array([ORTH, IS_TITLE, IS_ALPHA]).tolist():
        if is_title and is_alpha:
            run.append(strings[orth])
        elif run:
            yield run
            run = []
    if run:
        yield run


def _lemmas(doc: Doc) -> set[str]:
    """The lemmas of a parsed sentence."""
    strings = doc.vocab.strings
    return {strings[lemma].lower() for lemma in set(doc.to_array([LEMMA]).tolist())}
