"""Named entities, decided as spaCy's own component decides them, in a fifth of the time.

spaCy's named entity recogniser (`spacy.TransitionBasedParser.v2` with the state "ner"; spaCy 3.8, `ner.pyx`,
`_state.pxd`, `parser_model.pyx`) goes through a text word by word: it begins an entity, goes on with it, ends it, takes
one word as an entity, or none, whichever move has the highest score among those that are allowed. Its loop asks anew
for each word and each of 74 moves. Two properties of that state make this unnecessary:

- outside an entity the scores depend on the word alone, so that those of all words are two products;
- inside one only two moves are left: go on, or end here. All texts take this step together.

The work is linear in the words. The entities are the same, save where two moves have the same score up to rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.events.word_vectors import Floats, WordVectors, one_thread

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_BEGIN, _IN, _LAST, _UNIT = "BILU"
_OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of several texts, one after the other."""

    first: Numbers  # of each text, where it begins
    stop: Numbers  # and where it ends
    is_last: Flags  # the last word of a text, or of a sentence: an entity cannot go on behind it
    is_space: Flags  # no entity begins here

    @classmethod
    def of(cls, docs: Sequence[Doc]) -> _Words:
        stop = np.cumsum([len(doc) for doc in docs])
        arrays = [doc.to_array([SENT_START, IS_SPACE]) for doc in docs]
        starts_sentence, is_space = np.concatenate(arrays).T
        is_last = np.empty(len(is_space), dtype=np.bool_)
        is_last[:-1] = starts_sentence[1:] == 1
        is_last[stop - 1] = True
        return cls(stop - [len(doc) for doc in docs], stop, is_last, is_space != 0)


