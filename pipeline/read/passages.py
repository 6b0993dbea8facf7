"""What a text says that the one before it did not, and the other way round, sentence by sentence.

Both texts are bags of sentences, and each bag is taken from the other. So a paragraph that moved is neither added nor
removed, a sentence in which one figure changed is removed as it was and added as it is, and the cost is linear in the
length of the texts whatever stands in them: a longest common subsequence (difflib, Myers) is quadratic where sentences
repeat, and would call what moved removed and added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.month_names import month_of
from pipeline.read.passing_lines import without_passing
from pipeline.read.recurring_lines import lines_of
from pipeline.read.typography import plain_type

# A space behind the end of a sentence, up to two closing marks between; or none, in scripts that set none.
_END = re.compile(
    r"""(?:(?<=[.!?…؟۔।])|(?<=[.!?…؟۔।]["'”’»)\]])|(?<=[.!?…؟۔।]["'”’»)\]]{2}))[ ](?=\S)"""
    r"""|(?<=[。！？])(?=[^\s”’」』）)])|(?<=[。！？][”’」』）)])(?=[^\s”’」』）)。！？，、])"""
)
# What stands before a full stop that ends no sentence: an initial or a title; before a month a day; before a figure
# a month cut short, or what is numbered.
_INITIAL_OR_TITLE = re.compile(
    r"(?:^|[\s(\"'“„«.-])(?:[^\W\d_]|Mrs?|Ms|Dr|Prof|Sra?|St|Jr|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Rev|Hon|Mme|Mlle|Hr|Fr|Nr"
    r"|Mt|Ft|vs)\.$"
)
_NUMBERED = re.compile(r"(?:^|[\s(\"'“„«])(?:[Nn]os?|Nr|[Aa]rt|Abs|[Pp]p)\.$")
_DAY = re.compile(r"(?:^|\s)\d{1,2}\.$")
_LOOKED_BACK_CHARACTERS = 7
_MONTH_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class ChangedPassages:
    """Sentences and headlines that only one of two texts has, each as often as that one has it more, in its order."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def changed_passages(before: Sequence[str], after: Sequence[str]) -> ChangedPassages:
    """What was added and removed between two texts, each given as its sentences (`sentences_of`).

    Sentences are the same where only their setting differs (`plain_type`). Nothing is cut: whoever takes `removed` from
    `before` and adds `added` has the sentences of `after`. What a sentence says more often than before counts at its
    last places.
    """
    keys_before, keys_after = list(map(plain_type, before)), list(map(plain_type, after))
    return ChangedPassages(
        added=_beyond(after, keys_after, Counter(keys_before)),
        removed=_beyond(before, keys_before, Counter(keys_after)),
    )


def sentences_of(headline: str | None, body: str | None) -> list[str]:
    """The headline as one, then the sentences of the body; without lines that change by themselves."""
    found = [headline] if headline else []
    for line in lines_of(body or ""):
        if said := " ".join(without_passing(line).split()):
            found += _sentences(said)
    return found


def _sentences(line: str) -> list[str]:
    """The sentences of one line with single spaces. Where an end is in doubt it is none."""
    found = []
    start = 0
    for end in _END.finditer(line):
        if end.group() and _goes_on(line, end.start(), end.end()):
            continue
        found.append(line[start : end.start()])
        start = end.end()
    found.append(line[start:])
    return found


def _goes_on(line: str, end: int, next_start: int) -> bool:
    if line[next_start].islower():
        return True
    said = line[max(0, end - _LOOKED_BACK_CHARACTERS) : end]
    if _DAY.search(said):
        words = line[next_start : next_start + _MONTH_CHARACTERS].split(None, 1)
        return month_of(words[0].rstrip(".,")) is not None
    if line[next_start].isdigit() and (_NUMBERED.search(said) or month_of(said.split()[-1].rstrip(".")) is not None):
        return True
    return _INITIAL_OR_TITLE.search(said) is not None


def _beyond(sentences: Sequence[str], keys: Sequence[str], room: Counter[str]) -> tuple[str, ...]:
    found = []
    for sentence, key in zip(sentences, keys, strict=True):
        if room[key] > 0:
            room[key] -= 1
        else:
            found.append(sentence)
    return tuple(found)
