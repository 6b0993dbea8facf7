"""What differs between a copy and its original, sentence by sentence.

The sentences are for showing: a text is divided at the ends that its punctuation marks, and two sentences are the same
where their words are, whatever their case, punctuation and place. An abbreviation that divides a sentence does so in
both texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.read.passages import sentences_of
from pipeline.read.text import folded


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


def sentences(text: str) -> list[str]:
    """The sentences of a text, paragraph by paragraph, as revisions tell them (`pipeline.read.passages`)."""
    return sentences_of(None, text)


@lru_cache(maxsize=256)  # an original is compared with each of its copies
def _by_words(text: str) -> dict[str, str]:
    """Each sentence by its folded words; what has no words does not count."""
    found: dict[str, str] = {}
    for sentence in sentences(text):
        if words := folded(sentence):
            found.setdefault(words, sentence)
    return found
