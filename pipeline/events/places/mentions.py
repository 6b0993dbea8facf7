"""Which words of a text name a place: named entities of the parser, and names that only a place can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from pipeline.events.document import capitalised_tokens, entity_around, is_whole_entity, text_of
from pipeline.events.lexicon_files import read_lines
from pipeline.events.places.doubt import (
    is_doubtful,
    is_namesake_of_area,
    is_person,
    is_treated_as_place,
    people_named,
    speaks,
    stands_for_government,
)
from pipeline.events.places.gazetteer import AREA, COUNTRY, DISTRICT, Gazetteer
from pipeline.events.places.name_parts import kind_asked
from pipeline.events.places.names import fold
from pipeline.events.places.overlooked import (
    after_locative,
    before_region,
    beside_kind_word,
    datelines,
    hyphenated,
    list_members,
    with_hyphened,
)

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NEVER_PLACES = frozenset({"EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "DATE", "LANGUAGE"})
_NAME_LABELS = frozenset({"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT"})
# A town of this size is a place even where the parser saw no entity.
_FAMOUS_POPULATION = 1_000_000
_LONGEST_NAME_TOKENS = 6
_LOCAL_BODY_POPULATION = 20_000
_PUBLISHERS = frozenset({"times", "post", "news", "journal", "herald", "star", "globe", "tribune", "today", "daily"})
# What stands at a token: nothing, a toponym, a person's or other name, an organisation's name.
_FREE, _TAKEN, _IN_NAME, _IN_ORGANISATION = range(4)
_LEADING = frozenset({"the", "'s", "’s", "central", "downtown", "greater"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in the text; `nationality` where it is a word such as `Turkish`."""

    start: int
    end: int
    text: str
    nationality: bool = False


def find_toponyms(doc: Doc, gazetteer: Gazetteer) -> list[Toponym]:
    """Toponyms of `doc`, nationality words among them, by their place in the text, none overlapping another."""
    taken = bytearray(len(doc))
    people = people_named(doc)
    sure = [*datelines(doc, gazetteer), *before_region(doc, gazetteer)]
    spans = _take([], sure, taken)
    spans = _take(spans, _entities(doc, gazetteer, taken), taken)
    spans = _take(spans, _known_names(doc, gazetteer, taken), taken)
    for overlooked in (after_locative(doc, gazetteer), beside_kind_word(doc), list_members(doc, taken, gazetteer)):
        spans = _take(spans, (s for s in overlooked if _is_free(s, taken) and not is_person(s, people)), taken)
    spans = _without_doubtful(spans, sure, gazetteer, people)
    found = [_toponym(span) for span in spans]
    found.extend(_repeated_names(doc, found, taken))
    text = text_of(doc)
    found.extend(Toponym(start, end, text[start:end]) for start, end in hyphenated(doc, gazetteer))
    found.extend(_nationality_words(doc, gazetteer, taken))
    return _apart(found)


def _take(spans: list[Span], new: Iterable[Span], taken: bytearray) -> list[Span]:
    """`spans` and those of `new` that overlap none; their tokens are marked."""
    for span in new:
        if _TAKEN not in taken[span.start : span.end]:
            spans.append(span)
            taken[span.start : span.end] = bytes([_TAKEN]) * len(span)
    return spans


def _entities(doc: Doc, gazetteer: Gazetteer, taken: bytearray) -> list[Span]:
    """The places among the parser's entities; the tokens of other names are marked in `taken`."""
    found: list[Span] = []
    for entity in doc.ents:
        if entity.label_ in _PLACE_LABELS:
            span = with_hyphened(_without_leading_words(entity), gazetteer)
            if span is not None and _may_be_place(span, gazetteer):
                found.append(span)
        elif entity.label_ in _NAME_LABELS and not _is_country(entity, gazetteer):
            # A person's name holds no place; in an organisation's ("Kentucky State Police") a region may stand.
            mark = _IN_ORGANISATION if entity.label_ == "ORG" else _IN_NAME
            for index in range(entity.start, entity.end):
                taken[index] = taken[index] or mark
    return found


def _is_free(span: Span, taken: bytearray) -> bool:
    """Whether no toponym stands there, and no other name that is longer than `span`."""
    if _TAKEN in taken[span.start : span.end]:
        return False
    entity = entity_around(span[0])
    if entity is None:
        return True
    return entity.label_ not in _NEVER_PLACES and entity.start == span.start and entity.end <= span.end


