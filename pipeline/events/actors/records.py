"""What is said of an actor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Description:
    """Country (ISO alpha-3) and sector of an actor, and the name of the country or organisation that it is."""

    country_code: str | None = None
    sector: str | None = None
    name: str | None = None
    known_from: str | None = None  # how it is known, where the text itself does not tell

    def or_else(self, other: Description) -> Description:
        """This, with the gaps filled from `other`."""
        return Description(
            self.country_code or other.country_code,
            self.sector or other.sector,
            self.name or other.name,
            self.known_from or other.known_from,
        )
