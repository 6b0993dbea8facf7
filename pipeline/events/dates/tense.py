"""Whether the words around a date expression look back or ahead.

News says "on Tuesday" for the Tuesday past and for the one to come; only the verb tells which.
"""

from __future__ import annotations

import re
from enum import Enum

from spacy.tokens import Doc, Span, Token

# Verbs and adjectives whose infinitive lies ahead: "agreed to meet on Tuesday", "is due to arrive in March".
_words = re.compile(r"[\w'’]+").findall
_AHEAD = frozenset(
    _words(
        "agree aim ask arrange call decide demand due eager expect hope intend invite likely need order plan pledge "
        "prepare promise propose ready request require schedule scheduled seek set slate slated threaten try urge vow "
        "want warn willing"
    )
)
# "could" and "might" are left out: "nobody could be found on Tuesday" looks back.
_FUTURE_MODALS = frozenset(_words("will 'll ’ll wo shall would may should must"))
_REPORTING = frozenset(_words("say tell report add announce state note write show"))
_PUT_OFF = frozenset(_words("postpone delay extend give adjourn suspend defer"))
_MAX_STEPS = 12


class Direction(Enum):
    """Where an expression points, seen from the publication."""

    BACK = "back"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


def direction_at(doc: Doc, start_char: int, end_char: int) -> Direction:
    """The direction of the verb that governs the expression between the two offsets."""
    span = doc.char_span(start_char, end_char, alignment_mode="expand")
    if span is None or not len(span):
        return Direction.UNKNOWN
    token = span.root
    if token.dep_ == "poss":  # "defied Tuesday's ruling", "will defy Tuesday's ruling": the verb does not tell
        return Direction.UNKNOWN
    for _ in range(_MAX_STEPS):
        if token.pos_ in {"VERB", "AUX"} and token.i not in range(span.start, span.end):
            if token.lemma_.lower() in _PUT_OFF and _stands_after_until(span):
                return Direction.AHEAD
            return _direction_of(token)
        if token.lemma_.lower() in {"schedule", "due", "slated"}:
            return Direction.AHEAD
        if token.head is token:
            break
        token = token.head
    return Direction.UNKNOWN


def _stands_after_until(span: Span) -> bool:
    return span.start > 0 and span.doc[span.start - 1].lower_ in {"until", "till"}


def _direction_of(verb: Token, steps: int = _MAX_STEPS) -> Direction:
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words = {child.lower_ for child in auxiliaries}
    perfect = bool(words & {"have", "has", "had", "'ve", "having"})
    if words & _FUTURE_MODALS:
        return Direction.BACK if perfect else Direction.AHEAD
    if "to" in words:
        return _direction_of_infinitive(verb)
    if verb.lemma_.lower() in {"schedule", "expect", "plan", "slate", "set"} and verb.tag_ == "VBN":
        return Direction.AHEAD
    if verb.tag_ == "VBN" and words & {"is", "are", "'s", "'re"} and not words & {"being", "been"} and not perfect:
        return Direction.AHEAD  # "the case is heard in May"
    if verb.tag_ in {"VBD", "VBN"} or perfect or words & {"was", "were", "did"}:
        return Direction.BACK
    if verb.lemma_ in _REPORTING:
        return Direction.BACK
    # "arrives on Tuesday", "is meeting on Tuesday"; without its auxiliary an -ing form says nothing.
    if verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VBG" and words & {"is", "are", "'s", "'re", "am"}):
        return Direction.AHEAD
    if steps and verb.head is not verb and verb.head.pos_ in {"VERB", "AUX"}:
        return _direction_of(verb.head, steps - 1)
    return Direction.UNKNOWN


def _direction_of_infinitive(verb: Token) -> Direction:
    head = verb.head
    if head is verb:
        return Direction.AHEAD  # headline style: "Leaders to meet on Tuesday"
    if head.lemma_.lower() in _AHEAD or head.pos_ in {"NOUN", "PROPN"} or head.tag_ in {"VBZ", "VBP"}:
        return Direction.AHEAD
    return Direction.BACK if head.tag_ in {"VBD", "VBN"} else Direction.UNKNOWN
