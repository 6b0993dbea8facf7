"""Training: `make train-coder` fits the model to the training sentences and writes the weights.

Multinomial logistic regression with an L2 penalty. The penalty is the one of `PENALTIES` that cross-validates best;
the temperature is fitted to the scores that sentences get from models which have not seen them. Everything is seeded:
the same sentences and code give the same file. Needs scikit-learn (requirements-dev.in); using the model does not.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import StratifiedKFold

from pipeline.errors import ConfigurationError
from pipeline.events import plover
from pipeline.events.coder import all_candidates
from pipeline.events.lexicon import load_lexicon
from pipeline.events.model.features import TRUST_PREFIX, features_of
from pipeline.events.model.fingerprint import training_fingerprint
from pipeline.events.model.sentences import LABELS, NO_EVENT, TrainingSentence, read_sentences
from pipeline.events.model.weights import WEIGHTS_FILE, write_weights
from pipeline.events.parser import parse_text

# Inverse strength, scikit-learn's C. Weaker penalties fit our way of writing more than that of agencies.
PENALTIES = (0.3, 1.0)
FOLDS = 5
SEED = 20261130
# Rare features say more: a column is scaled by the logarithm of how rare it is, to this power (0: not at all).
RARITY_POWER = 0.5
# What the rules' best candidate adds to its type beyond what training finds. Our writers were asked for constructions
# that the rules may miss, so that the rules are right in half of the sentences and in far more of plain agency news.
RULES_TRUST = 0.5
# For the same reason a sentence of which the rules are right counts for more: with this weight they are right in four
# fifths of what the model learns from, as in plain news, and it learns when not to believe them.
RULES_RIGHT_WEIGHT = 4.0
# A feature of one sentence alone teaches nothing but that sentence.
MIN_SENTENCES_PER_FEATURE = 2
# Features whose largest weight is smallest are left out of the file: they are many and change next to nothing.
MAX_FEATURES = 24_000

Floats = NDArray[np.float64]


def main() -> int:
    """Train, print what cross-validation says, write the weights."""
    started = time.monotonic()
    fingerprint = training_fingerprint()  # before the work: a file that changes meanwhile must not be claimed
    sentences = read_sentences()
    _say(f"{len(sentences)} sentences; reading their features ...")
    rows = [sentence_features(sentence) for sentence in sentences]
    labels = np.array([LABELS.index(sentence.label) for sentence in sentences])
    names = vocabulary(rows)
    matrix = matrix_of(rows, names)
    _say(f"{len(names)} features in {MIN_SENTENCES_PER_FEATURE} sentences or more, {time.monotonic() - started:.0f} s")
    importance = importance_of(rows, labels)
    rarity = rarity_of(matrix)
    matrix = csr_matrix(matrix.multiply(rarity))
    penalty, scores = best_penalty(matrix, labels, importance)
    temperature = fit_temperature(scores, labels)
    _print_report(labels, scores, temperature)
    model = fit(matrix, labels, penalty, importance)
    if len(model.classes_) != len(LABELS):
        raise ConfigurationError("expected sentences of all types and NONE")
    weights = model.coef_.T * rarity[:, None]
    strongest = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:MAX_FEATURES])
    write_weights(
        WEIGHTS_FILE,
        labels=LABELS,
        names=[*(names[i] for i in strongest), *(f"{TRUST_PREFIX}{name}" for name in LABELS)],
        weights=np.vstack([weights[strongest], RULES_TRUST * np.eye(len(LABELS))]),
        bias=model.intercept_,
        temperature=temperature,
        fingerprint=fingerprint,
    )
    size_kb = WEIGHTS_FILE.stat().st_size / 1000
    _say(f"{WEIGHTS_FILE.name}: {len(strongest)} features, {size_kb:.0f} KB, {time.monotonic() - started:.0f} s")
    return 0


def sentence_features(sentence: TrainingSentence) -> dict[str, float]:
    """The features of a training sentence, as `pairs.code_pair` would see them."""
    doc = parse_text(sentence.text)
    candidates = [candidate for _, _, candidate in all_candidates(doc, load_lexicon())]
    return features_of(doc, candidates, sentence.actor_span, sentence.recipient_span)


def vocabulary(rows: Sequence[Mapping[str, float]]) -> list[str]:
    """The features that enough sentences have, in alphabetical order."""
    counts = Counter(name for row in rows for name in row)
    return sorted(
        name
        for name, count in counts.items()
        if count >= MIN_SENTENCES_PER_FEATURE and not name.startswith(TRUST_PREFIX)
    )


def rarity_of(matrix: csr_matrix) -> Floats:
    """A factor for each feature, 1 on average: the rarer, the higher (inverse document frequency, dampened)."""
    counts = np.asarray((matrix > 0).sum(axis=0)).ravel()
    rarity = np.log((matrix.shape[0] + 1) / counts) ** RARITY_POWER
    return np.asarray(rarity / rarity.mean(), dtype=np.float64)


def matrix_of(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> csr_matrix:
    """Sentences x features."""
    columns = {name: column for column, name in enumerate(names)}
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        for name, value in row.items():
            column = columns.get(name)
            if column is not None:
                indices.append(column)
                values.append(value)
        ends.append(len(indices))
    return csr_matrix((np.array(values), indices, ends), shape=(len(rows), len(names)))


def importance_of(rows: Sequence[Mapping[str, float]], labels: NDArray[Any]) -> Floats:
    """How much each sentence counts, 1 on average: more where the rules' best candidate has the right type."""
    right = [f"{TRUST_PREFIX}{LABELS[label]}" in row for row, label in zip(rows, labels, strict=True)]
    importance = np.where(right, RULES_RIGHT_WEIGHT, 1.0)
    return np.asarray(importance / importance.mean(), dtype=np.float64)


