"""The verb `code`: one JSON Lines question in, one answer out. For a person to read: `explanation`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pipeline.events.coders import Coder, PairCoder, Publication, find_coder
from pipeline.events.coders.registry import DEFAULT_CODER
from pipeline.events.mutual import from_both_sides
from pipeline.events.pairs import CharSpan
from pipeline.events.spans import Actor, CodedEvent, Place

CODED, NO_EVENT, NO_TEXT, BAD_INPUT = "coded", "no_event", "no_text", "bad_input"


def answer_code(question: Mapping[str, Any], coder: Coder | None = None) -> dict[str, Any]:
    """The answer, without `id`, to {"text", "published_at"?, "headline"?, "actor_span"?, "recipient_span"?}.

    `status` is coded, no_event, no_text or bad_input (with `error`, which says what was expected). A `published_at`
    that cannot be read is bad input, and the text is coded all the same, without the dates that count from it.
    `coder` is the rule coder where it is None. The archive's memory is not asked: a text on its own has the same
    answer everywhere.
    """
    coder = coder or find_coder(DEFAULT_CODER)
    text = question.get("text")
    if text is not None and not isinstance(text, str):
        return {"status": BAD_INPUT, "error": "field 'text': expected a string", "events": []}
    if not text or not text.strip():
        return {"status": NO_TEXT, "events": []}
    published_at, error = _instant_or_error(question.get("published_at"))
    try:
        actor_span = _char_span(question, "actor_span", text)
        recipient_span = _char_span(question, "recipient_span", text)
    except ValueError as wrong_span:
        return {"status": BAD_INPUT, "error": str(wrong_span), "events": []}
    if actor_span is not None or recipient_span is not None:
        if not isinstance(coder, PairCoder):
            says = f"coder '{coder.name}' does not answer for given spans"
            return {"status": BAD_INPUT, "error": says, "events": []}
        told = Publication(published_at=published_at)
        pair = coder.code_pair(text, told, actor_span=actor_span, recipient_span=recipient_span)
        events = [pair]
    else:
        headline = question.get("headline")
        told = Publication(published_at=published_at, headline=headline if isinstance(headline, str) else None)
        found = coder.code(text, told)
        events = list(from_both_sides(found))
    status = BAD_INPUT if error else CODED if events else NO_EVENT
    answer: dict[str, Any] = {"status": status, "events": [event_fields(event) for event in events]}
    return answer | ({"error": error} if error else {})


def _instant_or_error(value: Any) -> tuple[datetime | None, str | None]:
    try:
        return instant_of(value), None
    except ValueError as error:
        return None, str(error)


def instant_of(value: Any) -> datetime | None:
    """An ISO 8601 instant; without an offset it counts as UTC.

    Raises:
        ValueError: it is no ISO 8601 instant.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("field 'published_at': expected an ISO 8601 string")  # noqa: TRY004  a wrong question
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"field 'published_at': expected an ISO 8601 instant, got {value!r}") from error
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)


def _char_span(question: Mapping[str, Any], name: str, text: str) -> CharSpan | None:
    value = question.get(name)
    if value is None:
        return None
    numbers = isinstance(value, list | tuple) and len(value) == 2 and all(type(n) is int for n in value)
    if not numbers or not 0 <= value[0] < value[1] <= len(text):
        raise ValueError(f"field '{name}': expected [start, end] within the text, got {value!r}")
    return value[0], value[1]


def event_fields(event: CodedEvent) -> dict[str, Any]:
    """An event as the command line answers it."""
    return {
        "event_type": event.event_type,
        "event_mode": event.event_mode,
        "quad_class": event.quad_class,
        "actor": _actor_fields(event.actor),
        "recipient": _actor_fields(event.recipient),
        "event_date": event.event_date.value if event.event_date else None,
        "event_date_precision": event.event_date.precision if event.event_date else None,
        "place": _place_fields(event.place),
        "evidence": {"start": event.evidence.start, "end": event.evidence.end},
        "trigger": {"start": event.trigger.start, "end": event.trigger.end},
        "negated": event.negated,
        "modality": event.modality,
        "confidence": event.confidence,
    }


def _actor_fields(actor: Actor | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    return {
        "text": actor.text,
        "start": actor.start,
        "end": actor.end,
        "country_code": actor.country_code,
        "sector": actor.sector,
    }


def _place_fields(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "text": place.text,
        "start": place.start,
        "end": place.end,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country_code": place.country_code,
        "geonames_id": place.geonames_id,
    }
