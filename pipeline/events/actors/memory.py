"""The actor memory: who held which office of which country when, as articles of earlier nights named them.

Used only for a name that an article itself does not explain ("Mr Duval said", with no title anywhere), and only
where it leaves no doubt. A person is found by the word that news calls her by, or by more words, which must all fit;
the office is the one attested last on or before the article's day. Nothing is known where

- several persons of that short name were in the news,
- the office was last attested more than `STALE_AFTER` before the article, or only after it,
- articles disagree about country or sector.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.events.places.gazetteer import fold
from pipeline.records import ActorOffice

STALE_AFTER = timedelta(days=400)
# Of the articles that name a person's office, so many must agree in country and in sector.
_AGREEMENT = 2 / 3
# Where English-language news keeps the family name first: Xi Jinping is Xi, Moon Jae-in is Moon.
_FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK"})
_HONORIFICS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady", "miss", "dame"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """One person of one text with the office that the text gives."""

    name: str
    short_name: str  # how later articles may call the person: one word of the name, in lower case
    office: str | None  # the title words without the country: "foreign minister"
    country_code: str | None
    sector: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a name. `since` and `article_count` say what the archive has; None: it is not from there."""

    name: str
    country_code: str | None
    sector: str
    office: str | None
    since: date | None = None
    article_count: int = 0

    def in_words(self) -> str:
        """For a person who asks how it is known."""
        if self.since is None:
            return "known from the list of office holders" + (f" as {self.office}" if self.office else "")
        articles = "1 article" if self.article_count == 1 else f"{self.article_count} articles"
        office = f" as {self.office}" if self.office else ""
        return f"known from the archive{office} since {self.since}, {articles}"


class ActorMemory:
    """What the archive knows of persons. `offices_of` gives the rows of a short name, in any order."""

    def __init__(self, offices_of: Callable[[str], Iterable[ActorOffice]] = lambda _: ()) -> None:
        self._offices_of = offices_of

    def recall(self, name: str, day: date) -> Remembered | None:
        """The one person whom `name` means in an article of `day`, with the office held then; None where in doubt."""
        words = name_key(name).split()
        if not words:
            return None
        rows = [row for word in dict.fromkeys((words[-1], words[0])) for row in self._offices_of(word)]
        known = [office for office in rows if office.first_seen_on <= day]
        fresh = [o for o in known if day - o.last_seen_on <= STALE_AFTER and set(words) <= set(o.name_key.split())]
        if not fresh or len(_persons(fresh)) > 1:
            return None
        country = _agreed([(o.country_code, o.article_count) for o in fresh])
        sector = _agreed([(o.sector, o.article_count) for o in fresh])
        agreed = [o for o in fresh if o.country_code == country and o.sector == sector]
        if not agreed or sector is None:
            return None
        # Between offices of one day the one that more articles name, then by name: never by the order of rows.
        latest = max(agreed, key=lambda o: (o.last_seen_on, o.article_count, o.office or "", o.name))
        fullest = max(agreed, key=lambda o: (len(o.name_key.split()), o.article_count, o.name))
        return Remembered(
            name=fullest.name,
            country_code=country,
            sector=sector,
            office=latest.office,
            since=min(o.first_seen_on for o in agreed),
            article_count=sum(o.article_count for o in agreed),
        )


def persons_in(offices: Sequence[ActorOffice]) -> list[list[ActorOffice]]:
    """The rows of one short name by person: "Ann Blake" and "Ann M. Blake" are one, "John Blake" is another."""
    return _persons(offices)


def _persons(offices: Sequence[ActorOffice]) -> list[list[ActorOffice]]:
    persons: list[tuple[set[str], list[ActorOffice]]] = []
    for office in sorted(offices, key=lambda o: (-len(o.name_key.split()), o.name_key)):
        words = set(office.name_key.split())
        same = [person for person in persons if words <= person[0]]
        if len(same) == 1:
            same[0][1].append(office)
        else:
            persons.append((words, [office]))
    return [rows for _, rows in persons]


def _agreed(votes: Sequence[tuple[str | None, int]]) -> str | None:
    """The value that most articles give, where nearly all agree; those that give none do not vote."""
    counts: dict[str, int] = {}
    for value, articles in votes:
        if value is not None:
            counts[value] = counts.get(value, 0) + articles
    if not counts:
        return None
    best = max(counts, key=lambda value: (counts[value], value))
    return best if counts[best] >= _AGREEMENT * sum(counts.values()) else None


def name_key(name: str) -> str:
    """A name as it is looked up: lower case, no accents, no honorifics, no initials' dots."""
    words = fold(name).removesuffix("'s").split()
    return " ".join(word.rstrip(".") for word in words if word not in _HONORIFICS)


def short_name(name: str, country_code: str | None) -> str:
    """The word of a name by which later articles call the person: the last, or the first of a name that begins so."""
    words = name_key(name).split() or [""]
    return words[0] if country_code in _FAMILY_NAME_FIRST else words[-1]