def fit(matrix: csr_matrix, labels: NDArray[Any], penalty: float, importance: Floats) -> LogisticRegression:
    """One fitted model."""
    return LogisticRegression(C=penalty, max_iter=400, tol=1e-3).fit(matrix, labels, sample_weight=importance)


def best_penalty(matrix: csr_matrix, labels: NDArray[Any], importance: Floats) -> tuple[float, Floats]:
    """The penalty with the highest likelihood out of fold, and the scores of every sentence out of fold."""
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(matrix, labels))
    found: list[tuple[float, float, Floats]] = []
    for penalty in PENALTIES:
        scores = np.zeros((len(labels), len(LABELS)))
        for training, rest in folds:
            model = fit(matrix[training], labels[training], penalty, importance[training])
            scores[np.ix_(rest, model.classes_)] = model.decision_function(matrix[rest])
        loss = log_loss(scores, labels, fit_temperature(scores, labels))
        right = float(np.mean(scores.argmax(axis=1) == labels))
        _say(f"penalty {penalty:g}: accuracy {right:.4f}, log loss {loss:.4f}")
        found.append((loss, penalty, scores))
    _, penalty, scores = min(found, key=lambda item: item[:2])
    return penalty, scores


def log_loss(scores: Floats, labels: NDArray[Any], temperature: float) -> float:
    """Mean negative log probability of the right labels."""
    scaled = scores / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(labels)), labels].mean())


def fit_temperature(scores: Floats, labels: NDArray[Any]) -> float:
    """The temperature under which the scores' probabilities are most likely (Guo et al. 2017, temperature scaling)."""
    found = minimize_scalar(lambda t: log_loss(scores, labels, float(t)), bounds=(0.2, 5.0), method="bounded")
    return round(float(found.x), 3)


def _print_report(labels: NDArray[Any], scores: Floats, temperature: float) -> None:
    found = scores.argmax(axis=1)
    present = sorted(set(labels))
    precision, recall, f1, count = precision_recall_fscore_support(labels, found, labels=present, zero_division=0.0)
    _say(f"\n{'type':10} {'precision':>9} {'recall':>7} {'F1':>6} {'sentences':>9}")
    for i, label in enumerate(present):
        _say(f"{LABELS[label]:10} {precision[i]:9.3f} {recall[i]:7.3f} {f1[i]:6.3f} {count[i]:9}")
    quads = [0 if name == NO_EVENT else plover.quad_class_of(name) for name in LABELS]
    quad_right = np.mean([quads[a] == quads[b] for a, b in zip(labels, found, strict=True)])
    _say(
        f"cross-validated: accuracy {np.mean(found == labels):.4f}, macro-F1 {np.mean(f1):.4f}, "
        f"quad class {quad_right:.4f}, temperature {temperature:g}"
    )
    mixed = Counter((LABELS[a], LABELS[b]) for a, b in zip(labels, found, strict=True) if a != b)
    _say("most often taken for another: " + ", ".join(f"{a} {b} {n}" for (a, b), n in mixed.most_common(12)) + "\n")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
