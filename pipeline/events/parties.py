"""The two sides of an event as far as they tell one happening from another.

`relation` says how well two descriptions go together: "police" may be the "Kenyan police" of another report and
cannot be the "Ugandan army". It knows no more than what the mentions say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.events.places.gazetteer import load_gazetteer
from pipeline.events.spans import Actor

# Whoever acts for a state. A bare country is one of them.
STATE: Final = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
# Said of anybody: "people", "workers"; says nothing against a more exact word.
_GENERAL = frozenset({"CVL"})
_ARTICLES = frozenset({"the", "a", "an", "some", "several", "about", "nearly", "almost", "more", "than", "over"})
_TO_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_NUMBERS: Final = {word: number for number, word in enumerate(_TO_TWENTY.split(" "), start=1)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_DIGITS = re.compile(r"\d[\d,]*")

# What two descriptions have in common, on the scale of `likeness`.
SAME_NAME = 3.0
SAME_COUNTRY = 1.5
SAME_SECTOR = 1.0
STATE_AND_ITS_ARM = 0.5  # "Peru" and "the Peruvian navy"
SAME_NUMBER = 1.0
OTHER_NUMBER = -0.5
OTHER_SECTOR = -1.0


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event. `name` is a proper name in lower case, None for a country's own name and common nouns."""

    country_code: str | None
    sector: str | None  # a bare state has GOV
    name: str | None
    count: int | None  # "nine villagers": 9
    words: str  # as the text has them, in lower case

    @property
    def identified(self) -> bool:
        """Whether it can be told from another of its kind wherever it is named."""
        return self.country_code is not None or self.name is not None


def party_of(actor: Actor | None) -> Party | None:
    """The party that an actor or recipient is; None where nobody is named."""
    if actor is None:
        return None
    return describe_party(actor.text, actor.name, actor.country_code, actor.sector)


@lru_cache(maxsize=20_000)
def describe_party(text: str, name: str | None, country_code: str | None, sector: str | None) -> Party:
    """The same from the columns of a mention."""
    country = load_gazetteer().countries.get(country_code) if country_code else None
    bare_state = country is not None and name is not None and name == country.name
    words = _bare(text)
    return Party(
        country_code=country_code,
        sector="GOV" if bare_state and sector is None else sector,
        name=None if name is None or bare_state or not any(c.isupper() for c in name) else _bare(name) or None,
        count=_count(words),
        words=words,
    )


def relation(one: Party | None, other: Party | None) -> float | None:
    """How far two descriptions speak for one party: None where they cannot be one, 0 where nothing is known."""
    if one is None or other is None:
        return 0.0
    if one.name and other.name:
        if not _same_name(one.name, other.name):
            return None
        return SAME_NAME
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return None
    if _named_outsider(one, other) or _named_outsider(other, one):
        return None
    known = 0.0
    if one.country_code and one.country_code == other.country_code:
        known += SAME_COUNTRY
    sectors = _sectors(one.sector, other.sector)
    if sectors is None:
        if known or (one.identified and other.identified):
            return None
        sectors = OTHER_SECTOR
    elif sectors == STATE_AND_ITS_ARM and not known:
        sectors = 0.0
    known += sectors
    if one.count is not None and other.count is not None:
        known += SAME_NUMBER if one.count == other.count else OTHER_NUMBER
    return known


def _sectors(one: str | None, other: str | None) -> float | None:
    if one == other:
        return SAME_SECTOR if one is not None else 0.0
    if one is None or other is None:
        return STATE_AND_ITS_ARM
    if one in STATE and other in STATE:
        return STATE_AND_ITS_ARM if "GOV" in {one, other} else None
    if one in STATE or other in STATE:
        return None
    return 0.0 if _GENERAL & {one, other} else None


def _named_outsider(one: Party, other: Party) -> bool:
    """A named body without a country is no state, unless the text says that it is of one."""
    return bool(one.name and not one.country_code and one.sector not in STATE and other.country_code and
                other.sector in STATE)  # fmt: skip


def _same_name(one: str, other: str) -> bool:
    """Equal, or one of them in short: "odunsi" of "folake odunsi"."""
    words, others = set(one.split()), set(other.split())
    return words <= others or others <= words


def _bare(text: str) -> str:
    folded = text.lower().replace("’", "'").replace("'s", " ").replace("'", " ").replace("-", " ")
    words = folded.split()
    while words and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def _count(words: str) -> int | None:
    """The number that the phrase begins with."""
    first = words.split(" ", 1)[0]
    digits = _DIGITS.fullmatch(first)
    if digits is None:
        return _NUMBERS.get(first)
    return int(digits.group().replace(",", "")[:12])
