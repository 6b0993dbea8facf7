"""What the words of one noun phrase say of an actor: country, sector, name. The text around it is not asked.

The head noun decides what somebody is ("police officer"), a general head takes it from what stands beside it
("union leader", "head of the army"), and a few words decide for any head ("opposition lawmakers").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.events.actors.lexicon import ActorLexicon, Organisation, load_actor_lexicon
from pipeline.events.places import find_places
from pipeline.events.places.gazetteer import Gazetteer, fold, load_gazetteer
from pipeline.events.spans import Place

_PLACES_KEY = "dateline_places"
# "the president of France", "rebels in Syria": the noun after these says whose or where they are.
_BELONGING = frozenset({"of", "in", "from", "at", "for", "within", "across"})
# "Russian studies", "Middle East affairs": the subject of somebody's work, not where they belong.
_TOPICS = frozenset({"study", "studies", "affair", "affairs", "relation", "relations", "issue", "language", "history"})
_RANKS = frozenset({"deputy", "vice", "acting", "former", "senior", "assistant", "chief", "top", "interim"})
_MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Description:
    """Country (ISO alpha-3) and sector of an actor, and the name of the country or organisation that it is."""

    country_code: str | None = None
    sector: str | None = None
    name: str | None = None

    def or_else(self, other: Description) -> Description:
        """This, with the gaps filled from `other`."""
        return Description(
            self.country_code or other.country_code, self.sector or other.sector, self.name or other.name
        )


def places_by_token(doc: Doc) -> dict[int, Place]:
    """The places of `doc` by the index of their last token, nationality words included; found once a text."""
    if _PLACES_KEY not in doc.user_data:
        set_places(doc, find_places(doc, nationality_words=True))
    known: dict[int, Place] = doc.user_data[_PLACES_KEY]
    return known


def set_places(doc: Doc, places: Sequence[Place]) -> None:
    """Keep the places of `doc` for the descriptions to come, instead of finding them again."""
    known: dict[int, Place] = {}
    for place in places:
        span = doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None and len(span):
            known[span.end - 1] = place
    doc.user_data[_PLACES_KEY] = known


def describe_phrase(span: Span, depth: int = 0) -> Description:
    """What the phrase `span` says of the actor that it names."""
    lexicon, gazetteer = load_actor_lexicon(), load_gazetteer()
    if not len(span) or depth > _MAX_DEPTH:
        return Description()
    head = head_of(span)
    core = span.doc[_core_start(span, head) : head.i + 1]
    whole = _state_or_seat(span, core, gazetteer)
    if whole is not None:
        return whole
    organisation = _organisation_at_end(core, lexicon)
    sector = organisation.sector if organisation else _sector(span, core, head, lexicon, depth)
    country = organisation.country_code if organisation else None
    if organisation is None:
        other = _organisation_before(core, lexicon)
        if head.lower_ not in _TOPICS:
            country = _country_before_head(core, gazetteer, lexicon) or (other.country_code if other else None)
        sector = sector or (other.sector if other and head.lower_ in lexicon.general else None)
        country = country or _country_after_head(span, head, depth)
    return Description(country, sector, organisation.name if organisation else None)


def head_of(span: Span) -> Token:
    """The head of a phrase, out of "hundreds of workers" the workers."""
    head = span.root
    quantity = head.lemma_.lower() in {"hundred", "thousand", "dozen", "ten", "group", "number", "million", "score"}
    if quantity:
        for child in head.children:
            if child.lower_ == "of" and child.i < span.end:
                objects = [c for c in child.children if c.dep_ == "pobj" and c.i < span.end]
                if objects:
                    return objects[0]
    return head


def _core_start(span: Span, head: Token) -> int:
    """Where the head's own modifiers begin: commas, prepositions and verbs end them."""
    start = head.i
    while start > span.start and span.doc[start - 1].pos_ not in {"ADP", "VERB", "AUX", "SCONJ", "CCONJ", "SPACE"}:
        if span.doc[start - 1].text in {",", ";", ":", "(", ")"}:
            break
        start -= 1
    return start


