"""The command line: `dateline --help` is the map.

Exit codes: 0 done, 1 the work failed (one clear sentence on stderr, a traceback only with --debug), 2 wrong usage.
Verbs import their stage when they are called, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli_coders import actors_app, coders_app
from pipeline.cli_events import events_app
from pipeline.cli_gather import captures_app, gather, say, sources_app
from pipeline.cli_stories import stories_app
from pipeline.errors import ConfigurationError, DatelineError
from pipeline.settings import load_settings

app = typer.Typer(
    name="dateline",
    help="News sites become records: gather, read, recognise repeats, code events, publish DuckDB editions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(sources_app, name="sources")
app.add_typer(captures_app, name="captures")
app.add_typer(stories_app, name="stories")
app.add_typer(events_app, name="events")
app.add_typer(actors_app, name="actors")
app.add_typer(coders_app, name="coders")
app.command()(gather)


class Format(StrEnum):
    """How a query's answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@app.callback()
def set_debug(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback when something fails.")] = False,
) -> None:
    """Options of every verb."""
    Debug.wanted = debug


class Debug:
    """Whether a failure shows its traceback."""

    wanted = False


@app.command()
def run(
    run_id: Annotated[str | None, typer.Option(help="Resume or repeat this run instead of a new one.")] = None,
    airflow: Annotated[bool, typer.Option("--airflow", help="Through Airflow, as `make run` does.")] = False,
) -> None:
    """One refresh: gather, read, dedupe, code, load, check, publish."""
    settings = load_settings()
    if airflow:
        from pipeline.control.first_run import run_through_airflow

        run_through_airflow(settings, say)
        return
    from pipeline.control.newsroom_visit import newsroom_for_run
    from pipeline.control.summary import summary_lines
    from pipeline.refresh import refresh

    with newsroom_for_run(settings):
        closed = refresh(settings, say=say, run_id=run_id)
    for line in summary_lines(settings, closed):
        say(line)


@app.command()
def up() -> None:
    """Start the newsroom and Airflow's four components on 127.0.0.1, DAGs scheduled."""
    from pipeline.control.installation import Installation

    settings = load_settings()
    installation = Installation(settings, say)
    try:
        installation.bring_up()
    except BaseException:
        installation.take_down()
        raise
    say(f"Airflow: {installation.airflow.address}   login: admin   password: {installation.airflow.password}")
    say(f"watch_sources gathers:     {settings.watch_schedule} (UTC; DATELINE_WATCH_SCHEDULE)")
    say(f"nightly_refresh publishes: {settings.schedule} (UTC; DATELINE_SCHEDULE). `make down` stops everything.")


@app.command()
def down() -> None:
    """Stop everything that `up` started."""
    from pipeline.control.installation import Installation

    stopped = Installation(load_settings(), say).take_down()
    say(f"stopped: {', '.join(stopped)}" if stopped else "nothing was running")


@app.command()
def newsroom(
    pages: Annotated[
        Path | None,
        typer.Option(help="Serve a folder of saved pages (html/<id>.html.gz and truth.json) instead."),
    ] = None,
    visit: Annotated[int | None, typer.Option(min=1, help="Which visit to be; default: one more each start.")] = None,
) -> None:
    """Serve the built-in sample news sites on loopback, until Ctrl-C."""
    from pipeline.newsroom import serve

    serve(load_settings(), pages=pages, visit=visit, say=say)


@app.command()
def read(
    page: Annotated[str | None, typer.Argument(help="A file or URL; without it JSON Lines on stdin.")] = None,
) -> None:
    """A page becomes an article: {"id","url","path"} a line in, the article a line out."""
    from pipeline.read.answer import answer_read, read_for_person

    if page is not None:
        say(read_for_person(page))
        return
    _answer_each(answer_read)


@app.command()
def dedupe() -> None:
    """Whose text is re-used, and which story: {"id","headline","body","published_at"} a line in."""
    import gc

    from pipeline.dedupe.answer import answer_dedupe

    gc.disable()  # texts leave no cycles behind: looking for them is a tenth of the time (2026-11-30)
    _print_lines(answer_dedupe(sys.stdin))


