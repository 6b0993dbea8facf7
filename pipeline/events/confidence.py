"""Confidence: a rule's own estimate, 0 to 1, of how likely a coded event is right in type, actor and recipient.

It is a sum of plain reasons, not a calibrated probability: a more exact entry, known parties, a plain past tense
raise it; a bare noun, hearsay and what has not happened yet lower it.
"""

from __future__ import annotations

from pipeline.events.modality import ACTUAL, ONGOING
from pipeline.events.reading import Candidate
from pipeline.events.spans import Actor

_BASE = 0.35
_PER_SCORE = 0.05
_HIGHEST_SCORE = 6.0
# A report begins with its news; further down stand background, captions and what bystanders say.
_LEAD_SENTENCES = 3
_LOWEST, _HIGHEST = 0.05, 0.95


def confidence_of(candidate: Candidate, actor: Actor | None, recipient: Actor | None, sentence_index: int) -> float:
    """The confidence of one coded event, rounded to hundredths. `sentence_index` counts from 0 over the text."""
    value = _BASE + _PER_SCORE * min(candidate.score, _HIGHEST_SCORE)
    if actor is not None:
        value += 0.1 if actor.country_code or actor.sector else 0.05
    if recipient is not None:
        value += 0.15 if recipient.country_code or recipient.sector else 0.1
    if sentence_index >= _LEAD_SENTENCES:
        value -= 0.1
    if candidate.nominal:
        value -= 0.05
    if candidate.modality not in {ACTUAL, ONGOING}:
        value -= 0.05
    if candidate.shifted:
        value -= 0.03
    if candidate.dropped is not None:
        value *= 0.4
    return round(min(max(value, _LOWEST), _HIGHEST), 2)
