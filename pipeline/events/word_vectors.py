"""The parser's word vectors, computed as spaCy's own layers compute them, in a third of the time.

Two thirds of what spaCy's small model costs goes into its convolutional word vectors (`spacy.Tok2Vec.v2`:
MultiHashEmbed, then four residual maxout windows; https://spacy.io/api/architectures). Three things make them cheap
without changing a parse:

- what the first half says of a word depends on its form alone: it is kept for each form, and asked of spaCy once;
- the products are done by numpy's BLAS in one thread, on the whole batch (60 instead of 20 GFLOPS, 2026-11-30);
- the pieces of a maxout lie side by side, so that their maximum is two passes over arrays.

The result is the same up to rounding (1e-4), which a test holds it to.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IDS, IS_SPACE, NORM, ORTH, PREFIX, SHAPE, SPACY, SUFFIX
from spacy.tokens import Doc
from thinc.api import Model
from threadpoolctl import ThreadpoolController

Floats = npt.NDArray[np.float32]

# Forms that are kept; after so many they are asked for anew.
_MOST_FORMS = 100_000
_BUILD = (
    "extract_features",
    "list2ragged",
    "with_array(ints-getitem>>hashembed",
    "with_array(maxout",
    "ragged2list",
    "with_array(residual(expand_window",
)
_OF_ORTH = frozenset({PREFIX, SUFFIX, SHAPE, IS_SPACE})  # what follows from a word's letters
_TINY = np.float32(1e-8)  # as thinc's layernorm has it


@dataclass(frozen=True, slots=True)
class _Maxout:
    """Of several products the highest in each place, then layernorm."""

    weights: Floats  # (inputs, pieces * width)
    bias: Floats  # (pieces * width)
    gain: Floats  # (width)
    shift: Floats  # (width)

    @classmethod
    def of(cls, layer: Model[Any, Any]) -> _Maxout:
        found: dict[str, Any] = {node.name: node for node in layer.walk() if node.name in {"maxout", "layernorm"}}
        maxout, norm = found["maxout"], found["layernorm"]
        width, inputs = maxout.get_dim("nO"), maxout.get_dim("nI")
        # (width, pieces, inputs): the pieces apart, so that piece after piece lies in one stretch.
        weights = maxout.get_param("W").transpose(1, 0, 2).reshape(-1, inputs)
        bias = maxout.get_param("b").reshape(width, -1).T.reshape(-1)
        return cls(
            np.ascontiguousarray(weights.T), np.ascontiguousarray(bias), norm.get_param("G"), norm.get_param("b")
        )

    def __call__(self, rows: Floats) -> Floats:
        width = len(self.gain)
        pieces = rows @ self.weights
        pieces += self.bias
        best: Floats = pieces[:, :width]
        for start in range(width, pieces.shape[1], width):
            np.maximum(best, pieces[:, start : start + width], out=best)
        best = best - best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width)
        best *= 1 / np.sqrt(variance + _TINY)
        best *= self.gain
        best += self.shift
        return best


def _residual_window(layer: _Maxout, rows: Floats) -> Floats:
    """One residual layer: maxout over three neighbouring words, and the words themselves added."""
    edged = np.zeros((len(rows) + 2, rows.shape[1]), dtype=np.float32)
    edged[1:-1] = rows
    found = layer(np.concatenate([edged[:-2], edged[1:-1], edged[2:]], axis=1))
    found += rows
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """Vectors of one attribute's values: of each value the sum of the rows that its hash chooses."""

    rows: Floats
    seed: int
    ops: Any

    @classmethod
    def of(cls, layer: Model[Any, Any]) -> _Table:
        (table,) = (node for node in layer.walk() if node.name == "hashembed")
        rows: Any = table.get_param("E")
        return cls(rows, int(table.attrs["seed"]), table.ops)

    def __call__(self, values: npt.NDArray[np.uint64]) -> Floats:
        keys = self.ops.hash(np.ascontiguousarray(values), self.seed) % len(self.rows)
        found: Floats = self.ops.gather_add(self.rows, keys)
        return found


