"""Inference: what one event of a sentence says of the parties of another.

In "Peru and Chile signed a pact when President Ana Ruiz visited Chile" the visitor is of the other of the two
countries. Only a country that nothing else gives is filled in, and the rule of the event says that it was inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.spans import CodedEvent

_STATE_SECTORS = frozenset({"GOV", "MIL", "LEG"})


def with_inferred_countries(events: Sequence[CodedEvent]) -> list[CodedEvent]:
    """The events of one sentence; a visiting official without a country gets that of the host's partner."""
    return [_visitor_placed(event, events) for event in events]


def _visitor_placed(event: CodedEvent, events: Sequence[CodedEvent]) -> CodedEvent:
    visitor, host = event.actor, event.recipient
    if event.event_mode != "visit" or visitor is None or host is None or host.country_code is None:
        return event
    if visitor.country_code is not None or visitor.sector not in _STATE_SECTORS:
        return event
    partners = {
        partner
        for other in events
        if other is not event and other.actor is not None and other.recipient is not None
        for partner, counterpart in (
            (other.actor.country_code, other.recipient.country_code),
            (other.recipient.country_code, other.actor.country_code),
        )
        if counterpart == host.country_code and partner not in {None, host.country_code}
    }
    if len(partners) != 1:
        return event
    country = partners.pop()
    return replace(
        event, actor=replace(visitor, country_code=country), rule=f"{event.rule}; country of the host's partner"
    )
