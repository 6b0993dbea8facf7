"""The figures and names of a text with the words around them, by which reports of one form are told apart.

A slot is a place in a text that a form leaves open: a number in digits or words, a day of the week or a month, a name
in the middle of a sentence. Its context is the two words before and the two after it, in which other slots count as
blanks: "rose # # percent, from # # percent" is the same context whatever rose. Where two texts have a context in
common, what stands in the slot is the same or another; a copy has the same, the next report of the form another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.dedupe.shingles import MULTIPLIERS
from pipeline.dedupe.tokens import FIGURE, NAME, Tokens, read_tokens

CONTEXT_WORDS = 2
# A context of blanks alone is every table's.
LEAST_CONTEXT_WORDS = 2
# In a text with more capitals, as in cables and in headlines of some papers, a capital is no name.
MOST_CAPITALS = 0.4
# Bounds the work on a text that is one endless table.
MOST_SLOTS = 4_000

_BLANK = np.uint64(0)
_PLACES = tuple(range(-CONTEXT_WORDS, CONTEXT_WORDS + 1))

Places = npt.NDArray[np.int64]
Spellings = npt.NDArray[np.uint64]
# By the hash of a context what stands in its slot, in order of the text.
Fillers = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many slots in common contexts two texts fill alike, and how many otherwise."""

    same_figures: int
    other_figures: int
    same_names: int
    other_names: int


class Slots:
    """The slots of a text, read when they are first asked for: most texts are never compared."""

    __slots__ = ("_body", "_fillers", "_tokens")

    def __init__(self, body: str) -> None:
        self._body = body
        self._tokens: Tokens | None = None
        self._fillers: tuple[Fillers, Fillers] | None = None

    @property
    def tokens(self) -> Tokens:
        """The text's words and marks."""
        if self._tokens is None:
            self._tokens = read_tokens(self._body)
        return self._tokens

    @property
    def fillers(self) -> tuple[Fillers, Fillers]:
        """What stands in the slots for figures, and in those for names, by context."""
        if self._fillers is None:
            self._fillers = _fillers_of(self.tokens)
        return self._fillers


def agreement_of(one: Slots, other: Slots) -> Agreement:
    """How far two texts agree in what stands between the same words."""
    (figures, names), (other_figures, other_names) = one.fillers, other.fillers
    return Agreement(*_counted(figures, other_figures), *_counted(names, other_names))


def _counted(one: Fillers, other: Fillers) -> tuple[int, int]:
    alike = differing = 0
    for context in one.keys() & other.keys():
        ours, theirs = one[context], other[context]
        same = len(ours) if ours == theirs else (Counter(ours) & Counter(theirs)).total()
        alike += same
        differing += min(len(ours), len(theirs)) - same
    return alike, differing


def _fillers_of(tokens: Tokens) -> tuple[Fillers, Fillers]:
    are_words = tokens.are_words
    begins = np.concatenate(([True], ~are_words[:-1]))[: len(are_words)][are_words]  # a sentence
    words, kinds = tokens.spellings[are_words], tokens.kinds[are_words]
    figures, names = kinds == FIGURE, (kinds == NAME) & ~begins
    if np.count_nonzero(names) > MOST_CAPITALS * len(words):
        names[:] = False
    places = np.flatnonzero(figures | names)[:MOST_SLOTS]
    places = places[(places >= CONTEXT_WORDS) & (places < len(words) - CONTEXT_WORDS)]
    contexts, tell = _contexts(places, np.where(figures | names, _BLANK, words))
    fillers: tuple[Fillers, Fillers] = ({}, {})
    for is_name, context, word in zip(
        names[places[tell]].tolist(), contexts[tell].tolist(), words[places[tell]].tolist(), strict=True
    ):
        fillers[is_name].setdefault(context, []).append(word)
    return fillers


def _contexts(places: Places, masked: Spellings) -> tuple[Spellings, npt.NDArray[np.bool_]]:
    """Of slots the hash of the context, and whether it is more than blanks."""
    contexts = np.zeros(len(places), dtype=np.uint64)
    blanks = np.zeros(len(places), dtype=np.int64)
    for place, multiplier in zip(_PLACES, MULTIPLIERS, strict=True):
        near = masked[places + place]
        blanks += near == _BLANK
        contexts = (contexts ^ near) * multiplier
        contexts ^= contexts >> np.uint64(29)
    return contexts, blanks <= len(_PLACES) - LEAST_CONTEXT_WORDS
