"""Which of the places of one name is meant: by its size, by what stands beside it, by the article's other places.

A name has one sense in an article, but where the text itself says otherwise ("Paris, Texas, and Paris, France").
First every name is weighed by size and by the countries and regions that the article names; then once more by how
near its candidates lie to what the other names turned out to be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.events.places.containment import NEAR_KM, POINTS, kilometres
from pipeline.events.places.evidence import Evidence, gather_evidence
from pipeline.events.places.gazetteer import AREA, COUNTRY, DISTRICT, REGION, TOWN, Entry, Gazetteer
from pipeline.events.places.mentions import Toponym
from pipeline.events.places.names_in_text import NamesInText, names_in_text
from pipeline.events.places.size import size_among
from pipeline.events.places.told import by_container, place_the_unknown

# Weights in units of log10(population).
_KIND_ASKED = 5.0  # "X province", "X County"
_BESIDE_NEAR = 4.0  # "Kingston, south of Brisbane"
_NEAR_OTHERS = 2.0
# A village whose country the article does not touch is more likely an unknown place.
_VILLAGE = 10_000
_MOST_NAMES = 150  # an article has fewer; lists of places are weighed by size, country and region alone


def choose_entries(
    doc: Doc, toponyms: Sequence[Toponym], gazetteer: Gazetteer, country_hint: str | None
) -> list[Entry | None]:
    """For each toponym the entry that is meant, None where the gazetteer has none or none is likely enough.

    A toponym that the gazetteer does not hold, or not there, lies where the text puts it: in "Cedar Road, Leeds" both
    are Leeds.
    """
    names = names_in_text(doc, toponyms, gazetteer)
    forced = by_container(names)
    evidence = gather_evidence(names.candidates, forced, country_hint)
    senses = _senses(names, forced, evidence)
    chosen = [forced.get(index) or senses.get(key) for index, key in enumerate(names.keys)]
    place_the_unknown(names, chosen, senses, gazetteer)
    return chosen


def _senses(names: NamesInText, forced: dict[int, Entry], evidence: Evidence) -> dict[str, Entry]:
    """One sense for each name, first by size and evidence, then also by nearness to the other names' senses."""
    senses: dict[str, Entry] = {}
    for index, entry in forced.items():
        senses.setdefault(names.keys[index], entry)
    open_names: dict[str, tuple[Entry, ...]] = {}
    beside: dict[str, str] = {}
    for index, key in enumerate(names.keys):
        if key not in senses and names.candidates[index]:
            open_names.setdefault(key, names.candidates[index])
        relation = names.relations[index]
        if relation is not None and index not in forced:
            beside.setdefault(key, names.keys[relation.other])
    for round_ in range(2):
        points = {key: entry for key, entry in senses.items() if entry.kind in POINTS} if round_ else {}
        if len(points) > _MOST_NAMES:
            break
        for key, entries in open_names.items():
            others = [entry for other, entry in points.items() if other != key]
            near = senses.get(beside.get(key, ""))
            best = _best(entries, names.kind_asked.get(key), evidence, [others, [near] if near else []])
            if best is None:
                senses.pop(key, None)
            else:
                senses[key] = best
    return senses


def _best(
    entries: Sequence[Entry], asked: str | None, evidence: Evidence, neighbours: Sequence[Sequence[Entry]]
) -> Entry | None:
    """The likeliest entry. `neighbours` are the article's other places, and the one that stands beside the name."""
    others, near = neighbours
    best, best_score, best_support = None, -math.inf, 0.0
    for entry in entries:
        support = evidence.support(entry)
        if others and entry.kind not in {COUNTRY, AREA}:
            distance = min(kilometres(entry, other) for other in others)
            support += _NEAR_OTHERS * math.exp(-distance / NEAR_KM)
        if any(entry is not other and kilometres(entry, other) < NEAR_KM for other in near):
            support += _BESIDE_NEAR
        score = size_among(entry, entries) + _weight_of_kind(entry, asked) + support
        if score > best_score:
            best, best_score, best_support = entry, score, support
    is_village = best is not None and best.kind == TOWN and best.population < _VILLAGE
    if is_village and evidence.countries and not best_support:
        return None
    return best


def _weight_of_kind(entry: Entry, asked: str | None) -> float:
    if asked == entry.kind:
        return _KIND_ASKED
    if asked == DISTRICT and entry.kind == REGION:  # news calls many a first-level region a district
        return _KIND_ASKED / 2
    return 0.0
