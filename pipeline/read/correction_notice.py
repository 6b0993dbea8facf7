"""The words on a page that own up to a correction, wherever they stand: in the text, above it, in a box of their own.

A notice is a line of its own that begins as one (`correction_words`). It is looked for among all lines of the page
but those of its readers, and those that lead to something else: the notice of another article, in a list of links.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.correction_words import (
    COMMON,
    EDITORS_NOTE,
    LABEL,
    LABEL_END,
    OF_ITSELF,
    OF_OURS,
    OPENERS,
    OPENING_SIGNS,
    OWNS_UP,
    POLICY,
    SECONDS,
    UPDATE_NOTE,
)
from pipeline.read.month_names import month_of
from pipeline.read.page_lines import COMMENT, Line, PageLines
from pipeline.read.text import clean_line

_BEFORE = " \t\r\n\xa0•●▪*·–—-([（【"
_AFTER = ".,:;)]）】："
_HEAD_PARTS, _HEAD_CHARACTERS = 6, 80  # of a line, to see whether it may be a notice
_SIGN_CHARACTERS = 2  # of a script without spaces
_BEGINNING_CHARACTERS = 400  # within which it says so
_LABEL_CHARACTERS = 60  # within which a label ends
_LONGEST_CHARACTERS = 1_500  # of one notice; what is longer is a text about one
_MOST_NOTICES = 5
_LINKED_SHARE = 0.5
_DATE_WORDS = (
    "on of at the am pm um vom du le del el de op om st nd rd th a p m et gmt added appended issued posted published"
)
_BESIDE_A_DATE = frozenset(_DATE_WORDS.split())


def correction_notice_in(lines: PageLines) -> str | None:
    """The page's correction notices, divided by empty lines, each once and in their order; None where it has none."""
    found: dict[str, None] = {}
    for number, line in enumerate(lines.lines):
        if _may_be_one(line.parts) and (notice := _notice(lines, number)):
            if not any(other.endswith(notice) for other in found):  # read with its label, or repeated
                found[notice] = None
            if len(found) == _MOST_NOTICES:
                break
    return "\n\n".join(found) or None


def _may_be_one(parts: Sequence[str]) -> bool:
    """A quick look at the first words; nearly all lines end here."""
    head = (parts[0] if len(parts) == 1 else "".join(parts[:_HEAD_PARTS]))[:_HEAD_CHARACTERS]
    words = head.lstrip(_BEFORE).split(None, 2)
    if not words:
        return False
    first = words[0].casefold().strip(_AFTER)
    if first in COMMON:
        return len(words) > 1 and words[1].casefold().strip(_AFTER) in SECONDS
    return first.replace("’", "'") in OPENERS or first[:_SIGN_CHARACTERS] in OPENING_SIGNS


def _notice(lines: PageLines, number: int) -> str | None:
    line = lines.lines[number]
    if line.linked > _LINKED_SHARE * line.characters or line.characters > _LONGEST_CHARACTERS:
        return None
    shown = clean_line("".join(line.parts))
    text = shown.casefold().replace("’", "'").lstrip(_BEFORE)
    if POLICY.search(text) or _is_of_readers(lines, line):
        return None
    if label := LABEL.match(text):
        rest = text[label.end() :]
        end = _label_end(rest)
        if not rest.strip(_AFTER + _BEFORE) or (end is not None and not rest[end:].strip(_AFTER + _BEFORE)):
            return _under_label(lines, number, shown)
        if end is None:
            return shown if OF_ITSELF.match(rest.lstrip(_BEFORE + _AFTER)) else None
        if line.kind == "text" or OWNS_UP.search(rest) or OF_ITSELF.match(rest[end:]):
            return None if line.kind == "heading" else shown
        return None
    beginning = text[:_BEGINNING_CHARACTERS]
    if note := EDITORS_NOTE.match(beginning):
        return shown if line.kind != "heading" and _owns_up(beginning, note.end()) else None
    if note := UPDATE_NOTE.match(beginning):
        return shown if OF_ITSELF.search(beginning, note.end()) else None
    return shown if OF_ITSELF.match(beginning) else None


def _owns_up(note: str, start: int) -> bool:
    """Whether an editor's note speaks of what was wrong, and of its own text."""
    if OF_ITSELF.search(note, start):
        return True
    return OWNS_UP.search(note, start) is not None and OF_OURS.search(note, start) is not None


def _label_end(rest: str) -> int | None:
    """Where the text behind a label begins; None where the label is the first word of a sentence."""
    end = LABEL_END.search(rest[:_LABEL_CHARACTERS])
    if end is None:
        return None
    between = rest[: end.start()].strip()
    if between.startswith("(") and between.endswith(")"):
        return end.end()
    words = between.replace(",", " ").replace(".", " ").split()
    is_date = all(word[0].isdigit() or word in _BESIDE_A_DATE or month_of(word) for word in words)
    return end.end() if is_date else None


def _under_label(lines: PageLines, number: int, label: str) -> str | None:
    """The notice whose label is a line, or a heading, of its own; the line after it has to own up."""
    if number + 1 >= len(lines.lines):
        return None
    line = lines.lines[number + 1]
    if line.kind == "heading" or line.linked > _LINKED_SHARE * line.characters or line.characters > _LONGEST_CHARACTERS:
        return None
    shown = clean_line("".join(line.parts))
    text = shown.casefold().replace("’", "'")
    if POLICY.search(text) or not (OWNS_UP.search(text) or OF_ITSELF.match(text.lstrip(_BEFORE))):
        return None
    return f"{label.rstrip(':')}: {shown}"


def _is_of_readers(lines: PageLines, line: Line) -> bool:
    region = line.region
    while region >= 0:
        if lines.regions[region].around == COMMENT:
            return True
        region = lines.regions[region].parent
    return False
