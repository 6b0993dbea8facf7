"""WARC files of others: what is taken, what is not and why, and that each record is taken once, whatever happens."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.errors import AccountingError, ConfigurationError, TransientError
from pipeline.gather import warc_import
from pipeline.gather.archive import capture_files, read_capture
from pipeline.gather.ledger import open_ledger
from pipeline.gather.unfinished_imports import alone
from pipeline.gather.warc_import import find_warc_files, import_warc
from pipeline.records import stable_id
from pipeline.settings import Settings

DATE = "2025-06-01T08:30:00Z"
HTML = [("Content-Type", "text/html; charset=utf-8")]
PAGE = "<html><head><title>Ü</title></head><body><p>The bridge was closed.</p></body></html>".encode()


def source(source_id, homepage, *feeds, enabled=True):
    return {
        "id": source_id,
        "name": source_id.title(),
        "homepage": homepage,
        "country_code": "GBR",
        "language": "en",
        "timezone": "Europe/London",
        "enabled": enabled,
        "feeds": [{"url": url, "kind": "rss"} for url in feeds or [f"{homepage}/rss"]],
    }


@pytest.fixture
def settings(tmp_path):
    folder = tmp_path / "sources" / "gb"
    folder.mkdir(parents=True)
    for one in (
        source("gazette", "https://www.gazette.co.uk"),
        source("herald", "https://herald.example", "https://feeds.herald-media.example/all", enabled=False),
    ):
        (folder / f"{one['id']}.yml").write_text(yaml.safe_dump(one))
    return Settings(home=tmp_path / "var", sources_folder=tmp_path / "sources", newsroom=False)


class WarcFile:
    """A WARC file as a crawler like that of CC-NEWS writes it, record by record."""

    def __init__(self, *, packed=True, version="WARC/1.0"):
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed, warc_version=version)
        self.writer.write_record(self.writer.create_warcinfo_record("CC-NEWS.warc.gz", {"software": "another crawler"}))

    def page(self, url, body=PAGE, headers=HTML, status="200 OK", date=DATE, **fields):
        fields = {"WARC-Date": date} | {name.replace("_", "-"): value for name, value in fields.items()}
        head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        question = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x")], is_http_request=True)
        for kind, content, http in (
            ("request", b"", question),
            ("response", body, head),
            ("metadata", b"a: b\r\n", None),
        ):
            stream = io.BytesIO(content)
            record = self.writer.create_warc_record(
                url,
                kind,
                payload=stream,
                http_headers=http,
                warc_headers_dict=dict(fields) if kind == "response" else {},
            )
            self.writer.write_record(record)
            record.raw_stream.close()
        return self

    def save(self, path):
        path.write_bytes(self.file.getvalue())
        return path


def chunked(*chunks):
    """As in HTTP/1.1, each chunk with an extension."""
    return b"".join(b"%x;n=1\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


@pytest.fixture
def news(tmp_path):
    """Three pages of ours among others."""
    warc = WarcFile()
    warc.page("https://www.gazette.co.uk/a?utm_source=x").page("https://elsewhere.example/a")
    warc.page("https://sport.gazette.co.uk/b", date="2025-06-01T09:00:00Z").page("http://herald.example/c")
    return warc.save(tmp_path / "CC-NEWS-1.warc.gz")


def imported(settings, path, run_id="import-1", **options):
    counts = import_warc(settings, run_id, path, **options).counts
    return {word: count for word, count in counts.items() if count}


def fetches(settings):
    with open_ledger(settings) as ledger:
        return {fetch.url: fetch for fetch in ledger.fetches.of_ids(ledger.fetches.ids())}


def archived(settings):
    """Every URL in our own archive, once for each time it lies there."""
    from pipeline.gather.attempts import read_earlier_attempts

    folder = settings.captures_folder
    passes = sorted({file[:2] for file in capture_files(folder)})
    return sorted(entry.url for one in passes for entry in read_earlier_attempts(folder, *one).entries)


def body_of(settings, url):
    fetch = fetches(settings)[url]
    return read_capture(settings.captures_folder, fetch.warc_file, fetch.warc_offset).body


# ---------------------------------------------------------------- what is taken


def test_the_pages_of_our_sources_are_taken_and_the_rest_is_counted(settings, news):
    counts = imported(settings, news)
    assert counts == {"records": 13, "other_records": 9, "responses": 4, "taken": 3, "no_source": 1}
    rows = fetches(settings)
    assert {url: row.source_id for url, row in rows.items()} == {
        "https://www.gazette.co.uk/a": "gazette",
        "https://sport.gazette.co.uk/b": "gazette",
        "http://herald.example/c": "herald",
    }


def test_a_page_becomes_a_captured_link_and_an_index_line(settings, news):
    imported(settings, news)
    row = fetches(settings)["https://www.gazette.co.uk/a"]
    moment = datetime(2025, 6, 1, 8, 30, tzinfo=UTC)
    assert (row.status, row.feed_id, row.gather_run_id) == ("captured", None, "import-1")
    assert row.requested_at == row.visited_at == moment
    assert row.capture_id == stable_id(row.url, moment.isoformat())
    assert row.final_url == "https://www.gazette.co.uk/a?utm_source=x"
    with open_ledger(settings) as ledger:
        entry = ledger.capture(row.capture_id)
    assert (entry.warc_file, entry.warc_offset) == (row.warc_file, row.warc_offset)
    capture = read_capture(settings.captures_folder, row.warc_file, row.warc_offset)
    assert (capture.body, capture.content_type) == (PAGE, "text/html; charset=utf-8")


def test_our_copy_says_whence_it_is(settings, tmp_path):
    from warcio.archiveiterator import ArchiveIterator

    record_id = "<urn:uuid:0b7d2b8e-0000-4000-8000-000000000001>"
    path = WarcFile().page("https://www.gazette.co.uk/a", WARC_Record_ID=record_id).save(tmp_path / "x.warc.gz")
    imported(settings, path)
    (file,) = capture_files(settings.captures_folder)
    with file.path.open("rb") as opened:
        kinds = {record.rec_type: record.rec_headers for record in ArchiveIterator(opened, check_digests="raise")}
    assert kinds.keys() == {"warcinfo", "response"}
    copy = kinds["response"]
    assert copy.get_header("Dateline-Imported-Record-ID") == record_id != copy.get_header("WARC-Record-ID")
    assert copy.get_header("Dateline-Imported-From") == "x.warc.gz"
    assert copy.get_header("WARC-Date") == "2025-06-01T08:30:00.000000Z"


def test_what_is_no_page_is_counted_by_its_reason(settings, tmp_path):
    warc, host = WarcFile(), "https://www.gazette.co.uk"
    warc.page(f"{host}/404", status="404 Not Found").page(f"{host}/moved", status="301 Moved")
    warc.page(f"{host}/pdf", headers=[("Content-Type", "application/pdf")]).page(f"{host}/png", b"\x89PNG", headers=[])
    warc.page(f"{host}/cut", WARC_Truncated="length")
    warc.page(f"{host}/gzip", gzip.compress(PAGE)[:-9], [*HTML, ("Content-Encoding", "gzip")])
    warc.page(f"{host}/when", date="yesterday")
    warc.page("not an address").page("https://notgazette.co.uk/a").page("https://gazette.co.uk.example/a")
    warc.page(f"{host}/large", b"<html>" + b"x" * 12_000_000).page(
        f"{host}/bomb", gzip.compress(bytes(20_000_000)), [*HTML, ("Content-Encoding", "gzip")]
    )
    counts = imported(settings, warc.save(tmp_path / "x.warc.gz"))
    assert counts == {
        "records": 37,
        "other_records": 25,
        "responses": 8,
        "not_ok": 2,
        "other_type": 2,
        "truncated": 1,
        "no_source": 3,
        "damaged": 2,
        "too_large": 2,
    }
    assert archived(settings) == []


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
        (gzip.compress(PAGE, 0), {"Content-Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
        (brotli.compress(PAGE), {"Content-Encoding": "br"}),
        (chunked(PAGE[:5], PAGE[5:]), {"Transfer-Encoding": "chunked"}),
        (chunked(gzip.compress(PAGE)), {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        (PAGE, {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        (PAGE, {"Content-Encoding": "br"}),
        (PAGE, {"X-Crawl-Content-Encoding": "gzip", "X-Crawl-Content-Length": "70", "Content-Length": str(len(PAGE))}),
    ],
    ids=["gzip", "stored", "deflate", "br", "chunked", "both", "taken off already", "br taken off", "common crawl"],
)
def test_a_body_is_kept_with_its_encodings_off(settings, tmp_path, body, headers):
    path = WarcFile().page("https://www.gazette.co.uk/a", body, [*HTML, *headers.items()]).save(tmp_path / "x.warc.gz")
    assert imported(settings, path)["taken"] == 1
    assert body_of(settings, "https://www.gazette.co.uk/a") == PAGE
    row = fetches(settings)["https://www.gazette.co.uk/a"]
    kept = read_capture(settings.captures_folder, row.warc_file, row.warc_offset).headers
    names = [name.lower() for name, _ in kept]
    assert not {"content-encoding", "transfer-encoding"} & set(names)
    assert len(names) == len(set(names))
    assert dict(kept)["Content-Length"] == str(len(PAGE))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"ff\r\n" + PAGE, {"Transfer-Encoding": "chunked"}),
        (brotli.compress(PAGE)[:-4], {"Content-Encoding": "br"}),
        (b"\x00\x01\x02", {"Content-Encoding": "zstd"}),
    ],
    ids=["chunk breaks off", "brotli breaks off", "unknown encoding"],
)
def test_a_body_that_does_not_decode_is_damaged(settings, tmp_path, body, headers):
    body = body.replace(b"<", b"[")  # else it would be taken for a page whose encoding was taken off
    path = WarcFile().page("https://www.gazette.co.uk/a", body, [*HTML, *headers.items()]).save(tmp_path / "x.warc.gz")
    assert imported(settings, path)["damaged"] == 1


@pytest.mark.parametrize("kind", ["plain", "one stream", "warc 1.1", "wget"])
def test_every_form_of_file_is_read(settings, tmp_path, kind):
    warc = WarcFile(packed=kind in {"warc 1.1", "wget"}, version="WARC/1.1" if kind == "warc 1.1" else "WARC/1.0")
    url = "https://www.gazette.co.uk/a"
    warc.page(f"<{url}>" if kind == "wget" else url).page("https://herald.example/b")
    path = warc.save(tmp_path / "news")
    if kind == "one stream":
        path.write_bytes(gzip.compress(path.read_bytes()))
    assert imported(settings, path)["taken"] == 2


def test_a_damaged_record_costs_itself_only(settings, tmp_path):
    warc = WarcFile()
    for number in range(5):
        warc.page(f"https://www.gazette.co.uk/{number}", PAGE + bytes([65 + number]) * 500)
    data = bytearray(warc.file.getvalue())
    middle = len(data) // 2
    data[middle : middle + 4] = b"\xff\x00\xff\x00"
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    counts = imported(settings, path)
    assert counts["damaged"] == 1
    assert counts["taken"] in {4, 5}  # the damage may be in a request or metadata record


def test_a_letter_changed_in_a_plain_file_is_told_by_the_block_digest(settings, tmp_path):
    path = WarcFile(packed=False).page("https://www.gazette.co.uk/a").save(tmp_path / "x.warc")
    path.write_bytes(path.read_bytes().replace(b"bridge was closed", b"bridge was opened"))
    assert imported(settings, path)["damaged"] == 1


# ---------------------------------------------------------------- once


def test_the_same_file_again_adds_nothing(settings, news):
    imported(settings, news)
    before, said = archived(settings), []
    assert imported(settings, news, "import-2", say=said.append) == {}
    assert archived(settings) == before
    assert "imported before" in said[0]


def test_the_same_record_in_another_file_is_had_already(settings, news, tmp_path):
    imported(settings, news)
    other = (
        WarcFile().page("https://www.gazette.co.uk/new").page("http://herald.example/c").save(tmp_path / "2.warc.gz")
    )
    assert imported(settings, other, "import-2") == {
        "records": 7, "other_records": 5, "responses": 2, "taken": 1, "already": 1
    }  # fmt: skip
    assert len(archived(settings)) == len(set(archived(settings))) == 4


def test_a_record_that_stands_twice_in_one_file_is_taken_once(settings, tmp_path):
    path = (
        WarcFile().page("https://www.gazette.co.uk/a").page("https://www.gazette.co.uk/a").save(tmp_path / "x.warc.gz")
    )
    counts = imported(settings, path)
    assert (counts["taken"], counts["already"]) == (1, 1)


def test_two_captures_of_one_page_are_both_taken(settings, tmp_path):
    warc = (
        WarcFile().page("https://www.gazette.co.uk/a").page("https://www.gazette.co.uk/a", date="2025-06-02T08:30:00Z")
    )
    assert imported(settings, warc.save(tmp_path / "x.warc.gz"))["taken"] == 2


def test_after_a_source_is_added_the_file_is_looked_through_again(settings, news):
    imported(settings, news)
    folder = settings.sources_folder / "gb"
    (folder / "elsewhere.yml").write_text(yaml.safe_dump(source("elsewhere", "https://elsewhere.example")))
    counts = imported(settings, news, "import-2")
    assert (counts["taken"], counts["already"]) == (1, 3)


KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.gather import warc_import
from pipeline.settings import Settings

warc_import.BATCH_CAPTURES = 7
real, calls = warc_import._Import.{method}, []

def dies(self, *arguments):
    calls.append(1)
    if len(calls) == {call} and {before}:
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(self, *arguments)
    if len(calls) == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

warc_import._Import.{method} = dies
settings = Settings(home=Path({home!r}), sources_folder=Path({sources!r}), newsroom=False)
warc_import.import_warc(settings, "import-1", Path({path!r}))
"""


