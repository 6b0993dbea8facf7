"""A candidate: one reading of one trigger, before actor, recipient, date and place are described."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.events.frames import Frame
from pipeline.events.lexicon import Trigger
from pipeline.events.phrases import lemma_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`head` is the word that dates and places attach to; `dropped` says why it is no event, None where it is one."""

    entry: Trigger
    event_type: str
    event_mode: str | None
    actor: Token | None
    recipient: Token | None
    actor_words: Token | None  # the noun whose whole phrase stands for the actor: "his army" in "his army's raids"
    recipient_words: Token | None
    trigger: Token
    trigger_words: tuple[Token, ...]
    head: Token
    modality: str
    negated: bool
    dropped: str | None
    score: float
    speaker: Token | None = None
    carried: tuple[Token, ...] = ()
    shifted: bool = False
    nominal: bool = False


def trigger_tokens(trigger: Trigger, frame: Frame) -> tuple[Token, ...]:
    """The words that an entry was recognised by: the verb, its particle, the object that the entry lists."""
    words = {frame.verb}
    wanted = set(trigger.object)
    for noun in (*frame.objects, *frame.object_heads):
        if lemma_of(noun) in wanted:
            words.add(noun)
    words |= {c for c in frame.verb.children if c.dep_ == "prt"}
    return tuple(sorted(words, key=lambda t: t.i))
