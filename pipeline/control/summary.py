"""What a person reads after a run: what was found, three headlines with their events, what to try next."""

from __future__ import annotations

from pipeline.runs import Run
from pipeline.settings import Settings
from pipeline.statuses import RunVerdict

NEXT_COMMANDS = (
    ("make up", "Airflow's UI on 127.0.0.1, with this run in it; `make down` ends it"),
    (".venv/bin/dateline query stories_of_the_week", "an example query; `dateline query --list` names all"),
    ('.venv/bin/dateline query "select * from event_articles limit 5"', "the table to open first"),
)


def summary_lines(settings: Settings, run: Run) -> list[str]:
    """The closing lines of `make run` and `dateline run`."""
    from pipeline.warehouse import headlines_with_events, stages_in_words  # noqa: PLC0415  DuckDB costs 0.1 s

    lines = ["", *stages_in_words(run), "", f"Verdict: {run.verdict}. {run.note}"]
    if run.verdict is RunVerdict.EMPTY:
        lines.append("Nothing was new or revised, so the last edition stays published.")
    lines.append(f"Edition: {settings.current_edition_file}")
    lines.append("")
    for headline in headlines_with_events(settings, limit=3):
        lines.append(headline.headline)
        lines += [f"    {event}" for event in headline.events]
    lines += ["", "Next:"]
    width = max(len(command) for command, _ in NEXT_COMMANDS)
    lines += [f"  {command:<{width}}   {what}" for command, what in NEXT_COMMANDS]
    return lines
