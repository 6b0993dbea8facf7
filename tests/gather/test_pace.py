"""The pace of one host: within a process, between processes, after a kill, and while a host is on hold."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.gather.ledger import open_ledger
from pipeline.gather.pace import NAME_SERVER_SECONDS, HeldError, HostPace, SharedPace
from pipeline.settings import Settings


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["one process", "shared"])
def pace(request, clock, tmp_path):
    if request.param == "one process":
        yield HostPace(clock, clock.sleep)
        return
    with open_ledger(Settings(home=tmp_path)) as ledger:
        yield SharedPace(ledger, clock, clock.sleep)


def test_the_pause_is_counted_from_the_end_of_the_answer(pace, clock):
    with pace.turn("a.example", 5):
        clock.now += 3  # the answer takes three seconds
    ended = clock.now
    with pace.turn("a.example", 5):
        assert clock.now == pytest.approx(ended + 5)


def test_other_hosts_are_not_waited_for(pace, clock):
    with pace.turn("a.example", 5):
        pass
    with pace.turn("b.example", 5):
        pass
    assert clock.slept == []


def test_a_failed_request_is_followed_by_the_pause_too(pace, clock):
    with pytest.raises(OSError, match="broken"), pace.turn("a.example", 5):
        raise OSError("broken")
    began = clock.now
    with pace.turn("a.example", 5):
        assert clock.now == pytest.approx(began + 5)


@pytest.mark.parametrize("delay_seconds", [0, 2])
def test_a_hold_is_waited_for_and_known_with_its_reason(pace, clock, delay_seconds):
    pace.hold("a.example", 30, "rate_limited: answered 429")
    held = pace.held("a.example")
    assert held is not None
    assert held.seconds == pytest.approx(30)
    assert held.reason == "rate_limited: answered 429"
    began = clock.now
    with pace.turn("a.example", delay_seconds):
        assert clock.now == pytest.approx(began + 30)
    assert pace.held("a.example") is None
    assert pace.held("b.example") is None


def test_of_two_pauses_the_longer_counts(pace, clock):
    for first, second in ((2, 7), (7, 2)):
        with pace.turn("a.example", first):
            pass
        ended = clock.now
        with pace.turn("a.example", second):
            assert clock.now == pytest.approx(ended + 7)
        clock.now += 100


def test_without_a_delay_nothing_is_waited_for(pace, clock):
    for _ in range(3):
        with pace.turn("a.example", 0):
            pass
    assert clock.slept == []


@pytest.fixture
def two_processes(tmp_path, clock):
    """Two paces over one ledger file, as two processes have them."""
    settings = Settings(home=tmp_path)
    with open_ledger(settings) as first, open_ledger(settings) as second:
        yield SharedPace(first, clock, clock.sleep), SharedPace(second, clock, clock.sleep)


def test_a_host_that_another_process_asks_is_waited_for(two_processes, clock):
    first, second = two_processes
    turn = first.turn("a.example", 5)
    turn.__enter__()
    looked = 0

    def sleep(seconds: float) -> None:
        nonlocal looked
        looked += 1
        clock.now += seconds
        if looked == 7:  # the answer comes while the other one waits
            turn.__exit__(None, None, None)

    second._sleep = sleep
    with second.turn("a.example", 1):
        pass
    assert looked > 7
    assert clock.now - 1_000_000 == pytest.approx(7 * 0.1 + 5)


def test_the_turn_of_a_killed_process_is_over_after_a_while(two_processes, clock):
    first, second = two_processes
    turn = first.turn("a.example", 5)
    turn.__enter__()
    with second.turn("a.example", 5):
        assert clock.now - 1_000_000 == pytest.approx(90 + NAME_SERVER_SECONDS, abs=0.2)
    turn.__exit__(None, None, None)


def test_a_hold_of_one_process_holds_the_other(two_processes, clock):
    first, second = two_processes
    first.hold("a.example", 600, "unreachable: 3 connections failed")
    assert second.held("a.example") == (600, "unreachable: 3 connections failed")
    second.hold("a.example", 1, "rate_limited: answered 429")  # the longer one stays
    assert first.held("a.example") == (600, "unreachable: 3 connections failed")


@pytest.mark.parametrize("delay_seconds", [0, 5])
def test_a_hold_too_long_to_wait_for_ends_the_waiting(tmp_path, clock, delay_seconds):
    with open_ledger(Settings(home=tmp_path)) as ledger:
        for pace in (
            SharedPace(ledger, clock, clock.sleep, longest_hold_seconds=5),
            HostPace(clock, clock.sleep, longest_hold_seconds=5),
        ):
            pace.hold("a.example", 86_400, "rate_limited: for a day")
            with pytest.raises(HeldError) as held, pace.turn("a.example", delay_seconds):
                pass
            assert held.value.hold == (86_400, "rate_limited: for a day")
    assert clock.slept == []


ASKS_EIGHT_TIMES = """
import sys, time
from pathlib import Path
from pipeline.gather.ledger import open_ledger
from pipeline.gather.pace import SharedPace
from pipeline.settings import Settings

with open_ledger(Settings(home=Path(sys.argv[1]))) as ledger:
    pace = SharedPace(ledger)
    for _ in range(8):
        with pace.turn("a.example", 0.05):
            began = time.time()
            time.sleep(0.01)
            print(began, time.time(), flush=True)
"""


def test_three_processes_never_ask_one_host_at_once_nor_without_the_pause(tmp_path: Path):
    processes = [
        subprocess.Popen([sys.executable, "-c", ASKS_EIGHT_TIMES, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[0] for process in processes]
    turns = sorted(tuple(map(float, line.split())) for text in said for line in text.splitlines())
    assert len(turns) == 24
    for (_, ended), (began, _) in pairwise(turns):
        assert began - ended >= 0.05
