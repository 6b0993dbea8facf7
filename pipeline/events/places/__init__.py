"""Toponyms become GeoNames places.

In: a parsed text. Out: `Place`s with coordinates, where we are sure enough. The gazetteer is an extract of
GeoNames with our own tables of countries, regions and areas. What may not enter: anything about who acts.
"""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.events.places.disambiguation import choose_entries
from pipeline.events.places.gazetteer import Entry, Gazetteer, load_gazetteer
from pipeline.events.places.mentions import Toponym, find_toponyms
from pipeline.events.spans import Place

__all__ = ["find_places", "find_places_and_nationalities"]


def find_places(doc: Doc, *, country_hint: str | None = None, nationality_words: bool = False) -> list[Place]:
    """The places of `doc`, by their place in the text, none overlapping another.

    Args:
        doc: from `parser.parse_text`.
        country_hint: ISO 3166 alpha-3 code of the source's country; it tips the balance between namesakes.
        nationality_words: also give words such as "Turkish", with their country's coordinates.

    A place that the gazetteer does not hold and that the text puts in none has a text and nothing else; continents and
    seas have neither country nor region.
    """
    without, together = find_places_and_nationalities(doc, country_hint=country_hint)
    return together if nationality_words else without


def find_places_and_nationalities(doc: Doc, *, country_hint: str | None = None) -> tuple[list[Place], list[Place]]:
    """What `find_places` gives without and with nationality words, found in one pass."""
    gazetteer = load_gazetteer()
    toponyms = find_toponyms(doc, gazetteer)
    chosen = choose_entries(doc, toponyms, gazetteer, country_hint)
    together = [_place(toponym, entry, gazetteer) for toponym, entry in zip(toponyms, chosen, strict=True)]
    without = [place for place, toponym in zip(together, toponyms, strict=True) if not toponym.nationality]
    return without, together


def _place(toponym: Toponym, entry: Entry | None, gazetteer: Gazetteer) -> Place:
    if entry is None:
        return Place(toponym.start, toponym.end, toponym.text, None, None, None, None, None)
    region = gazetteer.region_of(entry)
    return Place(
        toponym.start,
        toponym.end,
        toponym.text,
        entry.name,
        entry.latitude,
        entry.longitude,
        entry.country_code,
        entry.geonames_id,
        region.name if region else None,
        (region.iso_code or f"{region.country_code}.{region.region_code}") if region else None,
    )
