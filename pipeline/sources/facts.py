"""What reading needs to know of a source, in a form that is cheap to hand to another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the page process pays for pydantic only where a source has site rules
    from pipeline.sources.model import SiteRule, Source


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """The facts of a source that bear on its pages; the fields are those of `model.Source`."""

    name: str
    country_code: str
    language: str
    timezone: str
    site_rules: tuple[SiteRule, ...]


def facts_of(source: Source | None) -> SourceFacts | None:
    """The facts of a source; None for none."""
    if source is None:
        return None
    return SourceFacts(source.name, source.country_code, source.language, source.timezone, source.site_rules)
