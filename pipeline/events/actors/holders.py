"""Office holders of the first rank, with the months in which they held office: `lexicon/actors/holders.tsv`.

Asked for names that an article explains nowhere, after the archive, which knows the later office. Somebody whose office
ended before the article's day is a former one (sector ELI); somebody whose office began after it is not known.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.errors import ConfigurationError
from pipeline.events.actors.memory import Remembered, name_key
from pipeline.events.lexicon_files import read_table

_TABLE = "actors/holders.tsv"
_NOBODY = "-"
# Sectors of offices that one leaves; a rebel or a cleric stays one.
_OFFICES_LEFT = frozenset({"GOV", "IGO", "LEG", "MIL"})


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one office. `last_day` is None where the office is not known to have been left."""

    name: str
    words: frozenset[str]
    country_code: str | None
    sector: str
    office: str
    first_day: date
    last_day: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the office was held on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def recall_holder(name: str, day: date | None) -> Remembered | None:
    """The holder whom `name` means in an article of `day`; None where nobody, or holders of several countries.

    Without a day it is not told whether somebody is in office: the office's own sector is given.
    """
    words = name_key(name).split()
    by_short_name, by_word = _holders()
    if len(words) == 1:
        found = list(by_short_name.get(words[0], ()))
    else:
        found = [h for h in by_word.get(words[-1], ()) if set(words) <= h.words or h.words <= set(words)]
    if day is not None:
        found = [holder for holder in found if holder.first_day <= day]
        found = [holder for holder in found if holder.holds_on(day)] or _latest(found)
    if len({holder.country_code for holder in found}) != 1:
        return None
    sectors = {_sector_on(holder, day) for holder in found}
    names = {holder.name for holder in found}
    if len(sectors) != 1:
        return None
    return Remembered(
        name=names.pop() if len(names) == 1 else name,
        country_code=found[0].country_code,
        sector=sectors.pop(),
        office=found[0].office if len({h.office for h in found}) == 1 else None,
    )


def _latest(holders: list[Holder]) -> list[Holder]:
    last = max((holder.last_day for holder in holders if holder.last_day), default=None)
    return [holder for holder in holders if holder.last_day == last]


def _sector_on(holder: Holder, day: date | None) -> str:
    former = day is not None and not holder.holds_on(day) and holder.sector in _OFFICES_LEFT
    return "ELI" if former else holder.sector


@cache
def _holders() -> tuple[dict[str, list[Holder]], dict[str, list[Holder]]]:
    """Holders by the one word that news uses, and by each word of the name."""
    by_short_name: dict[str, list[Holder]] = {}
    by_word: dict[str, list[Holder]] = {}
    for row in read_table(_TABLE):
        key = name_key(row["name"])
        holder = Holder(
            name=row["name"],
            words=frozenset(key.split()),
            country_code=None if row["country"] == _NOBODY else row["country"],
            sector=row["sector"],
            office=row["office"],
            first_day=_month(row["from"], row["name"], last=False),
            last_day=_month(row["until"], row["name"], last=True) if row["until"].strip() else None,
        )
        if row["short"] != _NOBODY:
            by_short_name.setdefault(name_key(row["short"]), []).append(holder)
        for word in holder.words:
            by_word.setdefault(word, []).append(holder)
    return by_short_name, by_word


def _month(words: str, name: str, *, last: bool) -> date:
    try:
        year, month = (int(part) for part in words.strip().split("-"))
        return date(year, month, monthrange(year, month)[1] if last else 1)
    except ValueError as error:
        raise ConfigurationError(f"{_TABLE}: {name}: expected a month such as 2009-01, got {words!r}") from error
