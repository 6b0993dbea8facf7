"""The verbs around events: `dateline events list`, `show`, `split`, `splits`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from pipeline.cli_gather import say
from pipeline.settings import load_settings

events_app = typer.Typer(help="What happened, and the sentences that say so.", no_args_is_help=True)


@events_app.command("list")
def events_list(
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what is dated to this day, or its week.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Only where this country is actor, recipient or place; ISO 3166 alpha-3.")
    ] = None,
    event_type: Annotated[str | None, typer.Option("--type", help="Only of this PLOVER type: PROTEST, ...")] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many events.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one event each.")] = False,
) -> None:
    """The events that most sources report."""
    from pipeline.warehouse.event_shown import events_in_lines
    from pipeline.warehouse.events_found import list_events
    from pipeline.warehouse.terminal_text import json_for_terminal

    events = list_events(
        load_settings(),
        day=day.date() if day else None,
        country_code=country,
        event_type=event_type,
        limit=limit,
    )
    if as_json:
        for event in events:
            say(json_for_terminal(json.dumps(asdict(event), ensure_ascii=False, default=str)))
        return
    for line in events_in_lines(events):
        say(line)
    if not events:
        say("the current edition has no event of that kind")


@events_app.command("show")
def events_show(
    event_id: Annotated[str, typer.Argument(metavar="ID", help="Of the event.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """One event with every mention: source, time, the sentence with its parts in brackets, and who coded it."""
    from pipeline.warehouse.event_shown import show_event
    from pipeline.warehouse.events_found import find_event
    from pipeline.warehouse.terminal_text import json_for_terminal

    found = find_event(load_settings(), event_id)
    if as_json:
        say(json_for_terminal(json.dumps(asdict(found), ensure_ascii=False, default=str)))
        return
    for line in show_event(found):
        say(line)


@events_app.command("split")
def events_split(
    event_id: Annotated[str | None, typer.Argument(metavar="EVENT_ID", help="The event.")] = None,
    mentions: Annotated[
        list[str] | None,
        typer.Argument(metavar="MENTION_ID", help="Mentions in it; an article's id means all that it has of it."),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why; it is kept and shown.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be decided.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="SPLIT_ID", help="Take an earlier split back instead.")] = None,
) -> None:
    """Decide that mentions tell of another happening than the rest of their event."""
    from pipeline.cli_splits import say_decided, say_taken_back
    from pipeline.event_decisions import EVENT_SPLITS

    if undo is not None:
        if event_id or mentions or reason:
            raise typer.BadParameter("--undo takes the id of a split and nothing else")
        say_taken_back(EVENT_SPLITS, load_settings(), undo, dry_run=dry_run)
        return
    if not event_id or not mentions:
        raise typer.BadParameter("name an event and at least one of its mentions, or --undo SPLIT_ID")
    from pipeline.event_split import plan_event_split

    settings = load_settings()
    planned = plan_event_split(settings, event_id, mentions, reason=reason)
    for line in planned.lines:
        say(line)
    say_decided(
        EVENT_SPLITS,
        settings,
        planned.decision,
        planned.decided_before,
        undone_by="dateline events split --undo",
        dry_run=dry_run,
    )


@events_app.command("splits")
def events_splits() -> None:
    """What was decided, and whether it holds."""
    from pipeline.event_split import event_splits_in_lines

    for line in event_splits_in_lines(load_settings()):
        say(line)
