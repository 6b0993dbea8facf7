"""Articles of an invented source, of which two are as unlike, or as alike, as a test needs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pipeline.read.source_comparison import Sighting

FIRST_DAY = datetime(2025, 9, 1, 6, 0, tzinfo=UTC)
SYLLABLES = ("bar", "den", "fol", "gim", "hul", "jas", "kor", "lum", "mip", "nor", "pel", "rud", "sten", "tav", "wob")
FRAMES = (  # of words too short to say what a text is about
    "The {} said on the day that the {} of {} and {} must go to {}, if the {} of {} will not.",
    "No {} came to the {} for {}, and the {} had not seen it so from {}, {} or {}.",
    "It was the one {} of the {} at {}, and the {} of {} was glad of {} and {}.",
    "For {} and {} it is less {} than {}, said {}, {} and {}.",
)


def words(seed: str, count: int) -> list[str]:
    """Invented words, always the same ones for a seed."""
    chance = random.Random(seed)
    return ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(count)]


def paragraphs(seed: str, count: int = 5, about: Sequence[str] = ()) -> list[str]:
    """Text that shares its content words with no other seed's; with `about` half of them are those."""
    chance = random.Random(seed)
    own = words(seed, 60)
    made = []
    for number in range(count):
        filling = [chance.choice(about) if about and chance.random() < 0.5 else chance.choice(own) for _ in range(7)]
        made.append(FRAMES[number % len(FRAMES)].format(*filling))
    return made


def article(number: int, body: Sequence[str], *, day: int | None = None, is_new: bool = True) -> Sighting:
    """An article of the day; each number has a day of its own where none is given."""
    at = FIRST_DAY + timedelta(days=number if day is None else day, seconds=number)
    return Sighting(
        article_id=f"{number:016x}",
        headline=" ".join(words(f"headline {number}", 4)),
        body="\n\n".join(body),
        seen_at=at,
        published_at=at,
        is_new=is_new,
    )
