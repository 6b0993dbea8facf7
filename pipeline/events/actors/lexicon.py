"""The words for actors, read from `lexicon/actors/`: roles, organisations, seats, offices, peoples."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from pipeline.errors import ConfigurationError
from pipeline.events.lexicon_files import LEXICON_FOLDER

# A name this short is matched as it is written: "IS" and "WHO" are also plain words.
_SHORT_NAME_CHARACTERS = 4


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body by name: its sector, and the country it belongs to, if any."""

    name: str
    sector: str
    country_code: str | None


@dataclass(slots=True)
class ActorLexicon:
    """All word lists. Phrases are tuples of lower-case words."""

    roles: dict[tuple[str, ...], str] = field(default_factory=dict)
    general: dict[str, str | None] = field(default_factory=dict)
    overriding: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    state_bodies: frozenset[str] = frozenset()
    organisation_beginnings: set[str] = field(default_factory=set)  # first tokens of names, in lower case
    organisations: dict[str, Organisation] = field(default_factory=dict)  # by folded or exact name
    seats: dict[str, Organisation] = field(default_factory=dict)  # by name in lower case: whom a place stands for
    office_countries: dict[tuple[str, ...], str | None] = field(default_factory=dict)
    peoples: dict[str, str | None] = field(default_factory=dict)
    longest_role_words: int = 1
    longest_organisation_words: int = 1
    longest_office_words: int = 1

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of that name; a name in lower case is none, unless it is listed so."""
        found = self.organisations.get(_organisation_key(name))
        return found if found is None or not name.islower() or found.name.islower() else None

    def seat(self, name: str) -> Organisation | None:
        """The body that a place of that name stands for."""
        return self.seats.get(name.replace("’", "'").lower()) if name[:1].isupper() else None


@cache
def load_actor_lexicon() -> ActorLexicon:
    """Read the word lists once a process. Raises ConfigurationError where a file does not parse."""
    lexicon = ActorLexicon()
    roles = _read_yaml("roles.yml", dict)
    for sector, group in roles["sectors"].items():
        for noun in group["words"]:
            _add_role(lexicon, noun, sector)
    lexicon.general = dict(roles["general"])
    lexicon.overriding = dict(roles["overriding"])
    lexicon.fields = dict(roles["fields"])
    lexicon.state_bodies = frozenset(roles["state_bodies"])
    for sector, group in _read_yaml("organisations.yml", dict).items():
        for country_code, names in group["names"].items():
            for name in names:
                lexicon.organisations[_organisation_key(name)] = Organisation(name, sector, country_code or None)
                first = name.lower().replace("’", "'").split()[0]
                lexicon.organisation_beginnings |= {first, *re.split("[-'/.&(]", first)[:1]}
                words = len(name.split())
                lexicon.longest_organisation_words = max(lexicon.longest_organisation_words, words)
    for seat in _read_yaml("seats.yml", list):
        body = Organisation(seat["stands_for"], seat["sector"], seat["country"])
        lexicon.seats[seat["name"].lower().removeprefix("the ")] = body
    for office in _read_yaml("offices.yml", list):
        phrase = _add_role(lexicon, office["office"], office["sector"])
        lexicon.office_countries[phrase] = office["country"]
        lexicon.longest_office_words = max(lexicon.longest_office_words, len(phrase))
    for people, country_code in _read_yaml("peoples.yml", dict).items():
        lexicon.peoples[people.lower()] = country_code
        lexicon.peoples[people.lower() + "s"] = country_code
    return lexicon


def _add_role(lexicon: ActorLexicon, words: str, sector: str) -> tuple[str, ...]:
    phrase = tuple(words.lower().split())
    lexicon.roles[phrase] = sector
    # "vice-president" is three tokens for the parser, and "workers' union" too.
    split = tuple(words.lower().replace("-", " - ").replace("'", " '").replace(" 's", " 's").split())
    lexicon.roles.setdefault(split, sector)
    lexicon.longest_role_words = max(lexicon.longest_role_words, len(split))
    return phrase


def _organisation_key(name: str) -> str:
    folded = " ".join(name.replace("’", "'").split())
    return folded if len(folded) <= _SHORT_NAME_CHARACTERS else folded.lower()


def _read_yaml(name: str, kind: type) -> Any:
    path = LEXICON_FOLDER / "actors" / name
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: {error}") from error
    if not isinstance(content, kind):
        raise ConfigurationError(f"{path}: expected a {kind.__name__}")
    return content
