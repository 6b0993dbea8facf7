"""The verbs around coders and actors: `dateline coders list|compare`, `dateline actors list|show`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli_gather import say
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from pipeline.events.actors.memory import ActorMemory
    from pipeline.records import ActorOffice

coders_app = typer.Typer(help="Which coders there are, and how they compare.", no_args_is_help=True)
actors_app = typer.Typer(help="What the archive remembers of office holders.", no_args_is_help=True)


@coders_app.command("list")
def coders_list() -> None:
    """The coders that can be chosen: Dateline's own, and those of installed packages."""
    from pipeline.events.coders import available_coders
    from pipeline.events.coders.shown import offers_in_lines

    for line in offers_in_lines(available_coders(), load_settings().coder):
        say(line)


@coders_app.command("compare")
def coders_compare(
    data: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="JSON Lines with a text, and gold where there is.")
    ],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="CODER ...", help="Which coders; without names all that there are.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Give the same texts to several coders: events, types, agreement, accuracy, seconds of CPU (docs/coders.md)."""
    from pipeline.events.coders import available_coders, find_coder
    from pipeline.events.coders.comparison import compare_coders
    from pipeline.events.coders.shown import comparison_as_json, comparison_in_lines, read_rows

    rows = read_rows(data)
    chosen = dict.fromkeys(names or [offer.name for offer in available_coders()])
    tallies, agreements = compare_coders([find_coder(name) for name in chosen], rows)
    if as_json:
        say(json.dumps(comparison_as_json(tallies, agreements), ensure_ascii=False))
        return
    for line in comparison_in_lines(tallies, agreements):
        say(line)


@actors_app.command("show")
def actors_show(
    name: Annotated[str, typer.Argument(help="A name, or its last word.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one office each.")] = False,
) -> None:
    """Who that is: offices with their days and articles, what a text with that name alone would get, and why."""
    from pipeline.warehouse.actors_shown import actor_in_lines, find_actor
    from pipeline.warehouse.terminal_text import json_for_terminal

    found = find_actor(load_settings(), name)
    if as_json:
        for office in found.offices:
            say(json_for_terminal(json.dumps(asdict(office), ensure_ascii=False, default=str)))
        return
    for line in actor_in_lines(found):
        say(line)


@actors_app.command("list")
def actors_list(
    country: Annotated[str | None, typer.Option(help="Only offices of this country, ISO 3166 alpha-3.")] = None,
    sector: Annotated[str | None, typer.Option(help="Only offices of this PLOVER sector: GOV, MIL, ...")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only those named since this day.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many offices.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one office each.")] = False,
) -> None:
    """The office holders that most articles name."""
    from pipeline.warehouse.actors_shown import list_offices, office_in_line
    from pipeline.warehouse.terminal_text import json_for_terminal

    day = since.date() if since else None
    offices = list_offices(load_settings(), country_code=country, sector=sector, since=day, limit=limit)
    for office in offices:
        if as_json:
            say(json_for_terminal(json.dumps(asdict(office), ensure_ascii=False, default=str)))
        else:
            say(office_in_line(office))
    if not offices and not as_json:
        say("the archive remembers nobody of that kind")


def memory_of_edition(settings: Settings) -> ActorMemory:
    """What the current edition remembers of persons; nothing where none is published."""
    from pipeline.events.actors.memory import ActorMemory
    from pipeline.known import open_known

    with open_known(settings.current_edition_file) as known:
        by_short_name: dict[str, list[ActorOffice]] = {}
        for office in known.actor_offices():
            by_short_name.setdefault(office.short_name, []).append(office)
    return ActorMemory(lambda word: by_short_name.get(word, ()))
