"""What lies in a generated archive: night after night, the window that near copies are looked for in, and before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipeline.records import stable_id

SEED = 4
WINDOW_NIGHTS = 30
TONIGHT = WINDOW_NIGHTS
TONIGHT_STARTED_AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
# So many articles of behind the window are printed again tonight, word for word, in equal parts from so many nights.
REPRINTS = 150
_REPRINT_NIGHTS = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """An archive of `articles`, the last 30 nights of `per_night` each; nights before the window are below 0.

    The window is the same in archives of all sizes with the same `per_night`.
    """

    articles: int
    per_night: int

    @property
    def behind(self) -> int:
        """How many articles lie behind the window."""
        return self.articles - WINDOW_NIGHTS * self.per_night

    def nights(self) -> Iterator[tuple[int, int]]:
        """(night, how many articles), the oldest first; only that one may have fewer than the others."""
        full, rest = divmod(self.behind, self.per_night)
        if rest:
            yield -full - 1, rest
        yield from ((night, self.per_night) for night in range(-full, WINDOW_NIGHTS))

    def reprinted(self, wanted: int) -> dict[int, list[int]]:
        """Night to numbers of the articles behind the window that are printed again tonight, spread over all of it."""
        behind = [(night, count) for night, count in self.nights() if night < 0]
        step = max(1, len(behind) // _REPRINT_NIGHTS)
        chosen = behind[::step][:_REPRINT_NIGHTS]
        each = -(-wanted // len(chosen))
        picked = {night: [i * (count // 2) // each for i in range(each)] for night, count in chosen}
        if any(len(set(numbers)) < each for numbers in picked.values()):
            raise ValueError(f"too few articles behind the window of {self} to print {wanted} of them again")
        return picked


def started_at(night: int) -> datetime:
    """When the run of a night began."""
    return TONIGHT_STARTED_AT + timedelta(days=night - TONIGHT)


def first_seen_at(night: int, number: int) -> datetime:
    """When an article was fetched: in the hour after its run began, in the order of the numbers."""
    return started_at(night) + timedelta(milliseconds=60_000 + 300 * number)


def published_at(night: int, minute: int) -> datetime:
    """When an article was published: on the day before its night."""
    return started_at(night) - timedelta(hours=21) + timedelta(minutes=minute)


def url_of(night: int, number: int) -> str:
    """The address of an article."""
    return f"https://www.generated-press.example/news/night-{night}/report-{number}.html"


def article_id_of(night: int, number: int) -> str:
    """Its id, as everywhere the hash of its address."""
    return stable_id(url_of(night, number))


def run_id_of(night: int) -> str:
    """The run that loaded a night."""
    return f"night-{night}"


def source_id_of(source: int) -> str:
    """The source's id."""
    return f"generated-{source:03d}"


def story_id_of(happening: int) -> str:
    """The story of a happening."""
    return stable_id("story", str(happening))
