"""The gazetteer: every name we know of a country, region, town or airport, with the entries it may mean.

Towns of more than 500 people, first- and second-level regions and airports stand in an extract of GeoNames
(`geonames_extract`). Countries, regions that are no first-level region, and seas, rivers and other areas, with
nationality words and the names that stand for governments, stand in `lexicon/places/`. It is loaded once a process, in
a third of a second.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.events.lexicon_files import read_table
from pipeline.events.places.names import EXTRACT, fold

__all__ = ["AIRPORT", "AREA", "COUNTRY", "DISTRICT", "REGION", "TOWN", "Entry", "Gazetteer", "fold", "load_gazetteer"]

_INITIALS_LETTERS = 3

COUNTRY, REGION, DISTRICT, TOWN, AIRPORT, AREA = "country", "region", "district", "town", "airport", "area"
_SHORT_STATES = frozenset({"USA", "CAN", "AUS"})
_KINDS = {"R": REGION, "D": DISTRICT, "T": TOWN, "A": AIRPORT}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer. An area (a continent, a sea, a river) has no country."""

    kind: str
    name: str
    country_code: str | None  # ISO 3166 alpha-3
    latitude: float
    longitude: float
    geonames_id: int | None
    population: int
    region_code: str | None = None  # GeoNames admin1
    iso_code: str | None = None  # ISO 3166-2 of a first-level region
    is_capital: bool = False
    is_listed: bool = False  # in `lexicon/places/`: known to news readers by its name alone
    is_other_name: bool = False  # asked for by another name than its own

    @property
    def region_key(self) -> tuple[str | None, str | None]:
        """The first-level region it lies in, or is."""
        return self.country_code, self.region_code


