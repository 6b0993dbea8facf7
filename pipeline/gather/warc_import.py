"""Takes the captures of our sources out of WARC files of others: Common Crawl's CC-NEWS, or any WARC 1.0 or 1.1.

A page belongs to the source whose host it is from (`warc_hosts`). It is copied into our own archive, with its
encodings off and with the record's id and file in its headers, and it becomes a Fetch row like that of a page we
asked for. The next run reads it.

Each record is taken once, whenever and in whichever file it comes: a capture's id is made of address and time. Where
an import stopped, or was killed, the next one of the same file goes on: captures and progress are written into the
ledger together, after the captures are on the disk, and what was archived after that is taken over from our own
files. A file counts as the same where its bytes are; after a change of the catalogue it is looked through again.
"""

from __future__ import annotations

import dataclasses
import glob
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import IO, Self

from pipeline.errors import AccountingError, ConfigurationError
from pipeline.gather.attempts import notes_of
from pipeline.gather.capture_writer import CaptureWriter
from pipeline.gather.captures import CaptureEntry, capture_id_of
from pipeline.gather.ledger import Ledger, open_ledger
from pipeline.gather.unfinished_imports import adopt_import, alone
from pipeline.gather.urls import normalise_url
from pipeline.gather.warc_framing import LostRecord, RawRecord
from pipeline.gather.warc_hosts import SourceHosts
from pipeline.gather.warc_reading import warc_records
from pipeline.gather.warc_responses import NotTakenError, Page, captured_at, page_in, target_url
from pipeline.handover import StageResult
from pipeline.records import Fetch, stable_id
from pipeline.settings import Settings
from pipeline.sources.loader import load_catalogue
from pipeline.statuses import FetchStatus

Say = Callable[[str], None]

BATCH_CAPTURES = 500
BATCH_RECORDS = 5_000
MAX_OPEN_FILES = 200
SAY_SECONDS = 5.0
MAX_HEAD_BYTES = 1_000_000  # of HTTP, besides the body
RESPONSE_WORDS = ("taken", "already", "other_type", "not_ok", "no_source", "truncated")
RECORD_WORDS = ("responses", "other_records", "damaged", "too_large")


