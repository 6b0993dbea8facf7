"""Features of words: which stand between the parties, which before and behind them, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.events.model.scene import PairScene

# Words this far outside the pair still belong to its clause more often than not.
_WINDOW_TOKENS = 10
_MAX_BETWEEN_TOKENS = 40
_SKIPPED = frozenset(
    {"the", "a", "an", "'s", "’s", ",", '"', "“", "”", "``", "''", "-", "its", "his", "their", "her", " "}
)


def word_features(pair: PairScene) -> Iterator[tuple[str, str]]:
    """(group, feature) for n-grams of masked lemmas; groups are between, around and bag."""
    words = pair.words
    actor, recipient = pair.actor, pair.recipient
    if actor and recipient:
        order = "<" if actor.start < recipient.start else ">"
        left, right = sorted((actor, recipient), key=lambda span: span.start)
    else:
        order = "-"
        left = right = actor or recipient
    inner = _kept(words[left.stop : right.start][:_MAX_BETWEEN_TOKENS])
    before = _kept(words[max(left.start - _WINDOW_TOKENS, 0) : left.start])
    behind = _kept(words[right.stop : right.stop + _WINDOW_TOKENS])
    yield from (("between", f"b{order}{gram}") for gram in _grams(["[", *inner, "]"]))
    yield from (("between", f"b{word}") for word in inner)
    yield from (("between", f"bs{order}{gram}") for gram in _skips(inner))
    yield from (("around", f"p{order}{gram}") for gram in _grams([*before, "]"]))
    yield from (("around", f"f{order}{gram}") for gram in _grams(["[", *behind]))
    yield from (("bag", f"w{word}") for word in dict.fromkeys((*before, *inner, *behind)))


def _kept(words: Sequence[str]) -> list[str]:
    """The words without articles and commas; a name of many words counts once."""
    kept: list[str] = []
    for word in words:
        if word not in _SKIPPED and not (kept and kept[-1] == word and word.isupper()):
            kept.append(word)
    return kept


def _grams(words: Sequence[str]) -> Iterator[str]:
    for i, word in enumerate(words):
        if word not in "[]":
            yield word
        if i:
            yield f"{words[i - 1]} {word}"
        if i > 1:
            yield f"{words[i - 2]} {words[i - 1]} {word}"


def _skips(words: Sequence[str]) -> Iterator[str]:
    for i in range(len(words) - 2):
        yield f"{words[i]} .. {words[i + 2]}"
        if i + 3 < len(words):
            yield f"{words[i]} .. {words[i + 3]}"
