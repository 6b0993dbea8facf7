"""The toponyms of a text with what each may mean, what stands beside it, and what the text calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.events.document import text_of
from pipeline.events.places.gazetteer import Entry, Gazetteer
from pipeline.events.places.mentions import Toponym
from pipeline.events.places.name_parts import base_names, is_nameless, kind_asked
from pipeline.events.places.names import fold
from pipeline.events.places.relations import Relation, relations_between

_NEXT_WORD = re.compile(r" ([a-z]+)")


@dataclass(frozen=True, slots=True)
class NamesInText:
    """Toponyms in the order of the text; the lists run side by side with them."""

    toponyms: Sequence[Toponym]
    keys: list[str]  # their folded names
    candidates: list[tuple[Entry, ...]]
    relations: list[Relation | None]
    kind_asked: dict[str, str]  # by folded name: "Anbar" is called a province somewhere


def names_in_text(doc: Doc, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> NamesInText:
    """Look up every toponym, each name once."""
    text = text_of(doc)
    keys = [fold(toponym.text) for toponym in toponyms]
    known: dict[tuple[str, bool], tuple[Entry, ...]] = {}
    asked: dict[str, str] = {}
    for toponym, key in zip(toponyms, keys, strict=True):
        if (key, toponym.nationality) not in known:
            known[key, toponym.nationality] = _candidates(toponym, gazetteer)
        after = _NEXT_WORD.match(text, toponym.end)
        kind = kind_asked(toponym.text) or (kind_asked(f"x {after[1]}") if after else None)
        if kind is not None:
            asked.setdefault(key, kind)
    candidates = [known[key, toponym.nationality] for toponym, key in zip(toponyms, keys, strict=True)]
    return NamesInText(toponyms, keys, candidates, relations_between(doc, toponyms), asked)


def _candidates(toponym: Toponym, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    if not toponym.nationality:
        entries = gazetteer.entries(toponym.text)
        if is_nameless(toponym.text):
            return tuple(entry for entry in entries if entry.is_listed)
        if entries:
            return entries
        for name, kinds in base_names(toponym.text):
            entries = tuple(entry for entry in gazetteer.entries(name) if entry.kind in kinds)
            if entries:
                return entries
    found = gazetteer.of_adjective(toponym.text)
    return (found,) if found else ()
