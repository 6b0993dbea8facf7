"""Many sources at once without a scheduler: threads of a few processes, handed out like a pool of threads.

Gathering waits for the network most of its time, so one source takes one thread. But the threads of one process share
one interpreter lock, and page by page its contention costs more than it saves: with eight threads a page took 2.2 ms
of CPU time, in a process by itself 1.5 (measured 2026-11-24). So the threads are divided among as many processes as
there are processors, up to `MOST_PROCESSES`, each of about 85 MB. Under Airflow each source is a process of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

MOST_PROCESSES = 4

P = ParamSpec("P")
T = TypeVar("T")


class GatherPool(ThreadPoolExecutor):
    """An executor whose calls run in the threads of other processes. Calls, results and errors must be picklable.

    A process that dies fails the calls it was about, with `BrokenProcessPool`; the others do the rest. If this
    process dies, the others end with the call they are about.

    Args:
        at_once: how many calls run at the same time, in all processes together.
        processes: how many; None: one for each processor, at most `MOST_PROCESSES`.
    """

    def __init__(self, at_once: int, processes: int | None = None) -> None:
        super().__init__(at_once, thread_name_prefix="gather")
        context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
        count = min(processes or min(os.cpu_count() or 1, MOST_PROCESSES), at_once)
        self._lanes: queue.SimpleQueue[Connection | None] = queue.SimpleQueue()
        self._open: set[Connection] = set()
        self._closing = threading.Lock()
        pairs = [context.Pipe() for _ in range(at_once)]
        shares = [[theirs for _, theirs in pairs[number::count]] for number in range(count)]
        self._processes = [
            context.Process(target=_serve, args=(share,), name="gather", daemon=True) for share in shares
        ]
        for process in self._processes:
            process.start()
        for ours, theirs in pairs:
            theirs.close()
            self._open.add(ours)
            self._lanes.put(ours)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As any executor's."""
        return super().submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As any executor's; where it waits, the processes have ended too."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        if not wait:  # the processes end with us
            return
        while self._open:
            self._open.pop().close()
        for process in self._processes:
            process.join()

    def _call(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        lane = self._lanes.get()
        if lane is None:
            self._lanes.put(None)
            raise BrokenProcessPool("all processes that gather have died")
        try:
            lane.send((fn, args, kwargs))
            done, value = lane.recv()
        except (EOFError, OSError) as error:
            self._give_up(lane)
            raise BrokenProcessPool("a process that gathers has died") from error
        except BaseException:  # it cannot be sent: nothing is on its way
            self._lanes.put(lane)
            raise
        self._lanes.put(lane)
        if done:
            result: T = value
            return result
        raise value

    def _give_up(self, lane: Connection) -> None:
        with self._closing:
            self._open.discard(lane)
            lane.close()
            if not self._open:
                self._lanes.put(None)


def _serve(lanes: list[Connection]) -> None:
    """What a process does: a thread for each lane, until they are closed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it at once: what is archived is taken over later
    threads = [threading.Thread(target=_serve_lane, args=(lane,), daemon=True) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _serve_lane(lane: Connection) -> None:
    while True:
        try:
            fn, args, kwargs = lane.recv()
        except (EOFError, ConnectionError):
            return
        try:
            answer = (True, fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  it is raised where the call was made
            answer = (False, _sendable(error))
        try:
            lane.send(answer)
        except ConnectionError:  # whoever called is gone
            return
        except Exception as error:  # noqa: BLE001  a result that cannot be sent
            lane.send((False, _sendable(error)))


def _sendable(error: Exception) -> Exception:
    """The error, or one of its nearest base class with the same words where it cannot be sent as it is."""
    for base in type(error).__mro__:
        try:
            candidate = error if base is type(error) else base(str(error))
            pickle.loads(pickle.dumps(candidate))  # noqa: S301  our own bytes
        except Exception:  # noqa: BLE001, S112  whatever an exception class does when it is taken apart
            continue
        candidate.add_note("".join(traceback.format_exception(error)))
        return candidate
    return RuntimeError(str(error))
