"""A page can neither hang nor eat the machine: what breaks a limit gets its status, and the next page reads as ever."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.errors import PermanentError
from pipeline.read.page_process import BoundedReader, PageInput, lasting_reader
from pipeline.read.reader import PageReading, read_page
from pipeline.statuses import ArticleStatus

FETCHED_AT = datetime(2025, 6, 1, tzinfo=UTC)
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.html"))
SECONDS = 2.0
MEMORY_BYTES = 200_000_000


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Iterator[BoundedReader]:
    """A reader whose pages say what it is to do."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    with BoundedReader(seconds=SECONDS, memory_bytes=MEMORY_BYTES, _function="misbehaving_reading:behave") as reader:
        yield reader


def told(reader: BoundedReader, deed: str) -> PageReading:
    return reader.read(PageInput(raw=deed.encode(), url=f"http://selby.example/{deed[:20]}", fetched_at=FETCHED_AT))


def test_a_page_reads_as_it_does_in_process() -> None:
    with BoundedReader() as reader:
        for path in GOLDEN:
            url = f"http://{path.stem.replace('_', '-')}.example/a/b"
            page = PageInput(raw=path.read_bytes(), url=url, fetched_at=FETCHED_AT, languages=("en", "de"))
            assert reader.read(page) == read_page(page.raw, url=url, fetched_at=FETCHED_AT, languages=("en", "de"))


@pytest.mark.parametrize("deed", ["sleep:60", "loop in C"])
def test_a_page_that_takes_too_long_is_quarantined_in_time(misbehaving: BoundedReader, deed: str) -> None:
    told(misbehaving, "be good")
    started_at = time.monotonic()
    reading = told(misbehaving, deed)
    assert time.monotonic() - started_at < SECONDS + 2
    assert (reading.status, reading.reason) == (ArticleStatus.QUARANTINED, "took longer than 2 seconds")
    assert told(misbehaving, "be good").status == ArticleStatus.NEW


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process to its address space")
@pytest.mark.parametrize("deed", ["allocate:400000000", "allocate piece by piece", "swallow"])
def test_a_page_that_needs_too_much_memory_is_quarantined(misbehaving: BoundedReader, deed: str) -> None:
    reading = told(misbehaving, deed)
    assert (reading.status, reading.reason) == (ArticleStatus.QUARANTINED, "needed more than 200 MB of memory")
    assert told(misbehaving, "allocate:100000000").status == ArticleStatus.NEW


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("segfault", "the reader ended with signal 11"),
        ("exit:3", "the reader ended with exit code 3"),
        ("exit:0", "the reader ended with exit code 0"),
        ("raise:no", "the reader ended with exit code 1"),
    ],
)
def test_a_page_that_ends_the_reader_is_quarantined(misbehaving: BoundedReader, deed: str, reason: str) -> None:
    reading = told(misbehaving, deed)
    assert (reading.status, reading.reason) == (ArticleStatus.QUARANTINED, reason)
    assert told(misbehaving, "be good").status == ArticleStatus.NEW


def test_a_stack_that_overflows_in_c_is_quarantined(misbehaving: BoundedReader) -> None:
    assert told(misbehaving, "recurse").status == ArticleStatus.QUARANTINED
    assert told(misbehaving, "be good").status == ArticleStatus.NEW


def test_what_a_library_prints_is_no_answer(misbehaving: BoundedReader) -> None:
    assert told(misbehaving, "print").headline == "http://selby.example/print"


def test_a_page_too_large_is_not_given_to_the_child_at_all() -> None:
    reader = BoundedReader(largest_page_bytes=2_000_000)
    reading = reader.read(PageInput(raw=bytes(3_000_000), url="http://selby.example/x", fetched_at=FETCHED_AT))
    assert (reading.status, reading.reason) == (ArticleStatus.QUARANTINED, "larger than 2 MB: 3 MB")
    assert reader._child is None


def test_one_child_serves_page_after_page(misbehaving: BoundedReader) -> None:
    assert len({told(misbehaving, "be good").reason for _ in range(20)}) == 1


def test_a_child_that_has_grown_is_replaced_and_no_page_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    with BoundedReader(seconds=60.0, _function="misbehaving_reading:behave") as reader:
        first, grown, after = (told(reader, deed) for deed in ("be good", "keep:500000000", "be good"))
    assert {first.status, grown.status, after.status} == {ArticleStatus.NEW}
    assert first.reason == grown.reason != after.reason


