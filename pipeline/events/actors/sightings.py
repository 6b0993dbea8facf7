"""What a text tells of office holders: full names with the office, country and sector that the text gives them."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.events.actors.memory import Sighting, name_key, short_name
from pipeline.events.actors.persons import persons_of

# What somebody is without holding an office: worth nothing in the next article.
_NO_OFFICE = frozenset({"CVL", "REF", "AGR", "UAF", "CRM"})
_LONGEST_NAME_WORDS = 6


def sightings_of(doc: Doc) -> list[Sighting]:
    """The office holders of `doc`, by name; one for each person, none for those whom only the archive explains.

    A name of one word is no full mention, and an office without country is one only in a body of several states.
    """
    found: dict[str, Sighting] = {}
    alone = _names_of_one_word(doc)
    for person in persons_of(doc).all:
        words = name_key(person.name).split()
        if person.known_from is not None or not 2 <= len(words) <= _LONGEST_NAME_WORDS:
            continue
        if person.sector is None or person.sector in _NO_OFFICE or not person.explained:
            continue
        if person.country_code is None and person.sector != "IGO":
            continue
        short = short_name(person.name, person.country_code)
        if words[0] in alone and words[-1] not in alone:
            short = words[0]  # the article itself goes on with the first word: "Li said"
        elif words[-1] in alone and words[0] not in alone:
            short = words[-1]
        sighting = Sighting(person.name, short, person.office, person.country_code, person.sector)
        found.setdefault(" ".join(words), sighting)
    return [found[key] for key in sorted(found)]


def _names_of_one_word(doc: Doc) -> set[str]:
    """Proper nouns of the text that stand without another one beside them, in lower case; "Mr" is none."""
    found = set()
    for token in doc:
        before = doc[token.i - 1] if token.i else None
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        beside = [t for t in (before, after) if t is not None and t.pos_ == "PROPN" and name_key(t.text)]
        if token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN"} and not beside:
            found.add(token.lower_)
    return found
