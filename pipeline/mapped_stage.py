"""A stage over many parts, without a scheduler: as Airflow maps a task, with threads or processes of this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, as_completed

from pipeline.handover import StageResult

Say = Callable[[str], None]


def map_stage(
    pool: Executor, name: str, stage: Callable[[str], StageResult], parts: Sequence[str], *, say: Say
) -> Counter[str]:
    """Run a stage over its parts, say how far it is, and return the summed counts.

    The first failure is raised, after all parts have ended.
    """
    counts: Counter[str] = Counter()
    waiting = {pool.submit(stage, part): part for part in parts}
    for done, future in enumerate(as_completed(waiting), start=1):
        if future.exception() is None:
            counts.update(future.result().counts)
            say(f"{name} {done}/{len(parts)}: {waiting[future]}")
        else:
            say(f"{name} {done}/{len(parts)}: {waiting[future]} failed: {future.exception()}")
    for future in waiting:
        future.result()
    say(f"{name}: {in_words(counts)}")
    return counts


def in_words(counts: dict[str, int]) -> str:
    """`12 new, 3 gone`; what was counted zero times is left out."""
    return ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in counts.items() if number) or "nothing"
