"""A client as gathering opens it, with a clock that only sleeping moves, and limits for servers that dawdle."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pipeline.gather.addresses import checked_addresses
from pipeline.gather.answer import Answer, Validators
from pipeline.gather.client import Client, Wanted
from pipeline.gather.pace import HostPace
from pipeline.gather.transport import Limits, Transport
from pipeline.settings import Settings

SETTINGS = Settings(
    newsroom=True,
    delay_seconds=0,
    connect_timeout_seconds=10,
    read_timeout_seconds=10,
    total_timeout_seconds=20,
    max_response_bytes=200_000,
    max_redirects=4,
)
# For faults that end by the limits only; too short for anything else on a busy machine.
IMPATIENT = {"read_timeout_seconds": 0.3, "total_timeout_seconds": 0.6}
ANYTHING = Wanted(accept="text/html")


@dataclass
class FakeTime:
    """A clock that only sleeping moves."""

    now: float = 1_000.0
    sleeps: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(round(seconds, 3))
        self.now += seconds


@dataclass
class Asker:
    """A client, the time its pace goes by, and what it learned of holds."""

    client: Client
    time: FakeTime
    pace: HostPace

    def ask(self, url: str, wanted: Wanted = ANYTHING, validators: Validators | None = None) -> Answer:
        return self.client.ask(url, wanted, validators)


@contextlib.contextmanager
def asking(*, trust: ssl.SSLContext | None = None, delay_seconds: float = 0, **settings: Any) -> Iterator[Asker]:
    changed = SETTINGS.model_copy(update=settings)
    limits = Limits(
        connect_timeout_seconds=changed.connect_timeout_seconds,
        read_timeout_seconds=changed.read_timeout_seconds,
        total_timeout_seconds=changed.total_timeout_seconds,
        max_bytes=changed.max_response_bytes,
    )
    time = FakeTime()
    pace = HostPace(time.clock, time.sleep)
    resolve = partial(checked_addresses, allow_loopback_names=changed.newsroom)
    with Transport(resolve, limits, trust) as transport:
        yield Asker(Client(transport, changed, pace, delay_seconds), time, pace)
