"""The lines of a text as they are compared across articles, and where a recurring line may be taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from enum import StrEnum

PARAGRAPH_BREAK = "\n\n"
LONGEST_IN_THE_TEXT_CHARACTERS = 300
LONGEST_AT_THE_END_CHARACTERS = 1500  # disclaimers and notices of copyright
_LABEL_CHARACTERS = 80
_SHORT_CHARACTERS = 40
_NO_WORDS = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"\d+")
_FIGURES_IN_A_ROW = re.compile(r"\d+(?: \d+)*")
_STATEMENT_END = re.compile(r"[.…。।](?:[^\w\s]|\s)*$")
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_CHARACTERS_FOR_A_DENSE_ONE = 3  # a Chinese sign says as much as three letters


class Where(StrEnum):
    """Where a recurring line stands."""

    START = "start"  # nothing but other recurring lines before it
    END = "end"  # nothing but other recurring lines after it
    TEXT = "text"  # text of the article before and after it


def lines_of(body: str) -> list[str]:
    """The paragraphs of a body."""
    return body.split(PARAGRAPH_BREAK)


def fold_line(line: str) -> str:
    """A line as it is compared: case, punctuation and which figures it has do not count.

    That there are figures does count: "Net 12.4" is not the line "Net". Empty where the line has no words, or is longer
    than any furniture.
    """
    if len(line) > LONGEST_AT_THE_END_CHARACTERS:
        return ""
    folded = _NO_WORDS.sub(" ", line.casefold())
    if _FIGURES.search(folded):
        folded = _FIGURES_IN_A_ROW.sub("#", folded)
        if not folded.strip(" #"):
            return ""
    return folded.strip()


def figures_in(line: str) -> str:
    """The figures of a line, in order."""
    return " ".join(_FIGURES.findall(line))


def is_label(line: str) -> bool:
    """Whether a line has the shape of a label or a sub-heading: short, and no full stop at its end."""
    return len(line) <= _LABEL_CHARACTERS and not _STATEMENT_END.search(line)


def is_short(line: str) -> bool:
    """Whether two people may well write the same line without one knowing of the other."""
    dense = len(_DENSE.findall(line))
    return len(line) - dense + dense * _CHARACTERS_FOR_A_DENSE_ONE < _SHORT_CHARACTERS


def removable(lines: Sequence[str], keys: Sequence[str], furniture: Collection[str]) -> dict[int, Where]:
    """The indexes of the lines that are furniture where they stand, each with its place.

    At the start and at the end of the text every line of `furniture` is. Amid the text a row of such lines is one too,
    unless it holds nothing but labels: then it may be a sub-heading ("Background"), and stays, except where it comes
    several times in one article, which a sub-heading does not.
    """
    here = [key in furniture for key in keys]
    if True not in here:
        return {}
    count = len(lines)
    start = here.index(False) if False in here else count
    end = count - (here[::-1].index(False) if False in here else 0)
    places = dict.fromkeys(range(start), Where.START)
    places |= dict.fromkeys(range(max(end, start), count), Where.END)
    times = Counter(keys)
    index = start
    while index < end:
        after = index + 1
        if here[index]:
            while here[after]:
                after += 1
            row = range(index, after)
            if any(not is_label(lines[i]) or times[keys[i]] > 1 for i in row):
                places |= dict.fromkeys(row, Where.TEXT)
        index = after
    return {
        i: where for i, where in places.items() if len(lines[i]) <= LONGEST_IN_THE_TEXT_CHARACTERS or where is Where.END
    }
