"""Mutual acts: what two parties do with each other, by either of two ways to tell it.

"Chad and Mali signed a pact" tells of both in one phrase: its words are those of either party, and country, sector and
name keep the two apart. "The premier met the envoy" tells of one side: the envoy met the premier as well. CAMEO has a
visit from either side (042 make, 043 host); a question on the command line is answered so for meetings and talks, and a
table holds the mention once, since one happening counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from pipeline.events.extent import words_bounds
from pipeline.events.phrases import conjuncts
from pipeline.events.reading import Candidate
from pipeline.events.spans import CodedEvent

# Of an endless list nobody tells who did what with whom.
_MOST_MEMBERS = 16


def joined_bounds(candidate: Candidate) -> tuple[int, int] | None:
    """First and last token index of the phrase in which both parties of a mutual act stand; None where they do not."""
    actor, recipient, words = candidate.actor, candidate.recipient, candidate.actor_words
    if not candidate.entry.mutual or actor is None or recipient is None or words is None:
        return None
    members = list(islice(conjuncts(actor), _MOST_MEMBERS)) if words.i == actor.i else [words]
    if all(member.i != recipient.i for member in members):
        return _around_partner(recipient, words)
    bounds = [words_bounds(member) for member in members]
    return min(first for first, _ in bounds), max(last for _, last in bounds)


def is_reciprocal(candidate: Candidate) -> bool:
    """Whether a meeting or talks are told from one side, each party by its own words.

    Who is met or talked with does the same; "attended a conference of the union" says nothing of the union.
    """
    partner = candidate.recipient
    if candidate.actor is None or partner is None or not candidate.entry.mutual or joined_bounds(candidate):
        return False
    met = partner.dep_ == "dobj" or (partner.dep_ in {"pobj", "conj"} and _behind_with(partner))
    return candidate.entry.event_type == "CONSULT" and met


def _behind_with(partner: Token) -> bool:
    while partner.dep_ == "conj":
        partner = partner.head
    return partner.dep_ == "dobj" or partner.head.lower_ in {"with", "between", "to"}


def from_both_sides(events: Iterable[CodedEvent]) -> Iterator[CodedEvent]:
    """`events`, behind each that is reciprocal the same from the other side."""
    for event in events:
        yield event
        if event.reciprocal:
            yield replace(event, actor=event.recipient, recipient=event.actor)


def _around_partner(recipient: Token, actor: Token) -> tuple[int, int] | None:
    """The words of an actor within whose phrase the partner is named: "delegates of Ukraine and Turkey"."""
    first, last = words_bounds(actor)
    if first <= recipient.i <= last:
        return first, last
    joined = recipient.dep_ == "conj" and first <= recipient.head.i <= last
    return (first, max(last, words_bounds(recipient)[1])) if joined else None