@app.command()
def code(
    text_file: Annotated[Path | None, typer.Argument(help="A text file; without it JSON Lines on stdin.")] = None,
    published_at: Annotated[str | None, typer.Option(help="When the text was published, ISO 8601.")] = None,
    coder_name: Annotated[
        str | None, typer.Option("--coder", help="Which coder; default: the one that the settings name.")
    ] = None,
) -> None:
    """The events that a text reports: {"id","text","published_at",...} a line in; or a file, explained."""
    from functools import partial

    from pipeline.events.answer import answer_code
    from pipeline.events.coders import find_coder

    settings = load_settings()
    coder = find_coder(coder_name or settings.coder)
    if text_file is None:
        _answer_each(partial(answer_code, coder=coder))
        return
    import shutil

    from pipeline.cli_coders import memory_of_edition
    from pipeline.events.explanation import explain_text

    lines = explain_text(
        _read_text(text_file),
        coder=coder,
        published_at=_instant(published_at),
        memory=memory_of_edition(settings),
        width=min(shutil.get_terminal_size((100, 24)).columns, 120),
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    for line in lines:
        say(line)


@app.command()
def annotate(
    text_file: Annotated[Path | None, typer.Argument(help="A text file; without it JSON Lines on stdin.")] = None,
    published_at: Annotated[str | None, typer.Option(help="When the text was published, ISO 8601.")] = None,
) -> None:
    """Dates, places and actors in a text: {"id","text","published_at"} a line in."""
    from pipeline.events.annotate import answer_annotate

    if text_file is not None:
        import json

        question = {"id": str(text_file), "text": _read_text(text_file), "published_at": published_at}
        say(json.dumps(answer_annotate(question), ensure_ascii=False, indent=1))
        return
    _answer_each(answer_annotate)


@app.command()
def query(
    what: Annotated[str | None, typer.Argument(help="SQL, an .sql file, or the name of an example.")] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print the answer.")] = Format.TABLE,
    list_examples: Annotated[bool, typer.Option("--list", help="List the example queries.")] = False,
) -> None:
    """Ask the latest edition, read-only."""
    from pipeline.warehouse.query import example_queries, format_result, query_edition

    if list_examples or what is None:
        for name, answers in example_queries().items():
            say(f"{name:<28} {answers}")
        return
    sys.stdout.buffer.write(format_result(query_edition(load_settings(), what), output.value))
    sys.stdout.flush()


@app.command()
def editions() -> None:
    """The published editions, newest first."""
    from pipeline.warehouse import list_editions

    for edition in list_editions(load_settings()):
        say(f"{edition.number:>4}  {edition.published_at:%Y-%m-%d %H:%M:%S} UTC  {edition.path}")


@app.command()
def doctor() -> None:
    """What is wrong with this installation, in words; exit code 1 if anything is."""
    from pipeline.control.doctor import examine

    findings = examine(load_settings())
    for finding in findings:
        say(f"{'ok  ' if finding.ok else 'BAD '} {finding.what}: {finding.detail}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _answer_each(answer: Callable[[Any], dict[str, Any]]) -> None:
    from pipeline.jsonl import answer_lines

    _print_lines(answer_lines(sys.stdin, answer))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _instant(words: str | None) -> datetime | None:
    """An ISO 8601 instant from the command line; one without an offset is UTC."""
    from pipeline.events.answer import instant_of

    try:
        return instant_of(words)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def main() -> None:
    """The console script: DatelineError becomes one sentence and exit code 1."""
    # Asked to end, a verb closes what it opened (`run --airflow` stops the components), as on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        app()
    except DatelineError as error:
        if Debug.wanted:
            raise
        sys.stderr.write(f"dateline: {error}\n")
        sys.exit(1)
    except BrokenPipeError:
        # `dateline query ... | head`: the reader has enough; a write at exit would complain again.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
