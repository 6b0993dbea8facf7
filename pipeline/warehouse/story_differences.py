"""What differs between a copy and its original, sentence by sentence.

The sentences are for showing: a text is divided at the ends that its punctuation marks, and two sentences are the same
where their words are, whatever their case, punctuation and place. An abbreviation that divides a sentence does so in
both texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.read.text import folded

# An end, perhaps with a closing quote or bracket, and a space; not after an initial or a short title ("J.", "Dr.").
_END = re.compile(
    r"""(?:(?<=[.!?…])|(?<=[.!?…]["'”’»)\]]))(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)[ ]|(?<=[。！？])(?=[^\s”」])"""
)


@dataclass(frozen=True, slots=True)
class Differences:
    """Sentences that only one of two texts has, in the order of that text, each once."""

    only_in_copy: tuple[str, ...]
    only_in_original: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.only_in_copy) + len(self.only_in_original)


def differences(copy: str, original: str) -> Differences:
    """What stands in only one of the two texts."""
    of_copy, of_original = _by_words(copy), _by_words(original)
    return Differences(
        tuple(sentence for words, sentence in of_copy.items() if words not in of_original),
        tuple(sentence for words, sentence in of_original.items() if words not in of_copy),
    )


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, paragraph by paragraph."""
    for paragraph in text.splitlines():
        line = " ".join(paragraph.split())
        start = 0
        for end in _END.finditer(line):
            if not line[end.end() : end.end() + 1].islower():
                yield line[start : end.start()]
                start = end.end()
        if line[start:]:
            yield line[start:]


@lru_cache(maxsize=256)  # an original is compared with each of its copies
def _by_words(text: str) -> dict[str, str]:
    """Each sentence by its folded words; what has no words does not count."""
    found: dict[str, str] = {}
    for sentence in sentences(text):
        if words := folded(sentence):
            found.setdefault(words, sentence)
    return found
