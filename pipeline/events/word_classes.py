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

from spacy.attrs import DEP, ORTH, TAG
from spacy.language import Language
from spacy.tokens import Doc

_MOST_FORMS = 200_000

_Form = tuple[int, int, int, bool]  # ORTH, TAG, DEP, whether an expletive stands before it
_Class = tuple[int, Any, int, int, int]  # POS, MORPH, LEMMA, TAG, DEP


class WordClasses:
    """The attribute ruler and the lemmatizer of a pipeline, asked once for each form."""

    def __init__(self, parser: Language) -> None:
        ruler: Any = parser.get_pipe("attribute_ruler")
        self._components = [ruler, parser.get_pipe("lemmatizer")]
        self._vocab = parser.vocab
        self._class_of: dict[_Form, _Class] = {}
        self._pairs = _Pairs(ruler.patterns)
        strings = parser.vocab.strings
        self._expletive = strings.add("expl")
        self._there: _Form = (strings.add("there"), strings.add("EX"), self._expletive, False)

    def set_on(self, docs: Sequence[Doc]) -> None:
        """Set the classes of tagged and parsed texts, in place."""
        if len(self._class_of) > _MOST_FORMS:
            self._class_of.clear()
        forms = [self._forms(doc) for doc in docs]
        new = {form for found in forms if found is not None for form in found} - self._class_of.keys()
        if new:
            self._find_out(sorted(new))
        token: Any  # spaCy's stubs lack what can be written
        for doc, found in zip(docs, forms, strict=True):
            if found is None:
                self._by_components(doc)
                continue
            for token, form in zip(doc, found, strict=True):
                token.pos, morph, token.lemma, tag, dep = self._class_of[form]
                token.set_morph(morph)
                if (tag, dep) != form[1:3]:
                    token.tag, token.dep = tag, dep

    def _forms(self, doc: Doc) -> list[_Form] | None:
        """The forms of a text's words; None where it has a pair."""
        if self._pairs.are_in([token.lower_ for token in doc]):
            return None
        before = 0
        forms: list[_Form] = []
        for orth, tag, dep in doc.to_array([ORTH, TAG, DEP]).tolist():
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
                self._class_of[form] = (token.pos, token.morph, token.lemma, token.tag, token.dep)

    def _by_components(self, doc: Doc) -> Doc:
        for component in self._components:
            doc = component(doc)
        return doc


class _Pairs:
    """The pairs of words that rules are about; where a rule has no plain words, what its first word looks like."""

    def __init__(self, rules: Sequence[Mapping[str, Any]]) -> None:
        self._pairs: set[tuple[str, str]] = set()
        self._firsts: set[str] = set()
        looks = []
        for place in (pattern for rule in rules for pattern in rule["patterns"] if len(pattern) > 1):
            first, second = place[0].get("LOWER"), place[1].get("LOWER")
            if isinstance(first, str) and isinstance(second, str):
                self._pairs.add((first, second))
            elif isinstance(first, str):
                self._firsts.add(first)
            elif first is not None:
                looks.append(first["REGEX"])
            elif place[0] != {"DEP": "expl"}:
                raise ValueError(f"the parser's package has a rule for pairs of words that is not known: {place}")
        self._looks = re.compile("|".join(looks)) if looks else None

    def are_in(self, words: Sequence[str]) -> bool:
        distinct = set(words)
        if not distinct.isdisjoint(self._firsts):
            return True
        if self._looks is not None and any(map(self._looks.search, distinct)):
            return True
        return any(
            first in distinct and second in distinct and (first, second) in pairwise(words)
            for first, second in self._pairs
        )
