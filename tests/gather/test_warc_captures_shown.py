"""What a person is shown of a capture, and whether it is still what it was."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import ConfigurationError, QuarantineError
from pipeline.gather.archive import CaptureWriter
from pipeline.gather.captures_shown import capture_body, capture_lines, find_capture
from pipeline.gather.ledger import open_ledger
from pipeline.gather.transport import Response
from pipeline.settings import Settings

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://news.example/asked"


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, newsroom=False)


@pytest.fixture
def captures(settings):
    """A page, the same page unchanged a day later, and a page that others captured."""
    answer = Response(
        url="https://news.example/answered",
        http_status=200,
        reason="OK",
        http_version="HTTP/1.1",
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
        body=b"<p>hello</p>",
        request_headers=(("User-Agent", "Dateline/0.1"),),
        request_target="/answered",
    )
    unchanged = dataclasses.replace(answer, http_status=304, reason="Not Modified", body=None)
    with CaptureWriter(settings.captures_folder, "run-1", "gazette", 10**9) as writer:
        page = writer.write(answer, NOON, {}, url=URL)
        revisit = writer.write_revisit(unchanged, NOON + timedelta(days=1), {}, url=URL, refers_to=page)
        origin = {"Dateline-Imported-From": "CC-NEWS-1.warc.gz"}
        other = writer.write(answer, NOON, {}, url="https://news.example/other", origin=origin)
    with open_ledger(settings) as ledger:
        ledger.record(captures=writer.entries)
    return page, revisit, other


def damage(settings, entry, at):
    path = settings.captures_folder / entry.warc_file
    data = bytearray(path.read_bytes())
    data[entry.warc_offset + at] ^= 0xFF
    path.write_bytes(data)


def test_a_capture_is_shown_with_question_answer_place_and_digest(settings, captures):
    text = "\n".join(capture_lines(settings, captures[0]))
    for words in (
        f"capture     {captures[0].capture_id} (response)",
        f"asked       {URL}",
        "answered    https://news.example/answered",
        "at          2026-03-01T12:00:00+00:00",
        "by          gazette, pass run-1",
        f"gazette-1-1.warc.gz, byte {captures[0].warc_offset}, {captures[0].warc_bytes} bytes",
        f"digest      {captures[0].payload_digest}: verified",
        "body        12 bytes",
        "> GET /answered HTTP/1.1",
        "> Host: news.example",
        "> User-Agent: Dateline/0.1",
        "< HTTP/1.1 200 OK",
        "< X-Crawl-Content-Encoding: gzip",
    ):
        assert words in text
    assert capture_body(settings, captures[0]) == b"<p>hello</p>"


def test_a_revisit_is_shown_with_the_capture_that_it_repeats(settings, captures):
    page, revisit, _ = captures
    text = "\n".join(capture_lines(settings, revisit))
    assert f"repeats     {page.capture_id}, captured 2026-03-01T12:00:00" in text
    assert f"{page.payload_digest}: verified in the capture it repeats" in text
    assert "< HTTP/1.1 304 Not Modified" in text
    assert capture_body(settings, revisit) == b"<p>hello</p>"


def test_an_imported_capture_says_whence_it_is_and_that_we_asked_nobody(settings, captures):
    text = "\n".join(capture_lines(settings, captures[2]))
    assert "imported from CC-NEWS-1.warc.gz" in text
    assert "> (others asked, see above)" in text


def test_the_newest_capture_of_an_address_is_found(settings, captures):
    assert find_capture(settings, URL) == captures[1]
    assert find_capture(settings, URL.replace("https://news", "HTTPS://NEWS") + "#top") == captures[1]
    assert find_capture(settings, captures[0].capture_id) == captures[0]
    for unknown in ("0000000000000000", "https://news.example/nowhere"):
        with pytest.raises(ConfigurationError):
            find_capture(settings, unknown)


def test_a_digest_that_is_not_the_index_one_is_said_to_be_wrong(settings, captures):
    changed = captures[0]._replace(payload_digest="sha1:AAAA")
    assert "WRONG" in "\n".join(capture_lines(settings, changed))


def test_a_damaged_record_is_said_to_be_damaged(settings, captures):
    page, revisit, _ = captures
    damage(settings, page, page.warc_bytes // 2)
    with pytest.raises(QuarantineError, match="damaged"):
        list(capture_lines(settings, page))
    assert "not verified" in "\n".join(capture_lines(settings, revisit))
    with pytest.raises(QuarantineError, match="damaged"):
        capture_body(settings, revisit)


def test_a_damaged_request_does_not_hide_the_answer(settings, captures):
    page = captures[0]
    damage(settings, page, page.warc_bytes + 40)
    text = "\n".join(capture_lines(settings, page))
    assert "request record is damaged" in text
    assert "< HTTP/1.1 200 OK" in text


def test_what_a_revisit_repeats_may_be_unknown(settings, captures):
    orphan = captures[1]._replace(refers_to="0000000000000000")
    with pytest.raises(QuarantineError, match="not in the index"):
        capture_body(settings, orphan)


def test_a_file_that_is_gone_is_said_to_be_gone(settings, captures):
    (settings.captures_folder / captures[0].warc_file).unlink()
    with pytest.raises(QuarantineError, match="not there"):
        list(capture_lines(settings, captures[0]))
