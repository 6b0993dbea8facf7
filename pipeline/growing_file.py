"""A JSON Lines file that only grows: what was appended is there, whole and in order, after a crash or a power cut.

Writers and readers take a lock of the operating system (flock) on the file itself, which goes with the process that
holds it; so nobody sees half a line while another process writes. A last line without its end that is no JSON is
torn: a crash or a full disk cut it off before its writer was told that it is there. It is never read as a line, is
said in the log, and is moved into a file beside this one (`.torn`) when the next line is written.
"""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigurationError, TransientError
from pipeline.synced_folder import sync_folder

_log = logging.getLogger(__name__)
_SHOWN_BYTES = 200


def read_lines(path: Path) -> list[bytes]:
    """The lines of the file, without their ends; none where there is no file.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            content = file.read()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from error
    return _lines(path, content)


class GrowingFile:
    """The file while this process alone may write to it."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        with os.fdopen(os.dup(descriptor), "rb") as file:
            file.seek(0)
            self._content = file.read()
        self.lines = _lines(path, self._content)

    def append(self, line: dict[str, Any]) -> None:
        """Write one line, so that it is there as a whole when this returns; raises OSError and leaves nothing of it."""
        before = self._without_torn_line()
        # An editor may have left the last line without its end.
        start = b"\n" if before and not self._content[:before].endswith(b"\n") else b""
        encoded = start + json.dumps(line, ensure_ascii=False).encode() + b"\n"
        try:
            written = os.write(self._descriptor, encoded)
            _expect_all(written, encoded)
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, before)
            raise
        sync_folder(self._path.parent)

    def _without_torn_line(self) -> int:
        """The file's length in bytes without its torn line, which is moved into the file beside it."""
        whole = _whole_bytes(self._content)
        if whole < len(self._content):
            with self._path.with_suffix(".torn").open("ab") as torn:
                torn.write(self._content[whole:] + b"\n")
                torn.flush()
                os.fsync(torn.fileno())
            os.ftruncate(self._descriptor, whole)
        return whole


@contextmanager
def open_growing(path: Path) -> Iterator[GrowingFile]:
    """The file, made where there is none, while no other process reads or writes it.

    Raises:
        TransientError: it cannot be written: disk full, no permission.
    """
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(path.parent.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield GrowingFile(path, descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise TransientError(f"{path} cannot be written ({error.strerror}); nothing was written down") from error


def _lines(path: Path, content: bytes) -> list[bytes]:
    whole = _whole_bytes(content)
    if whole < len(content):
        _log.warning(
            "%s, line %d is torn: a crash or a full disk cut it off while it was written, and it does not count: %r",
            path,
            content.count(b"\n") + 1,
            content[whole:][:_SHOWN_BYTES],
        )
    return content[:whole].removesuffix(b"\n").split(b"\n") if content[:whole] else []


def _whole_bytes(content: bytes) -> int:
    """How many bytes the whole lines have: all of them, where the last one only lacks its end."""
    end = content.rfind(b"\n") + 1
    last = content[end:]
    if not last.strip():
        return len(content)
    try:
        json.loads(last)
    except (ValueError, RecursionError):
        return end
    return len(content)


def _expect_all(written: int, encoded: bytes) -> None:
    if written != len(encoded):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
