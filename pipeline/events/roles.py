"""Roles: who is actor and who is recipient of a matched entry.

Slots of an entry are tried in order; the first that names somebody who can act wins. Nobody there means None.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.events import plover
from pipeline.events.frames import Frame, acting_conjuncts, frame_of
from pipeline.events.lexicon import PARTY, Lexicon, Trigger
from pipeline.events.matching import match_verb
from pipeline.events.phrases import (
    MAX_DEPTH,
    POSSESSIVES,
    actor_inside,
    can_act,
    children,
    content_head,
    lemma_of,
    own_doer,
    sender_of,
)

# "release the crew to the embassy", "enhance its cooperation with Hanoi": who is addressed, before what is moved.
_TOWARDS_SOMEBODY = ("with", "to", "against")
_FAR_TOKENS = 60
_FAR_SLOTS = frozenset({"to", "with", "against", "on", "from", "between"})
# What is returned was taken before: "returned the tanks that they had seized from the army".
_TAKING = frozenset({"seize", "take", "steal", "capture", "confiscate", "loot", "plunder", "grab"})
_INNER_PREPOSITIONS = ("with", "to", "against", "on", "from", "for", "of", "into", "in")
# Behind these prepositions anything may be concerned; behind the others only somebody is.
_THING_SLOTS = frozenset(
    {
        "in",
        "at",
        "near",
        "along",
        "to",
        "into",
        "on",
        "against",
        "upon",
        "with",
        "from",
        "toward",
        "towards",
        "across",
        "over",
    }
)
_PERSON_OF = {
    word: person
    for person, words in {"he": "he him his", "she": "she her hers", "it": "it its", "they": "they them their"}.items()
    for word in words.split()
}
_NOTHING = frozenset(
    {"it", "this", "that", "which", "itself", "themselves", "himself", "herself", "each", "other", "what"}
)
_NEVER_CONCERNED = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "LANGUAGE"})


# The slot of whom an event noun belongs to: of "the editor's arrest" the editor.
OWNER = "owner"
# The slot of who stands before a subject that is a thing: of "Danish aid helped families" the Danes.
SUBJECT_OWNER = "subject-owner"
# A slot with this ending takes only somebody named inside the phrase: of "imposed sanctions on trade with Chad" Chad.
INSIDE = "-inside"


class Party(NamedTuple):
    """Who acts or is concerned, and the noun whose whole phrase names it.

    In "rejected Chad's offer" Chad is concerned and "Chad's offer" are the words; mostly both are one noun.
    """

    who: Token
    words: Token


def actor_of(trigger: Trigger, frame: Frame, lexicon: Lexicon) -> tuple[Party | None, bool]:
    """The actor, and whether the entry may stand (False: something that cannot act is the subject)."""
    for slot in trigger.actor:
        if slot == "subject":
            subject = frame.subject
            if subject is None:
                continue
            if is_actor(subject, lexicon):
                return Party(subject, subject), True
            head = content_head(subject)
            sender = sender_of(head, lexicon)
            if sender is not None or lexicon.is_control("carriers", lemma_of(head)) or trigger.subject:
                inside = sender or own_doer(head, lexicon)
                if inside is not None:
                    return Party(inside, subject), True
                # "a car bomb killed": who set it off is not told; the words name the means
                return (Party(subject, subject), True) if trigger.subject else (None, False)
            if len(trigger.actor) == 1:
                return None, False
        elif slot == SUBJECT_OWNER:
            owner = own_doer(content_head(frame.subject), lexicon) if frame.subject is not None else None
            if owner is not None:
                return Party(owner, owner), True
        else:
            for noun in frame.objects if slot == "object" else frame.prepositions.get(slot, []):
                if is_actor(noun, lexicon):
                    return Party(noun, noun), True
    return None, True


def is_actor(token: Token, lexicon: Lexicon) -> bool:
    """Whether the phrase can act, "his" and "their" before a noun included."""
    if token.lower_ == "it":
        return token.dep_ == "nsubj" and token.head.pos_ == "VERB"
    return token.lower_ in POSSESSIVES or can_act(token, lexicon)


def recipient_of(trigger: Trigger, frame: Frame, lexicon: Lexicon, actor: Token | None, depth: int = 0) -> Party | None:
    """The recipient by the entry's slots; None where the clause names none.

    A first round looks for somebody who can act; only then a thing that the act is done to counts.
    """
    joined = (
        trigger.mutual
        and actor is not None
        and (len(acting_conjuncts(actor, lexicon)) > 1 or partner_inside(actor) is not None)
    )
    # "Turkey and Greece agreed to reopen a line to Izmir": they agreed with each other
    slots = [
        s
        for s in trigger.recipient
        if not (joined and s.removesuffix(INSIDE) in {"inner", "object", "on", "to", "in", "at"})
    ]
    for finder in (_somebody, _something):
        for slot in slots:
            if slot == "inner" and depth < MAX_DEPTH:
                promised = _inner_recipient(frame, lexicon, actor, depth)
                if promised is not None:
                    return promised
            for noun in _slot_nouns(slot, trigger, frame, lexicon):
                found = finder(noun, lexicon, trigger, slot)
                if found is not None and not _same(found.who, actor):
                    return found
    far = trigger.needs_recipient or "between" in trigger.recipient
    return _further_right(trigger, frame, lexicon, actor) if far else None


def _further_right(trigger: Trigger, frame: Frame, lexicon: Lexicon, actor: Token | None) -> Party | None:
    """Somebody behind one of the entry's prepositions that the parser hung on another noun of the same clause.

    "returned a ring with the head of a king to Peru": the parser gives "to Peru" to the king.
    """
    slots = _FAR_SLOTS & set(trigger.recipient)
    verb = frame.verb
    last = min(verb.right_edge.i, verb.i + _FAR_TOKENS)  # clauses in a chain hold all later ones
    for token in verb.doc[verb.i + 1 : last + 1]:
        if token.dep_ != "prep" or token.lower_ not in slots or not verb.is_ancestor(token):
            continue
        clauses = {a.dep_ for a in token.ancestors if a.i > frame.verb.i} & {"relcl", "ccomp", "advcl"}
        taken = token.lower_ == "from" and lemma_of(token.head) in _TAKING
        if clauses - ({"relcl"} if taken or token.lower_ == "to" else set()):
            continue
        for noun in children(token, "pobj"):
            if clauses and not noun.ent_type_ and not taken:
                continue
            if can_act(noun, lexicon) and not _same(noun, actor):
                return Party(noun, noun)
    return None


def _inner_recipient(frame: Frame, lexicon: Lexicon, actor: Token | None, depth: int) -> Party | None:
    """Whom a promised, refused or threatened act is for: the recipient of the act itself."""
    clauses = [frame.complement] if frame.complement is not None else []
    clauses += [c for c in children(frame.verb, "advcl") if c.tag_ == "VBG"]
    for _ in range(MAX_DEPTH):
        if not clauses:
            return None
        clause = clauses.pop(0)
        inner = frame_of(clause, lexicon)
        for match in match_verb(inner, lexicon):
            found = recipient_of(match.trigger, inner, lexicon, actor, depth + 1)
            if found is not None:
                return found
        if inner.complement is not None:
            clauses.append(inner.complement)
    return None


def _slot_nouns(slot: str, trigger: Trigger, frame: Frame, lexicon: Lexicon) -> Iterable[Token]:
    if slot in {"object", f"object{INSIDE}"}:
        return frame.objects
    if slot == "subject":
        return [frame.subject] if frame.subject is not None else []
    if slot == "dative":
        return [frame.dative] if frame.dative is not None else []
    if slot == OWNER:
        return [owner for noun in frame.objects for owner in children(noun, "poss")]
    if slot == "inner-subject":
        return _inner_subjects(frame)
    if slot == "inner":
        return _inner_nouns(frame, lexicon)
    return frame.prepositions.get(slot.removesuffix(INSIDE), [])


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


def _somebody(noun: Token, lexicon: Lexicon, trigger: Trigger, slot: str) -> Party | None:
    """Who is meant by what fills a slot: the noun itself, or somebody named inside its phrase."""
    inner_only = slot.endswith(INSIDE)
    if can_act(noun, lexicon) and (not inner_only or (slot != f"object{INSIDE}" and noun.ent_type_ == "GPE")):
        return Party(noun, noun)
    if noun.pos_ in {"NOUN", "PROPN"} and (
        (slot == "object" and PARTY in trigger.object) or (slot == "dative" and noun.dep_ in {"dative", "dobj"})
    ):
        return Party(noun, noun)
    if noun.lower_ in _NOTHING:
        return None
    inside = actor_inside(noun, lexicon, scenes=plover.quad_class_of(trigger.event_type) > 1)
    if inside is None:
        return None
    inner_only = (
        inner_only or slot == "inner" or (slot != "object" and lexicon.is_control("joining_nouns", lemma_of(noun)))
    )
    return Party(inside, inside if inner_only else _counted(noun))


def _something(noun: Token, lexicon: Lexicon, trigger: Trigger, slot: str) -> Party | None:
    """A thing that the act is done to: "attacked a bridge", "imposed a curfew in the northern districts"."""
    if trigger.event_type == "CONSULT" and trigger.mode != "visit":  # nobody talks with a thing
        return None
    if slot not in _THING_SLOTS | {"object"} or noun.pos_ not in {"NOUN", "PROPN"} or noun.lower_ in _NOTHING:
        return None
    counted = _counted(noun)
    if slot != "object" and lexicon.is_control("joining_nouns", lemma_of(counted)):
        return None
    return None if counted.ent_type_ in _NEVER_CONCERNED else Party(counted, counted)


def _counted(noun: Token) -> Token:
    """Behind an amount the thing that it is an amount of: "$120 billion of exports"."""
    return content_head(noun) if noun.ent_type_ in {"MONEY", "PERCENT", "QUANTITY"} else noun


def _same(one: Token, other: Token | None) -> bool:
    if other is None:
        return False
    if one.i == other.i or (one.pos_ == "PROPN" and one.lower_ == other.lower_):
        return True
    # "Chad defended its decision", "his promise that he ...": the owner of what is done is who does it.
    persons = [_PERSON_OF.get(word.lower_) for word in (one, other)]
    if None not in persons:
        return persons[0] == persons[1]
    return one.dep_ == "poss" and persons[0] is not None and other.i < one.i and other.head in one.ancestors


def partner_inside(actor: Token) -> Token | None:
    """The second party of a plural actor: "delegates of Ukraine and Turkey", "the Estonian and Finnish navies"."""
    inner = [pobj for prep in children(actor, "prep") if prep.lower_ == "of" for pobj in children(prep, "pobj")]
    for first in (*inner, *children(actor, "amod", "nmod", "compound")):
        for other in children(first, "conj"):
            if other.ent_type_ in {"GPE", "NORP", "ORG"}:
                return other
    return None
