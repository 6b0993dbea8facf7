"""Where the WARC files lie and how they are named.

    <captures folder>/<gather run id>/<source id>-<attempt>-<part>.warc.gz

One file for each pass over a source (its attempts are counted from 1), and another part whenever one has grown to
the size bound. Run and source are read off the name, so the folder alone tells whose each file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

NAME = re.compile(r"(?P<source_id>.+)-(?P<attempt>\d+)-(?P<part>\d+)\.warc\.gz")


class CaptureFile(NamedTuple):
    """One WARC file of ours."""

    gather_run_id: str
    source_id: str
    path: Path


def capture_files(
    captures_folder: Path, gather_run_id: str | None = None, source_id: str | None = None
) -> list[CaptureFile]:
    """The WARC files, of one run or source or of all; in order of run, source, attempt and part.

    What is not named like a capture file is passed over.
    """
    found: list[tuple[tuple[str, str, int, int], CaptureFile]] = []
    for folder in _run_folders(captures_folder, gather_run_id):
        for path in folder.iterdir():
            match = NAME.fullmatch(path.name)
            if match and source_id in {None, match["source_id"]}:
                file = CaptureFile(folder.name, match["source_id"], path)
                order = (file.gather_run_id, file.source_id, int(match["attempt"]), int(match["part"]))
                found.append((order, file))
    return [file for _, file in sorted(found)]


def begin_attempt(captures_folder: Path, gather_run_id: str, source_id: str) -> tuple[int, Path, IO[bytes]]:
    """The number of the next attempt, and its first file, made anew and open for writing.

    Never an existing file: it may be all that is left of an attempt that was killed.
    """
    folder = captures_folder / gather_run_id
    folder.mkdir(parents=True, exist_ok=True)
    names = [file.path.name for file in capture_files(captures_folder, gather_run_id, source_id)]
    attempt = 1 + max((int(match["attempt"]) for name in names if (match := NAME.fullmatch(name))), default=0)
    while True:
        try:
            return attempt, *new_file(folder, source_id, attempt, part=1)
        except FileExistsError:  # another process was faster
            attempt += 1


def new_file(folder: Path, source_id: str, attempt: int, part: int) -> tuple[Path, IO[bytes]]:
    """A new file of an attempt, unbuffered: what is written is with the operating system at once."""
    path = folder / f"{source_id}-{attempt}-{part}.warc.gz"
    return path, path.open("xb", buffering=0)


def _run_folders(captures_folder: Path, gather_run_id: str | None) -> Iterator[Path]:
    if gather_run_id is not None:
        folders = [captures_folder / gather_run_id]
    else:
        folders = list(captures_folder.iterdir()) if captures_folder.is_dir() else []
    return (folder for folder in folders if folder.is_dir())
