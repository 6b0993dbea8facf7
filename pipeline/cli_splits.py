"""What `stories split` and `events split` say in common: a split that was decided, decided before, or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli_gather import say

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.split_book import Split, SplitBook


def say_decided(
    book: SplitBook[Split], settings: Settings, decision: Split, before: Split | None, *, undone_by: str, dry_run: bool
) -> None:
    """Write a decision down, unless `before` says as much already or nothing is to be written, and say so.

    `undone_by` is the command that takes a split back, without the split's id.
    """
    if before is None and not dry_run:
        recorded = book.record(settings, decision)
        before = recorded if recorded.split_id != decision.split_id else None
    if before is not None:
        say(f"This is decided already: split {before.split_id} of {before.decided_at:%Y-%m-%d %H:%M} UTC.")
    elif dry_run:
        say("Nothing was decided (--dry-run).")
    else:
        say(f"Decided: split {decision.split_id}.")
        say(f"It takes effect with the next run; `{undone_by} {decision.split_id}` takes it back.")


def say_taken_back(book: SplitBook[Split], settings: Settings, split_id: str, *, dry_run: bool) -> None:
    """Take a split back, or only say that it would be."""
    split = book.find(settings, split_id) if dry_run else book.take_back(settings, split_id)
    if split.taken_back_at is not None:
        say(f"Split {split_id} was taken back on {split.taken_back_at:%Y-%m-%d %H:%M} UTC already.")
    elif dry_run:
        say(f"Split {split_id} would be taken back; nothing was decided (--dry-run).")
    else:
        say(f"Split {split_id} is taken back: from the next run on it keeps nothing apart, and the texts alone decide.")
