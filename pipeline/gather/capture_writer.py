"""Writes captures into WARC files; `archive` says what they are and what survives what."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

from pipeline.gather.capture_files import begin_attempt, new_file
from pipeline.gather.captures import (
    ASKED_HEADER,
    FETCH_HEADER,
    REFERS_HEADER,
    REFERS_LENGTH_HEADER,
    CaptureEntry,
    capture_id_of,
)
from pipeline.gather.transport import Response
from pipeline.gather.warc_reading import DAMAGE, read_member, record_in
from pipeline.gather.warc_records import (
    IDENTICAL_PAYLOAD,
    SERVER_NOT_MODIFIED,
    Fields,
    digest,
    gzip_member,
    http_request,
    http_response,
    new_record_id,
    printable,
    warc_date,
    warc_record,
    warcinfo,
)

SYNC_SECONDS = 1.0
SYNC_CAPTURES = 64


class _Answer(NamedTuple):
    """What differs between a response record and a revisit record."""

    record_type: str
    fields: Fields
    block: bytes
    refers_to: str | None
    payload_digest: str | None
    size_bytes: int | None
    with_request: bool


class CaptureWriter:
    """Writes the WARC files of one pass; the first begins to exist with the first capture. For one thread.

    Args:
        captures_folder: the one of the installation.
        gather_run_id: names the folder within it.
        source_id: names the files.
        max_file_bytes: a file that has grown so far is followed by another.
    """

    def __init__(self, captures_folder: Path, gather_run_id: str, source_id: str, max_file_bytes: int) -> None:
        self.entries: list[CaptureEntry] = []  # what this writer archived, in order
        self._captures_folder = captures_folder
        self._gather_run_id = gather_run_id
        self._source_id = source_id
        self._max_file_bytes = max_file_bytes
        self._file: IO[bytes] | None = None
        self._warc_file = ""
        self._attempt = 0  # 0: no file yet
        self._part = 0
        self._offset = 0
        self._warcinfo_id = ""
        self._unsynced_captures = 0
        self._synced_at = 0.0
        self._folders_to_sync: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(
        self,
        response: Response,
        requested_at: datetime,
        notes: Mapping[str, Any],
        *,
        url: str,
        origin: Mapping[str, str] | None = None,
    ) -> CaptureEntry:
        """Archive one response with its request.

        Args:
            response: with a body.
            requested_at: when it was asked for.
            notes: goes into the header `Dateline-Fetch`; must be JSON.
            url: that was asked for, before redirects.
            origin: for a response that others captured: further WARC headers, which say whence it is. It gets no
                request record, for we asked nobody.

        Raises:
            OSError: the disk is full or the folder cannot be written. What was archived before is untouched.
        """
        body = response.body or b""
        payload_digest = digest(body)
        fields = [("WARC-Payload-Digest", payload_digest)]
        fields += [(name, printable(value)) for name, value in (origin or {}).items()]
        block = http_response(response, with_body=True)
        answer = _Answer("response", fields, block, None, payload_digest, len(body), with_request=origin is None)
        return self._archive(response, requested_at, notes, url, answer)

    def write_revisit(
        self,
        response: Response,
        requested_at: datetime,
        notes: Mapping[str, Any],
        *,
        url: str,
        refers_to: CaptureEntry,
    ) -> CaptureEntry:
        """Archive that a page was asked for and had not changed: a 304, or the very body of an earlier capture.

        Args:
            response: the answer.
            requested_at: when it was asked for.
            notes: goes into the header `Dateline-Fetch`; must be JSON.
            url: that was asked for, before redirects.
            refers_to: the response whose body still holds.

        Raises:
            OSError: as in `write`.
        """
        fields = [
            ("WARC-Profile", SERVER_NOT_MODIFIED if response.http_status == 304 else IDENTICAL_PAYLOAD),
            ("WARC-Refers-To-Target-URI", printable(self._target_url(refers_to))),
            ("WARC-Refers-To-Date", warc_date(refers_to.requested_at)),
            (REFERS_HEADER, refers_to.capture_id),
        ]
        if refers_to.payload_digest is not None:
            fields.append(("WARC-Payload-Digest", refers_to.payload_digest))
        if refers_to.size_bytes is not None:
            fields.append((REFERS_LENGTH_HEADER, str(refers_to.size_bytes)))
        answer = _Answer(
            "revisit",
            fields,
            http_response(response, with_body=False),
            refers_to.capture_id,
            refers_to.payload_digest,
            refers_to.size_bytes,
            with_request=True,
        )
        return self._archive(response, requested_at, notes, url, answer)

    def sync(self) -> None:
        """See everything safely on the disk, the names of new files too."""
        if self._file is not None and self._unsynced_captures:
            os.fsync(self._file.fileno())
        while self._folders_to_sync:
            _sync_folder(self._folders_to_sync.pop())
        self._unsynced_captures = 0
        self._synced_at = time.monotonic()

    def close(self) -> None:
        """Sync, and let go of the file. A capture after that begins another part."""
        file = self._file
        if file is not None:
            try:
                self.sync()
            finally:
                self._file = None
                file.close()

    def _archive(
        self, response: Response, requested_at: datetime, notes: Mapping[str, Any], url: str, answer: _Answer
    ) -> CaptureEntry:
        file = self._open_file()
        requested_at = requested_at.astimezone(UTC)
        answer_id = new_record_id()
        common = (
            ("WARC-Target-URI", printable(response.url)),
            ("WARC-Date", warc_date(requested_at)),
            ("WARC-Warcinfo-ID", self._warcinfo_id),
        )
        fields = (
            ("WARC-Record-ID", answer_id),
            *common,
            *answer.fields,
            (ASKED_HEADER, printable(url)),
            (FETCH_HEADER, json.dumps(notes, separators=(",", ":"))),  # ASCII: no letter can break the header
            ("Content-Type", "application/http; msgtype=response"),
        )
        members = gzip_member(warc_record(answer.record_type, fields, answer.block))
        answer_bytes = len(members)
        if answer.with_request:
            request_fields = (
                ("WARC-Record-ID", new_record_id()),
                *common,
                ("WARC-Concurrent-To", answer_id),
                ("Content-Type", "application/http; msgtype=request"),
            )
            members += gzip_member(warc_record("request", request_fields, http_request(response)))
        offset = self._append(file, members)
        self._unsynced_captures += 1
        if self._unsynced_captures >= SYNC_CAPTURES or time.monotonic() - self._synced_at >= SYNC_SECONDS:
            self.sync()
        entry = CaptureEntry(
            capture_id=capture_id_of(url, requested_at),
            source_id=self._source_id,
            gather_run_id=self._gather_run_id,
            url=url,
            requested_at=requested_at,
            record_type=answer.record_type,
            refers_to=answer.refers_to,
            warc_file=self._warc_file,
            warc_offset=offset,
            warc_bytes=answer_bytes,
            payload_digest=answer.payload_digest,
            http_status=response.http_status,
            content_type=response.header("Content-Type"),
            size_bytes=answer.size_bytes,
        )
        self.entries.append(entry)
        return entry

    def _open_file(self) -> IO[bytes]:
        if self._file is not None and self._offset >= self._max_file_bytes:
            self.close()
        if self._file is not None:
            return self._file
        folder = self._captures_folder / self._gather_run_id
        if not self._attempt:
            self._folders_to_sync = [self._captures_folder]
            self._attempt, path, file = begin_attempt(self._captures_folder, self._gather_run_id, self._source_id)
            self._part = 1
        else:
            self._part += 1
            path, file = new_file(folder, self._source_id, self._attempt, self._part)
        self._folders_to_sync.append(folder)
        self._file, self._offset, self._synced_at = file, 0, time.monotonic()
        self._warc_file = path.relative_to(self._captures_folder).as_posix()
        self._warcinfo_id = new_record_id()
        self._append(file, gzip_member(warcinfo(self._warcinfo_id, path.name, self._gather_run_id)))
        return file

    def _append(self, file: IO[bytes], data: bytes) -> int:
        """Write with one call where the system takes it all, and return where; a half record is taken away again."""
        offset, rest = self._offset, memoryview(data)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            with contextlib.suppress(OSError):  # readers pass over a half record too: this is tidiness
                file.truncate(offset)
                file.seek(offset)
            raise
        self._offset += len(data)
        return offset

    def _target_url(self, entry: CaptureEntry) -> str:
        """The address that answered in an earlier capture; where its record cannot be read, the one asked for."""
        try:
            with (self._captures_folder / entry.warc_file).open("rb") as file:
                record = record_in(read_member(file, entry.warc_offset).content, raise_for_digests=False)
        except OSError:
            return entry.url
        except DAMAGE:
            return entry.url
        return record.rec_headers.get_header("WARC-Target-URI") or entry.url


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
