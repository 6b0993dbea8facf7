"""Actors of a text: each noun phrase that names somebody who can act, and each name."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from pipeline.events.actors.description import (
    Description,
    describe_phrase,
    head_of,
    named_body,
    places_by_token,
    set_places,
)
from pipeline.events.actors.persons import Person, clean_name, is_person, persons_of, title_of
from pipeline.events.document import entity_around, text_of
from pipeline.events.places.gazetteer import load_gazetteer
from pipeline.events.spans import Actor, Place

_MAX_COMPLEMENT_TOKENS = 8
_LONGEST_NAME_TOKENS = 12
_ACTORS_KEY = "dateline_actors"
_NOT_PART = frozenset({"DET", "PUNCT", "SPACE", "PRON", "CCONJ"})
# A country after these is where something happens, not who does it.
_LOCATIVE = frozenset({"in", "at", "near", "from", "to", "into", "across", "through", "within", "inside", "around"})


def find_actors(doc: Doc, places: Sequence[Place] = ()) -> list[Actor]:
    """The actors of `doc`, by their place in the text, none overlapping another.

    Args:
        doc: from `parser.parse_text`.
        places: those of the text where they are already known, nationality words included; else they are found here.

    Countries that are only a scene ("in Russia") are places and no actors.
    """
    if places:
        set_places(doc, places)
    return list(actors_of(doc))


def actors_of(doc: Doc) -> list[Actor]:
    """What `find_actors` gives, found once a text; not to be changed."""
    known: list[Actor] | None = doc.user_data.get(_ACTORS_KEY)
    if known is None:
        taken = bytearray(len(doc))
        known = []
        for phrase in [*doc.noun_chunks, *doc.ents]:
            known.extend(_actors_of_phrase(phrase, taken))
        known.sort(key=lambda actor: actor.start)
        doc.user_data[_ACTORS_KEY] = known
    return known


def describe_actor(doc: Doc, start_char: int, end_char: int) -> Actor:
    """Country, sector and fullest name of the actor that any stretch of the text names.

    Offsets inside a word reach to its ends for the description; the actor keeps the offsets that were given.
    Where nothing is known, country and sector are None.
    """
    text = text_of(doc)[start_char:end_char]
    span = doc.char_span(start_char, end_char, alignment_mode="expand") if start_char < end_char else None
    if span is None or not len(span):
        return Actor(start_char, end_char, text, None, None, None)
    description = describe_span(span)
    return Actor(
        start_char,
        end_char,
        text,
        description.country_code,
        description.sector,
        description.name,
        description.known_from,
    )


def describe_span(span: Span) -> Description:
    """What `span` and the text before it say of the actor."""
    body = named_body(span.text) if len(span) <= _LONGEST_NAME_TOKENS else None
    if body is not None:
        return body
    person = _person_in(span)
    if person is not None:
        entity, found = person
        title = title_of(entity).description
        return Description(
            found.country_code if title.country_code is None else title.country_code,
            title.sector or found.sector,
            found.name,
            found.known_from,
        )
    description = describe_phrase(span)
    holder = _holder_of_office(span, description)
    if holder is not None:
        return Description(
            description.country_code or holder.country_code, description.sector or holder.sector, holder.name
        )
    if description.name is None:
        apposed = _apposed_person(span)
        if apposed is not None:
            return description.or_else(
                Description(apposed.country_code, apposed.sector, apposed.name, apposed.known_from)
            )
        description = description.or_else(Description(name=_organisation_name(span)))
    return description


def _apposed_person(span: Span) -> Person | None:
    """The person whose name stands behind the office: "her Polish counterpart, Jan Wolski"."""
    head = head_of(span)
    for child in head.rights:
        # The phrase may be cut off before the name: it is the same person all the same.
        if child.dep_ == "appos" and child.i - head.i <= _LONGEST_NAME_TOKENS and is_person(child):
            entity = entity_around(child)
            return persons_of(span.doc).find(clean_name(entity) if entity is not None else child.text)
    return None


def _person_in(span: Span) -> tuple[Span, Person] | None:
    """The person that a phrase names: its head is part of the name, or the name is all there is."""
    head = head_of(span)
    persons = persons_of(span.doc)
    entity = entity_around(head)
    if entity is not None and entity.label_ == "PERSON" and is_person(head):
        found = persons.find(clean_name(entity))
        if found is not None:
            return entity, found
    if head.pos_ == "PROPN":
        found = persons.find(head.text)
        may_be_place = head.ent_type_ in {"GPE", "LOC", "NORP"}
        if found is not None and head.i >= found.first_token and (not may_be_place or found.addressed):
            return span.doc[head.i : head.i + 1], found
    return None


def _holder_of_office(span: Span, description: Description) -> Person | None:
    """The person meant by "the Russian leader" or "the president", where the text has named just one before."""
    head = head_of(span)
    if head.lemma_.lower() not in {"leader", "president", "premier", "minister", "chancellor", "king", "queen"}:
        return None
    determiner = span[0] if span[0].pos_ in {"DET", "PRON"} or not span.start else span.doc[span.start - 1]
    if head.tag_ not in {"NN", "NNP"} or determiner.lower_ not in {"the", "his", "her"}:
        return None
    holders = persons_of(span.doc).by_office
    if description.country_code:
        found = holders.get((description.country_code, description.sector), [])
    else:
        found = [p for (_, sector), people in holders.items() if sector == description.sector for p in people]
    before = [person for person in found if person.first_token < span.start]
    return before[0] if len(before) == 1 else None


def _organisation_name(span: Span) -> str | None:
    head = head_of(span)
    entity = entity_around(head)
    return clean_name(entity) if entity is not None and entity.label_ == "ORG" else None


def _actors_of_phrase(phrase: Span, taken: bytearray) -> list[Actor]:
    span = _trimmed(phrase)
    if span is None or any(taken[span.start : span.end]):
        return []
    if span.root.pos_ == "NOUN" or span.root.ent_type_ == "ORG":
        span = _with_complement(span, taken)
    if _is_actor(span):
        taken[span.start : span.end] = b"\x01" * len(span)
        return [describe_actor(span.doc, span.start_char, span.end_char)]
    owners = [
        token for token in span if token.dep_ == "poss" and not taken[token.i] and token.pos_ in {"PROPN", "NOUN"}
    ]
    found = []
    for owner in owners:
        name = _trimmed(span.doc[owner.left_edge.i : owner.i + 1])
        if name is not None and _is_actor(name):
            taken[name.start : name.end] = b"\x01" * len(name)
            found.append(describe_actor(span.doc, name.start_char, name.end_char))
    return found


def _with_complement(span: Span, taken: bytearray) -> Span:
    """ "The president" of "the president of France": the phrase with the noun that its "of" leads to."""
    root = span.root
    for child in root.rights:
        if child.lower_ == "of" and child.i == span.end:
            end = child.right_edge.i + 1
            short = end - child.i <= _MAX_COMPLEMENT_TOKENS and not any(taken[span.start : end])
            return span.doc[span.start : end] if short else span
    return span


def _trimmed(phrase: Span) -> Span | None:
    start, end = phrase.start, phrase.end
    doc = phrase.doc
    while start < end and (doc[start].pos_ in _NOT_PART or doc[start].lower_ in {"the", "a", "an"}):
        start += 1
    while end > start and (doc[end - 1].pos_ in _NOT_PART or doc[end - 1].lower_ in {"'s", "’s"}):
        end -= 1
    return doc[start:end] if start < end else None


def _is_actor(span: Span) -> bool:
    head = head_of(span)
    if head.ent_type_ == "ORG" or is_person(head):
        return True
    description = describe_phrase(span)
    if description.sector is not None:
        return not (description.name and _is_scene(head))
    return description.name is not None and not _is_scene(head)


def _is_scene(head: Token) -> bool:
    """Whether a country or seat stands where a place stands: "in Russia", "to Moscow"."""
    return head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE and _is_place_name(head)


def _is_place_name(head: Token) -> bool:
    place = places_by_token(head.doc).get(head.i)
    return place is not None and load_gazetteer().country_of_nationality(place.text) is None
