"""The words for actors, read from `lexicon/actors/`: roles by sector, organisations by name, peoples."""

from __future__ import annotations

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
    """An organisation by name: its sector, and the country it belongs to, if any."""

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
    organisations: dict[str, Organisation] = field(default_factory=dict)  # by folded or exact name
    peoples: dict[str, str | None] = field(default_factory=dict)
    longest_role_words: int = 1
    longest_organisation_words: int = 1

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of that name."""
        return self.organisations.get(_organisation_key(name))


@cache
def load_actor_lexicon() -> ActorLexicon:
    """Read the word lists once a process. Raises ConfigurationError where a file does not parse."""
    lexicon = ActorLexicon()
    roles = _read_yaml("roles.yml")
    for sector, nouns in roles["sectors"].items():
        for noun in nouns:
            phrase = tuple(noun.lower().split())
            lexicon.roles[phrase] = sector
            lexicon.longest_role_words = max(lexicon.longest_role_words, len(phrase))
    lexicon.general = dict(roles["general"])
    lexicon.overriding = dict(roles["overriding"])
    lexicon.fields = dict(roles["fields"])
    for sector, by_country in _read_yaml("organisations.yml").items():
        for country_code, names in by_country.items():
            for name in names:
                lexicon.organisations[_organisation_key(name)] = Organisation(name, sector, country_code or None)
                words = len(name.split())
                lexicon.longest_organisation_words = max(lexicon.longest_organisation_words, words)
    for people, country_code in _read_yaml("peoples.yml").items():
        lexicon.peoples[people.lower()] = country_code
        lexicon.peoples[people.lower() + "s"] = country_code
    return lexicon


def _organisation_key(name: str) -> str:
    folded = " ".join(name.replace("’", "'").split())
    return folded if len(folded) <= _SHORT_NAME_CHARACTERS else folded.lower()


def _read_yaml(name: str) -> dict[str, Any]:
    path = LEXICON_FOLDER / "actors" / name
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path}: expected a mapping")
    return content
