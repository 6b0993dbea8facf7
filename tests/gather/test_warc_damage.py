"""Whatever happens to a WARC file, its untouched records are read, and nothing else is taken for one."""

from __future__ import annotations

import gzip
import io
import random
import re
from datetime import UTC, datetime
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.gather.archive import CaptureWriter, capture_files, read_capture
from pipeline.gather.attempts import read_earlier_attempts
from pipeline.gather.captures import CaptureEntry
from pipeline.gather.transport import Response
from pipeline.gather.warc_framing import LostRecord, RawRecord
from pipeline.gather.warc_reading import DAMAGE, record_in, warc_records

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MAX_BYTES = 100_000

# Where in the file, as a share of it, and what is done there.
flips = st.builds(lambda share, bit: ("flip", share, bit), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
cuts = st.builds(lambda share: ("cut", share), st.floats(0, 1))
garbage = st.builds(
    lambda share, new: ("insert", share, new),
    st.floats(0, 1),
    st.one_of(
        st.binary(min_size=1, max_size=60),
        st.sampled_from(
            [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", b"WARC/1.1\r\n", gzip.compress(b"WARC/1.0\r\n\r\n")]
        ),
    ),
)
zeros = st.builds(lambda share: ("zeros", share), st.floats(0, 1))
damages = st.one_of(flips, cuts, garbage, zeros)


def damaged(data: bytes, damage, spans):
    """The data after the damage, and the numbers of the spans that no longer lie in it as they were."""
    kind, share = damage[:2]
    position = int(share * len(data))
    if kind == "flip":
        changed = bytearray(data)
        changed[position] ^= 1 << damage[2]
        return bytes(changed), {n for n, (start, end) in enumerate(spans) if start <= position < end}
    if kind == "insert":
        hit = {n for n, (start, end) in enumerate(spans) if start < position < end}
        return data[:position] + damage[2] + data[position:], hit
    tail = b"" if kind == "cut" else bytes(len(data) - position)
    changed = data[:position] + tail
    return changed, {number for number, (start, end) in enumerate(spans) if changed[start:end] != data[start:end]}


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """A file of ours: its path, its bytes, its captures with their bodies."""
    folder = tmp_path_factory.mktemp("captures")
    bodies = {}
    with CaptureWriter(folder, "run-1", "gazette", 10**9) as writer:
        for number in range(6):
            noise = random.Random(number)
            body = noise.randbytes(300) if number % 2 else b"<p>A page that packs well.</p>" * 20
            answer = Response(
                url=f"https://news.example/{number}",
                http_status=200,
                reason="OK",
                http_version="HTTP/1.1",
                headers=(("Content-Type", "text/html"),),
                body=body,
                request_headers=(),
                request_target="/",
            )
            entry = writer.write(answer, NOON, {"number": number}, url=answer.url)
            bodies[entry.capture_id] = body
    (file,) = capture_files(folder)
    return folder, file.path, file.path.read_bytes(), writer.entries, bodies


def found_after(folder, path, data) -> list[CaptureEntry]:
    path.write_bytes(data)
    return read_earlier_attempts(folder, "run-1", "gazette").entries


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(damages)
def test_every_untouched_capture_of_ours_is_read_and_no_wrong_body_ever(ours, damage):
    folder, path, whole, entries, bodies = ours
    spans = [(entry.warc_offset, entry.warc_offset + entry.warc_bytes) for entry in entries]
    data, hit = damaged(whole, damage, spans)
    found = found_after(folder, path, data)
    untouched = {entry.capture_id for number, entry in enumerate(entries) if number not in hit}
    assert untouched <= {entry.capture_id for entry in found}
    for entry in found:
        assert read_capture(folder, *entry.place).body == bodies[entry.capture_id]


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(damages, min_size=2, max_size=5))
def test_damage_on_damage_never_raises_and_never_gives_a_wrong_body(ours, several):
    folder, path, data, _, bodies = ours
    for damage in several:
        if data:
            data, _ = damaged(data, damage, [])
    for entry in found_after(folder, path, data):
        assert read_capture(folder, *entry.place).body == bodies[entry.capture_id]


@pytest.mark.parametrize("tail", [bytes(100_000), b"", b"\n"], ids=["zeros", "nothing", "newline"])
def test_a_tail_that_a_power_cut_left_costs_nothing_before_it(ours, tail):
    folder, path, whole, entries, _ = ours
    assert found_after(folder, path, whole + tail) == entries


# ---------------------------------------------------------------- files of others


def body_of(number: int) -> bytes:
    return f"<html><p>Page {number} of another crawler.</p></html>".encode() * (1 + number * 3)


@lru_cache
def foreign(count=6, *, packed=True) -> tuple[bytes, list[tuple[int, int]]]:
    """A WARC 1.0 file by warcio, and where each of its response records lies."""
    file, spans = io.BytesIO(), []
    writer = WARCWriter(file, gzip=packed, warc_version="WARC/1.0")
    for number in range(count):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url, payload = f"https://news.example/{number}", io.BytesIO(body_of(number))
        record = writer.create_warc_record(url, "response", payload=payload, http_headers=head)
        start = file.tell()
        writer.write_record(record)
        record.raw_stream.close()
        spans.append((start, file.tell()))
    return file.getvalue(), spans


def numbers(data: bytes) -> list[int]:
    """The pages found, by number; none may have another body than it had."""
    found = []
    for raw in warc_records(io.BytesIO(data), MAX_BYTES):
        if isinstance(raw, RawRecord) and raw.fields.get("warc-type") == "response":
            try:
                body = record_in(raw.content).raw_stream.read()
            except DAMAGE:
                continue
            if match := re.match(rb"<html><p>Page (\d) of another", body):
                assert body == body_of(int(match[1]))
                found.append(int(match[1]))
    return found


@pytest.mark.parametrize("packed", [True, False])
@settings(max_examples=300, deadline=None, derandomize=True)
@given(damage=damages)
def test_every_untouched_record_of_others_is_read(packed, damage):
    whole, spans = foreign(packed=packed)
    data, hit = damaged(whole, damage, spans)
    assert set(range(6)) - hit <= set(numbers(data))


def test_every_form_of_file_is_read_alike():
    plain, _ = foreign(packed=False)
    members, _ = foreign(packed=True)
    one_stream = gzip.compress(plain)
    assert numbers(plain) == numbers(members) == numbers(one_stream) == list(range(6))


def test_reading_goes_on_where_it_stopped():
    for data in (foreign(packed=True)[0], foreign(packed=False)[0]):
        records = list(warc_records(io.BytesIO(data), MAX_BYTES))
        for number, record in enumerate(records):
            rest = list(warc_records(io.BytesIO(data), MAX_BYTES, record.next_offset))
            assert rest == records[number + 1 :]
        assert records[-1].next_offset == len(data)


def test_records_that_share_a_gzip_member_go_on_at_its_beginning():
    plain, _ = foreign(packed=False)
    data = gzip.compress(plain) + gzip.compress(plain)
    records = list(warc_records(io.BytesIO(data), MAX_BYTES))
    second = len(gzip.compress(plain))
    assert [record.offset for record in records] == [0] * 6 + [second] * 6
    assert [record.next_offset for record in records] == [0] * 5 + [second] * 6 + [len(data)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_that_is_too_large_is_passed_over(packed):
    data, _ = foreign(packed=packed)
    found = list(warc_records(io.BytesIO(data), 400))
    assert [isinstance(record, LostRecord) and record.is_too_large for record in found] == [False] * 3 + [True] * 3


def test_a_gzip_stream_larger_than_the_bound_is_read_in_pieces():
    plain, _ = foreign(packed=False)
    many = plain * 1_000  # 4 MB: more than is unpacked at once
    assert len(numbers(gzip.compress(many, 1))) == 6_000


def test_a_gzip_stream_that_breaks_off_gives_what_was_before():
    plain, _ = foreign(packed=False)
    packed = gzip.compress(plain * 1_000, 1)
    found = numbers(packed[: len(packed) // 2])
    assert 1_000 < len(found) < 6_000


def test_a_length_that_says_too_much_costs_its_record_only():
    data, _ = foreign(packed=False)
    first_length = data[data.index(b"Content-Length: ") :].split(b"\r\n")[0]
    assert numbers(data.replace(first_length, first_length + b"9", 1)) == [1, 2, 3, 4, 5]
    assert numbers(data.replace(first_length, first_length + b"99999999", 1)) == [1, 2, 3, 4, 5]


def test_damage_is_counted_by_record():
    data, spans = foreign(packed=True)
    changed = bytearray(data)
    for number in (1, 2, 4):
        changed[spans[number][1] - 20] ^= 0xFF
    records = list(warc_records(io.BytesIO(changed), MAX_BYTES))
    assert [isinstance(record, LostRecord) for record in records] == [False, True, True, False, True, False]


@pytest.mark.parametrize(
    "hostile",
    [
        b"WARC/1.0\r\n" * 200_000,
        b"WARC/1.0\r\nA: b\r\n" * 100_000 + b"\r\n",
        b"WARC/1.0\r\nContent-Length: 90000\r\n\r\n" * 50_000,
        gzip.compress(bytes(50_000_000)),
        b"\x1f\x8b\x08" * 20_000,
    ],
    ids=["first lines", "one endless head", "lying lengths", "bomb", "magic"],
)
def test_what_is_made_to_hold_us_up_does_not(hostile):
    assert sum(1 for _ in warc_records(io.BytesIO(hostile + foreign(packed=False)[0]), MAX_BYTES)) > 0
