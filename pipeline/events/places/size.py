"""How likely a name alone means an entry, in units of log10(population): ten times as large a town outweighs 1."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.events.places.gazetteer import AIRPORT, AREA, COUNTRY, DISTRICT, REGION, TOWN, Entry

METROPOLIS = 1_000_000
_METROPOLIS_SHARE = 0.2  # of the people of the region that bears its name, as New York's
_LISTED = {COUNTRY: 12.0, AREA: 11.0, REGION: 11.0}
_DISTRICT, _AIRPORT = -1.5, 4.5
_TOWN_OF_SAME_NAME = -1.0  # a region is more often called "X province" than X where X is a town in it
_CAPITAL = 2.0
_OTHER_NAME = -1.5
_FEWEST_PEOPLE = 300  # GeoNames does not know the number of many villages


def size_of(entry: Entry) -> float:
    """The size of an entry by itself."""
    if entry.is_listed:
        return _LISTED[entry.kind]
    if entry.kind == AIRPORT:
        return _AIRPORT
    size = math.log10(max(entry.population, _FEWEST_PEOPLE))
    if entry.kind == DISTRICT:
        size += _DISTRICT
    if entry.is_other_name:
        size += _OTHER_NAME
    return size + _CAPITAL * entry.is_capital


def size_among(entry: Entry, entries: Sequence[Entry]) -> float:
    """The size of an entry among all that one name may mean."""
    if entry.kind != REGION:
        return size_of(entry)
    if entry.is_listed:
        return 0.0 if is_metropolis_too(entry, entries) else size_of(entry)
    has_town = any(e.kind == TOWN and not e.is_other_name and e.region_key == entry.region_key for e in entries)
    return size_of(entry) + _TOWN_OF_SAME_NAME * has_town


def is_metropolis_too(region: Entry, entries: Sequence[Entry]) -> bool:
    """Whether a region's name is first of all its metropolis's: New York, but not Quebec."""
    return region.kind == REGION and any(
        entry.kind == TOWN
        and entry.region_key == region.region_key
        and entry.population > max(METROPOLIS, _METROPOLIS_SHARE * region.population)
        for entry in entries
    )
