"""Roles: who is actor and who is recipient of a matched entry.

Slots of an entry are tried in order; the first that names somebody who can act wins. Nobody there means None.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.events import plover
from pipeline.events.frames import Frame, acting_conjuncts, frame_of
from pipeline.events.lexicon import PARTY, Lexicon, Trigger
from pipeline.events.phrases import POSSESSIVES, actor_inside, can_act, children, content_head, lemma_of, own_doer

# "release the crew to the embassy", "enhance its cooperation with Hanoi": who is addressed, before what is moved.
_TOWARDS_SOMEBODY = ("with", "to", "against")
_INNER_PREPOSITIONS = ("with", "to", "against", "on", "from", "for", "of", "into", "in")
_PLACE_SLOTS = frozenset({"in", "at", "near", "along", "to", "into", "on"})


def actor_of(trigger: Trigger, frame: Frame, lexicon: Lexicon) -> tuple[Token | None, bool]:
    """The actor, and whether the entry may stand (False: something that cannot act is the subject)."""
    for slot in trigger.actor:
        if slot == "subject":
            subject = frame.subject
            if subject is None:
                continue
            if is_actor(subject, lexicon):
                return subject, True
            head = content_head(subject)
            if lexicon.is_control("carriers", lemma_of(head)) or trigger.subject:
                inside = own_doer(head, lexicon)
                if inside is not None:
                    return inside, True
                return None, bool(trigger.subject)
            if len(trigger.actor) == 1:
                return None, False
        else:
            for noun in frame.prepositions.get(slot, []):
                if is_actor(noun, lexicon):
                    return noun, True
    return None, True


def is_actor(token: Token, lexicon: Lexicon) -> bool:
    """Whether the phrase can act, "his" and "their" before a noun included."""
    if token.lower_ == "it":
        return token.dep_ == "nsubj" and token.head.pos_ == "VERB"
    return token.lower_ in POSSESSIVES or can_act(token, lexicon)


def recipient_of(trigger: Trigger, frame: Frame, lexicon: Lexicon, actor: Token | None) -> Token | None:
    """The recipient by the entry's slots; None where the clause names none."""
    joined = trigger.mutual and actor is not None and len(acting_conjuncts(actor, lexicon)) > 1
    for slot in trigger.recipient:
        if joined and slot in {"inner", "object", "on", "to"}:
            continue  # "Turkey and Greece agreed to reopen a line to Izmir": they agreed with each other
        for noun in _slot_nouns(slot, trigger, frame, lexicon):
            found = _somebody(noun, lexicon, trigger, slot)
            if found is not None and not _same(found, actor):
                return found
    return None


def _slot_nouns(slot: str, trigger: Trigger, frame: Frame, lexicon: Lexicon) -> Iterable[Token]:
    if slot == "object":
        return frame.objects
    if slot == "subject":
        return [frame.subject] if frame.subject is not None else []
    if slot == "dative":
        return [frame.dative] if frame.dative is not None else []
    if slot == "inner-subject":
        return _inner_subjects(frame)
    if slot == "inner":
        return _inner_nouns(frame, lexicon)
    return frame.prepositions.get(slot, [])


def _inner_subjects(frame: Frame) -> list[Token]:
    return children(frame.complement, "nsubj", "nsubjpass") if frame.complement is not None else []


def _inner_nouns(frame: Frame, lexicon: Lexicon) -> list[Token]:
    """Nouns of the complement that may be concerned: its dative, objects, and what its prepositions lead to."""
    clauses = [frame.complement] if frame.complement is not None else []
    clauses += children(frame.verb, "advcl")
    for noun in frame.objects:
        clauses += children(noun, "acl")
    found: list[Token] = []
    for clause in clauses:
        inner = frame_of(clause, lexicon)
        if inner.dative is not None:
            found.append(inner.dative)
        for name in _TOWARDS_SOMEBODY:
            found += [noun for noun in inner.prepositions.get(name, []) if can_act(noun, lexicon)]
        found += inner.objects
        for name in _INNER_PREPOSITIONS:
            found += inner.prepositions.get(name, [])
        if inner.complement is not None:
            found += [n for o in children(inner.complement, "dobj", "nsubj") for n in [o]]
    return found


def _somebody(noun: Token, lexicon: Lexicon, trigger: Trigger, slot: str) -> Token | None:
    """Who is meant by what fills a slot: the noun itself, or somebody named inside its phrase."""
    if can_act(noun, lexicon):
        return noun
    if slot == "object" and PARTY in trigger.object and noun.pos_ in {"NOUN", "PROPN"}:
        return noun
    if slot == "dative" and noun.dep_ in {"dative", "dobj"} and noun.pos_ in {"NOUN", "PROPN"}:
        return noun
    allow_place = slot in _PLACE_SLOTS
    if noun.lower_ in {"it", "this", "that", "which", "itself", "themselves", "himself"}:
        return None
    scenes = plover.quad_class_of(trigger.event_type) > 1
    inside = actor_inside(noun, lexicon, scenes=scenes)
    if inside is not None:
        return inside
    return noun if allow_place and noun.ent_type_ in {"LOC", "FAC", "GPE"} else None


def _same(one: Token, other: Token | None) -> bool:
    if other is None:
        return False
    return one.i == other.i or (one.pos_ == "PROPN" and one.lower_ == other.lower_)


def pairs(
    trigger: Trigger, actor: Token | None, recipient: Token | None, lexicon: Lexicon
) -> list[tuple[Token | None, Token | None]]:
    """Every (actor, recipient) that joined names make; a mutual act of joined actors is one pair."""
    actors: list[Token | None] = [*acting_conjuncts(actor, lexicon)] if actor is not None else [None]
    recipients: list[Token | None] = [*acting_conjuncts(recipient, lexicon)] if recipient is not None else [None]
    recipients = [r for r in recipients if r is None or all(r.i != a.i for a in actors if a is not None)] or [None]
    if trigger.mutual and recipients == [None] and len(actors) == 1 and actors[0] is not None:
        partner = _partner_inside(actors[0])
        if partner is not None:
            return [(actors[0], partner)]
    if trigger.mutual and recipients == [None] and len(actors) > 1:
        return [(actors[0], other) for other in actors[1:MAX_JOINED]]
    return [(a, r) for a in actors[:MAX_JOINED] for r in recipients[:MAX_JOINED]]


def _partner_inside(actor: Token) -> Token | None:
    """The second party of a plural actor: "delegates of Ukraine and Turkey", "the Estonian and Finnish navies"."""
    inner = [pobj for prep in children(actor, "prep") if prep.lower_ == "of" for pobj in children(prep, "pobj")]
    for first in (*inner, *children(actor, "amod")):
        for other in children(first, "conj"):
            if other.ent_type_ in {"GPE", "NORP", "ORG"}:
                return other
    return None


MAX_JOINED = 4
