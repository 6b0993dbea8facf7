"""Traps: sentences whose words look like events and are none.

Questions, other domains (sport, markets, fiction, games), what a film or a novel tells, results of matches, quotations
inside quotations, generic statements, what commentators foretell. A candidate that falls into one is dropped with the
reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from pipeline.events import plover
from pipeline.events.document import lemmas_of, words_of
from pipeline.events.lexicon import Lexicon
from pipeline.events.modality import FUTURE
from pipeline.events.phrases import children, content_head, is_infinitive, lemma_of
from pipeline.events.quotations import quotation_depth
from pipeline.events.reading import Candidate

_HABIT_ADVERBS = frozenset(
    {"often", "usually", "generally", "typically", "sometimes", "always", "traditionally", "rarely", "seldom"}
)
# Types whose words sport, markets and fiction borrow.
_BORROWED = frozenset(
    {"ASSAULT", "COERCE", "YIELD", "THREATEN", "MOBILIZE", "PROTEST", "REJECT", "SUPPORT", "SANCTION"}
)


def without_traps(
    candidates: list[Candidate], sentence: SpacySpan, lexicon: Lexicon, text_domain: str | None = None
) -> list[Candidate]:
    """The same candidates, those in a trap marked as dropped. `text_domain`: what the whole text is about, if known."""
    if not candidates:
        return candidates
    domain = text_domain or other_domain(sentence, lexicon)
    text = words_of(sentence)
    question = text.rstrip().rstrip("\"'”’").endswith("?")
    row = text.count("|") + text.count("\t") >= _CELLS_OF_A_ROW
    found = []
    for candidate in candidates:
        reason = candidate.dropped
        if reason is None and (question or row):
            reason = "a question" if question else "a row of a table"
        if reason is None and domain is not None and _borrowed(candidate, lexicon, whole_text=text_domain is not None):
            reason = f"a sentence about {domain}"
        if reason is None:
            reason = (
                _generic(candidate)
                or _accident(candidate, sentence, lexicon)
                or _scenario(candidate)
                or _foretold(candidate, lexicon)
                or _told_by_a_work(candidate, lexicon)
                or _result_of_a_match(candidate, sentence, lexicon)
                or _of_another_age(candidate, sentence)
            )
        if reason is None and quotation_depth(text, candidate.trigger.idx - sentence.start_char) > 1:
            reason = "a quotation inside a quotation"
        found.append(replace(candidate, dropped=reason))
    return found


_CELLS_OF_A_ROW = 2
# A whole text is about a domain with this many different words of it; fewer are a passing comparison.
_STRONG_WORDS_OF_TEXT = 2
_WORDS_OF_TEXT = 6
# With so many, one of them that belongs there alone is enough. Reports of events have at most 6 (2026-12-01).
_MANY_WORDS_OF_TEXT = 9


def _scenario(candidate: Candidate) -> str | None:
    """ "In the worst case, ..." tells what might be, in plain present tense."""
    for prep in children(candidate.head, "prep"):
        for noun in children(prep, "pobj"):
            imagined = {c.lower_ for c in children(noun, "amod")} & _IMAGINED
            if lemma_of(noun) in {"case", "scenario"} and imagined:
                return f"a scenario ('{noun.text}')"
    return None


_IMAGINED = frozenset({"worst", "best", "unlikely", "hypothetical", "worse"})


def other_domain(sentence: SpacySpan, lexicon: Lexicon) -> str | None:
    """The domain other than public affairs that the sentence speaks of; None where it is none."""
    words = {lemma_of(token) for token in sentence}
    for name, parts in lexicon.domains.items():
        strong = words & parts["strong"]
        weak = words & parts["weak"]
        if (strong and len(strong | weak) >= 2) or len(weak) >= 3:
            return name
    return None


def domain_of_text(doc: Doc, lexicon: Lexicon) -> str | None:
    """The domain other than public affairs that a whole text is about; None where it is about none."""
    words = frozenset(lemmas_of(doc))
    found = []
    for name, parts in lexicon.domains.items():
        strong, weak = words & parts["strong"], words & parts["weak"]
        count = len(strong | weak)
        if (len(strong) >= _STRONG_WORDS_OF_TEXT and count >= _WORDS_OF_TEXT) or (
            strong and count >= _MANY_WORDS_OF_TEXT
        ):
            found.append((len(strong), len(weak), name))
    return max(found)[2] if found else None


def _borrowed(candidate: Candidate, lexicon: Lexicon, *, whole_text: bool) -> bool:
    """Whether a domain may have borrowed the words: not where a government, a court, police or two states act."""
    if whole_text:
        actor = candidate.actor
        return actor is None or lemma_of(content_head(actor)) not in lexicon.agents["authorities"]
    if candidate.event_type not in _BORROWED and candidate.entry.event_type not in _BORROWED:
        return False
    states = [t for t in (candidate.actor, candidate.recipient) if t is not None and t.ent_type_ in {"GPE", "NORP"}]
    return len(states) < 2


def _generic(candidate: Candidate) -> str | None:
    """A habit or a rule: "troops often attack villages", "a court can ..."."""
    verb = candidate.head
    if any(lemma_of(c) in _HABIT_ADVERBS for c in children(verb, "advmod")):
        return "a habit"
    if verb.pos_ == "VERB" and not candidate.nominal:
        if _is_imperative(verb):
            return "an order to the reader"
        if verb.dep_ == "ROOT" and is_infinitive(verb) and any(c.tag_ == "WRB" for c in children(verb, "advmod")):
            return "advice to the reader"
    actor, recipient = candidate.actor, candidate.recipient
    bare_present = verb.tag_ in {"VBP"} and not children(verb, "aux", "auxpass")
    if actor is None or not bare_present or not _is_bare_plural(actor):
        return None
    return "a generic statement" if recipient is None or _is_bare_plural(recipient) else None


def _is_imperative(verb: Token) -> bool:
    """Whether a sentence begins with an order, or with "do not"."""
    if verb.tag_ != "VB" or verb.dep_ != "ROOT" or children(verb, "nsubj", "nsubjpass"):
        return False
    helpers = children(verb, "aux", "neg")
    first = min(word.i for word in (verb, *helpers))
    return first == verb.sent.start and all(word.dep_ == "neg" or lemma_of(word) == "do" for word in helpers)


def _is_bare_plural(noun: Token) -> bool:
    head = content_head(noun)
    return (
        head.tag_ == "NNS"
        and not any(
            t.ent_type_ or t.pos_ == "PROPN" or t.dep_ in {"det", "nummod", "poss", "amod", "compound"}
            for t in head.lefts
        )
        and not head.ent_type_
    )


def _foretold(candidate: Candidate, lexicon: Lexicon) -> str | None:
    """What a commentator says somebody else will do is a forecast; only the actor's own side can promise."""
    speaker = candidate.speaker
    if candidate.modality != FUTURE or speaker is None or plover.quad_class_of(candidate.event_type) == 2:
        return None
    if lemma_of(content_head(speaker)) in lexicon.agents["commentators"]:
        return "a forecast"
    return None


