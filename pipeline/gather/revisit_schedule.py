"""When a captured page is visited again to see whether its text has changed: seldomer as it grows older.

A page first captured at T is due at T + each step of the setting `revisit_after_hours`. A pass visits it if a step
lies between the last time we asked for it and now; any number of steps that were missed are made up for by one visit.

Steps are counted from the first capture, not from publication. From then on we hold a text that can go out of date;
the instant is our own clock's and never moves, so that no page is visited more often than it has steps. The time that
a feed gives is missing on section pages, is the last change in plain sitemaps, and is hours off where a feed's zone is
wrong. For a page that is found as it appears the two are the same, and `link_window_days` keeps old ones away.

The last step is made up for only within `MADE_UP_FOR`, so that what lies behind us costs no pass anything and an
archive that is imported asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

# Three nights: the last step is honoured where no watcher runs, and where a night or two were lost.
MADE_UP_FOR = timedelta(hours=72)


class DueWindow(NamedTuple):
    """The pages whose latest step is the same: first captured after `after` and until `until`, and that step."""

    after: datetime
    until: datetime
    step: timedelta


@dataclass(frozen=True, slots=True)
class RevisitSchedule:
    """The steps after the first capture, ascending; none: no page is visited again."""

    steps: tuple[timedelta, ...]

    @classmethod
    def after_hours(cls, hours: Iterable[float]) -> RevisitSchedule:
        """The schedule of the setting `revisit_after_hours`."""
        return cls(tuple(timedelta(hours=one) for one in hours))

    def windows(self, now: datetime) -> Iterator[DueWindow]:
        """The times of first capture for which a step has come, in ranges that do not overlap, the youngest first.

        A page in one of them is due if it has not been asked for since its first capture + the range's step.
        """
        ends = (*self.steps[1:], self.steps[-1] + MADE_UP_FOR) if self.steps else ()
        for step, end in zip(self.steps, ends, strict=True):
            yield DueWindow(after=now - end, until=now - step, step=step)
