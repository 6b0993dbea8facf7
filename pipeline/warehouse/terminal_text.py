"""Text of the web on a person's terminal: nothing in it moves the cursor, turns lines around or breaks the layout.

Widths are terminal cells: a Chinese character has two, a combining mark none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells, set_cell_size

NO_BREAK = "\u00a0"  # between two words: `wrapped` keeps them in one line and prints a space
_MOST_MARKS = 4  # on one letter; more are no writing and would grow over the lines above
_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
# Joiners are letters' business in Persian and the scripts of India, and hold emoji together.
_JOINERS = "\u200c\u200d"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# In JSON these may stand as they are, and a terminal obeys some of them: controls, marks of direction, separators.
_UNPRINTABLE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def harmless(text: str | None) -> str:
    """`text` as one line without control characters, marks of direction and floods of combining marks.

    White space is folded. Text that is written from right to left is isolated (Unicode's FSI and PDI), so that it does
    not turn around what stands before and after it.
    """
    line = " ".join((text or "").split())
    if line.isascii() and line.isprintable():
        return line
    line = " ".join("".join(_kept(line)).split())
    return f"{_ISOLATE}{line}{_POP_ISOLATE}" if _RIGHT_TO_LEFT.search(line) else line


def cut(text: str, cells: int) -> str:
    """`text` in at most so many cells, with an ellipsis where something is missing."""
    if cell_len(text) <= cells:
        return text
    # An isolate that is cut off must still end.
    end = _POP_ISOLATE if _ISOLATE in text else ""
    return set_cell_size(text.replace(_POP_ISOLATE, ""), cells - 1).rstrip() + "…" + end


def shortened(text: str | None, cells: int) -> str:
    """`text`, harmless, in at most so many cells; of an endless one only the beginning is looked at."""
    text = text or ""
    most_characters = 8 * cells
    if len(text) > most_characters:
        text = text[:most_characters] + " …"
    return cut(harmless(text), cells)


def wrapped(text: str, cells: int, *, start: str = "", indent: str = "") -> Iterator[str]:
    """`text` in lines of at most so many cells; longer words are divided.

    Args:
        text: harmless words with one space between them.
        cells: width of a line.
        start: stands before the first line.
        indent: stands before the others.
    """
    line, is_empty = start, True
    for word in filter(None, text.split(" ")):
        for piece in _pieces(word, cells - max(cell_len(start), cell_len(indent))):
            longer = line + piece if is_empty else f"{line} {piece}"
            if not is_empty and cell_len(longer) > cells:
                yield line.replace(NO_BREAK, " ")
                longer = indent + piece
            line, is_empty = longer, False
    if not is_empty:
        yield line.replace(NO_BREAK, " ")


def json_for_terminal(encoded: str) -> str:
    """The same JSON, with what a terminal would obey written as escapes."""
    return _UNPRINTABLE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", encoded)


def _pieces(word: str, cells: int) -> list[str]:
    return [word] if cell_len(word) <= cells else chop_cells(word, cells)


def _kept(line: str) -> Iterator[str]:
    marks = 0
    for character in line:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in {"Cc", "Zl", "Zp"}:
            yield " "
        elif (category[0] != "C" or character in _JOINERS) and marks <= _MOST_MARKS:
            yield character
