"""Modality: whether an event happened, is to happen, might happen, is denied, or is only spoken of.

`context_of` climbs from an event's verb through the clauses that govern it. What it finds either keeps the event
(with a modality and a negation), or names the reason why the sentence reports no event.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.events import plover
from pipeline.events.frames import is_passive, subject_of
from pipeline.events.lexicon import Lexicon
from pipeline.events.phrases import children, is_infinitive, lemma_of

ACTUAL, ONGOING, FUTURE = "actual", "ongoing", "future"
CONDITIONAL, DENIED, HISTORICAL = "conditional", "denied", "historical"

_MAX_CLIMB = 8
_CONDITION_MARKS = frozenset({"if", "unless", "whether", "lest", "until", "till", "once"})
_NEGATIVE_SUBJECTS = frozenset({"nobody", "none", "neither", "nothing"})
_NOT_HAPPENED_PREPOSITIONS = frozenset({"without", "instead", "from", "against", "for", "toward", "towards", "about"})
_OWN = frozenset({"he", "she", "it", "they", "we"})
_NEGATIVE_ADVERBS = frozenset({"never", "hardly", "barely", "nearly", "almost"})


@dataclass(slots=True)
class Context:
    """What the sentence says of an event's reality. `dropped` is the reason why it is none, None where it is one."""

    modality: str = ACTUAL
    negated: bool = False
    is_future: bool = False
    dropped: str | None = None
    speaker: Token | None = None


def context_of(verb: Token, lexicon: Lexicon) -> Context:
    """The context of the event that `verb` reports."""
    context = Context()
    _read_auxiliaries(verb, context, lexicon)
    token = verb
    for _ in range(_MAX_CLIMB):
        if context.dropped or token.dep_ == "ROOT" or token.head.i == token.i:
            break
        above = _climb(token, verb, context, lexicon)
        if above is None:
            break
        token = above
    if context.modality == CONDITIONAL and context.negated and context.dropped is None:
        context.modality, context.is_future = ACTUAL, True  # "the king would not pardon them" tells of a refusal
    if context.is_future and context.modality == ACTUAL:
        context.modality = FUTURE
    if _depends_on_condition(verb):
        context.modality = CONDITIONAL
        context.is_future = context.is_future or bool({"would", "will"} & {lemma_of(c) for c in children(verb, "aux")})
    if context.modality == ACTUAL and _is_progressive(verb):
        context.modality = ONGOING
    return context


def _depends_on_condition(verb: Token) -> bool:
    """Whether a clause with "if" or "unless" hangs on the verb, or on what it promises or threatens."""
    clauses = children(verb, "advcl")
    for complement in children(verb, "xcomp", "ccomp"):
        clauses += children(complement, "advcl")
    return any(m.lower_ in {"if", "unless"} for clause in clauses for m in children(clause, "mark"))


def _is_progressive(verb: Token) -> bool:
    helpers = children(verb, "aux")
    return verb.tag_ == "VBG" and any(lemma_of(h) == "be" and h.tag_ in {"VBZ", "VBP", "VBN"} for h in helpers)


def _read_auxiliaries(verb: Token, context: Context, lexicon: Lexicon) -> None:
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and _is_negative_adverb(child)):
            context.negated = not context.negated
        elif child.dep_ in {"aux", "auxpass"}:
            _read_modal(child, context, lexicon)
        elif _is_negative_party(child):
            context.negated = True
        elif child.dep_ == "mark" and child.lower_ in _CONDITION_MARKS:
            context.modality = CONDITIONAL
            context.dropped = f"conditional clause ('{child.lower_}')"
    if verb.tag_ == "VB" and _is_going_to(verb):
        context.is_future = True


def _is_negative_adverb(adverb: Token) -> bool:
    """ "never", "hardly", and the "no longer" of "will no longer pay"."""
    if adverb.lower_ == "longer":
        return any(c.lower_ == "no" for c in adverb.children)
    return adverb.lower_ in _NEGATIVE_ADVERBS


def _is_negative_party(child: Token) -> bool:
    """Whether a subject or object says that nobody did it, or that it was done to none."""
    if child.dep_ == "preconj":
        return child.lower_ == "neither"
    if child.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return False
    return child.lower_ in _NEGATIVE_SUBJECTS or any(d.lower_ in {"no", "neither"} for d in children(child, "det"))


