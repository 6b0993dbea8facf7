"""One process at a time imports a WARC file, and what a killed one had archived is taken over by the next."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import TransientError
from pipeline.gather.attempts import read_earlier_attempts
from pipeline.gather.capture_files import capture_files
from pipeline.gather.ledger import Ledger
from pipeline.settings import Settings


@contextmanager
def alone(settings: Settings, file_key: str, gather_run_id: str) -> Iterator[list[str]]:
    """Be the only process that imports a file; yields the ids under which imports of it did not come to their end.

    The lock file holds these ids. It is a lock of the operating system (flock), which goes with its process.
    """
    folder = settings.ledger_file.parent / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{file_key}.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TransientError("another process imports the same file; it takes all that is to be taken") from error
        file.seek(0)
        unfinished = list(dict.fromkeys(file.read().split()))
        file.write(f"{gather_run_id}\n")
        file.flush()
        yield unfinished
        file.truncate(0)


def adopt_import(settings: Settings, ledger: Ledger, gather_run_id: str) -> int:
    """Write into the ledger what an import that was killed had archived; returns how many captures that was."""
    adopted = 0
    files = capture_files(settings.captures_folder, gather_run_id)
    for source_id in sorted({file.source_id for file in files}):
        earlier = read_earlier_attempts(settings.captures_folder, gather_run_id, source_id)
        known = ledger.known_captures([entry.capture_id for entry in earlier.entries])
        new = [entry for entry in earlier.entries if entry.capture_id not in known]
        new_ids = {entry.capture_id for entry in new}
        ledger.record(fetches=[f for f in earlier.all_fetches if f.capture_id in new_ids], captures=new)
        adopted += len(new_ids)
    return adopted
