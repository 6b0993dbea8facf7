"""The capture archive: WARC 1.1 files (`capture_files` says where), how they are written, and how one capture is read.

A capture is a response record followed by its request record, or, where a page had not changed, a revisit record with
its request: the answer's head, and which capture it repeats. Each record is a gzip member of its own, so that it is
found by its offset and a damaged one harms no other.

Four headers of our own stand in response and revisit records: `Dateline-Fetch`, what the pass wrote down about the
request, as JSON; `Dateline-Asked-URI`, the address before redirects; `Dateline-Refers-To`, the capture that a revisit
repeats, and `Dateline-Refers-To-Length`, the length of its body. With them the index of captures, and the ledger, can
be made again from the files alone. Every record names its file's warcinfo record, so that a record inside a page is
never taken for one of ours (`attempts`).

What survives what: each capture is with the operating system before `write` returns, so a killed process loses none.
It is on the disk within a second of work or 64 captures, and when `sync` or `close` return; a power cut loses at most
what came after, and the ledger, which is written later, does not know of that either.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import QuarantineError
from pipeline.gather.capture_files import CaptureFile, capture_files
from pipeline.gather.capture_writer import CaptureWriter
from pipeline.gather.captures import Capture, CaptureEntry, CapturePlace
from pipeline.gather.warc_reading import DAMAGE, capture_of, read_member, record_in

__all__ = [
    "Capture",
    "CaptureEntry",
    "CaptureFile",
    "CapturePlace",
    "CaptureWriter",
    "capture_files",
    "read_capture",
]


def read_capture(captures_folder: Path, warc_file: str, warc_offset: int) -> Capture:
    """One archived response.

    Args:
        captures_folder: the one of the installation (`settings.captures_folder`).
        warc_file: relative to it, as in `Fetch.warc_file`.
        warc_offset: byte offset of the response record.

    Raises:
        QuarantineError: the file is not there, or the record is damaged, or it is no response.
    """
    where = f"{warc_file} at {warc_offset}"
    try:
        with (captures_folder / warc_file).open("rb") as file:
            capture = capture_of(record_in(read_member(file, warc_offset).content))
    except FileNotFoundError as error:
        raise QuarantineError(f"the capture file {warc_file} is not there") from error
    except DAMAGE as error:
        raise QuarantineError(f"the capture in {where} is damaged: {error}") from error
    if capture is None:
        raise QuarantineError(f"no response record in {where}")
    return capture