def _is_going_to(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lower_ == "going"


def _read_modal(modal: Token, context: Context, lexicon: Lexicon) -> None:
    word = modal.lower_
    if word in lexicon.control["modals_future"]:
        context.is_future = True
    elif word == "would":
        context.modality = CONDITIONAL
    elif word in lexicon.control["modals_hypothetical"]:
        context.modality = CONDITIONAL
        context.dropped = f"only possible or wished ('{word}')"


def _climb(token: Token, verb: Token, context: Context, lexicon: Lexicon) -> Token | None:
    """Read the link between `token` and what governs it; the governor where the climb goes on."""
    governor, label = token.head, token.dep_
    if label == "conj":
        if not children(token, "aux", "auxpass") and not children(token, "nsubj", "nsubjpass"):
            shared = Context()
            _read_auxiliaries(governor, shared, lexicon)
            context.is_future = context.is_future or shared.is_future
            context.dropped = context.dropped or shared.dropped
            if shared.modality == CONDITIONAL:
                context.modality = CONDITIONAL
        return governor
    if label == "advcl":
        return _climb_adverbial(token, context)
    if label in {"acl", "relcl"}:
        if is_infinitive(token):
            context.dropped = f"what '{governor.text}' is for"
        elif lemma_of(governor) in lexicon.control["charge_nouns"]:
            context.dropped = f"an accusation ('{governor.text}')"
        elif token.i == verb.i and is_passive(verb) and not children(verb, "agent"):
            context.dropped = "background about a noun"
        elif _stands_in_charge(governor, lexicon):
            context.dropped = "an accusation"
        return None
    if label in {"ccomp", "xcomp", "parataxis"}:
        return _climb_complement(token, governor, verb, context, lexicon)
    if label in {"pcomp", "csubj"}:
        return _climb_gerund(token, context, lexicon)
    return None


def _stands_in_charge(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun stands inside what a charge or claim says: "denied charges that he ran a squad that ..."."""
    token = noun
    for _ in range(_MAX_CLIMB):
        if token.head.i == token.i:
            return False
        if token.dep_ in {"acl", "relcl"} and lemma_of(token.head) in lexicon.control["charge_nouns"]:
            return True
        token = token.head
    return False


def _climb_adverbial(token: Token, context: Context) -> Token | None:
    if is_infinitive(token):
        context.dropped = "a purpose"
        return None
    return token.head if token.tag_ in {"VBG", "VBN"} and not children(token, "mark") else None


def _climb_gerund(token: Token, context: Context, lexicon: Lexicon) -> Token | None:
    if token.dep_ == "csubj":
        if token.tag_ == "VBG":  # "opening the border is out of the question"
            context.dropped = "only spoken of"
        return None
    preposition = token.head
    governor = preposition.head
    lemma = lemma_of(governor)
    if lexicon.is_control("accusing", lemma) or lexicon.is_control("denying", lemma):
        context.dropped = f"an accusation ('{governor.text}')"
    elif preposition.lower_ in _NOT_HAPPENED_PREPOSITIONS:
        context.dropped = f"behind '{preposition.lower_}'"
    elif governor.pos_ == "NOUN":
        context.dropped = f"what '{governor.text}' is about"
    return None


def _climb_complement(token: Token, governor: Token, verb: Token, context: Context, lexicon: Lexicon) -> Token | None:
    lemma = lemma_of(governor)
    if lexicon.is_control("denying", lemma):
        context.negated, context.modality = False, DENIED
        return None
    infinitive = is_infinitive(token)
    if infinitive and governor.lower_ == "going":
        _read_auxiliaries(governor, context, lexicon)  # "is not going to"
        return governor
    if infinitive and _carries_infinitive(governor, context):
        _read_auxiliaries(governor, context, lexicon)
        return governor
    if infinitive or _is_gerund(token):
        if lexicon.is_control("transparent", lemma):
            _read_auxiliaries(governor, context, lexicon)
            return governor
        if is_passive(governor) and lexicon.is_control("reporting", lemma):
            return None
        context.dropped = f"governed by '{governor.text}'"
        return None
    if lemma == "claim" and any(s.lower_ in _OWN for s in children(token, "nsubj")):
        context.dropped = "only claimed for oneself"
        return None
    if lexicon.is_control("reporting", lemma) or token.dep_ == "parataxis":
        return _report(governor, context, lexicon)
    if lexicon.is_control("hypothetical", lemma) or lexicon.is_control("accusing", lemma):
        context.dropped = f"governed by '{governor.text}'"
        return None
    return None if governor.pos_ not in {"VERB", "AUX"} else governor


def _carries_infinitive(governor: Token, context: Context) -> bool:
    """Whether "be" or "have yet" carries an infinitive: "is to visit", "has yet to sign"."""
    lemma = lemma_of(governor)
    if lemma == "be":
        context.is_future = True
        return True
    if lemma == "have" and any(c.lower_ == "yet" for c in children(governor, "advmod")):
        context.negated = not context.negated
        return True
    return False


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" and not children(verb, "nsubj", "nsubjpass", "aux")


def _report(governor: Token, context: Context, lexicon: Lexicon) -> Token | None:
    """The speaker is the attribution; "would" told by somebody is his "will"."""
    if context.speaker is None:
        context.speaker = subject_of(governor, lexicon)
    if context.modality == CONDITIONAL and context.dropped is None:
        context.modality, context.is_future = ACTUAL, True
    own = Context()
    _read_auxiliaries(governor, own, lexicon)
    if own.negated:
        context.dropped = f"not said ('{governor.text}')"
    elif own.dropped:
        context.dropped = own.dropped
    return governor


def shift_by_modality(event_type: str, context: Context, negated: bool, modality: str) -> tuple[str, bool, str]:
    """A stated future act is a promise, a threat or a refusal: (type, negated, modality)."""
    if not context.is_future:
        if negated and event_type == "AGREE":  # "has not agreed to the plan"
            return "REJECT", False, modality
        return event_type, negated, modality
    conflict = plover.quad_class_of(event_type) == 4
    cooperation = plover.quad_class_of(event_type) <= 2
    if negated and cooperation:
        return "REJECT", False, modality
    if negated and conflict:
        return "AGREE", False, modality
    if cooperation:
        return "AGREE", negated, modality
    if conflict:
        return "THREATEN", negated, modality
    return event_type, negated, modality