def _apart(found: list[Toponym]) -> list[Toponym]:
    """By their place in the text, without those that overlap an earlier one."""
    apart: list[Toponym] = []
    for toponym in sorted(found, key=lambda toponym: (toponym.start, -toponym.end)):
        if not apart or toponym.start >= apart[-1].end:
            apart.append(toponym)
    return apart


def _without_doubtful(spans: list[Span], sure: list[Span], gazetteer: Gazetteer, people: frozenset[str]) -> list[Span]:
    """Leave out names that only the parser takes for places, and that the article nowhere treats as one."""
    treated = {span.text for span in sure}
    doubtful = {}
    for span in spans:
        if span.text not in doubtful:
            doubtful[span.text] = is_doubtful(span, gazetteer)
        if doubtful[span.text] and (
            span[0].ent_type_ == "FAC" or is_treated_as_place(span) or _is_before_region(span, gazetteer)
        ):
            treated.add(span.text)
    return [
        span
        for span in spans
        if not doubtful[span.text]
        or (span.text in treated and not is_person(span, people))
        or (bool(gazetteer.entries(span.text)) and not speaks(span) and not is_person(span, people))
    ]


def _is_before_region(span: Span, gazetteer: Gazetteer) -> bool:
    """ "Holliday, Missouri", "Kafriya in Idlib" """
    doc = span.doc
    if span.end + 1 >= len(doc) or doc[span.end].text not in {",", "(", "in"}:
        return False
    return any(
        entry.is_listed and entry.kind != AREA
        for length in (1, 2)
        for entry in gazetteer.entries(doc[span.end + 1 : span.end + 1 + length].text)
    )


def _is_country(entity: Span, gazetteer: Gazetteer) -> bool:
    return any(entry.kind in {COUNTRY, AREA} for entry in gazetteer.by_name.get(fold(entity.text), ()))