def test_a_child_that_dies_between_two_pages_costs_none(misbehaving: BoundedReader) -> None:
    child = int(told(misbehaving, "be good").reason or 0)
    os.kill(child, signal.SIGKILL)
    while misbehaving._child is not None and misbehaving._child.is_alive():
        time.sleep(0.01)
    assert told(misbehaving, "be good").status == ArticleStatus.NEW


def test_an_interrupted_page_does_not_answer_the_next_one(misbehaving: BoundedReader) -> None:
    told(misbehaving, "be good")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, interrupt)
    try:
        timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGUSR1))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            told(misbehaving, "sleep:0.6")
        timer.join()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert told(misbehaving, "good").headline == "http://selby.example/good"


def test_threads_take_turns(misbehaving: BoundedReader) -> None:
    found: dict[int, str | None] = {}

    def ask(number: int) -> None:
        found[number] = told(misbehaving, f"sleep:0.00{number}").headline

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"http://selby.example/sleep:0.00{number}" for number in range(8)}


def test_a_child_that_cannot_start_is_an_error_and_no_pages_fault(capfd: pytest.CaptureFixture[str]) -> None:
    with BoundedReader(_function="no_such_module:read") as reader, pytest.raises(PermanentError, match="did not start"):
        told(reader, "be good")
    assert "no_such_module" in capfd.readouterr().err


def test_closing_leaves_no_process_and_no_descriptor(misbehaving: BoundedReader) -> None:
    folder = Path("/proc/self/fd") if sys.platform == "linux" else Path("/dev/fd")
    misbehaving.close()
    before = len(list(folder.iterdir()))
    for deed in ("be good", "exit:1", "be good"):
        told(misbehaving, deed)
    child = int(told(misbehaving, "be good").reason or 0)
    misbehaving.close()
    misbehaving.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert len(list(folder.iterdir())) == before


def test_no_child_outlives_a_parent_that_is_killed() -> None:
    program = textwrap.dedent(
        f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from test_page_process import BoundedReader, told
        reader = BoundedReader(seconds=1.0, _function="misbehaving_reading:behave")
        print(told(reader, "be good").reason, flush=True)
        if sys.argv[1] == "busy":
            told(reader, "loop in C")
        sys.stdin.read()
        """
    )
    for what in ("idle", "busy"):
        parent = subprocess.Popen(
            [sys.executable, "-c", program, what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
        )
        assert parent.stdout is not None
        assert parent.stdin is not None
        child = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
        parent.wait()
        parent.stdout.close()
        parent.stdin.close()
        deadline = time.monotonic() + 8
        while _runs(child):
            assert time.monotonic() < deadline, f"the {what} child still runs"
            time.sleep(0.05)


def _runs(process_id: int) -> bool:
    """Whether it runs; a zombie that nobody has fetched (a container without init) does not."""
    try:
        os.kill(process_id, 0)
        return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def _read_in_worker(number: int) -> tuple[int, str]:
    page = PageInput(raw=GOLDEN[number].read_bytes(), url="http://selby.example/a/b", fetched_at=FETCHED_AT)
    return os.getpid(), lasting_reader().read(page).status.value


def test_it_works_in_the_workers_of_a_process_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import test_page_process as importable

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(importable._read_in_worker, range(4)))
    assert len({worker for worker, _ in answers}) == 1
    assert "quarantined" not in {status for _, status in answers}


@pytest.mark.parametrize("when", ["before it is ready", "while it is idle"])
def test_a_fork_of_the_parent_starts_a_child_of_its_own(tmp_path: Path, when: str) -> None:
    program = textwrap.dedent(
        f"""
        import os, sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from test_page_process import BoundedReader, told
        with BoundedReader(_function="misbehaving_reading:behave") as reader:
            if {when!r} == "while it is idle":
                told(reader, "be good")
            forked = os.fork()
            if forked == 0:
                Path("theirs").write_text(told(reader, "be good").reason)
                reader.close()
                os._exit(0)
            ours = told(reader, "be good").reason
            assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
            theirs = Path("theirs").read_text()
            assert theirs.isdigit() and theirs != ours
            assert told(reader, "be good").reason == ours
        """
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
    subprocess.run(
        [sys.executable, "-W", "error", "-c", program], check=True, timeout=60, cwd=tmp_path, env=environment
    )
