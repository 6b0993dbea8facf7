"""What a text tells of office holders: full names with the office, country and sector that the text gives them."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.events.actors.memory import Sighting, name_key
from pipeline.events.actors.persons import persons_of

# What somebody is without holding an office: worth nothing in the next article.
_NO_OFFICE = frozenset({"CVL", "REF", "AGR", "UAF", "CRM"})
_LONGEST_NAME_WORDS = 6


def sightings_of(doc: Doc) -> list[Sighting]:
    """The office holders of `doc`, by name; one for each person, none for those whom only the archive explains.

    A name of one word is no full mention, and an office without country is one only in a body of several states.
    """
    found: dict[str, Sighting] = {}
    for person in persons_of(doc).all:
        words = name_key(person.name).split()
        if person.known_from is not None or not 2 <= len(words) <= _LONGEST_NAME_WORDS:
            continue
        if person.sector is None or person.sector in _NO_OFFICE or not person.explained:
            continue
        if person.country_code is None and person.sector != "IGO":
            continue
        sighting = Sighting(person.name, person.office, person.country_code, person.sector)
        found.setdefault(" ".join(words), sighting)
    return [found[key] for key in sorted(found)]
