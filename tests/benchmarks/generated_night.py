"""One night of generated articles: reports of happenings, copies of them, and texts that are only alike.

Of every night a quarter is near copies of many kinds and a twentieth exact ones; most originals have one or two
copies, a few have dozens. The generator knows which belong together, so that what is found can be scored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from edited_news import ALIKE, RE_USED, SOURCES
from generated_news import Generator, Tokens, headlines, house_tail, reports

NEAR_SHARE, EXACT_SHARE, ALIKE_SHARE = 0.25, 0.05, 0.04
_TAIL_SHARE = 0.2  # of the reports, with the lines of their house below
_HAPPENINGS_PER_ARTICLE = 0.5
_FIGURES_IN_TABLES = 0.12  # share of the words of a periodic report
# A happening of one night is reported in the next ones too; room for so many in a night's numbers.
_HAPPENINGS_OF_A_NIGHT = 1 << 20
_GOES_ON = 0.3
_MINUTES_OF_DAY = 20 * 60


@dataclass(frozen=True, slots=True)
class Written:
    """One generated article.

    `group` is the number of the article whose text it is, `minute` the time of its publication, counted from the
    beginning of its day; copies are later than what they copy.
    """

    number: int
    group: int
    kind: str  # report, exact, alike by figures or update, or how it re-uses the text of its group
    happening: int
    source: int
    minute: int
    headline: Tokens
    body: Tokens


def write_night(seed: int, night: int, count: int) -> list[Written]:
    """The `count` articles of a night, numbered from 0, in the order of publication of originals, then copies.

    The same seed, night and count give the same articles.
    """
    rng = np.random.default_rng([seed, night + 1_000_000])
    near, exact, alike = (round(count * share) for share in (NEAR_SHARE, EXACT_SHARE, ALIKE_SHARE))
    originals = _originals(rng, night, count - near - exact - alike, tables=alike // 2)
    strangers = Strangers(rng, night, originals=len(originals), wanted=near + alike)
    written = [*originals]
    kinds = ["exact"] * exact + [list(RE_USED)[i] for i in rng.integers(0, len(RE_USED), near)]
    rng.shuffle(kinds)
    for kind, original in zip(kinds, _copied(rng, len(originals), len(kinds)), strict=True):
        written.append(copy_of(originals[original], kind, rng, strangers, number=len(written)))
    for place in range(alike):
        kind, model = ("figures", originals[place]) if place < alike // 2 else ("update", originals[-1 - place])
        body = ALIKE[kind](model.body, rng, strangers.next(0))
        written.append(_later(model, rng, number=len(written), group=len(written), kind=kind, body=body))
    return written


def copy_of(
    original: Written, kind: str, rng: Generator, strangers: Strangers, *, number: int, group: int | None = None
) -> Written:
    """The text of `original` used again by another source."""
    body = original.body
    if kind != "exact":
        body = RE_USED[kind](body, rng, strangers.next(2 * len(body) if kind == "excerpt" else 0))
    return _later(original, rng, number=number, group=original.group if group is None else group, kind=kind, body=body)


class Strangers:
    """Texts that belong to nobody else, as what stands around copied text."""

    def __init__(self, rng: Generator, night: int, *, originals: int, wanted: int) -> None:
        happenings = night * _HAPPENINGS_OF_A_NIGHT + originals + np.arange(wanted)
        self._texts = reports(rng, happenings)
        self._rng, self._night, self._spent = rng, night, originals + wanted

    def next(self, least_tokens: int) -> Tokens:
        """A text of that length at least."""
        parts: list[Tokens] = []
        while not parts or sum(len(part) for part in parts) < least_tokens:
            if not self._texts:
                more = self._night * _HAPPENINGS_OF_A_NIGHT + self._spent + np.arange(100)
                self._texts, self._spent = reports(self._rng, more), self._spent + 100
            parts.append(self._texts.pop())
        return np.concatenate(parts)


def _originals(rng: Generator, night: int, count: int, *, tables: int) -> list[Written]:
    """Reports, the first `tables` of them periodic ones, dense with figures."""
    of_night = max(1, round(count * _HAPPENINGS_PER_ARTICLE))
    began = night - rng.geometric(1 - _GOES_ON, count) + 1
    happenings = began * _HAPPENINGS_OF_A_NIGHT + (of_night * rng.random(count) ** 2).astype(np.int64)
    bodies = [
        *reports(rng, happenings[:tables], number_share=_FIGURES_IN_TABLES),
        *reports(rng, happenings[tables:]),
    ]
    lines = headlines(rng, happenings)
    sources, minutes = rng.integers(0, SOURCES, count), rng.integers(0, _MINUTES_OF_DAY // 2, count)
    with_tail = rng.random(count) < _TAIL_SHARE
    return [
        Written(
            number=number,
            group=number,
            kind="report",
            happening=int(happenings[number]),
            source=int(sources[number]),
            minute=int(minutes[number]),
            headline=lines[number],
            body=np.concatenate([body, house_tail(int(sources[number]) % 12)]) if with_tail[number] else body,
        )
        for number, body in enumerate(bodies)
    ]


def _copied(rng: Generator, originals: int, copies: int) -> list[int]:
    """Which original each copy is of: runs of a heavy-tailed length, one to some dozens."""
    chosen: list[int] = []
    for original in rng.permutation(originals):
        chosen += [int(original)] * min(60, 1 + int(rng.pareto(1.6)))
        if len(chosen) >= copies:
            break
    return chosen[:copies]


def _later(model: Written, rng: Generator, *, number: int, group: int, kind: str, body: Tokens) -> Written:
    """A text that another source published after `model`, of the same happening."""
    return Written(
        number=number,
        group=group,
        kind=kind,
        happening=model.happening,
        source=(model.source + int(rng.integers(1, SOURCES))) % SOURCES,
        minute=model.minute + int(rng.integers(1, _MINUTES_OF_DAY // 2)),
        headline=model.headline,
        body=body,
    )
