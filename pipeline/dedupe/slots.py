"""The figures and names of a text with the words around them, by which reports of one form are told apart.

A slot is a place in a text that a form leaves open: a number in digits or words, a day of the week or a month, a name
in the middle of a sentence. Its context is the two words before and the two after it, in which other slots count as
blanks: "rose # # percent, from # # percent" is the same context whatever rose. Where two texts have a context in
common, what stands in the slot is the same or another; a copy has the same, the next report of the form another.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from babel.dates import get_day_names, get_month_names

from pipeline.dedupe.shingles import SENTENCE_MARKS, tokens_of

# Whose names of days and months are known, from the Unicode CLDR.
LOCALES = (
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "sv",
    "da",
    "nb",
    "pl",
    "cs",
    "ru",
    "uk",
    "tr",
    "ro",
    "hu",
    "el",
    "id",
)
CONTEXT_WORDS = 2
# A context of blanks alone is every table's.
LEAST_CONTEXT_WORDS = 2
# In a text with more capitals, as in cables and in headlines of some papers, a capital is no name.
MOST_CAPITALS = 0.4
# Bounds the work on a text that is one endless table.
MOST_SLOTS = 2_000

_BLANK = "#"  # never a word
_SENTENCE_ENDS = frozenset(SENTENCE_MARKS)
_WORD, _FIGURE, _NAME, _END = range(4)

Fillers = dict[tuple[str, ...], list[str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many slots in common contexts two texts fill alike, and how many otherwise."""

    same_figures: int
    other_figures: int
    same_names: int
    other_names: int


class Slots:
    """The slots of a text, read when they are first asked for: most texts are never compared."""

    __slots__ = ("_fillers", "body")

    def __init__(self, body: str) -> None:
        self.body = body
        self._fillers: tuple[Fillers, Fillers] | None = None

    @property
    def fillers(self) -> tuple[Fillers, Fillers]:
        """What stands in the slots for figures, and in those for names, by context."""
        if self._fillers is None:
            self._fillers = _fillers_of(self.body)
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


def _fillers_of(body: str) -> tuple[Fillers, Fillers]:
    words: list[str] = []
    masked: list[str] = []
    places: list[int] = []  # of slots
    names: list[int] = []  # those of them for names
    begins = True  # a sentence
    for token in tokens_of(body):
        word, kind = _word_and_kind(token)
        if kind == _END:
            begins = True
            continue
        if kind == _FIGURE or (kind == _NAME and not begins):
            (names if kind == _NAME else places).append(len(words))
            masked.append(_BLANK)
        else:
            masked.append(word)
        words.append(word)
        begins = False
    if len(names) > MOST_CAPITALS * len(words):
        for place in names:
            masked[place] = words[place]
        names = []
    return _by_context(places, words, masked), _by_context(names, words, masked)


def _by_context(places: list[int], words: list[str], masked: list[str]) -> Fillers:
    fillers: Fillers = {}
    for place in places[:MOST_SLOTS]:
        context = tuple(masked[max(0, place - CONTEXT_WORDS) : place + CONTEXT_WORDS + 1])
        if len(context) <= 2 * CONTEXT_WORDS or context.count(_BLANK) > len(context) - LEAST_CONTEXT_WORDS:
            continue
        fillers.setdefault(context, []).append(words[place])
    return fillers


@functools.lru_cache(maxsize=200_000)
def _word_and_kind(token: str) -> tuple[str, int]:
    if token in _SENTENCE_ENDS:
        return token, _END
    word = token.casefold()
    if any(character.isnumeric() for character in word):
        return word, _FIGURE
    if (number := _number_words().get(word)) is not None:
        return number, _FIGURE
    # "march" and "may" are words as well.
    if word in _calendar_names() and (token != word or word not in {"may", "march"}):
        return word, _FIGURE
    return word, _NAME if token[0].isupper() else _WORD


@functools.cache
def _calendar_names() -> frozenset[str]:
    """Names of days and months as they stand in dates and alone, letter case folded; no abbreviations of one form with
    a word, as "mar" (sea) and "dom" (house) are."""
    names = (
        get(width="wide", context=context, locale=locale).values()
        for get in (get_day_names, get_month_names)
        for context in ("format", "stand-alone")
        for locale in LOCALES
    )
    return frozenset(name.casefold() for name in chain.from_iterable(names))


@functools.cache
def _number_words() -> dict[str, str]:
    """Numbers in words, and the same in digits."""
    lines = Path(__file__).with_name("number_words.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines if not line.startswith("#"))
    return {word: number for number, *words in entries for word in words}
