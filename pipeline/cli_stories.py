"""The verbs around stories: `dateline stories list`, `show`, `split`, `splits`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from pipeline.cli_gather import say
from pipeline.settings import load_settings

stories_app = typer.Typer(help="Who reported the same happening, and who copied whom.", no_args_is_help=True)


@stories_app.command("list")
def stories_list(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Reported on since this day (UTC); default: the last seven days."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many stories.")] = 20,
    source_id: Annotated[str | None, typer.Option("--source", help="Only stories that this source carried.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one story each.")] = False,
) -> None:
    """The stories that most sources carried, newest first."""
    from pipeline.warehouse.stories_listed import list_stories, stories_in_lines
    from pipeline.warehouse.story_timeline import as_plain
    from pipeline.warehouse.terminal_text import json_for_terminal

    day = since.replace(tzinfo=UTC) if since else None
    stories = list_stories(load_settings(), since=day, limit=limit, source_id=source_id)
    if as_json:
        for story in stories:
            say(json_for_terminal(json.dumps(as_plain(asdict(story)), ensure_ascii=False)))
        return
    for line in stories_in_lines(stories):
        say(line)
    if not stories:
        say(f"no story was reported on since {since:%Y-%m-%d}" if since else "no story in the last seven days; --since")


@stories_app.command("show")
def stories_show(
    what: Annotated[str, typer.Argument(metavar="ID", help="Of a story or an article, or an article's address.")],
    full: Annotated[bool, typer.Option("--full", help="Every passage that differs, as a whole.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """One story in order of time: who reported, who copied whom and how much, and what was changed later."""
    from pipeline.warehouse.story_reading import read_story
    from pipeline.warehouse.story_shown import show_story
    from pipeline.warehouse.story_timeline import story_as_json
    from pipeline.warehouse.terminal_text import json_for_terminal

    story = read_story(load_settings(), what)
    if as_json:
        say(json_for_terminal(json.dumps(story_as_json(story), ensure_ascii=False)))
        return
    for line in show_story(story, full=full):
        say(line)


@stories_app.command("split")
def stories_split(  # noqa: PLR0917  typer reads arguments and options from the signature
    story_id: Annotated[str | None, typer.Argument(metavar="STORY_ID", help="The story.")] = None,
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ARTICLE_ID", help="Articles in it, by id or canonical address.")
    ] = None,
    duplicates_only: Annotated[
        bool, typer.Option("--duplicates-only", help="They stay in the story and are only no duplicates.")
    ] = False,
    with_copies: Annotated[
        bool | None,
        typer.Option(
            "--with-copies/--without-copies",
            help="Copies of a named original move along. Default: they do, but not with --duplicates-only.",
        ),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why; it is kept and shown.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be decided.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="SPLIT_ID", help="Take an earlier split back instead.")] = None,
) -> None:
    """Decide that articles are another happening than the rest of their story, and no duplicates of it."""
    from pipeline.cli_splits import say_decided, say_taken_back
    from pipeline.decisions import STORY_SPLITS

    if undo is not None:
        if story_id or articles or duplicates_only or reason or with_copies is not None:
            raise typer.BadParameter("--undo takes the id of a split and nothing else")
        say_taken_back(STORY_SPLITS, load_settings(), undo, dry_run=dry_run)
        return
    if not story_id or not articles:
        raise typer.BadParameter("name a story and at least one of its articles, or --undo SPLIT_ID")
    from pipeline.story_split import plan_split

    settings = load_settings()
    planned = plan_split(
        settings, story_id, articles, duplicates_only=duplicates_only, with_copies=with_copies, reason=reason
    )
    for line in planned.lines:
        say(line)
    say_decided(
        STORY_SPLITS,
        settings,
        planned.decision,
        planned.decided_before,
        undone_by="dateline stories split --undo",
        dry_run=dry_run,
    )


@stories_app.command("splits")
def stories_splits() -> None:
    """What was decided, and whether it holds."""
    from pipeline.story_split import splits_in_lines

    for line in splits_in_lines(load_settings()):
        say(line)
