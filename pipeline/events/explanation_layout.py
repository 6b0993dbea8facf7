"""How an explanation lies on a terminal: wrapped to its width, with colours where it has them, without its codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from pipeline.events.spans import Span

_RESET = "\x1b[0m"
_CODES = {
    "trigger": "\x1b[1;4m",  # bold, underlined
    "actor": "\x1b[36m",
    "recipient": "\x1b[35m",
    "date": "\x1b[32m",
    "place": "\x1b[33m",
    "type": "\x1b[1m",
    "label": "\x1b[2m",
    "faint": "\x1b[2m",
}
_LABEL_COLUMNS = 10
_INDENT = 5
_LEAST_COLUMNS = 20
_LONGEST_WORD = 60
_WORD = re.compile(r"\S+")


Painter = Callable[[str, str], str]


def painter(*, colour: bool) -> Painter:
    """A function that gives words the colour of their kind, or leaves them as they are."""

    def paint(kind: str, words: str) -> str:
        return f"{_CODES[kind]}{words}{_RESET}" if colour and words else words

    return paint


def marked_text(span: Span, marks: Sequence[tuple[int, int, str]], width: int, paint: Painter) -> Iterator[str]:
    """A stretch of the text, at most `width` columns wide, what `marks` names (start, end, kind) in its colour."""
    pieces = [(span.start + start, word) for start, word in _words(span.text)]
    for line in _lines(pieces, width):
        yield " ".join(_painted(start, word, marks, paint) for start, word in line)


def labelled(label: str, words: str, width: int, paint: Painter, *, faint: bool = False) -> Iterator[str]:
    """`words` behind a label, wrapped below themselves."""
    columns = max(width - _INDENT - _LABEL_COLUMNS, _LEAST_COLUMNS)
    for number, line in enumerate(_lines(list(_words(words)), columns)):
        head = label if number == 0 else ""
        body = " ".join(printable(word) for _, word in line)
        yield f"{'':{_INDENT}}{paint('label', f'{head:<{_LABEL_COLUMNS}}')}{paint('faint', body) if faint else body}"


def printable(word: str) -> str:
    """`word` without what a terminal obeys: control characters, marks of direction."""
    if word.isascii() and word.isprintable():
        return word
    return "".join(character for character in word if unicodedata.category(character)[0] != "C")


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words with their places; one without end is cut into pieces."""
    for found in _WORD.finditer(text):
        for start in range(found.start(), found.end(), _LONGEST_WORD):
            yield start, text[start : min(start + _LONGEST_WORD, found.end())]


def _lines(words: Sequence[tuple[int, str]], width: int) -> Iterator[list[tuple[int, str]]]:
    line: list[tuple[int, str]] = []
    columns = 0
    for start, word in words:
        needed = _columns(word) + (1 if line else 0)
        if line and columns + needed > width:
            yield line
            line, columns, needed = [], 0, _columns(word)
        line.append((start, word))
        columns += needed
    if line:
        yield line


def _columns(word: str) -> int:
    """Columns on a terminal: characters of the wide scripts take two, combining marks none."""
    if word.isascii():
        return len(word)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in word)
    marks = sum(unicodedata.category(character) in {"Mn", "Me"} for character in word)
    return len(word) + wide - marks


def _painted(start: int, word: str, marks: Sequence[tuple[int, int, str]], paint: Painter) -> str:
    """A word with each stretch of it in the colour of the last mark that covers it."""
    kinds: list[str | None] = [None] * len(word)
    for first, last, kind in marks:
        for index in range(max(first - start, 0), min(last - start, len(word))):
            kinds[index] = kind
    painted, begin = [], 0
    for index in range(1, len(word) + 1):
        if index == len(word) or kinds[index] != kinds[begin]:
            piece, kind_of_piece = printable(word[begin:index]), kinds[begin]
            painted.append(paint(kind_of_piece, piece) if kind_of_piece else piece)
            begin = index
    return "".join(painted)
