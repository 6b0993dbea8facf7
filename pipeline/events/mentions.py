"""A coded event of one article revision as the `Mention` row that the warehouse keeps."""

from __future__ import annotations

from typing import Any

from pipeline.events.coders.protocol import Coder
from pipeline.events.merge import own_event_id, party_key, shared_key, told_words
from pipeline.events.parties import party_of
from pipeline.events.spans import Actor, CodedEvent
from pipeline.records import Article, Mention, stable_id

_PRECISIONS = frozenset({"day", "week", "month", "quarter", "year", "decade"})


def mention_of(event: CodedEvent, article: Article, coder: Coder) -> Mention:
    """The row for `event`, which `coder` found in `article`, as if nobody else told of it: the load finds who does."""
    published_on = article.published_at.date() if article.published_at is not None else None
    date, place = event.event_date, event.place
    precision = date.precision if date else None
    return Mention(
        mention_id=stable_id(
            article.article_id,
            str(article.revision),
            str(event.trigger.start),
            event.event_type,
            party_key(party_of(event.actor)),
            party_key(party_of(event.recipient)),
        ),
        event_id=own_event_id(event, article.article_id),
        shared_key=shared_key(event, published_on),
        told_words=told_words(event.evidence.text, event),
        article_id=article.article_id,
        revision=article.revision,
        sentence_index=event.sentence_index,
        event_type=event.event_type,
        event_mode=event.event_mode,
        quad_class=event.quad_class,
        cameo_root=event.cameo_root,
        intensity=event.intensity,
        modality=event.modality,
        negated=event.negated,
        confidence=event.confidence,
        **_party_fields("actor", event.actor),
        **_party_fields("recipient", event.recipient),
        date_text=date.text if date else None,
        date_start=date.start if date else None,
        date_end=date.end if date else None,
        event_date_value=date.value if date else None,
        event_date_first=date.first_day if date else None,
        event_date_last=date.last_day if date else None,
        event_date_precision=precision if precision in _PRECISIONS else ("day" if precision == "time" else None),
        place_text=place.text if place else None,
        place_start=place.start if place else None,
        place_end=place.end if place else None,
        place_name=place.name if place else None,
        place_latitude=place.latitude if place else None,
        place_longitude=place.longitude if place else None,
        place_country_code=place.country_code if place else None,
        place_geonames_id=place.geonames_id if place else None,
        place_region=place.region if place else None,
        place_region_code=place.region_code if place else None,
        evidence_start=event.evidence.start,
        evidence_end=event.evidence.end,
        trigger_start=event.trigger.start,
        trigger_end=event.trigger.end,
        coder=coder.name,
        coder_version=coder.version,
    )


def _party_fields(role: str, actor: Actor | None) -> dict[str, Any]:
    return {
        f"{role}_text": actor.text if actor else None,
        f"{role}_start": actor.start if actor else None,
        f"{role}_end": actor.end if actor else None,
        f"{role}_name": actor.name if actor else None,
        f"{role}_country_code": actor.country_code if actor else None,
        f"{role}_sector": actor.sector if actor else None,
        f"{role}_known_from": actor.known_from if actor else None,
    }
