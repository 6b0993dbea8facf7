"""How a text is used again, and how texts are alike without being used again: edits of generated news.

Each edit takes a text, a generator of random numbers and a text of strangers, and gives another text. `RE_USED` are
the same text (wire copy, reposts, light edits); `ALIKE` are texts of their own.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from generated_news import (
    CAPITAL,
    COMMA,
    FIRST_CONTENT,
    FIRST_NUMBER,
    FORMS,
    FULL_STOP,
    PARAGRAPH,
    Generator,
    Tokens,
    house_tail,
)

Edit = Callable[[Tokens, Generator, Tokens], Tokens]
SOURCES = 200
LEAST_WORDS = 30


def sentence_ends(text: Tokens) -> npt.NDArray[np.int64]:
    """Where each sentence is over: the position after its last token."""
    return np.flatnonzero(text % CAPITAL >= FULL_STOP) + 1


def first_part(text: Tokens, share: float) -> Tokens:
    """Its first sentences, so much of its words or a little more; at least so many that it is a text."""
    ends = sentence_ends(text)
    return text[: ends[min(len(ends) - 1, np.searchsorted(ends, max(LEAST_WORDS, share * len(text))))]]


def repost(text: Tokens, rng: Generator, stranger: Tokens) -> Tokens:
    """With somebody's byline above and the lines of some house below."""
    byline = stranger[:4] // FORMS * FORMS + CAPITAL
    byline[-1] += PARAGRAPH
    return np.concatenate([byline, text, house_tail(int(rng.integers(SOURCES)))])


def wire(text: Tokens, rng: Generator, stranger: Tokens) -> Tokens:
    """With a dateline, cut from below to 60-100 %."""
    dateline = np.concatenate([stranger[:1] // FORMS * FORMS + CAPITAL + COMMA, _numbers(rng, 1) * FORMS + FULL_STOP])
    return np.concatenate([dateline, first_part(text, rng.uniform(0.6, 1.0))])


def truncated(text: Tokens, rng: Generator, _stranger: Tokens) -> Tokens:
    """The first 40-80 % of it."""
    return first_part(text, rng.uniform(0.4, 0.8))


def lead(text: Tokens, rng: Generator, stranger: Tokens) -> Tokens:
    """Behind two to four sentences of another text."""
    ends = sentence_ends(stranger)
    return np.concatenate([stranger[: ends[min(len(ends), int(rng.integers(2, 5))) - 1]], text])


def reorder(text: Tokens, rng: Generator, _stranger: Tokens) -> Tokens:
    """Its sentences in blocks of two or three, in another order."""
    ends = sentence_ends(text)
    blocks = np.split(text, ends[2 : len(ends) - 1 : int(rng.integers(2, 4))])
    return np.concatenate([blocks[i] for i in rng.permutation(len(blocks))])


def words(text: Tokens, rng: Generator, _stranger: Tokens) -> Tokens:
    """4-10 % of its words changed, left out or added; no figure is touched."""
    share = rng.uniform(0.04, 0.10)
    word = text // FORMS
    touched = (
        (rng.random(len(text)) < share) & ((word < FIRST_NUMBER) | (word >= FIRST_CONTENT)) & (text % CAPITAL == 0)
    )
    what = rng.integers(0, 3, len(text))
    changed = np.where(touched & (what == 0), _other_words(rng, len(text)) * FORMS, text).astype(np.int32)
    copies = np.ones(len(text), dtype=np.int64)
    copies[touched & (what == 1)] = 0
    copies[touched & (what == 2)] = 2
    spread = np.repeat(changed, copies)
    added = np.flatnonzero(np.repeat(touched & (what == 2), copies))[1::2]
    spread[added] = _other_words(rng, len(added)) * FORMS
    return spread


def excerpt(text: Tokens, rng: Generator, stranger: Tokens) -> Tokens:
    """The first 55-100 % of it, as 40-65 % of a longer piece."""
    part = first_part(text, rng.uniform(0.55, 1.0))
    wanted = len(part) * (1 / rng.uniform(0.4, 0.65) - 1)
    ends = sentence_ends(stranger)
    last = int(np.searchsorted(ends, wanted))
    if last >= len(ends):  # the longer piece is no longer than this
        last = len(ends) - 1
        part = first_part(part, min(1.0, ends[last] / len(part)))
    return np.concatenate([stranger[: ends[last // 2]], part, stranger[ends[last // 2] : ends[last]]])


def new_figures(text: Tokens, rng: Generator, _stranger: Tokens) -> Tokens:
    """The same form with every figure changed: the report of another day."""
    word = text // FORMS
    is_number = (word >= FIRST_NUMBER) & (word < FIRST_CONTENT)
    return np.where(is_number, _numbers(rng, len(text)) * FORMS + text % FORMS, text).astype(np.int32)


def background(text: Tokens, rng: Generator, stranger: Tokens) -> Tokens:
    """A report of its own that repeats under a quarter of the other below."""
    ends = sentence_ends(text)
    most = min(len(text), len(stranger)) * rng.uniform(0.1, 0.24)
    repeated = text[: ends[max(1, np.searchsorted(ends, most, side="right")) - 1]]
    return np.concatenate([stranger, repeated]) if len(repeated) <= most else stranger


def revised(text: Tokens, rng: Generator, stranger: Tokens) -> Tokens:
    """The same article later: one sentence gone, one or two new."""
    ends = sentence_ends(text)
    gone = int(rng.integers(0, max(1, len(ends) - 1)))
    kept = np.delete(text, np.s_[ends[gone - 1] if gone else 0 : ends[gone]]) if len(ends) > 3 else text
    others = sentence_ends(stranger)
    return np.concatenate([kept, stranger[: others[min(len(others), int(rng.integers(1, 3))) - 1]]])


RE_USED: dict[str, Edit] = {
    "repost": repost,
    "wire": wire,
    "truncated": truncated,
    "lead": lead,
    "reorder": reorder,
    "words": words,
    "excerpt": excerpt,
}
ALIKE: dict[str, Edit] = {"figures": new_figures, "update": background}


def _numbers(rng: Generator, count: int) -> Tokens:
    return rng.integers(FIRST_NUMBER, FIRST_CONTENT, count).astype(np.int32)


def _other_words(rng: Generator, count: int) -> Tokens:
    return rng.integers(FIRST_CONTENT, FIRST_CONTENT + 20_000, count).astype(np.int32)
