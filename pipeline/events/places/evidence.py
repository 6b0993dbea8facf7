"""Where an article plays: the countries and first-level regions that it names without doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.events.places.gazetteer import REGION, Entry
from pipeline.events.places.size import METROPOLIS, is_metropolis_too

# Weights in units of log10(population): for being named at all, and on top of it for being the only one.
_COUNTRY_NAMED = (1.0, 2.0)
_REGION_NAMED = (1.2, 1.8)
_COUNTRY_HINT = 1.2


@dataclass(slots=True)
class Evidence:
    """How often an article names countries (alpha-3) and regions (`Entry.region_key`)."""

    country_hint: str | None
    countries: Counter[str | None] = field(default_factory=Counter)
    regions: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)

    def support(self, entry: Entry) -> float:
        """How much the article speaks for a place there, in units of log10(population)."""
        weight = 0.0
        if entry.country_code in self.countries:
            share = self.countries[entry.country_code] / self.countries.total()
            weight += _COUNTRY_NAMED[0] + _COUNTRY_NAMED[1] * share
        if entry.kind != REGION and entry.region_key in self.regions:
            share = self.regions[entry.region_key] / self.regions.total()
            weight += _REGION_NAMED[0] + _REGION_NAMED[1] * share
        if self.country_hint is not None and entry.country_code == self.country_hint:
            weight += _COUNTRY_HINT
        return weight


def gather_evidence(
    candidates: Sequence[Sequence[Entry]], forced: dict[int, Entry], country_hint: str | None
) -> Evidence:
    """The evidence of toponyms that can only mean one place, or whose place the text says (`forced`)."""
    evidence = Evidence(country_hint)
    for index, entries in enumerate(candidates):
        sure = forced.get(index) or _only_sense(entries)
        if sure is not None and sure.country_code:
            evidence.countries[sure.country_code] += 1
            if sure.region_code:
                evidence.regions[sure.region_key] += 1
    return evidence


def _only_sense(entries: Sequence[Entry]) -> Entry | None:
    listed = [entry for entry in entries if entry.is_listed and entry.country_code]
    if len(listed) == 1 and not is_metropolis_too(listed[0], entries):
        return listed[0]
    if len(entries) == 1 and not listed and (entries[0].population > METROPOLIS or entries[0].is_capital):
        return entries[0]
    return None
