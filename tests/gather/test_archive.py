"""The WARC archive: what goes in comes out, other tools can read it, and damage stays where it is."""

from __future__ import annotations

import dataclasses
import errno
import gzip
import os
import random
import signal
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType, has_valid_block_digest, has_valid_payload_digest
from warcio.archiveiterator import ArchiveIterator

from pipeline.errors import QuarantineError
from pipeline.gather.archive import CaptureWriter, capture_files, read_capture
from pipeline.gather.attempts import notes_of, read_earlier_attempts
from pipeline.gather.transport import Response
from pipeline.records import FeedVisit, Fetch, stable_id

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
A_GIGABYTE = 1_000_000_000
KINDS = {name: getattr(WarcRecordType, name) for name in ("warcinfo", "response", "request", "revisit")}


def response(number, body=None, headers=(), status=200, **changes):
    noise = random.Random(number)
    plain = Response(
        url=f"https://news.example/{number}",
        http_status=status,
        reason="OK" if status == 200 else "Not Modified",
        http_version="HTTP/1.1",
        headers=(("Content-Type", "text/html; charset=gb18030"), *headers),
        body=noise.randbytes(2_000) if body is None else body,
        request_headers=(("User-Agent", "Dateline/0.1"),),
        request_target=f"/{number}",
    )
    return dataclasses.replace(plain, **changes)


def fetch(url, status="captured", requested_at=NOON):
    return Fetch(
        fetch_id=stable_id("gazette", url, requested_at.isoformat()),
        gather_run_id="run-1",
        source_id="gazette",
        feed_id="f",
        url=url,
        visited_at=requested_at,
        status=status,
        http_status=200,
        requested_at=requested_at,
        elapsed_seconds=0.25,
        final_url=url,
        redirects=("https://news.example/a", "https://news.example/b"),
        content_type="text/html",
        size_bytes=5,
        content_sha256="00",
        etag='"x"',
        last_modified=None,
        capture_id=None,
        warc_file=None,
        warc_offset=None,
        feed_title="Zeile\r\n\r\nZwei ü",
        feed_published_at=NOON - timedelta(hours=1),
        feed_published_at_source="published",
        will_be_asked_again=False,
        error=None,
    )


