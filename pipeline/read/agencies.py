"""News agencies: their usual names, from the spellings they have in bylines and credits.

A short form stands for an agency only in credit position, as a whole: a byline, a bracket of a dateline, a last line.
Nothing here looks at running text, where AP is an exam, PA a loudspeaker and Sid somebody's given name.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.read.words import listed

_LONG_CHARACTERS = 5  # from here on a spelling with a small letter counts in any case
_EDGES = " \t.,:;()[]{}（）【】©®*\"'“”„«»/-–—"
_CREDIT_MAX_CHARACTERS = 200
_ANY_AGENCY = re.compile(
    r"(?:The\s+)?((?:(?!The\s)[^\W\d_a-zß-öø-ÿ][\w'’.-]*\s+){1,4}"
    r"(?:Wire|Newswire|News ?wire|(?:News|Press) Agency|(?:Wire|News|Press) Service|Nachrichtenagentur|Presseagentur)"
    r"|(?:Agencia de Noticias|Agência de Notícias|Agence de [Pp]resse|Agenzia di [Ss]tampa)"
    r"(?:\s+[^\W\d_a-zß-öø-ÿ]\S*){1,4})"
)
# What an agency's name carries: its people, its desks, its editions ("Reuters Staff", "dpa-AFX", "AFP Deutschland").
_ADDITION = re.compile(
    r"[-/ ](?:staff|writers?|reporters?|correspondents?|journalists?|bureau|sports?|international|deutschland|france"
    r"|español|brasil|polska|infocom|afx|tmn|custom content|newskanal|fact[ -]?check|faktencheck|factuel)"
    r"(?:\s+(?:writers?|reporters?))?$",
    re.IGNORECASE,
)
_GERMAN_SERVICE = re.compile(r"dpa(?:[-/ ][\w-]{2,14})?(?::[\w:/-]+)?$")  # dpa/lno is a regional service, not an agency
_PARTS = re.compile(r"\s*(?:[,;/|&+·•、，；]|\s[-–—]\s|\b(?:and|und|et|y|e|with|mit|och|og|en|i|и|та)\b)\s*")


def agency_named(text: str) -> str | None:
    """The usual name of the agency that `text` is the name of, as a whole; None where it is none."""
    name = " ".join(text[:_CREDIT_MAX_CHARACTERS].split()).strip(_EDGES)
    if not name:
        return None
    if known := _known(name):
        return known
    if _GERMAN_SERVICE.match(name):
        return "dpa"
    shorter = _ADDITION.sub("", name)
    if shorter != name and (known := _known(shorter)):
        return known
    other = _ANY_AGENCY.fullmatch(name)
    return other.group(1) if other else None


def agencies_in(credit: str) -> tuple[str, ...]:
    """The agencies among the parts of a credit ("dpa/afp", "Jane Doe, Reuters"), each once, by their usual names."""
    credit = credit[:_CREDIT_MAX_CHARACTERS]
    if whole := _known(" ".join(credit.split()).strip(_EDGES)):
        return (whole,)
    named = dict.fromkeys(agency for part in _PARTS.split(credit) if (agency := agency_named(part)))
    if not named and (whole := agency_named(credit)):
        return (whole,)
    return tuple(named)


def is_agency_credit(text: str) -> bool:
    """Whether `text` names agencies and nothing else."""
    if len(text) > _CREDIT_MAX_CHARACTERS:
        return False
    if agency_named(text):
        return True
    parts = [part for part in _PARTS.split(text) if part.strip(_EDGES)]
    return bool(parts) and all(agency_named(part) for part in parts)


def _known(name: str) -> str | None:
    exact, any_case = _spellings()
    return exact.get(name) or any_case.get(name.casefold())


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Usual names by spelling: those that count as they stand, and those that count in any case, folded."""
    exact: dict[str, str] = {}
    any_case: dict[str, str] = {}
    for line in listed("agencies"):
        usual, _, others = (part.strip() for part in line.partition("|"))
        for spelling in (usual, *(other.strip() for other in others.split(","))):
            if len(spelling) >= _LONG_CHARACTERS and not spelling.isupper():
                any_case.setdefault(spelling.casefold(), usual)
            elif len(spelling) > 1:
                exact.setdefault(spelling, usual)
    return exact, any_case
