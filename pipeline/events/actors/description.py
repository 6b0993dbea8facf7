"""What the words of one noun phrase say of an actor: country, sector, name. The text around it is not asked.

The head noun decides what somebody is ("police officer"), a general head takes it from what stands beside it
("union leader", "head of the army"), and a few words decide for any head ("opposition lawmakers").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.events.actors.country_words import country_before_head, places_by_token, set_places
from pipeline.events.actors.lexicon import ActorLexicon, Organisation, load_actor_lexicon
from pipeline.events.actors.records import Description
from pipeline.events.actors.sector_words import (
    fixed_office,
    is_general,
    organisation_at_end,
    organisation_before,
    role_sector,
    sector_of_role,
)
from pipeline.events.places.gazetteer import Gazetteer, fold, load_gazetteer

__all__ = ["Description", "describe_phrase", "head_of", "named_body", "places_by_token", "set_places"]

# "the president of France", "rebels in Syria": the noun after these says whose or where they are.
_BELONGING = frozenset({"of", "in", "from", "at", "for", "within", "across"})
# "Russian studies", "Middle East affairs": the subject of somebody's work, not where they belong.
_TOPICS = frozenset({"study", "studies", "affair", "affairs", "relation", "relations", "issue", "language", "history"})
# Bodies that every country has: a country before the name says whose ("Argentina's Senate").
_NATIONAL = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "SPY", "PTY", "OPP"})
_QUANTITIES = frozenset({"hundred", "thousand", "dozen", "ten", "group", "number", "million", "score"})
# "Doctors Without Borders", "Movement for Democratic Change": a name goes on after these.
_NAME_GOES_ON = frozenset({"of", "for", "without", "against", "to", "and", "in", "on", "with"})
_STOPS = frozenset({",", ";", ":", "(", ")", "“", '"', "—", "–"})
_NO_MODIFIERS = frozenset({"ADP", "AUX", "SCONJ", "CCONJ", "SPACE"})
_MAX_DEPTH = 3
_MAX_NAME_TAIL_TOKENS = 8
_MAX_CORE_TOKENS = 30


def describe_phrase(span: Span, depth: int = 0) -> Description:
    """What the phrase `span` says of the actor that it names."""
    lexicon, gazetteer = load_actor_lexicon(), load_gazetteer()
    if not len(span) or depth > _MAX_DEPTH:
        return Description()
    head = head_of(span)
    core = span.doc[_core_start(span, head) : head.i + 1]
    whole = _whole(span, core, lexicon, gazetteer)
    if whole is not None:
        return whole
    named = organisation_at_end(core, lexicon)
    if named is not None:
        return _national(*named, span, core, depth)
    other = organisation_before(core, lexicon)
    country = None
    if head.lower_ not in _TOPICS:
        country = country_before_head(core, gazetteer, lexicon.peoples) or (other[0].country_code if other else None)
    office = fixed_office(span, core, lexicon)
    sector = office.sector if office else _sector(span, core, head, other, depth)
    country = country or _country_after_head(span, head, depth) or (office.country_code if office else None)
    return Description(country, sector)


def head_of(span: Span) -> Token:
    """The head of a phrase, out of "hundreds of workers" the workers."""
    head = span.root
    if head.lemma_.lower() in _QUANTITIES:
        for child in head.children:
            if child.lower_ == "of" and child.i < span.end:
                objects = [c for c in child.children if c.dep_ == "pobj" and c.i < span.end]
                if objects:
                    return objects[0]
    return _last_of_broken_phrase(span, head)


def _last_of_broken_phrase(span: Span, head: Token) -> Token:
    """The last noun where the parser hung "Nairobi" and "police" apart: the phrase has two roots side by side."""
    last = head
    for token in span.doc[head.i + 1 : span.end]:
        if token.pos_ in {"NOUN", "PROPN"} and token.text != "-":
            last = token
        elif token.text not in {"-", "'s", "’s"} and token.pos_ != "ADJ":
            break
    return head if last is head or head.is_ancestor(last) else last


def named_body(name: str) -> Description | None:
    """The organisation, or the body that a seat stands for, which is called `name`."""
    lexicon = load_actor_lexicon()
    bare = name.removesuffix("'s").removesuffix("’s")
    bare = bare[4:] if bare.lower().startswith("the ") else bare
    found = lexicon.organisation(bare) or lexicon.seat(bare)
    return Description(found.country_code, found.sector, found.name) if found else None


def _core_start(span: Span, head: Token) -> int:
    """Where the head's own modifiers begin: punctuation, prepositions and finite verbs end them."""
    start = head.i
    doc = span.doc
    while start > max(span.start, head.i - _MAX_CORE_TOKENS):
        before = doc[start - 1]
        if before.text in _STOPS:
            break
        hyphenated = doc[start].text == "-" or (before.i > span.start and doc[before.i - 1].text == "-")
        verb = before.pos_ == "VERB" and before.dep_ not in {"amod", "compound", "nmod", "advmod"}
        if (before.pos_ in _NO_MODIFIERS or verb) and not hyphenated:
            break
        start -= 1
    return start


