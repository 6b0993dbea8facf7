"""One process at a time gathers a source, whichever run it works for.

The lock is one of the operating system (flock) on a file of the source: it goes with the process that holds it,
however that process ends.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from pipeline.errors import SourceBusyError
from pipeline.settings import Settings

LOOK_AGAIN_SECONDS = 0.5


@contextmanager
def source_lock(settings: Settings, source_id: str, *, wait_seconds: float) -> Iterator[None]:
    """Hold the source while the block runs.

    Args:
        settings: the installation.
        source_id: the source.
        wait_seconds: how long to wait for another process that holds it; 0: not at all.

    Raises:
        SourceBusyError: another process still holds it.
    """
    folder = settings.ledger_file.parent / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    gives_up_at = time.monotonic() + wait_seconds
    with (folder / f"{source_id}.lock").open("ab") as file:
        while not _taken(file):
            if time.monotonic() >= gives_up_at:
                raise SourceBusyError(
                    f"{source_id} is being gathered by another process and was not free within {wait_seconds:g} s; "
                    "what it gathers is not lost: try again when it is done"
                )
            time.sleep(LOOK_AGAIN_SECONDS)
        yield


def _taken(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
