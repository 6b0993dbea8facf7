"""Which sentences can hold an event, judged by their words alone before anything is parsed.

Each entry of the lexicon needs certain words in its sentence: its verb, noun or adjective, and, where the entry lists
what its object, subject, preposition or complement must be, one of these. A sentence without the words of any entry
has no event whatever its tree, and is not parsed. The screen never rules out what the coder would find: of a form all
lemmas that it may have are considered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.events.lexicon import ACTOR, ANY, OPTIONAL, PARTY, Lexicon, Trigger, load_lexicon
from pipeline.events.parser import load_parser

Words = frozenset[str]

_OPEN = frozenset({ACTOR, ANY, OPTIONAL, PARTY, "*"})
_POS = ("verb", "noun", "adj")


class Screen:
    """The words that the entries of a lexicon need."""

    def __init__(self, lexicon: Lexicon, parser: Language) -> None:
        lemmatizer: Any = parser.get_pipe("lemmatizer")
        self._rules = {pos: lemmatizer.lookups.get_table("lemma_rules")[pos] for pos in _POS}
        self._exceptions = {pos: lemmatizer.lookups.get_table("lemma_exc")[pos] for pos in _POS}
        self._corrections = lexicon.lemma_corrections
        self._strings = parser.vocab.strings
        self._lemmas: dict[int, Words] = {}
        needs: defaultdict[str, set[frozenset[Words]]] = defaultdict(set)
        for trigger in lexicon.triggers:
            for word, needed in _needs(trigger):
                needs[word].add(needed)
        # Where one entry of a word needs nothing more, the others need not be looked at.
        self._needs = {
            word: (frozenset[Words](),) if frozenset() in alternatives else tuple(alternatives)
            for word, alternatives in needs.items()
        }

    def may_hold(self, doc: Doc) -> bool:
        """Whether a sentence, not parsed yet, has all words of some entry."""
        words: set[str] = set()
        for lower in set(doc.to_array([LOWER]).tolist()):
            words |= self._lemmas_of(lower)
        return any(
            all(not needed.isdisjoint(words) for needed in alternative)
            for word in words & self._needs.keys()
            for alternative in self._needs[word]
        )

    def _lemmas_of(self, lower: int) -> Words:
        """A form itself, and every lemma that a verb, noun or adjective of this form may have."""
        found = self._lemmas.get(lower)
        if found is None:
            form = self._strings[lower]
            lemmas = {form}
            if (corrected := self._corrections.get(form)) is not None:
                lemmas.add(corrected)
            for pos in _POS:
                lemmas.update(self._exceptions[pos].get(form, ()))
                for ending, instead in self._rules[pos]:
                    if form.endswith(ending) and len(form) > len(ending):
                        lemmas.add(form[: len(form) - len(ending)] + instead)
            found = self._lemmas[lower] = frozenset(lemmas)
        return found


def _needs(trigger: Trigger) -> Iterable[tuple[str, frozenset[Words]]]:
    """Each word that may begin an entry, with the sets of which its sentence must have a word each."""
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
    for word in (*trigger.nouns, *trigger.adjectives):
        yield word, frozenset()


@cache
def load_screen() -> Screen:
    """The screen of the lexicon, made once per process."""
    return Screen(load_lexicon(), load_parser())
