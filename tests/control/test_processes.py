import os
import sys
from pathlib import Path

import psutil
import pytest

from pipeline.control import processes
from pipeline.control.processes import Supervisor, wait_until

SLEEPER = [sys.executable, "-c", "import time; print('awake', flush=True); time.sleep(60)"]
STUBBORN_CHILD = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
STUBBORN_PROGRAM = f"""
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", {STUBBORN_CHILD!r}])
print("awake", flush=True)
time.sleep(60)
"""
STUBBORN = [sys.executable, "-c", STUBBORN_PROGRAM]


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    return Supervisor(tmp_path)


def start(supervisor: Supervisor, name: str, command: list[str], tmp_path: Path) -> None:
    supervisor.start(name, command, os.environ, tmp_path)
    assert wait_until(lambda: "awake" in supervisor.last_words(name), 10)


def children() -> list[psutil.Process]:
    return [c for c in psutil.Process().children(recursive=True) if c.status() != psutil.STATUS_ZOMBIE]


def test_a_started_process_runs_and_a_stopped_one_leaves_nothing(supervisor: Supervisor, tmp_path: Path) -> None:
    start(supervisor, "one", SLEEPER, tmp_path)
    assert supervisor.is_running("one")
    assert supervisor.stop_all() == ["one"]
    assert not supervisor.is_running("one")
    assert supervisor.names() == []
    assert children() == []


def test_starting_twice_starts_once(supervisor: Supervisor, tmp_path: Path) -> None:
    start(supervisor, "one", SLEEPER, tmp_path)
    supervisor.start("one", SLEEPER, os.environ, tmp_path)
    assert len(children()) == 1
    supervisor.stop_all()


def test_a_process_that_ignores_the_polite_signal_is_killed_with_its_children(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_AFTER_SECONDS", 0.2)
    start(supervisor, "stubborn", STUBBORN, tmp_path)
    assert wait_until(lambda: len(children()) == 2, 10)
    supervisor.stop_all()
    assert children() == []


def test_another_process_with_the_same_pid_is_not_ours(supervisor: Supervisor, tmp_path: Path) -> None:
    (tmp_path / "control").mkdir()
    (tmp_path / "control" / "one.json").write_text(f'{{"pid": {os.getpid()}, "started": 1000.0}}')
    assert not supervisor.is_running("one")
    supervisor.stop_all()  # and this test process goes on


def test_stopping_when_nothing_runs_is_fine(supervisor: Supervisor) -> None:
    assert supervisor.stop_all() == []
