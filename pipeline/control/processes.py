"""Background processes with a name: started in a session of their own, found again, and ended for certain.

What runs is written to `<home>/control/<name>.json` with pid and start time, because a pid alone may by now be
somebody else's. Logs go to `<home>/logs/<name>.log`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

STOP_AFTER_SECONDS = 25.0


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Starts and stops named processes of one installation."""

    home: Path
    # Our own children, to be reaped when they end; processes started by another command are nobody's to reap.
    _children: list[subprocess.Popen[bytes]] = field(default_factory=list, init=False)

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        """Start a process unless one of that name runs already."""
        if self.is_running(name):
            return
        log_file = self.log_file(name)
        log_file.parent.mkdir(parents=True, exist_ok=True)
        with log_file.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603  our own commands, no shell
                list(command),
                env=dict(environment),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._children.append(process)
        state = {"pid": process.pid, "started": psutil.Process(process.pid).create_time()}
        self._state_file(name).parent.mkdir(parents=True, exist_ok=True)
        self._state_file(name).write_text(json.dumps(state), encoding="utf-8")

    def log_file(self, name: str) -> Path:
        """Where the process writes what it says."""
        return self.home / "logs" / f"{name}.log"

    def last_words(self, name: str, lines: int = 15) -> str:
        """The end of the process's log, for a message that says why it died."""
        text = self.log_file(name).read_text(encoding="utf-8", errors="replace") if self.log_file(name).exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def names(self) -> list[str]:
        """The names of all processes that were started and not yet stopped."""
        return sorted(path.stem for path in (self.home / "control").glob("*.json"))

    def is_running(self, name: str) -> bool:
        """Whether the process of that name lives."""
        process = self._process(name)
        return process is not None and process.status() != psutil.STATUS_ZOMBIE

    def stop_all(self) -> list[str]:
        """Ask every process to end, wait, and kill what is left, with all children; returns the names."""
        names = self.names()
        alive: list[psutil.Process] = []
        for name in names:
            process = self._process(name)
            if process is not None:
                alive += [process, *process.children(recursive=True)]
                _signal_group(process.pid, signal.SIGTERM)
        _gone, alive = psutil.wait_procs(alive, timeout=STOP_AFTER_SECONDS)
        for process in alive:
            _kill(process)
        psutil.wait_procs(alive, timeout=5)
        for child in self._children:
            child.wait(timeout=5)
        self._children.clear()
        for name in names:
            self._state_file(name).unlink(missing_ok=True)
        return names

    def _state_file(self, name: str) -> Path:
        return self.home / "control" / f"{name}.json"

    def _process(self, name: str) -> psutil.Process | None:
        try:
            state = json.loads(self._state_file(name).read_text(encoding="utf-8"))
            process = psutil.Process(state["pid"])
        except (FileNotFoundError, psutil.NoSuchProcess):
            return None
        # The kernel's clock ticks coarser than a second; another process with this pid would be minutes younger.
        return process if abs(process.create_time() - state["started"]) < 2 else None


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return  # it ended by itself in the meantime


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def wait_until(ready: Callable[[], bool], seconds: float) -> bool:
    """Poll `ready` every quarter of a second until it is true or the time is up; says which."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(0.25)
    return False