@dataclass(slots=True)
class Gazetteer:
    """Names to entries. Keys are folded by `fold`."""

    lines: list[str] = field(default_factory=list)  # of the extract, in the order of names
    by_name: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))  # of `lexicon/places/`
    by_nationality: dict[str, Entry] = field(default_factory=dict)
    by_adjective: dict[str, Entry] = field(default_factory=dict)  # `Scottish`, `European`
    by_seat: dict[str, str] = field(default_factory=dict)  # capital or seat -> country code
    countries: dict[str, Entry] = field(default_factory=dict)  # by alpha-3 code
    regions: dict[tuple[str | None, str | None], Entry] = field(default_factory=dict)  # first-level, by `region_key`
    # States by the short form of addresses (ISO 3166-2 without the country): TX, ON, NSW.
    by_short_name: dict[str, Entry] = field(default_factory=dict)
    seen: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    longest_name_words: int = 5

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Everything that `name` may mean."""
        key = fold(name)
        found = self._entries(key)
        if name.isupper() and len(name) <= _INITIALS_LETTERS:  # "EU" is not the town of Eu
            state = self.by_short_name.get(name)
            if state is not None:
                return (state, *(entry for entry in found if entry.is_listed and entry.name != state.name))
            found = tuple(entry for entry in found if entry.is_listed)
        return found

    def _entries(self, key: str) -> tuple[Entry, ...]:
        found = self.seen.get(key)
        if found is None:
            listed = self.by_name.get(key, ())
            ids = {entry.geonames_id for entry in listed} - {None}
            found = (*listed, *(entry for entry in self._extracted(key) if entry.geonames_id not in ids))
            if len(self.seen) > _MOST_SEEN:
                self.seen.clear()
            self.seen[key] = found
        return found

    def _extracted(self, key: str) -> Iterator[Entry]:
        start = key + "\t"
        number = bisect_left(self.lines, start)
        while number < len(self.lines) and (line := self.lines[number]).startswith(start):
            fields = line.split("\t")
            if fields[1] == "=":
                yield replace(_entry(self.lines[int(fields[2])].split("\t")))
            elif fields[1] == "~":
                yield replace(_entry(self.lines[int(fields[2])].split("\t")), is_other_name=True)
            else:
                yield _entry(fields)
            number += 1

    def country_named(self, name: str) -> Entry | None:
        """The country of that name."""
        return next((entry for entry in self.by_name.get(fold(name), ()) if entry.kind == COUNTRY), None)

    def country_of_nationality(self, word: str) -> Entry | None:
        """The country of `Turkish`, `Turks`."""
        return self.by_nationality.get(fold(word))

    def of_adjective(self, word: str) -> Entry | None:
        """The country of `Turkish`, the region of `Scottish`, the area of `European`."""
        key = fold(word)
        return self.by_nationality.get(key) or self.by_adjective.get(key)

    def region_of(self, entry: Entry) -> Entry | None:
        """The first-level region that `entry` lies in, or is; None where that is not known."""
        return self.regions.get(entry.region_key)


_MOST_SEEN = 50_000


@cache
def load_gazetteer() -> Gazetteer:
    """Read the gazetteer."""
    gazetteer = Gazetteer()
    with gzip.open(EXTRACT, "rt", encoding="utf-8", newline="\n") as extract:
        gazetteer.lines = [line for line in extract.read().split("\n") if not line.startswith("#")]
    for line in gazetteer.lines:
        if "\tR\t" in line:
            region = _entry(line.split("\t"))
            gazetteer.regions[region.region_key] = region
    _add_countries(gazetteer)
    _add_regions(gazetteer)
    _add_areas(gazetteer)
    for region in gazetteer.regions.values():
        if region.country_code in _SHORT_STATES and region.iso_code:
            gazetteer.by_short_name[region.iso_code.partition("-")[2]] = region
    return gazetteer


def _entry(fields: list[str]) -> Entry:
    _, kind, name, country_code, region_code, latitude, longitude, geonames_id, population, last = fields
    return Entry(
        _KINDS[kind],
        name,
        country_code,
        float(latitude),
        float(longitude),
        int(geonames_id) if geonames_id else None,
        int(population),
        region_code or None,
        last if last and kind == "R" else None,
        is_capital=last == "capital",
    )


def _add_countries(gazetteer: Gazetteer) -> None:
    for row in read_table("places/countries.tsv"):
        code = row["code"]
        entry = Entry(
            COUNTRY,
            row["name"],
            code,
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["geonames_id"]),
            int(row["population"]),
            is_listed=True,
        )
        gazetteer.countries[code] = entry
        for name in {entry.name, *split_list(row["other_names"])}:
            gazetteer.by_name[fold(name)].append(entry)
        for word in split_list(row["nationality_words"]):
            gazetteer.by_nationality[fold(word)] = entry
        for seat in split_list(row["seats"]):
            gazetteer.by_seat[fold(seat)] = code


def _add_regions(gazetteer: Gazetteer) -> None:
    """Regions that readers know; those that GeoNames has as a first-level region get its id and codes."""
    for row in read_table("places/regions.tsv"):
        names = [row["name"], *split_list(row["other_names"])]
        known = next(
            (
                entry
                for name in names
                for entry in gazetteer.entries(name.removesuffix(" state"))
                if entry.kind == REGION and entry.country_code == row["country"] and not entry.is_listed
            ),
            None,
        )
        gazetteer.seen.clear()
        entry = Entry(
            REGION,
            row["name"],
            row["country"],
            float(row["latitude"]),
            float(row["longitude"]),
            known.geonames_id if known else None,
            known.population if known else 0,
            known.region_code if known else None,
            known.iso_code if known else None,
            is_listed=True,
        )
        if known:
            gazetteer.regions[known.region_key] = entry
        for name in names:
            gazetteer.by_name[fold(name)].append(entry)
        for word in split_list(row["adjectives"]):
            gazetteer.by_adjective[fold(word)] = entry


def _add_areas(gazetteer: Gazetteer) -> None:
    for row in read_table("places/areas.tsv"):
        entry = Entry(
            AREA,
            row["name"],
            None,
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["geonames_id"]) if row["geonames_id"] else None,
            0,
            is_listed=True,
        )
        for name in {entry.name, *split_list(row["other_names"])}:
            gazetteer.by_name[fold(name)].append(entry)
        for word in split_list(row["adjectives"]):
            gazetteer.by_adjective[fold(word)] = entry


def split_list(cell: str) -> list[str]:
    """The items of a table cell that are divided by semicolons."""
    return [item.strip() for item in cell.split(";") if item.strip()]