def _whole(span: Span, core: Span, lexicon: ActorLexicon, gazetteer: Gazetteer) -> Description | None:
    """A seat is the body that sits there, a bare country has no sector, a longer name is what it is listed as."""
    if not core[-1].text[:1].isupper() and not core[-1].like_num:
        return None
    bare = core[1:] if len(core) > 1 and core[0].pos_ == "DET" else core
    name = bare.text.removesuffix("'s").removesuffix("’s")
    seat = lexicon.seat(name)
    if seat is not None:
        return Description(seat.country_code, seat.sector, seat.name)
    code = gazetteer.by_seat.get(fold(name))
    if code is not None:
        return Description(code, "GOV", gazetteer.countries[code].name)
    return _long_name(span, bare, lexicon, gazetteer) or _state_or_people(core, bare, gazetteer)


def _long_name(span: Span, bare: Span, lexicon: ActorLexicon, gazetteer: Gazetteer) -> Description | None:
    """A name that goes on after its head: "Bank of England", "the Democratic Republic of Congo"."""
    doc, head_end = span.doc, bare.end
    if head_end >= span.end or doc[head_end].lower_ not in _NAME_GOES_ON:
        return None
    for end in range(min(span.end, head_end + _MAX_NAME_TAIL_TOKENS), head_end, -1):
        for start in range(bare.start, head_end):
            name = doc[start:end].text.removesuffix("'s").removesuffix("’s")
            found = lexicon.organisation(name)
            if found is not None:
                return Description(found.country_code, found.sector, found.name)
            country = gazetteer.country_named(name) if start == bare.start else None
            if country is not None:
                return Description(country.country_code, None, country.name)
    return None


def _state_or_people(core: Span, bare: Span, gazetteer: Gazetteer) -> Description | None:
    head = core[-1]
    people = gazetteer.country_of_nationality(head.text)
    if people is not None and all(t.pos_ in {"ADJ", "NUM", "ADV"} for t in bare[:-1]):
        # "The French have refused": the state as often as its people; "Germans marched": people.
        sector = None if core[0].lower_ == "the" and len(bare) == 1 else "CVL"
        return Description(people.country_code, sector, people.name)
    place = places_by_token(core.doc).get(head.i)
    if place is None or place.country_code is None:
        return None
    if place.start > bare.start_char:
        return None
    country = gazetteer.countries.get(place.country_code)
    if country is not None and place.name == country.name:
        return Description(place.country_code, None, country.name)
    if any(e.is_capital and e.geonames_id == place.geonames_id for e in gazetteer.by_name.get(fold(place.text), ())):
        return Description(place.country_code, "GOV", country.name if country else None)
    return None


def _national(organisation: Organisation, start: int, span: Span, core: Span, depth: int) -> Description:
    """A named organisation, with the country of "Argentina's Senate" where the name alone would mean another's."""
    country = organisation.country_code
    before = core.doc[core.start : start]
    if organisation.sector != "IGO" and (country is None or organisation.sector in _NATIONAL):
        own = country_before_head(before, load_gazetteer(), load_actor_lexicon().peoples) if len(before) else None
        country = own or (_country_after_head(span, core[-1], depth) if span.end > core.end else None) or country
    name = organisation.name if country == organisation.country_code else None
    return Description(country, organisation.sector, name)


def _sector(span: Span, core: Span, head: Token, other: tuple[Organisation, int] | None, depth: int) -> str | None:
    lexicon = load_actor_lexicon()
    if not is_general(core, lexicon):
        return sector_of_role(core, other[0] if other else None, lexicon)
    found = role_sector(core, other, lexicon)
    if found is not None:
        return found
    for phrase in _complements(span, head, {"of", "for", "at", "from", "with"}):
        found = describe_phrase(phrase, depth + 1).sector
        if found:
            return found
    return sector_of_role(core, other[0] if other else None, lexicon)


def _country_after_head(span: Span, head: Token, depth: int) -> str | None:
    for phrase in _complements(span, head, _BELONGING):
        found = describe_phrase(phrase, depth + 1).country_code
        if found:
            return found
        place = places_by_token(span.doc).get(phrase.end - 1)
        if place is not None and place.country_code:
            return place.country_code
    return None


def _complements(span: Span, head: Token, prepositions: frozenset[str] | set[str]) -> Iterator[Span]:
    """The noun phrases after the head's prepositions, within `span`."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions and child.i < span.end:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.i < span.end:
                    yield span.doc[max(noun.left_edge.i, span.start) : min(noun.right_edge.i + 1, span.end)]
