"""Speakers: whom a subject inside reported speech stands for.

"Hungary says it will ..." is a promise of Hungary. So is "the premier said his country will ...": what is promised,
refused or threatened is done by saying it, and the speaker says it for his own side.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.events.lexicon import Lexicon
from pipeline.events.phrases import children, lemma_of

_PRONOUNS = frozenset({"it", "he", "she", "they", "we"})
_OWN = frozenset({"his", "her", "its", "their", "our"})
_WILL = frozenset({"will", "would", "shall", "wo", "'ll", "’ll"})


def may_be_speaker(subject: Token, verb: Token, lexicon: Lexicon) -> bool:
    """Whether a subject in reported speech may stand for who speaks: a pronoun, or the speaker's side in a promise."""
    return verb.dep_ == "ccomp" and (subject.lower_ in _PRONOUNS or _is_own_side(subject, verb, lexicon))


def is_speaker(subject: Token, speaker: Token) -> bool:
    """Whether number and kind allow `subject` to stand for `speaker`."""
    word = subject.lower_
    if word not in _PRONOUNS:
        return True
    plural = speaker.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in speaker.children)
    fits = plural if word == "they" else (not plural or word == "we")
    return fits and not (word == "it" and speaker.ent_type_ == "PERSON")


def _is_own_side(subject: Token, verb: Token, lexicon: Lexicon) -> bool:
    if not lexicon.is_control("own_sides", lemma_of(subject)) or not any(
        c.lower_ in _WILL for c in children(verb, "aux")
    ):
        return False
    if any(c.lower_ in _OWN for c in children(subject, "poss")):
        return True
    # Who announces what "the government" will do speaks for it.
    bare = [c.lower_ for c in subject.lefts] == ["the"]
    return bare and lexicon.is_control("announcing", lemma_of(verb.head))
