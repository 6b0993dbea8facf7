"""How fast one host is asked: at least so many seconds between the starts of two requests.

`HostPace` keeps the pace within one process. Processes that share hosts need a shared one; anything that has
`wait` can take its place (`Pace`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol


class Pace(Protocol):
    """Who says when a host may be asked next."""

    def wait(self, host: str, delay_seconds: float) -> None:
        """Return when `host` may be asked, at least `delay_seconds` after it was asked last."""

    def pause(self, host: str, seconds: float) -> None:
        """Hold `host` for `seconds` from now: it said so itself (Retry-After)."""


class HostPace:
    """The pace of all hosts within one process.

    Args:
        clock: seconds that only go forward.
        sleep: waits so many seconds.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._asked_at: dict[str, float] = {}
        self._held_until: dict[str, float] = {}

    def wait(self, host: str, delay_seconds: float) -> None:
        """Return when `host` may be asked, at least `delay_seconds` after it was asked last."""
        ready_at = self._held_until.pop(host, 0.0)
        if host in self._asked_at:
            ready_at = max(ready_at, self._asked_at[host] + delay_seconds)
        remaining_seconds = ready_at - self._clock()
        if remaining_seconds > 0:
            self._sleep(remaining_seconds)
        self._asked_at[host] = self._clock()

    def pause(self, host: str, seconds: float) -> None:
        """Hold `host` for `seconds` from now."""
        self._held_until[host] = self._clock() + seconds
