"""What a coder is: a name, a version, the languages it knows, and a text that becomes events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from pipeline.events.actors.memory import ActorMemory, Sighting
from pipeline.events.spans import CodedEvent


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

    def code(
        self,
        text: str,
        *,
        published_at: datetime | None,
        headline: str | None,
        country_hint: str | None,
        language: str | None,
    ) -> list[CodedEvent]:
        """The events that `text` reports, by their place in it; none where it reports none.

        Args:
            text: plain text, paragraphs divided by an empty line. All offsets count its code points.
            published_at: the publication instant with the zone of the source, which says what "today" is.
            headline: the article's, which is not part of the text.
            country_hint: ISO 3166 alpha-3 code of the source's country.
            language: ISO 639-1, one of `languages`; None where the article does not say.

        What it does not know is None in the event, never a default. It may raise: the article is then set aside with
        the reason, and the night goes on.
        """


@runtime_checkable
class PairCoder(Coder, Protocol):
    """A coder that also answers what happened between two given parties."""

    def code_pair(
        self,
        text: str,
        *,
        actor_span: tuple[int, int] | None,
        recipient_span: tuple[int, int] | None,
        published_at: datetime | None = None,
        country_hint: str | None = None,
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

    def code_with_memory(
        self,
        text: str,
        *,
        published_at: datetime | None,
        headline: str | None,
        country_hint: str | None,
        language: str | None,
        memory: ActorMemory,
    ) -> CodedText:
        """As `code`; what `memory` says is used only for names that the text itself does not explain."""
