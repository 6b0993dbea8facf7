"""Names of places that the parser of entities overlooked, found by what stands beside them.

A dateline in capitals, a town before the abbreviation of its state ("Wainwright, Alta."), a name after "in" or
"near", the members of a list of places, the first part of "London-based".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from pipeline.events.document import capitalised_tokens
from pipeline.events.places.gazetteer import AIRPORT, AREA, TOWN, Gazetteer
from pipeline.events.places.name_parts import base_names

# Prepositions that only places, times and things stand after; "to" and "from" are followed by people too.
LOCATIVE = frozenset({"in", "near", "outside", "inside", "across", "throughout", "around", "within", "downtown"})
# What a place may be called before its name: "the town of Izmir", "the villages of Foua and Kafriya".
KIND_WORDS = frozenset(
    {
        "airport", "area", "borough", "city", "county", "district", "governorate", "island", "neighborhood",
        "neighbourhood", "outskirts", "police", "port", "province", "region", "resident", "state", "suburb", "town",
        "township", "village",
    }
)  # fmt: skip
_PARTS_OF_TOWNS = frozenset({"district", "neighborhood", "neighbourhood", "governorate", "suburb", "township"})
_NO_NAMES = frozenset({"congressional", "historic", "school", "business", "financial", "federal", "senate", "house"})
_PLURALS = frozenset({"cities", "counties"})
_WEAKLY_LOCATIVE = frozenset({"at", "from", "to"})
_LONGEST_NAME_TOKENS = 4
_DATELINE_LINES = 4
_DATELINE_LETTERS = 4
_TOWN_POPULATION = 5_000  # smaller ones are words and people's names as often as not
_CITY_POPULATION = 100_000
_LIST_SIGNS = frozenset({",", "and", "or", "&"})
_DATELINE_END = frozenset({",", "(", "-", "–", "—", "--", ":", "/"})
_HYPHENATED = re.compile(r"((?:[A-Z]\.){2,3}|[A-ZÀ-Þ][\w’']{2,}|U[KS])-[a-z]\w*")


def known_span(doc: Doc, start: int, gazetteer: Gazetteer, *, smallest: int = _TOWN_POPULATION) -> Span | None:
    """The longest name of a place of some size that begins at token `start` and that no further name follows."""
    end = start
    while end < len(doc) and end - start < _LONGEST_NAME_TOKENS and _is_name_token(doc[end]):
        end += 1
    if end == start or (end < len(doc) and _is_name_token(doc[end])):
        return None
    span = doc[start:end]
    return span if is_known(span.text, gazetteer, smallest) else None


def is_known(name: str, gazetteer: Gazetteer, smallest: int = 0) -> bool:
    """Whether the gazetteer has a place of that name; of towns, one of at least `smallest` people."""
    entries = list(gazetteer.entries(name))
    if not entries:
        entries = [e for bare, kinds in base_names(name) for e in gazetteer.entries(bare) if e.kind in kinds]
    return any(entry.kind != TOWN or entry.population >= smallest for entry in entries)


def is_kind_word(token: Token) -> bool:
    """Whether a word says what kind of place a name is, in the singular or plural."""
    return token.lower_ in KIND_WORDS or token.lower_.removesuffix("s") in KIND_WORDS or token.lower_ in _PLURALS


def _is_name_token(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ == "PROPN" and not token.is_space and token.ent_type_ != "DATE"


def datelines(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """The place in capitals that one of the first lines begins with: `DETROIT (Reuters) -`, `PLYMOUTH CO. -`."""
    start, lines = 0, 0
    while start < len(doc) and lines < _DATELINE_LINES:
        while start < len(doc) and doc[start].is_space:
            start += 1
        end = start
        while end < len(doc) and end - start < _LONGEST_NAME_TOKENS and _is_capitals(doc[end]):
            end += 1
        if start < end < len(doc) and len(doc[start].text) >= _DATELINE_LETTERS:
            follows = doc[end]
            span = doc[start:end]
            if (follows.text in _DATELINE_END or follows.text.istitle()) and is_known(span.text, gazetteer):
                yield span
        while end < len(doc) and "\n" not in doc[end].text_with_ws:
            end += 1
        start, lines = end + 1, lines + 1


def _is_capitals(token: Token) -> bool:
    return token.text.isupper() and token.text[0].isalpha()


def before_region(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """The town in `Dayton, Ohio`, `Lyon in France`, and the short form of its state too in `Wainwright, Alta.`."""
    for after in capitalised_tokens(doc):
        if after.i < 2:
            continue
        token = doc[after.i - 1]
        if token.text not in {",", "in"} or not _is_name_token(doc[token.i - 1]):
            continue
        region = _region_at(doc, token.i + 1, gazetteer)
        if region is None:
            continue
        span, countries, is_short = region
        start = token.i - 1
        while start > 0 and token.i - start < _LONGEST_NAME_TOKENS and _is_name_token(doc[start - 1]):
            start -= 1
        for begin in range(start, token.i):
            town = doc[begin : token.i]
            if any(entry.country_code in countries for entry in gazetteer.entries(town.text)):
                yield town
                if is_short and token.text == ",":
                    yield span
                break


def _region_at(doc: Doc, start: int, gazetteer: Gazetteer) -> tuple[Span, set[str | None], bool] | None:
    """A country or state at token `start`: its words, the countries it may lie in, whether it is a short form."""
    for length in (3, 2, 1):
        span = doc[start : start + length]
        name = span.text
        listed = [entry for entry in gazetteer.entries(name) if entry.is_listed and entry.kind != AREA]
        if listed:
            is_short = name.endswith(".") or (name.isupper() and len(name) in {2, 3})
            return span, {entry.country_code for entry in listed}, is_short
    return None


def after_locative(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """Known names after "in", "near", "outside (of)", "the town of"."""
    for name in capitalised_tokens(doc):
        start, smallest = name.i, _TOWN_POPULATION
        token = doc[start - 1] if start else name
        if token.lower_ == "of" and start > 1:
            token = doc[start - 2]
            if token.lower_ not in {"outside", "inside"} and not is_kind_word(token):
                continue
        elif token.lower_ in _WEAKLY_LOCATIVE:
            smallest = _CITY_POPULATION
            if doc[start].ent_type_ == "PERSON" and all(e.kind != AIRPORT for e in gazetteer.entries(doc[start].text)):
                continue
        elif token.lower_ not in LOCATIVE:
            continue
        span = known_span(doc, start, gazetteer, smallest=smallest)
        if span is not None:
            yield span


def beside_kind_word(doc: Doc) -> Iterator[Span]:
    """Names, known or not, that are said to be a place: `the Haram district`, `the villages of Foua and Kafriya`."""
    for token in capitalised_tokens(doc):
        start, end = token.i, token.i + 1
        if not _is_name_token(token) or (start and _is_name_token(doc[start - 1])):
            continue
        while end < len(doc) and end - start < _LONGEST_NAME_TOKENS and _is_name_token(doc[end]):
            end += 1
        is_before = end < len(doc) and doc[end].lower_ in _PARTS_OF_TOWNS
        is_after = start > 1 and doc[start - 1].lower_ == "of" and _is_settlement(doc[start - 2])
        if (is_before and doc[start:end].text.lower() not in _NO_NAMES) or is_after:
            yield doc[start:end]


def _is_settlement(token: Token) -> bool:
    return token.lower_ in {"city", "cities"} or token.lower_.removesuffix("s") in {"town", "village", "suburb"}


def list_members(doc: Doc, taken: bytearray, gazetteer: Gazetteer) -> Iterator[Span]:
    """Known names beside a toponym in a list: "Leeds, Hull and York"; `taken` marks tokens of toponyms with 1."""
    for token in _list_signs(doc):
        before, after = token.i - 1, token.i + 1
        if taken[before] == 1 and taken[after] != 1:
            span = known_span(doc, after, gazetteer)
            if span is not None and _ends_list_item(doc, span.end):
                yield span
        elif taken[after] == 1 and taken[before] != 1 and _is_name_token(doc[before]):
            start = before
            while start > 0 and before - start < _LONGEST_NAME_TOKENS and _is_name_token(doc[start - 1]):
                start -= 1
            span = doc[start : before + 1]
            if (
                is_known(span.text, gazetteer, _TOWN_POPULATION)
                and start > 0
                and doc[start - 1].pos_ in {"ADP", "PUNCT"}
            ):
                yield span


def _list_signs(doc: Doc) -> list[Token]:
    """Commas, "and" and "or" beside a word with a capital."""
    places = {i for token in capitalised_tokens(doc) for i in (token.i - 1, token.i + 1) if 0 < i < len(doc) - 1}
    return [token for token in (doc[i] for i in sorted(places)) if token.text in _LIST_SIGNS]


def _ends_list_item(doc: Doc, end: int) -> bool:
    return end >= len(doc) or doc[end].text in _LIST_SIGNS or doc[end].text in {".", ";", ")"} or doc[end].is_space


def hyphenated(doc: Doc, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Offsets of the place in `U.S.-led`, `London-based`, where it is one token."""
    for token in capitalised_tokens(doc):
        match = _HYPHENATED.fullmatch(token.text) if "-" in token.text else None
        if match and any(e.is_listed or e.population >= 100_000 for e in gazetteer.entries(match[1])):
            yield token.idx, token.idx + match.end(1)


def with_hyphened(span: Span | None, gazetteer: Gazetteer) -> Span | None:
    """The whole of a name with hyphens of which the parser found a part: "Newcastle-under-Lyme"."""
    if span is None:
        return None
    doc, end = span.doc, span.end
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2
    whole = doc[span.start : end]
    return whole if end > span.end and gazetteer.entries(whole.text) else span
