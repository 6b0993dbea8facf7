"""Features of the parties: sector, whether a country is known, the common nouns that describe them. No names."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.events.actors import describe_actor
from pipeline.events.model.scene import CharSpan, PairScene

_SECTORS_KEY = "dateline_sectors"
_DESCRIBING = frozenset({"NOUN", "ADJ", "VERB"})


def party_features(
    pair: PairScene, actor_span: CharSpan | None, recipient_span: CharSpan | None
) -> Iterator[tuple[str, str]]:
    """(group, feature); the group is parties."""
    doc = pair.scene.doc
    sectors = []
    for role, span, tokens, head in (
        ("a", actor_span, pair.actor, pair.actor_head),
        ("r", recipient_span, pair.recipient, pair.recipient_head),
    ):
        if span is None or not tokens:
            yield "parties", f"{role}.missing"
            sectors.append("-")
            continue
        sector = _sector_of(doc, span)
        sectors.append(sector)
        yield "parties", f"{role}.s={sector}"
        for index in tokens:
            if pair.scene.kinds[index] in _DESCRIBING and pair.scene.masked[index] == pair.scene.lemmas[index]:
                yield "parties", f"{role}.w={pair.scene.lemmas[index]}"
        if head is not None:
            yield "parties", f"{role}.h={pair.scene.masked[head]}"
    yield "parties", f"s={sectors[0]}>{sectors[1]}"


def _sector_of(doc: Doc, span: CharSpan) -> str:
    """The sector, found once a text; a bare country is STATE, somebody of whom nothing is known is UNKNOWN."""
    known: dict[CharSpan, str] = doc.user_data.setdefault(_SECTORS_KEY, {})
    if span not in known:
        actor = describe_actor(doc, *span)
        known[span] = actor.sector or ("STATE" if actor.country_code is not None else "UNKNOWN")
    return known[span]
