"""Where sentences end, found without a parse: only where there is no doubt.

A text that is cut before it is parsed need not be parsed as a whole. Where a full stop may belong to an abbreviation
or an initial the text is not cut: the parser, which knows more, divides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.events.lexicon_files import read_lines

_END = re.compile(r"""(?P<last>[^\s.!?…]*)(?P<mark>[.!?…]+)["'”’)\]]*\s+(?=["'“‘(\[]*[^\W_a-z])""")


def split_sentences(paragraph: str) -> Iterator[str]:
    """The sentences of `paragraph` with the white space after each; joined they give `paragraph` again."""
    start = 0
    for end in _END.finditer(paragraph):
        if end.end() < len(paragraph) and not _may_be_abbreviated(end["last"], end["mark"]):
            yield paragraph[start : end.end()]
            start = end.end()
    if start < len(paragraph):
        yield paragraph[start:]


def _may_be_abbreviated(word: str, mark: str) -> bool:
    if mark != ".":
        return False
    word = word.strip("\"'“‘(").lower()
    return not word or (len(word) == 1 and word.isalpha()) or word in _abbreviations() or "." in word


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(read_lines("abbreviations.txt"))
