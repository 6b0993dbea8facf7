"""What annotation and coding find in a text. Offsets count code points into that text, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DateExpression(Span):
    """A date or duration in words, resolved against the publication instant.

    `value` is a TIMEX3 value (2013-11-12, 2013-W46, 2013-11, 2013-Q4, 2013, 201, P3D, PRESENT_REF, ...) or None
    where it cannot be resolved. `precision` is day, week, month, quarter, year, decade, duration, set, time or None.
    `first_day` and `last_day` bound a calendar value, None for durations and sets.
    """

    value: str | None
    precision: str | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Place(Span):
    """A toponym, geocoded to GeoNames where we are sure enough; else name and coordinates are None.

    `name` and what follows are those of the smallest place we know that the text puts it in: of "Cedar Road, Leeds"
    both toponyms are Leeds.
    """

    name: str | None
    latitude: float | None
    longitude: float | None
    country_code: str | None  # ISO 3166 alpha-3
    geonames_id: int | None
    region: str | None = None  # first-level region (GeoNames admin1) it lies in, or is
    region_code: str | None = (
        None  # ISO 3166-2 code of that region; GeoNames' code after the country's where ISO has none
    )


@dataclass(frozen=True, slots=True)
class Actor(Span):
    """Somebody who can act. `name` is the fullest name the text gives for the same actor.

    `known_from` says how country and sector are known where the text does not tell: what the archive remembers.
    """

    country_code: str | None  # ISO 3166 alpha-3
    sector: str | None  # PLOVER: GOV MIL COP LEG JUD OPP REB BUS MED EDU HLH REL CVL LAB NGO IGO ...
    name: str | None = None
    known_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """One event that a passage of a text reports."""

    event_type: str
    event_mode: str | None
    quad_class: int
    actor: Actor | None
    recipient: Actor | None
    event_date: DateExpression | None
    place: Place | None
    evidence: Span
    trigger: Span
    sentence_index: int
    negated: bool
    modality: str
    confidence: float
    cameo_root: str | None
    intensity: float | None
    reciprocal: bool = False  # a meeting told from one side: the recipient did the same with the actor
    rule: str  # which rule and lexicon entry found it, for a person who asks why
