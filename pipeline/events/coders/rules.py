"""The rule coder, the default, as `Coder`s are asked."""

from __future__ import annotations

from pipeline.events.actors.memory import ActorMemory
from pipeline.events.actors.sightings import sightings_of
from pipeline.events.coder import CODED_LANGUAGES, CODER, CODER_VERSION, code_doc, code_text
from pipeline.events.coders.protocol import CodedText, Publication
from pipeline.events.event_reading import parse_for_events
from pipeline.events.pairs import code_pair
from pipeline.events.spans import CodedEvent


class RuleCoder:
    """Rules over dependency trees, and the lexicon."""

    name = CODER
    version = CODER_VERSION
    languages = CODED_LANGUAGES

    def code(self, text: str, publication: Publication) -> list[CodedEvent]:
        """See `Coder.code`."""
        return code_text(
            text,
            published_at=publication.published_at,
            headline=publication.headline,
            country_hint=publication.country_hint,
        )

    def code_pair(
        self,
        text: str,
        publication: Publication,
        *,
        actor_span: tuple[int, int] | None,
        recipient_span: tuple[int, int] | None,
    ) -> CodedEvent:
        """See `PairCoder.code_pair`."""
        return code_pair(
            text,
            actor_span=actor_span,
            recipient_span=recipient_span,
            published_at=publication.published_at,
            country_hint=publication.country_hint,
        )

    def code_with_memory(self, text: str, publication: Publication, memory: ActorMemory) -> CodedText:
        """See `RememberingCoder.code_with_memory`."""
        doc = parse_for_events(text)
        events = code_doc(
            doc, published_at=publication.published_at, country_hint=publication.country_hint, memory=memory
        )
        return CodedText(events, sightings_of(doc))
