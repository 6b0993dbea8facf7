"""The process in which pages are read: it limits itself, answers page after page, and ends with its parent.

Started by `page_process.BoundedReader`, never by hand. Its standard input and output are the pipes to the parent;
whatever a library prints goes to the error stream instead.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import itertools
import os
import resource
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.read.page_protocol import OUT_OF_MEMORY_EXIT_CODE, Answer, PageInput, framed, read_message
from pipeline.statuses import ArticleStatus

if TYPE_CHECKING:
    from pipeline.read.page_reading import PageReading

_PAGES_PER_CHILD = 5_000
_PAGES_PER_COLLECTION = 50
_MOST_GROWTH_BYTES = 400_000_000  # of resident memory since the start, measured after a page
_ALARM_MARGIN_SECONDS = 0.5  # the parent's own limit comes first while the parent lives
_PARENT_CHECK_SECONDS = 5.0
_STATM = Path("/proc/self/statm")


def main() -> None:
    """Serve the parent named by the arguments: function to call, memory in bytes, seconds for a page, parent's id."""
    function_path, memory_bytes, seconds, parent = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    requests, answers = _take_pipes()
    read = _function_at(function_path)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not write its memory to the disk
    _limit_memory(memory_bytes)
    _say(answers, None)  # ready: the parent's clock starts with the page, not with our imports
    serve(requests, answers, read, page_seconds=seconds, parent=parent)


def serve(
    requests: BinaryIO,
    answers: BinaryIO,
    read: Callable[[PageInput], PageReading],
    *,
    page_seconds: float,
    parent: int,
) -> None:
    """Answer each page that comes in, until the parent closes the pipe or is gone."""
    resident_at_start = _memory_bytes()[1]
    gc.freeze()  # a page leaves hardly a cycle behind: looking for them after each is a tenth of the time
    gc.disable()
    for count in itertools.count(1):
        if not _next_is_there(requests, parent):
            return
        # The default action of this alarm ends the process even in the middle of a call into C. It matters where
        # the parent has died and can kill nobody; else the parent is first.
        signal.setitimer(signal.ITIMER_REAL, page_seconds + _ALARM_MARGIN_SECONDS)
        try:
            page = read_message(requests)
            if page is None:
                return
            reading = read(page)
            if count % _PAGES_PER_COLLECTION == 0:
                gc.collect()
            ran_out = reading.status is ArticleStatus.QUARANTINED and (reading.reason or "").startswith("MemoryError")
            del page
            grown = _memory_bytes()[1] - resident_at_start
            is_worn = ran_out or count >= _PAGES_PER_CHILD or grown > _MOST_GROWTH_BYTES
            _say(answers, Answer(None if ran_out else reading, is_worn))
        except MemoryError:
            os._exit(OUT_OF_MEMORY_EXIT_CODE)
        except BrokenPipeError:
            return
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def read_input(page: PageInput) -> PageReading:
    """Read one page with the reader itself."""
    from pipeline.read.reader import read_page  # noqa: PLC0415  a test's own function needs no reader

    arguments = {field.name: getattr(page, field.name) for field in fields(page)}
    return read_page(arguments.pop("raw"), **arguments)


def _function_at(path: str) -> Callable[[PageInput], PageReading]:
    """The function named `module:function`, its imports done."""
    module, _, name = path.partition(":")
    function: Callable[[PageInput], PageReading] = getattr(importlib.import_module(module), name)
    if function is read_input:
        importlib.import_module("pipeline.read.reader")  # before the memory is limited and the clock runs
    return function


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our ends of the pipes, moved away from standard input and output."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # the parent runs without an error stream
        os.dup2(nothing, 1)
    os.close(nothing)
    return requests, answers


def _next_is_there(requests: BinaryIO, parent: int) -> bool:
    """Wait for a page. False where the parent is gone, which a copy of its pipe in a third process would hide."""
    poll = select.poll()
    poll.register(requests, select.POLLIN)
    while not poll.poll(_PARENT_CHECK_SECONDS * 1000):
        if os.getppid() != parent:
            return False
    return True


def _limit_memory(memory_bytes: int) -> None:
    """Allow `memory_bytes` of address space beyond what the imports took.

    Address space is the one measure of memory that Linux enforces for a process. macOS knows the limit and does not
    keep it: there a page is held by its time alone.
    """
    limit = _memory_bytes()[0] + memory_bytes
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _memory_bytes() -> tuple[int, int]:
    """Address space and resident memory of this process; where the system does not say, the most it ever had."""
    try:
        total, resident = _STATM.read_bytes().split()[:2]
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return most, most
    return int(total) * resource.getpagesize(), int(resident) * resource.getpagesize()


def _say(answers: BinaryIO, value: object) -> None:
    answers.write(framed(value))
    answers.flush()
