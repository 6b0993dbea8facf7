"""The parts of a place's name: compass words before it, and words that say what kind of place it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.events.places.gazetteer import AREA, DISTRICT, REGION, TOWN
from pipeline.events.places.names import fold

_COMPASS = (
    r"(?:north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|north-?east(?:ern)?|north-?west(?:ern)?"
    r"|south-?east(?:ern)?|south-?west(?:ern)?|central|upper|lower|inner|outer|greater|downtown|upstate|rural|mid|far)"
)
_BEFORE = re.compile(rf"(?:{_COMPASS}[ -])+")
_NAMELESS = re.compile(rf"(?:{_COMPASS}|coast|side|end|hills?|valley|coastal|interior|region|city|county|[ -])+")
_TITLE_BEFORE = re.compile(r"(?:city|town|village|county|province|state|district|municipality|island) of ")
_KIND_AFTER = {
    REGION: re.compile(r" (?:province|state|region|governorate|oblast|prefecture|republic|territory)$"),
    DISTRICT: re.compile(r" (?:county|co\.?|district|borough|parish|municipality)$"),
    TOWN: re.compile(r" (?:city|town|village|area|township)$"),
}


def kind_asked(name: str) -> str | None:
    """The kind of place that a name says itself: a region for "Anbar province", None for most."""
    key = fold(name)
    return next((kind for kind, pattern in _KIND_AFTER.items() if pattern.search(key)), None)


def is_nameless(name: str) -> bool:
    """Whether a name says only where in something a place lies: "South East", "Central Coast"."""
    return _NAMELESS.fullmatch(fold(name)) is not None


def base_names(name: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Shorter names under which a place may be known, best first, each with the kinds that it may then be.

    "East Azerbaijan" is no part of the country's coordinates, so a name without its compass word is no country.
    """
    key = fold(name)
    for pattern in _KIND_AFTER.values():
        bare = pattern.sub("", key)
        if bare != key:
            yield bare, frozenset({TOWN, DISTRICT, REGION})
    titled = _TITLE_BEFORE.sub("", key, count=1)
    if titled != key:
        yield titled, frozenset({TOWN, DISTRICT, REGION})
    bare = _BEFORE.sub("", key, count=1)
    if bare and bare != key:
        yield bare, frozenset({TOWN, DISTRICT, REGION, AREA})