def find_warc_files(patterns: Sequence[str]) -> list[Path]:
    """The files that names or patterns (`*`, `**`, `?`, `[...]`) stand for, in order, each once.

    Raises:
        ConfigurationError: one of them stands for no file.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        names = [pattern] if Path(pattern).is_file() else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  absolute patterns too
        files = [path for path in map(Path, names) if path.is_file()]
        if not files:
            raise ConfigurationError(f"{pattern} stands for no file; name WARC files, or a pattern of their names")
        found.update(dict.fromkeys(files))
    if not found:
        raise ConfigurationError("no WARC file is named")
    return list(found)


def import_warc(settings: Settings, gather_run_id: str, path: Path, say: Say | None = None) -> StageResult:
    """Take the captures of our sources out of one WARC file.

    Args:
        settings: the installation.
        gather_run_id: under whose id they are archived.
        path: the file; its name need not tell how it is compressed.
        say: gets a line now and then on how far it is.

    Returns:
        The ledger's file. Counts of this call: `records` are `responses`, `other_records`, `damaged` and `too_large`
        ones; responses were `taken`, or we had them `already`, or they are of an `other_type` than HTML, `not_ok`
        (another status than 200), of `no_source` of ours, or `truncated` by who captured them. `adopted` are those
        that an import that was killed had archived.

    Raises:
        ConfigurationError: the file is not there or holds no WARC record.
        SourceFileError: a source file is wrong.
        TransientError: another process imports the same file.
        AccountingError: records in are not records accounted for.
        OSError: the disk is full or cannot be read or written; the next import goes on where this one stopped.
    """
    hosts = SourceHosts(load_catalogue(settings).values())
    try:
        file = path.open("rb")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise ConfigurationError(f"{path} is no file") from error
    with file:
        file_key = stable_id(hashlib.file_digest(file, "sha256").hexdigest(), hosts.key)
        with alone(settings, file_key, gather_run_id) as unfinished, open_ledger(settings) as ledger:
            adopted = sum(adopt_import(settings, ledger, run_id) for run_id in unfinished)
            offset, size_bytes = ledger.import_progress(file_key), path.stat().st_size
            if offset >= size_bytes > 0 and say is not None:
                say(f"{path.name} was imported before: nothing is left to take")
            with _Import(
                settings, gather_run_id, path, file_key=file_key, ledger=ledger, hosts=hosts, say=say
            ) as one_import:
                counts = one_import.take_all(file, offset, size_bytes)
    return StageResult(str(settings.ledger_file), counts | {"adopted": adopted})


class _Import:
    """One import under way."""

    def __init__(
        self,
        settings: Settings,
        gather_run_id: str,
        path: Path,
        *,
        file_key: str,
        ledger: Ledger,
        hosts: SourceHosts,
        say: Say | None,
    ) -> None:
        self._settings = settings
        self._gather_run_id = gather_run_id
        self._path = path
        self._file_key = file_key
        self._ledger = ledger
        self._hosts = hosts
        self._say = say
        self._said_at = time.monotonic()
        self._writers: dict[str, CaptureWriter] = {}
        self._open_writers = ExitStack()
        self._fetches: list[Fetch] = []  # archived and not in the ledger yet, with their index lines
        self._entries: dict[str, CaptureEntry] = {}
        self._counts: Counter[str] = Counter(dict.fromkeys(("records", *RECORD_WORDS, *RESPONSE_WORDS), 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open_writers.close()

    def take_all(self, file: IO[bytes], offset: int, size_bytes: int) -> dict[str, int]:
        """Go through the file from an offset to its end; returns the counts."""
        records_since = 0
        if offset < size_bytes or not size_bytes:
            for record in warc_records(file, self._settings.max_response_bytes + MAX_HEAD_BYTES, offset):
                self._count(record)
                records_since += 1
                if len(self._entries) >= BATCH_CAPTURES or records_since >= BATCH_RECORDS:
                    self._commit(record.next_offset)
                    self._say_how_far(record.next_offset, size_bytes)
                    records_since = 0
            if (
                offset == 0
                and self._counts["responses"] + self._counts["other_records"] + self._counts["too_large"] == 0
            ):
                raise ConfigurationError(f"{self._path} holds no WARC record that can be read (gzip or not compressed)")
            self._commit(size_bytes)
        self._prove()
        return dict(self._counts)

    def _count(self, record: RawRecord | LostRecord) -> None:
        self._counts["records"] += 1
        if isinstance(record, LostRecord):
            self._counts["too_large" if record.is_too_large else "damaged"] += 1
            return
        if record.fields.get("warc-type") != "response":
            self._counts["other_records"] += 1
            return
        try:
            word = self._take(record)
        except NotTakenError as error:
            word = error.word
        self._counts["responses"] += word in RESPONSE_WORDS
        self._counts[word] += 1

    def _take(self, record: RawRecord) -> str:
        """Archive one response and note its row; the word it is counted as. May raise NotTakenError."""
        try:
            url = normalise_url(target_url(record))
        except ValueError:
            return "no_source"
        source = self._hosts.source_of(url)
        if source is None:
            return "no_source"
        if "warc-truncated" in record.fields:
            return "truncated"
        requested_at = captured_at(record)
        capture_id = capture_id_of(url, requested_at)
        if capture_id in self._entries or self._ledger.known_captures([capture_id]):
            return "already"
        page = page_in(record, self._settings.max_response_bytes)
        fetch = _fetch_row(self._gather_run_id, source.id, url, requested_at, page)
        origin = {"Dateline-Imported-From": self._path.name}
        if "warc-record-id" in record.fields:
            origin["Dateline-Imported-Record-ID"] = record.fields["warc-record-id"]
        entry = self._writer(source.id).write(page.response, requested_at, notes_of(fetch), url=url, origin=origin)
        self._entries[entry.capture_id] = entry
        self._fetches.append(dataclasses.replace(fetch, capture_id=entry.capture_id, **entry.place._asdict()))
        return "taken"

    def _writer(self, source_id: str) -> CaptureWriter:
        if source_id not in self._writers:
            if len(self._writers) >= MAX_OPEN_FILES:
                self._open_writers.close()
                self._writers.clear()
            self._writers[source_id] = self._open_writers.enter_context(
                CaptureWriter(
                    self._settings.captures_folder,
                    self._gather_run_id,
                    source_id,
                    self._settings.max_capture_file_bytes,
                )
            )
        return self._writers[source_id]

    def _commit(self, offset: int) -> None:
        """See the captures on the disk, then write them and the progress into the ledger."""
        for writer in self._writers.values():
            writer.sync()
            writer.entries.clear()
        self._ledger.record(fetches=self._fetches, captures=self._entries.values(), progress=(self._file_key, offset))
        self._fetches.clear()
        self._entries.clear()

    def _say_how_far(self, offset: int, size_bytes: int) -> None:
        if self._say is not None and time.monotonic() - self._said_at >= SAY_SECONDS:
            self._say(f"{self._path.name}: {100 * offset // size_bytes} %, {self._counts['taken']} pages taken")
            self._said_at = time.monotonic()

    def _prove(self) -> None:
        counts = self._counts
        responses = sum(counts[word] for word in RESPONSE_WORDS)
        records = sum(counts[word] for word in RECORD_WORDS)
        if counts["responses"] != responses or counts["records"] != records:
            raise AccountingError(f"{self._path}: records in are not records accounted for: {dict(counts)}")


def _fetch_row(gather_run_id: str, source_id: str, url: str, requested_at: datetime, page: Page) -> Fetch:
    response = page.response
    body = response.body or b""
    return Fetch(
        fetch_id=stable_id(source_id, url, requested_at.isoformat()),
        gather_run_id=gather_run_id,
        source_id=source_id,
        feed_id=None,
        url=url,
        visited_at=requested_at,
        status=FetchStatus.CAPTURED,
        http_status=response.http_status,
        requested_at=requested_at,
        elapsed_seconds=None,
        final_url=response.url,
        redirects=(),
        content_type=page.content_type,
        size_bytes=len(body),
        content_sha256=hashlib.sha256(body).hexdigest(),
        etag=response.header("ETag"),
        last_modified=response.header("Last-Modified"),
        capture_id=None,
        warc_file=None,
        warc_offset=None,
        feed_title=None,
        feed_published_at=None,
        feed_published_at_source=None,
        will_be_asked_again=False,
        error=None,
    )