def visit(url, status="read_feed"):
    return FeedVisit(
        visit_id=stable_id("gazette", url, NOON.isoformat()),
        feed_id=stable_id("gazette", url),
        source_id="gazette",
        gather_run_id="run-1",
        found_in=None,
        kind="rss",
        url=url,
        visited_at=NOON,
        status=status,
        http_status=200,
        etag=None,
        last_modified=None,
        content_sha256=None,
        link_count=3,
        new_link_count=2,
        old_link_count=0,
        failure_points=0.0,
        poll_interval_seconds=900.0,
        next_visit_at=NOON + timedelta(minutes=15),
        given_up=False,
        error=None,
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "captures"


def writer_for(folder, source_id="gazette", max_file_bytes=A_GIGABYTE, run_id="run-1"):
    return CaptureWriter(folder, run_id, source_id, max_file_bytes)


def put(writer, answer, notes=None, requested_at=NOON, url=None):
    return writer.write(answer, requested_at, notes or {}, url=url or answer.url)


def write(folder, count, source_id="gazette", **sizes):
    with writer_for(folder, source_id, **sizes) as writer:
        return [put(writer, response(number), {"number": number}) for number in range(count)]


def warcio_records(path):
    """(type, WARC headers, HTTP headers, body) of every record, its digests checked."""
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def revisits(folder):
    """A capture and the two ways in which a page can be unchanged."""
    with writer_for(folder) as writer:
        first = put(writer, response(1, b"hello", url="https://news.example/final"), url="https://news.example/1")
        later = NOON + timedelta(days=1)
        not_modified = response(1, b"", (("ETag", '"x"'), ("Content-Length", "77")), status=304)
        same = response(1, b"hello", (("Content-Length", "5"),))
        return first, [
            writer.write_revisit(not_modified, later, {"n": 1}, url="https://news.example/1", refers_to=first),
            writer.write_revisit(same, later, {"n": 2}, url="https://news.example/1", refers_to=first),
        ]


# ---------------------------------------------------------------- what goes in comes out


def test_a_capture_comes_back_as_it_went_in(folder):
    headers = (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    with writer_for(folder) as writer:
        entry = put(writer, response(1, b"\xb8\xdb\xbf\xda", headers))
    capture = read_capture(folder, *entry.place)
    assert entry.warc_file == "run-1/gazette-1-1.warc.gz"
    assert capture.body == b"\xb8\xdb\xbf\xda"
    assert capture.url == "https://news.example/1"
    assert capture.content_type == "text/html; charset=gb18030"
    assert [value for name, value in capture.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_an_index_line_says_all_of_a_capture(folder):
    with writer_for(folder) as writer:
        entry = put(writer, response(1, b"hello"), url="https://news.example/asked")
    assert entry.capture_id == stable_id("https://news.example/asked", NOON.isoformat())
    assert (entry.source_id, entry.gather_run_id) == ("gazette", "run-1")
    assert (entry.url, entry.requested_at) == ("https://news.example/asked", NOON)
    assert (entry.record_type, entry.refers_to, entry.http_status, entry.size_bytes) == ("response", None, 200, 5)
    assert entry.payload_digest == "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N"  # of "hello"
    assert entry.content_type == "text/html; charset=gb18030"
    member = (folder / entry.warc_file).read_bytes()[entry.warc_offset :][: entry.warc_bytes]
    assert gzip.decompress(member).endswith(b"\r\n\r\nhello\r\n\r\n")
    assert writer.entries == [entry]


def test_each_capture_is_found_by_its_offset(folder):
    for number, entry in enumerate(write(folder, 4)):
        assert read_capture(folder, *entry.place).url.endswith(f"/{number}")


def test_headers_that_no_longer_describe_the_body_are_kept_under_another_name(folder):
    headers = (("Content-Encoding", "gzip"), ("Content-Length", "7"), ("Transfer-Encoding", "chunked"))
    with writer_for(folder) as writer:
        entry = put(writer, response(1, b"hello", headers))
    kept = dict(read_capture(folder, *entry.place).headers)
    assert kept["Content-Length"] == "5"
    assert kept["X-Crawl-Content-Encoding"] == "gzip"
    assert {"X-Crawl-Content-Length", "X-Crawl-Transfer-Encoding"} <= kept.keys()


def test_odd_bytes_cannot_break_the_record(folder):
    headers = (("X-Näme", "vålue\x00\x7f"), ("X-Folded", "one\r\n  two"), ("X-Empty", ""), ("X-Tab", "a\tb"))
    odd = response(1, b"hello", headers, url="https://news.example/\r\nWARC-Type: evil", reason="O\nK")
    with writer_for(folder) as writer:
        entry = put(writer, odd, {"title": "Zeile\r\n\r\nZwei ü"}, url="https://news.example/ü\n")
    capture = read_capture(folder, *entry.place)
    assert capture.body == b"hello"
    assert dict(capture.headers)["X-Folded"] == "one two"
    assert dict(capture.headers)["X-Tab"] == "a\tb"


@pytest.mark.parametrize(
    "body", [b"", b"\r\n\r\n", b"WARC/1.1\r\n", bytes(3_000_000)], ids=["0", "crlf", "warc", "3MB"]
)
def test_any_body_is_kept(folder, body):
    with writer_for(folder) as writer:
        entries = [put(writer, response(1, body)), put(writer, response(2))]
    assert read_capture(folder, *entries[0].place).body == body
    assert read_capture(folder, *entries[1].place).url.endswith("/2")


# ---------------------------------------------------------------- the format


def test_the_file_is_warc_1_1_with_request_response_and_digests(folder):
    (entry,) = write(folder, 1)
    records = warcio_records(folder / entry.warc_file)
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request"]
    (_, info, _, _), (_, answer, _, _), (_, question, question_head, _) = records
    assert {headers.protocol for _, headers, _, _ in records} == {"WARC/1.1"}
    assert answer.get_header("WARC-Payload-Digest").startswith("sha1:")
    assert answer.get_header("WARC-Date") == "2026-03-01T12:00:00.123456Z"
    assert question.get_header("WARC-Concurrent-To") == answer.get_header("WARC-Record-ID")
    assert {h.get_header("WARC-Warcinfo-ID") for h in (answer, question)} == {info.get_header("WARC-Record-ID")}
    assert question_head.get_header("Host") == "news.example"
    assert question_head.get_header("User-Agent") == "Dateline/0.1"


def test_fastwarc_reads_every_record_and_finds_every_digest_right(folder):
    revisits(folder)
    write(folder, 2)
    seen = []
    for file in capture_files(folder):
        with file.path.open("rb") as opened:
            for record in FastIterator(opened, parse_http=False):
                assert has_valid_block_digest(record)
                seen.append(next(name for name, kind in KINDS.items() if kind == record.record_type))
        with file.path.open("rb") as opened:
            for record in FastIterator(opened, parse_http=True):
                if record.record_type == KINDS["response"]:
                    assert has_valid_payload_digest(record)
                    assert record.http_headers.status_code == 200
    pair, unchanged = ("response", "request"), ("revisit", "request")
    assert tuple(seen) == ("warcinfo", *pair, *unchanged, *unchanged, "warcinfo", *pair, *pair)


def test_each_record_is_a_gzip_member_of_its_own(folder):
    (entry,) = write(folder, 1)
    with (folder / entry.warc_file).open("rb") as file:
        iterator = ArchiveIterator(file)
        offsets = [(record.rec_type, iterator.get_record_offset()) for record in iterator]
    assert offsets[1] == ("response", entry.warc_offset)
    assert offsets[2] == ("request", entry.warc_offset + entry.warc_bytes)


def test_an_unchanged_page_is_a_revisit_record_that_says_of_what(folder):
    first, entries = revisits(folder)
    records = [record for record in warcio_records(folder / first.warc_file) if record[0] == "revisit"]
    profiles = [headers.get_header("WARC-Profile") for _, headers, _, _ in records]
    assert profiles == [f"{PROFILES}server-not-modified", f"{PROFILES}identical-payload-digest"]
    for (_, headers, head, body), entry in zip(records, entries, strict=True):
        assert headers.get_header("WARC-Refers-To-Target-URI") == "https://news.example/final"
        assert headers.get_header("WARC-Refers-To-Date") == "2026-03-01T12:00:00.123456Z"
        assert headers.get_header("WARC-Payload-Digest") == first.payload_digest == entry.payload_digest
        assert body == b""
        assert (entry.record_type, entry.refers_to, entry.size_bytes) == ("revisit", first.capture_id, 5)
        assert int(head.get_statuscode()) == entry.http_status
    assert records[0][2].get_header("Content-Length") == "77"  # of a 304, as it came


def test_a_revisit_of_a_capture_whose_file_is_gone_names_the_address_that_was_asked(folder):
    with writer_for(folder) as writer:
        first = put(writer, response(1))._replace(warc_file="lost/gazette-1-1.warc.gz")
        writer.write_revisit(response(1), NOON, {}, url=first.url, refers_to=first)
    (_, headers, _, _) = next(r for r in warcio_records(folder / "run-1/gazette-1-1.warc.gz") if r[0] == "revisit")
    assert headers.get_header("WARC-Refers-To-Target-URI") == first.url


# ---------------------------------------------------------------- files


def test_no_file_without_a_capture(folder):
    with writer_for(folder):
        pass
    assert not folder.exists()


def test_attempts_are_numbered_by_source(folder):
    write(folder, 1)
    write(folder, 1)
    write(folder, 1, "gazette-2")  # its name must not be taken for an attempt of `gazette`
    write(folder, 1)
    names = [file.path.name for file in capture_files(folder, "run-1", "gazette")]
    assert names == ["gazette-1-1.warc.gz", "gazette-2-1.warc.gz", "gazette-3-1.warc.gz"]


def test_a_file_that_has_grown_to_its_bound_is_followed_by_another(folder):
    entries = write(folder, 30, max_file_bytes=10_000)
    paths = [file.path for file in capture_files(folder)]
    assert [path.name for path in paths] == [f"gazette-1-{part}.warc.gz" for part in range(1, len(paths) + 1)]
    assert len(paths) > 5
    assert all(path.stat().st_size < 10_000 + 3_500 for path in paths)
    assert all(warcio_records(path)[0][0] == "warcinfo" for path in paths)
    assert [read_capture(folder, *entry.place).url for entry in entries] == [entry.url for entry in entries]
    assert read_earlier_attempts(folder, "run-1", "gazette").entries == entries


def test_the_folder_tells_whose_each_file_is(folder):
    write(folder, 1)
    with writer_for(folder, "herald-2", run_id="run-0") as writer:
        put(writer, response(1))
    (folder / "run-1" / "notes.txt").write_text("no capture file")
    assert [file[:2] for file in capture_files(folder)] == [("run-0", "herald-2"), ("run-1", "gazette")]
    assert capture_files(folder / "nowhere") == []


def test_two_writers_at_once_never_share_a_file(folder):
    with writer_for(folder) as one, writer_for(folder) as other:
        entries = [put(writer, response(number)) for number in range(3) for writer in (one, other)]
    assert len(capture_files(folder)) == 2
    assert len({entry.place for entry in entries}) == 6
    for entry in entries:
        assert read_capture(folder, *entry.place).url == entry.url


# ---------------------------------------------------------------- what an earlier attempt left


def test_the_files_alone_give_back_rows_and_index(folder):
    page, feed = "https://news.example/p", "https://news.example/rss"
    with writer_for(folder) as writer:
        put(writer, response(1, b"<rss/>"), notes_of(visit(feed)), url=feed)
        first = put(writer, response(2, b"hello"), notes_of(fetch(page)), url=page)
        later = NOON + timedelta(seconds=1)
        unchanged = fetch("https://news.example/q", "unchanged", later)
        writer.write_revisit(response(2, b"hello"), later, notes_of(unchanged), url=unchanged.url, refers_to=first)
    earlier = read_earlier_attempts(folder, "run-1", "gazette")
    assert earlier.entries == writer.entries
    assert earlier.all_visits == [visit(feed)]
    assert earlier.feeds[visit(feed).feed_id].capture.body == b"<rss/>"
    captured = dataclasses.replace(
        fetch(page), capture_id=first.capture_id, warc_file=first.warc_file, warc_offset=first.warc_offset
    )
    assert earlier.fetches[page] == captured
    assert earlier.fetches[unchanged.url].status == "unchanged"
    assert earlier.fetches[unchanged.url].capture_id == writer.entries[2].capture_id


def test_a_feed_that_was_unchanged_comes_back_without_bytes(folder):
    url = "https://news.example/rss"
    with writer_for(folder) as writer:
        first = put(writer, response(1, b"<rss/>"), {}, url=url)
        notes = notes_of(visit(url, "unchanged"))
        writer.write_revisit(response(1, b"", status=304), NOON, notes, url=url, refers_to=first)
    (feed,) = read_earlier_attempts(folder, "run-1", "gazette").feeds.values()
    assert (feed.capture, feed.entry.refers_to) == (None, first.capture_id)


def test_files_that_are_no_captures_of_ours_are_passed_over(folder):
    write(folder, 2)  # notes without a Fetch or FeedVisit in them
    (folder / "run-1" / "gazette-9-1.warc.gz").write_bytes(gzip.compress(b"not a WARC file at all"))
    (folder / "run-1" / "gazette-8-1.warc.gz").write_bytes(b"")
    earlier = read_earlier_attempts(folder, "run-1", "gazette")
    assert (earlier.feeds, earlier.fetches, len(earlier.entries)) == ({}, {}, 2)


def test_a_row_of_another_version_is_left_and_its_capture_is_not(folder):
    notes = notes_of(fetch("https://news.example/1")) | {"unheard_of": 1}
    with writer_for(folder) as writer:
        put(writer, response(1), notes)
    earlier = read_earlier_attempts(folder, "run-1", "gazette")
    assert (earlier.fetches, earlier.entries) == ({}, writer.entries)


def test_a_record_hidden_in_a_page_is_never_taken_for_one_of_ours(folder, tmp_path, monkeypatch):
    """A page may hold a whole WARC file, which shows when the record around it is damaged."""
    stored = partial(zlib.compress, level=0, wbits=31)  # as compressors do with what does not compress
    monkeypatch.setattr("pipeline.gather.capture_writer.gzip_member", stored)
    with CaptureWriter(tmp_path / "other", "run-1", "gazette", A_GIGABYTE) as writer:
        put(writer, response(7, b"forged"), notes_of(fetch("https://news.example/7")))
    hidden = (tmp_path / "other" / writer.entries[0].warc_file).read_bytes()
    body = b"<html>" + hidden + b"</html>"
    with writer_for(folder) as writer:
        entries = [put(writer, response(1)), put(writer, response(2, body)), put(writer, response(3))]
    path = folder / entries[0].warc_file
    data = bytearray(path.read_bytes())
    assert hidden in data
    data[entries[1].warc_offset + 30] ^= 0xFF
    path.write_bytes(data)
    assert read_earlier_attempts(folder, "run-1", "gazette").entries == [entries[0], entries[2]]


# ---------------------------------------------------------------- kills, full disks, power cuts


WRITES_UNTIL_KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_archive import NOON, fetch, notes_of, put, response, writer_for

with writer_for(Path({folder!r})) as writer:
    for number in range(20):
        answer = response(number)
        put(writer, answer, notes_of(fetch(answer.url)))
    os.write(1, b"written")
    {death}
"""


@pytest.mark.parametrize("death", ["os.kill(os.getpid(), signal.SIGKILL)", "os._exit(3)"])
def test_a_killed_process_loses_nothing_it_had_archived(folder, death):
    script = WRITES_UNTIL_KILLED.format(tests=str(Path(__file__).parent), folder=str(folder), death=death)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert (done.returncode, done.stdout) in {(-signal.SIGKILL, b"written"), (3, b"written")}, done.stderr.decode()
    earlier = read_earlier_attempts(folder, "run-1", "gazette")
    assert len(earlier.fetches) == len(earlier.entries) == 20
    for entry in earlier.entries:
        assert len(read_capture(folder, *entry.place).body) == 2_000


def test_the_disk_is_asked_once_a_second_or_64_captures_and_at_the_end(folder, monkeypatch):
    synced = []
    monkeypatch.setattr("pipeline.gather.capture_writer.os.fsync", synced.append)
    monkeypatch.setattr("pipeline.gather.capture_writer.time.monotonic", lambda: 7.0)
    writer = writer_for(folder)
    for number in range(63):
        put(writer, response(number, b"x"))
    assert synced == []
    put(writer, response(64, b"x"))
    assert len(synced) == 3  # the file and the two folders that name it
    monkeypatch.setattr("pipeline.gather.capture_writer.time.monotonic", lambda: 8.5)
    put(writer, response(65, b"x"))
    assert len(synced) == 4
    put(writer, response(66, b"x"))
    writer.close()
    assert len(synced) == 5


def test_a_full_disk_is_said_and_takes_the_half_record_only(folder, monkeypatch):
    class FullDisk:
        def __init__(self, file):
            self.file = file

        def write(self, data):
            if len(data) < 1_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.file.write(data[:1_000])

        def __getattr__(self, name):
            return getattr(self.file, name)

    writer = writer_for(folder)
    entries = [put(writer, response(number)) for number in range(2)]
    writer._file, whole = FullDisk(writer._file), writer._file
    with pytest.raises(OSError, match="No space left"):
        put(writer, response(3))
    writer._file = whole  # there is space again
    entries.append(put(writer, response(4)))
    writer.close()
    assert writer.entries == entries == read_earlier_attempts(folder, "run-1", "gazette").entries


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("cut", [1, 200, 1_000, 2_000])
def test_a_cut_off_tail_loses_the_record_it_was_in(folder, cut):
    entries = write(folder, 3)
    path = folder / entries[0].warc_file
    os.truncate(path, entries[2].warc_offset + cut)
    for entry in entries[:2]:
        assert len(read_capture(folder, *entry.place).body) == 2_000
    with pytest.raises(QuarantineError, match="damaged"):
        read_capture(folder, *entries[2].place)


def test_a_flipped_byte_loses_its_record_only(folder):
    entries = write(folder, 3)
    path = folder / entries[0].warc_file
    data = bytearray(path.read_bytes())
    data[entries[1].warc_offset + 900] ^= 0xFF
    path.write_bytes(data)
    for entry in (entries[0], entries[2]):
        assert len(read_capture(folder, *entry.place).body) == 2_000
    with pytest.raises(QuarantineError, match="damaged"):
        read_capture(folder, *entries[1].place)


def test_a_missing_file_is_said_to_be_missing(folder):
    with pytest.raises(QuarantineError, match="not there"):
        read_capture(folder, "run-1/gazette-1-1.warc.gz", 0)


def test_an_offset_that_is_no_response_is_refused(folder):
    first, (revisit, _) = revisits(folder)
    for offset in (0, revisit.warc_offset, first.warc_offset + first.warc_bytes):  # warcinfo, revisit, request
        with pytest.raises(QuarantineError):
            read_capture(folder, first.warc_file, offset)
