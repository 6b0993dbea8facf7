"""What a coder is: a name, a version, the languages it knows, and a text that becomes events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from pipeline.events.actors.memory import ActorMemory, Sighting
from pipeline.events.spans import CodedEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is known of an article beside its text. None: the article does not say."""

    published_at: datetime | None = None  # with the zone of the source, which says what "today" is
    headline: str | None = None  # not part of the text
    country_hint: str | None = None  # ISO 3166 alpha-3 code of the source's country
    language: str | None = None  # ISO 639-1, one of the coder's


@runtime_checkable
class Coder(Protocol):
    """A coder. It is made once a process, without arguments, and keeps nothing from one text to the next."""

    @property
    def name(self) -> str:
        """Its name, which every mention it finds carries: lower-case letters, digits and hyphens."""

    @property
    def version(self) -> str:
        """Its version; another one where the same text may give other events."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages it knows; texts in others are stored and not given to it."""

    def code(self, text: str, publication: Publication) -> list[CodedEvent]:
        """The events that `text` reports, by their place in it; none where it reports none.

        Args:
            text: plain text, paragraphs divided by an empty line. All offsets count its code points.
            publication: when and where it was published.

        What it does not know is None in the event, never a default. It may raise: the article is then set aside with
        the reason, and the night goes on.
        """


@runtime_checkable
class PairCoder(Coder, Protocol):
    """A coder that also answers what happened between two given parties."""

    def code_pair(
        self,
        text: str,
        publication: Publication,
        *,
        actor_span: tuple[int, int] | None,
        recipient_span: tuple[int, int] | None,
    ) -> CodedEvent:
        """Exactly one event, its best guess."""


@dataclass(frozen=True, slots=True)
class CodedText:
    """The events of a text, and the office holders that it names with their offices."""

    events: list[CodedEvent]
    sightings: list[Sighting]


@runtime_checkable
class RememberingCoder(Coder, Protocol):
    """A coder that uses what the archive knows of persons, and tells what the text adds to it."""

    def code_with_memory(self, text: str, publication: Publication, memory: ActorMemory) -> CodedText:
        """As `code`; what `memory` says is used only for names that the text itself does not explain."""