class WordVectors:
    """What `spacy.Tok2Vec.v2` says of the words of texts."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """Take over a trained model.

        Raises:
            ValueError: the model is of another build.
        """
        builds = [layer.name for half in model.layers for layer in ([half] if half.attrs else half.layers)]
        if len(builds) != len(_BUILD) or not all(map(str.startswith, builds, _BUILD)):
            raise ValueError(f"the word vectors of {model.name[:80]!r} are of a build that is not known")
        embed, encode = model.layers
        extract, _, tables, mix, _ = embed.layers
        columns = [IDS[name] for name in extract.attrs["columns"]]
        if not set(columns) <= {NORM, SPACY, *_OF_ORTH}:
            raise ValueError(f"expected word vectors from a word's form, got them from {extract.attrs['columns']}")
        self._columns = [ORTH, *columns]
        self._form = [number for number, column in enumerate(self._columns) if column not in _OF_ORTH]
        self._tables = [_Table.of(table) for table in tables.layers[0].layers]
        self._mix = _Maxout.of(mix)
        self._pad = int(encode.attrs["pad"])
        self._windows = [_Maxout.of(layer) for layer in encode.layers[0].layers]
        self._forget()

    def _forget(self) -> None:
        self._row_of: dict[tuple[int, ...], int] = {}
        self._rows: Floats = np.zeros((1024, len(self._mix.gain)), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of each text's words, (words, width) each."""
        if len(self._row_of) > _MOST_FORMS:
            self._forget()
        # spaCy sets so many rows of zeros before, between and after texts; biases make them more than zeros.
        pad = [0] * self._pad
        numbers, stops = [*pad], []
        forms = iter(self._numbers(docs) if any(map(len, docs)) else ())
        for doc in docs:
            numbers += islice(forms, len(doc))
            stops.append(len(numbers))
            numbers += pad if len(doc) else ()
        rows = self._rows[numbers]
        with one_thread():
            for window in self._windows:
                rows = _residual_window(window, rows)
        return [rows[stop - len(doc) : stop] for doc, stop in zip(docs, stops, strict=True)]

    def _numbers(self, docs: Sequence[Doc]) -> list[int]:
        """The row of the form of each word, new forms looked up first and all at once. Row 0 is no word's."""
        words: Any = np.concatenate([doc.to_array(self._columns) for doc in docs if len(doc)])
        forms = list(zip(*words[:, self._form].T.tolist(), strict=True))
        row_of = self._row_of
        new = {form: number for number, form in enumerate(forms) if form not in row_of}
        if new:
            values = words[list(new.values()), 1:].T
            with one_thread():
                vectors = [table(column) for table, column in zip(self._tables, values, strict=True)]
                found = self._mix(np.concatenate(vectors, axis=1))
            first = 1 + len(row_of)
            while first + len(new) > len(self._rows):
                self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._rows[first : first + len(new)] = found
            row_of |= {form: first + number for number, form in enumerate(new)}
        return [row_of[form] for form in forms]


def in_one_product(layer: Model[Any, Any]) -> Model[Any, Any]:
    """The layer of a transition parser that every state takes its features from, as one product of numpy's BLAS.

    Thinc's own product is that of a build of BLIS without the processor's vector instructions. For use, not for
    training.
    """
    trained: Any = layer.get_param("W")
    features, width, pieces, inputs = trained.shape
    weights: Floats = np.ascontiguousarray(trained.reshape(-1, inputs).T)
    padding: Any = layer.get_param("pad")
    missing: Floats = padding.reshape(-1)

    def forward(_: Model[Any, Any], rows: Floats, is_train: bool) -> tuple[Floats, Any]:
        if is_train:
            raise NotImplementedError("this layer is for use; train the package's own model")
        found = np.empty((len(rows) + 1, len(missing)), dtype=np.float32)
        found[0] = missing  # stands for a word that a state has not
        with one_thread():
            np.matmul(rows, weights, out=found[1:])
        return found.reshape(-1, features, width, pieces), None

    dims: Any = {name: layer.get_dim(name) for name in ("nO", "nI", "nF", "nP")}
    params: Any = {name: layer.get_param(name) for name in ("W", "b", "pad")}
    return Model(layer.name, forward, dims=dims, params=params)


def one_thread() -> AbstractContextManager[Any]:
    """Products of matrices in one thread, of which the process has several otherwise."""
    limited: AbstractContextManager[Any] = _blas().limit(limits=1)
    return limited


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")
