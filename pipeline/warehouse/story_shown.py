"""What `dateline stories show` shows: a story as a readable timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from pipeline.warehouse.story_found import Change
from pipeline.warehouse.story_timeline import Copying, Report, Revised, Story
from pipeline.warehouse.terminal_text import NO_BREAK, harmless, shortened, wrapped

WIDTH_CELLS = 100
_TIME_CELLS = 18  # of the column of times: 2024-03-04 02:00 and two spaces
_LABEL_CELLS = 14
_PASSAGES = 3  # of each kind that are shown without `full`
_SHARE_OF_ALL = 0.95  # a byline or a credit more or less is still the whole text
_SHARE_OF_EDIT = 0.8  # of both texts: a light edit breaks up some of the shingles
_SHARE_OF_HALF = 0.5

_REASONS = {
    "likeness": "a text belongs to both",
    "decision": "a person decided so",
    "original": "the original they copy is there",
}


def show_story(story: Story, *, width_cells: int = WIDTH_CELLS, full: bool = False) -> Iterator[str]:
    """The story in lines of at most `width_cells`; with `full` every passage that differs, as a whole."""
    page = _Page(width_cells, full=full)
    for merge in story.merges:
        yield from page.wrap(f"{merge.story_id} is no more: it went into {merge.other_story_id}, {_how(merge)}.")
    yield f"story {story.story_id}"
    for label, value in _head(story):
        yield from page.wrap(value, start=f"  {label:<{_LABEL_CELLS}}", indent=" " * (2 + _LABEL_CELLS))
    for entry in story.timeline:
        yield ""
        yield from page.report(entry) if isinstance(entry, Report) else page.revised(entry)


def spread_in_words(seconds: int) -> str:
    """A time span in its two largest units: 2 d 4 h, 3 h 20 min, 5 min; 0 min below a minute."""
    minutes = max(0, seconds) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 copy, 2 copies."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def copying_in_words(copying: Copying) -> str:
    """Which way a text was re-used, from the two shares; empty where they are not recorded."""
    own, matched = copying.own_share, copying.matched_share
    if own is None or matched is None:
        return ""
    if own >= _SHARE_OF_ALL and matched >= _SHARE_OF_ALL:
        return "all of it"
    if own >= _SHARE_OF_ALL:
        return f"cut to {_percent(matched)}"
    if matched >= _SHARE_OF_ALL:
        return "padded with own text" if own >= _SHARE_OF_HALF else "inside a longer piece"
    if min(own, matched) >= _SHARE_OF_EDIT:
        return "nearly all of it, lightly edited"
    if own >= matched:
        return "cut and edited"
    return "edited and padded with own text" if own >= _SHARE_OF_HALF else "in part, inside a longer piece"


def _head(story: Story) -> Iterator[tuple[str, str]]:
    first = story.reports.get(story.first_article_id)
    by = f", {harmless(first.source)}" if first else ""
    yield "first report", f"{story.first_published_at:%Y-%m-%d %H:%M} UTC{by}"
    copies = story.article_count - story.original_count
    kinds = f"{counted(story.original_count, 'original')}, {counted(copies, 'copy', 'copies')}"
    sources, articles = counted(story.source_count, "source"), counted(story.article_count, "article")
    yield "carried by", f"{sources}, {articles} ({kinds}), over {spread_in_words(story.spread_seconds)}"
    for change in story.changes:
        yield "change", _change_in_words(change, story.story_id)
    for decision in story.decisions:
        what = "put apart" if decision.scope == "story" else "said to be no copies of the others"
        why = f": {shortened(decision.reason, WIDTH_CELLS)}" if decision.reason else ""
        articles = counted(len(decision.moved), "article")
        yield "decision", f"{decision.split_id} of {decision.decided_at:%Y-%m-%d}: {articles} {what}{why}"


def _change_in_words(change: Change, story_id: str) -> str:
    if change.change == "merged":
        return f"took in story {change.story_id}, {_how(change)}"
    if change.story_id == story_id:
        return f"gave articles to story {change.other_story_id}, {_how(change)}"
    return f"took articles from story {change.story_id}, {_how(change)}"


def _how(change: Change) -> str:
    return f"in run {harmless(change.run_id)} ({_REASONS.get(change.reason, change.reason)})"


class _Page:
    """Lines of a certain width."""

    def __init__(self, width_cells: int, *, full: bool) -> None:
        self._width = width_cells
        self._full = full

    def wrap(self, text: str, *, indent: str = "", start: str = "") -> Iterator[str]:
        """`text` in lines of the page's width."""
        return wrapped(text, self._width, start=start, indent=indent)

    def report(self, report: Report) -> Iterator[str]:
        """An article: time, source and headline; what it is; what differs."""
        yield from self._first_line(report.at, report.source, report.first_headline)
        copying = report.copying
        what = [self._copy_of(copying)] if copying else [f"original{_copies(report)}"]
        if report.agencies:
            what.append(f"agency credited: {shortened(', '.join(report.agencies), self._room)}")
        if not report.time_is_stated:
            what.append("the page gives no time: first seen then")
        what.append(f"id {report.article_id}")
        yield from self._noted("; ".join(what))
        if copying is None:
            return
        if copying.headline_is_kept:
            yield from self._noted("headline: the same")
        else:
            there = shortened(copying.original_headline, self._room) or "(none)"
            yield from self._noted(f"headline changed; there: {there}")
        if copying.original_was_revised_since:
            revision = f"its revision {copying.original_revision}"
            yield from self._noted(f"the original was revised since; compared with {revision}")
        yield from self._passages(copying.only_in_copy, copying.only_in_original)

    def revised(self, revised: Revised) -> Iterator[str]:
        """A later revision: what changed, and whether the page owns up to it."""
        yield from self._first_line(revised.at, revised.source, f"revised: {_changed(revised)}")
        if "headline" in revised.changed_fields:
            yield from self._noted(f"headline before: {shortened(revised.headline_before, self._room) or '(none)'}")
            yield from self._noted(f"headline after: {shortened(revised.headline, self._room) or '(none)'}")
        if revised.correction_notice:
            yield from self._noted(f"correction notice: {self._whole_or_shortened(revised.correction_notice)}")
        yield from self._noted(f"revision {revised.revision} of {revised.article_id}")
        yield from self._passages(revised.added_passages, revised.removed_passages)

    @property
    def _room(self) -> int:
        return self._width - _TIME_CELLS

    def _first_line(self, at: datetime, source: str, words: str | None) -> Iterator[str]:
        shown = f"{shortened(source, 40)}: {shortened(words, 2 * self._room) or '(no headline)'}"
        return self.wrap(shown, start=f"{at:%Y-%m-%d %H:%M}".ljust(_TIME_CELLS), indent=" " * _TIME_CELLS)

    def _noted(self, text: str) -> Iterator[str]:
        margin = " " * _TIME_CELLS
        return self.wrap(text, start=margin, indent=margin)

    def _copy_of(self, copying: Copying) -> str:
        source = shortened(copying.original_source, 40)
        if copying.own_share is None or copying.matched_share is None:
            return f"copy of {source}; how much of it was not recorded"
        matched_elsewhere = copying.matched_article_id not in {None, copying.original_id}
        there = f"in another copy ({shortened(copying.matched_source, 40)})" if matched_elsewhere else "there"
        return (
            f"copy of {source}, {copying_in_words(copying)}: {_percent(copying.own_share)} of this text stands "
            f"{there}, {_percent(copying.matched_share)} of that one here"
        )

    def _passages(self, added: tuple[str, ...], removed: tuple[str, ...]) -> Iterator[str]:
        yield from self._marked("+", added)
        yield from self._marked("-", removed)
        missing = max(0, len(added) - _PASSAGES) + max(0, len(removed) - _PASSAGES)
        if missing and not self._full:
            yield from self._noted(f"({counted(missing, 'passage')} more; --full shows all)")

    def _marked(self, mark: str, passages: Iterable[str]) -> Iterator[str]:
        margin = " " * _TIME_CELLS
        for passage in passages if self._full else islice(passages, _PASSAGES):
            shown = self._whole_or_shortened(passage)
            yield from self.wrap(shown, start=f"{margin}{mark} ", indent=f"{margin}  ")

    def _whole_or_shortened(self, text: str) -> str:
        return harmless(text) if self._full else shortened(text, self._room - 2)


def _percent(share: float) -> str:
    """Rounded down: 100 % is all of it."""
    return f"{int(100 * share + 1e-9)}{NO_BREAK}%"


def _copies(report: Report) -> str:
    return f", re-used by {counted(report.copy_count, 'copy', 'copies')}" if report.copy_count else ""


def _changed(revised: Revised) -> str:
    parts = [f"{field} changed" for field in revised.changed_fields if field != "body"]
    if revised.passages_are_recorded:
        if added := len(revised.added_passages):
            parts.append(f"{counted(added, 'passage')} added")
        if removed := len(revised.removed_passages):
            parts.append(f"{removed:,} removed" if added else f"{counted(removed, 'passage')} removed")
        parts.append("with a correction notice" if revised.correction_notice else "no correction notice")
    else:
        parts.append("text changed (which passages was not recorded)")
    return ", ".join(parts)
