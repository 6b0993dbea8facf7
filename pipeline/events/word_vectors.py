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
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import NORM, ORTH, SPACY
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, chain
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


class WordVectors:
    """What `spacy.Tok2Vec.v2` says of the words of texts."""

    def __init__(self, model: Model[Any, Any], vocab: Vocab) -> None:
        """Take over a trained model.

        Raises:
            ValueError: the model is of another build.
        """
        builds = [layer.name for half in model.layers for layer in ([half] if half.attrs else half.layers)]
        if len(builds) != len(_BUILD) or not all(map(str.startswith, builds, _BUILD)):
            raise ValueError(f"the word vectors of {model.name[:80]!r} are of a build that is not known")
        embed, encode = model.layers
        self._embed: Model[Any, Any] = chain(*embed.layers[:3])
        self._mix = _Maxout.of(embed.layers[3])
        self._vocab = vocab
        self._pad = int(encode.attrs["pad"])
        self._windows = [_Maxout.of(layer) for layer in encode.layers[0].layers]
        self._width = int(encode.get_dim("nO"))
        self._forget()

    def _forget(self) -> None:
        self._row_of: dict[tuple[int, int, int], int] = {}
        self._rows = np.empty((1024, self._width), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of each text's words, (words, width) each."""
        if len(self._row_of) > _MOST_FORMS:
            self._forget()
        numbers = self._numbers(docs)
        # spaCy sets so many rows of zeros before, between and after texts; biases make them more than zeros.
        pad = np.zeros((self._pad, self._width), dtype=np.float32)
        parts = [pad]
        for found in numbers:
            if len(found):
                parts += [self._rows[found], pad]
        rows = np.concatenate(parts)
        with one_thread():
            for window in self._windows:
                rows = _residual_window(window, rows)
        vectors, start = [], self._pad
        for found in numbers:
            vectors.append(rows[start : start + len(found)])
            start += len(found) + self._pad if len(found) else 0
        return vectors

    def _numbers(self, docs: Sequence[Doc]) -> list[list[int]]:
        """The row of the form of each word of each text, new forms looked up first and all at once."""
        forms = [list(map(tuple, doc.to_array([ORTH, NORM, SPACY]).tolist())) for doc in docs]
        row_of = self._row_of
        new = list(dict.fromkeys(form for found in forms for form in found if form not in row_of))
        if new:
            strings = self._vocab.strings
            asked = Doc(self._vocab, words=[strings[orth] for orth, _, _ in new], spaces=[bool(s) for _, _, s in new])
            for token, (_, norm, _) in zip(asked, new, strict=True):
                token.norm_ = strings[norm]
            with one_thread():
                found = self._mix(self._embed.predict([asked]).dataXd)
            first = len(row_of)
            while first + len(new) > len(self._rows):
                self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._rows[first : first + len(new)] = found
            row_of |= {form: first + number for number, form in enumerate(new)}
        return [[row_of[form] for form in found] for found in forms]


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
