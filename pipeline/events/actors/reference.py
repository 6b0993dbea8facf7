"""Pronouns and relative words: the earlier actor that they stand for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.events.actors.persons import is_person, persons_of
from pipeline.events.actors.recognition import actors_of, describe_actor
from pipeline.events.spans import Actor

_ONE_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_ONE_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_MAX_ACTORS_BACK = 12
_MAX_CHARACTERS_BACK = 800  # a pronoun reaches a few sentences back, not across an article


def resolve_reference(doc: Doc, token: Token) -> Actor | None:
    """The actor that `token` refers to: an earlier actor for a pronoun, the person for a short name.

    The result has the offsets of the earlier mention, country, sector and name as far as the text tells them;
    for a short name the offsets of the token itself. None where nothing fits: first and second person, an "it"
    without a referent, a noun that is no name.
    """
    word = token.lower_
    if word in _RELATIVE:
        return _antecedent(doc, token)
    if word in _ONE_PERSON | _ONE_THING | _MANY:
        return _earlier_actor(doc, token)
    if token.pos_ == "PROPN":
        person = persons_of(doc).find(token.text)
        if person is not None:
            end = token.idx + len(token.text)
            return Actor(token.idx, end, token.text, person.country_code, person.sector, person.name, person.known_from)
    return None


def _antecedent(doc: Doc, token: Token) -> Actor | None:
    """ "the rebels who attacked": the noun that the relative clause belongs to."""
    for clause in (token.head, token.head.head):
        if clause.dep_ == "relcl" and clause.head.i < token.i:
            noun = clause.head
            start = doc[noun.left_edge.i]
            found = describe_actor(doc, start.idx, noun.idx + len(noun.text))
            return found if found.country_code or found.sector or found.name else None
    return None


def _earlier_actor(doc: Doc, token: Token) -> Actor | None:
    actors = actors_of(doc)
    last = bisect_left(actors, token.idx, key=lambda actor: actor.end)
    candidates = [
        actor
        for actor in reversed(actors[max(0, last - _MAX_ACTORS_BACK) : last])
        if token.idx - actor.end <= _MAX_CHARACTERS_BACK and _fits(doc, actor, token)
    ]
    subjects = [actor for actor in candidates if _is_subject(doc, actor)]
    clause = _clause_subject(token)
    # "He praised him": the object of a clause is not its subject.
    subjects = [a for a in subjects if clause is None or not a.start <= clause.idx < a.end] or subjects
    chosen = next(iter(subjects or candidates), None)
    if chosen is None:
        return None
    return replace(chosen, name=chosen.name or chosen.text)


def _clause_subject(token: Token) -> Token | None:
    if token.dep_ in _SUBJECTS or token.dep_ == "poss":
        return None
    return next((child for child in token.head.lefts if child.dep_ in _SUBJECTS), None)


def _fits(doc: Doc, actor: Actor, token: Token) -> bool:
    head = _head(doc, actor)
    if head is None:
        return False
    word = token.lower_
    person = is_person(head)
    plural = head.tag_ in {"NNS", "NNPS"}
    if word in _ONE_PERSON:
        return person or (not plural and head.pos_ == "NOUN" and actor.sector is not None)
    if word in _ONE_THING:
        return not person and not plural and (head.ent_type_ in {"GPE", "ORG", "NORP"} or actor.sector is not None)
    return not person and (plural or head.ent_type_ in {"ORG", "NORP"} or _is_coordinated(head))


def _is_coordinated(head: Token) -> bool:
    return any(child.dep_ == "conj" for child in head.children)


def _is_subject(doc: Doc, actor: Actor) -> bool:
    head = _head(doc, actor)
    return head is not None and head.dep_ in _SUBJECTS


def _head(doc: Doc, actor: Actor) -> Token | None:
    span = doc.char_span(actor.start, actor.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None
