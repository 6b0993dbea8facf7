"""The words that the entries of the lexicon need in their sentence, whatever its tree.

An entry needs its verb, noun or adjective and, where it lists what its object, subject, preposition or complement must
be, one of these. A sentence that lacks them has no event by this entry, and no frame need be built for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from pipeline.events.lexicon import ACTOR, ANY, OPTIONAL, PARTY, Lexicon, Trigger

Words = frozenset[str]
Needs = frozenset[Words]
"""Sets of words: of each the sentence must have one."""

_OPEN = frozenset({ACTOR, ANY, OPTIONAL, PARTY, "*"})


@cache
def needs_of_verbs(lexicon: Lexicon) -> Mapping[str, tuple[Needs, ...]]:
    """For each verb that an entry may begin with, what its entries need; one of these must be met."""
    found: defaultdict[str, set[Needs]] = defaultdict(set)
    for trigger in lexicon.triggers:
        for verb, needed in _needs_of(trigger):
            found[verb].add(needed)
    # Where one entry of a word needs nothing more, the others need not be looked at.
    return {word: (Needs(),) if Needs() in several else tuple(several) for word, several in found.items()}


def needs_of_words(lexicon: Lexicon) -> Mapping[str, tuple[Needs, ...]]:
    """The same for every word that an entry may begin with; nouns and adjectives need nothing more."""
    return {**needs_of_verbs(lexicon), **dict.fromkeys((*lexicon.nouns, *lexicon.adjectives), (Needs(),))}


def are_met(alternatives: Iterable[Needs], words: Collection[str]) -> bool:
    """Whether a sentence of these words has what one of the alternatives needs."""
    return any(all(not needed.isdisjoint(words) for needed in alternative) for alternative in alternatives)


def _needs_of(trigger: Trigger) -> Iterable[tuple[str, Needs]]:
    """Each verb of an entry with what it needs."""
    needed: set[Words] = set()
    for listed in (trigger.object, trigger.subject, trigger.complement_verbs, trigger.predicate):
        if listed and _OPEN.isdisjoint(listed):
            needed.add(frozenset(listed))
    for listed in (trigger.complement_modal, trigger.followed_by):
        if listed:
            needed.add(frozenset(listed))
    if trigger.prepositions:
        needed.add(frozenset(trigger.prepositions))
        nouns = [noun for listed in trigger.prepositions.values() for noun in listed]
        if nouns and _OPEN.isdisjoint(nouns):
            needed.add(frozenset(nouns))
    for phrase in trigger.verbs:
        verb, _, second = phrase.partition(" ")
        yield verb, frozenset(needed | {frozenset({second.lstrip("~")})} if second else needed)
