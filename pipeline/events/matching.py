"""Matching: which lexicon entry a frame fits best.

Every condition of an entry that holds adds to its score, so that the more exact entry wins ("lift sanctions" over
"lift"); a condition that fails rules the entry out. Ties go to the entry that stands first in the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.events.frames import Frame
from pipeline.events.lexicon import ACTOR, ANY, OPTIONAL, PARTY, Lexicon, Trigger, Words
from pipeline.events.phrases import can_act, children, content_head, is_infinitive, lemma_of, modifiers


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits, how well, and the token that its words start at."""

    trigger: Trigger
    score: float


def match_verb(frame: Frame, lexicon: Lexicon) -> list[Match]:
    """The entries that fit a verb's frame, best first."""
    found = []
    for trigger, second in lexicon.verbs.get(frame.lemma, ()):
        score = _second_word(frame, second)
        if score is None:
            continue
        rest = _frame_score(trigger, frame, lexicon)
        if rest is not None:
            found.append(Match(trigger, score + rest))
    return sorted(found, key=lambda m: -m.score)


def adjective_entries(word: Token, lexicon: Lexicon) -> tuple[Trigger, ...]:
    """The entries of an adjective, a participle included: "is ready to", "is scheduled to"."""
    return lexicon.adjectives.get(lemma_of(word)) or lexicon.adjectives.get(word.lower_, ())


def match_adjective(adjective: Token, frame: Frame, lexicon: Lexicon) -> list[Match]:
    """The entries that fit an adjective with its complement ("is ready to send")."""
    found = []
    for trigger in adjective_entries(adjective, lexicon):
        rest = _frame_score(trigger, frame, lexicon)
        if rest is not None:
            found.append(Match(trigger, rest + 1))
    return found


def _second_word(frame: Frame, second: str | None) -> float | None:
    """Score of a phrasal verb's second word; None where it is missing, or where the verb has another particle."""
    if second is None:
        return None if frame.particles & _REAL_PARTICLES else 0.0
    if second in frame.particles or "~" + second in frame.particles:
        return 2.5
    if second in frame.prepositions:
        return 1.5
    words = {lemma_of(h) for h in frame.object_heads} | frame.predicates
    if frame.complement is not None:
        words.add(lemma_of(frame.complement))
    return 2.0 if second in words else None


_REAL_PARTICLES = frozenset({"off", "out", "up", "down", "away", "over", "back", "aside"})


def _frame_score(trigger: Trigger, frame: Frame, lexicon: Lexicon) -> float | None:
    total = 0.0
    for part in (
        _object_score(trigger, frame, lexicon),
        _subject_score(trigger, frame, lexicon),
        _preposition_score(trigger, frame, lexicon),
        _complement_score(trigger, frame),
        _extra_score(trigger, frame),
    ):
        if part is None:
            return None
        total += part
    return total


def _object_score(trigger: Trigger, frame: Frame, lexicon: Lexicon) -> float | None:
    wanted = trigger.object
    heads = frame.object_heads
    if noun_words(heads, joined=False) & set(trigger.object_not):
        return None
    if not modifiers_fit(trigger, heads):
        return None
    bonus = 1.0 if trigger.object_modifier else 0.0
    if not wanted:
        return bonus
    if not heads:
        return bonus if OPTIONAL in wanted else None
    score = list_score(heads, frame.objects, wanted, lexicon)
    if score is None and set(wanted) <= {OPTIONAL}:
        score = 0.2
    return None if score is None else bonus + score


def list_score(heads: list[Token], objects: list[Token], wanted: Words, lexicon: Lexicon) -> float | None:
    """How well nouns fit an entry's list: a listed head most, then somebody who can act, then anything."""
    lemmas = {lemma_of(h) for h in heads} | {lemma_of(o) for o in objects}
    if lemmas & set(wanted):
        return 3.0
    if noun_words(heads) & set(wanted):
        return 2.5
    if ACTOR in wanted and any(can_act(o, lexicon) for o in objects):
        return 2.0
    if PARTY in wanted:
        return 1.5
    return 0.5 if ANY in wanted else None


