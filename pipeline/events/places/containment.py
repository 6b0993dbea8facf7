"""One place inside another: the town in the state that stands beside it, and what only the text places."""

from __future__ import annotations

import math

from pipeline.events.places.gazetteer import AIRPORT, AREA, COUNTRY, DISTRICT, REGION, TOWN, Entry

# A region without a code, or one place within another, reaches as far.
NEAR_KM = 150.0
POINTS = frozenset({TOWN, DISTRICT, AIRPORT})


def lies_inside(entry: Entry, holder: Entry) -> bool:
    """Whether `entry` lies in `holder`, by their codes; where one has none, by their distance."""
    if entry.country_code != holder.country_code or entry.kind in {COUNTRY, AREA} or entry is holder:
        return False
    if holder.kind == COUNTRY:
        return True
    if holder.region_code is None or entry.region_code is None:
        return kilometres(entry, holder) < NEAR_KM
    if entry.region_code != holder.region_code or entry.kind == REGION:
        return False
    return holder.kind == REGION or (entry.kind in POINTS and kilometres(entry, holder) < NEAR_KM)


def kilometres(one: Entry, other: Entry) -> float:
    """The distance of two entries along the great circle."""
    lat1, lng1, lat2, lng2 = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