class NamedEntities:
    """The recogniser of a pipeline, in another make with the same results."""

    def __init__(self, parser: Language) -> None:
        """Take over the trained component `ner`.

        Raises:
            ValueError: the model is of another build.
        """
        component: Any = parser.get_pipe("ner")
        model: Any = component.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        words = model.layers[0].layers
        if lower.get_dim("nF") != 3 or len(words) != 3 or words[2].name != "linear" or model.attrs["unseen_classes"]:
            raise ValueError("the named entity recogniser is of a build that is not known")
        self._vectors = WordVectors(words[0])
        self._narrow: Floats = np.ascontiguousarray(words[2].get_param("W").T)
        self._narrow_bias: Floats = words[2].get_param("b")
        # (features, width, pieces, inputs) to (inputs, features * pieces * width): the pieces of a maxout lie apart.
        weights: Floats = lower.get_param("W").transpose(3, 0, 2, 1)
        self._lower: Floats = np.ascontiguousarray(weights.reshape(len(weights), -1))
        self._hidden = lower.get_dim("nO") * lower.get_dim("nP")
        self._width = lower.get_dim("nO")
        self._lower_bias: Floats = np.ascontiguousarray(lower.get_param("b").T).reshape(-1)
        # What stands for the first word of an entity and the word before where no entity is open.
        self._missing: Floats = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(3, -1)
        self._take_moves(component.moves, upper, parser)

    def _take_moves(self, moves: Any, upper: Any, parser: Language) -> None:
        weights, bias = upper.get_param("W"), upper.get_param("b")
        names = [moves.get_class_name(number).partition("-") for number in range(moves.n_moves)]
        labels = sorted({label for _, _, label in names if label})
        number_of = {label: number for number, label in enumerate(labels)}
        self._labels = [parser.vocab.strings.add(label) for label in labels]
        # Of two moves with the same score the first is taken, so that their order is kept.
        closed = [n for n, (move, _, label) in enumerate(names) if move == _OUTSIDE or (move in "BU" and label)]
        self._closed: Floats = np.ascontiguousarray(weights[closed].T)
        self._closed_bias: Floats = bias[closed]
        self._begins: Flags = np.array([names[n][0] == _BEGIN for n in closed])
        self._units: Flags = np.array([names[n][0] == _UNIT for n in closed])
        self._label_of: Numbers = np.array([number_of.get(names[n][2], -1) for n in closed])
        by_label = {(move, label): n for n, (move, _, label) in enumerate(names)}
        on, end = ([by_label[move, label] for label in labels] for move in (_IN, _LAST))
        # Going on against ending, as one difference.
        self._on: Floats = weights[on] - weights[end]
        self._on_bias: Floats = bias[on] - bias[end]
        self._on_first: Flags = np.array(on) < np.array(end)

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set the entities of texts whose sentences are known, in place."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        vectors: Floats = np.concatenate(self._vectors(docs))
        words = _Words.of(docs)
        with one_thread():
            narrow: Floats = vectors @ self._narrow
            narrow += self._narrow_bias
            features: Floats = (narrow @ self._lower).reshape(-1, 3, self._hidden)
            moves = self._outside(features, words)
        is_begin = self._begins[moves]
        spans: list[list[tuple[int, int, int]]] = [[] for _ in docs]
        inside = np.zeros(len(moves), dtype=np.bool_)
        for text, start, stop, label in self._long(features, np.flatnonzero(is_begin), self._label_of[moves], words):
            spans[text].append((start, stop, label))
            inside[start:stop] = True
        units = np.flatnonzero(self._units[moves] & ~inside)
        for text, start in zip(np.searchsorted(words.stop, units, side="right").tolist(), units.tolist(), strict=True):
            spans[text].append((start, start + 1, int(self._label_of[moves[start]])))
        for doc, first, found in zip(docs, words.first.tolist(), spans, strict=True):
            doc.set_ents([Span(doc, a - first, b - first, label=self._labels[label]) for a, b, label in sorted(found)])

    def _outside(self, features: Floats, words: _Words) -> Numbers:
        """The move that each word would get outside an entity."""
        sums = features[:, 0] + self._missing[1]
        sums += self._missing[2]
        scores = self._maxout(sums) @ self._closed
        scores += self._closed_bias
        scores[np.ix_(words.is_last | words.is_space, self._begins)] = -np.inf
        scores[np.ix_(words.is_space, self._units)] = -np.inf
        moves: Numbers = scores.argmax(axis=1)
        return moves

    def _maxout(self, sums: Floats) -> Floats:
        sums += self._lower_bias
        best: Floats = sums[:, : self._width]
        for start in range(self._width, self._hidden, self._width):
            best = np.maximum(best, sums[:, start : start + self._width])
        return best

    def _long(
        self, features: Floats, begins: Numbers, labels: Numbers, words: _Words
    ) -> list[tuple[int, int, int, int]]:
        """(text, start, stop, label) of the entities of several words, found in all texts at once.

        A beginning counts where the entity before it has ended.
        """
        found: list[tuple[int, int, int, int]] = []
        texts = np.arange(len(words.first))
        texts, starts = _next_beginnings(texts, words.first, begins, words)
        ends = starts + 1  # the words looked at
        while len(texts):
            sums = features[ends, 0] + features[starts, 1]
            sums += features[ends - 1, 2]
            label = labels[starts]
            more = np.einsum("ij,ij->i", self._maxout(sums), self._on[label]) + self._on_bias[label]
            goes_on = ((more > 0) | ((more == 0) & self._on_first[label])) & ~words.is_last[ends]
            done = ~goes_on
            stops = ends[done] + 1
            found += zip(texts[done].tolist(), starts[done].tolist(), stops.tolist(), label[done].tolist(), strict=True)
            next_texts, next_starts = _next_beginnings(texts[done], stops, begins, words)
            texts = np.concatenate([texts[goes_on], next_texts])
            starts = np.concatenate([starts[goes_on], next_starts])
            ends = np.concatenate([ends[goes_on] + 1, next_starts + 1])
        return found


def _next_beginnings(texts: Numbers, behind: Numbers, begins: Numbers, words: _Words) -> tuple[Numbers, Numbers]:
    """Of each text the first beginning from a word on, where it has one."""
    places = np.searchsorted(begins, behind)
    texts, places = texts[places < len(begins)], places[places < len(begins)]
    starts = begins[places]
    within = starts < words.stop[texts]
    return texts[within], starts[within]
