"""Background: what a sentence tells only to explain its news.

"Police arrested two men after gunmen had attacked a bank" reports an arrest; the attack is what came before, mostly
reported in an article of its own day. Such a candidate is dropped where the same sentence has news of its own.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.events.lexicon import Lexicon
from pipeline.events.phrases import children, lemma_of
from pipeline.events.plover import quad_class_of
from pipeline.events.reading import Candidate
from pipeline.events.roles import is_actor

_EARLIER = frozenset({"after", "since", "before", "because", "until", "although", "though", "than", "where"})
_SAME_TIME = frozenset({"when", "as", "while"})
_MAX_CLIMB = 10


def without_background(candidates: list[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """The same candidates, those in the background of another one, or of a mere statement, marked as dropped."""
    told = [(c, background_of(c)) for c in candidates if c.dropped is None]
    has_news = any(where is None for _, where in told)
    told = [(c, where or _side_of_another(c, told)) for c, where in told]
    behind = {
        id(c): where
        for c, where in told
        if where is not None
        and ((has_news and not _is_other_news(c, told)) or not _by_somebody(c, lexicon) or _in_statement(c, lexicon))
    }
    return [replace(c, dropped=f"background ({behind[id(c)]})") if id(c) in behind else c for c in candidates]


def _by_somebody(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether it is told who acted: of "the attack that killed nine" it is not."""
    return candidate.actor is not None and is_actor(candidate.actor, lexicon)


def _is_other_news(candidate: Candidate, told: list[tuple[Candidate, str | None]]) -> bool:
    """Whether a candidate has both parties, and none of the news of its sentence is theirs: "moved a battalion after
    rebels killed nine soldiers" tells two happenings."""
    if candidate.actor is None or candidate.recipient is None:
        return False
    theirs = {candidate.actor.i, candidate.recipient.i}
    return all(
        where is not None or theirs.isdisjoint(party.i for party in (c.actor, c.recipient) if party is not None)
        for c, where in told
    )


def _side_of_another(candidate: Candidate, told: list[tuple[Candidate, str | None]]) -> str | None:
    """An event noun beside an event of its own type is the same act: "hosted the king in the first visit to Oslo"."""
    noun = candidate.trigger
    if not candidate.nominal or candidate.head.i != noun.i or noun.dep_ != "pobj":
        return None
    others = (c for c, where in told if where is None and c.trigger.i != noun.i and c.trigger in set(noun.ancestors))
    return next((f"beside '{c.trigger.text}'" for c in others if c.event_type == candidate.event_type), None)


def _in_statement(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the sentence only says what somebody thinks, feels, claims or denies."""
    root = candidate.head.sent.root
    return lexicon.is_control("statements", lemma_of(root))


def background_of(candidate: Candidate) -> str | None:
    """Which words put a candidate into the background; None where it stands in the foreground."""
    token = candidate.head
    alone = candidate.nominal and token.i == candidate.trigger.i
    if alone and token.dep_ == "pobj" and quad_class_of(candidate.event_type) > 1:
        return f"'{token.head.text} ... {token.text}'"
    if candidate.event_type == "SUPPORT" and token.dep_ == "acl" and token.tag_ == "VBN":
        return f"says who '{token.head.text}' is"  # "rebels backed by Chad": a state of things, and no act of the day
    for _ in range(_MAX_CLIMB):
        if token.dep_ == "relcl":
            return f"says who or what '{token.head.text}' is"
        if token.dep_ == "advcl":
            mark = _mark(token)
            if mark in _EARLIER:
                return f"'{mark}'"
            if mark is not None:  # "when the minister visited Chad" tells of the same time
                return None
        if token.dep_ == "pcomp":
            return f"'{token.head.text}'"
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _mark(clause: Token) -> str | None:
    marks = [m.lower_ for m in children(clause, "mark", "advmod", "prep")]
    return next((m for m in marks if m in _EARLIER | _SAME_TIME), None)