def noun_words(heads: Iterable[Token], *, joined: bool = True) -> set[str]:
    """Lemmas of nouns, of the nouns compounded with them, and (`joined`) of the nouns joined to them."""
    labels = ("compound", "conj") if joined else ("compound",)
    found = set()
    for head in heads:
        found.add(lemma_of(head))
        found |= {lemma_of(c) for c in children(head, *labels)}
    return found


def modifiers_fit(trigger: Trigger, heads: list[Token]) -> bool:
    """Whether the nouns' modifiers have what the entry asks for, and nothing that it forbids."""
    words = set().union(*(modifiers(h) for h in heads)) if heads else set()
    words |= {part for word in words for part in word.split("-")}
    if trigger.object_modifier and not words & set(trigger.object_modifier):
        return False
    return not words & set(trigger.object_modifier_not)


def _subject_score(trigger: Trigger, frame: Frame, lexicon: Lexicon) -> float | None:
    subject = frame.subject
    if trigger.subject:
        if subject is None or not noun_words([content_head(subject)]) & set(trigger.subject):
            return None
        return 2.0
    if trigger.subject_kind == "force":
        return 0.5 if subject is not None and _is_force(subject, lexicon) else None
    if trigger.subject_kind == "crowd" and subject is not None and subject.ent_type_ == "GPE":
        return None
    return 0.0


def _is_force(subject: Token, lexicon: Lexicon) -> bool:
    head = content_head(subject)
    words = noun_words([head]) | {lemma_of(subject)}
    return bool(words & lexicon.agents["forces"]) or head.ent_type_ in {"GPE", "NORP", "ORG"} or head.pos_ == "PRON"


def _preposition_score(trigger: Trigger, frame: Frame, lexicon: Lexicon) -> float | None:
    if any(can_act(n, lexicon) for name in trigger.without_prepositions for n in frame.prepositions.get(name, ())):
        return None
    if not trigger.prepositions:
        return 0.0
    for name, wanted in trigger.prepositions.items():
        nouns = frame.prepositions.get(name, [])
        if not nouns:
            continue
        if "*" in wanted or noun_words(content_head(n) for n in nouns) & set(wanted):
            return 3.0
        if ACTOR in wanted and any(can_act(n, lexicon) for n in nouns):
            return 2.0
    return None


def _complement_score(trigger: Trigger, frame: Frame) -> float | None:
    complement = frame.complement
    if complement is None:
        return None if trigger.complement in {"required", "infinitive"} else 0.0
    lemma = lemma_of(complement)
    if trigger.complement == "infinitive" and not is_infinitive(complement):
        return None
    if lemma in trigger.complement_verbs_not:
        return None
    if trigger.complement_verbs:
        return 2.0 if lemma in trigger.complement_verbs else None
    if trigger.complement_modal:
        subjects = children(complement, "nsubj", "nsubjpass")  # "should Chad refuse, ..." is a condition
        modals = {lemma_of(c) for c in children(complement, "aux") if not any(c.i < s.i for s in subjects)}
        return 1.5 if modals & set(trigger.complement_modal) else None
    return 1.0 if trigger.complement else 0.0


def _extra_score(trigger: Trigger, frame: Frame) -> float | None:
    score = 0.0
    if (
        (trigger.no_predicate and frame.predicates)
        or (trigger.active and frame.passive)
        or (trigger.passive_only and not frame.passive)
        or (trigger.past_only and frame.verb.tag_ not in {"VBD", "VBN"})  # "they agree with" is a view
    ):
        return None
    if trigger.predicate:
        if not frame.predicates & set(trigger.predicate):
            return None
        score += 3.0
    if trigger.followed_by:
        words = {word for token in (*frame.objects, frame.verb) for word in _words_of_phrase(token)}
        if not words & set(trigger.followed_by):
            return None
        score += 2.0
    if trigger.future_only:
        if not {"will", "shall"} & {lemma_of(c) for c in children(frame.verb, "aux")}:
            return None
        score += 2.0
    return score


_MOST_PHRASE_TOKENS = 60


def _words_of_phrase(head: Token) -> Iterator[str]:
    """The words of a phrase, to each side of its head a bounded number: clauses in a chain hold all later ones."""
    start = max(head.left_edge.i, head.i - _MOST_PHRASE_TOKENS)
    for index in range(start, min(head.right_edge.i, head.i + _MOST_PHRASE_TOKENS) + 1):
        yield head.doc[index].lower_
