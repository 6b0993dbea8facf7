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
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import NORM, ORTH, SPACY
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model
from threadpoolctl import ThreadpoolController

Floats = npt.NDArray[np.float32]

# Forms that are kept; after so many they are asked for anew.
_MOST_FORMS = 100_000
_TINY = np.float32(1e-8)  # as thinc's layernorm has it


@dataclass(frozen=True, slots=True)
class _Window:
    """One residual layer: maxout over three neighbouring words, layernorm, and the words themselves added."""

    weights: Floats  # (3 * width, pieces * width)
    bias: Floats  # (pieces * width)
    gain: Floats  # (width)
    shift: Floats  # (width)

    @classmethod
    def of(cls, layer: Model[Any, Any]) -> _Window:
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
        width = rows.shape[1]
        edged = np.zeros((len(rows) + 2, width), dtype=np.float32)
        edged[1:-1] = rows
        pieces = np.concatenate([edged[:-2], edged[1:-1], edged[2:]], axis=1) @ self.weights
        pieces += self.bias
        best: Floats = pieces[:, :width]
        for start in range(width, pieces.shape[1], width):
            np.maximum(best, pieces[:, start : start + width], out=best)
        best = best - best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width)
        best *= 1 / np.sqrt(variance + _TINY)
        best *= self.gain
        best += self.shift
        best += rows
        return best


class WordVectors:
    """What `spacy.Tok2Vec.v2` says of the words of texts."""

    def __init__(self, model: Model[Any, Any], vocab: Vocab) -> None:
        """Take over a trained model.

        Raises:
            ValueError: the model is of another build.
        """
        if len(model.layers) != 2 or not model.layers[1].name.startswith("with_array(residual(expand_window"):
            raise ValueError(f"the word vectors of {model.name[:80]!r} are of a build that is not known")
        self._embed, encode = model.layers
        self._vocab = vocab
        self._pad = int(encode.attrs["pad"])
        self._windows = [_Window.of(layer) for layer in encode.layers[0].layers]
        self._width = int(encode.get_dim("nO"))
        self._forget()

    def _forget(self) -> None:
        self._row_of: dict[tuple[int, int, int], int] = {}
        self._rows = np.empty((1024, self._width), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of each text's words, (words, width) each."""
        if len(self._row_of) > _MOST_FORMS:
            self._forget()
        numbers = [self._numbers(doc) for doc in docs]
        # spaCy sets so many rows of zeros before, between and after texts; biases make them more than zeros.
        pad = np.zeros((self._pad, self._width), dtype=np.float32)
        parts = [pad]
        for found in numbers:
            if len(found):
                parts += [self._rows[found], pad]
        rows = np.concatenate(parts)
        with _blas().limit(limits=1):
            for window in self._windows:
                rows = window(rows)
        vectors, start = [], self._pad
        for found in numbers:
            vectors.append(rows[start : start + len(found)])
            start += len(found) + self._pad if len(found) else 0
        return vectors

    def _numbers(self, doc: Doc) -> list[int]:
        """The row of each word's form, new forms looked up first."""
        forms = list(map(tuple, doc.to_array([ORTH, NORM, SPACY]).tolist()))
        new = list(dict.fromkeys(form for form in forms if form not in self._row_of))
        if new:
            strings = self._vocab.strings
            asked = Doc(self._vocab, words=[strings[orth] for orth, _, _ in new], spaces=[bool(s) for _, _, s in new])
            for token, (_, norm, _) in zip(asked, new, strict=True):
                token.norm_ = strings[norm]
            found = self._embed.predict([asked])[0]
            first = len(self._row_of)
            while first + len(new) > len(self._rows):
                self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._rows[first : first + len(new)] = found
            self._row_of |= {form: first + number for number, form in enumerate(new)}
        return [self._row_of[form] for form in forms]


def as_layer(vectors: WordVectors) -> Model[Any, Any]:
    """The vectors as a layer of a thinc model, for use, not for training."""

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Any]:
        if is_train:
            raise NotImplementedError("these word vectors are for use; train the package's own model")
        return vectors(docs), None

    return Model("word_vectors", forward)


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")
