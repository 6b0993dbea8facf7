"""The PLOVER ontology as a table: fifteen types, their quad class, CAMEO root and intensity.

Types and quad classes follow the PLOVER code book (Political Language Ontology for Verifiable Event Records). The
CAMEO root is the two-digit category of the CAMEO code book that the type continues; where a type joins several,
the mode decides. The intensity is on the Goldstein scale (-10 most conflictual, +10 most cooperative): the value
of that CAMEO root in the scale's published extension to CAMEO, rounded to half points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class EventType:
    """One row of the ontology. `quad_class`: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""

    name: str
    quad_class: int
    cameo_root: str
    intensity: float


EVENT_TYPES: Final = {
    row.name: row
    for row in (
        EventType("AGREE", 1, "03", 4.0),
        EventType("CONSULT", 1, "04", 1.5),
        EventType("SUPPORT", 1, "05", 3.5),
        EventType("COOPERATE", 2, "06", 6.0),
        EventType("AID", 2, "07", 7.0),
        EventType("YIELD", 2, "08", 5.0),
        EventType("REQUEST", 3, "10", -3.0),
        EventType("ACCUSE", 3, "11", -2.0),
        EventType("REJECT", 3, "12", -4.0),
        EventType("THREATEN", 3, "13", -6.0),
        EventType("PROTEST", 4, "14", -6.5),
        EventType("MOBILIZE", 4, "15", -7.0),
        EventType("SANCTION", 4, "16", -6.5),
        EventType("COERCE", 4, "17", -7.0),
        EventType("ASSAULT", 4, "18", -9.0),
    )
}

# (type, mode) pairs whose CAMEO root or intensity differs from the type's.
_BY_MODE: Final = {
    ("ACCUSE", "investigate"): ("09", -2.0),
    ("CONSULT", "visit"): ("04", 2.0),
    ("CONSULT", "phone"): ("04", 1.0),
    ("YIELD", "release"): ("08", 7.0),
    ("YIELD", "ceasefire"): ("08", 7.0),
    ("YIELD", "retreat"): ("08", 9.0),
    ("PROTEST", "riot"): ("14", -7.5),
    ("SANCTION", "expel"): ("16", -5.0),
}

MODES: Final = frozenset(
    {
        "visit",
        "meet",
        "phone",
        "third-party",
        "economic",
        "military",
        "peacekeeping",
        "asylum",
        "release",
        "return",
        "resign",
        "retreat",
        "surrender",
        "ceasefire",
        "access",
        "investigate",
        "demo",
        "strike",
        "riot",
        "obstruct",
        "boycott",
        "hunger",
        "expel",
        "withdraw",
        "discontinue",
        "troops",
        "arrest",
        "deport",
        "seize",
        "restrict",
        "repress",
        "cyber",
    }
)

# Types in which neither side is the doer: "A met B" and "B met A" are the same happening.
SYMMETRIC_TYPES: Final = frozenset({"CONSULT", "SUPPORT", "COOPERATE"})


def quad_class_of(event_type: str) -> int:
    """The quad class, 1 to 4, of a PLOVER type."""
    return EVENT_TYPES[event_type].quad_class


def is_conflict(event_type: str) -> bool:
    """Whether a type is verbal or material conflict."""
    return quad_class_of(event_type) >= 3


def cameo_root_of(event_type: str, event_mode: str | None) -> str:
    """The two-digit CAMEO root of a type in a mode."""
    found = _BY_MODE.get((event_type, event_mode or ""))
    return found[0] if found else EVENT_TYPES[event_type].cameo_root


def intensity_of(event_type: str, event_mode: str | None) -> float:
    """The Goldstein-style intensity, -10 to 10, of a type in a mode."""
    found = _BY_MODE.get((event_type, event_mode or ""))
    return found[1] if found else EVENT_TYPES[event_type].intensity