def _state_or_seat(span: Span, core: Span, gazetteer: Gazetteer) -> Description | None:
    """A bare country has no sector; the seat of a government is the government."""
    name = fold(core.text.removesuffix("'s").removesuffix("’s"))
    code = gazetteer.by_seat.get(name)
    if code is not None:
        return Description(code, "GOV", gazetteer.countries[code].name)
    place = places_by_token(span.doc).get(core.end - 1)
    if place is None or place.country_code is None:
        return None
    country = gazetteer.countries.get(place.country_code)
    if country is not None and place.name == country.name and place.start <= core.start_char + 4:
        is_adjective = gazetteer.country_of_nationality(place.text) is not None
        return Description(place.country_code, "CVL" if is_adjective else None, country.name)
    return None


def _organisation_at_end(core: Span, lexicon: ActorLexicon) -> Organisation | None:
    """The longest known organisation that the phrase ends in."""
    for start in range(max(core.start, core.end - lexicon.longest_organisation_words - 2), core.end):
        words = core.doc[start : core.end].text
        found = lexicon.organisation(words) or lexicon.organisation(words.removesuffix("'s").removesuffix("’s"))
        if found:
            return found
    return None


def _organisation_before(core: Span, lexicon: ActorLexicon) -> Organisation | None:
    """A known organisation before the head: "Taliban fighters", "U.N. officials"."""
    for end in range(core.end - 1, core.start, -1):
        found = _organisation_at_end(core.doc[core.start : end], lexicon)
        if found:
            return found
    return None


def _sector(span: Span, core: Span, head: Token, lexicon: ActorLexicon, depth: int) -> str | None:
    modifiers = [token.lower_ for token in core[:-1]]
    for word in modifiers:
        if word in lexicon.overriding:
            return lexicon.overriding[word]
    role, length = _role_at_end(core, lexicon)
    noun = head.lower_ if head.lower_ in lexicon.general else _singular(head)
    if noun not in lexicon.general or length > 1:
        return role
    for end in range(core.end - 1, core.start, -1):
        before = core.doc[core.start : end]
        if before[-1].lower_ in _RANKS:
            continue
        field = lexicon.fields.get(before[-1].lower_)
        found = _role_at_end(before, lexicon)[0] or field
        if found:
            return found
    for phrase in _complements(span, head, {"of", "for", "at", "from", "with"}):
        found = describe_phrase(phrase, depth + 1).sector
        if found:
            return found
    return lexicon.general[noun] or role


def _role_at_end(core: Span, lexicon: ActorLexicon) -> tuple[str | None, int]:
    """The sector of the longest role phrase that `core` ends in, and its number of words."""
    words = [token.lower_ for token in core]
    if not words:
        return None, 0
    for length in range(min(lexicon.longest_role_words, len(words)), 0, -1):
        for last in (_singular(core[-1]), words[-1]):
            sector = lexicon.roles.get((*words[-length:-1], last))
            if sector:
                return sector, length
    return None, 0


def _singular(token: Token) -> str:
    """The singular of a noun; the parser leaves names as they are."""
    word: str = token.lemma_.lower() if token.pos_ != "PROPN" else token.lower_
    if token.pos_ == "PROPN" and word.endswith("s") and token.tag_ == "NNPS":
        return word[:-1]
    return word


def _country_before_head(core: Span, gazetteer: Gazetteer, lexicon: ActorLexicon) -> str | None:
    """The country of a nationality word, country or town among the modifiers; the one nearest the head wins."""
    places = places_by_token(core.doc)
    for index in range(core.end - 1, core.start - 1, -1):
        place = places.get(index)
        if place is not None and place.country_code:
            return place.country_code
        word = core.doc[index].text
        two_words = core.doc[max(index - 1, core.start) : index + 1].text
        if word[:1].isupper():
            named = gazetteer.country_named(two_words) or gazetteer.country_named(word)
            if named is not None:
                return named.country_code
        seat = gazetteer.by_seat.get(fold(word)) if word[:1].isupper() else None
        people = lexicon.peoples.get(word.lower())
        nationality = gazetteer.country_of_nationality(word) if word[:1].isupper() else None
        found = seat or people or (nationality.country_code if nationality else None)
        if found:
            return found
    return None


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
