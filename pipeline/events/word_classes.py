"""Part of speech, morphology and lemma of parsed words, each combination of tag, form and relation found out once.

spaCy's attribute ruler and lemmatizer go through every word of every text anew. What they say of a word depends on
its tag, its form and its relation, and on whether a "there" stands before it ("there is"). A few rules are about two
words ("gon na", "let's"): a text that has such a pair goes through the components themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

_MOST_FORMS = 200_000

_Form = tuple[int, int, int, bool]  # ORTH, TAG, DEP, whether an expletive stands before it
_Class = tuple[int, int, int, int, int]
_CLASS_ATTRIBUTES = [POS, MORPH, LEMMA, TAG, DEP]


class WordClasses:
    """The attribute ruler and the lemmatizer of a pipeline, asked once for each form."""

    def __init__(self, parser: Language) -> None:
        ruler: Any = parser.get_pipe("attribute_ruler")
        lemmatizer: Any = parser.get_pipe("lemmatizer")
        # The package has the known forms of each part of speech as lists, and the lemmatizer asks "in" of 57,000 nouns.
        index = lemmatizer.lookups.get_table("lemma_index")
        for pos, known in list(index.items()):
            index[pos] = frozenset(known)
        self._components = [ruler, lemmatizer]
        self._vocab = parser.vocab
        self._class_of: dict[_Form, _Class] = {}
        strings = parser.vocab.strings
        self._pairs = _Pairs(ruler.patterns, strings)
        self._expletive = strings.add("expl")
        self._there: _Form = (strings.add("there"), strings.add("EX"), self._expletive, False)

    def set_on(self, docs: Sequence[Doc]) -> None:
        """Set the classes of tagged and parsed texts, in place."""
        if len(self._class_of) > _MOST_FORMS:
            self._class_of.clear()
        forms = [self._forms(doc) for doc in docs]
        # No difference of two sets: it would go through all forms that are known.
        new = {form for found in forms if found is not None for form in found if form not in self._class_of}
        if new:
            self._find_out(sorted(new))
        for doc, found in zip(docs, forms, strict=True):
            if found is None:
                self._by_components(doc)
            elif found:
                classes = [self._class_of[form] for form in found]
                array: Any = np.array(classes, dtype=np.uint64)  # spaCy's stubs know signed numbers only
                doc.from_array(_CLASS_ATTRIBUTES, array)

    def _forms(self, doc: Doc) -> list[_Form] | None:
        """The forms of a text's words; None where it has a pair."""
        array = doc.to_array([LOWER, ORTH, TAG, DEP]).tolist()
        if self._pairs.are_in([lower for lower, *_ in array]):
            return None
        before = 0
        forms: list[_Form] = []
        for _, orth, tag, dep in array:
            forms.append((orth, tag, dep, before == self._expletive))
            before = dep
        return forms

    def _find_out(self, forms: Sequence[_Form]) -> None:
        """Ask the components for new forms: all in one row, since none of them is of a pair."""
        strings = self._vocab.strings
        row = [form for found in forms for form in ([self._there, found] if found[3] else [found])]
        doc = Doc(self._vocab, words=[strings[form[0]] for form in row])
        for token, (_, tag, dep, _) in zip(doc, row, strict=True):
            token.tag, token.dep = tag, dep
        wanted = dict.fromkeys(forms)
        for token, form in zip(self._by_components(doc), row, strict=True):
            if form in wanted:
                morph: Any = token.morph  # its key is not in spaCy's stubs
                self._class_of[form] = (token.pos, morph.key, token.lemma, token.tag, token.dep)

    def _by_components(self, doc: Doc) -> Doc:
        for component in self._components:
            doc = component(doc)
        return doc


class _Pairs:
    """The pairs of words that rules are about; where a rule has no plain words, what its first word looks like."""

    def __init__(self, rules: Sequence[Mapping[str, Any]], strings: StringStore) -> None:
        self._strings = strings
        self._pairs: set[tuple[int, int]] = set()
        self._firsts: set[int] = set()
        looks = []
        for place in (pattern for rule in rules for pattern in rule["patterns"] if len(pattern) > 1):
            first, second = place[0].get("LOWER"), place[1].get("LOWER")
            if isinstance(first, str) and isinstance(second, str):
                self._pairs.add((strings.add(first), strings.add(second)))
            elif isinstance(first, str):
                self._firsts.add(strings.add(first))
            elif first is not None:
                looks.append(first["REGEX"])
            elif place[0] != {"DEP": "expl"}:
                raise ValueError(f"the parser's package has a rule for pairs of words that is not known: {place}")
        self._looks = re.compile("|".join(looks)) if looks else None
        self._seconds = {second for _, second in self._pairs}
        self._looked_at: dict[int, bool] = {}

    def are_in(self, words: Sequence[int]) -> bool:
        """Whether the words, as keys of their lower-case forms, may hold such a pair."""
        distinct = set(words)
        if not distinct.isdisjoint(self._firsts) or any(map(self._looks_so, distinct)):
            return True
        return not distinct.isdisjoint(self._seconds) and any(pair in self._pairs for pair in pairwise(words))

    def _looks_so(self, word: int) -> bool:
        found = self._looked_at.get(word)
        if found is None:
            if len(self._looked_at) > _MOST_FORMS:
                self._looked_at.clear()
            found = self._looks is not None and self._looks.search(self._strings[word]) is not None
            self._looked_at[word] = found
        return found
