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

_Form = tuple[int, int, int, bool]  # ORTH, TAG, DEP where a rule asks for it, whether an expletive stands before it
_Class = tuple[int, int, int, int, int]  # POS, MORPH, LEMMA, TAG, DEP where a rule sets it
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
        self._asked = _AskedRelations(ruler.patterns, strings)
        self._expletive = strings.add("expl")
        self._any_relation = strings.add("any relation that no rule asks for")
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
                array: Any = np.array(
                    [self._class_of[form] for form in found], dtype=np.uint64
                )  # spaCy's stubs: signed
                relations = array[:, -1]
                np.copyto(relations, doc.to_array(DEP), where=relations == 0)
                doc.from_array(_CLASS_ATTRIBUTES, array)

    def _forms(self, doc: Doc) -> list[_Form] | None:
        """The forms of a text's words; None where it has a pair."""
        array = doc.to_array([LOWER, ORTH, TAG, DEP]).tolist()
        if self._pairs.are_in([lower for lower, *_ in array]):
            return None
        before = 0
        forms: list[_Form] = []
        for lower, orth, tag, dep in array:
            asked = dep if self._asked.is_asked(lower, tag, dep) else 0
            forms.append((orth, tag, asked, before == self._expletive))
            before = dep
        return forms

    def _find_out(self, forms: Sequence[_Form]) -> None:
        """Ask the components for new forms: all in one row, since none of them is of a pair."""
        strings = self._vocab.strings
        row = [form for found in forms for form in ([self._there, found] if found[3] else [found])]
        doc = Doc(self._vocab, words=[strings[form[0]] for form in row])
        for token, (_, tag, dep, _) in zip(doc, row, strict=True):
            token.tag, token.dep = tag, dep or self._any_relation
        wanted = dict.fromkeys(forms)
        for token, form in zip(self._by_components(doc), row, strict=True):
            if form in wanted:
                morph: Any = token.morph  # its key is not in spaCy's stubs
                relation = 0 if token.dep == (form[2] or self._any_relation) else token.dep
                self._class_of[form] = (token.pos, morph.key, token.lemma, token.tag, relation)

    def _by_components(self, doc: Doc) -> Doc:
        for component in self._components:
            doc = component(doc)
        return doc


class _AskedRelations:
    """Which relations the rules ask for, and of which words: elsewhere it does not matter which one a word has."""

    def __init__(self, rules: Sequence[Mapping[str, Any]], strings: StringStore) -> None:
        self._of_all: set[int] = set()
        self._words: set[int] = set()
        self._tags: set[int] = set()
        for word in (word for rule in rules for pattern in rule["patterns"] for word in pattern if "DEP" in word):
            if any(isinstance(word.get(kind), str) or "IN" in word.get(kind, ()) for kind in ("LOWER", "TAG")):
                kind = "LOWER" if "LOWER" in word else "TAG"
                ({"LOWER": self._words, "TAG": self._tags}[kind]).update(map(strings.add, _values(word[kind])))
            else:
                self._of_all.update(map(strings.add, _values(word["DEP"])))

    def is_asked(self, lower: int, tag: int, relation: int) -> bool:
        """Whether a rule may ask for this relation of a word, told by the keys of its lower-case form and its tag."""
        return relation in self._of_all or lower in self._words or tag in self._tags


def _values(asked: str | Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The values that a rule names, whether it asks for one of them or for none of them."""
    return [asked] if isinstance(asked, str) else [value for values in asked.values() for value in values]


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
