"""How fast one host is asked, by all who ask: one request at a time, and a pause after it before the next.

The pause is counted from the end of the answer, not from the question: then the server, too, never sees two of our
requests closer together than that, however long the first took to reach it. Of two pauses, the one that was promised
after the last answer and the one that the next asker keeps (it may know a crawl-delay by now), the longer counts.
`SharedPace` keeps the pace of all processes through the ledger; `HostPace` that of one thread, for trying a source and
for tests.

A host on hold is left alone by everybody: it answered 429, or could not be reached. The reason is kept with the
hold, because the links it keeps waiting must say why.
"""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pipeline.gather.ledger_schema import write_transaction

if TYPE_CHECKING:
    from pipeline.gather.ledger import Ledger

# A process that was killed in the middle of a request leaves its turn behind; so long after the longest time that a
# request may take it counts as over. The margin is for the name server, whose time nobody limits.
NAME_SERVER_SECONDS = 30.0
# How often a process looks whether another one's turn is over: it cannot know how long an answer takes.
LOOK_AGAIN_SECONDS = 0.1


class Hold(NamedTuple):
    """A host that is left alone."""

    seconds: float  # still to go
    reason: str


class HeldError(Exception):
    """While we waited for our turn, the host was put on a hold that is too long to wait for."""

    def __init__(self, hold: Hold) -> None:
        self.hold = hold
        super().__init__(hold.reason)


class Pace(Protocol):
    """Who says when a host may be asked next."""

    def turn(self, host: str, delay_seconds: float) -> AbstractContextManager[None]:
        """Wait for our turn; the request is made inside the block, the next turn begins `delay_seconds` after its end.

        Without a delay any number of requests may be under way, and only a hold is waited for. Raises HeldError.
        """

    def hold(self, host: str, seconds: float, reason: str) -> None:
        """Leave `host` alone for `seconds` from now."""

    def held(self, host: str) -> Hold | None:
        """The hold that `host` is on, None where it is on none."""


class HostPace:
    """The pace of all hosts within one thread.

    Args:
        clock: seconds that only go forward.
        sleep: waits so many seconds.
        longest_hold_seconds: a longer hold is not waited for.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        longest_hold_seconds: float = math.inf,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._longest_hold_seconds = longest_hold_seconds
        self._ended: dict[str, tuple[float, float]] = {}  # when the last answer ended, and the pause after it
        self._held: dict[str, tuple[float, str]] = {}

    @contextmanager
    def turn(self, host: str, delay_seconds: float) -> Iterator[None]:
        """Wait until `host` is free and on no hold."""
        hold = _waited_for(self.held(host), self._longest_hold_seconds)
        ended_at, pause_seconds = self._ended.get(host, (-math.inf, 0.0))
        wait_seconds = max(ended_at + max(pause_seconds, delay_seconds) - self._clock(), hold.seconds if hold else 0.0)
        if wait_seconds > 0:
            self._sleep(wait_seconds)
        try:
            yield
        finally:
            self._ended[host] = (self._clock(), delay_seconds)

    def hold(self, host: str, seconds: float, reason: str) -> None:
        """Leave `host` alone for `seconds` from now."""
        self._held[host] = (self._clock() + seconds, reason)

    def held(self, host: str) -> Hold | None:
        """The hold that `host` is on."""
        until, reason = self._held.get(host, (0.0, ""))
        seconds = until - self._clock()
        return Hold(seconds, reason) if seconds > 0 else None


class SharedPace:
    """The pace that all processes of an installation keep together, through the ledger's table `hosts`.

    Times are the machine's wall clock, the only one that outlives a restart. Where it is set back, hosts wait for as
    much longer.

    Args:
        ledger: an open ledger; used by the thread that opened it only.
        clock: seconds since 1970.
        sleep: waits so many seconds.
        longest_hold_seconds: a longer hold is not waited for.
        longest_request_seconds: what a request may take, from connecting to its last byte.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        *,
        longest_hold_seconds: float = math.inf,
        longest_request_seconds: float = 90.0,
    ) -> None:
        self._longest_turn_seconds = longest_request_seconds + NAME_SERVER_SECONDS
        self._connection = ledger.connection
        self._clock = clock
        self._sleep = sleep
        self._longest_hold_seconds = longest_hold_seconds

    @contextmanager
    def turn(self, host: str, delay_seconds: float) -> Iterator[None]:
        """Wait until no other process asks `host`, its pause is over, and it is on no hold."""
        if delay_seconds <= 0:
            hold = _waited_for(self.held(host), self._longest_hold_seconds)
            if hold is not None:
                self._sleep(hold.seconds)
            yield
            return
        while (wait_seconds := self._wait_seconds(host, delay_seconds)) > 0 or not self._take_turn(host, delay_seconds):
            self._sleep(wait_seconds or LOOK_AGAIN_SECONDS)
        try:
            yield
        finally:
            with write_transaction(self._connection) as connection:
                connection.execute(
                    "UPDATE hosts SET turn_until = 0, ended_at = ?, pause_seconds = ? WHERE host = ?",
                    [self._clock(), delay_seconds, host],
                )

    def hold(self, host: str, seconds: float, reason: str) -> None:
        """Leave `host` alone for `seconds` from now; a hold that ends later stays."""
        with write_transaction(self._connection) as connection:
            connection.execute(
                """
                INSERT INTO hosts (host, held_until, hold_reason) VALUES ($host, $until, $reason)
                ON CONFLICT (host) DO UPDATE SET held_until = $until, hold_reason = $reason
                WHERE held_until < $until
                """,
                {"host": host, "until": self._clock() + seconds, "reason": reason},
            )

    def held(self, host: str) -> Hold | None:
        """The hold that `host` is on."""
        return self._hold_in(self._row(host))

    def _take_turn(self, host: str, delay_seconds: float) -> bool:
        """Whether the turn is ours now; looked up and taken in one transaction, so that it is nobody else's too."""
        with write_transaction(self._connection) as connection:
            if self._wait_seconds(host, delay_seconds) > 0:
                return False
            connection.execute(
                """
                INSERT INTO hosts (host, turn_until) VALUES ($host, $until)
                ON CONFLICT (host) DO UPDATE SET turn_until = $until
                """,
                {"host": host, "until": self._clock() + self._longest_turn_seconds},
            )
        return True

    def _wait_seconds(self, host: str, delay_seconds: float) -> float:
        """0 where the host is free, else after how long to look again."""
        row = self._row(host)
        if row is None:
            return 0.0
        now = self._clock()
        if row["turn_until"] > now:
            return LOOK_AGAIN_SECONDS
        hold = _waited_for(self._hold_in(row), self._longest_hold_seconds)
        free_at = float(row["ended_at"]) + max(float(row["pause_seconds"]), delay_seconds)
        return max(0.0, free_at - now, hold.seconds if hold else 0.0)

    def _hold_in(self, row: sqlite3.Row | None) -> Hold | None:
        seconds = float(row["held_until"]) - self._clock() if row else 0.0
        return Hold(seconds, row["hold_reason"]) if row and seconds > 0 else None

    def _row(self, host: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(
            "SELECT turn_until, ended_at, pause_seconds, held_until, hold_reason FROM hosts WHERE host = ?", [host]
        ).fetchone()
        return row


def _waited_for(hold: Hold | None, longest_hold_seconds: float) -> Hold | None:
    if hold is not None and hold.seconds > longest_hold_seconds:
        raise HeldError(hold)
    return hold
