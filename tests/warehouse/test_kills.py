"""A process that is killed with SIGKILL at the worst moments: the old edition or the new one, never anything else."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap

import duckdb
import pytest

from pipeline.errors import WarehouseBusyError
from pipeline.settings import PROJECT_FOLDER
from pipeline.warehouse import check_run, list_editions, load_run, publish_run, query_edition

LOADED_RUNS = "SELECT run_id, edition FROM runs WHERE is_loaded ORDER BY 1"


def program(settings, run_id, code):
    """A Python program with `settings`, `run` and `kill()` at hand."""
    return textwrap.dedent(
        f"""
        import os, shutil, signal
        from pathlib import Path
        import pipeline.warehouse.base, pipeline.warehouse.load, pipeline.warehouse.publish
        from pipeline.runs import open_run
        from pipeline.settings import Settings
        settings = Settings(home=Path({str(settings.home)!r}), sources_folder=Path({str(settings.sources_folder)!r}),
                            newsroom=False, publishers=True)
        run = open_run(settings, {run_id!r})
        def kill(*args, **kwargs):
            os.kill(os.getpid(), signal.SIGKILL)
        """
    ) + textwrap.dedent(code)


def in_another_process(settings, run_id, code):
    return subprocess.Popen(
        [sys.executable, "-c", program(settings, run_id, code)],
        cwd=PROJECT_FOLDER,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


# One process imports the pipeline; each victim is a fork of it, which costs a tenth of a new start.
VICTIMS = multiprocessing.get_context("forkserver")
VICTIMS.set_forkserver_preload(["pipeline.warehouse"])


def die(settings, run_id, code):
    process = VICTIMS.Process(target=exec, args=(program(settings, run_id, code), {}))
    process.start()
    process.join(timeout=30)
    assert process.exitcode == -signal.SIGKILL
    process.close()


def leftovers(settings):
    return [path.name for path in settings.editions_folder.iterdir() if not path.name.startswith(".")]


def test_a_kill_in_the_middle_of_a_load_leaves_nothing_of_it(published, nights):
    settings = published
    run = nights.second(settings).write()
    die(settings, run.run_id, "pipeline.warehouse.load._prove_stored = kill; pipeline.warehouse.load.load_run(run)")
    with duckdb.connect(str(settings.warehouse_file)) as connection:
        assert connection.execute("SELECT count(*) FROM fetches WHERE run_id = 'night-2'").fetchone() == (0,)
        assert connection.execute(LOADED_RUNS).fetchall() == [("night-1", 1)]
    load_run(run)
    check_run(run)
    assert publish_run(run).number == 2


KILLS = {
    "once the number is written": "pipeline.warehouse.publish.copy_durably = kill",
    "in the middle of the copy": """
        def half(source, target):
            Path(target).write_bytes(Path(source).read_bytes()[:100_000])
            kill()
        pipeline.warehouse.base.shutil.copyfile = half
        """,
    "before the copy becomes an edition": "pipeline.warehouse.base.os.fsync = kill",
    "before the edition becomes the current one": "pipeline.warehouse.publish._make_current = kill",
    "between link and rename": """
        pipeline.warehouse.publish.Path = Path
        Path.hardlink_to = (lambda link: lambda self, target: (link(self, target), kill()))(Path.hardlink_to)
        """,
    "before the run is closed": "pipeline.warehouse.publish.close_run = kill",
}


@pytest.mark.parametrize("moment", KILLS)
def test_a_kill_while_publishing_leaves_the_old_edition_or_the_new_one(published, nights, moment):
    settings = published
    run = nights.second(settings).write()
    load_run(run)
    check_run(run)
    die(settings, run.run_id, textwrap.dedent(KILLS[moment]) + "\npipeline.warehouse.publish.publish_run(run)")
    # Whatever is visible is whole.
    for name in leftovers(settings):
        with duckdb.connect(str(settings.editions_folder / name), read_only=True) as connection:
            assert connection.execute("SELECT count(*) FROM article_revisions").fetchone() in ((3,), (4,))
    published = query_edition(settings, LOADED_RUNS).rows
    is_out = moment == "before the run is closed"
    assert published == ([("night-1", 1), ("night-2", 2)] if is_out else [("night-1", 1)])
    # The re-run of the task finishes the work, under the same number.
    assert publish_run(run).number == 2
    assert query_edition(settings, LOADED_RUNS).rows == [("night-1", 1), ("night-2", 2)]
    assert not list(settings.editions_folder.glob(".*"))
    assert [edition.number for edition in list_editions(settings)] == [2, 1]


@pytest.mark.parametrize("moment", ["once the number is written", "before the edition becomes the current one"])
def test_a_re_run_from_the_load_on_gets_the_same_number(published, nights, moment):
    settings = published
    run = nights.second(settings).write()
    load_run(run)
    check_run(run)
    die(settings, run.run_id, textwrap.dedent(KILLS[moment]) + "\npipeline.warehouse.publish.publish_run(run)")
    load_run(run)
    check_run(run)
    assert publish_run(run).number == 2
    assert [edition.number for edition in list_editions(settings)] == [2, 1]


def test_the_next_run_goes_on_after_a_kill_that_nobody_repaired(published, nights):
    settings = published
    lost = nights.second(settings).write()
    load_run(lost)
    check_run(lost)
    die(settings, lost.run_id, KILLS["once the number is written"] + "\npipeline.warehouse.publish.publish_run(run)")
    third = nights.make(settings, 3)
    third.visit("harbour-gazette")
    third.article("harbour-gazette", "dock", "A text about the docks.", status="revised", revision=2)
    assert nights.publish(third).number == 2
    assert query_edition(settings, LOADED_RUNS).rows == [("night-1", 1), ("night-3", 2)]


def test_a_process_that_has_the_working_file_open_makes_the_writer_wait(settings, nights):
    run = nights.first(settings).write()
    load_run(run)
    code = """
        import duckdb
        connection = duckdb.connect(str(settings.warehouse_file))
        print("open", flush=True)
        input()
        """
    with in_another_process(settings, run.run_id, code) as process:
        assert process.stdout.readline() == "open\n"
        try:
            with pytest.raises(WarehouseBusyError, match="another process has"):
                load_run(run)
            assert settings.warehouse_file.exists()
        finally:
            process.stdin.write("\n")
    load_run(run)


def test_a_second_loader_in_another_process_is_refused(settings, nights):
    run = nights.first(settings).write()
    code = """
        from pipeline.warehouse.connection import writer_lock
        with writer_lock(settings):
            print("locked", flush=True)
            input()
        """
    with in_another_process(settings, run.run_id, code) as process:
        assert process.stdout.readline() == "locked\n"
        with pytest.raises(WarehouseBusyError, match="another run is writing"):
            load_run(run)
        process.stdin.write("\n")
    assert not os.path.lexists(settings.current_edition_file)
