"""The trained weights: one compressed file of numbers, read with numpy alone, no pickle in it.

A weight is one signed byte, times its type's scale. The vocabulary holds the names of the features, so that whoever
opens the file sees what the model looks at.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ConfigurationError

WEIGHTS_FILE = Path(__file__).parent / "weights.npz"
FORMAT = 1
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class Weights:
    """A multinomial linear model: scores are `bias` plus the weights of the features, each times its value.

    `weights` is features x labels; `temperature` divides the scores before they become probabilities. `fingerprint`
    names the sentences and the code that it was trained from.
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float
    fingerprint: str

    def scores(self, features: Mapping[str, float]) -> NDArray[np.float32]:
        """One score for each label, before calibration."""
        rows, values = self.known(features)
        if not rows:
            return self.bias
        return self.bias + np.asarray(values, dtype=np.float32) @ self.weights[rows]

    def known(self, features: Mapping[str, float]) -> tuple[list[int], list[float]]:
        """Rows and values of the features that training has seen often enough."""
        find = self.rows.get
        found = [(row, value) for row, value in ((find(n), v) for n, v in features.items()) if row is not None]
        return [row for row, _ in found], [value for _, value in found]

    def probabilities(self, features: Mapping[str, float]) -> NDArray[np.float32]:
        """Calibrated probabilities of the labels; they sum to 1."""
        scores = self.scores(features) / np.float32(self.temperature)
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum(), dtype=np.float32)


def write_weights(
    path: Path,
    *,
    labels: Sequence[str],
    names: Sequence[str],
    weights: NDArray[Any],
    bias: NDArray[Any],
    temperature: float,
    fingerprint: str,
) -> None:
    """Write a model; the same model gives the same bytes. `weights` is features x labels."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _LARGEST
    order = sorted(range(len(names)), key=lambda i: names[i])
    np.savez_compressed(
        path,
        format=np.array(FORMAT),
        labels=np.frombuffer("\n".join(labels).encode(), dtype=np.uint8),
        names=np.frombuffer("\n".join(names[i] for i in order).encode(), dtype=np.uint8),
        weights=np.rint(weights[order] / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
        temperature=np.array(temperature, dtype=np.float32),
        fingerprint=np.frombuffer(fingerprint.encode(), dtype=np.uint8),
    )


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """The model of `path`, loaded once per process.

    Raises:
        ConfigurationError: the file is missing or is no model of this format.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if int(stored["format"]) != FORMAT:
                raise ConfigurationError(f"{path}: format {int(stored['format'])}, expected {FORMAT}")
            names = _text(stored["names"]).split("\n")
            return Weights(
                labels=tuple(_text(stored["labels"]).split("\n")),
                rows={name: row for row, name in enumerate(names)},
                weights=stored["weights"].astype(np.float32) * stored["scale"],
                bias=stored["bias"],
                temperature=float(stored["temperature"]),
                fingerprint=_text(stored["fingerprint"]),
            )
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ConfigurationError(f"{path}: no model of the coder: {error}; `make train-coder` writes it") from error


def _text(stored: NDArray[np.uint8]) -> str:
    return stored.tobytes().decode()
