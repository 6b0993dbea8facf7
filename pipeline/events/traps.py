"""Traps: sentences whose words look like events and are none.

Questions, other domains (sport, markets, fiction), generic statements, what commentators foretell. A candidate
that falls into one is dropped with the reason.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from pipeline.events import plover
from pipeline.events.lexicon import Lexicon
from pipeline.events.modality import FUTURE
from pipeline.events.phrases import children, content_head, lemma_of
from pipeline.events.reading import Candidate

_HABIT_ADVERBS = frozenset({"often", "usually", "generally", "typically", "sometimes", "always", "traditionally"})
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
    question = sentence.text.rstrip().rstrip("\"'”’").endswith("?")
    found = []
    for candidate in candidates:
        reason = candidate.dropped
        if reason is None and question:
            reason = "a question"
        if reason is None and domain is not None and _borrowed(candidate, lexicon, whole_text=text_domain is not None):
            reason = f"a sentence about {domain}"
        if reason is None:
            reason = _generic(candidate) or _foretold(candidate, lexicon)
        found.append(replace(candidate, dropped=reason))
    return found


# A whole text is about a domain with this many different words of it; fewer are a passing comparison.
_STRONG_WORDS_OF_TEXT = 2
_WORDS_OF_TEXT = 6


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
    words = {lemma_of(token) for token in doc}
    found = []
    for name, parts in lexicon.domains.items():
        strong, weak = words & parts["strong"], words & parts["weak"]
        if len(strong) >= _STRONG_WORDS_OF_TEXT and len(strong | weak) >= _WORDS_OF_TEXT:
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
    if verb.pos_ == "VERB" and not candidate.nominal and _is_imperative(verb):
        return "an order to the reader"
    actor = candidate.actor
    bare_present = verb.tag_ in {"VBP"} and not children(verb, "aux", "auxpass")
    if actor is not None and bare_present and candidate.recipient is None and _is_bare_plural(actor):
        return "a generic statement"
    return None


def _is_imperative(verb: Token) -> bool:
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and not children(verb, "nsubj", "nsubjpass", "aux")
        and verb.i == verb.sent.start
    )


def _is_bare_plural(noun: Token) -> bool:
    head = content_head(noun)
    return head.tag_ == "NNS" and not children(head, "det", "nummod", "poss", "amod", "compound") and not head.ent_type_


def _foretold(candidate: Candidate, lexicon: Lexicon) -> str | None:
    """What a commentator says somebody else will do is a forecast; only the actor's own side can promise."""
    speaker = candidate.speaker
    if candidate.modality != FUTURE or speaker is None or plover.quad_class_of(candidate.event_type) == 2:
        return None
    if lemma_of(content_head(speaker)) in lexicon.agents["commentators"]:
        return "a forecast"
    return None
