"""The pool that gathers with threads of several processes. Its calls are functions of the standard library, which
every process can import."""

import os
import threading
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.gather_pool import GatherPool
from pipeline.sources.loader import load_source


def test_calls_run_in_other_processes_and_give_their_results() -> None:
    with GatherPool(4, processes=2) as pool:
        assert list(pool.map(int, ["1", "2", "3", "4", "5", "6"])) == [1, 2, 3, 4, 5, 6]
        pids = {pool.submit(os.getpid).result() for _ in range(12)}
    assert os.getpid() not in pids
    assert len(pids) == 2


def test_as_many_calls_run_at_once_as_there_are_lanes(tmp_path: Path) -> None:
    """Each of four calls writes into a pipe that another one reads: they end only if all of them run together."""
    pipes = [tmp_path / f"pipe-{number}" for number in range(2)]
    for pipe in pipes:
        os.mkfifo(pipe)
    with GatherPool(4, processes=2) as pool:
        calls = [pool.submit(Path.read_text, pipe) for pipe in pipes]
        calls += [pool.submit(Path.write_text, pipe, "here") for pipe in pipes]
        assert [call.result(timeout=20) for call in calls] == ["here", "here", 4, 4]


def test_an_error_is_raised_where_the_call_was_made() -> None:
    with GatherPool(2, processes=1) as pool:
        failed, fine = pool.submit(int, "x"), pool.submit(int, "1")
        assert fine.result() == 1
        with pytest.raises(ValueError, match="invalid literal") as raised:
            failed.result()
    assert "Traceback" in raised.value.__notes__[0]


def test_an_error_that_cannot_be_sent_comes_as_its_base_with_the_same_words(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("id: a\n", encoding="utf-8")
    with GatherPool(1) as pool, pytest.raises(ConfigurationError, match=r"a\.yml:1: field"):
        pool.submit(load_source, tmp_path / "a.yml").result()


def test_what_cannot_be_sent_fails_by_itself_and_costs_no_lane() -> None:
    with GatherPool(1) as pool:
        for call in (pool.submit(lambda: 1), pool.submit(threading.Lock)):
            with pytest.raises(Exception, match="pickle"):
                call.result(timeout=20)
        assert pool.submit(int, "1").result(timeout=20) == 1


def test_a_process_that_dies_fails_its_own_call_and_the_others_do_the_rest() -> None:
    with GatherPool(2, processes=2) as pool:
        with pytest.raises(BrokenProcessPool):
            pool.submit(os._exit, 3).result()
        calls = [pool.submit(int, str(number)) for number in range(5)]
        assert sorted(call.result() for call in as_completed(calls)) == [0, 1, 2, 3, 4]


def test_where_all_processes_have_died_every_call_fails_and_none_waits() -> None:
    with GatherPool(2, processes=1) as pool:
        calls = [pool.submit(os._exit, 3), *(pool.submit(os._exit, 3) for _ in range(4))]
        for call in calls:
            with pytest.raises(BrokenProcessPool):
                call.result(timeout=20)


def test_it_leaves_no_process_and_no_thread_behind() -> None:
    before = threading.active_count()
    with GatherPool(3, processes=2) as pool:
        pool.submit(int, "1").result()
        processes = list(pool._processes)
    assert threading.active_count() == before
    assert [process.exitcode for process in processes] == [0, 0]
