"""Which of the places of one name is meant: by its size, by what stands beside it, by the article's other places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.events.document import text_of
from pipeline.events.places.gazetteer import AREA, COUNTRY, REGION, TOWN, Entry, Gazetteer, fold
from pipeline.events.places.mentions import Toponym

# Weights in units of log10(population): a town ten times as large outweighs 1.
_COUNTRY_NAMED = 1.6  # the article names the entry's country, or a nationality word of it
_REGION_NAMED = 2.0  # the article names the entry's state
_CONTAINER_BESIDE = 6.0  # "Paris, Texas"
_COUNTRY_HINT = 1.2
_CAPITAL = 1.0
_OTHER_NAME = -1.5
# A country or region of that name, against towns of the same name.
_KIND = {COUNTRY: 9.0, AREA: 8.5, REGION: 6.2, TOWN: 0.0}
_METROPOLIS = 1_000_000
_PREFIXES = (
    "north ",
    "south ",
    "east ",
    "west ",
    "central ",
    "northern ",
    "southern ",
    "eastern ",
    "western ",
    "downtown ",
)
_SUFFIXES = (" city", " province", " state", " region", " district")


def choose_entries(
    doc: Doc, toponyms: Sequence[Toponym], gazetteer: Gazetteer, country_hint: str | None
) -> list[Entry | None]:
    """For each toponym the entry that is meant, None where the gazetteer has none or none is likely enough."""
    candidates = [_candidates(toponym, gazetteer) for toponym in toponyms]
    countries, regions = _named(toponyms, candidates)
    memory: dict[str, Entry | None] = {}  # one sense for each name in an article; None is an unknown one
    chosen: list[Entry | None] = []
    for index, toponym in enumerate(toponyms):
        container = _container(doc, toponyms, candidates, index)
        key = fold(toponym.text)
        if container is None and key in memory:
            chosen.append(memory[key])
            continue
        if container is not None and _is_elsewhere(candidates[index], candidates[index + 1], container):
            chosen.append(None)  # "Springfield, Yukon" is none of the Springfields that we know
            memory[key] = None
            continue
        best = _best(
            toponym,
            candidates[index],
            container=container,
            countries=countries,
            regions=regions,
            country_hint=country_hint,
        )
        if best is not None:
            if container is not None or key not in memory:
                memory[key] = best
            if best.country_code:
                countries[best.country_code] += 1
        chosen.append(best)
    # A name explained once ("Paris, Texas") keeps its sense where it stood before without an explanation.
    return [
        memory.get(fold(toponym.text), entry) if entry is not None else None
        for toponym, entry in zip(toponyms, chosen, strict=True)
    ]


def _candidates(toponym: Toponym, gazetteer: Gazetteer) -> list[Entry]:
    if toponym.nationality:
        country = gazetteer.country_of_nationality(toponym.text)
        return [country] if country else []
    name = fold(toponym.text)
    found = gazetteer.entries(toponym.text)
    for prefix in _PREFIXES:
        if not found and name.startswith(prefix):  # "East Azerbaijan" is no part of the country's coordinates
            found = [entry for entry in gazetteer.entries(name.removeprefix(prefix)) if entry.kind in {TOWN, REGION}]
    for suffix in _SUFFIXES:
        found = found or gazetteer.entries(name.removesuffix(suffix))
    if not found:
        country = gazetteer.country_of_nationality(name)
        found = [country] if country else []
    return list(found)


def _named(toponyms: Sequence[Toponym], candidates: Sequence[Sequence[Entry]]) -> tuple[Counter[str], Counter[str]]:
    """Countries and states that the article names without doubt, with how often."""
    countries: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for entries in candidates:
        kinds = {entry.kind for entry in entries}
        if COUNTRY in kinds and REGION not in kinds:
            countries.update(entry.country_code for entry in entries if entry.kind == COUNTRY and entry.country_code)
        for entry in entries:
            if entry.kind == REGION and COUNTRY not in kinds and entry.country_code:
                countries[entry.country_code] += 1
                if entry.region_code:
                    regions[f"{entry.country_code}.{entry.region_code}"] += 1
        large = [entry for entry in entries if entry.kind == TOWN and entry.population > 1_000_000]
        if len(entries) == 1 and large and large[0].country_code:
            countries[large[0].country_code] += 1
    return countries, regions


def _container(
    doc: Doc, toponyms: Sequence[Toponym], candidates: Sequence[Sequence[Entry]], index: int
) -> Entry | None:
    """The country or region in "Paris, Texas" or "a town in Texas" right after the toponym."""
    if index + 1 >= len(toponyms) or toponyms[index].nationality or toponyms[index + 1].nationality:
        return None
    between = text_of(doc)[toponyms[index].end : toponyms[index + 1].start].strip()
    if between not in {",", "in", ", in", "("}:
        return None
    return next((entry for entry in candidates[index + 1] if entry.kind in {COUNTRY, REGION}), None)


def _is_elsewhere(entries: Sequence[Entry], container_entries: Sequence[Entry], container: Entry) -> bool:
    """Whether all that we know of a name lies outside the region beside it. "Boston, New York" may be a list."""
    is_town_too = any(entry.kind == TOWN and entry.population > _METROPOLIS for entry in container_entries)
    only_towns = bool(entries) and all(entry.kind == TOWN for entry in entries)
    return (
        container.kind == REGION
        and only_towns
        and not is_town_too
        and not any(_inside(entry, container) for entry in entries)
    )


def _best(
    toponym: Toponym,
    entries: Sequence[Entry],
    *,
    container: Entry | None,
    countries: Counter[str],
    regions: Counter[str],
    country_hint: str | None,
) -> Entry | None:
    best, best_score = None, -math.inf
    name = fold(toponym.text)
    for entry in entries:
        score = _KIND[entry.kind] + math.log10(max(entry.population, 1000))
        if entry.kind == COUNTRY:
            score = _KIND[COUNTRY]
        if fold(entry.name) != name and entry.kind == TOWN:
            score += _OTHER_NAME
        if entry.country_code and entry.country_code in countries:
            score += _COUNTRY_NAMED + 0.2 * min(countries[entry.country_code], 5)
        if entry.region_code and f"{entry.country_code}.{entry.region_code}" in regions and entry.kind == TOWN:
            score += _REGION_NAMED
        if container is not None and _inside(entry, container):
            score += _CONTAINER_BESIDE
        if country_hint is not None and entry.country_code == country_hint:
            score += _COUNTRY_HINT
        score += _CAPITAL * entry.is_capital
        if score > best_score:
            best, best_score = entry, score
    return best


def _inside(entry: Entry, container: Entry) -> bool:
    if entry.country_code != container.country_code or entry.kind == COUNTRY:
        return False
    return container.kind == COUNTRY or container.region_code is None or entry.region_code == container.region_code