@pytest.mark.parametrize(
    ("method", "call", "before"),
    [
        ("_take", 1, True),
        ("_take", 5, False),
        ("_take", 17, False),
        ("_commit", 1, True),
        ("_commit", 1, False),
        ("_commit", 4, True),
    ],
)
def test_a_killed_import_loses_nothing_and_takes_nothing_twice(settings, tmp_path, method, call, before):
    warc = WarcFile()
    urls = [f"https://www.gazette.co.uk/{number}" for number in range(20)] + ["https://herald.example/x"]
    for url in urls:
        warc.page(url)
    path = warc.save(tmp_path / "x.warc.gz")
    script = KILLED.format(
        method=method,
        call=call,
        before=before,
        home=str(settings.home),
        sources=str(settings.sources_folder),
        path=str(path),
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[2], capture_output=True
    )
    assert done.returncode == -9, done.stderr.decode()
    counts = import_warc(settings, "import-2", path).counts
    with open_ledger(settings) as ledger:
        committed = len(ledger.fetches.ids())
    assert committed == 21
    assert counts["adopted"] + counts["taken"] <= 21
    assert archived(settings) == sorted(urls)
    assert sorted(fetches(settings)) == sorted(urls)
    for url in urls:
        assert body_of(settings, url) == PAGE


