"""What the text says of two toponyms side by side: one lies in the other, or near it.

"Paris, Texas", "a bakery in Paris", "Cairo's Abbasiya district", "Karak (Jordan)", "Kingston, south of Brisbane".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.events.document import text_of
from pipeline.events.places.mentions import Toponym

# What stands between the toponyms is looked at up to this length.
_MAX_BETWEEN = 60
_KIND_WORD = (
    r"(?:area|areas|region|province|district|county|neighbou?rhood|suburb|borough|quarter|city|town|village|port|state"
    r"|governorate|prefecture|camp|section)"
)
_IN_NEXT = re.compile(
    rf"\s*(?:,|\(|,?\s+(?:{_KIND_WORD}\s+)?(?:in|of)(?:\s+(?:the|{_KIND_WORD}\s+of|the\s+{_KIND_WORD}\s+of))?"
    rf"|,\s+(?:a|an|the)\s+(?:[a-z-]+\s+){{0,4}}{_KIND_WORD}\s+(?:in|of))\s*"
)
_OWNS_NEXT = re.compile(r"['’]s?\s+(?:[a-z-]+\s+){0,3}")
_COMPASS = (
    r"(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west)"
)
_NEAR_NEXT = re.compile(
    rf"\s*,?\s*(?:(?:about|some|just|around)\s+)?(?:[\d.,]+\s*(?:miles?|km|kms|kilomet(?:er|re)s?)\s+(?:\(.{{1,20}}\)\s+)?)?"
    rf"(?:to\s+the\s+)?(?:{_COMPASS}\s+of|from|outside|near|close\s+to|on\s+the\s+outskirts\s+of)\s+(?:the\s+)?"
    rf"(?:{_KIND_WORD}\s+of\s+)?",
)


@dataclass(frozen=True, slots=True)
class Relation:
    """The toponym with number `other` holds this one (`inside`), or lies near it."""

    other: int
    inside: bool


def relations_between(doc: Doc, toponyms: Sequence[Toponym]) -> list[Relation | None]:
    """For each toponym its relation to the one before or after it, None where the text states none."""
    text = text_of(doc)
    found: list[Relation | None] = [None] * len(toponyms)
    for index in range(len(toponyms) - 1):
        here, after = toponyms[index], toponyms[index + 1]
        if after.start - here.end > _MAX_BETWEEN or after.nationality:
            continue
        between = text[here.end : after.start]
        if here.nationality:
            continue
        if _IN_NEXT.fullmatch(between):
            found[index] = Relation(index + 1, inside=True)
        elif _NEAR_NEXT.fullmatch(between):
            found[index] = Relation(index + 1, inside=False)
        elif _OWNS_NEXT.fullmatch(between):
            found[index + 1] = Relation(index, inside=True)
    return found
