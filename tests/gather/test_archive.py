"""The WARC archive: what goes in comes out, other tools can read it, and damage stays where it is."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline.errors import QuarantineError
from pipeline.gather.archive import CaptureWriter, attempt_files, read_capture
from pipeline.gather.attempts import read_earlier_attempts
from pipeline.gather.transport import Response

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def response(number, body=None, headers=()):
    noise = random.Random(number)
    return Response(
        url=f"https://news.example/{number}",
        http_status=200,
        reason="OK",
        http_version="HTTP/1.1",
        headers=(("Content-Type", "text/html; charset=gb18030"), *headers),
        body=noise.randbytes(2_000) if body is None else body,
        request_headers=(("User-Agent", "Dateline/0.1"),),
        request_target=f"/{number}",
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "captures"


def write(folder, count, source_id="gazette"):
    with CaptureWriter(folder, "run-1", source_id) as writer:
        return [writer.write(response(number), NOON, {"number": number}) for number in range(count)]


def test_a_capture_comes_back_as_it_went_in(folder):
    headers = (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    with CaptureWriter(folder, "run-1", "gazette") as writer:
        place = writer.write(response(1, b"\xb8\xdb\xbf\xda", headers), NOON, {})
    capture = read_capture(folder, *place)
    assert place.warc_file == "run-1/gazette-1.warc.gz"
    assert capture.body == b"\xb8\xdb\xbf\xda"
    assert capture.url == "https://news.example/1"
    assert capture.content_type == "text/html; charset=gb18030"
    assert [value for name, value in capture.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_each_capture_is_found_by_its_offset(folder):
    for number, place in enumerate(write(folder, 4)):
        assert read_capture(folder, *place).url.endswith(f"/{number}")


def test_the_file_is_warc_1_1_with_request_response_and_digests(folder):
    (place,) = write(folder, 1)
    with (folder / place.warc_file).open("rb") as file:
        seen = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            headers = record.rec_headers
            seen.append(record.rec_type)
            assert headers.protocol == "WARC/1.1"
            if record.rec_type == "response":
                assert headers.get_header("WARC-Payload-Digest").startswith("sha1:")
                assert headers.get_header("WARC-Date") == "2026-03-01T12:00:00.123456Z"
            if record.rec_type == "request":
                assert record.http_headers.get_header("Host") == "news.example"
    assert seen == ["warcinfo", "response", "request"]


def test_headers_that_no_longer_describe_the_body_are_kept_under_another_name(folder):
    headers = (("Content-Encoding", "gzip"), ("Content-Length", "7"), ("Transfer-Encoding", "chunked"))
    with CaptureWriter(folder, "run-1", "gazette") as writer:
        place = writer.write(response(1, b"hello", headers), NOON, {})
    kept = dict(read_capture(folder, *place).headers)
    assert kept["Content-Length"] == "5"
    assert kept["X-Crawl-Content-Encoding"] == "gzip"
    assert {"X-Crawl-Content-Length", "X-Crawl-Transfer-Encoding"} <= kept.keys()


def test_odd_header_bytes_cannot_break_the_record(folder):
    headers = (("X-Näme", "vålue\x00\x7f"), ("X-Folded", "one\r\n  two"), ("X-Empty", ""))
    with CaptureWriter(folder, "run-1", "gazette") as writer:
        place = writer.write(response(1, b"hello", headers), NOON, {"title": "Zeile\r\n\r\nZwei ü"})
    capture = read_capture(folder, *place)
    assert capture.body == b"hello"
    assert dict(capture.headers)["X-Folded"] == "one two"


def test_no_file_without_a_capture(folder):
    with CaptureWriter(folder, "run-1", "gazette"):
        pass
    assert not folder.exists()


def test_attempts_are_numbered_by_source(folder):
    write(folder, 1)
    write(folder, 1)
    write(folder, 1, "gazette-2")  # its name must not be taken for an attempt of `gazette`
    write(folder, 1)
    names = [path.name for path in attempt_files(folder, "run-1", "gazette")]
    assert names == ["gazette-1.warc.gz", "gazette-2.warc.gz", "gazette-3.warc.gz"]


@pytest.mark.parametrize("cut", [1, 200, 1_000, 2_000])
def test_a_cut_off_tail_loses_the_record_it_was_in(folder, cut):
    places = write(folder, 3)
    path = folder / places[0].warc_file
    path.write_bytes(path.read_bytes()[: places[2].warc_offset + cut])
    for place in places[:2]:
        assert len(read_capture(folder, *place).body) == 2_000
    with pytest.raises(QuarantineError, match="damaged"):
        read_capture(folder, *places[2])


def test_a_flipped_byte_loses_its_record_only(folder):
    places = write(folder, 3)
    path = folder / places[0].warc_file
    data = bytearray(path.read_bytes())
    data[places[1].warc_offset + 900] ^= 0xFF
    path.write_bytes(data)
    assert len(read_capture(folder, *places[0]).body) == len(read_capture(folder, *places[2]).body) == 2_000
    with pytest.raises(QuarantineError, match="damaged"):
        read_capture(folder, *places[1])


def test_a_missing_file_is_said_to_be_missing(folder):
    with pytest.raises(QuarantineError, match="not there"):
        read_capture(folder, "run-1/gazette-1.warc.gz", 0)


def test_an_offset_that_is_no_response_is_refused(folder):
    (place,) = write(folder, 1)
    with pytest.raises(QuarantineError):
        read_capture(folder, place.warc_file, 0)  # the warcinfo record


def test_files_that_are_no_captures_of_ours_are_passed_over(folder):
    write(folder, 2)  # notes without a Fetch or FeedVisit in them
    (folder / "run-1" / "gazette-9.warc.gz").write_bytes(gzip.compress(b"not a WARC file at all"))
    (folder / "run-1" / "gazette-8.warc.gz").write_bytes(b"")
    earlier = read_earlier_attempts(folder, "run-1", "gazette")
    assert (earlier.feeds, earlier.fetches) == ({}, {})
