"""Why the model prefers a type: the features that speak most for it, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipeline.events.model.weights import Weights

_REASONS = 3
# (what a feature's name begins with, how a person would say it; {} is the rest of the name)
_WORDINGS = (
    ("sp.", "around the words that join the pair: {}"),
    ("av.", "with the actor's verb: {}"),
    ("rv.", "with the recipient's verb: {}"),
    ("av=", "the actor's verb '{}'"),
    ("rv=", "the recipient's verb '{}'"),
    ("avrv=", "the verbs '{}'"),
    ("meet=", "the pair meets at '{}'"),
    ("on=", "'{}' joins the pair"),
    ("on2=", "'{}' join the pair"),
    ("onc=", "'{}' join the pair"),
    ("all=", "nothing but '{}' joins the pair"),
    ("chain=", "the verbs '{}' in a row"),
    ("labels=", "the path {}"),
    ("rise=", "the actor's path {}"),
    ("fall=", "the recipient's path {}"),
    ("trust=", "the rules' best reading: {}"),
    ("ag", "what the actor hangs on: {}"),
    ("rg", "what the recipient hangs on: {}"),
    ("ar", "the rules' reading of this pair: {}"),
    ("c0", "the rules' best reading: {}"),
    ("c1", "the rules' second reading: {}"),
    ("c2", "the rules' third reading: {}"),
    ("lx.", "the lexicon's type of a word: {}"),
    ("nc.", "the class of a noun: {}"),
    ("a.", "the actor: {}"),
    ("r.", "the recipient: {}"),
    ("s=", "sectors {}"),
    ("bs<", "'{}' between actor and recipient"),
    ("bs>", "'{}' between recipient and actor"),
    ("b<", "'{}' between actor and recipient"),
    ("b>", "'{}' between recipient and actor"),
    ("b-", "'{}' around the one party"),
    ("b", "'{}' between the two"),
    ("p", "'{}' before the pair"),
    ("f", "'{}' behind the pair"),
    ("w", "the word '{}'"),
)


def reasons(weights: Weights, features: Mapping[str, float], label: str) -> list[str]:
    """The features that raise `label` most above the mean of all labels, strongest first, in plain words.

    Each is of another kind: what the rules think is one reason, not three.
    """
    names = [name for name in features if name in weights.rows]
    if not names or label not in weights.labels:
        return []
    table = weights.weights[[weights.rows[name] for name in names]]
    gains = (table[:, weights.labels.index(label)] - table.mean(axis=1)) * np.array([features[n] for n in names])
    told: dict[str, str] = {}
    for i in np.argsort(-gains, kind="stable"):
        if gains[i] <= 0 or len(told) == _REASONS:
            break
        beginning, wording = _wording_of(names[i])
        told.setdefault(wording, _filled(names[i], beginning, wording))
    return list(told.values())


def in_words(name: str) -> str:
    """A feature's name as a person would say it."""
    return _filled(name, *_wording_of(name))


def _wording_of(name: str) -> tuple[str, str]:
    return next(((start, wording) for start, wording in _WORDINGS if name.startswith(start)), ("", "{}"))


def _filled(name: str, beginning: str, wording: str) -> str:
    return wording.format(name[len(beginning) :].lstrip("=<>-.").strip() or "nothing")
