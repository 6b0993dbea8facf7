"""The parent's end of the page process: start it, ask it with a deadline, end it and leave nothing behind."""

from __future__ import annotations

import os
import pickle
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from pipeline.errors import PermanentError
from pipeline.read.page_protocol import LENGTH, framed

_END_SECONDS = 2.0  # that a child gets to end by itself once its pipe is closed
_PIECE_BYTES = 1 << 20


class TimeUpError(Exception):
    """The deadline passed before the answer was there."""


class ChildEndedError(Exception):
    """The child ended in the middle of a page.

    Args:
        exit_code: as `subprocess.Popen.returncode`: negative where a signal ended it.
    """

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"the child ended with {exit_code}")
        self.exit_code = exit_code


class ChildProcess:
    """A child that says one message when it is ready, and one for each that it gets."""

    def __init__(self, command: list[str]) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path),  # it imports what we would
            "OPENBLAS_NUM_THREADS": "1",  # numpy's threads would take address space, and are of no use here
        }
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter with our own words
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, bufsize=0
        )
        if self._process.stdin is None or self._process.stdout is None:  # cannot be: both are asked for above
            raise PermanentError("the page process has no pipes")
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        os.set_blocking(self._stdin.fileno(), False)
        os.set_blocking(self._stdout.fileno(), False)
        self._owner = os.getpid()
        self.is_ready = False

    def is_ours(self) -> bool:
        """False in a fork of the process that started the child: there only our copies of the pipes are closed."""
        if self._owner == os.getpid():
            return True
        self._stdin.close()
        self._stdout.close()
        self._process.returncode = 0  # not ours to wait for
        return False

    def is_alive(self) -> bool:
        """Whether the child runs."""
        return self._process.poll() is None

    def wait_until_ready(self, deadline: float) -> None:
        """Wait for the child's imports.

        Raises:
            PermanentError: it ended, or was not ready at the deadline (of `time.monotonic`).
        """
        if self.is_ready:
            return
        try:
            self._receive(deadline)
        except ChildEndedError as end:
            raise PermanentError(
                f"the page process did not start: it ended with {end.exit_code}, and said why on the error stream"
            ) from end
        except TimeUpError as error:
            raise PermanentError("the page process was not ready in time: is this machine out of memory?") from error
        self.is_ready = True

    def ask(self, value: object, deadline: float) -> Any:
        """The child's answer to a message.

        Raises:
            TimeUpError: it was not there at the deadline (of `time.monotonic`).
            ChildEndedError: the child ended instead.
        """
        self._send(framed(value), deadline)
        return self._receive(deadline)

    def close(self) -> None:
        """Close the pipes, which ends a child that is idle, and see it gone."""
        if not self.is_ours():
            return
        self._stdin.close()
        self._stdout.close()
        try:
            self._process.wait(_END_SECONDS if self.is_ready else 0)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End a child that is busy, and see it gone."""
        if not self.is_ours():
            return
        self._stdin.close()
        self._stdout.close()
        self._process.kill()
        self._process.wait()

    def _send(self, message: bytes, deadline: float) -> None:
        rest = memoryview(message)
        while rest:
            _wait_for(self._stdin.fileno(), select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._stdin.fileno(), rest[:_PIECE_BYTES]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise ChildEndedError(self._exit_code()) from error

    def _receive(self, deadline: float) -> Any:
        (length,) = LENGTH.unpack(self._receive_bytes(LENGTH.size, deadline))
        return pickle.loads(self._receive_bytes(length, deadline))  # noqa: S301  our own other half wrote it

    def _receive_bytes(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            _wait_for(self._stdout.fileno(), select.POLLIN, deadline)
            try:
                piece = os.read(self._stdout.fileno(), min(_PIECE_BYTES, size - len(received)))
            except BlockingIOError:
                continue
            if not piece:
                raise ChildEndedError(self._exit_code())
            received += piece
        return bytes(received)

    def _exit_code(self) -> int:
        """What the child ended with; it has closed its pipe, and ends now if it has not already."""
        try:
            return self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


def _wait_for(descriptor: int, event: int, deadline: float) -> None:
    """Wait until the pipe can be used, or was closed by the other side."""
    poll = select.poll()  # select() itself knows no descriptors beyond 1,023
    poll.register(descriptor, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeUpError
