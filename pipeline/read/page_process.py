"""Reading with limits: each page is read in a child process, so that no page can hang or eat the machine.

A thread cannot be stopped in the middle of a parser, and a signal does not end a loop in C; a process can be
killed. One child serves page after page and costs a page about 0.2 ms; only a page that breaks it costs a new one.
The child is a fresh interpreter, not a fork: a fork of a process with threads may lock up (Python 3.12 and later
warn of it), and Airflow's tasks and the workers of a process pool are not ours to keep free of threads.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
from functools import lru_cache
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pipeline.read.page_pipe import ChildEndedError, ChildProcess, TimeUpError
from pipeline.read.page_protocol import OUT_OF_MEMORY_EXIT_CODE, Answer, PageInput

if TYPE_CHECKING:
    from pipeline.read.page_reading import PageReading

_READ_INPUT = "pipeline.read.page_child:read_input"
# Ctrl-C is the parent's business, from the first moment on.
_CHILD_PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from pipeline.read.page_child import main
main()
"""
_MEGABYTE = 1_000_000
_START_SECONDS = 60.0  # for the imports of a child, on a machine that is very busy
_START_SHARE_SECONDS = 1.0  # of a start that go on top of a page's own seconds; a slower start is taken from them
_LEAST_SECONDS = 2.0  # that a page gets after the slowest start


class BoundedReader:
    """Reads pages in a child process with limits of time and memory. A context manager; threads take turns.

    Args:
        seconds: what one page may take, by the clock on the wall; its answer is there within two seconds more.
        memory_bytes: what one page may take beyond what the child has after its imports (enforced on Linux).
        largest_page_bytes: a larger page is not read at all.
        _function: import path `module:function` of what reads a PageInput; tests put something worse there.
    """

    def __init__(
        self,
        *,
        seconds: float = 8.0,
        memory_bytes: int = 1_500_000_000,
        largest_page_bytes: int = 20_000_000,
        _function: str = _READ_INPUT,
    ) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._largest_page_bytes = largest_page_bytes
        self._function = _function
        self._child: ChildProcess | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        """Start the child without waiting for it: its imports run while the caller looks for the first page."""
        with self._turn:
            self._running_child()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, page: PageInput) -> PageReading:
        """Read one page; a page that breaks a limit is QUARANTINED, and the reason says which.

        Raises:
            PermanentError: the child does not start at all, which is no page's fault.
        """
        if len(page.raw) > self._largest_page_bytes:
            megabytes = f"{len(page.raw) / _MEGABYTE:.0f} MB"
            return _quarantined(page, f"larger than {self._largest_page_bytes / _MEGABYTE:.0f} MB: {megabytes}")
        with self._turn:
            called_at = time.monotonic()
            child = self._running_child()
            try:
                child.wait_until_ready(called_at + _START_SECONDS)
                ready_at = time.monotonic()
                latest = max(called_at + self._seconds + _START_SHARE_SECONDS, ready_at + _LEAST_SECONDS)
                answer: Answer = child.ask(page, min(ready_at + self._seconds, latest))
            except TimeUpError:
                self._replace_child()
                return _quarantined(page, f"took longer than {self._seconds:g} seconds")
            except ChildEndedError as end:
                self._replace_child()
                return _quarantined(page, self._end_in_words(end.exit_code))
            except BaseException:  # Ctrl-C, a task's own time limit: a half-told page must not answer the next one
                self._replace_child()
                raise
            if answer.is_worn:
                self._close_child()
            return answer.reading or _quarantined(page, self._out_of_memory())

    def close(self) -> None:
        """End the child; the next page would start another."""
        with self._turn:
            self._close_child()

    def _running_child(self) -> ChildProcess:
        """The child, where it is ours and alive; else a new one."""
        if self._child is not None and not self._child.is_ours():
            self._child = None  # this process is a fork of the one that started it
        if self._child is not None and self._child.is_ready and not self._child.is_alive():
            self._close_child()  # it ended between two pages: neither of them broke it
        if self._child is None:
            self._child = self._new_child()
        return self._child

    def _new_child(self) -> ChildProcess:
        return ChildProcess(
            [
                sys.executable,
                "-P",  # the folder we stand in is no place to import from
                "-c",
                _CHILD_PROGRAM,
                self._function,
                str(self._memory_bytes),
                str(self._seconds),
                str(os.getpid()),
            ],
        )

    def _close_child(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None

    def _replace_child(self) -> None:
        """Kill the child; the next page starts another."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _out_of_memory(self) -> str:
        return f"needed more than {self._memory_bytes / _MEGABYTE:.0f} MB of memory"

    def _end_in_words(self, exit_code: int) -> str:
        if exit_code == OUT_OF_MEMORY_EXIT_CODE:
            return self._out_of_memory()
        if exit_code < 0:
            return f"the reader ended with signal {-exit_code}"
        return f"the reader ended with exit code {exit_code}"


@lru_cache(maxsize=1)
def lasting_reader() -> BoundedReader:
    """This process's own reader, kept from batch to batch, so that a pool's worker pays for its imports once.

    Its child ends with this process, however that ends.
    """
    reader = BoundedReader()
    atexit.register(reader.close)
    return reader


def _quarantined(page: PageInput, reason: str) -> PageReading:
    # Here alone the parent pays for the reader's imports, and only where PageReading itself comes with them.
    from pipeline.read.canonical import normalised  # noqa: PLC0415  see above
    from pipeline.read.page_reading import PageReading  # noqa: PLC0415  see above
    from pipeline.statuses import ArticleStatus  # noqa: PLC0415  see above

    return PageReading(
        status=ArticleStatus.QUARANTINED, reason=reason, url=page.url, canonical_url=normalised(page.url)
    )
