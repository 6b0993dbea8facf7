"""Which sources a pass of `watch_sources` visits: feeds hold the last few dozen items only, so a visit a night
misses what came and went in between, and a young page may have been corrected since."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.gather.ledger import open_ledger
from pipeline.gather.revisit_schedule import RevisitSchedule
from pipeline.settings import Settings
from pipeline.sources.loader import enabled_source_ids


def due_source_ids(settings: Settings) -> list[str]:
    """The enabled sources with a feed, a link or a page's next visit that is due, or never visited so far, sorted.

    Raises:
        ConfigurationError: no source is enabled.
        SourceFileError: a source file is wrong.
    """
    schedule = RevisitSchedule.after_hours(settings.revisit_after_hours)
    with open_ledger(settings) as ledger:
        due = ledger.due_sources(datetime.now(UTC), schedule)
        visited = ledger.visited_sources()
    return [source_id for source_id in enabled_source_ids(settings) if source_id in due or source_id not in visited]