# "crushed Greece 94-61 to": figures that count no noun.
_SCORE = re.compile(r"[^,.;:]{0,60}?\b\d{1,3}[-–]\d{1,3}(?=[.,;)]|$|\s+(?:in|on|at|to|after|for|and|with)\b)")
_STAGE_OF_A_MATCH = re.compile(r"[^,.;:]{0,60}? in (?P<phrase>[^,.;:]{1,60})")
_MODERN_CENTURIES = frozenset({"20th", "21st", "twentieth", "twenty-first", "this", "new", "last", "past"})
# At the start of a sentence the parser takes such an age for a part of the name behind it.
_BEGINS_WITH_AN_AGE = re.compile(r"In (?:the )?(?:Middle Ages|(?:early |late )?(?!20th|21st)\d+th century|\d+ BCE?)\b")
_MOST_CLAUSES = 8


def _told_by_a_work(candidate: Candidate, lexicon: Lexicon) -> str | None:
    """What a film, a novel or a game tells: it is the subject of a clause above the event, or the event is "in" it."""
    works = lexicon.domains["fiction"]["works"]
    for clause in _clauses_above(candidate.head):
        for subject in children(clause, "nsubj", "nsubjpass"):
            if clause.i != candidate.head.i and lemma_of(subject) in works:
                return f"told by a {subject.text}"
        for preposition in children(clause, "prep"):
            if preposition.lower_ == "in" and any(lemma_of(noun) in works for noun in children(preposition, "pobj")):
                return "told by a work"
    return None


def _clauses_above(token: Token) -> Iterator[Token]:
    """The word itself and what governs it, up to the main clause."""
    for _ in range(_MOST_CLAUSES):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _accident(candidate: Candidate, sentence: SpacySpan, lexicon: Lexicon) -> str | None:
    """ "Four people were killed when a bus overturned": harm that nobody did, in a text without a word of violence.

    What the sentence says goes before the text: a report of a war may tell of an accident, and the reverse.
    """
    if candidate.event_type != "ASSAULT" or candidate.actor is not None:
        return None
    accidents, violence = lexicon.control["accidents"], lexicon.control["violence"]
    here = {lemma_of(token) for token in sentence}
    if here & violence:
        return None
    if here & accidents:
        return "an accident"
    text = frozenset(lemmas_of(sentence.doc))
    return "an accident" if text & accidents and not text & violence else None


def _result_of_a_match(candidate: Candidate, sentence: SpacySpan, lexicon: Lexicon) -> str | None:
    """ "Crushed Greece 94-61", "met in the quarter-final": a score or a stage of a competition is with the verb."""
    verb = candidate.head
    behind = words_of(sentence)[verb.idx + len(verb) - sentence.start_char :]
    if candidate.event_type in {"ASSAULT", "COERCE"} and _SCORE.match(behind):
        return "the result of a match"
    stage = _STAGE_OF_A_MATCH.match(behind)
    if stage and any(word in lexicon.domains["sport"]["stages"] for word in stage["phrase"].lower().split()):
        return "the result of a match"
    return None


def _of_another_age(candidate: Candidate, sentence: SpacySpan) -> str | None:
    """What is dated by its century, by the Middle Ages or before our era."""
    if _BEGINS_WITH_AN_AGE.match(words_of(sentence)):
        return "history"
    for preposition in children(candidate.head, "prep"):
        for noun in children(preposition, "pobj"):
            words = {child.lower_ for child in noun.children}
            if noun.lower_ == "ages" and "middle" in words:
                return "history"
            if noun.lower_ == "century" and "the" in words and not words & _MODERN_CENTURIES:
                return "history"
            if noun.text in {"BC", "BCE"}:
                return "history"
    return None
