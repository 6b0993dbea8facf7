"""Joined parties: which actor did it to which recipient, where "and" joins several of either."""

from __future__ import annotations

from pipeline.events.frames import acting_conjuncts
from pipeline.events.lexicon import Lexicon, Trigger
from pipeline.events.roles import Party, partner_inside

MAX_JOINED = 8


def pairs(
    trigger: Trigger, actor: Party | None, recipient: Party | None, lexicon: Lexicon
) -> list[tuple[Party | None, Party | None]]:
    """Every (actor, recipient) that joined names make; a mutual act of joined actors is one pair."""
    actors: list[Party | None] = [*_joined(actor, lexicon)] if actor is not None else [None]
    taken = {a.who.i for a in actors if a is not None}
    recipients: list[Party | None] = [r for r in _joined(recipient, lexicon) if r.who.i not in taken] or [None]
    if trigger.mutual and recipients == [None] and len(actors) == 1 and actors[0] is not None:
        partner = partner_inside(actors[0].who)
        if partner is not None:
            words = actors[0].words if partner.pos_ == "ADJ" else partner  # "British" alone names nobody
            return [(actors[0], Party(partner, words))]
    if trigger.mutual and actors == [None] and len(recipients) > 1:  # "ties between Chad and Niger were restored"
        return [(recipients[0], other) for other in recipients[1:MAX_JOINED]]
    if trigger.mutual and recipients == [None] and len(actors) > 1:
        return [(actors[0], other) for other in actors[1:MAX_JOINED]]
    return [(a, r) for a in actors[:MAX_JOINED] for r in recipients[:MAX_JOINED]]


def _joined(party: Party | None, lexicon: Lexicon) -> list[Party]:
    """A party and those joined to it, each with its own words."""
    if party is None:
        return []
    joined = acting_conjuncts(party.who, lexicon)
    if len(joined) == 1 and party.who.i != party.words.i:
        return [party]
    return [Party(t, t) for t in joined]
