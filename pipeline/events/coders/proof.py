"""What every coder's events must keep to, so that rows in the warehouse mean the same whoever coded them."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import AccountingError
from pipeline.events.modality import ACTUAL, CONDITIONAL, DENIED, FUTURE, HISTORICAL, ONGOING
from pipeline.events.plover import EVENT_TYPES, quad_class_of
from pipeline.events.spans import CodedEvent, Span

_MODALITIES = frozenset({ACTUAL, ONGOING, FUTURE, CONDITIONAL, DENIED, HISTORICAL})


def proved_events(events: Iterable[CodedEvent], text: str) -> list[CodedEvent]:
    """`events`, of which each keeps to the rules.

    Raises:
        AccountingError: an event has a type that is none, a number out of bounds, or offsets that do not lead to its
            words in `text`.
    """
    kept = list(events)
    for event in kept:
        if event.event_type not in EVENT_TYPES:
            raise AccountingError(f"'{event.event_type}' is no event type")
        if event.quad_class != quad_class_of(event.event_type):
            raise AccountingError(f"{event.event_type} is not of quad class {event.quad_class}")
        if event.modality not in _MODALITIES:
            raise AccountingError(f"'{event.modality}' is no modality")
        if not 0 <= event.confidence <= 1:
            raise AccountingError(f"a confidence of {event.confidence}: expected 0 to 1")
        spans = (event.evidence, event.trigger, event.actor, event.recipient, event.event_date, event.place)
        for span in spans:
            if span is not None:
                _prove_words(span, text)
    return kept


def _prove_words(span: Span, text: str) -> None:
    if not 0 <= span.start < span.end <= len(text) or text[span.start : span.end] != span.text:
        raise AccountingError(f"characters {span.start} to {span.end} of the text are not {span.text[:60]!r}")