def test_progress_is_written_with_the_captures(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(warc_import, "BATCH_RECORDS", 3)
    path = (
        WarcFile().page("https://www.gazette.co.uk/a").page("https://www.gazette.co.uk/b").save(tmp_path / "x.warc.gz")
    )
    with monkeypatch.context() as patch, open_ledger(settings) as ledger:
        patch.setattr(warc_import._Import, "_prove", lambda self: (_ for _ in ()).throw(AccountingError("stop")))
        with pytest.raises(AccountingError):
            import_warc(settings, "import-1", path)
        (progress,) = ledger.connection.execute("SELECT offset FROM imports").fetchone()
    assert progress == path.stat().st_size


def test_an_import_that_failed_goes_on_where_it_stopped(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(warc_import, "BATCH_RECORDS", 4)
    warc = WarcFile()
    for number in range(6):
        warc.page(f"https://www.gazette.co.uk/{number}")
    path = warc.save(tmp_path / "x.warc.gz")
    real, takes = warc_import._Import._take, []

    def fails(self, record):
        takes.append(record)
        if len(takes) == 4:
            raise OSError(28, "No space left on device")
        return real(self, record)

    with monkeypatch.context() as patch:
        patch.setattr(warc_import._Import, "_take", fails)
        with pytest.raises(OSError, match="No space left"):
            import_warc(settings, "import-1", path)
    counts = import_warc(settings, "import-2", path).counts
    assert counts["records"] < 19  # not from the beginning
    assert counts["taken"] + counts["already"] == 6 - 2 - (1 if counts["adopted"] == 0 else 0)
    assert len(archived(settings)) == len(fetches(settings)) == 6


def test_one_process_at_a_time_imports_a_file(settings, news):
    real = warc_import.stable_id
    keys = []

    def seen(*fields):
        keys.append(real(*fields))
        return keys[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warc_import, "stable_id", seen)
        imported(settings, news)
    with alone(settings, keys[0], "import-2"), pytest.raises(TransientError, match="same file"):
        imported(settings, news, "import-3")


# ---------------------------------------------------------------- files


def test_names_and_patterns_stand_for_files(tmp_path):
    for name in ("b.warc.gz", "a.warc.gz", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    found = find_warc_files([str(tmp_path / "*.warc.gz"), str(tmp_path / "a.warc.gz")])
    assert [path.name for path in found] == ["a.warc.gz", "b.warc.gz"]
    for nothing in ([str(tmp_path / "*.zip")], [str(tmp_path / "none.warc")], []):
        with pytest.raises(ConfigurationError):
            find_warc_files(nothing)


@pytest.mark.parametrize("content", [b"", b"<html>no archive</html>" * 100, gzip.compress(b"no archive"), bytes(5_000)])
def test_what_is_no_warc_file_is_said(settings, tmp_path, content):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="no WARC record"):
        imported(settings, path)


def test_a_file_that_is_not_there_is_said(settings, tmp_path):
    with pytest.raises(ConfigurationError, match="no file"):
        imported(settings, tmp_path / "none.warc")


def test_memory_does_not_grow_with_the_file(settings, tmp_path):
    """A gzip stream of 200 MB unpacked, in a process that may use 300 MB more than it has at the start."""
    path = tmp_path / "x.warc.gz"
    page = WarcFile(packed=False).page("https://elsewhere.example/a", b"<html>" + bytes(1_000_000)).file.getvalue()
    with gzip.open(path, "wb", 1) as file:
        for _ in range(200):
            file.write(page)
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom pipeline.gather.warc_import import import_warc\n"
        "from pipeline.settings import Settings\n"
        "settings = Settings(home=Path(sys.argv[1]), sources_folder=Path(sys.argv[2]), newsroom=False)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(import_warc(settings, 'r', Path(sys.argv[3])).counts['no_source'])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    command = [sys.executable, "-c", script, str(settings.home), str(settings.sources_folder), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    taken, grown_kilobytes = map(int, done.stdout.split())
    assert (taken, grown_kilobytes < 150_000) == (200, True)
