"""The verbs around gathering: `dateline gather`, `dateline sources ...`, `dateline captures ...`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import ConfigurationError
from pipeline.settings import load_settings

sources_app = typer.Typer(help="The publishers we read from.", no_args_is_help=True)
captures_app = typer.Typer(help="The raw pages we keep.", no_args_is_help=True)


def say(line: str = "") -> None:
    """Print a line for a person, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def gather(
    source_ids: Annotated[list[str] | None, typer.Argument(help="Sources; without any all that are enabled.")] = None,
    due: Annotated[bool, typer.Option("--due", help="Only feeds and links that are due, as watch_sources.")] = False,
    warc: Annotated[
        list[str] | None,
        typer.Option(help="Take the pages of our sources out of these WARC files (patterns too) instead of asking."),
    ] = None,
) -> None:
    """Gather without building an edition: feeds and pages, or the captures of others; the next run reads them."""
    from pipeline.control.newsroom_visit import newsroom_for_run
    from pipeline.gather_now import gather_now, import_now

    settings = load_settings()
    if warc:
        if source_ids or due:
            raise typer.BadParameter("--warc asks no source: leave out sources and --due")
        import_now(settings, warc, say=say)
        return
    with newsroom_for_run(settings):
        gather_now(settings, source_ids or [], only_due=due, say=say)


@sources_app.command("list")
def sources_list() -> None:
    """Every source, enabled or not."""
    from pipeline.sources.listing import list_sources

    for line in list_sources(load_settings()):
        say(line)


@sources_app.command("show")
def show_source(source_id: Annotated[str, typer.Argument(help="The source's id.")]) -> None:
    """What its file says, what the edition has of it, and the lines it prints on every page."""
    from pipeline.source_shown import show_source as shown

    say(shown(load_settings(), source_id))


@sources_app.command("check")
def sources_check(
    source_id: Annotated[str | None, typer.Argument(help="One source; without it all that are read.")] = None,
) -> None:
    """Test a source end to end and say in words what is wrong; exit code 1 if anything is."""
    from pipeline.source_check import check_sources

    all_well = True
    for report in check_sources(load_settings(), source_id):
        say(report.text)
        all_well = all_well and report.ok
    if not all_well:
        raise typer.Exit(1)


@sources_app.command("add")
def sources_add(  # noqa: PLR0917  typer reads options from the signature
    url: Annotated[str, typer.Argument(help="The publisher's front page.")],
    source_id: Annotated[str | None, typer.Option("--id", help="The source's id; default: made from its name.")] = None,
    country: Annotated[str | None, typer.Option(help="Where it publishes from, such as gb.")] = None,
    language: Annotated[str | None, typer.Option(help="What it publishes in, ISO 639-1.")] = None,
    timezone: Annotated[str | None, typer.Option(help="IANA time zone, such as Europe/London.")] = None,
    print_only: Annotated[bool, typer.Option("--print", help="Print the file instead of writing it.")] = False,
) -> None:
    """Find a publisher's feeds from its front page and write its source file."""
    from pipeline.gather.discover_source import add_source

    added = add_source(
        load_settings(),
        url,
        source_id=source_id,
        country=country,
        language=language,
        timezone=timezone,
        write=not print_only,
        say=lambda line: typer.echo(line, err=True),
    )
    if print_only:
        say(added.text)
    say(added.report)


@captures_app.command("show")
def captures_show(
    capture_id: Annotated[str, typer.Argument(help="Id of a capture, or an address: then its newest capture.")],
    body: Annotated[bool, typer.Option("--body", help="The body alone, as it was decoded, to stdout.")] = False,
) -> None:
    """What was asked, what came, where it lies, and whether it is still what it was."""
    from pipeline.gather.captures_shown import capture_body, capture_lines, find_capture

    settings = load_settings()
    entry = find_capture(settings, capture_id)
    if body:
        sys.stdout.buffer.write(capture_body(settings, entry))
        sys.stdout.flush()
        return
    for line in capture_lines(settings, entry):
        say(line)


@captures_app.command("reindex")
def captures_reindex() -> None:
    """Make the ledger again from the WARC files: for one that was lost or set back."""
    from pipeline.gather.adoption import rebuild_ledger
    from pipeline.gather.ledger import open_ledger

    settings = load_settings()
    if not Path(settings.captures_folder).is_dir():
        raise ConfigurationError(f"there are no captures in {settings.captures_folder}")
    with open_ledger(settings) as ledger:
        say(f"{rebuild_ledger(settings, ledger)} captures are in the ledger")