def _without_leading_words(entity: Span) -> Span | None:
    """`entity` without "the", a possessive at its end, and white space."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and (doc[start].lower_ in _LEADING or doc[start].is_space or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].is_space):
        end -= 1
    return doc[start:end] if start < end else None


def _may_be_place(span: Span, gazetteer: Gazetteer) -> bool:
    """Names hold letters and do not begin in lower case."""
    if span.text[0].islower() or not any(token.text[0].isalpha() for token in span):
        return False
    namesake = fold(span.text) in _not_places() or is_namesake_of_area(span, gazetteer)
    return not (namesake or stands_for_government(span, gazetteer))


@cache
def _not_places() -> frozenset[str]:
    return frozenset(fold(name) for name in read_lines("places/not_places.txt"))


def _known_names(doc: Doc, gazetteer: Gazetteer, taken: bytearray) -> Iterator[Span]:
    """Countries, regions, areas and very large towns that the parser overlooked."""
    for token in capitalised_tokens(doc):
        if taken[token.i] in {_TAKEN, _IN_NAME} or token.lower_ == "the":
            continue
        for length in range(min(gazetteer.longest_name_words, len(doc) - token.i), 0, -1):
            span = doc[token.i : token.i + length]
            marks = set(taken[span.start : span.end])
            if marks & {_TAKEN, _IN_NAME} or span[-1].is_space or "\n" in span.text:
                continue
            stands = _stands_alone(span, gazetteer)
            if stands and (marks == {_FREE} or _begins_organisation(span)):
                yield span
                break


def _repeated_names(doc: Doc, found: list[Toponym], taken: bytearray) -> list[Toponym]:
    """The same names again where the parser overlooked them: a word is one place throughout an article."""
    names = {toponym.text for toponym in found if not toponym.nationality}
    names |= {name.upper() for name in names} | {name.title() for name in names if name.isupper()}
    # A token may be a part of a name's first word ("U.S" of "U.S.-led") only where the name is no token by itself.
    first_words = {word for name in names for word in (name.split()[0], name.split()[0].partition("-")[0])}
    longest = min(max((len(name.split()) for name in names), default=0), _LONGEST_NAME_TOKENS)
    again = []
    for token in capitalised_tokens(doc):
        if token.text not in first_words:
            continue
        for length in range(min(longest, len(doc) - token.i), 0, -1):
            span = doc[token.i : token.i + length]
            if span.text not in names or _TAKEN in taken[span.start : span.end]:
                continue
            if all(inner.ent_type_ in {"", "ORG"} for inner in span) or is_whole_entity(span):
                taken[span.start : span.end] = bytes([_TAKEN]) * length
                again.append(_toponym(span))
                break
    return again


def _stands_alone(span: Span, gazetteer: Gazetteer) -> bool:
    name = span.text
    if len(name) < 4 and not ("." in name or name.isupper()):
        return False
    if name.isupper() and len(name) == 2 and name not in {"US", "UK"}:
        return False
    entries = gazetteer.entries(name)
    if not entries or is_namesake_of_area(span, gazetteer) or stands_for_government(span, gazetteer):
        return False
    for entry in entries:
        if entry.is_listed and name != name.lower():
            return True
        if entry.population >= _FAMOUS_POPULATION and span[0].pos_ == "PROPN" and not _beside_name(span):
            return True
        if entry.kind == DISTRICT and len(span) > 1 and kind_asked(name) == DISTRICT:
            return True
    return _names_local_body(span, gazetteer)


def _names_local_body(span: Span, gazetteer: Gazetteer) -> bool:
    """ "Leeds Crown Court", "Bergen Airport": a town of some size before a word for what towns have."""
    doc = span.doc
    words = {token.text for token in span}
    if (
        span.end >= len(doc)
        or doc[span.end].text not in _local_bodies()
        or words & _local_bodies()
        or span[0].ent_type_ not in {"ORG", "FAC", ""}
    ):
        return False
    if span.start and doc[span.start - 1].pos_ == "PROPN" and doc[span.start - 1].text[:1].isupper():
        return False
    return any(entry.population >= _LOCAL_BODY_POPULATION for entry in gazetteer.entries(span.text))


@cache
def _local_bodies() -> frozenset[str]:
    return frozenset(read_lines("places/local_bodies.txt"))


def _beside_name(span: Span) -> bool:
    """Whether another capitalised word of the same name stands beside: `Lima Bean`, `Jack London`."""
    before = span.doc[span.start - 1] if span.start else None
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return any(token is not None and token.pos_ == "PROPN" and token.text[:1].isupper() for token in (before, after))


def _begins_organisation(span: Span) -> bool:
    """ "Kentucky State Police", "University of Texas", but not "Bank of America" or "New York Times"."""
    entity = entity_around(span[0])
    if entity is None or entity[-1].lower_ in _PUBLISHERS:
        return False
    start = entity.start + (entity[0].lower_ == "the")
    after_of = span.start > entity.start and span.doc[span.start - 1].lower_ == "of"
    return (span.start == start or after_of) and entity[0].lower_ not in {"bank"}


def _nationality_words(doc: Doc, gazetteer: Gazetteer, taken: bytearray) -> Iterator[Toponym]:
    for token in capitalised_tokens(doc):
        if taken[token.i] in {_TAKEN, _IN_NAME} or token.lower_ == "the":
            continue
        span = doc[token.i : token.i + 2]
        if len(span) == 2 and taken[token.i + 1] not in {_TAKEN, _IN_NAME} and gazetteer.of_adjective(span.text):
            taken[span.start : span.end] = bytes([_TAKEN]) * 2
            yield _toponym(span, nationality=True)
        elif gazetteer.of_adjective(token.text) and _is_nationality(token):
            taken[token.i] = _TAKEN
            yield _toponym(doc[token.i : token.i + 1], nationality=True)


def _is_nationality(token: Token) -> bool:
    """`Polish` and `Turkish`, but not `Male` or `Pole` where they begin a sentence and mean something else.

    In the plural they are people: "Turks" is no place.
    """
    if token.tag_ in {"NNS", "NNPS"} or token.ent_type_ == "LANGUAGE":  # "in Turkish"
        return False
    return token.pos_ in {"ADJ", "PROPN", "NOUN"} and (token.ent_type_ == "NORP" or not token.is_sent_start)


def _toponym(span: Span, *, nationality: bool = False) -> Toponym:
    return Toponym(span.start_char, span.end_char, span.text, nationality)
