"""Ranking: how well each candidate of the rules answers for a given pair."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.events.model.scene import CharSpan
from pipeline.events.reading import Candidate

_HIGHEST_SCORE = 6.0
_MAX_DEPTH = 10


def ranked(
    candidates: Iterable[Candidate], actor_span: CharSpan | None, recipient_span: CharSpan | None
) -> list[tuple[float, Candidate]]:
    """(fit, candidate), best first; equal fits go to the earlier trigger."""
    fits = [(fit_of(candidate, actor_span, recipient_span), candidate) for candidate in candidates]
    return sorted(fits, key=lambda item: (-item[0], item[1].trigger.i))


def fit_of(candidate: Candidate, actor_span: CharSpan | None, recipient_span: CharSpan | None) -> float:
    """How well a candidate answers for the pair, about -2 to 5.

    Roles in the spans count most, then nearness in the tree and the entry's own score.
    """
    fit = min(candidate.score, _HIGHEST_SCORE) / _HIGHEST_SCORE
    fit += 1.5 if within(candidate.actor, actor_span) else 0.0
    fit += 1.5 if within(candidate.recipient, recipient_span) else 0.0
    fit += 0.4 if within(candidate.actor, recipient_span) and within(candidate.recipient, actor_span) else 0.0
    for span in (actor_span, recipient_span):
        if span is not None:
            if span[0] <= candidate.trigger.idx < span[1]:
                fit -= 1.0
            if _covers(candidate.head, span):
                fit += 0.3
    fit -= 0.1 * _depth(candidate.head)
    if candidate.dropped is not None:
        fit -= 0.8 if candidate.dropped.startswith(("governed", "a purpose", "an accusation")) else 0.3
    return fit - (0.2 if candidate.nominal else 0.0)


def within(token: Token | None, span: CharSpan | None) -> bool:
    """Whether a token begins inside a stretch of the text."""
    return token is not None and span is not None and span[0] <= token.idx < span[1]


def _covers(head: Token, span: CharSpan) -> bool:
    """Whether the words under `head` reach into the span; a subtree counts as one stretch, as it nearly always is."""
    last = head.right_edge
    return bool(head.left_edge.idx < span[1] and span[0] < last.idx + len(last))


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i and depth < _MAX_DEPTH:
        token = token.head
        depth += 1
    return depth
