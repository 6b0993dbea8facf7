"""How much memory a process and its children hold at most."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

import psutil

LOOK_EVERY_SECONDS = 0.1


def peak_rss_bytes() -> int:
    """The most memory this very process has had resident since its program began (VmHWM; Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the system does not say VmHWM")


class PeakOfTree:
    """Watches a process and all it starts: the greatest sum of resident memory, looked at ten times a second."""

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY_SECONDS):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self.bytes = max(self.bytes, sum(one.memory_info().rss for one in family))
            except psutil.Error:  # it, or one of them, has just ended
                continue
