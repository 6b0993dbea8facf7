"""Which sentences can hold an event, judged by their words alone before anything is parsed.

Each entry of the lexicon needs certain words in its sentence: its verb, noun or adjective, and, where the entry lists
what its object, subject, preposition or complement must be, one of these. A sentence without the words of any entry
has no event whatever its tree, and is not parsed. The screen never rules out what the coder would find: of a form all
lemmas that it may have are considered.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.events.entry_needs import Words, are_met, needs_of_words
from pipeline.events.lexicon import Lexicon, load_lexicon
from pipeline.events.parser import load_parser

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
        self._needs = needs_of_words(lexicon)

    def may_hold(self, doc: Doc) -> bool:
        """Whether a sentence, not parsed yet, has all words of some entry."""
        words = self.lemmas_of(doc)
        return any(word in self._needs and are_met(self._needs[word], words) for word in words)

    def lemmas_of(self, doc: Doc) -> set[str]:
        """Every lemma that the words of a sentence, not parsed yet, may have."""
        words: set[str] = set()
        for lower in set(doc.to_array([LOWER]).tolist()):
            words |= self._lemmas_of(lower)
        return words

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


@cache
def load_screen() -> Screen:
    """The screen of the lexicon, made once per process."""
    return Screen(load_lexicon(), load_parser())
